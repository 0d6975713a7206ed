"""What the reader proposes: spans with classes and role fillers, and what sentences tell of."""

from dataclasses import dataclass, field

from communique.language.mentions import Analysis
from communique.model import Span


@dataclass(frozen=True, slots=True)
class Filler:
    """A party, person, speaker or date that may fill a role, with the probability that it does.

    ``span`` is the likeliest mention of it in the text, None where it stands in the title or nowhere near;
    ``is_person`` tells names of people from those of states, bodies and firms; ``together`` are all for whom that
    mention stands, where it is a word for several: "they", "both sides".
    """

    key: str
    probability: float
    span: Span | None
    is_person: bool = False
    together: tuple[str, ...] = ()


Roles = dict[str, tuple[Filler, ...]]
"""All fillers of each role, the most probable first."""


@dataclass(frozen=True, slots=True)
class SpanProposal:
    """Words of the text that the reader takes for an action, a content, a name, an item or a place.

    Attributes:
        layer: one of :data:`communique.reader.labels.LAYERS`.
        sentence: index of the sentence in which the span starts.
        probability: of the span against nothing in its place.
        classes: for each question on the layer its answers, the most probable first.
    """

    layer: str
    span: Span
    sentence: int
    probability: float
    classes: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    roles: Roles = field(default_factory=dict)

    def best(self, question: str) -> str:
        """The most probable answer to a question on the span."""
        return self.classes[question][0][0]


@dataclass(frozen=True, slots=True)
class SentenceProposal:
    """What the reader makes of one sentence.

    Attributes:
        answers: probability of yes for each of :data:`communique.reader.labels.SENTENCE_OUTPUTS`.
        engagements: for each type of engagement that the sentence may tell of, who fills which role.
    """

    sentence: int
    answers: dict[str, float]
    engagements: dict[str, Roles] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that the reader proposes for a document; spans in order of their offsets."""

    analysis: Analysis
    spans: tuple[SpanProposal, ...]
    sentences: tuple[SentenceProposal, ...]

    def of_layer(self, layer: str) -> list[SpanProposal]:
        """The spans of one layer."""
        return [span for span in self.spans if span.layer == layer]
