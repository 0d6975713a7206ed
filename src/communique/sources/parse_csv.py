"""CSV with named columns: one document a row."""

import csv
import io
from collections.abc import Iterator

from communique.model import SourceError
from communique.sources.columns import columns_of, draft_of
from communique.sources.decoding import text_of
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from communique.sources.loading import SIZE_LIMIT
from communique.sources.parts import with_parts

_DELIMITERS = ",;\t|"


def parse(item: Item) -> Iterator[Draft | Problem]:
    """The rows of a table as documents, by the columns of :data:`~communique.sources.columns.COLUMNS`.

    The delimiter is the one of comma, semicolon, tab and bar by which the first line names most of them. Rows
    without text are passed over. A row's part is its ``id``, else its ``row N`` as a spreadsheet counts it.

    Raises:
        SourceError: undecodable, no column of text, broken quotation marks, or no row with text.
    """
    csv.field_size_limit(SIZE_LIMIT)
    text = text_of(item)
    header, delimiter = _header(text)
    columns = columns_of(header)
    if not columns["text"]:
        known = ", ".join(("text", "body", "content"))
        found = ", ".join(" ".join(name.split()) for name in header if name.strip())
        raise SourceError(
            f"{item.name} has no column of text ({known}), only {found[:300] or 'unnamed ones'}: "
            "name the columns in the first line."
        )
    yield from with_parts(_rows(item, text, delimiter, len(header), columns), item.name)


def delimiter_of(text: str) -> str:
    """What stands between the values of a table that begins so."""
    return _header(text)[1]


def _header(text: str) -> tuple[list[str], str]:
    """The names in the first line and the delimiter between them."""
    best: tuple[int, int, list[str], str] | None = None
    for rank, delimiter in enumerate(_DELIMITERS):
        try:
            names = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        score = sum(1 for found in columns_of(names).values() if found)
        if best is None or (score, len(names), -rank) > (best[0], len(best[2]), best[1]):
            best = (score, -rank, names, delimiter)
    return (best[2], best[3]) if best else ([], ",")


def _rows(
    item: Item, text: str, delimiter: str, width: int, columns: dict[str, list[str]]
) -> Iterator[tuple[int, Draft | SourceError]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = item.before + 1
    try:
        header = next(reader)
        for number, cells in enumerate(reader, start=item.before + 2):
            where = f"Row {number} of {item.name}"
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > width:
                yield (
                    number,
                    SourceError(
                        f"{where} has {len(cells)} cells where the first line names {width}: put values that hold a "
                        f"{'tab' if delimiter == chr(9) else repr(delimiter)} in quotation marks."
                    ),
                )
                continue
            row = dict(zip(header, (_unified(cell) for cell in cells), strict=False))
            try:
                draft = draft_of(row, where, columns)
            except SourceError as error:
                yield number, error
                continue
            if draft is not None:
                yield number, draft
    except csv.Error as error:
        raise SourceError(
            f"{item.name} is not valid CSV after row {number} ({error}): double the quotation marks inside values."
        ) from None


def _unified(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")
