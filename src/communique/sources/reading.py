"""The one door: an item becomes Documents, or one sentence says why not."""

from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast
from urllib.parse import quote

from communique.model import Document, SourceError, UsageError
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from communique.sources.kinds import CONTAINERS, PARSERS, kind_of
from communique.sources.languages import language_of
from communique.sources.loading import STANDARD_INPUT
from communique.sources.opening import item_of
from communique.sources.origin import UNSTORABLE, Origin, checked_date, stated

Parser = Callable[[Item], Iterator[Draft | Problem]]
"""Drafts in their order in the item; a Problem stands for one document among several that can't be read."""


def documents_of(item: Item, given: Origin | None = None) -> tuple[Document | Problem, ...]:
    """The documents that an item holds, in its order.

    What the caller gives overrides what the item says of itself. Of an item that holds several documents, one that
    can't be read is a :class:`Problem` in its place, and so is the rest of an item that breaks off.

    Returns:
        At least one Document. The source of one among several is ``name#part``, and so is its address where the item
        states one address for all.

    Raises:
        UsageError: an impossible date, or a title or an address, is given for several documents.
        SourceError: the item holds no document: empty, without words, binary, undecodable or malformed, of a kind that
            is not read, or every one of its documents has a fault.
    """
    given = given or Origin()
    if given.published is not None:
        given = _with_checked_date(given)
    if not item.data:
        raise SourceError(f"{item.name} is empty: give a document with text.")
    drafts = _drafts(item)
    if len(drafts) == 1 and isinstance(drafts[0], Draft):
        # A table of one row keeps the name of that row when another is added.
        named = f"{item.name}#{drafts[0].part}" if drafts[0].part else item.name
        return (_document(drafts[0], item, given, named=named, url=drafts[0].url or item.url),)
    if given.title is not None or given.url is not None:
        raise UsageError(f"{item.name} holds {len(drafts)} documents: give --title and --url for a single one only.")
    found = tuple(_several(drafts, item, given))
    first = next((one.reason for one in found if isinstance(one, Problem)), "")
    if not any(isinstance(one, Document) for one in found):
        raise SourceError(first or f"{item.name} holds no document: give one with text.")
    return found


def read(
    path: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Document:
    """Read the one document of a file, or of standard input for ``-``.

    What the caller gives overrides what the file says of itself.

    Args:
        published: day of publication, ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, not after today.

    Raises:
        UsageError: no such file, a directory, no permission, an impossible ``published``.
        SourceError: as :func:`documents_of`; or there are several documents in the file.
    """
    given = Origin(title=title, publisher=publisher, published=published, url=url)
    item = item_of(path)
    documents = documents_of(item, given)
    if len(documents) > 1 or not isinstance(documents[0], Document):
        raise SourceError(f"{item.name} holds {len(documents)} documents: add them to a ledger with `communique add`.")
    return documents[0]


def _with_checked_date(given: Origin) -> Origin:
    published = checked_date(given.published or "", "--published", UsageError)
    return Origin(title=given.title, publisher=given.publisher, published=published, url=given.url)


def _drafts(item: Item) -> list[Draft | Problem]:
    """What the parser of the item's kind gives; what follows a fault in it is one Problem.

    Raises:
        SourceError: the fault stands before the first draft, or the kind is not read.
    """
    kind = kind_of(item)
    if kind in CONTAINERS:
        raise SourceError(f"{item.name} is an archive: add the documents in it to a ledger with `communique add`.")
    found: list[Draft | Problem] = []
    try:
        for draft in _parser(kind)(item):
            found.append(draft)
    except SourceError as error:
        if not found:
            raise
        found.append(Problem(item.name, str(error)))
    return found


def _parser(kind: str) -> Parser:
    """The parser of a kind, imported on first use: an HTML parser costs half a second to load."""
    return cast(Parser, import_module(f"communique.sources.{PARSERS[kind]}").parse)


def _several(drafts: list[Draft | Problem], item: Item, given: Origin) -> Iterator[Document | Problem]:
    """The documents of an item that holds several, each named by its part."""
    addresses = Counter(draft.url for draft in drafts if isinstance(draft, Draft))
    for number, draft in enumerate(drafts, start=1):
        if isinstance(draft, Problem):
            yield draft
            continue
        part = draft.part or str(number)
        named = f"{item.name}#{part}"
        url = draft.url
        if url is None or addresses[url] > 1:
            base = url or item.url
            url = f"{base}#{quote(part, safe='')}" if base else None
        try:
            yield _document(draft, item, given, named=named, url=url)
        except SourceError as error:
            yield Problem(named, str(error))


def _document(draft: Draft, item: Item, given: Origin, *, named: str, url: str | None) -> Document:
    """The checked document of a draft.

    Raises:
        SourceError: it has no words, a character that no text has, or an impossible date.
    """
    if not draft.text.strip():
        raise SourceError(f"{named} holds no text, only blank space: give a document with text.")
    fault = UNSTORABLE.search(draft.text)
    if fault:
        raise SourceError(f"{named} holds no valid character at offset {fault.start()} of its text: remove it.")
    published = given.published
    date_stated = stated(draft.published) or stated(item.published)
    if published is None and date_stated is not None:
        published = checked_date(date_stated, f"The date of {named}", SourceError)
    return Document(
        text=draft.text,
        title=stated(given.title) or stated(draft.title),
        publisher=stated(given.publisher) or stated(draft.publisher),
        published=published,
        url=stated(given.url) or stated(url),
        language=language_of(draft.text, draft.language),
        source="-" if _is_piped(item) else named,
        author=stated(draft.author),
        pages=draft.pages,
    )


def _is_piped(item: Item) -> bool:
    """Whether the bytes came by standard input, whose next contents are another document's."""
    return item.name == STANDARD_INPUT or item.name.startswith(f"{STANDARD_INPUT}!")
