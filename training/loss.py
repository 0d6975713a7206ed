"""What the network is taught: the joint log-likelihood of all labels, each head counted as it is."""

import torch
from torch import Tensor, nn

from communique.reader.labels import LAYERS, ROLE_NAMES, SPAN_CLASSES
from training.batches import Batch
from training.network import ANCHORS, Reader, Spans

CLASS_SLICES: dict[str, slice] = {}
_at = 0
for _name, _values in SPAN_CLASSES.items():
    CLASS_SLICES[_name] = slice(_at, _at + len(_values))
    _at += len(_values)


def key_logits(pair_logits: Tensor, members: Tensor, keys: int) -> Tensor:
    """Log-odds of each key, (keys,): the sum of the odds of all pairs that stand for it."""
    odds = pair_logits.clamp(-12, 12)[members[:, 0], members[:, 1]].exp()
    return torch.zeros(keys).index_add(0, members[:, 2], odds).clamp(min=1e-6).log()


def pair_logits(model: Reader, hidden: Tensor, batch: Batch, vectors: Tensor) -> Tensor:
    """Logits of all roles for each pair of the batch, (pairs, roles)."""
    heads = model.heads
    spans = batch.candidates
    ends = torch.cat([hidden[spans.window, spans.start], hidden[spans.window, spans.end - 1]], -1)
    anchor = heads.pair_anchor(heads.dropout(vectors)) + heads.pair_layer(batch.anchor_layer)
    is_engagement = (batch.anchor_layer == ANCHORS.index("engagement")).unsqueeze(-1)
    anchor = anchor + heads.pair_type(batch.anchor_type) * is_engagement
    candidate = heads.pair_candidate(heads.dropout(ends)) + heads.pair_kind(batch.candidate_kind)
    a, c, where, rank = batch.pairs.T
    return heads.pairs(anchor[a], candidate[c], heads.pair_position(where) + heads.pair_rank(rank))


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Negative log-likelihood of each head per sentence of the batch."""
    heads, total = model.heads, {}
    hidden = model.hidden(batch.ids, batch.mask)
    n = len(batch.sentence_targets)
    total["tags"] = heads.crf.negative_log_likelihood(heads.emissions(hidden), batch.tags, batch.mask) / n
    logits = heads.sentences(hidden, batch.sentences)
    bce = nn.functional.binary_cross_entropy_with_logits
    total["sentences"] = bce(logits, batch.sentence_targets, reduction="sum") / n
    if len(batch.anchors.start):
        vectors = heads.span_vectors(hidden, batch.anchors)
        logits = heads.classes(vectors)
        for name, (rows, targets) in batch.classes.items():
            ce = nn.functional.cross_entropy(logits[rows, CLASS_SLICES[name]], targets, reduction="sum")
            total["classes"] = total.get("classes", torch.zeros(())) + ce / n
        if len(batch.members):
            keys = key_logits(pair_logits(model, hidden, batch, vectors), batch.members, len(batch.key_targets))
            total["roles"] = bce(keys, batch.key_targets, reduction="sum") / n
    return total


__all__ = ["CLASS_SLICES", "LAYERS", "ROLE_NAMES", "Spans", "key_logits", "losses", "pair_logits"]
