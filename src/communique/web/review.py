"""The queue of doubtful cases, one at a time: whether two are one thing, which value is right, whether an entry is."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from communique.api import Ledger
from communique.api.doubting import actors_question
from communique.api.pages import standpoint_of
from communique.model import ConflictError, Decision, UsageError
from communique.resolve.compare import Comparison
from communique.views.doubts import Case, Question, question_of, settled
from communique.views.doubts_actors import ActorsQuestion, NamedSide, office_words
from communique.web import joining, made, words
from communique.web.deciding import NO_NAME, on_to
from communique.web.desk import Desk, NotFoundError, TheDesk
from communique.web.forms import MAY_WRITE, Form, TheForm
from communique.web.opened import Asked, version_of
from communique.web.queue import ACTORS, Waiting, answered, renewed, waiting
from communique.web.reports import Told, texts_of, told_of

router = APIRouter(include_in_schema=False)
WHY = "review"
"""The grounds that are noted where none are given."""
NO_ANSWER = "That is no answer to this question: choose one of those shown."
REMEMBERED = 20
"""Answers that can be taken back one after the other."""
REPORTS = 12
"""Reports of one entry that are shown at most."""

Answers = Annotated[list[int] | None, Query(alias="made")]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values on which sources contradict each other.

    Attributes:
        told: the reports that give it.
        is_open: whether it can be chosen.
    """

    words: str
    told: tuple[Told, ...]
    official: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Named:
    """One of two names of actors.

    Attributes:
        passage: a sentence that tells it.
    """

    side: NamedSide
    offices: tuple[str, ...]
    passage: words.Passage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A case as its page shows it.

    Attributes:
        sides: of two entries, each with the sentences in question.
        named: of two names of actors, both.
        line: of one, the entry.
        told: its reports; of a disputed value those that give one.
        claims: the values that sources give.
        version: what the entries were.
    """

    question: Question | ActorsQuestion
    version: str = ""
    sides: tuple[joining.Side, joining.Side] | None = None
    named: tuple[Named, ...] = ()
    compared: Comparison | None = None
    line: words.Line | None = None
    told: tuple[Told, ...] = ()
    claims: tuple[Choice, ...] = ()

    @property
    def is_one_now(self) -> bool:
        """Whether the two are one entry, or one actor, as it stands."""
        if isinstance(self.question, ActorsQuestion):
            return self.question.is_one_now
        return len({entry.id for entry in self.question.entries}) == 1


@router.get("/review")
def first(request: Request, desk: TheDesk) -> Response:
    """The first case, or that there is none."""
    with desk.ledger() as ledger:
        queue = waiting(desk, ledger)
    if queue.cases:
        return RedirectResponse(f"/review/{next(iter(queue.cases))}", 303)
    return desk.page(request, "review.html.j2", shown=None, total=0, notice=None, whole=queue.whole)


@router.get("/review/{key}")
def case(request: Request, desk: TheDesk, key: str, answers: Answers = None) -> Response:
    """One case, with both sides' sentences and what speaks for and against."""
    return _case_page(request, desk, key, answers or [])


@router.post("/review/{key}", dependencies=[MAY_WRITE])
def answer(request: Request, desk: TheDesk, key: str, form: TheForm) -> Response:
    """Answer a case, and on to the next."""
    answers = [int(one) for one in form.every("made") if one.isascii() and one.isdigit()]
    if not form.by:
        return _case_page(request, desk, key, answers, 422, Asked(form=form, problem=NO_NAME, at="by"))
    with desk.ledger() as ledger:
        before = waiting(desk, ledger)
        shown = _shown(ledger, before.cases.get(key) or _case_of(key), Asked())
        if shown is None:
            return RedirectResponse(_after(before, waiting(desk, ledger), key, answers), 303)
        try:
            decision = _decide(ledger, shown.question, form)
        except (ConflictError, UsageError) as error:
            conflict = isinstance(error, ConflictError)
            problem = Asked(form=form, problem=f"Nothing was recorded. {error}", conflict=conflict)
            return _case_page(request, desk, key, answers, 409 if conflict else 422, problem)
        now = answered(desk, ledger, before, key)
    landing = _after(before, now, key, [*answers, decision.number])
    return on_to(request, form, landing)


@router.post("/review/{key}/undo", dependencies=[MAY_WRITE])
def undo(request: Request, desk: TheDesk, key: str, form: TheForm) -> Response:
    """Take the last answer back, and return to its case."""
    answers = [int(one) for one in form.every("made") if one.isascii() and one.isdigit()]
    if not answers or not form.by:
        problem = Asked(form=form, problem=NO_NAME if answers else "There is no answer to take back.", at="by")
        return _case_page(request, desk, key, answers, 422, problem)
    with desk.ledger() as ledger:
        before = made.made(ledger, answers[-1])
        try:
            ledger.undo(answers[-1], by=form.by, why=form.why or WHY)
        except UsageError as error:
            return _case_page(request, desk, key, answers[:-1], 409, Asked(form=form, problem=str(error)))
        queue = renewed(desk, ledger).cases
        back = form.one("back") or key
        found = next((name for name, one in queue.items() if _is_about(before.decision, one)), None)
    return on_to(request, form, words.address(f"/review/{found or back}", {"made": answers[:-1]}))


