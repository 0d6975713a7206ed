"""The model card that lies beside the packaged weights."""

from collections.abc import Mapping

CARD = """# The reader of communique

A network of 22.7 million parameters (six layers of the BERT layout) that reads windows of up to 256 word pieces and
gives spans (promised actions, contents of statements, names of agreements and initiatives, items, places), kinds of
sentences, classes of spans (strength, status, stages) and who fills which role. It runs with onnxruntime on a CPU; the
weights of matrices are stored in 8 bits, of which 7 are used, so that every processor gives the same sums.

Version {version}. Files: {files}.

## What it is for
To propose records to `communique`, which grounds them in the text, refuses what it can't ground, and keeps the
sentence. It reads English official prose and news about it. It knows nothing of truth: it tells what a document
reports. It should not be the only reader of a document on which somebody's fate depends.

## What it was made from
- The encoder all-MiniLM-L6-v2 (Apache-2.0), pretrained further with masked words on 11.8 million tokens of White House
  documents of 2021 to 2023 that name two or more foreign states (CC0).
- 1,649 documents (408,977 words, 25,045 records), each annotated by one careful reader: 1,482 reports written for this
  project (`training/gold`, Apache-2.0), 144 White House texts (CC0), and 23 from the re3d collection (UK Government,
  OGL v3; US State Department and CENTCOM, public domain; EU Delegation to Syria, reuse with acknowledgement; Australian
  Department of Foreign Affairs, CC BY 3.0 AU; BBC Online, CC BY-NC 3.0). Only weights are distributed, no text.

- Three documents of ten, drawn anew in every epoch, were told about other states, firms and equipment
  (`training/augment.py`).

Beside it, `language/subject.json` holds weights of single words that tell whether a text is about the dealings of
states at all; they come from annotated documents and from general news (half of the BBC articles of 2004 and 2005 in a
public collection, and the training part of PolNeAR). No text is kept. `calibration.json` holds the maps of confidence.

## How good it is
`docs/quality.md` has the records that come out in the end. The table below has each head by itself, on {held_out} that
were held out of the run before the last, on the first 1,210 of these documents: spans count when F1 of their words is
0.5 or more, classes and roles are asked on the annotated spans.

{figures}

## Where it fails
Rare stages (renewed, suspended, requested) and rare types (correspondence) have too few examples to be learned well.
Transcripts and lists of unnamed officials are read worse than readouts and joint statements. Names of people and
states outside the documents it learned from are no obstacle: who somebody is, is not its task.

## How to repeat it
    pip install -c constraints.txt -e '.[train]'
    python -m training.train GOLD_DIR... --encoder ENCODER_DIR --out reader.safetensors {settings}
    python -m training.export reader.safetensors ENCODER_DIR
    python -m training.calibrate WEIGHTS_OF_A_FOLD GOLD_DIR... --fold K

The third and fourth of four such runs each went on from what was packaged before (`--start`), and their weights were
averaged with those that they began with (`training.average`, three quarters of the way and seven eighths). Seeded; a
few hours on one core in all, without a GPU. `training.pretrain` repeats the pretraining, `training.distil` makes a
smaller reader, `training.unpack` gives the packaged weights as floats, to go on from (`--start`).
`training/NOTES.md` tells what else was tried.
"""


def model_card(version: str, sizes: Mapping[str, int], measured: str, held_out: str, settings: str) -> str:
    """The card as Markdown.

    Args:
        sizes: bytes of each packaged file.
        measured: what ``training.train --fold`` printed of its heads.
        held_out: how many documents that was measured on, in words.
        settings: the options of ``training.train`` that differ from its defaults.
    """
    files = ", ".join(f"{name} ({size / 1e6:.1f} MB)" for name, size in sizes.items())
    figures = "\n".join(f"    {line}" for line in measured.splitlines())
    return CARD.format(version=version, files=files, figures=figures, held_out=held_out, settings=settings)
