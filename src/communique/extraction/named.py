"""Agreements and initiatives: things with a name that a document comes back to."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.extraction import fields, grounds
from communique.extraction.fields import BETWEEN_TWO
from communique.extraction.quotations import MOSTLY, without_marks
from communique.extraction.stages import stage_probabilities, stage_reasons
from communique.extraction.words import contained, content_words, overlap
from communique.language.mentions import ActorKind, Analysis
from communique.language.phrases import find_phrases
from communique.model import Agreement, AgreementStage, Initiative, InitiativeStage, Kind, Reason, Span
from communique.reader import Filler, Proposals, Roles, SpanProposal

SAME_NAME = 0.6
INTRODUCTION = 3
"""On held-out documents 1,043 fillers of agreements, initiatives and transfers are right with 3, 1,040 with 1."""
_NEEDED = {"party": BETWEEN_TWO}
_TERM = re.compile(r"\b(?:\d{1,2}|[a-z]+)-year\s+$", re.IGNORECASE)
_TERM_LENGTH = 20
"""A term of years belongs to the name behind it; the reader at times leaves it out."""
_DEFINITE = re.compile(r"\b(?:the|this|that|these|its|their|both)\s+(?:\w+\s+)?$", re.IGNORECASE)
_DETERMINED = re.compile(r"(?:the|this|that|these|its|their|both)\s", re.IGNORECASE)
_ITSELF = frozenset("itself themselves agreed same present whole legal final".split())
_ANY_TEXT = frozenset("document text deal accord pact paper draft".split())
_APPOSITION = re.compile(r",\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Naming:
    """One mention of a named thing: the name with the words of the text that give it."""

    name: str
    span: Span
    proposal: SpanProposal


def agreements(proposals: Proposals) -> list[Agreement]:
    """One agreement for each named instrument, in order of first mention."""
    found = []
    for group in _groups(proposals.analysis.document.text, _namings(proposals, "agreement")):
        roles, stage, why = _told(group, "agreement-stage", proposals)
        found.append(
            Agreement(
                name=_name(group),
                stage=AgreementStage(stage),
                parties=fields.keys(roles, "party", BETWEEN_TWO),
                date=fields.date_of(roles, "date"),
                evidence=fields.evidence(proposals.analysis, _spans(group)),
                reasons=why,
            )
        )
    return found


def initiatives(proposals: Proposals) -> list[Initiative]:
    """One initiative for each named body, forum or programme, in order of first mention.

    What the reader takes for the name of an agreement elsewhere is one: "the Tallinn Pledge".
    """
    found = []
    agreed = {naming.name.lower() for naming in _namings(proposals, "agreement")}
    namings = [naming for naming in _namings(proposals, "initiative") if naming.name.lower() not in agreed]
    for group in _groups(proposals.analysis.document.text, namings):
        roles, stage, why = _told(group, "initiative-stage", proposals)
        found.append(
            Initiative(
                name=_name(group),
                stage=InitiativeStage(stage),
                parties=fields.keys(roles, "party", BETWEEN_TWO),
                date=fields.date_of(roles, "date"),
                evidence=fields.evidence(proposals.analysis, _spans(group)),
                reasons=why,
            )
        )
    return found


def _namings(proposals: Proposals, layer: str) -> list[_Naming]:
    text = proposals.analysis.document.text
    found = []
    for proposal in proposals.of_layer(layer):
        span = without_marks(text, proposal.span)
        if span is None:
            continue
        term = _TERM.search(text, max(0, span.start - _TERM_LENGTH), span.start)
        whole = Span(term.start() if term else span.start, span.end)
        name = text[whole.start : whole.end]
        other = _is_body if layer == "agreement" else _is_place
        if content_words(name) and not other(proposals.analysis, whole):
            found.append(_Naming(name, whole, proposal))
    return found


def _is_place(analysis: Analysis, name: Span) -> bool:
    """Whether a name is that of a place: no initiative."""
    places = (place for place in analysis.places if name.contains(place))
    return sum(p.end - p.start for p in places) > MOSTLY * (name.end - name.start)


def _is_body(analysis: Analysis, name: Span) -> bool:
    """Whether a name without any word for an instrument is that of a body, a forum or a state: no agreement."""
    if find_phrases("instruments", analysis.document.text, name):
        return False
    bodies = (a.span for a in analysis.actors_in(name) if a.kind in (ActorKind.ORGANISATION, ActorKind.STATE))
    return sum(b.end - b.start for b in bodies) > (name.end - name.start) / 2


def _groups(text: str, namings: Sequence[_Naming]) -> list[list[_Naming]]:
    groups: list[list[_Naming]] = []
    for naming in namings:
        home = _antecedent(text, groups, naming)
        home = home or next((g for g in groups if any(_same(text, naming, other) for other in g)), None)
        if home is None:
            groups.append([naming])
        else:
            home.append(naming)
    return groups


def _antecedent(text: str, groups: Sequence[list[_Naming]], naming: _Naming) -> list[_Naming] | None:
    """What a mention refers back to that is no more than "the document", "this pact" or "the Agreement itself".

    The thing with that word in its name which was named last; words that stand for any text mean the last of all.
    """
    before = text[max(0, naming.span.start - _TERM_LENGTH) : naming.span.start]
    words = [word for word in content_words(naming.name) if word not in _ITSELF]
    if len(words) != 1 or not (_DEFINITE.search(before) or _DETERMINED.match(naming.name)):
        return None
    word = words[0].removesuffix("s")
    named = (g for g in reversed(groups) if any(word in name for n in g for name in content_words(n.name)))
    home = next(named, None)
    return groups[-1] if home is None and groups and (word in _ANY_TEXT or naming.name.islower()) else home


def _same(text: str, later: _Naming, earlier: _Naming) -> bool:
    """Whether two mentions name one thing, by their words or because the later one explains the earlier."""
    between = text[earlier.proposal.span.end : later.proposal.span.start]
    return _APPOSITION.fullmatch(between) is not None or _same_name(later.name, earlier.name)


def _same_name(a: str, b: str) -> bool:
    """Whether two names are forms of one: mostly the same words, or the shorter one wholly in the longer."""
    shorter, longer = sorted((a, b), key=len)
    specific = len(content_words(shorter)) >= 2 or shorter.isupper()
    return overlap(a, b) >= SAME_NAME or (specific and contained(shorter, longer) == 1.0)


def _name(group: Sequence[_Naming]) -> str:
    """The longest naming phrase, one with capitals before one that only explains."""
    return max((n.name for n in group), key=lambda name: (name != name.lower(), len(content_words(name)), len(name)))


def _spans(group: Sequence[_Naming]) -> list[Span]:
    return [naming.proposal.span for naming in group]


def _told(group: Sequence[_Naming], question: str, proposals: Proposals) -> tuple[Roles, str, tuple[Reason, ...]]:
    """What all mentions say together: the stage with the highest mean probability, fillers by their mean."""
    kind = Kind.AGREEMENT if question == "agreement-stage" else Kind.INITIATIVE
    mentions = [naming.proposal for naming in group]
    stages = stage_probabilities(proposals, mentions, kind, question)
    stage = max(stages, key=lambda answer: stages[answer])
    roles = {role: mean_fillers([n.proposal.roles for n in group], role) for role in ("party", "date")}
    why = (
        *grounds.of_sentences(proposals, {naming.proposal.sentence for naming in group}, kind),
        *(grounds.of_span("name", naming.proposal, naming.span, naming.name) for naming in group),
        *stage_reasons(proposals, mentions, kind, question, stage, stages[stage]),
        *grounds.of_fillers(roles, {"party": "parties", "date": "date"}, proposals.analysis, _NEEDED),
    )
    return roles, stage, why


def mean_fillers(told: Sequence[Roles], role: str) -> tuple[Filler, ...]:
    """Fillers of several mentions, each by its mean probability over the mentions near which it stands.

    The first mention, which introduces a thing, counts as much as :data:`INTRODUCTION` others.
    """
    seen: dict[str, list[Filler]] = defaultdict(list)
    for roles in told:
        for filler in roles.get(role, ()):
            seen[filler.key].append(filler)
    first = {filler.key: filler.probability for filler in told[0].get(role, ())}
    joined = []
    for key, found in seen.items():
        introduced = [first[key]] * (INTRODUCTION - 1) if key in first else []
        told_by = [*introduced, *(f.probability for f in found)]
        likeliest = max(found, key=lambda f: f.probability)
        joined.append(replace(likeliest, probability=sum(told_by) / len(told_by)))
    return tuple(sorted(joined, key=lambda f: (-f.probability, f.key)))
