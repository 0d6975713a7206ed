"""The network that is trained: an encoder of the BERT layout with heads for tags, sentences, spans and roles.

``communique.reader.heads`` computes the same heads with NumPy from the weights that are exported;
names and shapes of parameters below are that module's contract.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from communique.reader.labels import (
    CANDIDATE_KINDS,
    ENGAGEMENT_TYPES,
    LAYERS,
    ROLE_NAMES,
    ROLES,
    SENTENCE_OUTPUTS,
    SPAN_CLASSES,
    TAGS,
)
from communique.reader.placing import POSITIONS, RANKS
from training.crf import PartialCRF

SPAN_SIZE, PAIR_SIZE = 256, 192
ANCHORS = tuple(ROLES)


@dataclass(slots=True)
class Spans:
    """Token ranges of a batch: which window, first token, token after the last; each (n,)."""

    window: Tensor
    start: Tensor
    end: Tensor


class Heads(nn.Module):
    """Everything above the encoder's hidden states (windows, tokens, hidden)."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(hidden, len(LAYERS) * len(TAGS))
        self.crf = PartialCRF()
        self.sentence_attention = nn.Linear(hidden, 1)
        self.sentence_hidden = nn.Linear(2 * hidden, hidden)
        self.sentence_out = nn.Linear(hidden, len(SENTENCE_OUTPUTS))
        self.span_hidden = nn.Linear(3 * hidden, SPAN_SIZE)
        self.span_out = nn.Linear(SPAN_SIZE, sum(len(c) for c in SPAN_CLASSES.values()))
        self.pair_anchor = nn.Linear(3 * hidden, PAIR_SIZE)
        self.pair_candidate = nn.Linear(2 * hidden, PAIR_SIZE)
        self.pair_position = nn.Embedding(len(POSITIONS), PAIR_SIZE)
        self.pair_rank = nn.Embedding(len(RANKS), PAIR_SIZE)
        self.pair_kind = nn.Embedding(len(CANDIDATE_KINDS), PAIR_SIZE)
        self.pair_layer = nn.Embedding(len(ANCHORS), PAIR_SIZE)
        self.pair_type = nn.Embedding(len(ENGAGEMENT_TYPES), PAIR_SIZE)
        self.pair_hidden = nn.Linear(PAIR_SIZE, PAIR_SIZE)
        self.pair_out = nn.Linear(PAIR_SIZE, len(ROLE_NAMES))
        for table in (self.pair_position, self.pair_rank, self.pair_kind, self.pair_layer, self.pair_type):
            nn.init.normal_(table.weight, std=0.2)

    def emissions(self, hidden: Tensor) -> Tensor:
        """Scores of tags, (windows, layers, tokens, tags)."""
        windows, tokens, _ = hidden.shape
        return self.tags(self.dropout(hidden)).view(windows, tokens, len(LAYERS), len(TAGS)).transpose(1, 2)

    def sentences(self, hidden: Tensor, spans: Spans) -> Tensor:
        """Logits of :data:`SENTENCE_OUTPUTS` for each span, (n, outputs)."""
        states, inside = _gather(hidden, spans)
        weights = self.sentence_attention(states).squeeze(-1).masked_fill(~inside, -1e4).softmax(-1)
        attended = (weights.unsqueeze(-1) * states).sum(1)
        highest = states.masked_fill(~inside.unsqueeze(-1), -1e4).amax(1)
        joined = self.dropout(torch.cat([attended, highest], -1))
        return self.sentence_out(self.dropout(nn.functional.gelu(self.sentence_hidden(joined))))

    def span_vectors(self, hidden: Tensor, spans: Spans) -> Tensor:
        """First, last and mean state of each span, (n, 3 * hidden)."""
        states, inside = _gather(hidden, spans)
        mean = (states * inside.unsqueeze(-1)).sum(1) / inside.sum(1, keepdim=True)
        return torch.cat([hidden[spans.window, spans.start], hidden[spans.window, spans.end - 1], mean], -1)

    def classes(self, vectors: Tensor) -> Tensor:
        """Logits of all span classes, (n, classes)."""
        return self.span_out(self.dropout(nn.functional.gelu(self.span_hidden(self.dropout(vectors)))))

    def pairs(self, anchors: Tensor, candidates: Tensor, places: Tensor) -> Tensor:
        """Logits of all roles for pairs, (n, roles).

        Args:
            anchors: projected by :attr:`pair_anchor`, (n, pair size).
            candidates: projected by :attr:`pair_candidate`, (n, pair size).
            places: sum of the embeddings of position and rank, (n, pair size).
        """
        joined = self.dropout(nn.functional.gelu(anchors + candidates + places))
        return self.pair_out(joined + self.dropout(nn.functional.gelu(self.pair_hidden(joined))))


def _gather(hidden: Tensor, spans: Spans) -> tuple[Tensor, Tensor]:
    longest = int((spans.end - spans.start).max())
    at = spans.start[:, None] + torch.arange(longest)[None]
    inside = at < spans.end[:, None]
    return hidden[spans.window[:, None], at.clamp(max=hidden.shape[1] - 1)], inside


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(encoder.config.hidden_size)

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Hidden states of a batch of windows, (windows, tokens, hidden)."""
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state


def as_wide_as(encoder: BertModel, weights: dict[str, Tensor]) -> BertModel:
    """The same encoder with layers as wide as some weights of a reader, which may have been narrowed.

    Args:
        encoder: as its configuration makes it; changed in place.
        weights: of a :class:`Reader`, by name.
    """
    for number, layer in enumerate(encoder.encoder.layer):
        for name, module in layer.named_modules():
            if isinstance(module, nn.Linear):
                outside, inside = weights[f"encoder.encoder.layer.{number}.{name}.weight"].shape
                if (outside, inside) != (module.out_features, module.in_features):
                    layer.set_submodule(name, nn.Linear(inside, outside))
    return encoder


def load_encoder(folder: Path, weights: str, *, frozen_layers: int = 0) -> BertModel:
    """A pretrained encoder; word embeddings and the lowest layers may be kept as they are.

    Args:
        folder: holds ``config.json`` and the weights in safetensors form.
        frozen_layers: how many of the lowest layers are not trained (the embeddings never are: 285
            documents show too few of 30,522 word pieces to move the rest along).
    """
    config = BertConfig.from_json_file(folder / "config.json")
    config.attention_probs_dropout_prob = 0.0  # drawing it takes six times as long as the layers themselves on a CPU
    encoder = BertModel(config, add_pooling_layer=False)
    state = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / weights).items()}
    missing, _ = encoder.load_state_dict(state, strict=False)
    if any("position_ids" not in name for name in missing):
        raise ValueError(f"the encoder in {folder} lacks {missing}")
    encoder.embeddings.requires_grad_(False)
    for layer in encoder.encoder.layer[:frozen_layers]:
        layer.requires_grad_(False)
    return encoder
