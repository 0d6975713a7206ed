"""Sentences to proposals: the project's own small trained model, run with onnxruntime."""

from collections.abc import Collection

from communique.language.mentions import Analysis
from communique.reader.network import check_weights, load
from communique.reader.proposals import Filler, Proposals, Roles, SentenceProposal, SpanProposal
from communique.reader.reading import read_analysis


def read(analysis: Analysis, sentences: Collection[int] | None = None) -> Proposals:
    """What the packaged model proposes for a document; it is loaded once.

    Args:
        sentences: the numbers of those that are read; all where None.

    Raises:
        ModelError: the weights are missing or damaged.
    """
    return read_analysis(load(), analysis, sentences)


__all__ = ["Filler", "Proposals", "Roles", "SentenceProposal", "SpanProposal", "check_weights", "load", "read"]
