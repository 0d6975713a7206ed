"""What stands before every page: headers, forms that come from these pages alone, and a token where others can ask."""

import base64
import binascii
import hashlib
import hmac
import time
from collections import deque
from collections.abc import Collection
from urllib.parse import quote

from starlette.datastructures import Headers as HeaderValues
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.web.visitors import visitor_of

LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")
"""The names under which only this machine can ask."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, and nothing that stands in a page itself: a document's words can never run."""
SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TRIES, TRIES_SECONDS = 10, 300
"""How many wrong tokens may come from one address within how many seconds."""
LARGEST_FORM = 64 * 1024
"""Bytes of a form: names, reasons and values are short."""
LARGEST_UPLOAD = 100 * 1024 * 1024
"""Bytes of a form with documents: some hundred reports; an archive is better read on the machine that has it."""
_PUT_UP_WITH = 4 * LARGEST_UPLOAD
"""Bytes of a refused form that are taken and thrown away, since a browser shows an answer only when it has sent all."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/login", "/static/")


class Headers:
    """Puts the headers of safety on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class OwnForms:
    """Refuses whatever would change something and comes from another site's page, or is too large for a form.

    Args:
        uploads: the paths to which forms with documents are sent.
    """

    def __init__(self, app: ASGIApp, uploads: Collection[str] = ()) -> None:
        self._app, self._uploads = app, frozenset(uploads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            headers = HeaderValues(scope=scope)
            length = headers.get("content-length", "")
            most = LARGEST_UPLOAD if scope["path"] in self._uploads else LARGEST_FORM
            if _is_foreign(headers):
                await PlainTextResponse("This form was not sent by a page of this ledger.", 403)(scope, receive, send)
                return
            if not length.isascii() or not length.isdigit() or int(length) > most:
                await _take(receive, _PUT_UP_WITH)
                await _too_large(scope, most)(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def _take(receive: Receive, most: int) -> None:
    """Take what is sent and throw it away, up to so many bytes."""
    while most > 0:
        message = await receive()
        most -= len(message.get("body", b""))
        if not message.get("more_body"):
            return


def _too_large(scope: Scope, most: int) -> Response:
    said = f"This form is too large: at most {most // 1024:,} KB are taken."
    if most == LARGEST_UPLOAD:
        said = (
            f"That is more than {most // 2**20} MB at once, or its size was not given: add it in parts, or on the "
            "machine that has the ledger with `communique add`."
        )
    refused: Response = scope["app"].state.desk.page(Request(scope), "error.html.j2", status=413, said=said)
    return refused


def _is_foreign(headers: HeaderValues) -> bool:
    """Whether a browser says that a page of another site sent the request."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


class Token:
    """What one has to know, and from where it was guessed wrongly how often."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._wrong: dict[str, deque[float]] = {}

    def is_right(self, given: str) -> bool:
        """Whether this is the token; takes as long for a wrong one as for a right one."""
        return hmac.compare_digest(hashlib.sha256(given.encode()).digest(), hashlib.sha256(self._token).digest())

    def is_held_back(self, address: str) -> bool:
        """Whether so many wrong tokens came from an address that it has to wait."""
        wrong = self._wrong.get(address, deque())
        while wrong and wrong[0] < time.monotonic() - TRIES_SECONDS:
            wrong.popleft()
        return len(wrong) >= TRIES

    def note_wrong(self, address: str) -> None:
        """Remember that a wrong token came from an address."""
        if len(self._wrong) > 10_000:
            self._wrong.clear()
        self._wrong.setdefault(address, deque()).append(time.monotonic())


class TokenCheck:
    """Lets nobody in who does not show the token: by a session, as a bearer, or as the password of Basic."""

    def __init__(self, app: ASGIApp, guard: Token) -> None:
        self._app, self._guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] != "http" or scope["path"].startswith(_OPEN):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = self._refused(request)
        await (refused or self._app)(scope, receive, send)

    def _refused(self, request: Request) -> Response | None:
        address = request.client.host if request.client else ""
        given = _authorized(request.headers.get("authorization", ""))
        if given is not None:
            if self._guard.is_held_back(address):
                return PlainTextResponse("Too many wrong tokens: wait five minutes.", 429)
            if self._guard.is_right(given):
                return None
            self._guard.note_wrong(address)
        elif visitor_of(request).entered:
            return None
        if request.url.path.startswith("/api/") or request.url.path.endswith((".atom", ".ics")) or given is not None:
            return PlainTextResponse("A token is needed.", 401, {"WWW-Authenticate": 'Basic realm="communique"'})
        wanted = quote(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
        return RedirectResponse(f"/login?next={wanted}", 303)


def _authorized(header: str) -> str | None:
    """The token that a program sends; None where it sends none."""
    scheme, _, given = header.partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return None
