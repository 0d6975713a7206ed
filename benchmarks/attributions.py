"""The product's statements and undertakings as attributions: source, cue and content by offsets."""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.extraction.quotations import without_marks
from communique.language.analysis import analyse
from communique.language.attributions import attribution_of
from communique.model import Document, Span
from communique.reader import Filler, Proposals, SpanProposal, read

Range = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Attribution:
    """Who says what, each part by half-open character offsets; no ranges where a part is missing."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


def attributions(text: str) -> list[Attribution]:
    """What the product reads as said, promised or hoped for in a text, with who says it."""
    return of_proposals(read(analyse(Document(text=text, title=None, publisher=None, published=None))))


def of_proposals(proposals: Proposals) -> list[Attribution]:
    """What the reader's proposals for a document amount to as attributions."""
    return [*_of_layer(proposals, "content", "speaker"), *_of_layer(proposals, "action", "by")]


def _of_layer(proposals: Proposals, layer: str, role: str) -> Iterator[Attribution]:
    text = proposals.analysis.document.text
    for proposal in proposals.of_layer(layer):
        content = without_marks(text, proposal.span)
        if content is None:
            continue
        sentence = proposals.analysis.sentences[proposal.sentence]
        beside = attribution_of(text, sentence, content)
        source = (beside.source if beside else None) or _source(proposal, role, sentence)
        cue = beside.cue if beside else None
        yield Attribution(
            ((source.start, source.end),) if source else (),
            ((cue.start, cue.end),) if cue else (),
            ((content.start, content.end),),
        )


def _source(proposal: SpanProposal, role: str, sentence: Span) -> Span | None:
    """Where the likeliest speaker is named, in the sentence itself if it is."""
    fillers: list[Filler] = [f for f in proposal.roles.get(role, ()) if f.span]
    here = [f for f in fillers if f.span and sentence.overlaps(f.span)]
    best = next(iter(here or fillers), None)
    return best.span if best else None
