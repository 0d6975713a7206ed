"""The items behind a name: plain files are taken at once, whatever has to be unpacked or fetched in a process apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from communique.intake.apart import Call, Crew
from communique.intake.process import Broken

if TYPE_CHECKING:
    from communique.sources import Item, Problem


def items(name: str, crew: Crew) -> "Iterator[Item | Problem]":
    """What :func:`communique.sources.items_of` gives for the name; a Problem where that broke off."""
    from communique.sources import Problem, items_of
    from communique.sources.loading import shown

    if name == "-" or _is_plain(name):
        yield from items_of(name)
        return
    for found in crew.each(Call(items_of, name)):
        yield Problem(shown(name), f"{shown(name)} {found.reason}") if isinstance(found, Broken) else found


def _is_plain(name: str) -> bool:
    """Whether the name is a file whose first bytes are those of no archive."""
    from communique.sources.kinds import HEAD, kind_by_signature

    try:
        with Path(name).open("rb") as file:
            head = file.read(HEAD)
    except (OSError, ValueError):
        return "://" not in name
    return kind_by_signature(head) in (None, "pdf", "rtf")
