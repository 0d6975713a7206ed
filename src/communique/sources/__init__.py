"""From bytes to a Document: plain text, Markdown, HTML and JSON files, folders, standard input."""

from communique.sources.discovery import discover
from communique.sources.formats import EXTENSIONS
from communique.sources.loading import SIZE_LIMIT
from communique.sources.reading import read

__all__ = ["EXTENSIONS", "SIZE_LIMIT", "discover", "read"]
