"""Showing the token, where one is needed, and saying who one is."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from communique.web.desk import NotFoundError, TheDesk
from communique.web.forms import TheForm, own_path
from communique.web.guard import Token
from communique.web.visitors import COOKIE, keep, proper_name, visitor_of

router = APIRouter(include_in_schema=False)
_NO_NAME = "Give the name that your decisions are to be known by."


@router.get("/login")
def ask(request: Request, desk: TheDesk, wanted: Annotated[str, Query(alias="next")] = "/") -> Response:
    """The form for the token."""
    _guard(request)
    return desk.page(request, "login.html.j2", wanted=own_path(wanted), problem=None, name=visitor_of(request).name)


@router.post("/login")
def check(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """A session for those who know the token, under the name that they give.

    The form bears the key of this browser: nobody who knows the token can have another one decide under their name.
    """
    guard = _guard(request)
    wanted = own_path(form.one("next"))
    name = form.by
    address = request.client.host if request.client else ""
    if guard.is_held_back(address):
        problem = "Too many wrong tokens came from your address: wait five minutes."
        return desk.page(request, "login.html.j2", status=429, wanted=wanted, problem=problem, name=name)
    if not guard.is_right(form.one("token")):
        guard.note_wrong(address)
        problem = "That is not the token that the program printed when it started."
        return desk.page(request, "login.html.j2", status=403, wanted=wanted, problem=problem, name=name)
    answer = RedirectResponse(wanted, 303)
    keep(request, answer, name, entered=True)
    return answer


@router.get("/who")
def who(request: Request, desk: TheDesk, wanted: Annotated[str, Query(alias="next")] = "/") -> Response:
    """Under which name decisions are made from this browser, and the form for another."""
    return desk.page(request, "who.html.j2", wanted=own_path(wanted), problem=None)


@router.post("/who")
def rename(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """Another name, or none and no session any more."""
    wanted = own_path(form.one("next"))
    if form.one("leave"):
        answer = RedirectResponse("/" if request.app.state.guard is None else "/login", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer
    name = proper_name(form.one("by"))
    if not name:
        return desk.page(request, "who.html.j2", status=422, wanted=wanted, problem=_NO_NAME)
    answer = RedirectResponse(wanted, 303)
    keep(request, answer, name, entered=visitor_of(request).entered)
    return answer


def _guard(request: Request) -> Token:
    guard: Token | None = request.app.state.guard
    if guard is None:
        raise NotFoundError("There is no such page.")
    return guard
