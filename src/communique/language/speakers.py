"""Whose words are being read: turns of a transcript, quotations and their speakers."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from communique.language.antecedents import Context
from communique.language.drafts import Draft
from communique.language.mentions import ActorKind

_QUOTATION = re.compile(r"“[^“”]{2,1500}(?:”|(?=\n\s*“)|\Z)|\"[^\"\n]{2,1500}(?:\"|(?=\n\s*\")|\Z)")
_TURN = re.compile(r":\s")
_SPEAKERS = {ActorKind.PERSON, ActorKind.OFFICE, ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.COMPANY}
_SPEAKING_PRONOUNS = {"he", "she"}


class Voices:
    """Turns and quotations of a document; asked for the speaker at a place."""

    def __init__(self, text: str, drafts: Sequence[Draft], context: Context) -> None:
        self._context = context
        self._quotations = [match.span() for match in _QUOTATION.finditer(text)]
        self._starts = [start for start, _ in self._quotations]
        self._turns = [d for d in drafts if d.rule == "person.turn"]
        self._turn_starts = [turn.start for turn in self._turns]
        self._last: Draft | None = None

    def quoted(self, offset: int) -> bool:
        """Whether the offset lies in a quotation."""
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._quotations[place][1]

    def at(self, offset: int, sentence: int) -> Draft | None:
        """Who speaks here: the named speaker of the quotation, else of the turn; None where the text itself does."""
        if not self.quoted(offset):
            turn = bisect_right(self._turn_starts, offset) - 1
            return self._turns[turn] if turn >= 0 else None
        for index in range(sentence, max(-1, sentence - 4), -1):
            speaker = self._outside_quotations(index)
            if speaker is not None:
                return speaker
        return None

    def _outside_quotations(self, sentence: int) -> Draft | None:
        """The first person outside quotations in a sentence, else the first state or body as subject."""
        outside = [d for d in self._context.by_sentence[sentence] if not self.quoted(d.start)]
        for draft in outside:
            if len(draft.people) == 1:
                return draft
        for draft in outside:
            if draft.kind in _SPEAKERS and draft.parties and draft.rule not in ("state.demonym", "state.people"):
                return draft
        return None
