"""Who sits in front of the browser: the name that decisions are made under, and a token that forms of ours bear.

A browser keeps two cookies. One holds the name and whether its owner has shown the ledger's token, under a signature;
it is sent from our own pages alone. The other holds a number of chance that forms bear under a signature: a page of
another site may have it sent, but does not know the signature.
"""

import hmac
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.model.printable import on_one_line

COOKIE, FORM_COOKIE = "communique", "communique-form"
SESSION_SECONDS = 12 * 3600
"""How long a browser need not show the token again."""
NAME_SECONDS = 180 * 24 * 3600
"""How long a name is remembered."""
LONGEST_NAME = 100
_CHANCE = 16


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks.

    Attributes:
        name: as they gave it, empty where they have not.
        entered: whether they have shown the token.
        form_key: what forms on their pages bear.
    """

    name: str = ""
    entered: bool = False
    form_key: str = ""

    def may_send(self, form_key: str) -> bool:
        """Whether a form with this key stood on a page of theirs."""
        return bool(self.form_key) and hmac.compare_digest(self.form_key.encode(), form_key.encode())


class Signatures:
    """Signs what browsers keep, with a key that lives as long as the program."""

    def __init__(self) -> None:
        key = secrets.token_bytes(32)
        self._sessions = URLSafeTimedSerializer(key, salt="session")
        self._forms = URLSafeSerializer(key, salt="form")

    def session(self, name: str, *, entered: bool) -> str:
        """What a browser keeps of who sits in front of it."""
        return str(self._sessions.dumps([name, entered]))

    def opened(self, session: str) -> tuple[str, bool]:
        """The name in a session and whether the token was shown; nothing of one made up, and no more than its time."""
        try:
            (name, entered), signed = self._sessions.loads(session, return_timestamp=True)
        except BadSignature:
            return "", False
        age = time.time() - signed.timestamp() if isinstance(signed, datetime) else NAME_SECONDS
        return (str(name) if age < NAME_SECONDS else ""), bool(entered) and age < SESSION_SECONDS

    def form_key(self, chance: str) -> str:
        """What forms bear for a browser that keeps this number of chance."""
        return str(self._forms.dumps(chance))


class Visitors:
    """Tells every page who asks, and gives a browser that has none the number that its forms are known by."""

    def __init__(self, app: ASGIApp, signatures: Signatures) -> None:
        self._app, self._signatures = app, signatures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kept = Request(scope).cookies
        chance = kept.get(FORM_COOKIE, "")
        is_new = not 0 < len(chance) <= 64
        chance = secrets.token_urlsafe(_CHANCE) if is_new else chance
        name, entered = self._signatures.opened(kept.get(COOKIE, ""))
        visitor = Visitor(name, entered, self._signatures.form_key(chance))
        scope.setdefault("state", {})["visitor"] = visitor

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and is_new:
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    secure = "; Secure" if scope["scheme"] == "https" else ""
                    headers.append("Set-Cookie", f"{FORM_COOKIE}={chance}; HttpOnly; Path=/; SameSite=Lax{secure}")
            await send(message)

        await self._app(scope, receive, with_cookie)


def visitor_of(request: Request) -> Visitor:
    """Who asks."""
    found: Any = request.scope.get("state", {}).get("visitor")
    return found if isinstance(found, Visitor) else Visitor()


def keep(request: Request, answer: Response, name: str, *, entered: bool) -> None:
    """Have the browser remember a name, and that the token was shown."""
    signatures: Signatures = request.app.state.signatures
    answer.set_cookie(
        COOKIE,
        signatures.session(name, entered=entered),
        max_age=SESSION_SECONDS if entered else NAME_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def proper_name(typed: str) -> str:
    """The name on one line, empty where nothing is left of it."""
    return " ".join(on_one_line(typed).split())[:LONGEST_NAME].strip()
