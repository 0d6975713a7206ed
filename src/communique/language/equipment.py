"""Defence equipment by designation ("P-8I"), class ("Mogami-class frigates") or noun ("155mm artillery shells").

Words come from ``lexicon/equipment.csv`` and ``lexicon/equipment_nouns.csv``; designations that no table knows
are found by their shape where words of equipment stand near them.
"""

import re
from functools import cache
from itertools import chain

from communique.language.equipment_terms import PLAIN, Hit, find_hits
from communique.language.mentions import EquipmentMention
from communique.language.quantities import find_quantities
from communique.lexicon.tables import rows
from communique.model import Span

_WORD_BEFORE = re.compile(r"(?:^|(?<=[\s(\"'“‘—]))([^\s()\"“‘—]+)\s{1,2}$")
_WORD_AFTER = re.compile(r"[ \t\n]([^\s]+)")
_CALIBRE = re.compile(r"\d{1,3}(?:[.x]\d{1,3})?-?mm$")
_BARE_CALIBRE = re.compile(r"(?<!\S)\d{1,3}(?:\.\d+)?\smm\s$")
_HYPHENED = re.compile(r"[a-z]+(?:-[a-z]+)+$")
_NAME = re.compile(r"[A-Z][\w'.&-]*$")
_ARTICLE = re.compile(r"(?:^|[^\w-])(?:[Aa]|[Aa]n|[Oo]ne|[Aa]nother|[Ss]ingle)\s$")
_FUNCTION_WORDS = frozenset(
    "a an the this that these those its their his her our to from for with by in on at of and or but as than into"
    " onto over under after before during through against between among within without while when which who whose"
    " where if so not nor is are was were be been being has have had will would can could may might should must"
    " shall did does do it they he she we worth such already also now still soon again here there ordered built"
    " made given sold bought delivered donated carrying armed fitted equipped supplied produced developed designed"
    " intended needed because since until despite per about including plus".split()
)
_WINDOW_BEFORE, _WINDOW_AFTER = 60, 80
_LOOK_BACK = 120
_MOST_WORDS = 6
_UNITS = frozenset({"round", "rounds"})
_NOT_EQUIPMENT_BEHIND = re.compile(
    r"\s(?:motorway|highway|road|route|summit|countries|nations|members|rebels|group|leaders|partners|format|visa"
    r"|paper|economies|vaccine|pandemic)\b"
)


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(row["form"].lower() for row in rows("equipment_modifiers") if row["class"] != "count")


@cache
def _counting_words() -> frozenset[str]:
    return frozenset(row["form"].lower() for row in rows("equipment_modifiers") if row["class"] == "count")


def find_equipment(text: str) -> tuple[EquipmentMention, ...]:
    """Equipment in order, each with what it is called and the number that stands before it.

    ``what`` is the bare designation in the singular where there is one ("F-16" of "24 second-hand F-16 jets"),
    else the noun phrase without number and article ("155mm artillery shells"); the span covers the phrase.
    """
    plain = text.translate(PLAIN)
    hits = _credible(plain, find_hits(plain))
    counts = {q.span.end: q.number for q in find_quantities(text)}
    mentions: list[EquipmentMention] = []
    position = 0
    while position < len(hits):
        run = _phrase(plain, hits, position)
        position += len(run)
        mention = _mention(plain, run, counts)
        if mention is not None:
            mentions.append(mention)
    return tuple(mentions)


def _credible(plain: str, hits: list[Hit]) -> list[Hit]:
    """The hits that name equipment: alone, by their neighbours, or because the same words do elsewhere in the text."""
    near = [hit.alone and hit.group not in ("service", "none") for hit in hits]
    about_equipment = any(near)
    accepted: set[str] = set()
    kept: dict[int, Hit] = {}
    for index, hit in enumerate(hits):
        if hit.group == "none":
            continue
        in_keeping = about_equipment and hit.kind == "noun" and hit.group not in ("service", "general")
        if hit.alone or in_keeping or _supported(plain, hits, near, index):
            kept[index] = hit
            if hit.kind == "designation":
                words = plain[hit.start : hit.end].removesuffix("s")
                accepted |= {words, words.split()[-1]}
    for index, hit in enumerate(hits):
        if hit.kind == "designation" and plain[hit.start : hit.end].removesuffix("s") in accepted:
            kept.setdefault(index, hit)
    return [kept[index] for index in sorted(kept)]


