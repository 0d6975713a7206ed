"""A mailbox (mbox): one document or more for each message."""

import re
from collections.abc import Iterator

from communique.model import SourceError
from communique.sources import parse_email
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from communique.sources.parts import with_parts

_BEGINNING = rb"From [^\r\n]*\d\d?:\d\d[^\r\n]*\d{4}[^\r\n]*\r?\n"
_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))" + _BEGINNING)
_MASKED = re.compile(rb"^>(>*From )", re.MULTILINE)


def parse(item: Item) -> Iterator[Draft | Problem]:
    """The messages of a mailbox, each as :func:`~communique.sources.parse_email.parse` reads it.

    A message begins at a line ``From `` with a time of day and a year, at the beginning or after a blank line.
    Messages without text are problems. The part is the ``Message-ID``, else ``message N``.

    Raises:
        SourceError: there is no message in it.
    """
    yield from with_parts(_messages(item), item.name, "message")


def is_separator(line: bytes) -> bool:
    """Whether a message begins with a line, if that stands at the beginning or after a blank one."""
    return re.match(_BEGINNING, line) is not None


def _messages(item: Item) -> Iterator[tuple[int, Draft | SourceError]]:
    starts = [match.span() for match in _SEPARATOR.finditer(item.data)]
    if not starts:
        raise SourceError(f"{item.name} is no mailbox that can be read: it has no line that begins with `From `.")
    ends = [start for start, _ in starts[1:]] + [len(item.data)]
    for number, ((_, begin), end) in enumerate(zip(starts, ends, strict=True), start=item.before + 1):
        data = _MASKED.sub(rb"\1", item.data[begin:end])
        try:
            for found in parse_email.messages(Item(name=f"Message {number} of {item.name}", data=data)):
                yield number, found if isinstance(found, Draft) else SourceError(found.reason)
        except SourceError as error:
            yield number, error
