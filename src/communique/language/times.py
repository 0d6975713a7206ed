"""Times in a text, resolved against its day of publication into EDTF level 1 as the annotation guide writes dates.

A relative time without a day of publication has no value: the day of publication is what times are
counted from, never a value that stands in for a missing one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.language.calendar import Period, Reference, reference
from communique.language.mentions import TimeMention
from communique.language.tense import Tense, cues, tense_at
from communique.language.time_patterns import opening_words, time_pattern, triggers, words
from communique.language.time_values import Setting, resolve
from communique.model import Span

_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no\slater\sthan|not\slater\sthan|at\sthe\slatest\sby|up\sto|prior\sto|through|by\sthe\stime\sof|by\sabout|by\saround)"
    r"\s(?:the\s|around\s|about\s|at\sleast\s|roughly\s)?$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\b(?:since|ever\ssince|as\searly\sas|from\sas\searly\sas|as\sof|no\searlier\sthan|not\sbefore)\s(?:the\s)?$", re.IGNORECASE)
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
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class _Found:
    """A time on its way: where it stands, what it names, and its rule."""

    start: int
    end: int
    period: Period | None
    rule: str


def find_times(text: str, sentences: Sequence[Span], published: str | None) -> tuple[TimeMention, ...]:
    """The times of a text in order, each with its EDTF value or None where it can't be resolved.

    Args:
        text: the document's text.
        sentences: its sentences, as :func:`communique.language.sentences.split` gives them.
        published: ISO 8601 date of publication of any precision; None makes relative times unresolved.

    Deadlines are open at their start (``../2030``), "since" and "as early as" open at their end (``2027/..``).
    """
    here = reference(published)
    mentions: list[TimeMention] = []
    anchor: Period | None = None
    trigger = triggers()
    for sentence in sentences:
        if trigger.search(text, sentence.start, sentence.end) is None:
            continue
        found = _in_sentence(text, sentence, here, anchor)
        for time in found:
            if time.period is not None:
                anchor = _closed(time.period)
        mentions += [
            TimeMention(Span(time.start, time.end), time.period.edtf if time.period else None, f"time.{time.rule}")
            for time in _bounded(text, sentence, _joined(text, found))
        ]
    return tuple(mentions)


def _closed(period: Period) -> Period:
    return replace(period, first=period.last) if period.first == ".." else period


def _in_sentence(text: str, sentence: Span, here: Reference | None, anchor: Period | None) -> list[_Found]:
    words_of = text[sentence.start : sentence.end]
    tenses: list[tuple[int, Tense]] | None = None
    found: list[_Found] = []
    for match in _matches(words_of):
        rule = next(name for name, value in match.groupdict().items() if name.startswith("r_") and value is not None)[2:]
        if not _is_time(rule, match, words_of):
            continue
        if tenses is None:
            tenses = cues(words_of)
        period = resolve(rule, match, Setting(here, tense_at(tenses, match.start()), anchor))
        if period is not None:
            anchor = _closed(period)
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if rule in ("month_day", "day_month") and sentence.start < 80 and _DATELINE.match(words_of[: match.start()]) and start < 60:
            rule = "dateline"
        found.append(_Found(start, end, period, rule))
    return found


def _matches(words_of: str) -> Iterator[re.Match[str]]:
    """The matches of the time pattern, tried only where a word stands that one can begin with."""
    pattern, openers = time_pattern(), opening_words()
    end = 0
    for word in _WORD.finditer(words_of):
        start = word.start()
        if start < end or (word[0].lower() not in openers and not (word[0].isdecimal() and len(word[0]) in (1, 2, 4))):
            continue
        match = pattern.match(words_of, start)
        if match is not None:
            end = match.end()
            yield match


def _is_time(rule: str, match: re.Match[str], words_of: str) -> bool:
    """Whether words of two trades are a time here: "May" the month, "fall" the season, "2030" the year."""
    before = words_of[max(0, match.start() - _LOOK_BACK) : match.start()]
    if rule == "month":
        month = match["fm"]
        if not month[0].isupper():
            return False
        if month in ("May", "March", "Mar", "Sun", "Jun", "Jan") or month.endswith("."):
            return bool(match["fpart"] or match["fwhich"] or match["ft"] or _MONTH_LEADS.search(before) or not before)
        return True
    if rule == "weekday":
        return len(match["hd"]) > 4 or match["hd"] in ("Tues", "Thur") or bool(re.search(r"\bon\s$", before))
    if rule == "season":
        named = bool(match["jwhich"] or match["jpart"]) or match[0].lower().startswith(("in ", "by ", "during ", "over ", "until ", "since "))
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
            joined[-1] = _Found(last.start, time.end, Period(last.period.first, time.period.last), "range")
        else:
            joined.append(time)
    return joined


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


def _bounded(text: str, sentence: Span, found: list[_Found]) -> list[_Found]:
    """The times with the deadline or the opening that the words before them make of them."""
    return [_bound(text, sentence, time) for time in found]


def _bound(text: str, sentence: Span, time: _Found) -> _Found:
    if time.period is None or ".." in (time.period.first, time.period.last) or time.rule in ("vague", "range"):
        return time
    before = text[max(sentence.start, time.start - _LOOK_BACK) : time.start]
    own = text[time.start : time.end].lower()
    if _DEADLINE.search(before) or own.startswith(("by ", "until ")):
        return replace(time, period=Period("..", time.period.last), rule=f"{time.rule}.until")
    opening = _OPENING.search(before)
    if opening and opening[0].lower().endswith("the ") and time.rule == "year":
        return time  # "since the 2019 declaration": the year is the declaration's
    if opening or own.startswith("since ") or _ONWARDS.match(text, time.end):
        return replace(time, period=Period(time.period.first, ".."), rule=f"{time.rule}.since")
    return time
