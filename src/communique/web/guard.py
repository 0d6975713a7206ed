"""What stands before every page: headers, forms that come from these pages alone, and a token where others can ask."""

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from collections import deque
from urllib.parse import quote

from starlette.datastructures import Headers as HeaderValues
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
COOKIE = "communique"
SESSION_SECONDS = 12 * 3600
TRIES, TRIES_SECONDS = 10, 300
"""How many wrong tokens may come from one address within how many seconds."""
LARGEST_FORM = 64 * 1024
"""Bytes of a form: names, reasons and values are short."""
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
    """Refuses whatever would change something and comes from another site's page, or is too large for a form."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            headers = HeaderValues(scope=scope)
            length = headers.get("content-length", "")
            if _is_foreign(headers):
                await PlainTextResponse("This form was not sent by a page of this ledger.", 403)(scope, receive, send)
                return
            if not length.isascii() or not length.isdigit() or int(length) > LARGEST_FORM:
                await PlainTextResponse("This form is too large.", 413)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_foreign(headers: HeaderValues) -> bool:
    """Whether a browser says that a page of another site sent the request."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


class Token:
    """What one has to know, and who has shown that they do.

    Sessions hold the moment of their end under a signature whose key lives as long as the program.
    """

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._key = secrets.token_bytes(32)
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

    def session(self) -> str:
        """What a browser keeps for as long as it need not show the token again."""
        ends = str(int(time.time()) + SESSION_SECONDS)
        return f"{ends}.{self._signed(ends)}"

    def is_session(self, given: str) -> bool:
        """Whether this was given out here and has not ended."""
        ends, _, signature = given.partition(".")
        right = hmac.compare_digest(signature.encode(), self._signed(ends).encode())
        return right and ends.isdigit() and int(ends) > time.time()

    def _signed(self, words: str) -> str:
        return hmac.new(self._key, words.encode(), hashlib.sha256).hexdigest()


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
        elif self._guard.is_session(request.cookies.get(COOKIE, "")):
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
