"""Why a record is told and why its fields have their values: heads of the reader, rules, and the words they saw."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from communique.extraction import fields
from communique.extraction.fields import AS_TOLD, Needed
from communique.language.mentions import ActorMention, Analysis, TimeMention
from communique.model import Item, Kind, Money, Reason, Record, Span
from communique.reader import Filler, Proposals, Roles, SpanProposal
from communique.reader.labels import TIME_ROLES

_PROPOSED = frozenset({"kind", "name", "action", "content", "items"})
"""Fields of which every mention counts, also one whose own words are not those that the record keeps."""


def of_sentences(proposals: Proposals, sentences: Collection[int], kind: Kind) -> tuple[Reason, ...]:
    """How probable the reader makes it that each of the sentences is evidence of a kind."""
    spans = proposals.analysis.sentences
    return tuple(
        Reason(
            field="kind",
            rule="reader.sentence",
            detail=kind.value,
            probability=told.answers[f"kind:{kind.value}"],
            span=spans[told.sentence],
        )
        for told in proposals.sentences
        if told.sentence in sentences
    )


def of_span(field: str, proposal: SpanProposal, span: Span, value: str, grounded_by: str | None = None) -> Reason:
    """The words that the reader takes for an action, a content, a name or an item."""
    rule, probability = f"reader.{proposal.layer}", proposal.probability
    return Reason(field=field, rule=rule, detail=value, probability=probability, span=span, grounded_by=grounded_by)


def of_fillers(
    roles: Roles, names: Mapping[str, str], analysis: Analysis, needed: Mapping[str, Needed] = MappingProxyType({})
) -> tuple[Reason, ...]:
    """Why each field has its fillers.

    Args:
        names: role to the field that it fills.
        needed: role to how many there are at least.
    """
    return tuple(
        of_filler(filler, role, name, analysis)
        for role, name in names.items()
        for filler in _chosen(roles, role, needed.get(role, AS_TOLD))
    )


def of_filler(filler: Filler, role: str, name: str, analysis: Analysis) -> Reason:
    """Why a field has this filler: the head that chose it, and the rule that knows whom or when the words mean."""
    mention = _mention(analysis.times if role in TIME_ROLES else analysis.actors, filler.span)
    grounded_by = mention.rule if mention else None
    if filler.span is None and any(filler.key in (*a.parties, *a.people) for a in analysis.title_actors):
        grounded_by = "title"
    return Reason(
        field=name,
        rule=f"reader.{role}",
        detail=filler.key,
        probability=filler.probability,
        span=filler.span,
        grounded_by=grounded_by,
    )


def settled(record: Record) -> Record:
    """The record without reasons for values that it has not kept, each other reason once."""
    kept = dict.fromkeys(
        reason
        for reason in record.reasons
        if reason.field in _PROPOSED or reason.detail in _values(getattr(record, reason.field))
    )
    return replace(record, reasons=tuple(kept))


def _chosen(roles: Roles, role: str, needed: Needed) -> Iterable[Filler]:
    if role not in TIME_ROLES:
        return fields.fillers(roles, role, needed)
    best = fields.likeliest(roles, role)
    return [best] if best else []


def _mention(
    mentions: Sequence[ActorMention] | Sequence[TimeMention], span: Span | None
) -> ActorMention | TimeMention | None:
    """The mention with exactly these words."""
    if span is None:
        return None
    at = bisect_left(mentions, span, key=lambda mention: mention.span)
    return mentions[at] if at < len(mentions) and mentions[at].span == span else None


def _values(value: Any) -> set[str]:
    """The value of a field as reasons name it."""
    if isinstance(value, tuple):
        return {one.what if isinstance(one, Item) else str(one) for one in value}
    return {f"{value.currency} {value.amount}"} if isinstance(value, Money) else {str(value)}
