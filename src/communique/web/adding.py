"""Adding documents: files that are sent, a text that is pasted, an address; and what becomes of them."""

import shutil
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import RedirectResponse

from communique.api.uploading import Upload, sender_name, upload_of
from communique.ledger import Taken
from communique.model import UsageError
from communique.sources import Origin
from communique.sources.item import name_of_label
from communique.sources.kinds import EXTENSIONS
from communique.sources.opening import is_address
from communique.sources.origin import checked_date, stated
from communique.web.desk import Desk, NotFoundError, TheDesk
from communique.web.forms import MAY_WRITE, Form, TheForm, checked
from communique.web.guard import LARGEST_UPLOAD
from communique.web.jobs import Job, Jobs, LineFullError
from communique.web.visitors import visitor_of

router = APIRouter(include_in_schema=False)
UPLOADS = ("/add",)
"""Where forms with documents are sent to."""
MOST_FILES = 200
LONGEST_TEXT = 5_000_000
"""Bytes of a text that is pasted; a book of 1,000 pages has about 3 million."""
LONGEST_ADDRESS = 2000
LISTED = 200
"""Documents of each fate that the page of a batch lists."""
_FIELDS = ("address", "text", "title", "publisher", "published", "url")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form, and what was wrong with it.

    Attributes:
        values: by the names of the fields.
        problems: likewise; that of the form as a whole under an empty name.
    """

    values: dict[str, str]
    problems: dict[str, str]


async def _sent(request: Request) -> Form:
    """The form with its files.

    Raises:
        HTTPException: 413, where there are too many or a text is too long; as :func:`checked`.
    """
    try:
        return await checked(request, files=MOST_FILES, longest=LONGEST_TEXT)
    except StarletteHTTPException as error:
        if error.status_code != 400:
            raise
        said = (
            f"That is more than can be sent at once: {MOST_FILES} files, or a text of {LONGEST_TEXT // 10**6} MB. Send "
            "it in parts, or add it on the machine that has the ledger with `communique add`."
        )
        raise HTTPException(413, said) from error


TheUpload = Annotated[Form, Depends(_sent)]


@router.get("/add")
def ask(request: Request, desk: TheDesk) -> Response:
    """The forms, and the batches that were sent lately."""
    return _form_page(request, desk, Typed(dict.fromkeys(_FIELDS, ""), {}))


@router.post("/add", dependencies=[MAY_WRITE])
def add(request: Request, desk: TheDesk, form: TheUpload) -> Response:
    """Put what was sent in line to be read."""
    jobs: Jobs = request.app.state.jobs
    typed = Typed({name: form.one(name) for name in _FIELDS}, {})
    origin = _origin(typed)
    files = [one for one in form.data.getlist("files") if isinstance(one, UploadFile) and one.filename]
    text, address = typed.values["text"], typed.values["address"]
    if address and not _is_proper(address):
        typed.problems["address"] = "Give an address that begins with https:// or http://, as it stands in a browser."
    if not (files or text or address) and not typed.problems:
        typed.problems[""] = "Nothing was sent: choose files, paste a text, or give an address."
    if typed.problems:
        return _form_page(request, desk, typed, 422)
    by = visitor_of(request).name
    if address and not files and not text:
        job = Job(address, replace(origin, url=None), by=by)
    else:
        folder = jobs.folder()
        try:
            job = Job(_kept(folder, files, text), origin, by=by, folder=folder)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise HTTPException(503, "What was sent could not be kept: the disk of this machine may be full.") from None
    return _in_line(request, desk, jobs, job, typed)


@router.get("/add/{job_id}")
def job(request: Request, desk: TheDesk, job_id: str) -> Response:
    """How far a batch has come, and what became of its documents."""
    jobs: Jobs = request.app.state.jobs
    running = _job(request, job_id)
    found = copy(running)  # as it is before its documents are listed: one that ends meanwhile is not over yet
    listed = {
        "added": found.of("new", "revision", "known", "unread"),
        "passed": found.of("passed over"),
        "failed": found.of("failed"),
    }
    return desk.page(
        request,
        "job.html.j2",
        job=found,
        ahead=jobs.ahead(running),
        listed={name: [_told(one) for one in some[-LISTED:][::-1]] for name, some in listed.items()},
        totals={name: len(some) for name, some in listed.items()},
        records=sum(one.records for one in listed["added"] if one.outcome in ("new", "revision")),
    )


@router.post("/add/{job_id}/stop", dependencies=[MAY_WRITE])
def stop(request: Request, job_id: str, form: TheForm) -> Response:
    """Read no further; what was added stays."""
    jobs: Jobs = request.app.state.jobs
    jobs.stop(_job(request, job_id))
    return RedirectResponse(f"/add/{job_id}", 303)


@router.post("/add/{job_id}/again", dependencies=[MAY_WRITE])
def again(request: Request, desk: TheDesk, job_id: str, form: TheForm) -> Response:
    """Try again what could not be read, or read what was passed over."""
    jobs: Jobs = request.app.state.jobs
    before = _job(request, job_id)
    ungated = form.one("what") == "passed over"
    given = _once_more(before, before.of("passed over" if ungated else "failed"))
    if given is None or not before.is_over:
        raise NotFoundError("What was sent is not there any more: send it again.")
    job = Job(given, before.origin, by=before.by, folder=before.folder, ungated=ungated, retry=True)
    before.folder = None
    return _in_line(request, desk, jobs, job, Typed(dict.fromkeys(_FIELDS, ""), {}))


def _told(one: Taken) -> tuple[Taken, str, str]:
    """What became of a document, what its sender calls it, and the reason in these words."""
    return one, sender_name(one.name), (one.reason or "").replace(one.item, sender_name(one.item))


def _form_page(request: Request, desk: Desk, typed: Typed, status: int = 200) -> Response:
    jobs: Jobs = request.app.state.jobs
    return desk.page(
        request,
        "add.html.j2",
        status,
        typed=typed.values,
        problems=typed.problems,
        jobs=jobs.every()[:10],
        today=date.today(),
        extensions=sorted(EXTENSIONS),
        most_files=MOST_FILES,
        most_bytes=LARGEST_UPLOAD,
    )


def _in_line(request: Request, desk: Desk, jobs: Jobs, job: Job, typed: Typed) -> Response:
    try:
        jobs.add(job)
    except LineFullError as error:
        if job.folder is not None:
            shutil.rmtree(job.folder, ignore_errors=True)
        typed.problems[""] = str(error)
        return _form_page(request, desk, typed, 503)
    return RedirectResponse(f"/add/{job.id}", 303)


def _origin(typed: Typed) -> Origin:
    """What the sender says of where it comes from; what is wrong with that is noted beside its field."""
    published, url = typed.values["published"], typed.values["url"]
    if published:
        try:
            published = checked_date(published, "", UsageError)
        except UsageError:
            typed.problems["published"] = "Give the day it came out as in 2025-07-01, 2025-07 or 2025, not after today."
    if url and not _is_proper(url):
        typed.problems["url"] = "Give its address as it stands in a browser, with https:// or http://, or nothing."
    return Origin(
        title=stated(typed.values["title"]),
        publisher=stated(typed.values["publisher"]),
        published=published or None,
        url=url or None,
    )


def _is_proper(address: str) -> bool:
    """Whether it is an address of the web and nothing else: a path, or a pattern of paths, is none."""
    return is_address(address) and len(address) <= LONGEST_ADDRESS and address.isprintable() and " " not in address


def _kept(folder: Path, files: Iterable[UploadFile], text: str) -> list[Upload]:
    """What was sent as files in a folder, under names of our own with the extensions of theirs.

    Raises:
        OSError: they can't be written.
    """
    found = []
    for number, sent in enumerate(files):
        extension = PurePath(sent.filename or "").suffix.lower()
        path = folder / f"{number}{extension if extension in EXTENSIONS else ''}"
        with path.open("xb") as out:
            shutil.copyfileobj(sent.file, out)
        sent.file.close()
        found.append(upload_of(path, sent.filename or ""))
    if text:
        path = folder / "text.txt"
        path.write_text(text, encoding="utf-8", errors="replace")
        found.append(upload_of(path, "pasted text.txt"))
    return found


def _once_more(job: Job, missed: Iterable[Taken]) -> list[Upload] | str | None:
    """What of a batch is to be read again, None where it is not there any more."""
    if isinstance(job.given, str):
        return job.given
    items = {name_of_label(one.item).partition("!")[0] for one in missed}
    again = [one for one in job.given if one.name in items]
    return again if again and job.folder is not None else None


def _job(request: Request, job_id: str) -> Job:
    """The batch with this id.

    Raises:
        NotFoundError: there is none any more.
    """
    jobs: Jobs = request.app.state.jobs
    found = jobs.get(job_id)
    if found is None:
        raise NotFoundError("This batch of documents is not remembered any more: what was read of it is in the ledger.")
    return found
