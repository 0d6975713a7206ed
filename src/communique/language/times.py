"""Times in a text, resolved against its day of publication into EDTF level 1 as the annotation guide writes dates.

A relative time without a day of publication has no value: the day of publication is what times are
counted from, never a value that stands in for a missing one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from communique.language.calendar import Period, reference, week_of
from communique.language.mentions import TimeMention
from communique.language.tense import cues, tense_at
from communique.language.time_dates import Setting
from communique.language.time_patterns import capital_words, opening_words, time_pattern, triggers, words
from communique.language.time_values import resolve
from communique.model import Span

_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no\slater\sthan|not\slater\sthan|at\sthe\slatest\sby|up\sto|prior\sto|through|by\sthe\stime\sof|by\sabout|by\saround)"
    r"\s(?:the\s(?:end|close)\sof\s(?:the\s)?|the\syear\s|the\s|around\s|about\s|at\sleast\s|roughly\s)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s(?:the\s)?$", re.IGNORECASE)
_PROPOSED = re.compile(r"\b(?:proposed|invited)\s(?:(?:in|on|at)\s)?$")
"""What stands beside such a verb is the time of the proposal, what stands farther behind it that of the thing."""
_OPENING = re.compile(
    r"\b(?:as\searly\sas|from\sas\searly\sas|as\sof|no\searlier\sthan|not\sbefore)\s(?:the\s)?$",
    re.IGNORECASE,
)
_YEAR_END = re.compile(r"\b(?:end|close)\b(?!.*month)")
_WEEK_OF = re.compile(r"\bweek\s(?:of|beginning|starting)\s(?:on\s)?$", re.IGNORECASE)
_ONWARDS = re.compile(r"\s(?:onwards?|and\sbeyond|and\safter)\b")
_JOIN = re.compile(r",?\s(?:to|until|till|through)\s(?:the\s)?$|\s?[-–—‑]\s?$", re.IGNORECASE)
_AND = re.compile(r"\sand\s(?:on\s)?$")
_BETWEEN = re.compile(r"\b(?:between|from)\s(?:the\s)?$", re.IGNORECASE)
_MONTH_LEADS = re.compile(
    r"\b(?:in|of|since|by|until|till|last|next|this|early|late|mid|from|for|to|through|during|before|after|and|or|between|around|on|each|every|coming|end)[\s-]$",
    re.IGNORECASE,
)
_SEASON_LEADS = re.compile(r"\b(?:in|by|until|since|during|over|for|of|from)\s$", re.IGNORECASE)
_DATELINE = re.compile(r"[^\W\d_][^\n.]{0,60},\s$")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_SHARES = re.compile(r",?\s(?:to|until|till|through|and|or)\s(?:on\s|in\s|the\s)?|\s?[-–—‑]\s?|,\s", re.IGNORECASE)
_WITHOUT_YEAR = frozenset({"days_month", "month_days", "day_month", "month_day", "month"})
_LOOK_BACK = 40
_LONGEST = 120
_DATELINE_END = 60


@dataclass(frozen=True, slots=True)
class _Found:
    """A time on its way: where it stands, what it names, and its rule."""

    start: int
    end: int
    period: Period | None
    rule: str
    explicit: bool
    match: re.Match[str]


def find_times(text: str, sentences: Sequence[Span], published: str | None) -> tuple[TimeMention, ...]:
    """The times of a text in order, each with its EDTF value or None where it can't be resolved.

    Args:
        text: the document's text.
        sentences: its sentences, as :func:`communique.language.sentences.split` gives them.
        published: ISO 8601 date of publication of any precision; None makes relative times unresolved.

    Deadlines are open at their start (``../2030``), "as early as" at their end (``2027/..``); the rules of such
    mentions end in ``.until`` and ``.since``. "Since 2019" is 2019, with a rule that ends in ``.since`` too: what has
    been so since then became so then. Without a day of publication, the day of a dateline takes its place.
    """
    here = reference(published)
    mentions: list[TimeMention] = []
    anchor = day = None
    trigger = triggers()
    for sentence in sentences:
        if trigger.search(text, sentence.start, sentence.end) is None:
            continue
        found = _in_sentence(text, sentence, Setting(here, None, anchor, day))
        if here is None:
            here = next(
                (reference(t.period.edtf) for t in found if t.rule == "dateline" and t.explicit and t.period), None
            )
        for time in found:
            anchor, day = _anchors(time.period, anchor, day)
        mentions += [
            TimeMention(Span(time.start, time.end), time.period.edtf if time.period else None, f"time.{time.rule}")
            for time in (_bound(text, sentence, joined) for joined in _joined(text, _shared_years(text, found)))
        ]
    return tuple(mentions)


def _anchors(period: Period | None, anchor: Period | None, day: Period | None) -> tuple[Period | None, Period | None]:
    """What later times of the text count from once it has named this period: the period, and the day."""
    if period is None:
        return anchor, day
    closed = replace(period, first=period.last) if period.first == ".." else period
    return closed, (closed if len(closed.last) == 10 else day)


def _in_sentence(text: str, sentence: Span, setting: Setting) -> list[_Found]:
    words_of = text[sentence.start : sentence.end]
    tenses = None
    found: list[_Found] = []
    for offset, match in _matches(words_of):
        rule = str(match.lastgroup)[2:]
        first = offset + match.start()
        if not _is_time(rule, match, words_of[max(0, first - _LOOK_BACK) : first]):
            continue
        tenses = tenses or cues(words_of)
        tense = _tense(words_of, first, offset + match.end()) or tense_at(tenses, first)
        period = resolve(rule, match, replace(setting, tense=None if tense == "open" else tense))
        anchor, day = _anchors(period, setting.anchor, setting.day)
        explicit = _YEAR.search(match[0])
        setting = replace(setting, anchor=anchor, day=day, year=int(explicit[0]) if explicit else setting.year)
        start, end = sentence.start + first, sentence.start + offset + match.end()
        if rule in ("month_day", "day_month") and start < _DATELINE_END and _DATELINE.match(words_of[:first]):
            rule = "dateline"
            if setting.published is None and explicit and period:
                setting = replace(setting, published=reference(period.edtf))
        found.append(_Found(start, end, period, rule, explicit is not None, match))
    return found


def _tense(words_of: str, start: int, end: int) -> Literal["before", "open"] | None:
    """The tense that words beside a time force: "since May" is before publication, "the May summit" may be either."""
    before = words_of[max(0, start - _LOOK_BACK) : start]
    if _SINCE.search(before) or _PROPOSED.search(before):
        return "before"
    attribute = words_of[:start].endswith("the ") and re.match(r"\s[a-z]", words_of[end : end + 2]) is not None
    return "open" if attribute else None


def _matches(words_of: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The matches of the time pattern with what to add to their offsets.

    The pattern is tried only where a word stands that a time can begin with. Its words are in lower case; a
    capital at the start of a sentence is read as such.
    """
    pattern, openers, capitals = time_pattern(), opening_words(), capital_words()
    end = 0
    for word in _WORD.finditer(words_of):
        start, lower = word.start(), word[0].lower()
        if start < end or (lower not in openers and not (lower.isdecimal() and len(lower) in (1, 2, 4))):
            continue
        if word[0][0].isupper() and lower not in capitals:
            if start and (words_of[start - 1].isalnum() or words_of[start - 1] in "-$€£"):
                continue
            match, offset = pattern.match(word[0][0].lower() + words_of[start + 1 : start + _LONGEST]), start
        else:
            match, offset = pattern.match(words_of, start), 0
        if match is not None:
            end = offset + match.end()
            yield offset, match


