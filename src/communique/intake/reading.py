"""What is done with an item and with a document in a process apart; plain data goes in and comes out."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from communique.model import CommuniqueError, Document, Record, SourceError, UsageError

if TYPE_CHECKING:
    from communique.sources import Item, Origin, Problem

# What reads is imported where it is called: this module is also loaded by programs that only ask for reading.


@dataclass(frozen=True, slots=True)
class Given:
    """An item with the caller's own word of where it comes from."""

    item: "Item"
    origin: "Origin"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be worth reading.

    Attributes:
        left_out: why the gate would not have it read, None where it would.
    """

    document: Document
    left_out: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a document: its records, and whom the people that it names act for."""

    records: tuple[Record, ...]
    people: dict[str, tuple[str, ...]]


def prepare() -> None:
    """Load what reading needs, so that the first document finds it there."""
    import_module("communique.extraction")
    from communique.reader import load

    load()


def parse(given: Given) -> "tuple[Candidate | Problem, ...]":
    """The documents of an item, in its order; a Problem for each that can't be had, at least one of either."""
    from communique.sources import Problem, documents_of

    try:
        found = documents_of(given.item, given.origin)
    except (SourceError, UsageError) as error:
        return (Problem(given.item.name, str(error)),)
    return tuple(Candidate(one, why_left_out(one)) if isinstance(one, Document) else one for one in found)


@dataclass(frozen=True, slots=True)
class Alone:
    """The one document of an item with what was read in it, or why there is none."""

    document: Document | None = None
    reading: Reading = Reading((), {})
    error: CommuniqueError | None = None


def read_alone(given: Given) -> Alone:
    """Read the one document of an item.

    Raises:
        ModelError: the reader's weights are missing or damaged.
    """
    from communique.sources import documents_of

    try:
        found = documents_of(given.item, given.origin)
    except (SourceError, UsageError) as error:
        return Alone(error=error)
    if len(found) > 1 or not isinstance(found[0], Document):
        told = f"{given.item.name} holds {len(found)} documents: add them to a ledger with `communique add`."
        return Alone(error=SourceError(told))
    return Alone(found[0], read(found[0], ungated=False))


def read(document: Document, *, ungated: bool = True) -> Reading:
    """What a document reports.

    Args:
        ungated: read it whatever the gate says, which has been asked before or is overruled.

    Raises:
        ModelError: the reader's weights are missing or damaged.
    """
    from communique.extraction import extract

    left_out = not ungated and why_left_out(document) is not None
    return Reading((), {}) if left_out else Reading(extract(document, ungated=True), people_of(document))


def why_left_out(document: Document) -> str | None:
    """Why a document can hold nothing for a ledger, None where it may; decided without parsing its sentences."""
    from communique.language.gate import judge

    return judge(document).left_out


def people_of(document: Document) -> dict[str, tuple[str, ...]]:
    """Whom the people that a document names act for, as far as it says so."""
    from communique.language.analysis import analyse
    from communique.language.mentions import ActorKind

    found: dict[str, tuple[str, ...]] = {}
    for mention in analyse(document).actors:
        if mention.kind is ActorKind.PERSON and len(mention.people) == 1 and mention.parties:
            found.setdefault(mention.people[0], mention.parties)
    return found
