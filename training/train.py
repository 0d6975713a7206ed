"""Train the reader on annotated documents.

usage: python -m training.train GOLD_DIR ENCODER_DIR OUT_FILE [--fold K] [--epochs N] [--seed S] ...

With ``--fold K`` (0 to 4) a fifth of the documents is held out and measured at the end; without it
all are learned from. Seeded: the same call on the same machine gives the same weights.
"""

import argparse
import json
import random
import time
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from training.augment import exchanged
from training.batches import batches
from training.data import annotate, examples
from training.loss import losses
from training.measure import measure
from training.network import Reader, load_encoder

FOLDS = 5


def in_fold(name: str, fold: int) -> bool:
    """Whether a document is held out: by a hash of its name, so that adding documents moves none."""
    return zlib.crc32(name.encode()) % FOLDS == fold


def load(folders: Iterable[Path]) -> list[dict[str, Any]]:
    """Annotated documents of all folders in order of their files, each name once."""
    documents: dict[str, dict[str, Any]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            documents.setdefault(document["id"], document)
    return list(documents.values())


def load_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def train(args: argparse.Namespace) -> None:
    """Train, save, and measure what was held out."""
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tokenizer = load_tokenizer(args.encoder)
    documents = load(args.gold)
    held_out = [d for d in documents if args.fold is not None and in_fold(d["id"], args.fold)]
    learned = [d for d in documents if d not in held_out]
    annotated = [annotate(d) for d in learned]
    print(f"{len(learned)} documents to learn from, {len(held_out)} held out", flush=True)
    model = Reader(load_encoder(args.encoder, args.weights, frozen_layers=args.frozen_layers))
    if args.start is not None:
        model.load_state_dict(load_file(args.start))
    groups = [
        {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": args.encoder_rate},
        {"params": list(model.heads.parameters()), "lr": args.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    epochs: list[int] = []
    steps_per_epoch = len(list(batches([e for d in annotated for e in examples(d, tokenizer)], args.tokens, rng)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        max_lr=[args.encoder_rate, args.head_rate],
        total_steps=int(steps_per_epoch * args.epochs * 1.1) + 10,
        pct_start=0.1,
        anneal_strategy="linear",
        cycle_momentum=False,
    )
    model.train()
    for epoch in range(args.epochs):
        began, sums = time.monotonic(), {}
        told = [
            annotate(exchanged(as_written, rng)) if rng.random() < args.exchanged else known
            for as_written, known in zip(learned, annotated, strict=True)
        ]
        windows = [e for d in told for e in examples(d, tokenizer, rng)]
        for batch in batches(windows, args.tokens, rng):
            parts = losses(model, batch)
            optimiser.zero_grad()
            sum(parts.values()).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            epochs.append(epoch)
        steps = epochs.count(epoch)
        shown = "  ".join(f"{name} {value / steps:.3f}" for name, value in sums.items())
        print(f"epoch {epoch + 1}/{args.epochs}  {steps} steps  {time.monotonic() - began:.0f} s  {shown}", flush=True)
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, args.out)
    if held_out:
        print("\n".join(measure(model, tokenizer, [annotate(d) for d in held_out]).lines()))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+", help="folders of annotated documents")
    parser.add_argument("--encoder", type=Path, required=True, help="folder with config.json, tokenizer.json, weights")
    parser.add_argument("--weights", default="encoder-diplomatic-l6.safetensors", help="file of weights in that folder")
    parser.add_argument("--out", type=Path, required=True, help="file to write, safetensors")
    parser.add_argument("--start", type=Path, help="go on from what an earlier call wrote, e.g. on fewer documents")
    parser.add_argument("--fold", type=int, help="hold out this fifth of the documents, 0 to 4")
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--frozen-layers", type=int, default=0)
    parser.add_argument("--exchanged", type=float, default=0.3, help="share of documents told about others, each epoch")
    parser.add_argument("--tokens", type=int, default=1024, help="padded tokens in a batch at most")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
