"""Showing the token, where one is needed."""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from communique.web.desk import NotFoundError, TheDesk
from communique.web.guard import COOKIE, SESSION_SECONDS, Token

router = APIRouter(include_in_schema=False)


@router.get("/login")
def ask(request: Request, desk: TheDesk, wanted: Annotated[str, Query(alias="next")] = "/") -> Response:
    """The form for the token."""
    _guard(request)
    return desk.page(request, "login.html.j2", wanted=_own(wanted), problem=None)


@router.post("/login")
async def check(request: Request, desk: TheDesk) -> Response:
    """A session for those who know the token."""
    guard = _guard(request)
    form = parse_qs((await request.body()).decode(errors="replace"))
    wanted = _own(form.get("next", ["/"])[0])
    address = request.client.host if request.client else ""
    if guard.is_held_back(address):
        problem = "Too many wrong tokens came from your address: wait five minutes."
        return desk.page(request, "login.html.j2", status=429, wanted=wanted, problem=problem)
    if not guard.is_right(form.get("token", [""])[0].strip()):
        guard.note_wrong(address)
        problem = "That is not the token that the program printed when it started."
        return desk.page(request, "login.html.j2", status=403, wanted=wanted, problem=problem)
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(
        COOKIE,
        guard.session(),
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


def _guard(request: Request) -> Token:
    guard: Token | None = request.app.state.guard
    if guard is None:
        raise NotFoundError("There is no such page.")
    return guard


def _own(wanted: str) -> str:
    """An address on this site, else the first page."""
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"