def _case_page(
    request: Request, desk: Desk, key: str, answers: list[int], status: int = 200, asked: Asked | None = None
) -> Response:
    asked = asked or Asked()
    with desk.ledger() as ledger:
        queue = waiting(desk, ledger)
        shown = _shown(ledger, queue.cases.get(key) or _case_of(key), asked)
        if shown is None and key in queue.cases:
            landing = _after(queue, renewed(desk, ledger), key, answers)
            return RedirectResponse(landing, 303)
        notice = made.made(ledger, answers[-1]) if answers and status == 200 else None
    status = 404 if shown is None and not answers else status
    keys = list(queue.cases)
    at = keys.index(key) if key in queue.cases else None
    return desk.page(
        request,
        "review.html.j2",
        status,
        key=key,
        shown=shown,
        total=len(keys),
        whole=queue.whole,
        at=at,
        before=keys[at - 1] if at else None,
        after=keys[at + 1] if at is not None and at + 1 < len(keys) else keys[0] if keys and at is None else None,
        answers=answers[-REMEMBERED:],
        asked=asked,
        notice=notice,
    )


def _is_about(decision: Decision, case: Case) -> bool:
    """Whether a decision answered a case."""
    if decision.is_on_actors:
        return set(case.actors) == set(decision.value["names"])
    about = {*decision.records, *decision.others}
    return bool(about) and about <= set(case.records)


def _case_of(key: str) -> Case:
    """The case with this name that nobody waits for any more; of names, that nothing is left of it.

    Raises:
        NotFoundError: it can't be one.
    """
    if key.startswith(ACTORS):
        return Case(())
    one, _, other = key.partition("~")
    if one[:2].upper() == "R-" and other:
        return Case((), (one, other))
    if not one:
        raise NotFoundError("There is no such case.")
    return Case((one,), dispute=other.replace("-", " ") or None)


def _shown(ledger: Ledger, case: Case, asked: Asked) -> Shown | None:
    """The case, None where nothing is left of it."""
    if case.actors:
        names = actors_question(ledger, case)
        if names is None:
            return None
        return Shown(question=names, named=_named(names), compared=_compared(ledger, *names.names))
    if not case.entries and not case.records:
        return None
    try:
        entries = [ledger.explained(ledger.entry(name)) for name in case.records or case.entries]
    except UsageError:
        return None
    question = question_of(case, entries)
    if question is None:
        return None
    version = version_of(ledger, asked, *dict.fromkeys(entry.id for entry in entries))
    if question.asks_for_one_thing:
        one, other = case.records
        sides = joining.sides_of(ledger, (entries[0], entries[1]), ([one], [other]))
        return Shown(question=question, version=version, sides=sides, compared=_compared(ledger, one, other))
    (entry,) = entries
    told = told_of(entry, texts_of(ledger, [entry]), question.records)
    line = words.line(entry, standpoint_of(ledger, [entry], date.today()), passages=False)
    claims = _claims(question, told)
    return Shown(question=question, version=version, line=line, told=tuple(told[:REPORTS]), claims=claims)


def _compared(ledger: Ledger, one: str, other: str) -> Comparison | None:
    try:
        return ledger.why(one, other)
    except UsageError:
        return None


def _named(question: ActorsQuestion) -> tuple[Named, ...]:
    return tuple(
        Named(one, tuple(map(office_words, one.offices)), words.passage(one.report) if one.report else None)
        for one in question.sides
    )


def _claims(question: Question, told: list[Told]) -> tuple[Choice, ...]:
    if question.dispute is None:
        return ()
    by_record = {one.report.source.record_id: one for one in told}
    entry, field = question.entries[0], question.dispute.field
    return tuple(
        Choice(
            words.value(claim.value, field),
            tuple(by_record[key] for key in claim.record_ids if key in by_record),
            claim.official,
            settled(entry, field, claim.value) is not None,
        )
        for claim in question.dispute.claims
    )


def _decide(ledger: Ledger, question: Question | ActorsQuestion, form: Form) -> Decision:
    """The decision that an answer is, made.

    Raises:
        ConflictError: somebody has changed an entry since.
        UsageError: that is no answer to the question.
    """
    given = form.one("answer")
    why, version = form.why or WHY, form.one("version") or None
    if isinstance(question, ActorsQuestion):
        if given in ("same", "different"):
            decide = ledger.same if given == "same" else ledger.different
            return decide(*question.names, by=form.by, why=why)
        raise UsageError(NO_ANSWER)
    if question.asks_for_one_thing and given in ("same", "different"):
        decide = ledger.same if given == "same" else ledger.different
        return decide(*question.records, by=form.by, why=why, expected=version)
    entry = question.entries[0].id
    if not question.asks_for_one_thing and given == "confirm":
        return ledger.confirm(entry, by=form.by, why=why, expected=version)
    if question.dispute is None and not question.asks_for_one_thing and given == "reject":
        return ledger.reject(entry, by=form.by, why=why, expected=version)
    if question.dispute is not None and given.isdigit() and 0 < int(given) <= len(question.dispute.claims):
        field, claim = question.dispute.field, question.dispute.claims[int(given) - 1]
        value = settled(question.entries[0], field, claim.value)
        if value is not None:
            return ledger.set(entry, field, value, by=form.by, why=why, expected=version)
    raise UsageError(NO_ANSWER)


def _after(before: Waiting, now: Waiting, key: str, answers: list[int]) -> str:
    """The address of the case to go on with: the next one that still waits."""
    keys = list(before.cases)
    following = keys[keys.index(key) + 1 :] if key in before.cases else []
    found = next((one for one in (*following, *now.cases) if one in now.cases and one != key), None)
    return words.address(f"/review/{found}" if found else "/review", {"made": answers[-REMEMBERED:]})
