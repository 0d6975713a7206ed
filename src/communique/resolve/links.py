"""Which agreement, transfer, initiative or engagement an undertaking promises, and whether it came about.

A link is made only where the action begins with a verb that promises a stage ("sign"), names the
thing, has its parties, and where only one entry fits; a wrong link is worse than none.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from communique.model import Agreement, Engagement, Entry, Initiative, Item, Kind, Report, Transfer, standing_of
from communique.model.edtf import is_valid, overlap
from communique.model.names import fold
from communique.resolve.claims import days
from communique.resolve.deliveries import good
from communique.resolve.stages import rank
from communique.resolve.words import content_words, listed, ordered_words, promised_by, state_words

FULFILLED = "fulfilled"
_LEAST_WORDS = 2
"""Words of a name, besides those of parties and of the sort of instrument, that an action has to repeat."""


def linked(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same entries; undertakings that refer to another one say so in ``fields["refers_to"]``.

    Where that entry has since come to the promised stage, the report that shows it is the last of the
    undertaking's history, with the stage ``fulfilled``.
    """
    things: dict[tuple[str, frozenset[str]], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind not in (Kind.UNDERTAKING, Kind.STATEMENT):
            things[entry.kind, frozenset(entry.parties)].append(entry)
    return tuple(_linked(e, things) if e.kind is Kind.UNDERTAKING else e for e in entries)


def _linked(promise: Entry, things: dict[tuple[str, frozenset[str]], list[Entry]]) -> Entry:
    action = str(promise.fields["action"])
    promised = promised_by(action)
    if promised is None or len(promise.parties) < 2:
        return promise
    kind, stage = promised
    candidates = things.get((kind, frozenset(promise.parties)), ())
    named = [
        thing for thing in candidates if _names(promise, action, thing) and not _came_before(promise, thing, stage)
    ]
    if len(named) != 1:
        return promise
    fields = promise.fields | {"refers_to": named[0].id}
    shown = next((report for report in named[0].history if _reaches(named[0].kind, report, stage)), None)
    if shown is None or promise.stage == FULFILLED:
        return replace(promise, fields=fields)
    return replace(
        promise,
        stage=FULFILLED,
        standing=standing_of(Kind.UNDERTAKING, FULFILLED),
        date=shown.date,
        fields=fields | {"status": FULFILLED},
        history=(*promise.history, replace(shown, stage=FULFILLED)),
    )


def _names(promise: Entry, action: str, thing: Entry) -> bool:
    return any(_named_by(promise, action, report) for report in thing.history)


def _named_by(promise: Entry, action: str, report: Report) -> bool:
    words = content_words(action)
    match report.record:
        case Agreement() | Initiative() as record:
            name = content_words(record.name) - listed("heads") - state_words()
            return len(name) >= _LEAST_WORDS and bool(name - listed("weak")) and name <= words
        case Transfer() as record:
            return any(_names_item(action, item) for item in record.items)
        case Engagement() as record:
            due = promise.fields.get("due")
            timely = bool(due and record.date and is_valid(due) and is_valid(record.date) and overlap(due, record.date))
            people = {fold(name).split()[-1] for name in record.people if name.split()}
            place = content_words(record.place or "")
            told = bool(place and place <= words) or bool(people & set(fold(action).replace(",", " ").split()))
            return timely and told and not words.isdisjoint(ordered_words(record.type))
        case _:
            return False


def _names_item(action: str, item: Item) -> bool:
    one, other = good(item), good(Item(action))
    if one.accessory != other.accessory:
        return False
    return bool(one.designations and one.designations <= other.designations) or (
        one.named and bool(one.words) and one.words <= other.words
    )


def _came_before(promise: Entry, thing: Entry, stage: str) -> bool:
    """Whether the stage had been reached before anybody promised it: then something else was promised."""
    made = _first_day(promise.history)
    reached = [days(report.ordered_by) for report in thing.history if _reaches(thing.kind, report, stage)]
    return made is None or any(when is None or when[1] < made for when in reached)


def _first_day(reports: Iterable[Report]) -> date | None:
    return min((when[0] for report in reports if (when := days(report.source.published))), default=None)


def _reaches(kind: Kind, report: Report, stage: str) -> bool:
    wanted, told = rank(kind, stage), rank(kind, str(report.stage))
    return wanted is not None and told is not None and told >= wanted
