"""Filling in the forms of a page and sending them, as a browser without scripts does."""

from typing import Any

import lxml.html
from starlette.testclient import TestClient


def form(text: str, action: str) -> Any:
    """The only form of a page that is sent to this address."""
    (found,) = (one for one in lxml.html.fromstring(text).forms if one.get("action") == action)
    return found


def fields(text: str, action: str) -> dict[str, Any]:
    """What a form of a page holds before anybody types: a list where fields share a name."""
    held: dict[str, list[str]] = {}
    for name, value in form(text, action).form_values():
        held.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in held.items()}


def send(asker: TestClient, page: str, action: str, **typed: Any) -> Any:
    """Fill in the form of a page and send it; a field that is None is left out, and ``with_`` stands for ``with``."""
    held = fields(asker.get(page).text, action) | {name.rstrip("_"): value for name, value in typed.items()}
    return asker.post(action, data={name: value for name, value in held.items() if value is not None})


def login(asker: TestClient, token: str, headers: dict[str, str] | None = None, **typed: str) -> Any:
    """Send the login form with this token."""
    held = fields(asker.get("/login").text, "/login")
    return asker.post("/login", data={**held, "token": token, **typed}, headers=headers)


def followed(asker: TestClient, answer: Any) -> Any:
    """The page that an answer leads to."""
    while answer.status_code == 303:
        answer = asker.get(answer.headers["location"])
    return answer


def said(text: str) -> str:
    """What a page says was wrong."""
    return " ".join(one.text_content() for one in lxml.html.fromstring(text).xpath("//*[@role='alert']"))
