"""The digest: one page, and one item of a feed, for each day or week in which anything happened to entries."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from lxml import etree

from communique.api import Ledger
from communique.api.digesting import digest_between
from communique.api.pages import party_named
from communique.model import UsageError
from communique.model.printable import without_controls
from communique.views.digest import Digest, Period, digest_to_json, period_of, periods_of
from communique.web import words
from communique.web.answers_digest import Digest as DigestAnswer
from communique.web.data import answer, api_router
from communique.web.desk import Desk, NotFoundError, TheDesk
from communique.web.feeds import ATOM, add, validators

router = APIRouter(include_in_schema=False)
data_router = api_router()
PERIODS, ITEMS = 60, 14
"""How many periods the list of them has, and how many a feed."""
_XHTML = "http://www.w3.org/1999/xhtml"
Every = Annotated[Literal["day", "week"], Query(description="One digest a day, or one a week.")]
Between = Annotated[
    list[str] | None,
    Query(alias="between", max_length=200, description="Only these relationships, such as US,IN; or all of a party."),
]


@router.get("/digest")
def digests(request: Request, desk: TheDesk, every: Every = "day", between: Between = None) -> Response:
    """The days or weeks in which anything happened."""
    with desk.ledger() as ledger:
        wanted = wanted_of(ledger, between)
        days = desk.remembered(ledger, "days of change", ledger.days_of_change)
        numbers = dict.fromkeys((one.name for one in periods_of((d for d, _ in days), weekly=every == "week")), 0)
        for day, number in days:
            numbers[periods_of([day], weekly=every == "week")[0].name] += number
        periods = [(period_of(name), number) for name, number in numbers.items()][:PERIODS]
        latest = told(desk, ledger, periods[0][0], wanted) if periods else None
    asked = {"every": every if every != "day" else "", "between": between or []}
    return desk.page(request, "digest.html.j2", digest=latest, asked=asked, periods=periods)


@router.get("/digest.atom")
def feed(request: Request, desk: TheDesk, every: Every = "day", between: Between = None) -> Response:
    """One item for each day or week that is over: what happened then, by relationship."""
    today = datetime.now(UTC).date()
    with desk.ledger() as ledger:
        wanted = wanted_of(ledger, between)
        days = [day for day, _ in desk.remembered(ledger, "days of change", ledger.days_of_change)]
        over = [one for one in periods_of(days, weekly=every == "week") if one.last < today][:ITEMS]
        found = [told(desk, ledger, one, wanted) for one in over]
    asked = {"every": every if every != "day" else "", "between": between or []}
    return _feed(request, [one for one in found if one.counts], asked)


@router.get("/digest/{name}")
def digest(request: Request, desk: TheDesk, name: str, between: Between = None) -> Response:
    """What happened in one day or week."""
    with desk.ledger() as ledger:
        found = told(desk, ledger, asked_period(name), wanted_of(ledger, between))
    asked = {"every": "", "between": between or []}
    return desk.page(request, "digest.html.j2", digest=found, asked=asked, periods=[])


@data_router.get(
    "/digest/{name}",
    summary="What happened to entries in a day or a week, by relationship",
    response_model=DigestAnswer,
)
def digest_data(request: Request, desk: TheDesk, name: str, between: Between = None) -> Response:
    """A day as 2025-10-31, a week as 2025-W44, by UTC and the ledger's own time."""
    with desk.ledger() as ledger:
        found = told(desk, ledger, asked_period(name), wanted_of(ledger, between))
    return answer(digest_to_json(found), request=request)


def asked_period(name: str) -> Period:
    """The period that an address names.

    Raises:
        NotFoundError: it names none.
    """
    try:
        return period_of(name)
    except UsageError as error:
        raise NotFoundError(str(error)) from error


def wanted_of(ledger: Ledger, between: list[str] | None) -> tuple[frozenset[str], ...]:
    """The relationships that are asked for, by the codes of their parties."""
    typed = [one for one in between or () if one.strip()]
    return tuple(
        frozenset(party_named(ledger, name.strip()) for name in one.split(",") if name.strip()) for one in typed
    )


def told(desk: Desk, ledger: Ledger, period: Period, wanted: tuple[frozenset[str], ...]) -> Digest:
    """The digest of a period."""
    return desk.remembered(ledger, ("digest", period.name, wanted), lambda: digest_between(ledger, period, wanted))


def _feed(request: Request, found: list[Digest], asked: Mapping[str, object]) -> Response:
    base = str(request.base_url).rstrip("/")
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    add(root, "id", base + words.address("/digest.atom", asked))
    add(root, "title", "What changed in the ledger")
    add(root, "updated", f"{found[0].period.last}T23:59:59Z" if found else "1970-01-01T00:00:00Z")
    add(add(root, "author"), "name", "communique")
    add(root, "link", rel="self", href=base + words.address("/digest.atom", asked))
    add(root, "link", rel="alternate", href=base + words.address("/digest", asked))
    for one in found:
        page = base + words.address(f"/digest/{one.period.name}", {"between": asked["between"]})
        item = add(root, "entry")
        add(item, "id", page)
        add(item, "title", f"What changed, {one.period.in_words()}")
        add(item, "updated", f"{one.period.last}T23:59:59Z")
        add(item, "link", rel="alternate", href=page)
        content = add(item, "content", type="xhtml")
        _content(content, one, base)
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Response(body, headers=validators(request), media_type="application/atom+xml")


def _content(parent: etree._Element, found: Digest, base: str) -> None:
    """The digest as XHTML, made of elements alone: what strangers wrote can only be text in it."""
    root = etree.SubElement(parent, f"{{{_XHTML}}}div", nsmap={None: _XHTML})
    _element(root, "p", found.in_words())
    for group in found.groups:
        heading = _element(root, "h3")
        if group.parties:
            _element(heading, "a", group.title, href=base + words.relationship(group.parties))
            heading[-1].tail = f": {group.in_words()}"
        else:
            heading.text = f"{group.title}: {group.in_words()}"
        lines = _element(root, "ul") if group.lines else root
        for line in group.lines:
            _element(_element(lines, "li"), "a", line.told, href=f"{base}/entries/{line.entry_id}")
        if group.more:
            _element(root, "p", f"and {group.more:,} more")


def _element(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    found = etree.SubElement(parent, f"{{{_XHTML}}}{name}", attributes)
    found.text = without_controls(text) if text is not None else None
    return found
