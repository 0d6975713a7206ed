"""Pack trained weights for the product: int8 encoder in ONNX form, heads, tokenizer, manifest.

usage: python -m training.export WEIGHTS ENCODER_DIR [--measured LOG] [--folder DIR] [--version V]
"""

import argparse
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization.shape_inference import quant_pre_process
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from communique.reader.network import FOLDER, MANIFEST
from training.card import model_card
from training.network import Reader, as_wide_as
from training.quantise import Ids, pieces, quantise

GOLD = Path(__file__).parent / "gold"
EVERY = 20
"""Outliers of activations show in one document of so many."""


class _Encoder(nn.Module):
    """The encoder with the one input and the one output that the product knows.

    It has no mask: the product runs each window by itself and pads none, and to add a mask that hides nothing to every
    score of attention is 3 to 9% of the cost.
    """

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor) -> Tensor:
        """Hidden states (windows, tokens, hidden)."""
        return self.encoder.encoder(self.encoder.embeddings(input_ids=input_ids))[0]


def export_encoder(encoder: BertModel, path: Path, inputs: Sequence[Ids]) -> None:
    """Write the encoder as ONNX in 8 bits (`training.quantise`), after what it does with some windows of text."""
    ids = torch.randint(5, 1000, (2, 16))
    axes = {0: "windows", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        full, ready = Path(folder) / "full.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            _Encoder(encoder).eval(),
            (ids,),
            str(full),
            input_names=["input_ids"],
            output_names=["hidden"],
            dynamic_axes={"input_ids": axes, "hidden": axes},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
        quantise(ready, path, inputs)


def windows_of_gold(tokenizer: Path) -> list[Ids]:
    """Windows of some of the documents annotated for this project."""
    reading = Tokenizer.from_file(str(tokenizer))
    reading.no_truncation()
    reading.no_padding()
    documents = sorted(GOLD.glob("*.json"))[::EVERY]
    return pieces((json.loads(path.read_text(encoding="utf-8"))["text"] for path in documents), reading)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weights", type=Path, help="what training.train wrote")
    parser.add_argument("encoder", type=Path, help="folder with config.json and tokenizer.json")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--version", default="1")
    parser.add_argument("--measured", type=Path, help="what training.train --fold printed, for the model card")
    parser.add_argument("--settings", default="", help="options of training.train, for the model card")
    args = parser.parse_args()
    config = BertConfig.from_json_file(args.encoder / "config.json")
    config._attn_implementation = "eager"
    weights = load_file(args.weights)
    layers = {name.split(".")[3] for name in weights if name.startswith("encoder.encoder.layer.")}
    config.num_hidden_layers = len(layers)  # a distilled reader has fewer than its encoder, or narrower ones
    model = Reader(as_wide_as(BertModel(config, add_pooling_layer=False), weights))
    model.load_state_dict(weights)
    args.folder.mkdir(parents=True, exist_ok=True)
    export_encoder(model.encoder, args.folder / "encoder.onnx", windows_of_gold(args.encoder / "tokenizer.json"))
    heads = {k: v.numpy().astype(np.float16) for k, v in model.heads.state_dict().items() if not k.startswith("crf.")}
    heads["crf.scores"] = model.heads.crf.scores().detach().numpy().astype(np.float32)
    np.savez(args.folder / "heads.npz", **heads)
    shutil.copyfile(args.encoder / "tokenizer.json", args.folder / "tokenizer.json")
    (args.folder / "tokenizer.json").chmod(0o644)
    names = ("encoder.onnx", "heads.npz", "tokenizer.json")
    digests = {name: hashlib.sha256((args.folder / name).read_bytes()).hexdigest() for name in names}
    manifest = {"version": args.version, "files": digests}
    (args.folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    if args.measured:
        lines = args.measured.read_text(encoding="utf-8").splitlines()
        held_out = re.search(r"(\d+) held out", lines[0])
        measured = "\n".join(line for line in lines if " F1 " in line)
        sizes = {name: (args.folder / name).stat().st_size for name in names}
        count = f"{held_out[1]} documents" if held_out else "documents"
        card = model_card(args.version, sizes, measured, count, args.settings)
        (args.folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    for name in names:
        print(f"{(args.folder / name).stat().st_size / 1e6:6.1f} MB  {name}")


if __name__ == "__main__":
    main()
