"""Bytes from somewhere, before anyone knows what they hold."""

from dataclasses import dataclass

_AFTER = ", after row "


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file, page, or member of an archive.

    Attributes:
        name: how messages and documents call it: a path as given, an address, ``standard input``, or
            ``archive.zip!folder/page.html`` for a member.
        data: its bytes.
        media_type: what the transport says that it is (HTTP, WARC, an e-mail part), with its parameters, None where
            it says nothing.
        url: the address that the bytes came from, None for what lies on this machine.
        published: the day on which it came out by the feed that lists it, for a page that does not say so itself.
        before: of a slice of a large table, JSON Lines or a mailbox, how many of its rows stand in the slices before.
    """

    name: str
    data: bytes
    media_type: str | None = None
    url: str | None = None
    published: str | None = None
    before: int = 0

    @property
    def label(self) -> str:
        """What tells the item from all others: its name, with its place where it is not the first slice."""
        return f"{self.name}{_AFTER}{self.before}" if self.before else self.name


def name_of_label(label: str) -> str:
    """The name of the item that has this label."""
    name, _, before = label.rpartition(_AFTER)
    return name if name and before.isdecimal() else label


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one item gives no document, in one sentence that says what to do next.

    Attributes:
        passed_over: whether nobody asked for the item by name and nothing is wrong with it: a file of a folder or
            an archive that its extension says to be of a kind that is not read.
    """

    name: str
    reason: str
    passed_over: bool = False
