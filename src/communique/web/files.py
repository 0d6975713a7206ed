"""What is shown as a file: the forms that there are, and how one is answered with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request, Response

from communique.model.printable import as_json
from communique.views.papers import Paper, Sheet
from communique.views.papers_docx import as_docx
from communique.views.papers_text import as_csv, as_markdown
from communique.web import words

Form = Literal["csv", "json", "md", "docx"]
ROWS, ITEMS = 1000, 300
"""Entries or changes in a sheet, and on a paper, that takes long to be laid out; how many more there are is told."""
_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on screen, in the shapes that files have; each is made when it is asked for."""

    sheet: Callable[[], Sheet]
    data: Callable[[], Any]
    paper: Callable[[], Paper]


def as_file(request: Request, form: Form, stem: str, shown: Shown) -> Response:
    """The file, under a name of its own."""
    body: str | bytes
    match form:
        case "csv":  # spreadsheets take a text without the mark for one of their own country's encoding
            body = "\ufeff" + as_csv(shown.sheet())
        case "json":
            body = _in_lines(shown.data())
        case "md":
            body = as_markdown(shown.paper())
        case "docx":
            body = as_docx(shown.paper())
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-.") else "_" for letter in stem)
    headers = {"Content-Disposition": f'attachment; filename="communique-{safe}.{form}"'}
    headers |= getattr(request.state, "validators", {})
    content = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
    return Response(content, headers=headers, media_type=_TYPES[form])


def _in_lines(data: Any) -> str:
    """The data as JSON, each item of a list or member of an object on a line of its own; to indent all takes long."""
    match data:
        case [_, *_]:
            return "[\n" + ",\n".join(map(as_json, data)) + "\n]\n"
        case dict():
            return "{\n" + ",\n".join(f"{as_json(name)}: {as_json(value)}" for name, value in data.items()) + "\n}\n"
        case _:
            return as_json(data) + "\n"


def most_in(form: Form) -> int:
    """How many things a file of this form has."""
    return ROWS if form in ("csv", "json") else ITEMS


def counted(shown: int, total: int, one: str, many: str) -> str:
    """How many things are shown of how many."""
    told = words.counted(total, one, many)
    return f"{told}." if shown == total else f"The first {shown:,} of {told}."
