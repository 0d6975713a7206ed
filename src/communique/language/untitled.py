"""Names without a title: people named before by a part of their names, new ones beside verbs of speech."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from communique.language.names import keys_of, name_pattern, name_words, opens_no_name, person_verbs, trimmed
from communique.language.registry import Naming, Person, Registry
from communique.language.terms import Hit
from communique.language.titles import Title
from communique.lexicon.actors import TermKind

T = TypeVar("T")
OWNERS = {TermKind.STATE, TermKind.ORGANISATION, TermKind.COMPANY, TermKind.BODY}
"""Kinds of terms that a person can represent."""
NAME_LIST = re.compile(r", and |, | and ")
_OF = re.compile(r" of (?:the )?")
_SPEECH_BEFORE = re.compile(r"\b(according to|[a-z]+) $")
_SPEECH_AFTER = re.compile(r" ([a-z]+)\b")


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
    owners_by_end = {h.end: h for h in hits if h.term.kind in OWNERS and len(h.term.parties) == 1}
    owners_by_start = {h.start: h for h in owners_by_end.values()}
    _enter_speakers(text, runs, owners_by_start, registry)
    _enter_respective(text, runs, [h for h in hits if _is_state(h)], registry)
    found = []
    for start, end in runs:
        person = registry.find(text[start:end])
        if person is not None and _is_that_person(text[start:end], person):
            registry.enter(text[start:end], start, None)
            found.append(Naming(start, end, person, None))
            if not person.parties:
                owner = _owner_beside(text, start, end, owners_by_end, owners_by_start)
                person.parties = owner.term.parties if owner is not None else ()
    return [*found, *_by_small_particle(text, [*taken, *((n.start, n.end) for n in found)], registry)]


def _by_small_particle(text: str, taken: Sequence[tuple[int, int]], registry: Registry) -> list[Naming]:
    """Known people by a family name that begins in small letters: "said von der Leyen"."""
    found = []
    for person in registry.people:
        words = person.name.split()
        first = next((i for i, word in enumerate(words) if i and word.islower() and word in name_words("particles")), 0)
        if first:
            family = re.compile(rf"(?<!\w){re.escape(' '.join(words[first:]))}(?!\w)")
            for match in family.finditer(text):
                if all(end <= match.start() or start >= match.end() for start, end in taken):
                    found.append(Naming(match.start(), match.end(), person, None))
    return found


def _is_state(hit: Hit | None) -> bool:
    return hit is not None and hit.term.rule == "state.name"


def _owner_beside(text: str, start: int, end: int, by_end: dict[int, Hit], by_start: dict[int, Hit]) -> Hit | None:
    """The state of "Israel's Netanyahu" or "Olaf Scholz of Germany"."""
    if text[start - 3 : start] in ("'s ", "’s "):
        return by_end.get(start - 3)
    of_state = _OF.match(text, end)
    return by_start.get(of_state.end()) if of_state else None


def _before_speech(text: str, end: int) -> bool:
    after = _SPEECH_AFTER.match(text, end)
    return after is not None and after[1] in person_verbs()


def _enter_speakers(text: str, runs: Sequence[tuple[int, int]], by_start: dict[int, Hit], registry: Registry) -> None:
    """New people: two or more name words beside a verb of speech or before "of Norway", and those listed with them."""
    of_owner = {end for _, end in runs if (m := _OF.match(text, end)) and _is_state(by_start.get(m.end()))}
    speech = person_verbs()
    heard = {keys_of(text[start:end])[-1:] for start, end in runs if _before_speech(text, end)}
    listed_until = -1
    for start, end in reversed(runs):
        name = text[start:end]
        if " " not in name or len(keys_of(name)) < 2 or text[max(0, start - 4) : start].lower() == "the ":
            continue
        gap = NAME_LIST.match(text, end)
        told = _SPEECH_BEFORE.search(text, max(0, start - 20), start)
        speaks = told is not None and (told[1] in speech or told[1] == "according to")
        if (
            speaks
            or keys_of(name)[-1:] in heard
            or end in of_owner
            or (gap is not None and gap.end() == listed_until)
            or registry.find(name) is not None
        ):
            listed_until = start
            if registry.find(name) is None:
                registry.enter(name, start, None)


def _enter_respective(text: str, runs: Sequence[tuple[int, int]], states: Sequence[Hit], registry: Registry) -> None:
    """New people: as many names as states before them, "the ministers of Peru and Chile, Ana Ruiz and Luis Soto"."""
    lists = {found[-1].end: found for found in _lists(text, states, lambda hit: (hit.start, hit.end)) if len(found) > 1}
    for names in _lists(text, [run for run in runs if " " in text[slice(*run)]], lambda run: run):
        owners = lists.get(names[0][0] - 2, ())
        if len(owners) == len(names) and text[names[0][0] - 2 : names[0][0]] == ", ":
            for (start, end), owner in zip(names, owners, strict=True):
                person = registry.enter(text[start:end], start, None)
                if person is not None:
                    person.parties = person.parties or owner.term.parties


def _lists(text: str, items: Sequence[T], span: Callable[[T], tuple[int, int]]) -> Iterator[list[T]]:
    """Neighbours that stand as one list: "A, B and C"."""
    found: list[T] = []
    for item in items:
        if found and not NAME_LIST.fullmatch(text, span(found[-1])[1], span(item)[0]):
            yield found
            found = []
        found.append(item)
    if found:
        yield found


def _is_that_person(name: str, person: Person) -> bool:
    keys = keys_of(name)
    return len(keys) > 1 or (bool(keys) and len(keys[0]) > 1 and keys[0] in person.keys)


def capitalised_runs(text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of name-like words of a text that overlap none of the taken ranges (sorted), trimmed to what names hold."""
    found: list[tuple[int, int]] = []
    index = 0
    for start, end in _name_like(text):
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        look = index
        while look < len(taken) and taken[look][0] < end:
            if taken[look][0] <= start:
                start = max(start, min(end, taken[look][1] + 1))  # an inner range ends before its outer one
            else:
                end = taken[look][0]
            look += 1
        while (blank := text.find(" ", start, end)) >= 0 and opens_no_name(text[start:blank]):
            start = blank + 1
        if start < end and text[start].isupper():
            end = trimmed(text, start, end)
            if end > start:
                found.append((start, end))
    return found


@lru_cache(maxsize=2)
def _name_like(text: str) -> tuple[tuple[int, int], ...]:
    """Runs of name-like words as they stand; kept for the next rule that asks of the same text or title."""
    return tuple(match.span() for match in name_pattern().finditer(text))
