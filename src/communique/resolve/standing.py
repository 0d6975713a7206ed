"""Instruments that everybody knows, by several names and whoever their parties: ``standing_instruments.csv``."""

from collections import defaultdict
from functools import cache, lru_cache

from communique.lexicon.tables import forms, rows
from communique.resolve.words import listed, ordered_words


@lru_cache(maxsize=65536)
def standing_instrument(name: str) -> str | None:
    """The well-known instrument that a name means, None where it is none.

    The name may have more words ("the 1982 UN Convention on the Law of the Sea (UNCLOS)"), but none that make it
    another instrument: a joint statement on a treaty and a protocol to it are not the treaty. Of two that are named
    together it is the first.
    """
    return _named(name) or _named(name.partition(" and the ")[0])


def _named(name: str) -> str | None:
    words = ordered_words(name)
    best: tuple[int, str] | None = None
    for start, word in enumerate(words):
        for form, known in _forms().get(word, ()):
            end = start + len(form)
            rest = {*words[:start], *words[end:]}
            if words[start:end] == form and rest.isdisjoint(_other_things()) and (best is None or len(form) > best[0]):
                best = len(form), known
    return best[1] if best else None


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """All forms as words, with what they mean, by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for row in rows("standing_instruments"):
        for form in forms(row):
            words = ordered_words(form)
            found[words[0]].append((words, row["name"]))
    return dict(found)


@cache
def _other_things() -> frozenset[str]:
    return (listed("heads") | listed("derived")) - {"convent", "treati", "agreement", "accord"}
