"""From a name to the items behind it, one at a time."""

from collections.abc import Iterator

from communique.model import CommuniqueError
from communique.sources.item import Item, Problem
from communique.sources.loading import load, shown


def items_of(name: str) -> Iterator[Item | Problem]:
    """The items behind a name, lazily and in their order.

    Args:
        name: a file, ``-`` for standard input, or an http(s) address.

    Returns:
        Items with bytes in them, and a Problem for each that can't be had; nothing is raised.
    """
    try:
        yield load(name)
    except CommuniqueError as error:
        yield Problem(shown(name), str(error))
