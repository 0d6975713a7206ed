"""The items behind a name: plain files are taken at once, whatever has to be unpacked or fetched in a process apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from communique.intake.apart import Call, Crew
from communique.intake.process import Broken
from communique.model import SourceError

if TYPE_CHECKING:
    from communique.sources import Item, Problem


def items(name: str, crew: Crew, *, allow_private: bool = False) -> "Iterator[Item | Problem]":
    """What :func:`communique.sources.items_of` gives for the name; a Problem where that broke off."""
    from communique.sources import Problem, items_of
    from communique.sources.loading import shown

    if name == "-" or _is_plain(name):
        yield from items_of(name)
        return
    for found in crew.each(Call(unpack_allowing_private if allow_private else unpack, name)):
        yield Problem(shown(name), f"{shown(name)} {found.reason}") if isinstance(found, Broken) else found


def item(name: str, crew: Crew) -> "Item":
    """What :func:`communique.sources.opening.item_of` gives for the name.

    Raises:
        CommuniqueError: there is no such item, or more than one.
    """
    from communique.sources.loading import shown
    from communique.sources.opening import item_of

    if name == "-" or _is_plain(name):
        return item_of(name)
    found = crew.call(Call(item_of, name))
    if isinstance(found, Broken):
        raise SourceError(f"{shown(name)} {found.reason}")
    return found


def unpack(name: str) -> "Iterator[Item | Problem]":
    """The items behind a name, addresses of private networks refused."""
    from communique.sources import items_of

    return items_of(name)


def unpack_allowing_private(name: str) -> "Iterator[Item | Problem]":
    """The items behind a name, which may be an address of a private network."""
    from communique.sources import items_of

    return items_of(name, allow_private=True)


def _is_plain(name: str) -> bool:
    """Whether the name is a file whose first bytes are those of no archive."""
    from communique.sources.kinds import HEAD, kind_by_signature

    try:
        if not Path(name).is_file():
            return "://" not in name  # a pipe or a device, which is not to be opened, or nothing
        with Path(name).open("rb") as file:
            head = file.read(HEAD)
    except (OSError, ValueError):
        return "://" not in name
    return kind_by_signature(head) in (None, "pdf", "rtf")
