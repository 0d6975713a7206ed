"""JSON Lines and JSON arrays: one document an object."""

import json
from collections.abc import Iterator
from typing import Any

from communique.model import SourceError
from communique.sources.columns import draft_of
from communique.sources.decoding import text_of
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from communique.sources.parts import with_parts


def parse(item: Item) -> Iterator[Draft | Problem]:
    """The objects as documents, by the members of :data:`~communique.sources.columns.COLUMNS`.

    Objects without text are passed over. A document's part is its ``id``, else ``line N`` of JSON Lines or
    ``object N`` of an array.

    Raises:
        SourceError: undecodable, an array that is not valid JSON, or no object with text.
    """
    text = text_of(item)
    if text.lstrip()[:1] == "[":
        yield from documents_in(_array(item, text), item.name)
    else:
        yield from with_parts(_lines(item, text), item.name, "line")


def documents_in(values: list[Any], name: str) -> Iterator[Draft | Problem]:
    """The documents of a list of objects.

    Raises:
        SourceError: none has text, or a fault that says why.
    """
    found = (
        pair
        for number, value in enumerate(values, start=1)
        for pair in _document(value, number, f"Object {number} of {name}")
    )
    yield from with_parts(found, name, "object")


def _array(item: Item, text: str) -> list[Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{item.name} is not valid JSON ({error.msg} at line {error.lineno}, column {error.colno}): mend it there."
        ) from None
    except (ValueError, RecursionError):
        raise SourceError(f"{item.name} is not JSON that can be read: give an array of objects with `text`.") from None
    return data if isinstance(data, list) else [data]


def _lines(item: Item, text: str) -> Iterator[tuple[int, Draft | SourceError]]:
    for number, line in enumerate(text.split("\n"), start=item.before + 1):  # other line ends are characters of strings
        if not line.strip():
            continue
        where = f"Line {number} of {item.name}"
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            reason = f"{where} is not valid JSON ({error.msg} at column {error.colno}): mend it there."
            yield number, SourceError(reason)
        except (ValueError, RecursionError):
            yield number, SourceError(f"{where} is not JSON that can be read: give one object with `text`.")
        else:
            yield from _document(value, number, where)


def _document(value: Any, number: int, where: str) -> Iterator[tuple[int, Draft | SourceError]]:
    if not isinstance(value, dict):
        yield number, SourceError(f"{where} is no object: give one with `text`.")
        return
    try:
        draft = draft_of(value, where)
    except SourceError as error:
        yield number, error
        return
    if draft is not None:
        yield number, draft
