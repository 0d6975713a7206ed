"""Sentences to proposals: the project's own small trained model, run with onnxruntime."""

from communique.language.mentions import Analysis
from communique.reader.network import check_weights, load
from communique.reader.proposals import Filler, Proposals, Roles, SentenceProposal, SpanProposal
from communique.reader.reading import read_analysis


def read(analysis: Analysis) -> Proposals:
    """What the packaged model proposes for a document; it is loaded once.

    Raises:
        ModelError: the weights are missing or damaged.
    """
    return read_analysis(load(), analysis)


__all__ = ["Filler", "Proposals", "Roles", "SentenceProposal", "SpanProposal", "check_weights", "load", "read"]
