"""The columns of tables of documents (CSV, JSON Lines, JSON arrays), and the document that one row gives."""

import re
from collections.abc import Mapping

from communique.model import SourceError
from communique.sources.dates import is_ambiguous, iso_day
from communique.sources.draft import Draft
from communique.sources.markup import begins_as_markup, is_markup, readable

COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "full_text", "fulltext", "content_text", "body", "content", "article", "html", "content_html"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet"),
    "published": ("published", "date", "published_at", "date_published", "publication_date", "pubdate", "pub_date"),
    "url": ("url", "link", "canonical_url"),
    "language": ("language", "lang"),
    "author": ("author", "byline", "authors"),
    "id": ("id", "guid", "uuid"),
}
"""What a column holds to the names that say so, in the order in which they are preferred.

Case does not matter, and ``Publication Date``, ``publication-date`` and ``publicationDate`` are all the same.
"""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EXACT = frozenset(("text", "full_text", "fulltext", "content_text"))
_ALWAYS_HTML = frozenset(("html", "content_html"))
_NOTHING = frozenset(("", "-", "nan", "none", "null", "n/a", "nat"))


def columns_of(names: list[str]) -> dict[str, list[str]]:
    """Each of :data:`COLUMNS` to the given names that stand for it, the preferred one first."""
    known = {_plain(name): name for name in reversed(names)}
    return {column: [known[name] for name in spellings if name in known] for column, spellings in COLUMNS.items()}


def draft_of(row: Mapping[str, object], where: str, columns: dict[str, list[str]] | None = None) -> Draft | None:
    """The document of one row, None for a row without text.

    A text under ``text`` stands exactly as it is; what is plainly HTML, from its first to its last character there
    or by any tag in another column of text, becomes the words that a reader sees.

    Args:
        where: how messages call the row.
        columns: those of the table, where all rows have the same.

    Raises:
        SourceError: a value that is no string or number, or a date that is none or could be two.
    """
    columns = columns_of(list(row)) if columns is None else columns
    text = ""
    for name in columns["text"]:
        text = _text(row.get(name), name, where)
        if text.strip():
            break
    else:
        return None
    values = {column: _first(row, columns[column], where) for column in columns if column != "text"}
    return Draft(
        text=text,
        title=values["title"],
        publisher=values["publisher"],
        published=_day(values["published"], where),
        url=values["url"],
        language=values["language"],
        author=values["author"],
        part=values["id"],
    )


def _plain(name: str) -> str:
    return "_".join(_HUMP.sub(" ", name).replace("-", " ").lower().split())


def _text(value: object, name: str, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SourceError(f"{where} has a `{name}` that is no string: give one object whose `{name}` is a string.")
    column = _plain(name)
    if column in _ALWAYS_HTML or (begins_as_markup(value) if column in _EXACT else is_markup(value)):
        return readable(value, where)
    return value


def _first(row: Mapping[str, object], names: list[str], where: str) -> str | None:
    """The first value that says something."""
    for name in names:
        value = _string(row.get(name), name, where)
        if value.strip().lower() not in _NOTHING:
            return value
    return None


def _string(value: object, name: str, where: str) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return str(value["name"])  # a person or an organisation, as schema.org and JSON Feed write them
    if isinstance(value, list) and _plain(name) == "authors":
        return ", ".join(filter(None, (_string(one, name, where) for one in value)))
    raise SourceError(f"{where} has a `{name}` that is no string: put it in quotation marks or leave it out.")


def _day(value: str | None, where: str) -> str | None:
    if value is None:
        return None
    day = iso_day(value)
    if day is None:
        fault = "could be two" if is_ambiguous(value) else "is no date"
        shown = " ".join(value.split())[:60]
        raise SourceError(f"The date of {where} {fault} ({shown!r}): write it as 2025-07-01, or leave it out.")
    return day
