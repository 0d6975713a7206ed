"""Examples to padded tensors."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from communique.reader.labels import LAYERS, ROLE_NAMES, SPAN_CLASSES
from communique.reader.placing import position, ranks
from training.data import OPEN, Example
from training.network import ANCHORS, Spans


@dataclass(slots=True)
class Batch:
    """Windows padded to one length with their targets, flattened over the batch."""

    ids: Tensor
    mask: Tensor
    tags: Tensor
    sentences: Spans
    sentence_targets: Tensor
    anchors: Spans
    anchor_layer: Tensor
    anchor_type: Tensor
    classes: dict[str, tuple[Tensor, Tensor]]
    """For each class its anchors (indexes) and targets."""
    candidates: Spans
    candidate_kind: Tensor
    pairs: Tensor
    """(pairs, 4): anchor, candidate, position, rank."""
    members: Tensor
    """(members, 3): pair, role, key: under which key of which role a pair counts."""
    key_targets: Tensor


def _spans(rows: Sequence[tuple[int, int, int]]) -> Spans:
    table = torch.tensor(rows or np.zeros((0, 3)), dtype=torch.long).view(-1, 3)
    return Spans(table[:, 0], table[:, 1], table[:, 2])


def collate(examples: Sequence[Example]) -> Batch:
    """Pad and flatten."""
    longest = max(len(e.window.ids) for e in examples)
    ids = np.zeros((len(examples), longest), np.int64)
    mask = np.zeros((len(examples), longest), bool)
    tags = np.full((len(examples), len(LAYERS), longest), OPEN, np.int64)
    sentences, sentence_targets = [], []
    anchors, layers, types, candidates, kinds = [], [], [], [], []
    classes: dict[str, list[tuple[int, int]]] = {name: [] for name in SPAN_CLASSES}
    pairs: list[tuple[int, int, int, int]] = []
    members: list[tuple[int, int, int]] = []
    key_targets: list[float] = []
    for w, example in enumerate(examples):
        size = len(example.window.ids)
        ids[w, :size], mask[w, :size], tags[w, :, :size] = example.window.ids, True, example.tags
        for (start, end), target in example.sentences:
            sentences.append((w, start, end))
            sentence_targets.append(target)
        offset = len(candidates)
        candidates += [(w, *c.tokens) for c in example.candidates]
        kinds += [c.kind for c in example.candidates]
        for anchor in example.anchors:
            number = len(anchors)
            anchors.append((w, *anchor.tokens))
            layers.append(ANCHORS.index(anchor.name))
            types.append(anchor.type)
            for name, value in anchor.classes.items():
                classes[name].append((number, value))
            first_pair = len(pairs)
            here = (*anchor.tokens, anchor.sentence)
            for c, rank in enumerate(ranks(here, example.candidates)):
                candidate = example.candidates[c]
                where = position(here, (*candidate.tokens, candidate.sentence))
                pairs.append((number, offset + c, where, rank))
            for role, (stands, fills) in anchor.targets.items():
                role_number = ROLE_NAMES.index(f"{anchor.name}:{role}")
                for k, c in zip(*np.nonzero(stands), strict=True):
                    members.append((first_pair + int(c), role_number, len(key_targets) + int(k)))
                key_targets += fills.tolist()
    return Batch(
        ids=torch.from_numpy(ids),
        mask=torch.from_numpy(mask),
        tags=torch.from_numpy(tags),
        sentences=_spans(sentences),
        sentence_targets=torch.from_numpy(np.stack(sentence_targets)),
        anchors=_spans(anchors),
        anchor_layer=torch.tensor(layers, dtype=torch.long),
        anchor_type=torch.tensor(types, dtype=torch.long),
        classes={
            name: (torch.tensor([n for n, _ in rows]), torch.tensor([v for _, v in rows]))
            for name, rows in classes.items()
            if rows
        },
        candidates=_spans(candidates),
        candidate_kind=torch.tensor(kinds, dtype=torch.long),
        pairs=torch.tensor(pairs, dtype=torch.long).view(-1, 4),
        members=torch.tensor(members, dtype=torch.long).view(-1, 3),
        key_targets=torch.tensor(key_targets),
    )


def batches(examples: Sequence[Example], tokens: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of windows of like length with at most so many padded tokens each, in random order."""
    ordered = sorted(examples, key=lambda e: len(e.window.ids) + rng.random() * 16)
    groups: list[list[Example]] = [[]]
    for example in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(example.window.ids) > tokens:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    for group in groups:
        yield collate(group)
