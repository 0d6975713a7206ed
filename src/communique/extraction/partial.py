"""What was delivered of an order: "the first two of 14 jets landed", "99 engines ordered, of which four were received".

Both are told in one breath, and are two transfers: the whole, as ordered or promised, and the part that has come.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from communique.extraction.stages import stage_probabilities
from communique.language.cues import told_stages
from communique.language.mentions import Analysis
from communique.language.numbers import find_numbers
from communique.model import Item, Kind, Reason, Span, Transfer, TransferStage
from communique.reader import Proposals, SpanProposal

_WHOLE = (TransferStage.APPROVED, TransferStage.CONTRACTED)
"""What a whole of which a part has come must at least be."""
_UNTOLD = (TransferStage.CANCELLED, TransferStage.CONSIDERED)
_BEFORE = re.compile(
    r"\b(?:first|second|third|fourth|next|last|latest)\s+(?:(?P<number>[\w,-]+)\s+)?(?:out\s+)?of\s+"
    r"(?:the\s+|these\s+|its\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[;,:]|\b(?:and|but|of which|of these|of them|only|just|so far|by now|the first|some|about|upwards of))\s+"
    r"(?P<number>[\w,-]+)(?:\s+of\s+(?:them|these|those|which|the\s+\w+))?\s+"
    r"(?:(?:has|have|had|was|were)\s+(?:(?:already|since|so far|now|\w+ly)\s+)?(?:been\s+)?"
    r"(?:delivered|received|shipped|handed\s+over|transferred|arrived|reached)|arrived|came|reached)\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"\b(?:order(?:ed)?|bought|purchased|contract(?:ed)?|signed|awarded)\b", re.IGNORECASE)
_NEAR = 50
"""Characters before a time in which a word of ordering makes it the day of the order."""
_CLAUSE_ENDS = re.compile(r"[;.]\s|,\s(?:and|but|while|the rest)\b")
_TWO = frozenset({"pair", "couple"})


class _Part(NamedTuple):
    """The words for what has come: in which sentence, how many, before the whole or after it."""

    span: Span
    number: int
    sentence: Span
    is_before: bool


def with_deliveries(proposals: Proposals, mentions: Sequence[SpanProposal], found: Transfer) -> list[Transfer]:
    """The transfer, or the whole and what has been delivered of it, where its words tell both.

    Args:
        mentions: the items of the transfer.
    """
    part = _part(proposals.analysis, mentions, found)
    if part is None:
        return [found]
    stage = found.stage
    if stage is TransferStage.DELIVERED:
        stages = stage_probabilities(proposals, mentions, Kind.TRANSFER, "transfer-stage")
        stage = max(_WHOLE, key=lambda one: stages.get(one.value, 0.0))
    ordered, came = _dates(proposals.analysis, part, found.date)
    why = Reason(field="items", rule="transfer.partial", detail=str(part.number), span=part.span)
    delivered = replace(
        found,
        stage=TransferStage.DELIVERED,
        items=(Item(found.items[0].what, part.number),),
        value=None,
        date=came,
        evidence=(part.sentence,),
        reasons=(*_reasons(found, TransferStage.DELIVERED, part), why),
    )
    return [replace(found, stage=stage, date=ordered, reasons=_reasons(found, stage, part)), delivered]


def _reasons(found: Transfer, stage: TransferStage, part: _Part) -> tuple[Reason, ...]:
    """The reasons of the transfer, that for its stage being the words for the part where the stage is another."""
    if stage is found.stage:
        return found.reasons
    return tuple(
        replace(r, rule="transfer.partial", detail=stage.value, span=part.span) if r.field == "stage" else r
        for r in found.reasons
    )


def _part(analysis: Analysis, mentions: Sequence[SpanProposal], found: Transfer) -> _Part | None:
    text, total = analysis.document.text, found.items[0].quantity
    if total is None or total < 2 or found.stage in _UNTOLD:
        return None
    for mention in mentions:
        sentence = analysis.sentences[mention.sentence]
        counts = find_numbers(text[sentence.start : mention.span.end])
        start = next((sentence.start + n.span.start for n in counts if n.value == total), mention.span.start)
        before = _BEFORE.search(text, sentence.start, start)
        if before and TransferStage.DELIVERED in told_stages("transfer_cues", text, sentence):
            number = _number(before["number"]) if before["number"] else 1
            if 0 < number < total:
                return _Part(Span(*before.span()), number, sentence, is_before=True)
        after = _AFTER.search(text, mention.span.end, sentence.end)
        number = _number(after["number"]) if after else 0
        if after and 0 < number < total:
            return _Part(Span(*after.span("number")), number, sentence, is_before=False)
    return None


def _number(words: str) -> int:
    """How many; 0 for words that tell no number ("the first batch of 48" is all of the 48)."""
    found = find_numbers(words)
    if found:
        return int(found[0].value)
    return 2 if words.casefold() in _TWO else 0


def _dates(analysis: Analysis, part: _Part, date: str | None) -> tuple[str | None, str | None]:
    """The days of the order and of the delivery."""
    text, sentence = analysis.document.text, part.sentence
    times = [time for time in analysis.times if time.edtf and sentence.contains(time.span)]
    if part.is_before:
        near = ((time, max(sentence.start, time.span.start - _NEAR)) for time in times)
        ordered = next((time.edtf for time, start in near if _ORDERED.search(text, start, time.span.start)), None)
        others = (time.edtf for time in times if time.edtf != ordered)
        return ordered, date if date != ordered else next(others, None)
    ends = _CLAUSE_ENDS.search(text, part.span.end, sentence.end)
    clause = Span(part.span.start, ends.start() if ends else sentence.end)
    return date, next((time.edtf for time in times if clause.contains(time.span)), None)
