"""Undertakings: what a party will, intends or hopes to do, or is doing because it said so."""

import re

from communique.extraction import fields, grounds
from communique.extraction.acting import acting
from communique.extraction.fields import Needed
from communique.extraction.quotations import without_marks
from communique.extraction.stages import CUE_WEIGHT
from communique.extraction.words import overlap
from communique.language.cues import told_strength
from communique.language.unreal import CALL, DENIAL, PLAN, QUESTION, REFUSAL, REPLACED, within
from communique.model import Kind, Reason, Status, Strength, Undertaking
from communique.reader import Proposals, Roles, SpanProposal

_BETWEEN = re.compile(r"(?:\s|[,;]|\b(?:and|or|also|to|further|then|as well as|\w+ly)\b)+")
_NOT_SAID = frozenset({CALL, DENIAL, QUESTION, REFUSAL, REPLACED})
"""Who is urged to act, denies it or refuses to, has not said that it will: of 1,275 annotated actions none is such."""
_GIVEN_UP = frozenset({PLAN})
_NEEDED = {"by": Needed(1, share=2.0), "to": Needed(1, probability=0.3)}
AS_WELL = 0.1
"""Probabilities that lie no farther apart are alike."""
SAME_ACTION = 0.75
"""Two actions of the same party with so many words in common are one undertaking told twice."""


def undertakings(proposals: Proposals) -> list[Undertaking]:
    """One undertaking for each action, those told twice joined, in the order of the text."""
    found: list[Undertaking] = []
    head: SpanProposal | None = None
    last: SpanProposal | None = None
    text = proposals.analysis.document.text
    for span in proposals.of_layer("action"):
        if head is None or last is None or not _coordinated(text, last, span):
            head = span
        last = span
        new = _undertaking(proposals, span, head)
        if new is None:
            continue
        told = next((i for i, old in enumerate(found) if _same(old, new)), None)
        if told is None:
            found.append(new)
        else:
            found[told] = _joined(found[told], new)
    return found


def _coordinated(text: str, one: SpanProposal, other: SpanProposal) -> bool:
    """Whether two actions hang on one verb: nothing but commas, conjunctions and adverbs stands between them."""
    return one.sentence == other.sentence and _BETWEEN.fullmatch(text[one.span.end : other.span.start]) is not None


def _undertaking(proposals: Proposals, proposal: SpanProposal, head: SpanProposal) -> Undertaking | None:
    """The undertaking of an action; by whom, to whom and how firmly is told by the first of coordinated actions."""
    analysis = proposals.analysis
    text = analysis.document.text
    action = without_marks(text, proposal.span)
    if action is None or within(text, analysis.sentences[proposal.sentence], action, _NOT_SAID):
        return None
    if analysis.actor_around(action):  # "the commitment to Taiwan" tells no action
        return None
    roles = _roles(proposal, head)
    by, promised = _by(proposals, head, roles)
    towards = tuple(party for party in fields.keys(roles, "to", _NEEDED["to"]) if party not in by)
    strength, firmness = _strength(proposals, head)
    status, stood = _status(proposals, proposal)
    words = text[action.start : action.end]
    why = (
        *grounds.of_sentences(proposals, (proposal.sentence,), Kind.UNDERTAKING),
        grounds.of_span("action", proposal, action, words),
        *promised,
        *grounds.of_fillers(roles, {"to": "to"}, analysis, _NEEDED),
        *firmness,
        stood,
        *grounds.of_fillers(proposal.roles, {"due": "due"}, analysis),
    )
    return Undertaking(
        action=words,
        by=by,
        to=towards,
        strength=Strength(strength),
        status=Status(status),
        due=fields.date_of(proposal.roles, "due"),
        evidence=fields.evidence(analysis, [proposal.span]),
        reasons=why,
    )


def _roles(proposal: SpanProposal, head: SpanProposal) -> Roles:
    """Who undertakes an action and towards whom: as the first of coordinated actions tells, unless its own words do.

    Who is named in the action itself does not undertake it where it may as well be done towards him.
    """
    towards = proposal.roles if fields.fillers(proposal.roles, "to") else head.roles
    inside = {f.key: f.probability for f in fields.fillers(towards, "to") if f.span and head.span.contains(f.span)}
    by = (f for f in head.roles.get("by", ()) if f.key not in inside or f.probability > inside[f.key] + AS_WELL)
    return {"by": tuple(by), "to": towards.get("to", ())}


def _by(proposals: Proposals, head: SpanProposal, roles: Roles) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """Who undertakes the first of coordinated actions: as grammar tells it, else as the reader does.

    Of 298 subjects that grammar tells in a third of the annotated documents it tells 277 right.
    """
    analysis = proposals.analysis
    subject = acting(analysis, analysis.sentences[head.sentence], head.span)
    if not subject:
        by = fields.keys(roles, "by", _NEEDED["by"])
        return by, grounds.of_fillers(roles, {"by": "by"}, analysis, _NEEDED)
    named = {party: actor for actor in subject for party in actor.parties}
    return tuple(named), tuple(
        Reason(field="by", rule="subject.verb", detail=party, span=actor.span, grounded_by=actor.rule)
        for party, actor in named.items()
    )


def _strength(proposals: Proposals, head: SpanProposal) -> tuple[str, tuple[Reason, ...]]:
    """How firm the first of coordinated actions is, from the reader and the last word of strength before it."""
    sentence = proposals.analysis.sentences[head.sentence]
    told = told_strength(proposals.analysis.document.text, sentence.start, head.span.start)
    odds = {name: p * (CUE_WEIGHT if told and told[0] == name else 1.0) for name, p in head.classes["strength"]}
    strength = max(odds, key=lambda name: odds[name])
    probability = odds[strength] / sum(odds.values())
    reasons = [Reason(field="strength", rule="reader.strength", detail=strength, probability=probability)]
    if told and told[0] == strength:
        reasons.append(Reason(field="strength", rule="words.strength_cues", detail=strength, span=told[1]))
    return strength, tuple(reasons)


def _status(proposals: Proposals, proposal: SpanProposal) -> tuple[str, Reason]:
    """What has become of an action, from the reader, unless words tell that it was given up: "had hoped to, but"."""
    text, sentence = proposals.analysis.document.text, proposals.analysis.sentences[proposal.sentence]
    plan = within(text, sentence, proposal.span, _GIVEN_UP)
    if plan:
        status = Status.ABANDONED.value
        return status, Reason(field="status", rule="words.unreal_cues", detail=status, span=plan.span)
    status, probability = proposal.classes["status"][0]
    return status, Reason(field="status", rule="reader.status", detail=status, probability=probability)


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
        reasons=(
            *fuller.reasons,
            *(r for r in other.reasons if r.field in ("kind", "action") or not getattr(fuller, r.field)),
        ),
    )
