"""How well a network does on documents that it was not trained on, head by head.

Spans count as found when their words agree as the scorer of the annotation guide has it (F1 of words >= 0.5);
classes and roles are measured on the annotated spans, so that each head is seen by itself.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer

from communique.reader.decode import best_tags, spans_of
from communique.reader.labels import LAYERS, ROLE_NAMES, SENTENCE_OUTPUTS
from communique.reader.windows import Window
from training.batches import collate
from training.data import Annotated, Example, examples
from training.loss import CLASS_SLICES, key_logits, pair_logits
from training.network import Reader


class Tally:
    """Counts of right, found and wanted by name, as precision, recall and F1."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, name: str, right: int, found: int, wanted: int) -> None:
        """Count."""
        for i, value in enumerate((right, found, wanted)):
            self.counts[name][i] += value

    def f1(self, name: str) -> float:
        """Harmonic mean of precision and recall."""
        right, found, wanted = self.counts[name]
        return 2 * right / (found + wanted) if found + wanted else 0.0

    def lines(self) -> list[str]:
        """One line a name: precision, recall, F1 and how many were wanted."""
        rows = []
        for name, (right, found, wanted) in sorted(self.counts.items()):
            precision, recall = right / max(found, 1), right / max(wanted, 1)
            rows.append(f"{name:28} P {precision:.3f} R {recall:.3f} F1 {self.f1(name):.3f}  of {wanted}")
        return rows


def measure(model: Reader, tokenizer: Tokenizer, documents: Sequence[Annotated]) -> Tally:
    """All heads on all documents."""
    model.eval()
    tally = Tally()
    transitions = model.heads.crf.scores().detach().numpy()
    with torch.no_grad():
        for document in documents:
            for example in examples(document, tokenizer):
                _measure_example(model, example, document.analysis.document.text, transitions, tally)
    model.train()
    return tally


def _measure_example(model: Reader, example: Example, text: str, transitions: np.ndarray, tally: Tally) -> None:
    batch = collate([example])
    hidden = model.hidden(batch.ids, batch.mask)
    emissions = model.heads.emissions(hidden)[0].numpy()
    tags = best_tags(emissions, transitions)
    tags[example.tags < 0] = 0
    for layer in LAYERS:
        found = [s for s in spans_of(tags) if s[0] == layer]
        wanted = [s for s in spans_of(np.where(example.tags < 0, 0, example.tags)) if s[0] == layer]
        rest = list(wanted)
        right = 0
        for span in found:
            match = next((w for w in rest if _agree(example.window, text, span, w)), None)
            if match:
                rest.remove(match)
                right += 1
        tally.add(f"span {layer}", right, len(found), len(wanted))
    answers = (model.heads.sentences(hidden, batch.sentences) > 0).numpy()
    targets = batch.sentence_targets.numpy() > 0.5
    for i, name in enumerate(SENTENCE_OUTPUTS):
        tally.add(name, int((answers[:, i] & targets[:, i]).sum()), int(answers[:, i].sum()), int(targets[:, i].sum()))
    if not len(batch.anchors.start):
        return
    vectors = model.heads.span_vectors(hidden, batch.anchors)
    logits = model.heads.classes(vectors)
    for name, (rows, wanted_classes) in batch.classes.items():
        right = int((logits[rows, CLASS_SLICES[name]].argmax(-1) == wanted_classes).sum())
        tally.add(f"class {name}", right, len(rows), len(rows))
    if len(batch.members):
        keys = key_logits(pair_logits(model, hidden, batch, vectors), batch.members, len(batch.key_targets)) > 0
        role_of_key = torch.zeros(len(batch.key_targets), dtype=torch.long)
        role_of_key[batch.members[:, 2]] = batch.members[:, 1]
        for role in role_of_key.unique().tolist():
            mine = role_of_key == role
            wanted_keys = batch.key_targets[mine] > 0.5
            right = int((keys[mine] & wanted_keys).sum())
            tally.add(f"role {ROLE_NAMES[role]}", right, int(keys[mine].sum()), int(wanted_keys.sum()))


def _agree(window: Window, text: str, a: tuple[str, int, int], b: tuple[str, int, int]) -> bool:
    one, other = (set(range(start, end)) for _, start, end in (a, b))
    return 2 * len(one & other) / (len(one) + len(other)) >= 0.5
