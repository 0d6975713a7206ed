"""The packaged weights are checked before they are trusted."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.model import Document, ModelError
from communique.reader.network import FOLDER, MANIFEST, check_weights, load


def _lose_encoder(folder: Path) -> None:
    (folder / "encoder.onnx").unlink()


def _cut_heads(folder: Path) -> None:
    heads = folder / "heads.npz"
    heads.write_bytes(heads.read_bytes()[:1000])


def _lose_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def _garble_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("{", encoding="utf-8")


def _lose_a_digest(folder: Path) -> None:
    (folder / MANIFEST).write_text(json.dumps({"version": "1"}), encoding="utf-8")


@pytest.mark.parametrize("harm", [_lose_encoder, _cut_heads, _lose_manifest, _garble_manifest, _lose_a_digest])
def test_missing_and_damaged_weights_are_told_in_a_sentence(harm: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    harm(folder)
    with pytest.raises(ModelError, match=r"weights .*: reinstall communique") as caught:
        load(folder)
    assert "\n" not in str(caught.value)


def test_the_packaged_weights_are_whole() -> None:
    assert set(check_weights()["files"]) == {"encoder.onnx", "heads.npz", "tokenizer.json", "calibration.json"}


def test_the_same_document_gives_the_same_records() -> None:
    from communique import extract

    text = "Norway and Canada signed an agreement on Arctic research in Tromsø on 4 May 2023, the minister said."
    document = Document(text=text, title="Norway and Canada sign", published="2023-05-05")
    assert extract(document) == extract(document)


def test_a_text_without_sentences_holds_nothing() -> None:
    from communique import extract

    assert extract(" \n ") == ()
