"""The language room's one door: a document with its sentences and everything that is mentioned in them."""

from collections.abc import Sequence
from dataclasses import replace

from communique.language.actors import find_actors
from communique.language.equipment import find_equipment
from communique.language.mentions import ActorKind, ActorMention, Analysis, EquipmentMention
from communique.language.money import find_money
from communique.language.sentences import split
from communique.language.times import find_times
from communique.model import Document, Span


def analyse(document: Document, sentences: Sequence[Span] | None = None) -> Analysis:
    """Split a document into sentences and find actors, times, money and equipment in it.

    Times are resolved against the document's day of publication.

    Args:
        sentences: half-open character offsets where they are known already, as in annotated documents.
    """
    text = document.text
    spans = tuple(sentences) if sentences is not None else split(text)
    actors = find_actors(document, spans)
    return Analysis(
        document=document,
        sentences=spans,
        actors=actors,
        times=find_times(text, spans, document.published),
        money=find_money(text),
        equipment=_outside_names(find_equipment(text), actors),
        title_actors=_title_actors(document),
    )


def _outside_names(
    equipment: Sequence[EquipmentMention], actors: Sequence[ActorMention]
) -> tuple[EquipmentMention, ...]:
    """Equipment without what is part of a firm's or body's name, as in "Leonardo Helicopters"."""
    names = [actor.span for actor in actors if actor.kind in (ActorKind.COMPANY, ActorKind.ORGANISATION)]
    return tuple(found for found in equipment if not any(name.contains(found.span) for name in names))


def _title_actors(document: Document) -> tuple[ActorMention, ...]:
    """The actors that the title names, read by itself; their offsets refer to the title."""
    if not document.title or not document.title.strip():
        return ()
    return find_actors(replace(document, text=document.title, title=None), (Span(0, len(document.title)),))
