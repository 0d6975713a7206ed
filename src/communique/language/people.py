"""People named beside their titles, before or after, and offices that stand alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from communique.language.names import name_at
from communique.language.registry import Naming, Registry
from communique.language.terms import Hit
from communique.language.titles import Title
from communique.language.untitled import NAME_LIST, OWNERS, capitalised_runs

_ARTICLE = re.compile(r"(?:\b(?:the|a|an|his|her|its|their|our)\s)$", re.IGNORECASE)
_OWNED = re.compile(r"(?:\b(?:the|its|their|his|her) [\w-]+['’]s )$")
_SENTENCE_ENDS = re.compile(r"[.!?][”\"]?\s+[A-Z]|\n")
_OF_STATE = re.compile(r",? (?:of|from)(?: the)? |, ")


def find_people(text: str, hits: Sequence[Hit], titles: Sequence[Title], registry: Registry) -> list[Naming]:
    """Where people and offices are named, in order; the registry learns every person on the way."""
    starts = {hit.start: hit for hit in hits}
    title_starts = {title.start: title for title in titles}
    runs = _runs_by_end(text, hits, titles)
    namings: list[Naming] = []
    floor = 0
    for index, title in enumerate(titles):
        if title.start < floor or title.ranks[-1] == "body":
            continue
        if title.grammar == "plural":
            several = _several_named(text, title, starts, title_starts, registry)
            namings += several
            floor = several[-1].end if several else floor
            continue
        next_title = titles[index + 1] if index + 1 < len(titles) else None
        naming = _named_after(text, title, starts, title_starts, registry) or _named_before(
            text, title, runs, floor, registry
        )
        if naming is None:
            naming = _office_alone(text, title)
        if naming is None:
            continue
        if naming.person is not None and next_title is not None:
            naming = _with_apposition(text, naming, next_title, starts)
        if naming.person is not None and "counterpart" in title.ranks:
            _learn_from_opposite(text, naming, namings)
        namings.append(naming)
        floor = naming.end
    return namings


def _stop_of(text: str, start: int, hits_from: dict[int, Hit], titles_from: dict[int, Title], limit: int = 90) -> int:
    """Where a name that starts here must end: at the next term or title, a person's own name words excepted."""
    stop = min(len(text), start + limit)
    for position in range(start + 1, stop):
        if position in titles_from or (position in hits_from and not hits_from[position].term.personal
                                       and text[position - 1] == " "):  # fmt: skip
            return position
    return stop


def _named_after(
    text: str, title: Title, starts: dict[int, Hit], title_starts: dict[int, Title], registry: Registry
) -> Naming | None:
    gap = 1 if text[title.end : title.end + 1] == " " else 2 if text[title.end : title.end + 2] == ", " else 0
    start = title.end + gap
    if not gap or start in title_starts or (start in starts and not _may_be_a_name(starts[start])):
        return None
    end = name_at(text, start, _stop_of(text, start, starts, title_starts))
    if end <= start or (start in starts and end <= starts[start].end):
        return None
    name = text[start:end]
    if gap == 2 and (title.grammar == "name" or " " not in name or not _closes(text, title, end)):
        return None
    label = text[title.start : title.end]
    if label.isupper() and len(label) > 2:
        name = name.title()
    title_parties, finish = title.parties, end
    of_state = _OF_STATE.match(text, end)
    owner = starts.get(of_state.end()) if of_state and "," not in of_state[0] else None
    if owner is not None and owner.term.kind in OWNERS:
        finish = owner.end
        title_parties = title_parties or owner.term.parties
    title = _with_parties(title, title_parties)
    person = registry.enter(name, start, title)
    return Naming(title.start, finish, person, title) if person else None


def _several_named(
    text: str, title: Title, starts: dict[int, Hit], title_starts: dict[int, Title], registry: Registry
) -> list[Naming]:
    """ "Presidents Klaus Iohannis of Romania and Andrzej Duda of Poland": one naming each."""
    namings: list[Naming] = []
    position, opening = title.end + 1, title.start
    while position not in title_starts and (position not in starts or _may_be_a_name(starts[position])):
        end = name_at(text, position, _stop_of(text, position, starts, title_starts))
        if end <= position or (position in starts and end <= starts[position].end):
            break
        of_state = _OF_STATE.match(text, end)
        owner = starts.get(of_state.end()) if of_state and "," not in of_state[0] else None
        parties = owner.term.parties if owner is not None and owner.term.kind in OWNERS else ()
        single = replace(title, parties=parties or title.parties, core=title.core.removesuffix("s"), grammar="free")
        person = registry.enter(text[position:end], position, single)
        if person is None:
            break
        finish = owner.end if owner is not None and parties else end
        namings.append(Naming(opening, finish, person, single))
        gap = NAME_LIST.match(text, finish)
        if gap is None:
            break
        position = opening = gap.end()
    return namings


