"""Average what two runs of training wrote, one having gone on from the other: steadier than either.

usage: python -m training.average EARLIER LATER --share 0.75 --out FILE [GOLD_DIR... --encoder DIR --fold K]

The way between the two has to be short: weights of runs that began apart can't be averaged.
"""

import argparse
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

from training.data import annotate
from training.measure import measure
from training.network import Reader, load_encoder
from training.train import in_fold, load, load_tokenizer


def average(earlier: dict[str, Tensor], later: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Each weight between the two, ``share`` of the way from the earlier to the later."""
    return {
        name: (earlier[name] * (1 - share) + value * share).contiguous() if value.is_floating_point() else value
        for name, value in later.items()
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("earlier", type=Path, help="what training.train wrote")
    parser.add_argument("later", type=Path, help="what it wrote when it went on from there")
    parser.add_argument("gold", type=Path, nargs="*", help="folders of annotated documents to measure on")
    parser.add_argument("--share", type=float, default=0.75, help="how far from the earlier to the later, 0 to 1")
    parser.add_argument("--out", type=Path, required=True, help="file to write, safetensors")
    parser.add_argument("--encoder", type=Path, help="folder with config.json, tokenizer.json, weights")
    parser.add_argument("--fold", type=int, help="measure on this fifth of the documents, 0 to 4")
    args = parser.parse_args()
    weights = average(load_file(args.earlier), load_file(args.later), args.share)
    save_file(weights, args.out)
    if args.fold is not None:
        documents = load(args.gold)
        held_out = [annotate(d) for d in documents if in_fold(d["id"], args.fold)]
        print(f"{len(documents) - len(held_out)} documents to learn from, {len(held_out)} held out", flush=True)
        model = Reader(load_encoder(args.encoder, "encoder-diplomatic-l6.safetensors", frozen_layers=0))
        model.load_state_dict(weights)
        print("\n".join(measure(model, load_tokenizer(args.encoder), held_out).lines()))


if __name__ == "__main__":
    main()