def _supported(plain: str, hits: list[Hit], near: list[bool], index: int) -> bool:
    hit = hits[index]
    if hit.kind == "designation" and _NOT_EQUIPMENT_BEHIND.match(plain, hit.end):
        return False
    if hit.kind == "noun" and _modified(plain, hit):
        return True
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(hits) and _gap(hit, hits[other]) <= (_WINDOW_BEFORE if step < 0 else _WINDOW_AFTER):
            if (near[other] and hit.group != "general") or _adjoin(hit, hits[other]):
                between = plain[min(hit.end, hits[other].end) : max(hit.start, hits[other].start)]
                if not re.search(r"[.!?]\s+[A-Z]|\n\n", between):
                    return True
            other += step
    return False


def _adjoin(hit: Hit, other: Hit) -> bool:
    """Whether a designation and a noun stand side by side: "K9 systems"."""
    return other.group != "none" and hit.kind != other.kind and _gap(hit, other) <= 1


def _gap(one: Hit, other: Hit) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _modified(plain: str, hit: Hit) -> bool:
    return hit.group != "service" and _phrase_start(plain, hit.start, frozenset()) < hit.start


def _phrase(plain: str, hits: list[Hit], first: int) -> list[Hit]:
    """The hits that make one phrase with the first: "Eurofighter Typhoon jets", "rounds of tank ammunition"."""
    run = [hits[first]]
    for following in hits[first + 1 :]:
        between = plain[run[-1].end : following.start]
        if len(between) > _LOOK_BACK or not between:
            break
        of = plain[run[-1].start : run[-1].end] in _UNITS and between.startswith(" of ") and following.kind == "noun"
        start = _phrase_start(plain, following.start, frozenset())
        lead = run[-1].end + (4 if of else 1)
        joined = start <= lead and (of or between[0] == " ") and "," not in between
        if not joined or (run[-1].kind == "noun" and following.kind != "noun"):
            break
        run.append(following)
    return run


def _phrase_start(plain: str, start: int, extra: frozenset[str]) -> int:
    """Where the modifiers before a noun begin: adjectives of the table, compounds, calibres."""
    for _ in range(_MOST_WORDS):
        head = plain[max(0, start - _LOOK_BACK) : start]
        match = _WORD_BEFORE.search(head)
        if match is None:
            break
        if calibre := _BARE_CALIBRE.search(head):
            start -= len(calibre.group())
            continue
        word = match.group(1)
        bare = word.removesuffix(",")
        known = bare.lower() in _modifiers() | extra or _HYPHENED.match(bare) or _CALIBRE.match(bare)
        if word.endswith(",") and not (known and bare.lower().endswith(("ed", "-powered"))):
            break
        if not known and not (extra and _NAME.match(bare)):
            break
        start -= len(match.group(0)) if match.start() or match.group(0)[0] != " " else 0
    return start


def _mention(plain: str, run: list[Hit], counts: dict[int, int]) -> EquipmentMention | None:
    named = [hit for hit in run if hit.kind == "designation"]
    classes = [hit for hit in run if hit.kind == "class"]
    first, last = run[0], run[-1]
    start = _phrase_start(plain, first.start, frozenset())
    if named:
        what = plain[named[0].start : named[-1].end]
        what = what.removesuffix("s") if named[-1].plural else what
        rule = f"designation.{named[0].group}"
        start = first.start
    elif classes:
        if classes[0].group == "shape" and (last.kind != "noun" or last.group != "platform"):
            return None
        what, rule, start = plain[first.start : last.end], "class", first.start
    else:
        if not last.plural and _modifies_next(plain, last.end):
            return None
        what, rule = plain[start : last.end], f"noun.{last.group}"
    lead = _phrase_start(plain, start, _counting_words())
    quantity = _quantity(plain, start, lead, last, counts)
    return EquipmentMention(Span(start, last.end), " ".join(what.split()), quantity, rule)


def _modifies_next(plain: str, end: int) -> bool:
    """Whether a singular noun only says which: "tank crews", "drone strike", "missile factory"."""
    match = _WORD_AFTER.match(plain, end)
    if match is None:
        return plain[end : end + 1] == "-"
    word = match.group(1).rstrip(".,;:)!?\"'”")
    return word[:1].islower() and word not in _FUNCTION_WORDS and not word.endswith(("ed", "ing"))


def _quantity(plain: str, start: int, lead: int, last: Hit, counts: dict[int, int]) -> int | None:
    """The number that stands before the phrase, or 1 for a phrase in the singular with "a" or "one"."""
    for place in chain((start,), (lead,) if lead < start else ()):
        bare = len(plain[max(0, place - 4) : place].rstrip())
        edge = max(0, place - 4) + bare
        if edge in counts:
            return counts[edge]
    if last.plural or last.group in ("mass", "service") or _modifies_next(plain, last.end):
        return None
    return 1 if _ARTICLE.search(plain[max(0, lead - 10) : lead]) else None
