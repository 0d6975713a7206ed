"""People: names beside titles or verbs of speech, gathered over a document so that "Hegseth" finds "Pete Hegseth"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from communique.language.names import keys_of, name_at, name_pattern, name_words, trimmed
from communique.language.terms import Hit
from communique.language.titles import Title
from communique.lexicon.actors import TermKind

_ARTICLE = re.compile(r"(?:\b(?:the|a|an|his|her|its|their|our)\s)$", re.IGNORECASE)
_OWNED = re.compile(r"(?:\b(?:the|its|their|his|her) [\w-]+['’]s )$")
_OF_STATE = re.compile(r",? (?:of|from)(?: the)? |, ")
_OF = re.compile(r" of (?:the )?")
_SPEECH_BEFORE = re.compile(r"\b(according to|[a-z]+) $")
_SPEECH_AFTER = re.compile(r" ([a-z]+)\b")
_NAME_LIST = re.compile(r", and |, | and ")
_BARE_OWNER = {TermKind.STATE, TermKind.ORGANISATION, TermKind.COMPANY, TermKind.BODY}


@dataclass(slots=True)
class Person:
    """One person of a document while it is being read.

    Attributes:
        name: the fullest form of the name so far.
        keys: all words by which the person is recognised.
        parties: whom the person represents; empty while unknown.
        ranks: ranks of all offices named beside the person.
        gender: ``he`` or ``she`` where a title says so, else empty.
        first: offset at which the person is first named.
    """

    name: str
    keys: tuple[str, ...]
    parties: tuple[str, ...] = ()
    ranks: set[str] = field(default_factory=set)
    cores: set[str] = field(default_factory=set)
    gender: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Naming:
    """A place at which a person is named, with or without title, or an office alone (``person`` None)."""

    start: int
    end: int
    person: Person | None
    title: Title | None
    definite: bool = False


class Registry:
    """The people of one document, found again by full name, part of the name, or rank and part of the name."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_key: dict[str, list[Person]] = {}

    def enter(self, name: str, start: int, title: Title | None) -> Person | None:
        """The person of this name, new or known already; None where the words hold no name."""
        keys = keys_of(name)
        if not keys:
            return None
        name = _in_mixed_case(name)
        person = self._known(keys, title)
        if person is None:
            person = Person(name, keys, first=start)
            self.people.append(person)
        elif (len(keys), len(name)) > (len(person.keys), len(person.name)) or (
            keys == person.keys and person.name == _in_mixed_case(name.upper())
        ):
            person.name, person.keys = name, keys
        for key in keys:
            entries = self._by_key.setdefault(key, [])
            if person not in entries:
                entries.append(person)
        if title is not None:
            self._learn(person, title)
        return person

    def find(self, name: str) -> Person | None:
        """The one person whom a name without title can mean, else None."""
        return self._known(keys_of(name), None)

    def _known(self, keys: tuple[str, ...], title: Title | None) -> Person | None:
        candidates = [p for p in self._by_key.get(keys[-1], ()) if _compatible(keys, p.keys)] if keys else []
        if not candidates and keys:
            candidates = [p for p in self._by_key.get(keys[0], ()) if _compatible(keys, p.keys)]
        if title is not None and title.parties:
            candidates = [p for p in candidates if not p.parties or p.parties == title.parties]
        if len(candidates) > 1 and title is not None:
            ranked = [p for p in candidates if p.ranks & set(title.ranks)]
            candidates = ranked or candidates
        return candidates[0] if len(candidates) == 1 else None

    @staticmethod
    def _learn(person: Person, title: Title) -> None:
        for rank in title.ranks:
            if rank.startswith("honorific "):
                person.gender = rank.removeprefix("honorific ")
            person.ranks.add(rank.split(" ")[0] if rank.startswith("honorific") else rank)
        person.cores.add(title.core)
        if title.parties and not person.parties and len(title.parties) == 1:
            person.parties = title.parties


def _in_mixed_case(name: str) -> str:
    """A name wholly in capitals, as headlines write it, in ordinary case."""
    return name.title().replace("'S", "'s") if name.isupper() and len(name) > 4 else name


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return set(short) <= set(long)


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
    if not gap or start in title_starts or (start in starts and not starts[start].term.personal):
        return None
    end = name_at(text, start, _stop_of(text, start, starts, title_starts))
    if end <= start:
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
    if owner is not None and owner.term.kind in _BARE_OWNER:
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
    while position not in title_starts and position not in starts:
        end = name_at(text, position, _stop_of(text, position, starts, title_starts))
        if end <= position:
            break
        of_state = _OF_STATE.match(text, end)
        owner = starts.get(of_state.end()) if of_state and "," not in of_state[0] else None
        parties = owner.term.parties if owner is not None and owner.term.kind in _BARE_OWNER else ()
        single = replace(title, parties=parties or title.parties, core=title.core.removesuffix("s"), grammar="free")
        person = registry.enter(text[position:end], position, single)
        if person is None:
            break
        finish = owner.end if owner is not None and parties else end
        namings.append(Naming(opening, finish, person, single))
        gap = _NAME_LIST.match(text, finish)
        if gap is None:
            break
        position = opening = gap.end()
    return namings


