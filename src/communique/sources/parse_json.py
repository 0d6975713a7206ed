"""JSON with ``text``: that text exactly as it is, since the offsets of annotations refer to it."""

import json
from collections.abc import Iterator
from typing import Any

from communique.model import SourceError
from communique.sources.decoding import text_of
from communique.sources.draft import Draft
from communique.sources.item import Item


def parse(item: Item) -> Iterator[Draft]:
    """The document of a JSON object with ``text`` and, where known, ``title``, ``publisher``, ``published``,
    ``url``, ``language``, ``author``.

    Other members are passed over, so that annotated documents can be read as they lie.

    Raises:
        SourceError: no text, no JSON, no object, no ``text``, or a member that is not a string.
    """
    name = item.name
    try:
        data = json.loads(text_of(item))
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{name} is not valid JSON ({error.msg} at line {error.lineno}, column {error.colno}): mend it there."
        ) from None
    except (ValueError, RecursionError):
        raise SourceError(f"{name} is not JSON that can be read: give one object with `text`.") from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise SourceError(f"{name} is no JSON document: give one object whose `text` is a string.")
    yield Draft(
        text=data["text"],
        title=_string(data, "title", name),
        publisher=_string(data, "publisher", name),
        published=_string(data, "published", name),
        url=_string(data, "url", name),
        language=_string(data, "language", name),
        author=_string(data, "author", name),
    )


def _string(data: dict[str, Any], member: str, name: str) -> str | None:
    value = data.get(member)
    if value is None or isinstance(value, str):
        return value
    raise SourceError(f"{name} has a `{member}` that is no string: put it in quotation marks or leave it out.")