def _shared_years(text: str, found: list[_Found]) -> list[_Found]:
    """Dates without a year that share that of the date they are listed with: "from June 28 to July 2, 2024"."""
    for index in range(len(found) - 2, -1, -1):
        time, following = found[index], found[index + 1]
        if not _SHARES.fullmatch(text[time.end : following.start]) or time.explicit or not following.explicit:
            continue
        if time.rule not in _WITHOUT_YEAR or following.period is None or len(following.period.first) < 7:
            continue
        year = int(following.period.first[:4])
        moved = resolve(time.rule, time.match, Setting(None, None, None, year=year))
        if moved is not None and moved.first[5:] > following.period.first[5:]:
            moved = resolve(time.rule, time.match, Setting(None, None, None, year=year - 1))
        if moved is not None:
            found[index] = replace(time, period=moved, explicit=True)
    return found


def _is_time(rule: str, match: re.Match[str], before: str) -> bool:
    """Whether words of two trades are a time here: "May" the month, "fall" the season, "2030" the year."""
    if rule == "month":
        month = match["fm"]
        if not month[0].isupper():
            return False
        if month in ("May", "March", "Mar", "Sun", "Jun", "Jan") or month.endswith("."):
            return bool(match["fpart"] or match["fwhich"] or match["ft"] or _MONTH_LEADS.search(before))
        return True
    if rule == "day_alone":
        return bool(re.search(r"\b[Oo]n\s$", before))
    if rule == "weekday":
        return len(match["hd"]) > 4 or match["hd"] in ("Tues", "Thur") or bool(re.search(r"\bon\s$", before))
    if rule == "season":
        named = bool(match["jwhich"] or match["jpart"]) or match[0].lower().startswith(
            ("in ", "by ", "during ", "over ", "until ", "since ")
        )
        return named or (match["js"].lower() != "fall" and bool(_SEASON_LEADS.search(before)))
    if rule == "year":
        return not _NUMBERED.search(before) and 1800 <= int(match["yy"]) <= 2100
    return True


