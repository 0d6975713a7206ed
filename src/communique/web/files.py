"""What is shown as a file: the forms that there are, and how one is answered with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request, Response
from starlette.responses import StreamingResponse

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

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on screen, in the shapes that files have; each is made when it is asked for."""

    sheet: Callable[[], Sheet]
    data: Callable[[], Any]
    paper: Callable[[], Paper]


def as_file(request: Request, form: Form, stem: str, shown: Shown) -> Response:
    """The file, under a name of its own."""
    if form in ("md", "docx"):
        return as_paper(request, form, stem, shown.paper())
    # spreadsheets take a text without the mark for one of their own country's encoding
    body = _MARK + as_csv(shown.sheet()) if form == "csv" else _in_lines(shown.data())
    return Response(body.encode("utf-8", "replace"), headers=_headers(request, form, stem), media_type=_TYPES[form])


def as_paper(request: Request, form: Literal["md", "docx"], stem: str, paper: Paper) -> Response:
    """What is shown, to be read."""
    body = as_markdown(paper).encode("utf-8", "replace") if form == "md" else as_docx(paper)
    return Response(body, headers=_headers(request, form, stem), media_type=_TYPES[form])


def as_stream(request: Request, form: Literal["csv", "json"], stem: str, parts: Iterator[str]) -> Response:
    """A file that is sent as it is made, so that its first rows do not wait for the last.

    Args:
        parts: as from :func:`in_rows` or :func:`in_items`.
    """
    content = (part.encode("utf-8", "replace") for part in parts)
    return StreamingResponse(content, headers=_headers(request, form, stem), media_type=_TYPES[form])


def _headers(request: Request, form: Form, stem: str) -> dict[str, str]:
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-.") else "_" for letter in stem)
    headers = {"Content-Disposition": f'attachment; filename="communique-{safe}.{form}"'}
    return headers | getattr(request.state, "validators", {})


def in_rows(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Sheets of the same columns as one CSV file, part by part."""
    for number, sheet in enumerate(sheets):
        yield as_csv(sheet, headed=False) if number else _MARK + as_csv(sheet)


def in_items(lists: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lists of data as one JSON list, part by part, each item on a line of its own."""
    between = "[\n"
    for data in filter(None, lists):
        yield between + ",\n".join(map(as_json, data))
        between = ",\n"
    yield "\n]\n" if between == ",\n" else "[]\n"


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
