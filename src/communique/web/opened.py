"""The form that stands open on the page of an entry: what it asks, and what was typed into it before."""

from dataclasses import dataclass
from typing import Literal

from communique.api import Ledger
from communique.model import Entry, Kind, UsageError
from communique.model.values import REFERS_TO
from communique.views.chains import report_words
from communique.web import joining, words
from communique.web.desk import Desk, NotFoundError
from communique.web.fields import NAMES, Input, correctable, input_of
from communique.web.forms import Form
from communique.web.words import Passage

Action = Literal["confirm", "reject", "correct", "join", "separate"]
ACTIONS: dict[Action, tuple[str, str]] = {
    "confirm": ("Confirm", "c"),
    "reject": ("Reject", "r"),
    "correct": ("Correct", "e"),
    "join": ("Same as another", "s"),
    "separate": ("Separate", "d"),
}
"""What can be decided on an entry: what it is called on its page, and its key."""
THINGS, PEOPLE = 80, 300
"""Entries and people that are proposed for a field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address of a page, or a form that was sent, says of the form that is wanted.

    Attributes:
        field: of ``correct``, which one.
        other: of ``join``, the id of another entry, or words to look for one.
        reports: of ``reject`` and ``separate``, the ids of records.
        form: what was sent, where that could not be taken.
        problem: why it could not.
        at: the field that the problem is about: ``by``, ``value``, or empty.
        conflict: whether it could not because somebody has changed an entry since.
        number: of a notice of what was decided, the decision's.
    """

    action: Action | None = None
    field: str = ""
    other: str = ""
    reports: tuple[str, ...] = ()
    wanted: str = ""
    form: Form | None = None
    problem: str = ""
    at: str = ""
    conflict: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A report that can be chosen, by its record's id."""

    id: str
    words: str
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open form.

    Attributes:
        version: what the entries were that it shows.
        proposed: what may be chosen for a field, each with what it is called.
        options: of ``reject`` and ``separate``, the reports to choose from.
        pair: of ``join``, the entry beside the other one.
    """

    asked: Asked
    version: str
    fields: tuple[str, ...] = ()
    input: Input | None = None
    proposed: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    candidates: tuple[joining.Candidate, ...] = ()
    pair: joining.Pair | None = None


def version_of(ledger: Ledger, asked: Asked, *entries: str) -> str:
    """What the entries are that are shown: as they were when a form was first shown, unless they are shown anew now."""
    seen = asked.form.one("version") if asked.form is not None and not asked.conflict else ""
    return seen or ledger.version(*entries)


def opened(desk: Desk, ledger: Ledger, entry: Entry, asked: Asked) -> Opened | None:
    """The form that is asked for, None where none is.

    Raises:
        NotFoundError: there is no such field, or the other entry can't be the same thing.
    """
    match asked.action:
        case None:
            return None
        case "correct":
            return _correcting(desk, ledger, entry, asked)
        case "join":
            return _joining(desk, ledger, entry, asked)
        case "reject" | "separate":
            own = [one for one in entry.history if one.record.kind is entry.kind]
            options = [Option(r.source.record_id, report_words(entry, r), words.passage(r)) for r in own]
            return Opened(
                asked=asked, version=version_of(ledger, asked, entry.id), options=tuple(options if own[1:] else ())
            )
        case "confirm":
            return Opened(asked=asked, version=version_of(ledger, asked, entry.id))


def _correcting(desk: Desk, ledger: Ledger, entry: Entry, asked: Asked) -> Opened:
    fields, version = correctable(entry), version_of(ledger, asked, entry.id)
    if not asked.field:
        return Opened(asked=asked, version=version, fields=fields)
    try:
        found = input_of(entry, asked.field, asked.form)
    except UsageError as error:
        raise NotFoundError(str(error)) from error
    proposed = _proposed(desk, ledger, entry, found)
    return Opened(asked=asked, version=version, fields=fields, input=found, proposed=proposed)


def _joining(desk: Desk, ledger: Ledger, entry: Entry, asked: Asked) -> Opened:
    other = joining.named(ledger, asked.other) if asked.other else None
    if other is not None:
        pair = joining.pair_of(ledger, entry, other)
        return Opened(asked=asked, version=version_of(ledger, asked, entry.id, other.id), pair=pair)
    found = joining.candidates(desk, ledger, entry, asked.other)
    return Opened(asked=asked, version=version_of(ledger, asked, entry.id), candidates=tuple(found))


def _proposed(desk: Desk, ledger: Ledger, entry: Entry, found: Input) -> tuple[tuple[str, str], ...]:
    """What a field may be, as far as the ledger knows, each with what it is called."""
    if found.field == REFERS_TO:
        kinds = [kind for kind in Kind if kind not in (Kind.UNDERTAKING, Kind.STATEMENT)]
        parts = [ledger.some_entries(kind=kind, parties=entry.parties[:2], limit=THINGS // 4).items for kind in kinds]
        return tuple((one.id, f"{one.title} ({one.kind.value})") for part in parts for one in part)
    if found.shape != "names":
        return ()
    if found.field in NAMES:
        actors = desk.remembered(ledger, "actors", ledger.actors)
        own = (one.name for one in actors if one.kind == "person" and not set(entry.parties).isdisjoint(one.parties))
        return tuple((name, "") for name, _ in zip(own, range(PEOPLE), strict=False))
    return tuple((name, "") for name in sorted({words.called(party) for party in ledger.parties()}))
