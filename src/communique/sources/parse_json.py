"""JSON: one object that is a document, or one that holds a list of documents."""

import json
from collections.abc import Iterator
from dataclasses import replace

from communique.model import SourceError
from communique.sources.columns import columns_of, draft_of
from communique.sources.decoding import text_of
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from communique.sources.parse_jsonl import documents_in


def parse(item: Item) -> Iterator[Draft | Problem]:
    """The document of an object with ``text``, by the members of :data:`~communique.sources.columns.COLUMNS`.

    The text stands exactly as it is, since the offsets of annotations refer to it. Other members are passed over. An
    object without a text of its own in which one member is a list of objects (``{"documents": [...]}``, a JSON Feed
    with its ``items``) is read as that list.

    Raises:
        SourceError: no text, no JSON, no object, no text in it, or a value that is no string.
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
    if not isinstance(data, dict) or not columns_of(list(data))["text"]:
        members = data.values() if isinstance(data, dict) else [data]
        lists = [value for value in members if isinstance(value, list) and value and isinstance(value[0], dict)]
        if len(lists) == 1:
            yield from documents_in(lists[0], name)
            return
        raise SourceError(f"{name} is no JSON document: give one object whose `text` is a string.")
    draft = draft_of(data, name)
    if draft is None:
        raise SourceError(f"{name} holds no text, only blank space: give a document with text.")
    yield replace(draft, part=None)  # the only one needs nothing that tells it from others
