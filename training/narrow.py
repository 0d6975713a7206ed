"""Take out of an encoder the attention heads and the inner units that matter least.

What one matters is how much the loss would change, to first order, were its output none: the sum over a batch of its
output times the loss's gradient there (Molchanov et al. 2017, "Pruning convolutional neural networks for resource
efficient inference"; for attention heads Michel et al. 2019, "Are sixteen heads really better than one?"). The layers
keep different numbers: all heads, and all inner units, are ranked together.
"""

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from transformers import BertModel

from training.batches import Batch
from training.loss import losses
from training.network import Reader

MULTIPLE = 32
"""Inner units are kept in numbers that fill the registers of a matrix product."""


def importance(model: Reader, learned: Iterable[Batch]) -> tuple[Tensor, Tensor]:
    """What each attention head, (layers, heads), and each inner unit, (layers, units), matters on some batches."""
    layers = model.encoder.encoder.layer
    size = layers[0].attention.self.attention_head_size
    inputs: dict[str, Tensor] = {}

    def kept(name: str) -> object:
        def keep(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            given[0].retain_grad()
            inputs[name] = given[0]

        return keep

    hooks = []
    for number, layer in enumerate(layers):
        hooks.append(layer.attention.output.dense.register_forward_pre_hook(kept(f"heads {number}")))
        hooks.append(layer.output.dense.register_forward_pre_hook(kept(f"units {number}")))
    heads, units = [torch.zeros(()) for _ in layers], [torch.zeros(()) for _ in layers]
    for batch in learned:
        model.zero_grad()
        sum(losses(model, batch).values()).backward()
        for number in range(len(layers)):
            at = {name: inputs[f"{name} {number}"] for name in ("heads", "units")}
            told = {name: (value * value.grad).detach().flatten(0, -2).sum(0) for name, value in at.items()}
            heads[number] = heads[number] + told["heads"].unflatten(0, (-1, size)).sum(1).abs()
            units[number] = units[number] + told["units"].abs()
    for hook in hooks:
        hook.remove()
    model.zero_grad()
    return torch.stack(heads), torch.stack(units)


def _best(scores: Tensor, average: int, multiple: int) -> list[Tensor]:
    """Which columns each row keeps, ``average`` of them a row: the highest of all rows, in whole multiples."""
    highest = scores.flatten().topk(average * len(scores)).indices
    counts = torch.bincount(highest // scores.shape[1], minlength=len(scores))
    whole = [max(multiple, round(int(count) / multiple) * multiple) for count in counts]
    return [row.topk(min(count, len(row))).indices.sort().values for row, count in zip(scores, whole, strict=True)]


def _columns(layer: nn.Linear, kept: Tensor) -> nn.Linear:
    narrow = nn.Linear(len(kept), layer.out_features)
    narrow.weight.data, narrow.bias.data = layer.weight.data[:, kept].clone(), layer.bias.data.clone()
    return narrow


def _rows(layer: nn.Linear, kept: Tensor) -> nn.Linear:
    narrow = nn.Linear(layer.in_features, len(kept))
    narrow.weight.data, narrow.bias.data = layer.weight.data[kept].clone(), layer.bias.data[kept].clone()
    return narrow


def narrow(encoder: BertModel, heads: list[Tensor], units: list[Tensor]) -> None:
    """Keep of each layer some heads and some inner units, in place."""
    for layer, kept_heads, kept_units in zip(encoder.encoder.layer, heads, units, strict=True):
        attention = layer.attention.self
        size = attention.attention_head_size
        inside = (kept_heads[:, None] * size + torch.arange(size)).flatten()
        for name in ("query", "key", "value"):
            setattr(attention, name, _rows(getattr(attention, name), inside))
        layer.attention.output.dense = _columns(layer.attention.output.dense, inside)
        layer.intermediate.dense = _rows(layer.intermediate.dense, kept_units)
        layer.output.dense = _columns(layer.output.dense, kept_units)


def narrowed(model: Reader, learned: Iterable[Batch], heads: int, units: int) -> tuple[list[int], list[int]]:
    """Take what matters least out of a reader, in place.

    Args:
        model: a trained reader.
        learned: batches to see on what matters.
        heads: attention heads a layer that stay, on average.
        units: inner units a layer that stay, on average.

    Returns:
        How many heads and how many inner units each layer has now.
    """
    of_heads, of_units = importance(model, learned)
    kept_heads, kept_units = _best(of_heads, heads, 1), _best(of_units, units, MULTIPLE)
    narrow(model.encoder, kept_heads, kept_units)
    return [len(kept) for kept in kept_heads], [len(kept) for kept in kept_units]
