"""What our forms send: nothing is looked at before it is sure that a page of ours, in the same browser, sent it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

from communique.model.printable import on_one_line
from communique.web.desk import Desk
from communique.web.visitors import proper_name, visitor_of

_FIELDS = 500
_LONGEST_REASON = 2000
_STALE = (
    "This form was not sent from a page that was open in this browser, or the program has been started anew since: go "
    "back, load the page again, and send the form once more."
)
READ_ONLY = "This ledger may only be read here: nothing can be decided, and no documents can be added."


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was sent.

    Attributes:
        by: the name that a decision is made under, empty where nobody has given one.
    """

    data: FormData
    by: str

    def one(self, name: str) -> str:
        """The words in a field, empty where it was left so."""
        found = self.data.get(name)
        return found.strip() if isinstance(found, str) else ""

    def every(self, name: str) -> list[str]:
        """The words in all fields of a name."""
        return [one.strip() for one in self.data.getlist(name) if isinstance(one, str)]

    def number(self, name: str) -> int | None:
        """The number in a field, None where there is none."""
        found = self.one(name)
        return int(found) if found.isascii() and found.isdigit() and len(found) < 16 else None

    @property
    def why(self) -> str:
        """The grounds that were given."""
        return on_one_line(self.one("why"))[:_LONGEST_REASON].strip()


async def checked(request: Request, *, files: int = 0, longest: int = 64 * 1024) -> Form:
    """The form of a request.

    Args:
        files: how many files it may bear.
        longest: bytes of one of its fields.

    Raises:
        HTTPException: 403, where it was not sent from a page of ours or the ledger may only be read; 400, where it is
            no form.
    """
    data = await request.form(max_files=files, max_fields=_FIELDS, max_part_size=longest)
    visitor = visitor_of(request)
    key = data.get("form-key")
    if not isinstance(key, str) or not visitor.may_send(key):
        raise HTTPException(403, _STALE)
    typed = data.get("by")
    return Form(data, proper_name(typed if isinstance(typed, str) else "") or visitor.name)


async def _form(request: Request) -> Form:
    return await checked(request)


def _may_write(request: Request) -> None:
    desk: Desk = request.app.state.desk
    if not desk.may_write:
        raise HTTPException(403, READ_ONLY)


TheForm = Annotated[Form, Depends(_form)]
MAY_WRITE = Depends(_may_write)


def own_path(wanted: str) -> str:
    """An address on this site, else the first page."""
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"
