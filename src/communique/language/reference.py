"""Who is meant by words that name nobody: "the two leaders", "they", "the minister", "we", "the Alliance".

Each rule takes the nearest reading that the document itself supports, and leaves the mention empty where two
readings compete: a wrong actor is worse than none.
"""

import re
from collections.abc import Callable, Sequence

from communique.language.antecedents import Context, parties_in, people_in, states_in
from communique.language.drafts import Draft
from communique.language.mentions import ActorKind
from communique.language.origin import Origin
from communique.language.pronouns import resolve_pronoun
from communique.language.readings import Reading, sides
from communique.language.registry import Person, Registry
from communique.language.speakers import Voices
from communique.lexicon.actors import definite_nouns, heads_of, members_of
from communique.model import Span

_HEADS = re.compile(r"leader|head|president|prime-minister|principal")
_OFFICES = {"head", "minister", "official", "envoy", "military", "adviser", "spokesperson", "legislator"}
"""Ranks of which one can't be taken for another: "the leaders" are no two ministers."""
_MINISTERS = re.compile(r"minister|secretar|chief")


def resolve(text: str, drafts: list[Draft], sentences: Sequence[Span], origin: Origin, registry: Registry) -> None:
    """Fill in parties and people of the drafts that have none, where the document leaves no doubt."""
    context = Context(drafts, sentences)
    reading = Reading(text, context, origin, registry, Voices(text, drafts, context))
    for draft, sentence in zip(drafts, context.sentence_of, strict=True):
        rule = _RULES.get(draft.kind)
        if rule is not None:
            rule(reading, draft, sentence)


def _office(reading: Reading, draft: Draft, sentence: int) -> None:
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
        elif not own:
            compatriots = [p for p in reading.registry.people if p.parties == draft.parties]
            if len(compatriots) == 1 and not compatriots[0].cores:
                draft.people = (compatriots[0],)
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
        nearest = _nearest_of(reading, draft, sentence, holders) or _own(reading, holders)
        draft.people = (nearest,) if nearest else ()
    elif issuer and draft.core in {*heads_of(issuer[0]), *(f"vice {head}" for head in heads_of(issuer[0]))}:
        draft.parties = issuer


def _own(reading: Reading, holders: Sequence[Person]) -> Person | None:
    """The only one of several who holds the office at home: where the text is issued or datelined."""
    home = reading.origin.issuer or ((reading.origin.home,) if reading.origin.home else ())
    own = [p for p in holders if p.parties == home]
    return own[0] if home and len(own) == 1 else None


def _nearest_of(reading: Reading, draft: Draft, sentence: int, holders: Sequence[Person]) -> Person | None:
    for drafts in reading.context.scopes(sentence, draft.start):
        seen = [p for p in people_in(drafts) if p in holders]
        if seen:
            return seen[-1] if len(seen) == 1 else None
    return None


def _organisation(reading: Reading, draft: Draft, sentence: int) -> None:
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


def _company(reading: Reading, draft: Draft, sentence: int) -> None:
    """ "The company": the one that was named last, of several in a sentence the first, which is its subject."""
    if draft.rule != "company.definite":
        return
    for drafts in reading.context.scopes(sentence, draft.start):
        named = [earlier for earlier in drafts if earlier.kind is ActorKind.COMPANY and len(earlier.parties) == 1]
        if named:
            draft.parties = named[0].parties
            return


def _body(reading: Reading, draft: Draft, sentence: int) -> tuple[str, ...]:
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


def _group(reading: Reading, draft: Draft, sentence: int) -> None:
    if draft.detail == "people":
        _group_of_people(reading, draft, sentence)
    else:
        draft.parties = _group_of_parties(reading, draft, sentence)


def _group_of_people(reading: Reading, draft: Draft, sentence: int) -> None:
    ranks = {"head"} if _HEADS.search(draft.rule) else {"minister"} if _MINISTERS.search(draft.rule) else set()
    wanted = draft.number or 2
    doubtful: tuple[Person, ...] = ()
    for drafts in reading.context.scopes(sentence, draft.start):
        for earlier in reversed(drafts):
            if earlier.kind is ActorKind.GROUP and earlier.people and draft.number in (0, len(earlier.people)):
                draft.people = earlier.people
                return
        people = people_in(drafts)
        ranked = [p for p in people if p.ranks & ranks]
        fitting = [p for p in people if p in ranked or not ranks or not p.ranks & _OFFICES]
        for choice in (sides(ranked), sides(fitting)):
            if _are_so_many(draft, choice):
                draft.people = tuple(choice)
                return
        if not doubtful and _are_so_many(draft, sides(people)):
            doubtful = tuple(sides(people))
    if doubtful:
        draft.people = doubtful
    elif wanted == 2 and len(reading.principals) == 2:
        draft.people = tuple(reading.principals)
    elif draft.number in (0, len(reading.origin.pair)) and len(reading.origin.pair) > 1:
        draft.parties = reading.origin.pair


def _are_so_many(draft: Draft, people: Sequence[Person]) -> bool:
    return len(people) == (draft.number or 2) or (not draft.number and len(people) > 2)


def _group_of_parties(reading: Reading, draft: Draft, sentence: int) -> tuple[str, ...]:
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


_RULES: dict[ActorKind, Callable[[Reading, Draft, int], None]] = {
    ActorKind.OFFICE: _office,
    ActorKind.ORGANISATION: _organisation,
    ActorKind.COMPANY: _company,
    ActorKind.GROUP: _group,
    ActorKind.PRONOUN: resolve_pronoun,
}
