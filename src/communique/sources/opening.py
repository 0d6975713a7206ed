"""From a name to the items behind it, one at a time, whatever they are packed in."""

import io
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO, cast

from communique.model import CommuniqueError, SourceError
from communique.sources.budget import MOST_NESTING, Budget, Member, OverrunError, Readable, shown_member
from communique.sources.item import Item, Problem
from communique.sources.kinds import CONTAINERS, EXTENSIONS, HEAD, LISTINGS, kind_by_signature, kind_of
from communique.sources.loading import SIZE_LIMIT, STANDARD_INPUT, checked, opened, shown, unusable
from communique.sources.streams import Buffered, Counted, Rewound, seekable
from communique.sources.zipped import kind_of_zip


def items_of(name: str, *, allow_private: bool = False) -> Iterator[Item | Problem]:
    """The items behind a name, lazily and in their order: a file's own bytes, or what an archive holds, to any depth.

    An archive is never in memory, and nothing of it is written under a name of its own. What its members' extensions
    say to be of a kind that is not read is a Problem that is passed over; hidden members are left out.

    Args:
        name: a file, ``-`` for standard input, or an http(s) address.
        allow_private: whether addresses of private networks may be fetched.

    Returns:
        Items with bytes in them, and a Problem for each that can't be had, at least one of either; nothing is raised.
    """
    found = False
    try:
        for item in _items_behind(name, allow_private):
            found = True
            yield item
    except CommuniqueError as error:
        yield Problem(shown(name), str(error))
    except (OSError, ValueError) as error:
        yield Problem(shown(name), str(unusable(name, error)))
    else:
        if not found:
            yield Problem(shown(name), _without_documents(name))


def item_of(name: str) -> Item:
    """The one item behind a name: a file's own bytes, or the only member of an archive.

    Raises:
        UsageError: there is no such file, or it can't be opened.
        SourceError: there is none that can be read, or several.
    """
    try:
        behind = (found for found in _items_behind(name, False) if isinstance(found, Item) or not found.passed_over)
        found = list(islice(behind, 2))
    except (OSError, ValueError) as error:
        raise unusable(name, error) from None
    if len(found) > 1:
        raise SourceError(f"{shown(name)} holds several documents: add them to a ledger with `communique add`.")
    if not found:
        raise SourceError(_without_documents(name))
    if isinstance(found[0], Problem):
        raise SourceError(found[0].reason)
    return found[0]


def is_address(name: str) -> bool:
    """Whether a name is an address of the web rather than a path."""
    return name[:8].lower().startswith(("http://", "https://"))


def _without_documents(name: str) -> str:
    return f"{shown(name)} is an archive without a document in it: give one with documents."


def _items_behind(name: str, allow_private: bool) -> Iterator[Item | Problem]:
    if is_address(name):
        from communique.sources.web import fetch

        item = fetch(name, allow_private=allow_private)
        packed = Member(name=item.name, stream=io.BytesIO(item.data), media_type=item.media_type, url=item.url)
        yield from _items(packed, Budget(lambda: len(item.data)), 0)
    elif name == "-":
        piped = Counted(sys.stdin.buffer)
        yield from _items(Member(name=STANDARD_INPUT, stream=piped), Budget(lambda: piped.count), 0)
    else:
        with opened(name) as file:
            size = os.fstat(file.fileno()).st_size
            yield from _items(Member(name=shown(name), stream=file), Budget(lambda: size), 0)


def _items(source: Member, budget: Budget, depth: int, *, itself: str | None = None) -> Iterator[Item | Problem]:
    """The item that a source is, or those packed in it.

    Args:
        itself: the name of the source if it is an item, where that is not the name it has as a container.

    Raises:
        SourceError: it can't be read.
    """
    begun = Rewound(source.stream, HEAD)
    kind = kind_by_signature(begun.head)
    if kind == "zip":
        with seekable(begun, source.name) as file:
            kind = kind_of_zip(file, source.name)
            file.seek(0)
            if kind in CONTAINERS:
                yield from _unpacked(source, file, kind, budget, depth)
            else:
                yield from _own(source, file, itself)
    elif kind in CONTAINERS:
        yield from _unpacked(source, begun, kind, budget, depth)
    else:
        for item in _own(source, begun, itself):
            yield item
            yield from _attached(item, budget, depth)


