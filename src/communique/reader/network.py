"""The packaged model: an encoder in ONNX form, run with onnxruntime, and the weights of its heads."""

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from communique.model import ModelError
from communique.reader.heads import EXPECTED_OUTPUTS, Floats, Weights
from communique.reader.windows import Window

FOLDER = Path(__file__).parent / "weights"
MANIFEST = "manifest.json"
_MEND = "reinstall communique, or rebuild the weights with `python -m training.export`"


@dataclass(frozen=True, slots=True)
class Network:
    """What is loaded once for all documents."""

    version: str
    tokenizer: Tokenizer
    session: Any
    weights: Weights
    transitions: Floats

    def hidden_states(self, window: Window) -> Floats:
        """The encoder's states of one window, (tokens, hidden).

        Windows are run one by one: activations are quantised over all that is run together, so that a
        window's states would else depend on its company; and nothing is padded, so that there is no mask.
        """
        (hidden,) = self.session.run(None, {"input_ids": np.array([window.ids], np.int64)})
        states: Floats = hidden[0]
        return states


def check_weights(folder: Path = FOLDER) -> dict[str, Any]:
    """The manifest of the packaged weights, after comparing every file with it.

    Raises:
        ModelError: a file is missing or differs from what was packaged.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, str] = manifest["files"]
        for name, digest in files.items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise ModelError(f"The reader's weights are damaged ({name} differs from what was packaged): {_MEND}.")
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The reader's weights are missing or unreadable in {folder}: {_MEND}.") from error
    return manifest


@functools.cache
def load(folder: Path = FOLDER) -> Network:
    """Load the model once.

    Raises:
        ModelError: a file is missing, damaged, or made for other labels than this version's.
    """
    manifest = check_weights(folder)
    import onnxruntime  # here, so that commands which read nothing start at once
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")  # the heads' small products only wait for each other on more
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # documents are read side by side instead
    try:
        session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # its operator takes longer than what it takes the place of
        )
        with np.load(folder / "heads.npz") as stored:
            weights: Weights = {name: stored[name].astype(np.float32) for name in stored.files}
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # onnxruntime and tokenizers raise their own kinds for unreadable files
        raise ModelError(f"The reader's weights in {folder} can't be loaded: {_MEND}.") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    for name, size in EXPECTED_OUTPUTS.items():
        if len(weights[name]) != size:
            raise ModelError(f"The reader's weights were made for another version of communique ({name}): {_MEND}.")
    return Network(manifest["version"], tokenizer, session, weights, weights.pop("crf.scores"))
