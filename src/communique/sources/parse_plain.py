"""Plain text: the file's own characters with line ends as ``\\n``; a header or a heading line gives the title."""

import re
from collections.abc import Iterator

from communique.sources.decoding import text_of
from communique.sources.draft import Draft
from communique.sources.item import Item

_HEADING_LIMIT = 200
_LINE_END = re.compile(r"\r\n?")
_ENDS_SENTENCE = re.compile(r"[.!;:,][\"'”’)]*$")
_HEADER = re.compile(
    r"title:[ \t]*\S.*\n(?:(?:publisher|published|date|url|language|author):.*\n)*(?:[ \t]*\n)+", re.IGNORECASE
)


def parse(item: Item) -> Iterator[Draft]:
    """The text with line ends as ``\\n`` and no blank space at its end, else untouched: offsets hold in the file.

    A file may begin with a header: a line ``Title: ...``, then any of ``Publisher:``, ``Published:`` or ``Date:``,
    ``URL:``, ``Language:`` and ``Author:``, then a blank line. The text begins below it. Without a header, the
    first line is the title, and stays in the text, if a blank line follows it and it reads as a heading: at most 200
    characters that do not end as a sentence or a salutation does.

    Raises:
        SourceError: the bytes are no text.
    """
    unified = unify_line_ends(text_of(item)).rstrip()
    header = _HEADER.match(unified)
    if header is None:
        yield Draft(text=unified, title=_heading(unified))
        return
    pairs = (line.partition(":") for line in header.group().splitlines() if line.strip())
    stated = {key.lower(): value.strip() for key, _, value in pairs}
    yield Draft(
        text=unified[header.end() :],
        title=stated["title"],
        publisher=stated.get("publisher"),
        published=stated.get("published") or stated.get("date"),
        url=stated.get("url"),
        language=stated.get("language"),
        author=stated.get("author"),
    )


def unify_line_ends(text: str) -> str:
    """The text with ``\\r\\n`` and lone ``\\r`` as ``\\n``."""
    return _LINE_END.sub("\n", text)


def _heading(text: str) -> str | None:
    first, _, rest = text.partition("\n")
    second, _, below = rest.partition("\n")
    line = first.strip()
    if not line or len(line) > _HEADING_LIMIT or second.strip() or not below.strip():
        return None
    return None if _ENDS_SENTENCE.search(line) else line
