"""The stage of a thing, from what the reader makes of its mentions and the words that tell it outright."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from communique.language.cues import told_stages
from communique.language.modality import signature_is_fact, signature_is_unreal
from communique.language.phrases import find_phrases
from communique.language.unreal import CALL, CONCESSION, DENIAL, NEGATION, PLAN, QUESTION, scopes, unreal_stages, within
from communique.model import Kind, Reason, Span
from communique.reader import Proposals, SpanProposal

_TABLES = {Kind.AGREEMENT: "agreement_cues", Kind.TRANSFER: "transfer_cues", Kind.INITIATIVE: "initiative_cues"}
CUE_WEIGHT = 25.0
"""How many times likelier a stage is where a cue of one of :data:`_TABLES` stands in the sentence."""
BOUND_WEIGHT = 1e9
"""The same for :data:`_BOUND` where the cue bears on the very mention, which decides: such stages are too rare to be
learned. Of the 16 mentions of annotated things with such a cue of an end, 15 have that stage."""
UNREAL_WEIGHT = 1e-6
"""The same for a stage that the words tell as unreal only."""
_ENDS = {
    Kind.AGREEMENT: frozenset({"ended", "suspended"}),
    Kind.TRANSFER: frozenset({"cancelled", "stalled"}),
    Kind.INITIATIVE: frozenset({"concluded", "suspended"}),
}
_BOUND = {
    Kind.AGREEMENT: _ENDS[Kind.AGREEMENT] | {"proposed"},
    Kind.TRANSFER: _ENDS[Kind.TRANSFER] | {"considered", "requested", "approved"},
    Kind.INITIATIVE: _ENDS[Kind.INITIATIVE],
}
_PRESUPPOSE: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.AGREEMENT: {
        "agreed": ("signed", "in-force", "renewed"),
        "signed": ("in-force", "renewed"),
        "in-force": ("renewed",),
    },
    Kind.TRANSFER: {
        "approved": ("contracted", "delivered", "in-service"),
        "contracted": ("approved", "delivered", "in-service"),
        "delivered": ("in-service",),
    },
    Kind.INITIATIVE: {"launched": ("active",)},
}
"""What can't be where the stage before it is not."""
_FACTS = {
    Kind.AGREEMENT: ("agreed", "signed", "in-force", "renewed", "suspended", "ended"),
    Kind.TRANSFER: ("approved", "contracted", "delivered", "in-service", "cancelled", "stalled"),
    Kind.INITIATIVE: ("launched", "active", "concluded"),
}
_ASKED_FOR = {Kind.AGREEMENT: "proposed", Kind.TRANSFER: "requested", Kind.INITIATIVE: "proposed"}
_INDEFINITE = re.compile(r"\b(?:an?|any|no)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_ANOTHER_CLAUSE = re.compile(
    r"[,;:](?=\s)|\b(?:but|which|who|whose|that|it|they|although|while|after|before)\b", re.IGNORECASE
)
_INSERTED = re.compile(r",[^,;:]*,")
_FARTHEST = 90
_PREDICATE = re.compile(r"\b(?:is|are|was|were|be|been|being|remains?|put|let|held)\s+(?:\w+\s+)?$", re.IGNORECASE)


def stage_probabilities(
    proposals: Proposals, mentions: Sequence[SpanProposal], kind: Kind, question: str
) -> dict[str, float]:
    """The mean probability of each stage over the mentions of one thing, with what the words around tell."""
    text, sentences = proposals.analysis.document.text, proposals.analysis.sentences
    stages: dict[str, float] = defaultdict(float)
    unreal, told = set[str](), set[str]()
    for mention in mentions:
        sentence = sentences[mention.sentence]
        cued = told_stages(_TABLES[kind], text, sentence)
        called_off = {stage for stage, cue in cued.items() if _only_named(text, sentence, cue)}
        cued = {stage: cue for stage, cue in cued.items() if stage not in called_off}
        asked, not_so = _unreal(kind, text, sentence, mention.span, called_off)
        given_up = within(text, sentence, mention.span, frozenset({PLAN})) is not None
        told |= set(cued)
        unreal |= not_so
        weighed = {}
        for stage, p in mention.classes[question]:
            weight = CUE_WEIGHT if stage in cued or (asked and stage == _ASKED_FOR[kind]) else 1.0
            if stage in cued and stage in _BOUND[kind] and bears_on(text, cued[stage], mention.span):
                weight = BOUND_WEIGHT
            if stage == "cancelled" and given_up:
                weight = BOUND_WEIGHT
            weighed[stage] = p * weight
        total = sum(weighed.values())
        for stage, value in weighed.items():
            stages[stage] += value / total / len(mentions)
    return {stage: p * (UNREAL_WEIGHT if stage in unreal - told else 1.0) for stage, p in stages.items()}


def _unreal(kind: Kind, text: str, sentence: Span, mention: Span, called_off: Collection[str]) -> tuple[bool, set[str]]:
    """Whether a sentence only asks for a thing, and the stages that it tells as unreal."""
    verbs = {*unreal_stages(kind.value, text, sentence), *called_off}
    if kind is Kind.AGREEMENT and signature_is_unreal(text, sentence) and not signature_is_fact(text, sentence):
        verbs.add("signed")
    found = verbs.union(*(_PRESUPPOSE[kind].get(stage, ()) for stage in verbs), _ENDS[kind] if verbs else ())
    around = [s for s in scopes(text, sentence) if s.sense not in (NEGATION, CONCESSION) and s.span.contains(mention)]
    exists = kind is not Kind.TRANSFER and not _INDEFINITE.search(text, sentence.start, mention.start)
    if around and (not exists or (verbs and any(scope.sense in (DENIAL, QUESTION) for scope in around))):
        found.update(_FACTS[kind])
    return any(scope.sense == CALL for scope in around) and (not exists or bool(verbs)), found


def _only_named(text: str, sentence: Span, cue: Span) -> bool:
    """Whether a cue only names what was called off: "the signing of the pact was postponed"."""
    return text[cue.start : cue.end].endswith(" of") and bool(find_phrases("cancellations", text, sentence))


def bears_on(text: str, cue: Span, mention: Span) -> bool:
    """Whether a cue has the mention as its object, or as its subject: "scrapped the deal", "the deal was scrapped"."""
    if cue.end <= mention.start:
        between = text[cue.end : mention.start]
        return len(between) <= _FARTHEST and not _ANOTHER_CLAUSE.search(between)
    if cue.start >= mention.end:
        between = _INSERTED.sub(" ", text[mention.end : cue.start])
        return len(between) <= _FARTHEST and (
            not _ANOTHER_CLAUSE.search(between) or _PREDICATE.search(between + _first_word(text, cue)) is not None
        )
    return True


def _first_word(text: str, cue: Span) -> str:
    """The first word of a cue of several: the auxiliary of "was denounced"."""
    first, _, rest = text[cue.start : cue.end].partition(" ")
    return f"{first} " if rest else ""


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
