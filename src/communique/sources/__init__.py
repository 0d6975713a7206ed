"""From bytes to Documents: files, folders, globs, archives, addresses and standard input, each format by a parser."""

from communique.sources.discovery import discover, names_of
from communique.sources.item import Item, Problem
from communique.sources.kinds import EXTENSIONS
from communique.sources.loading import SIZE_LIMIT
from communique.sources.opening import items_of
from communique.sources.origin import Origin
from communique.sources.reading import documents_of, read

__all__ = [
    "EXTENSIONS",
    "SIZE_LIMIT",
    "Item",
    "Origin",
    "Problem",
    "discover",
    "documents_of",
    "items_of",
    "names_of",
    "read",
]
