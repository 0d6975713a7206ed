"""Deciding: confirm, reject, correct, join and separate entries, undo, and the record of who decided what."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from communique.api import Ledger
from communique.model import ConflictError, Decision, UsageError
from communique.web import made, words
from communique.web.actor_forms import ActorAction
from communique.web.actors import ActorKind, actor_page, address_of
from communique.web.desk import Desk, Page, TheDesk
from communique.web.entries import entry_page
from communique.web.fields import value_of
from communique.web.forms import MAY_WRITE, Form, TheForm, own_path
from communique.web.opened import Action, Asked
from communique.web.visitors import keep, visitor_of

router = APIRouter(include_in_schema=False)
SIZE = 50
"""Decisions on a page."""
NO_NAME = "Give the name that the decision is to be known by."
_UNCHOSEN = "Choose at least one report."
_ALL = "all"


@router.post("/entries/{entry_id}/{action}", dependencies=[MAY_WRITE])
def decide(request: Request, desk: TheDesk, entry_id: str, action: Action, form: TheForm) -> Response:
    """Make a decision on an entry; where it can't be made, the page with the form as it was sent and the reason."""
    asked = Asked(
        action=action,
        field=form.one("field"),
        other=form.one("with"),
        reports=tuple(one for one in form.every("report") if one not in ("", _ALL)),
        wanted=own_path(form.one("next")) if form.one("next") else "",
        form=form,
    )
    if not form.by:
        return entry_page(request, desk, entry_id, replace(asked, problem=NO_NAME, at="by"), 422)
    with desk.ledger() as ledger:
        entry = desk.entry(ledger, entry_id)
        try:
            value = value_of(entry, asked.field, form, ledger.parties()) if action == "correct" else None
            decision = _decided(ledger, entry.id, asked, form, value)
        except ConflictError as error:
            told = f"Nothing was recorded. {error}"
            return entry_page(request, desk, entry_id, replace(asked, problem=told, conflict=True), 409)
        except UsageError as error:
            at = "value" if action == "correct" else ""
            return entry_page(request, desk, entry_id, replace(asked, problem=str(error), at=at), 422)
        landing = _landing(ledger, decision, entry.id, asked.wanted)
    return on_to(request, form, landing)


@router.post("/actors/{kind}/{name}/{action}", dependencies=[MAY_WRITE])
def decide_on_actor(
    request: Request, desk: TheDesk, kind: ActorKind, name: str, action: ActorAction, form: TheForm
) -> Response:
    """Join an actor with another one, or separate reports that mean somebody else."""
    asked = Asked(other=form.one("with"), reports=tuple(filter(None, form.every("report"))), form=form)
    if not form.by:
        return actor_page(request, desk, (kind, name), action, replace(asked, problem=NO_NAME, at="by"), status=422)
    called = words.unsegmented(name)
    about: dict[str, Any] = {"by": form.by, "why": form.why}
    with desk.ledger() as ledger:
        try:
            if action == "separate":
                made_now = ledger.separate_actor(kind, called, asked.reports, form.one("who"), **about)
            else:
                different = form.one("verdict") == "different"
                made_now = (ledger.different if different else ledger.same)(called, asked.other, **about)
        except UsageError as error:
            told = replace(asked, problem=str(error))
            return actor_page(request, desk, (kind, name), action, told, status=422)
        who = ledger.actor_named(kind, called)
    number = {"made": made_now.number}
    return on_to(request, form, words.address(address_of(who) if who else f"/decisions/{made_now.number}", number))


@router.get("/decisions")
def decisions(request: Request, desk: TheDesk, page: Page = 1) -> Response:
    """All decisions, the latest first."""
    with desk.ledger() as ledger:
        every = desk.remembered(ledger, "decisions", ledger.decisions)
        shown = every[::-1][(page - 1) * SIZE : page * SIZE]
        told = made.told(ledger, shown)
    return desk.page(request, "decisions.html.j2", decisions=told, total=len(every), page=page, size=SIZE)


@router.get("/decisions/{number}")
def decision(request: Request, desk: TheDesk, number: int) -> Response:
    """One decision: by whom, why, what followed from it, and the form to undo it."""
    return _decision_page(request, desk, number)


@router.post("/decisions/{number}/undo", dependencies=[MAY_WRITE])
def undo(request: Request, desk: TheDesk, number: int, form: TheForm) -> Response:
    """Undo a decision; back to where the form stood, else to the entry that it was about."""
    if not form.by:
        return _decision_page(request, desk, number, 422, NO_NAME, "by", form)
    with desk.ledger() as ledger:
        before = made.made(ledger, number)
        try:
            done = ledger.undo(number, by=form.by, why=form.why)
        except UsageError as error:
            return _decision_page(request, desk, number, 409, str(error), "", form)
        record = next(iter(before.decision.records), "")
        wanted = own_path(form.one("next")) if form.one("next") else ""
        landing = _landing(ledger, done, record, wanted)
    return on_to(request, form, landing)


def on_to(request: Request, form: Form, landing: str) -> Response:
    """On to the next page, the name kept for the next decision."""
    answer = RedirectResponse(landing, 303)
    visitor = visitor_of(request)
    if form.by != visitor.name:
        keep(request, answer, form.by, entered=visitor.entered)
    return answer


def _decision_page(
    request: Request,
    desk: Desk,
    number: int,
    status: int = 200,
    problem: str = "",
    at: str = "",
    form: Form | None = None,
) -> Response:
    with desk.ledger() as ledger:
        found = made.made(ledger, number)
    asked = Asked(problem=problem, at=at, form=form)
    return desk.page(request, "decision.html.j2", status, one=found, asked=asked)


def _decided(ledger: Ledger, entry: str, asked: Asked, form: Form, value: object) -> Decision:
    """The decision that was asked for, made.

    Raises:
        ConflictError: somebody has changed an entry since the form was shown.
        UsageError: it can't be made.
    """
    about: dict[str, Any] = {"by": form.by, "why": form.why, "expected": form.one("version") or None}
    match asked.action:
        case "confirm":
            return ledger.confirm(entry, **about)
        case "reject":
            return ledger.reject(asked.reports[0] if asked.reports else entry, **about)
        case "correct":
            return ledger.set(entry, asked.field, value, **about)
        case "join":
            verdict: Callable[..., Decision] = ledger.different if form.one("verdict") == "different" else ledger.same
            return verdict(entry, asked.other, **about)
        case "separate" if asked.reports:
            return ledger.separate(entry, asked.reports, **about)
        case _:
            raise UsageError(_UNCHOSEN)


def _landing(ledger: Ledger, decision: Decision, named: str, wanted: str) -> str:
    """The page that tells of a decision: that of the entry where there is one still, else its own."""
    told = {"made": decision.number, "next": wanted}
    try:
        return words.address(f"/entries/{ledger.entry(named).id}", told)
    except UsageError:
        return words.address(f"/decisions/{decision.number}", {"next": wanted})