_NUMBERED = re.compile(rf"\b(?:{words('number')})\.?\s$")


def _joined(text: str, found: list[_Found]) -> list[_Found]:
    """Two times with "to", "until" or a dash between them, or "between … and …", as one range."""
    joined: list[_Found] = []
    for time in found:
        last = joined[-1] if joined else None
        if last is not None and last.period and time.period and _ranges(text, last, time):
            both = Period(_first_day(last, time), time.period.last)
            joined[-1] = replace(last, end=time.end, period=both, rule="range", explicit=True)
        else:
            joined.append(time)
    return joined


def _first_day(one: _Found, other: _Found) -> str:
    """The first day of a range; of "Monday to Wednesday next week" the Monday before that Wednesday."""
    assert one.period is not None and other.period is not None
    if one.rule == other.rule == "weekday":
        first, last = date.fromisoformat(one.period.first), date.fromisoformat(other.period.last)
        back = (last.weekday() - first.weekday()) % 7
        return (last - timedelta(days=back)).isoformat() if last.toordinal() > back else first.isoformat()
    return one.period.first


def _ranges(text: str, one: _Found, other: _Found) -> bool:
    assert one.period is not None and other.period is not None
    between = text[one.end : other.start]
    if len(between) > 12 or ".." in (one.period.first, other.period.first) or one.period.first > other.period.last:
        return False
    if _JOIN.fullmatch(between):
        return True
    before = text[max(0, one.start - _LOOK_BACK) : one.start]
    if not _AND.fullmatch(between):
        return False
    adjacent_days = one.rule == other.rule == "weekday"
    return adjacent_days or bool(_BETWEEN.search(before))


def _bound(text: str, sentence: Span, time: _Found) -> _Found:
    if time.period is None or ".." in (time.period.first, time.period.last) or time.rule in ("vague", "range"):
        return time
    before = text[max(sentence.start, time.start - _LOOK_BACK) : time.start]
    if len(time.period.edtf) == 10 and _WEEK_OF.search(before):
        return replace(time, period=week_of(date.fromisoformat(time.period.first)))
    own = text[time.start : time.end].lower()
    if _DEADLINE.search(before) or own.startswith(("by ", "until ")):
        last = time.period.last
        if _YEAR_END.search(own) and time.rule in ("part_year", "year_end"):
            last = last[:4]  # "by the end of 2030" is "by 2030"
        return replace(time, period=Period("..", last), rule=f"{time.rule}.until")
    since = _SINCE.search(before)
    if since and since[0].lower().endswith("the ") and time.rule == "year":
        return time  # "since the 2019 declaration": the year is the declaration's
    if since or own.startswith("since "):
        return replace(time, rule=f"{time.rule}.since")
    if _OPENING.search(before) or _ONWARDS.match(text, time.end):
        return replace(time, period=Period(time.period.first, ".."), rule=f"{time.rule}.since")
    return time
