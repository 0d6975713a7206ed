"""The packaged reader as float weights again, to go on training from it.

usage: python -m training.unpack ENCODER_DIR OUT_FILE [--weights NAME] [--folder DIR]

What rounding to few bits took away stays away: half a step of each weight. Embeddings are never trained, so they come
from the pretrained encoder as they were.
"""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file
from torch import Tensor
from transformers import BertConfig, BertModel

from communique.reader.network import FOLDER
from training.crf import FORBIDDEN
from training.network import Reader, as_wide_as, load_encoder
from training.quantise import OF_CHANNELS

PRODUCT = "/MatMul_quant"
"""How the export names a matrix product in 8 bits, after the path of its layer."""


def encoder_weights(model: onnx.ModelProto) -> dict[str, Tensor]:
    """Weights of the layers of a packaged encoder, by the names that :class:`Reader` gives them."""
    arrays = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    makers = {output: node for node in model.graph.node for output in node.output}
    found = {
        name: torch.from_numpy(array.copy()) for name, array in arrays.items() if name.startswith("encoder.encoder.")
    }
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        packed = node.input[1].removesuffix("_quantized")
        weight = arrays[node.input[1]].astype(np.float32) * arrays[f"{packed}_scale"]
        smoothing = makers.get(makers[node.input[0]].input[0])
        if smoothing is not None and smoothing.input[-1].endswith(OF_CHANNELS):
            weight = weight * arrays[smoothing.input[-1]][:, None]
        path = node.name.partition(PRODUCT)[0].replace("/", ".")
        found[f"encoder{path}.weight"] = torch.from_numpy(weight.T.copy())
    return found


def head_weights(arrays: dict[str, npt.NDArray[np.float32]]) -> dict[str, Tensor]:
    """Weights of the heads, by the names that :class:`Reader` gives them."""
    found = {f"heads.{name}": torch.from_numpy(array.astype(np.float32)) for name, array in arrays.items()}
    scores = found.pop("heads.crf.scores")
    found["heads.crf.transitions"] = torch.where(scores < FORBIDDEN / 2, scores - FORBIDDEN, scores)
    return found


def unpacked(folder: Path, encoder: Path, weights: str) -> Reader:
    """The reader of a folder of packaged weights.

    Args:
        folder: holds ``encoder.onnx`` and ``heads.npz``.
        encoder: folder of the pretrained encoder that the reader was made from.
        weights: the file of weights in it.

    Raises:
        ValueError: if the folder holds no whole reader of this network.
    """
    layers = encoder_weights(onnx.load(folder / "encoder.onnx"))
    pretrained = load_encoder(encoder, weights)
    config = BertConfig.from_json_file(encoder / "config.json")
    config.num_hidden_layers = len({name.split(".")[3] for name in layers})
    model = Reader(as_wide_as(BertModel(config, add_pooling_layer=False), layers))
    model.encoder.embeddings.load_state_dict(pretrained.embeddings.state_dict())
    with np.load(folder / "heads.npz") as heads:
        told = layers | head_weights(dict(heads))
    missing, unknown = model.load_state_dict(told, strict=False)
    if unknown or any(not name.startswith(("encoder.embeddings.", "heads.crf.")) for name in missing):
        raise ValueError(f"the reader in {folder} lacks {missing} and has {unknown}")
    return model


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("encoder", type=Path, help="folder of the pretrained encoder")
    parser.add_argument("out", type=Path, help="file to write, safetensors")
    parser.add_argument("--weights", default="encoder-diplomatic-l6.safetensors", help="file of weights in that folder")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="packaged reader")
    args = parser.parse_args()
    model = unpacked(args.folder, args.encoder, args.weights)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, args.out)


if __name__ == "__main__":
    main()
