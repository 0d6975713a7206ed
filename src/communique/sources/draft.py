"""What a format gives of a document, before the user's own word and the checks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text and data of origin as a file states them, unchecked.

    Attributes:
        published: as written in the file, in any notation that begins with an ISO 8601 date.
        language: a language tag such as ``en`` or ``en-US``.
        author: who wrote it, as the file names them.
        pages: character offsets at which the pages of a paged format begin, the first 0; empty for others.
        part: what tells this document from others in the same file (an anchor, a row number, a message id).
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None
    pages: tuple[int, ...] = ()
    part: str | None = None
