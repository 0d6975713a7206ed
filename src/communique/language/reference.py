"""Who is meant by words that name nobody: "the two leaders", "they", "the minister", "we", "the Alliance".

Each rule takes the nearest reading that the document itself supports, and leaves the mention empty where two
readings compete: a wrong actor is worse than none.
"""

import re
from collections.abc import Callable, Sequence

from communique.language.antecedents import Context, first_collective, parties_in, people_in, states_in
from communique.language.drafts import Draft
from communique.language.mentions import ActorKind
from communique.language.origin import Origin
from communique.language.registry import Person, Registry
from communique.language.speakers import Voices
from communique.lexicon.actors import definite_nouns, heads_of, members_of
from communique.model import Span

_HEADS = re.compile(r"leader|head|president|prime-minister|principal")
_BY_RANK = {"leader": {"head"}, "chief": {"minister", "military"}}
_MINISTERS = re.compile(r"minister|secretar|chief")


def resolve(text: str, drafts: list[Draft], sentences: Sequence[Span], origin: Origin, registry: Registry) -> None:
    """Fill in parties and people of the drafts that have none, where the document leaves no doubt."""
    context = Context(drafts, sentences)
    reading = _Reading(text, context, origin, registry, Voices(text, drafts, context))
    for draft, sentence in zip(drafts, context.sentence_of, strict=True):
        rule = _RULES.get(draft.kind)
        if rule is not None:
            rule(reading, draft, sentence)


class _Reading:
    """What the rules look at: the drafts so far, the document's origin and people, and whose words are read."""

    def __init__(self, text: str, context: Context, origin: Origin, registry: Registry, voices: Voices) -> None:
        self.context, self.origin, self.registry, self.voices = context, origin, registry, voices
        self._text = text
        self._holders: dict[str, list[Person]] = {}
        self.principals = _principals(context, origin, registry)

    def holders(self, core: str) -> list[Person]:
        """The people of the document who hold an office of these words."""
        if core not in self._holders:
            self._holders[core] = [p for p in self.registry.people if _holds(p, core)]
        return self._holders[core]

    def nominative(self, draft: Draft) -> bool:
        """Whether a pronoun is the subject of its clause."""
        return self._text[draft.start : draft.end].lower() in ("he", "she", "i")


def _principals(context: Context, origin: Origin, registry: Registry) -> list[Person]:
    """The two people of different parties whom the title, else the first sentence that does, sets side by side."""
    titled = [p for p in (registry.find(t.name) for t in origin.people.people) if p is not None]
    if len(_sides(titled)) == 2:
        return _sides(titled)
    for drafts in context.by_sentence[:3]:
        sides = _sides(people_in(drafts))
        if len(sides) == 2:
            return sides
    return []


def _sides(people: Sequence[Person]) -> list[Person]:
    """The first person of each party; people without a known party each count as a side."""
    seen: dict[tuple[str, ...] | int, Person] = {}
    for person in people:
        seen.setdefault(person.parties or id(person), person)
    return list(seen.values())


def _office(reading: _Reading, draft: Draft, sentence: int) -> None:
    """ "the Danish defence minister", "the President": the person of the document who holds that office."""
    if draft.people:
        return
    if "counterpart" in draft.ranks and not draft.parties:
        return
    holders = reading.holders(draft.core)
    if draft.parties:
        own = [p for p in holders if p.parties == draft.parties]
        if len(own) == 1 and (own[0].first <= draft.start or len(holders) == 1):
            draft.people = (own[0],)
        return
    issuer = reading.origin.issuer
    if issuer and len(holders) > 1:
        own = [p for p in holders if p.parties == issuer]
        if len(own) == 1 and draft.core in heads_of(issuer[0]):
            draft.people = (own[0],)
            return
    if len(holders) == 1:
        draft.people = (holders[0],)
    elif holders:
        nearest = _nearest_of(reading, draft, sentence, holders)
        draft.people = (nearest,) if nearest else ()
    elif issuer and draft.core in {*heads_of(issuer[0]), *(f"vice {head}" for head in heads_of(issuer[0]))}:
        draft.parties = issuer


def _holds(person: Person, core: str) -> bool:
    if core in _BY_RANK:
        return not person.ranks.isdisjoint(_BY_RANK[core])
    words = set(core.replace("-", " ").split()) - {"the", "of", "for", "and"}
    if "vice" not in words and "deputy" not in words:
        cores = [c for c in person.cores if not c.startswith(("vice", "deputy", "former"))]
    else:
        cores = list(person.cores)
    return any(words <= set(held.replace("-", " ").split()) for held in cores) and not (
        core in ("minister", "secretary") and person.cores <= {"prime minister", "press secretary"}
    )


def _nearest_of(reading: _Reading, draft: Draft, sentence: int, holders: Sequence[Person]) -> Person | None:
    for drafts in reading.context.scopes(sentence, draft.start):
        seen = [p for p in people_in(drafts) if p in holders]
        if seen:
            return seen[-1] if len(seen) == 1 else None
    return None


def _organisation(reading: _Reading, draft: Draft, sentence: int) -> None:
    if draft.parties:
        return
    if draft.rule == "organisation.definite":
        candidates = definite_nouns()[draft.core]
        for drafts in reading.context.scopes(sentence, draft.start, reach=40):
            named = [party for party in parties_in(drafts) if party in candidates]
            if named:
                draft.parties = (named[-1],)
                return
        return
    if draft.rule == "body.definite":
        draft.parties = _body(reading, draft, sentence)


