"""The language room's one door: a document with its sentences and everything that is mentioned in them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from communique.language.actors import find_actors
from communique.language.equipment import find_equipment
from communique.language.mentions import ActorKind, ActorMention, Analysis, EquipmentMention
from communique.language.money import find_money
from communique.language.places import find_places
from communique.language.sentences import split
from communique.language.times import find_times
from communique.model import Document, Span

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
"""Spaces that break no line: to whoever reads, "Prime\u00a0Minister" is two words; no offset moves."""


def analyse(document: Document, sentences: Sequence[Span] | None = None) -> Analysis:
    """Split a document into sentences and find actors, times, money and equipment in it.

    Times are resolved against the document's day of publication.

    Args:
        sentences: half-open character offsets where they are known already, as in annotated documents.
    """
    return _analysed(document, tuple(sentences) if sentences is not None else None)


@lru_cache(maxsize=1)
def _analysed(document: Document, sentences: tuple[Span, ...] | None) -> Analysis:
    """The same, kept for who asks about the same document again."""
    spaced = document.text.translate(_SPACES)
    spans = sentences if sentences is not None else split(spaced)
    text = _unwrapped(spaced, spans)
    plain = replace(document, text=text)
    actors = find_actors(plain, spans)
    times = find_times(text, spans, document.published)
    return Analysis(
        document=document,
        sentences=spans,
        actors=actors,
        times=times,
        money=find_money(text, _states(actors)),
        equipment=_outside_names(find_equipment(text), actors),
        title_actors=_title_actors(document),
        places=find_places(text, actors, times),
    )


def _states(actors: Sequence[ActorMention]) -> tuple[tuple[int, str], ...]:
    """Where the text names states: first character and ISO code, in order."""
    return tuple((a.span.start, code) for a in actors if a.kind is ActorKind.STATE for code in a.parties)


def _unwrapped(text: str, sentences: Sequence[Span]) -> str:
    """The text with a blank for each line break inside a sentence: names run over the ends of wrapped lines."""
    parts, position = [], 0
    for sentence in sentences:
        inside = text[sentence.start : sentence.end].replace("\n", " ")
        parts += [text[position : sentence.start], inside]
        position = sentence.end
    return "".join([*parts, text[position:]])


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
    title = document.title.translate(_SPACES)
    return find_actors(replace(document, text=title, title=None), (Span(0, len(title)),))
