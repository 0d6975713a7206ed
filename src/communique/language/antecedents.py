"""The actors that stand before a place in a document, nearest sentence first: what references choose from."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from communique.language.drafts import Draft
from communique.language.mentions import ActorKind
from communique.language.registry import Person
from communique.lexicon.parties import is_state
from communique.lexicon.tables import forms, rows
from communique.model import Span

_REACH = 6
_MOST = 60  # drafts of one sentence that are looked at: a bound for texts that are no prose
_NAMING = {ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.COMPANY, ActorKind.OFFICE, ActorKind.PERSON}
_COLLECTIVE = {ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.COMPANY}


class Context:
    """The drafts of a document by sentence, read in order while they are being resolved."""

    def __init__(self, drafts: Sequence[Draft], sentences: Sequence[Span]) -> None:
        starts = [sentence.start for sentence in sentences] or [0]
        self.starts = starts
        self.by_sentence: list[list[Draft]] = [[] for _ in starts]
        self.sentence_of: list[int] = []
        for draft in drafts:
            index = max(0, bisect_right(starts, draft.start) - 1)
            self.sentence_of.append(index)
            self.by_sentence[index].append(draft)

    def same_sentence(self, index: int, before: int) -> list[Draft]:
        """Drafts of a sentence that end before an offset, the nearest ``_MOST`` of them."""
        drafts = self.by_sentence[index]
        place = bisect_right(drafts, before, key=lambda draft: draft.end)
        return drafts[max(0, place - _MOST) : place]

    def scopes(self, index: int, before: int, reach: int = _REACH) -> Iterator[list[Draft]]:
        """Drafts before an offset, sentence by sentence from its own backwards."""
        yield self.same_sentence(index, before)
        for earlier in range(index - 1, max(-1, index - 1 - reach), -1):
            yield self.by_sentence[earlier][:_MOST]


def people_in(drafts: Iterable[Draft]) -> list[Person]:
    """Distinct people, in order, whom the drafts name or stand for; those of groups are left out."""
    found: list[Person] = []
    for draft in drafts:
        single = draft.kind in (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.PRONOUN) and len(draft.people) == 1
        if single and draft.people[0] not in found:
            found.append(draft.people[0])
    return found


def parties_in(drafts: Iterable[Draft]) -> tuple[str, ...]:
    """Distinct parties, in order, that drafts naming one actor each stand for."""
    found: dict[str, None] = {}
    for draft in drafts:
        if draft.kind in _NAMING:
            parties = draft.all_parties()
            if len(parties) == 1:
                found[parties[0]] = None
    return tuple(found)


def states_in(drafts: Iterable[Draft]) -> tuple[str, ...]:
    """Like :func:`parties_in`, states alone."""
    return tuple(party for party in parties_in(drafts) if is_state(party))


def first_collective(drafts: Iterable[Draft]) -> Draft | None:
    """The first draft that names a state, organisation or company as such: what "it" can stand for."""
    for draft in drafts:
        if draft.kind in _COLLECTIVE and draft.parties and draft.rule not in ("state.demonym", "state.people"):
            return draft
    return None


def reporting(text: str, drafts: Sequence[Draft], pronoun: int) -> Draft | None:
    """The subject of the verb of speech whose clause begins with a pronoun: "Oslo, she said, told Bern that it ..."."""
    for draft in reversed(drafts):
        if _report().fullmatch(text, draft.end, pronoun):
            return draft
    return None


@cache
def _report() -> re.Pattern[str]:
    """From behind the subject to the pronoun: auxiliaries, the verb, whom it was told and when."""
    verbs = "|".join(form for row in rows("speech_verbs") if row["content"] == "clause" for form in forms(row))
    inserted = r"(?:\s\([^()]{2,40}\))?(?:,\s[^,;:]{3,90},)?"
    auxiliary = r"(?:has|have|had|also|then|later|since|already|further|\w+ly)"
    return re.compile(
        rf"{inserted}\s(?:{auxiliary}\s)*(?:{verbs})(?:\s(?!and\b|but\b|that\b)[^\s;:.,]+){{0,8}}(?:\sthat)?\s"
    )