def _body(reading: _Reading, draft: Draft, sentence: int) -> tuple[str, ...]:
    """The party whose ministry, government or navy was spoken of last, else the state that the text comes from."""
    words = set(draft.core.split())
    for drafts in reading.context.scopes(sentence, draft.start, reach=12):
        for earlier in reversed(drafts):
            named = earlier.rule == "body.name" and words in ({"department"}, {"agency"})
            if earlier.parties and (named or (earlier.core and words <= set(earlier.core.split()))):
                return earlier.parties if earlier.rule.startswith("body.") else ()
    if reading.origin.home is not None:
        return (reading.origin.home,)
    for drafts in reading.context.scopes(sentence, draft.start, reach=1):
        states = states_in(drafts)
        if states:
            return states if len(states) == 1 else ()
    return ()


def _group(reading: _Reading, draft: Draft, sentence: int) -> None:
    if draft.detail == "people":
        _group_of_people(reading, draft, sentence)
    else:
        draft.parties = _group_of_parties(reading, draft, sentence)


def _group_of_people(reading: _Reading, draft: Draft, sentence: int) -> None:
    ranks = {"head"} if _HEADS.search(draft.rule) else {"minister"} if _MINISTERS.search(draft.rule) else set()
    wanted = draft.number or 2
    for drafts in reading.context.scopes(sentence, draft.start):
        for earlier in reversed(drafts):
            if earlier.kind is ActorKind.GROUP and earlier.people and draft.number in (0, len(earlier.people)):
                draft.people = earlier.people
                return
        people = people_in(drafts)
        ranked = [p for p in people if p.ranks & ranks]
        for choice in (_sides(ranked), _sides(people)):
            if len(choice) == wanted or (not draft.number and len(choice) > wanted):
                draft.people = tuple(choice)
                return
    if wanted == 2 and len(reading.principals) == 2:
        draft.people = tuple(reading.principals)
    elif draft.number in (0, len(reading.origin.pair)) and len(reading.origin.pair) > 1:
        draft.parties = reading.origin.pair


def _group_of_parties(reading: _Reading, draft: Draft, sentence: int) -> tuple[str, ...]:
    pair = reading.origin.joint or reading.origin.pair
    if len(pair) == 1:
        pair = members_of(pair[0])
    if len(pair) > 1 and draft.number in (0, len(pair)):
        return pair
    for drafts in reading.context.scopes(sentence, draft.start):
        for earlier in reversed(drafts):
            parties = earlier.all_parties() if earlier.kind is ActorKind.GROUP else ()
            if parties and draft.number in (0, len(parties)):
                return parties
        for found in (states_in(drafts), parties_in(drafts)):
            if len(found) == (draft.number or 2):
                return found
        if not draft.number and parties_in(drafts):
            return ()
    principal = tuple(dict.fromkeys(party for person in reading.principals for party in person.parties))
    return principal if len(principal) == (draft.number or 2) else ()


def _pronoun(reading: _Reading, draft: Draft, sentence: int) -> None:
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
            draft.parties = speaker.all_parties()
            draft.people = speaker.people if draft.detail == "I" else ()
        elif draft.detail == "we" and not reading.voices.quoted(draft.start):
            draft.parties = reading.origin.joint or reading.origin.issuer
        elif draft.detail == "I" and not reading.voices.quoted(draft.start):
            draft.people = _author(reading)


def _author(reading: _Reading) -> tuple[Person, ...]:
    named = [p for p in reading.origin.people.people if p.parties in ((), reading.origin.issuer)]
    return (named[0],) if len(named) == 1 and reading.origin.issuer else ()


def _he_or_she(reading: _Reading, draft: Draft, sentence: int) -> Person | None:
    for distance, drafts in enumerate(reading.context.scopes(sentence, draft.start, reach=3)):
        subjects = [d for d in drafts if d.kind is not ActorKind.PRONOUN or reading.nominative(d)]
        people = [p for p in people_in(subjects) or people_in(drafts) if p.gender in ("", draft.detail)]
        if people:
            person = people[0]
            if distance == 0 and len(people) > 1 and draft.start - drafts[-1].end < 3:
                person = people[-1]
            person.gender = draft.detail
            return person
    return None


def _they(reading: _Reading, draft: Draft, sentence: int) -> None:
    for distance, drafts in enumerate(reading.context.scopes(sentence, draft.start, reach=2)):
        plural = [d for d in drafts if d.kind is ActorKind.GROUP or d.rule == "pronoun.they"]
        plural = [d for d in plural if d.people or d.parties]
        if plural:
            draft.people, draft.parties = plural[0].people, plural[0].parties
            return
        if distance == 0 and draft.start - (drafts[0].start if drafts else draft.start) < 1:
            continue
        people = _sides(people_in(drafts))
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


def _it(reading: _Reading, draft: Draft, sentence: int) -> tuple[str, ...]:
    for drafts in reading.context.scopes(sentence, draft.start, reach=1):
        if not drafts:
            continue
        collective = first_collective(drafts)
        if collective is not None:
            return collective.parties
        if people_in(drafts):
            return ()
    return ()


_RULES: dict[ActorKind, Callable[[_Reading, Draft, int], None]] = {
    ActorKind.OFFICE: _office,
    ActorKind.ORGANISATION: _organisation,
    ActorKind.GROUP: _group,
    ActorKind.PRONOUN: _pronoun,
}