def _closes(text: str, title: Title, end: int) -> bool:
    """Whether a name after a comma is an apposition to the title; one to a bare title must close with a comma."""
    if not title.bare:
        return text[end : end + 1] in (",", ".", ";", ")", "", " ")
    return text[end : end + 1] == "," and _ARTICLE.search(text[max(0, title.start - 6) : title.start]) is not None


def _with_parties(title: Title, parties: tuple[str, ...]) -> Title:
    return title if title.parties == parties else replace(title, parties=parties)


def _named_before(
    text: str, title: Title, runs: dict[int, int], floor: int, registry: Registry
) -> Naming | None:
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
    Registry._learn(naming.person, title)
    return Naming(naming.start, title.end, naming.person, naming.title or title)


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


def capitalised_runs(text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of name-like words of a text that overlap none of the taken ranges (sorted), trimmed to what names hold."""
    found: list[tuple[int, int]] = []
    index = 0
    for match in name_pattern().finditer(text):
        start, end = match.span()
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        look = index
        while look < len(taken) and taken[look][0] < end:
            if taken[look][0] <= start:
                start = min(end, taken[look][1] + 1)
            else:
                end = taken[look][0]
            look += 1
        while start < end and text[start:end].split(" ", 1)[0] in name_words("ends") and " " in text[start:end]:
            start += len(text[start:end].split(" ", 1)[0]) + 1
        if start < end and text[start].isupper():
            end = trimmed(text, start, end)
            if end > start:
                found.append((start, end))
    return found


def find_again(
    text: str, namings: Sequence[Naming], titles: Sequence[Title], hits: Sequence[Hit], registry: Registry
) -> list[Naming]:
    """Names that stand without a title: known people by part of their names, new ones beside a verb of speech."""
    taken = sorted(
        [(n.start, n.end) for n in namings]
        + [(t.start, t.end) for t in titles]
        + [(h.start, h.end) for h in hits if not h.term.personal]
    )
    runs = capitalised_runs(text, taken)
    owners_by_end = {h.end: h for h in hits if h.term.kind in _BARE_OWNER and len(h.term.parties) == 1}
    owners_by_start = {h.start: h for h in owners_by_end.values()}
    _enter_speakers(text, runs, owners_by_start, registry)
    found = []
    for start, end in runs:
        person = registry.find(text[start:end])
        if person is not None and _is_that_person(text[start:end], person):
            registry.enter(text[start:end], start, None)
            found.append(Naming(start, end, person, None))
            if not person.parties:
                owner = _owner_beside(text, start, end, owners_by_end, owners_by_start)
                person.parties = owner.term.parties if owner is not None else ()
    return found


def _is_state(hit: Hit | None) -> bool:
    return hit is not None and hit.term.rule == "state.name"


def _owner_beside(
    text: str, start: int, end: int, by_end: dict[int, Hit], by_start: dict[int, Hit]
) -> Hit | None:
    """The state of "Israel's Netanyahu" or "Olaf Scholz of Germany"."""
    if text[start - 3 : start] in ("'s ", "’s "):
        return by_end.get(start - 3)
    of_state = _OF.match(text, end)
    return by_start.get(of_state.end()) if of_state else None


def _before_speech(text: str, end: int) -> bool:
    after = _SPEECH_AFTER.match(text, end)
    return after is not None and after[1] in name_words("speech")


def _enter_speakers(
    text: str, runs: Sequence[tuple[int, int]], by_start: dict[int, Hit], registry: Registry
) -> None:
    """New people: two or more name words beside a verb of speech or before "of Norway", and those listed with them."""
    of_owner = {end for _, end in runs if (m := _OF.match(text, end)) and _is_state(by_start.get(m.end()))}
    speech = name_words("speech")
    heard = {keys_of(text[start:end])[-1:] for start, end in runs if _before_speech(text, end)}
    listed_until = -1
    for start, end in reversed(runs):
        name = text[start:end]
        if " " not in name or len(keys_of(name)) < 2 or text[max(0, start - 4) : start].lower() == "the ":
            continue
        gap = _NAME_LIST.match(text, end)
        told = _SPEECH_BEFORE.search(text, max(0, start - 20), start)
        speaks = told is not None and (told[1] in speech or told[1] == "according to")
        if speaks or keys_of(name)[-1:] in heard or end in of_owner or (gap is not None and gap.end() == listed_until) or registry.find(name) is not None:
            listed_until = start
            if registry.find(name) is None:
                registry.enter(name, start, None)


def _is_that_person(name: str, person: Person) -> bool:
    keys = keys_of(name)
    return len(keys) > 1 or (bool(keys) and len(keys[0]) > 1 and keys[0] in person.keys)
