"""A linear-chain conditional random field over begin/inside/outside tags that may be partly unknown."""

import torch
from torch import Tensor, nn

from communique.reader.labels import BEGIN, INSIDE, LAYERS, OUTSIDE, TAGS

FORBIDDEN = -1e4


class PartialCRF(nn.Module):
    """One chain for each layer of spans. Sequences start and continue as tags allow: no inside without a begin."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(LAYERS), len(TAGS), len(TAGS)))
        allowed = torch.ones(len(TAGS), len(TAGS))
        allowed[OUTSIDE, INSIDE] = 0
        self.register_buffer("forbidden", (1 - allowed) * FORBIDDEN)
        start = torch.zeros(len(TAGS))
        start[INSIDE] = FORBIDDEN
        self.register_buffer("start", start)

    def scores(self) -> Tensor:
        """Transition scores (layers, from, to), forbidden ones included."""
        return self.transitions + self.forbidden

    def negative_log_likelihood(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The sum over all sequences of -log p(tags); a tag below zero stands for any tag.

        Args:
            emissions: (windows, layers, tokens, tags).
            tags: (windows, layers, tokens).
            mask: (windows, tokens), true for tokens that count; they come first.
        """
        known = torch.nn.functional.one_hot(tags.clamp(min=0), len(TAGS)).bool() | (tags < 0).unsqueeze(-1)
        constrained = emissions.masked_fill(~known, FORBIDDEN)
        return (self._log_partition(emissions, mask) - self._log_partition(constrained, mask)).sum()

    def _log_partition(self, emissions: Tensor, mask: Tensor) -> Tensor:
        scores = self.scores()
        alpha = self.start + emissions[:, :, 0]
        for t in range(1, emissions.shape[2]):
            step = torch.logsumexp(alpha.unsqueeze(-1) + scores, dim=2) + emissions[:, :, t]
            alpha = torch.where(mask[:, t, None, None], step, alpha)
        return torch.logsumexp(alpha, dim=-1)


assert (OUTSIDE, BEGIN, INSIDE) == (0, 1, 2)
