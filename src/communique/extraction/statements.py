"""Statements: words attributed to one or more speakers."""

from collections.abc import Sequence

from communique.extraction import fields
from communique.extraction.quotations import MOSTLY, quoted_share, starts_turn, without_marks
from communique.model import Form, Reason, Span, Statement
from communique.reader import Proposals, SpanProposal

LIKELY_ENOUGH = 0.2
"""A statement has a speaker: where none is probable, the likeliest is taken down to this probability."""


def statements(proposals: Proposals) -> list[Statement]:
    """One statement for each span of content, in the order of the text."""
    found: list[Statement] = []
    for span in proposals.of_layer("content"):
        statement = _statement(proposals, span, found)
        if statement:
            found.append(statement)
    return found


def _statement(proposals: Proposals, proposal: SpanProposal, earlier: Sequence[Statement]) -> Statement | None:
    analysis = proposals.analysis
    text = analysis.document.text
    content = without_marks(text, proposal.span)
    if content is None:
        return None
    sentence = analysis.sentences[proposal.sentence]
    direct = quoted_share(text, content) >= MOSTLY or starts_turn(text, sentence, proposal.span)
    speakers, why = _speakers(proposal, sentence, text)
    if not speakers and earlier:
        last = earlier[-1]
        if analysis.sentences.index(sentence) - analysis.sentences.index(last.evidence[-1]) <= 1:
            speakers, why = last.speakers, (Reason(field="speakers", rule="statement.same-speaker-goes-on"),)
    return Statement(
        speakers=speakers,
        form=Form.DIRECT if direct else Form.INDIRECT,
        content=text[content.start : content.end],
        evidence=fields.evidence(analysis, [proposal.span]),
        confidence=round(proposal.probability, 3),
        reasons=why,
    )


def _speakers(proposal: SpanProposal, sentence: Span, text: str) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    chosen = fields.fillers(proposal.roles, "speaker")
    here = [f for f in chosen if f.span and sentence.overlaps(f.span)]
    chosen = here or chosen  # who is named beside the words says them, not who spoke before
    if any(f.is_person for f in chosen):  # people speak for the states that are named beside them
        chosen = [f for f in chosen if f.is_person]
    if chosen:
        why = fields.reasons(proposal.roles, {"speaker": "speakers"}, text)
        return fields.unique_people(f.key for f in chosen), why
    best = next(iter(proposal.roles.get("speaker", ())), None)
    if best and best.probability >= LIKELY_ENOUGH:
        detail = f"{best.key}, probability {best.probability:.2f}"
        return (best.key,), (Reason(field="speakers", rule="reader.likeliest-speaker", detail=detail),)
    return (), ()
