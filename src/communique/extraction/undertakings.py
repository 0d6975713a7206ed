"""Undertakings: what a party will, intends or hopes to do, or is doing because it said so."""

from communique.extraction import fields
from communique.extraction.quotations import without_marks
from communique.extraction.words import overlap
from communique.model import Reason, Status, Strength, Undertaking
from communique.reader import Proposals, SpanProposal

SAME_ACTION = 0.75
"""Two actions of the same party with so many words in common are one undertaking told twice."""


def undertakings(proposals: Proposals) -> list[Undertaking]:
    """One undertaking for each action, those told twice joined, in the order of the text."""
    found: list[Undertaking] = []
    for span in proposals.of_layer("action"):
        new = _undertaking(proposals, span)
        if new is None:
            continue
        told = next((i for i, old in enumerate(found) if _same(old, new)), None)
        if told is None:
            found.append(new)
        else:
            found[told] = _joined(found[told], new)
    return found


def _undertaking(proposals: Proposals, proposal: SpanProposal) -> Undertaking | None:
    analysis = proposals.analysis
    text = analysis.document.text
    action = without_marks(text, proposal.span)
    if action is None:
        return None
    by = fields.keys(proposal.roles, "by")
    towards = tuple(party for party in fields.keys(proposal.roles, "to") if party not in by)
    strength, status = proposal.best("strength"), proposal.best("status")
    classes = tuple(
        Reason(field=name, rule=f"reader.{name}", detail=f"{answer}, probability {probability:.2f}")
        for name, ((answer, probability), *_) in proposal.classes.items()
    )
    return Undertaking(
        action=text[action.start : action.end],
        by=by,
        to=towards,
        strength=Strength(strength),
        status=Status(status),
        due=fields.date_of(proposal.roles, "due"),
        evidence=fields.evidence(analysis, [proposal.span]),
        confidence=round(proposal.probability, 3),
        reasons=classes + fields.reasons(proposal.roles, {"by": "by", "to": "to", "due": "due"}, text),
    )


def _same(a: Undertaking, b: Undertaking) -> bool:
    parties_agree = not a.by or not b.by or bool(set(a.by) & set(b.by))
    return parties_agree and overlap(a.action, b.action) >= SAME_ACTION


def _joined(a: Undertaking, b: Undertaking) -> Undertaking:
    """The fuller telling, with the evidence of both and what only the other says."""
    fuller, other = (a, b) if len(a.action) >= len(b.action) else (b, a)
    return Undertaking(
        action=fuller.action,
        by=fuller.by or other.by,
        to=fuller.to or other.to,
        strength=fuller.strength,
        status=fuller.status,
        due=fuller.due or other.due,
        evidence=fields.merge_evidence(a.evidence, b.evidence),
        confidence=max(a.confidence or 0.0, b.confidence or 0.0),
        reasons=fuller.reasons,
    )