def _attached(item: Item, budget: Budget, depth: int) -> Iterator[Item | Problem]:
    """The files that hang on an e-mail, named ``mail.eml!file.pdf``; nothing for any other item."""
    if depth >= MOST_NESTING or b"attachment" not in item.data.lower() or not _is_mail(item):
        return
    from communique.sources.parse_email import attachments

    for file in attachments(item):
        if _is_unread(file.name):
            reason = f"{file.name} has an extension that is not read: save it and give it by itself."
            yield Problem(file.name, reason, passed_over=True)
            continue
        budget.enter(file.name)
        try:
            yield from _items(
                Member(name=file.name, stream=io.BytesIO(file.data), media_type=file.media_type), budget, depth + 1
            )
        except OverrunError:
            raise
        except SourceError as error:
            yield Problem(file.name, str(error))


def _is_mail(item: Item) -> bool:
    try:
        return kind_of(item) == "email"
    except SourceError:
        return False


def _own(source: Member, stream: Readable, itself: str | None) -> Iterator[Item]:
    """A source that is packed no further: one item, or slices of a large one that holds many documents."""
    begun = Buffered(stream)
    head = begun.read_up_to(HEAD)
    begun.put_back(head)
    whole = Item(name=itself or source.name, data=head, media_type=source.media_type, url=source.url)
    kind = _kind_of_text(whole) if len(head) == HEAD else ""
    if kind in LISTINGS:
        from communique.sources.slices import slices

        yield from map(checked, slices(whole, kind, begun))
    else:
        yield checked(replace(whole, data=begun.read_up_to(SIZE_LIMIT + 1)))


def _kind_of_text(begun: Item) -> str:
    """The kind of an item that begins so, "" where that is none of text."""
    try:
        return "" if kind_by_signature(begun.data) else kind_of(begun)
    except SourceError:
        return ""


def _unpacked(outer: Member, stream: Readable, kind: str, budget: Budget, depth: int) -> Iterator[Item | Problem]:
    """What a container holds; one member that can't be read does not stop the others.

    Raises:
        SourceError: the container itself can't be read.
    """
    if depth >= MOST_NESTING:
        raise SourceError(f"{outer.name} lies in more than {MOST_NESTING} archives within each other: unpack some.")
    for part in _parts(stream, outer.name, kind, budget):
        if isinstance(part, Problem):
            yield part
            continue
        if part.same:
            member, itself = replace(part, name=outer.name, url=outer.url), _name_within(outer.name, part.name)
        elif part.url is None and _is_hidden(part.name):
            continue
        else:
            member, itself = replace(part, name=shown_member(outer.name, part.name)), None
            if part.url is None and _is_unread(part.name):
                reason = f"{member.name} has an extension that is not read: unpack it and give it by itself."
                yield Problem(member.name, reason, passed_over=True)
                continue
        try:
            yield from _items(member, budget, depth + 1, itself=itself)
        except OverrunError:
            raise
        except SourceError as error:
            yield Problem(member.name, str(error))


def _parts(stream: Readable, name: str, kind: str, budget: Budget) -> Iterator[Member | Problem]:
    if kind in ("zip", "wacz"):
        from communique.sources.unpack_zip import unpack as unpack_zip

        return unpack_zip(cast(BinaryIO, stream), name, budget, kind)
    if kind == "tar":
        from communique.sources.unpack_tar import unpack as unpack_tar

        return unpack_tar(stream, name, budget)
    if kind == "warc":
        from communique.sources.unpack_warc import unpack as unpack_warc

        return unpack_warc(stream, name, budget)
    from communique.sources.unpack_compressed import unpack as unpack_compressed

    return unpack_compressed(stream, name, budget, kind)


def _name_within(outer: str, inner: str) -> str:
    """The name of the one file in a compressed one; the same name where nothing of it is told."""
    return outer if PurePath(outer).name == inner else shown_member(outer, inner)


def _is_hidden(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts)


def _is_unread(path: str) -> bool:
    extension = PurePath(path).suffix.lower()
    return bool(extension) and extension not in EXTENSIONS
