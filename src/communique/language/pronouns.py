"""Whom pronouns stand for: "we" by whose words are read, "he" and "it" by the nearest subject that they fit."""

import re
from collections.abc import Sequence

from communique.language.antecedents import first_collective, people_in, states_in
from communique.language.drafts import Draft
from communique.language.mentions import ActorKind
from communique.language.readings import Reading, sides
from communique.language.registry import Person

_AGREED = re.compile(r"(?:[’']ve|\shave)?(?:\s(?:also|both|then|\w+ly))*\s(?:agreed|concurred|decided)\b")

_OPENING = re.compile(
    r"(?:At|In|On|During|After|Before|Following|With|Alongside|Besides|Meeting|Hosting|Welcoming|Receiving|Addressing"
    r"|Ahead of|Prior to|Together with|Joined by|Accompanied by)\b[^.,;:\n]{3,120},\s"
)
"""A phrase before the subject, which names others than who the sentence is about."""


def resolve_pronoun(reading: Reading, draft: Draft, sentence: int) -> None:
    """Fill in whom a pronoun stands for, where the document leaves no doubt."""
    if draft.detail in ("he", "she"):
        person = _he_or_she(reading, draft, sentence)
        draft.people = (person,) if person else ()
    elif draft.detail == "they":
        _they(reading, draft, sentence)
    elif draft.detail == "it":
        draft.parties = _it(reading, draft, sentence)
    else:
        speaker = reading.voices.at(draft.start, sentence)
        if speaker is not None:
            draft.parties = _agreeing(reading, draft, speaker.all_parties())
            draft.people = speaker.people if draft.detail == "I" else ()
        elif draft.detail == "we" and not reading.voices.quoted(draft.start):
            draft.parties = reading.origin.joint or reading.origin.issuer
        elif draft.detail == "I" and not reading.voices.quoted(draft.start):
            draft.people = _author(reading)


def _agreeing(reading: Reading, draft: Draft, speaker: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a speaker's "we" stands for: nobody agrees alone, so that "we agreed" are both sides of the occasion."""
    pair = reading.origin.pair
    both = len(pair) > 1 and set(speaker) <= set(pair)
    return pair if both and speaker and _AGREED.match(reading.text, draft.end) else speaker


def _author(reading: Reading) -> tuple[Person, ...]:
    named = [p for p in reading.origin.people.people if p.parties in ((), reading.origin.issuer)]
    return (named[0],) if len(named) == 1 and reading.origin.issuer else ()


def _he_or_she(reading: Reading, draft: Draft, sentence: int) -> Person | None:
    speaker = reading.reporting(draft, sentence)
    if speaker and len(speaker.people) == 1 and speaker.people[0].gender in ("", draft.detail):
        return speaker.people[0]
    for distance, drafts in enumerate(reading.context.scopes(sentence, draft.start, reach=3)):
        subjects = [d for d in drafts if d.kind is not ActorKind.PRONOUN or reading.nominative(d)]
        people = [p for p in people_in(subjects) or people_in(drafts) if p.gender in ("", draft.detail)]
        if people:
            person = people[0] if distance == 0 else _subject(reading, subjects, people, sentence - distance)
            if distance == 0 and len(people) > 1 and draft.start - drafts[-1].end < 3:
                person = people[-1]
            if len(people) == 1 or reading.nominative(draft):
                person.gender = draft.detail
            return person
    known = [p for p in reading.registry.people if p.gender == draft.detail and p.first < draft.start]
    return known[0] if len(known) == 1 else None


def _subject(reading: Reading, drafts: Sequence[Draft], people: Sequence[Person], sentence: int) -> Person:
    """The first person behind an opening phrase: "At talks with Ruiz, Soto said ..." goes on about Soto."""
    opening = _OPENING.match(reading.text, reading.context.starts[sentence])
    behind = people_in(d for d in drafts if opening and d.start >= opening.end())
    return next((p for p in behind if p in people), people[0])


def _they(reading: Reading, draft: Draft, sentence: int) -> None:
    for distance, drafts in enumerate(reading.context.scopes(sentence, draft.start, reach=2)):
        plural = [d for d in drafts if d.kind is ActorKind.GROUP or d.rule == "pronoun.they"]
        plural = [d for d in plural if d.people or d.parties]
        if plural:
            draft.people, draft.parties = plural[0].people, plural[0].parties
            return
        if distance == 0 and draft.start - (drafts[0].start if drafts else draft.start) < 1:
            continue
        people = sides(people_in(drafts))
        if len(people) == 2:
            draft.people = tuple(people)
            return
        parties = states_in(drafts)
        if len(parties) == 2:
            draft.parties = parties
            return
        if len(people) > 2 and distance == 1:
            draft.people = tuple(people)
        if len(people) > 2 or len(parties) > 2:
            return


def _it(reading: Reading, draft: Draft, sentence: int) -> tuple[str, ...]:
    speaker = reading.reporting(draft, sentence)
    if speaker and not speaker.people and len(speaker.parties) == 1:
        return speaker.parties
    for drafts in reading.context.scopes(sentence, draft.start, reach=1):
        if not drafts:
            continue
        collective = first_collective(drafts)
        if collective is not None:
            return collective.parties
        if people_in(drafts):
            return ()
    return ()
