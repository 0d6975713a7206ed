"""What tells the documents of one file from each other."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique.model import SourceError
from communique.sources.draft import Draft
from communique.sources.item import Problem


def with_parts(
    rows: Iterable[tuple[int, Draft | SourceError]], name: str, word: str = "row"
) -> Iterator[Draft | Problem]:
    """Each draft with a part of its own, and a Problem for each fault.

    The part is the one that the draft has (an id, a message id), followed by ``(2)``, ``(3)`` ... where others before
    it have the same; else the word with the number: only that changes when something is put in before it.

    Raises:
        SourceError: there is neither a draft nor a fault.
    """
    seen: Counter[str] = Counter()
    empty = True
    for number, found in rows:
        empty = False
        if isinstance(found, SourceError):
            yield Problem(f"{name}#{word} {number}", str(found))
            continue
        part = " ".join(found.part.split()) if found.part else f"{word} {number}"
        seen[part] += 1
        yield replace(found, part=part if seen[part] == 1 else f"{part} ({seen[part]})")
    if empty:
        raise SourceError(f"{name} holds no {word} with text: give one with documents.")
