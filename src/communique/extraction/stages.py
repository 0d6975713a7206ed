"""The stage of a thing, from what the reader makes of its mentions and the words that tell it outright."""

from collections import defaultdict
from collections.abc import Sequence

from communique.language.cues import told_stages
from communique.model import Kind, Reason
from communique.reader import Proposals, SpanProposal

_TABLES = {Kind.AGREEMENT: "agreement_cues", Kind.TRANSFER: "transfer_cues", Kind.INITIATIVE: "initiative_cues"}
CUE_WEIGHT = 25.0
"""How many times likelier a stage is where a cue of one of :data:`_TABLES` stands in the sentence."""


def stage_probabilities(
    proposals: Proposals, mentions: Sequence[SpanProposal], kind: Kind, question: str
) -> dict[str, float]:
    """The mean probability of each stage over the mentions of one thing, cues in their sentences counted in."""
    text, sentences = proposals.analysis.document.text, proposals.analysis.sentences
    stages: dict[str, float] = defaultdict(float)
    for mention in mentions:
        sentence = sentences[mention.sentence]
        cued = told_stages(_TABLES[kind], text, sentence)
        weighed = {stage: p * (CUE_WEIGHT if stage in cued else 1.0) for stage, p in mention.classes[question]}
        total = sum(weighed.values())
        for stage, weight in weighed.items():
            stages[stage] += weight / total / len(mentions)
    return dict(stages)


def stage_reasons(
    proposals: Proposals, mentions: Sequence[SpanProposal], kind: Kind, question: str, stage: str, probability: float
) -> tuple[Reason, ...]:
    """Why a stage was chosen: the reader's probability with cues counted in, and the cues that tell it."""
    text, sentences = proposals.analysis.document.text, proposals.analysis.sentences
    told = dict.fromkeys(sentences[mention.sentence] for mention in mentions)
    found = (cues[stage] for sentence in told if stage in (cues := told_stages(_TABLES[kind], text, sentence)))
    head = Reason(field="stage", rule=f"reader.{question}", detail=stage, probability=probability)
    words = f"words.{_TABLES[kind]}"
    return head, *(Reason(field="stage", rule=words, detail=stage, span=span) for span in found)
