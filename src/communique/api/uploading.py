"""Adding what was sent rather than named: files that are here for a while only, under the names their senders gave."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from communique.model.printable import on_one_line

if TYPE_CHECKING:
    from communique.intake import Crew
    from communique.sources import Item, Origin, Problem

_PREFIX = "upload:"
_LONGEST_NAME = 200
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent.

    Attributes:
        path: where its bytes are for the time being.
        name: what the ledger calls it: the same for the same bytes under the same name, and never a path.
    """

    path: Path
    name: str


def upload_of(path: Path, called: str) -> Upload:
    """The file at a path, under the name that its sender gave; two of one name and other bytes are two documents.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:_DIGITS]
    name = on_one_line(called).replace("\\", "/").rpartition("/")[2].strip()[-_LONGEST_NAME:]
    return Upload(path, f"{_PREFIX}{digest}/{name or 'unnamed'}")


def sender_name(item: str) -> str:
    """What the sender called an upload, or a part of it, by the name that the ledger has for it; others as they are."""
    return item.partition("/")[2] if item.startswith(_PREFIX) else item


def items_of_uploads(
    uploads: Iterable[Upload], crew: "Crew", origin: "Origin"
) -> Iterator[tuple[str, "Item | Problem", "Origin"]]:
    """What is in the files, each under the upload's name; as from standard input, nothing of it can be had again."""
    from communique.intake import items
    from communique.sources import Problem

    for upload in uploads:
        path = str(upload.path)
        for item in items(path, crew):
            name = upload.name + item.name.removeprefix(path)
            if isinstance(item, Problem):
                reason = item.reason.replace(path, sender_name(upload.name))
                yield "-", replace(item, name=name, reason=reason), origin
            else:
                yield "-", replace(item, name=name), origin
