"""Teach a smaller reader to see what a trained one sees.

usage: python -m training.distil TEACHER GOLD_DIR... --encoder DIR --out FILE [--layers 0 2 5] [--narrow 8 512]
       [--texts FILE...]

The student takes some of the teacher's layers, or narrower ones (see ``training.narrow``), and all of its heads, and
learns to give every word the hidden state that the teacher gives it: on annotated documents, told about others as in
training, where it learns the labels too, and on plain texts (``.jsonl`` or ``.jsonl.gz`` with a ``text`` a line), which
need no labels.
"""

import argparse
import copy
import random
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from communique.language.sentences import split
from communique.reader.windows import build_windows
from training.augment import exchanged
from training.batches import batches
from training.data import annotate, examples
from training.loss import losses
from training.measure import measure
from training.narrow import narrowed
from training.network import Reader
from training.pretrain import texts_of
from training.train import in_fold, load, load_tokenizer

LIKENESS = 20.0
"""How much the mean squared difference of hidden states counts beside the labels' log-likelihood."""

SHOWN = 60
"""Batches on which it is seen which heads and inner units matter."""


def student_of(teacher: Reader, layers: Sequence[int]) -> Reader:
    """A copy of the teacher with some of its layers only."""
    student = copy.deepcopy(teacher)
    kept = [student.encoder.encoder.layer[number] for number in layers]
    student.encoder.encoder.layer = nn.ModuleList(kept)
    student.encoder.config.num_hidden_layers = len(kept)
    student.encoder.embeddings.requires_grad_(False)
    return student


def windows_of(texts: Sequence[str], tokenizer: Tokenizer, rng: random.Random) -> Iterator[list[int]]:
    """Windows of plain texts, shuffled, without end."""
    while True:
        for number in rng.sample(range(len(texts)), len(texts)):
            for window in build_windows(tokenizer, texts[number], split(texts[number]), None):
                yield window.ids


def likeness(teacher: Reader, student: Reader, ids: Tensor, mask: Tensor) -> Tensor:
    """Mean squared difference of the two's hidden states over all words."""
    with torch.no_grad():
        wanted = teacher.hidden(ids, mask)
    return (student.hidden(ids, mask) - wanted)[mask].pow(2).mean()


def padded(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    """Windows as one batch: ids and mask, (windows, tokens)."""
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])
    return ids, mask


def distil(args: argparse.Namespace) -> None:
    """Load, teach, save, measure what was held out."""
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tokenizer = load_tokenizer(args.encoder)
    config = BertConfig.from_json_file(args.encoder / "config.json")
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    teacher = Reader(BertModel(config, add_pooling_layer=False)).eval()
    teacher.load_state_dict(load_file(args.teacher))
    documents = load(args.gold)
    held_out = [d for d in documents if args.fold is not None and in_fold(d["id"], args.fold)]
    learned = [d for d in documents if d not in held_out]
    student = student_of(teacher, args.layers)
    if args.narrow:
        heads, units = narrowed(student, islice(_epoch(learned, tokenizer, rng, args), SHOWN), *args.narrow)
        print(f"attention heads {heads}, inner units {units}", flush=True)
    student.train()
    plain = windows_of(list(texts_of(args.texts)), tokenizer, rng) if args.texts else iter(())
    weights = [p for p in student.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=args.rate, weight_decay=0.01)
    began = time.monotonic()
    for epoch in range(args.epochs):
        sums: dict[str, float] = {}
        steps = list(_epoch(learned, tokenizer, rng, args))
        for number, batch in enumerate(steps):
            for group in optimiser.param_groups:
                group["lr"] = args.rate * (1.0 - (epoch + number / len(steps)) / args.epochs)
            parts = losses(student, batch)
            parts["likeness"] = LIKENESS * likeness(teacher, student, batch.ids, batch.mask)
            if rows := [ids for ids, _ in zip(plain, range(len(batch.ids)), strict=False)]:
                parts["plain"] = LIKENESS * likeness(teacher, student, *padded(rows))
            optimiser.zero_grad()
            sum(parts.values()).backward()
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value.item()
        shown = "  ".join(f"{name} {value / len(steps):.3f}" for name, value in sums.items())
        print(
            f"epoch {epoch + 1}/{args.epochs}  {len(steps)} steps  {time.monotonic() - began:.0f} s  {shown}",
            flush=True,
        )
        # after every epoch: one takes long, and what was learned must not be lost with the last
        save_file({k: v.contiguous() for k, v in student.state_dict().items()}, args.out)
    if held_out:
        print("\n".join(measure(student, tokenizer, [annotate(d) for d in held_out]).lines()))


def _epoch(
    learned: Sequence[dict[str, Any]], tokenizer: Tokenizer, rng: random.Random, args: argparse.Namespace
) -> Any:
    told = [annotate(exchanged(d, rng) if rng.random() < args.exchanged else d) for d in learned]
    return batches([e for d in told for e in examples(d, tokenizer, rng)], args.tokens, rng)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("teacher", type=Path, help="what training.train wrote")
    parser.add_argument("gold", type=Path, nargs="+", help="folders of annotated documents")
    parser.add_argument("--encoder", type=Path, required=True, help="folder with config.json and tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="file to write, safetensors")
    parser.add_argument("--layers", type=int, nargs="+", default=range(6), help="the teacher's layers to keep")
    parser.add_argument(
        "--narrow",
        type=int,
        nargs=2,
        metavar=("HEADS", "UNITS"),
        help="attention heads and inner units a layer that stay",
    )
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="plain texts to look at as the teacher does")
    parser.add_argument("--fold", type=int, help="hold out this fifth of the documents, 0 to 4")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--exchanged", type=float, default=0.3)
    parser.add_argument("--tokens", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=1)
    distil(parser.parse_args())


if __name__ == "__main__":
    main()
