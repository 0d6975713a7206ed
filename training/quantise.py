"""The encoder in 8 bits: outliers of activations moved into the weights, and sums that no processor cuts off.

Two things make 8 bits coarse. A few channels of an activation reach ten times as far as the others, and one scale
serves them all: each channel is divided by how far it stands out, and the weights that meet it are multiplied by the
same (Xiao et al., SmoothQuant, 2023, https://arxiv.org/abs/2211.10438). And processors without VNNI add pairs of
products in 16 bits, which overflow: weights of 7 bits can't, so that every processor gives the same sums.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from communique.reader.windows import MAX_TOKENS

SHARE = 0.5
"""How much of a channel's distance from the usual ones goes into the weights: all of it would make these coarse."""
LEAST = 40
"""Tokens of the shortest piece of text that outliers are looked for in."""

OF_CHANNELS = "_scale_of_channels"
"""How the scales that outliers are divided by are named, after their activation."""

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


def pieces(texts: Iterable[str], tokenizer: Tokenizer, most: int = 3) -> list[Ids]:
    """So many first windows of each text at most, as input ids (1, tokens)."""
    found = []
    for text in texts:
        ids = tokenizer.encode(text).ids
        found += [ids[start : start + MAX_TOKENS] for start in range(0, len(ids), MAX_TOKENS)][:most]
    return [np.array([ids], np.int64) for ids in found if len(ids) >= LEAST]


def quantise(encoder: Path, path: Path, inputs: Sequence[Ids]) -> None:
    """Write a float encoder in 8 bits.

    Args:
        encoder: ONNX file in float32, with the input ``input_ids``.
        path: what is written.
        inputs: windows of text in which the outliers are looked for.
    """
    with tempfile.TemporaryDirectory() as folder:
        smooth = Path(folder) / "smooth.onnx"
        onnx.save(smoothed(onnx.load(encoder), inputs), smooth)
        quantize_dynamic(str(smooth), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    onnx.checker.check_model(str(path))


def smoothed(model: onnx.ModelProto, inputs: Sequence[Ids]) -> onnx.ModelProto:
    """The same network with activations before matrix products that have no channels far beyond the others."""
    graph = model.graph
    weights = {one.name: one for one in graph.initializer}
    products = defaultdict(list)
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            products[node.input[0]].append(node)
    for name, reach in _reaches(model, list(products), inputs).items():
        scale = np.maximum(reach / np.median(reach), 1) ** SHARE
        graph.initializer.append(numpy_helper.from_array((1 / scale).astype(np.float32), f"{name}{OF_CHANNELS}"))
        first = list(graph.node).index(products[name][0])
        graph.node.insert(
            first, helper.make_node("Mul", [name, f"{name}{OF_CHANNELS}"], [f"{name}_smooth"], f"{name}_smooth")
        )
        for node in products[name]:
            node.input[0] = f"{name}_smooth"
            weight = numpy_helper.to_array(weights[node.input[1]]) * scale[:, None]
            weights[node.input[1]].CopyFrom(numpy_helper.from_array(weight.astype(np.float32), node.input[1]))
    return model


def _reaches(model: onnx.ModelProto, names: Sequence[str], inputs: Sequence[Ids]) -> dict[str, Floats]:
    """The largest absolute value in each channel of some activations."""
    seen = onnx.ModelProto()
    seen.CopyFrom(model)
    del seen.graph.output[:]
    seen.graph.output.extend(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(seen.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, Floats] = {}
    for ids in inputs:
        for name, values in zip(names, session.run(None, {"input_ids": ids}), strict=True):
            reach = np.abs(values[0]).max(axis=0)
            found[name] = np.maximum(found[name], reach) if name in found else reach
    return found