def _may_be_a_name(hit: Hit) -> bool:
    """Whether a term may also be the first name of a person: of companies some, and capitals ("Santiago Peña")."""
    return hit.term.personal or hit.term.rule == "state.capital"


def _closes(text: str, title: Title, end: int) -> bool:
    """Whether a name after a comma is an apposition to the title; one to a bare title must close with a comma."""
    if not title.bare:
        return text[end : end + 1] in (",", ".", ";", ")", "", " ")
    return text[end : end + 1] == "," and _ARTICLE.search(text[max(0, title.start - 6) : title.start]) is not None


def _with_parties(title: Title, parties: tuple[str, ...]) -> Title:
    return title if title.parties == parties else replace(title, parties=parties)


def _named_before(text: str, title: Title, runs: dict[int, int], floor: int, registry: Registry) -> Naming | None:
    """A name in front of its title: "Troels Lund Poulsen, the Danish defence minister"."""
    if title.grammar == "name":
        return None
    before = text[max(0, title.start - 30) : title.start]
    article = _ARTICLE.search(before) or _OWNED.search(before)
    if title.bare and article is None and title.ranks[-1] != "head":
        return None
    start = title.start - (len(article[0]) if article else 0)
    if text[start - 2 : start] != ", ":
        return None
    name_start = runs.get(start - 2)
    if name_start is None or name_start < floor or " " not in text[name_start : start - 2]:
        return None
    person = registry.enter(text[name_start : start - 2], name_start, title)
    return Naming(name_start, title.end, person, title) if person else None


def _with_apposition(text: str, naming: Naming, title: Title, starts: dict[int, Hit]) -> Naming:
    """A second title after the name belongs to it: "Hakan Fidan, Türkiye's foreign minister, ..."."""
    gap = text[naming.end : title.start]
    if gap not in (", ", ", the ", ", a ") or title.grammar == "name" or "body" in title.ranks:
        return naming
    if text[title.end : title.end + 1] not in (",", ".", ";", ")", "") or title.bare:
        return naming
    assert naming.person is not None
    Registry.learn(naming.person, title)
    return Naming(naming.start, title.end, naming.person, naming.title or title)


def _learn_from_opposite(text: str, naming: Naming, before: Sequence[Naming]) -> None:
    """A counterpart holds the office that was named last in the sentence: "Prime Minister A met his counterpart B"."""
    office = before[-1].title if before else None
    if naming.person is None or office is None or "body" in office.ranks:
        return
    if not _SENTENCE_ENDS.search(text, before[-1].end, naming.start):
        ranks = tuple(rank for rank in office.ranks if not rank.startswith("honorific"))
        Registry.learn(naming.person, replace(office, parties=(), ranks=ranks))


def _office_alone(text: str, title: Title) -> Naming | None:
    rank_alone = title.ranks[-1] == "rank" and _is_rank_alone(text, title)
    if (title.grammar in ("name", "plural") and not rank_alone) or (title.grammar == "portfolio" and not title.parties):
        return None
    article = _ARTICLE.search(text[max(0, title.start - 6) : title.start])
    definite = article is not None and article[0].lower().startswith("the")
    if title.bare and not definite and title.ranks[-1] != "counterpart":
        return None
    return Naming(title.start, title.end, None, title, definite)


def _is_rank_alone(text: str, title: Title) -> bool:
    """ "the Admiral" with no name after it."""
    before, after = text[max(0, title.start - 4) : title.start].lower(), text[title.end : title.end + 2]
    return before == "the " and text[title.end - 1] != "." and not after[1:].isupper()


def _runs_by_end(text: str, hits: Sequence[Hit], titles: Sequence[Title]) -> dict[int, int]:
    """Capitalised runs that can be names, start by end."""
    taken = sorted([(h.start, h.end) for h in hits if not h.term.personal] + [(t.start, t.end) for t in titles])
    runs: dict[int, int] = {}
    for start, end in capitalised_runs(text, taken):
        runs[end] = start
    return runs
