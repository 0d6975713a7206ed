"""Pretrain the encoder further: words are masked in plain texts and have to be guessed.

usage: python -m training.pretrain ENCODER_DIR TEXTS... --out DIR [--steps N] [--batch N] [--without GOLD_DIR]

TEXTS are ``.jsonl``/``.jsonl.gz`` files with a ``text`` a line, or annotated documents (``.json``). Documents that name
fewer than two foreign states teach little of how states deal with one another and are left out, and so are the
documents of ``--without``, so that what is measured on has not been read. The folder that is written can be given to
``training.train --encoder``. Settings of the packaged encoder: all-MiniLM-L6-v2, 20% masked, blocks of 254 word pieces,
5,820 steps of 256 blocks, peak rate 5e-4 (five minutes on a graphics processor, some days on one core).
"""

import argparse
import gzip
import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertForMaskedLM

from communique.language.actors import find_actors
from communique.language.mentions import ActorKind
from communique.language.sentences import split
from communique.model import Document
from training.train import load_tokenizer

BLOCK = 254
MASKED = 0.2
KEPT, SWAPPED = 0.1, 0.1
"""Of the words to be guessed so many stay as they are, and so many become another word (BERT's shares)."""
FOREIGN_STATES = 2
WEIGHTS = "encoder.safetensors"


def texts_of(paths: Sequence[Path]) -> Iterator[str]:
    """The texts of all files, in order."""
    for path in paths:
        if path.suffix == ".json":
            yield json.loads(path.read_text(encoding="utf-8"))["text"]
        else:
            with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
                yield from (json.loads(line)["text"] for line in lines)


def names_states(text: str, home: str) -> bool:
    """Whether a text names at least :data:`FOREIGN_STATES` states besides that of its authors."""
    actors = find_actors(Document(text=text), split(text))
    named = {party for actor in actors if actor.kind is ActorKind.STATE for party in actor.parties}
    return len(named - {home}) >= FOREIGN_STATES


def blocks_of(tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """All texts in a row, cut into blocks with their first and last mark, (blocks, BLOCK + 2)."""
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    pieces: list[int] = []
    for text in texts:
        pieces += [*tokenizer.encode(text, add_special_tokens=False).ids, last]
    rows = [pieces[at : at + BLOCK] for at in range(0, len(pieces) - BLOCK + 1, BLOCK)]
    return torch.tensor([[first, *row, last] for row in rows])


def masked(block: Tensor, tokenizer: Tokenizer, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Blocks with words masked, and what is to be guessed (-100 elsewhere)."""
    chance = torch.rand(block.shape, generator=generator)
    special = (block == tokenizer.token_to_id("[CLS]")) | (block == tokenizer.token_to_id("[SEP]"))
    asked = (chance < MASKED) & ~special
    kind = torch.rand(block.shape, generator=generator)
    other = torch.randint(1000, tokenizer.get_vocab_size(), block.shape, generator=generator)
    given = torch.where(asked & (kind >= KEPT + SWAPPED), tokenizer.token_to_id("[MASK]"), block)
    given = torch.where(asked & (kind < SWAPPED), other, given)
    return given, block.masked_fill(~asked, -100)


def load_model(folder: Path, weights: str) -> BertForMaskedLM:
    """The encoder with a head that guesses words from its own word embeddings."""
    model = BertForMaskedLM(BertConfig.from_json_file(folder / "config.json"))
    model.bert.load_state_dict(
        {k.removeprefix("bert."): v.float() for k, v in load_file(folder / weights).items()}, strict=False
    )
    model.tie_weights()
    return model


def pretrain(args: argparse.Namespace) -> None:
    """Read, filter, train, write."""
    torch.manual_seed(args.seed)
    generator = torch.Generator().manual_seed(args.seed)
    tokenizer = load_tokenizer(args.encoder)
    measured = {text.strip() for folder in args.without for text in texts_of(sorted(folder.glob("*.json")))}
    texts = [t for t in texts_of(args.texts) if t.strip() not in measured and names_states(t, args.home)]
    random.Random(args.seed).shuffle(texts)
    blocks = blocks_of(tokenizer, texts)
    print(f"{len(texts)} texts, {len(blocks)} blocks", flush=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = load_model(args.encoder, args.weights).to(device).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, args.rate, total_steps=args.steps, pct_start=0.06, anneal_strategy="linear", cycle_momentum=False
    )
    began, total = time.monotonic(), 0.0
    for step in range(1, args.steps + 1):
        rows = torch.randint(len(blocks), (args.batch,), generator=generator)
        given, wanted = masked(blocks[rows], tokenizer, generator)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            loss = model(input_ids=given.to(device), labels=wanted.to(device)).loss
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if step % args.report == 0 or step == args.steps:
            print(
                f"step {step}/{args.steps}  {time.monotonic() - began:.0f} s  loss {total / args.report:.3f}",
                flush=True,
            )
            total = 0.0
    args.out.mkdir(parents=True, exist_ok=True)
    state = {k: v.half().contiguous().cpu() for k, v in model.bert.state_dict().items()}
    save_file(state, args.out / WEIGHTS)
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(args.encoder / name, args.out / name)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("encoder", type=Path, help="folder with config.json, tokenizer.json and weights to start from")
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--weights", default="model.safetensors", help="file of weights in the encoder's folder")
    parser.add_argument(
        "--without", type=Path, nargs="*", default=[], help="folders of annotated documents to leave out"
    )
    parser.add_argument("--home", default="US", help="state whose government wrote the texts (ISO 3166-1 alpha-2)")
    parser.add_argument("--steps", type=int, default=5820)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--report", type=int, default=50, help="steps between lines of progress")
    parser.add_argument("--seed", type=int, default=1)
    pretrain(parser.parse_args())


if __name__ == "__main__":
    main()
