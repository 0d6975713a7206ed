"""The application: its pages, what guards them, and what becomes of errors."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import files
from os import PathLike
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from communique.model import CommuniqueError, LedgerError, Place, UsageError, place_of
from communique.web import (
    actors,
    adding,
    data,
    data_documents,
    data_entries,
    data_relationships,
    deciding,
    documents,
    entries,
    feeds,
    home,
    login,
    overviews,
    relationships,
    review,
    searching,
)
from communique.web.desk import Desk, fresh
from communique.web.guard import LOOPBACK, SAFE, Headers, OwnForms, Token, TokenCheck
from communique.web.jobs import Jobs
from communique.web.queue import waiting
from communique.web.visitors import Signatures, Visitors

_LOG = logging.getLogger(__name__)
_DESCRIPTION = """The questions that the pages ask, as JSON: read-only, in the words of the records.

Dates are EDTF (`2025-10-31`, `2025-07/2025-12`, `../2030`), offsets half-open characters of a document's text. Lists
come in parts: `total`, `limit`, `offset`, `next` (the address of the next part or null) and `items`. Every answer has
an `ETag`; asked again with `If-None-Match` an unchanged one is 304 without a body.
"""
AT_ONCE = 8
"""Pages that are made at a time: more of them only take the interpreter from each other, and from bringing entries up
to date, for which a writer waits."""
SMALLEST_PACKED = 1000
"""Bytes from which on an answer is compressed."""
PACKED = 4
"""How hard, from 1 to 9: more takes several times as long for a few per cent less."""


def create_app(
    ledger: str | PathLike[str] | Place, *, hosts: Sequence[str] = LOOPBACK, token: str | None = None, analyst: str = ""
) -> FastAPI:
    """The web application over a ledger.

    Args:
        ledger: its file, or the address of its database; entries that are out of date are brought up to date in it
            where it may be written.
        hosts: the names under which it may be asked; a request for another one is refused.
        token: who does not know it sees nothing; None where only this machine can ask.
        analyst: the name that is proposed to whoever decides.

    Raises:
        LedgerError: there is no ledger, or it can't be used.
    """
    desk = Desk(place_of(ledger))
    guard = Token(token) if token else None
    signatures = Signatures()
    app = FastAPI(
        title="communique",
        version=version("communique"),
        description=_DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(fresh)],
        lifespan=_running,
        middleware=[
            Middleware(Headers),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Visitors, signatures=signatures),
            Middleware(OwnForms, uploads=adding.UPLOADS),
            *([Middleware(TokenCheck, guard=guard)] if guard else []),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_PACKED, compresslevel=PACKED),
        ],
    )
    app.state.desk, app.state.guard, app.state.signatures = desk, guard, signatures
    app.state.analyst, app.state.jobs = analyst, Jobs(desk.ledger)
    app.mount("/static", StaticFiles(directory=str(files("communique.web") / "static")), name="static")
    for part in (
        home,
        overviews,
        relationships,
        entries,
        documents,
        actors,
        searching,
        review,
        deciding,
        adding,
        feeds,
        login,
        data_relationships,
        data_entries,
        data_documents,
    ):
        app.include_router(part.router)
    _handle_errors(app)
    _describe(app)
    return app


def prepare(app: FastAPI) -> None:
    """Have done now what would keep the first who ask waiting: what the first page and the queue for review tell."""
    desk: Desk = app.state.desk
    desk.prepare()
    if desk.may_write:
        with desk.ledger() as ledger:
            home.front(desk, ledger)
            waiting(desk, ledger)


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    """Few pages are made at a time; nothing is read any more when the program ends, and no sent file stays behind."""
    current_default_thread_limiter().total_tokens = AT_ONCE
    yield
    await run_in_threadpool(app.state.jobs.close)


def _describe(app: FastAPI) -> None:
    """Have the description say what becomes of questions that can't be asked: 400 with a sentence, and no 422."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        found = described()
        for methods in found["paths"].values():
            for question in methods.values():
                question["responses"].pop("422", None)
        for name in ("HTTPValidationError", "ValidationError"):
            found["components"]["schemas"].pop(name, None)
        return found

    app.openapi = openapi  # type: ignore[method-assign]


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(StarletteHTTPException)
    def refused(request: Request, error: StarletteHTTPException) -> Response:
        if error.status_code == 304:
            return Response(status_code=304, headers=error.headers)
        said = error.detail if isinstance(error, HTTPException) else None
        return _told(request, error.status_code, said or "There is no such page.", error.headers)

    @app.exception_handler(RequestValidationError)
    def misspelt(request: Request, error: RequestValidationError) -> Response:
        faults = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
        return _told(request, 400, f"The address asks for something that can't be: {faults}.")

    @app.exception_handler(CommuniqueError)
    def failed(request: Request, error: CommuniqueError) -> Response:
        status = 400 if isinstance(error, UsageError) else 503 if isinstance(error, LedgerError) else 500
        return _told(request, status, str(error))

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        _LOG.error("%s could not be answered", request.url.path, exc_info=error)
        said = "This is a fault of communique: please report it with the address of this page."
        answer = _told(request, 500, said)
        answer.headers.update(SAFE)  # it does not pass the middleware any more
        return answer


def _told(request: Request, status: int, said: str, headers: object = None) -> Response:
    desk: Desk = request.app.state.desk
    if request.url.path.startswith("/api/"):
        return data.answer({"error": said}, status)
    return desk.page(request, "error.html.j2", status=status, said=said)
