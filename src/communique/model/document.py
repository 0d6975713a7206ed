"""Documents: one text from one source. The text never changes; a changed page is a new revision."""

import bisect
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text with what is known of its origin.

    Attributes:
        text: clean plain text; all offsets in the product refer to it.
        title: headline, None where unknown.
        publisher: who issued it, as the source names itself ("The White House").
        published: day of publication, ISO 8601 ``YYYY-MM-DD`` (or ``YYYY-MM``, ``YYYY``), None where unknown.
        url: canonical address, None where unknown.
        language: ISO 639-1 code, None where undetermined.
        source: where the bytes came from: a path as given, or ``-`` for standard input.
        author: who wrote it, as the source names them, None where unknown.
        pages: character offsets at which the pages of a paged source begin, the first 0; empty where it has none.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    source: str | None = None
    author: str | None = None
    pages: tuple[int, ...] = ()

    @property
    def is_english(self) -> bool:
        """Whether it is in the language that is read, or may be: what is plainly in another is kept and not read."""
        return self.language in (None, "en")

    def page_of(self, offset: int) -> int | None:
        """The number of the page, from 1 on, on which a character stands; None where the source has no pages."""
        return bisect.bisect_right(self.pages, offset) or None

    @property
    def digest(self) -> str:
        """SHA-256 of what is read (text and the data of origin that steer reading), in hexadecimal."""
        parts = (self.text, self.title, self.publisher, self.published, self.url)
        joined = "\x1f".join(part if part is not None else "\x00" for part in parts)
        return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def key(self) -> str:
        """What makes two texts revisions of one document: the URL, else the source file, else the text itself."""
        file = self.source if self.source != "-" else None
        return self.url or file or f"sha256:{self.digest}"
