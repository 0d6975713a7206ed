"""Extraction from single documents, without a ledger."""

from os import PathLike

from communique.model import Document, Record


def extract(document: Document | str) -> tuple[Record, ...]:
    """What a document reports, one record for each distinct thing.

    Args:
        document: a document, or its text where nothing else is known of it.

    Raises:
        ModelError: the reader's weights are missing or damaged.
    """
    from communique.extraction import extract as extract_records

    return tuple(extract_records(document if isinstance(document, Document) else Document(text=document)))


def read(
    path: str | PathLike[str],
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Document:
    """Read a file as a document; what is given here overrides what the file says of itself.

    Raises:
        UsageError: there is no such file, or ``published`` is no date.
        SourceError: it can't be read as a document.
    """
    from communique.sources import read as read_source

    return read_source(str(path), title=title, publisher=publisher, published=published, url=url)
