"""Versions of entries: what somebody looked at before deciding, and who has changed it since."""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from communique.ledger.decisions import read_decisions
from communique.ledger.keeping import entry_row
from communique.ledger.log import read_log
from communique.ledger.naming import Named, named
from communique.ledger.reading import read_entries
from communique.ledger.shapes import Change
from communique.ledger.tables import changes, entries
from communique.ledger.writing import plain
from communique.model import Action, ConflictError, Decision, Entry, UsageError

_PART = re.compile(r"([A-Z]-[0-9a-f]+)\.(\d+)\.(\d+)\.([0-9a-f]{12})", re.ASCII)
_BETWEEN = "+"
_CAUSED = re.compile(r"decision (\d+)")


class _Seen(NamedTuple):
    """An entry as it stood at some moment.

    Attributes:
        key: its id, or that of a rejected record, which makes no entry.
        change: the number of the last change in its log.
        decision: the number of the last decision that bears on it.
        digest: of its fields, its reports and its decisions.
    """

    key: str
    change: int
    decision: int
    digest: str


def version(connection: Connection, names: Iterable[str]) -> str:
    """What tells whether one of these entries, or records, has changed since; see :meth:`communique.Ledger.version`.

    Raises:
        UsageError: a name means nothing or more than one thing.
    """
    parts = (_seen(connection, named(connection, name)) for name in names)
    return _BETWEEN.join(".".join(map(str, part)) for part in parts)


def refuse_changed(connection: Connection, expected: str) -> None:
    """Refuse to go on from what somebody saw where it is not so any more.

    Raises:
        ConflictError: an entry has changed since; says who changed what.
        UsageError: ``expected`` is no version, or the evidence of an entry is in no document any more.
    """
    for part in expected.split(_BETWEEN):
        found = _PART.fullmatch(part)
        if found is None:
            raise UsageError(f"{part!r} is no version of an entry: give what `Ledger.version` told.")
        before = _Seen(found[1], int(found[2]), int(found[3]), found[4])
        means = named(connection, before.key)
        now = _seen(connection, means)
        if (now.key, now.digest) != (before.key, before.digest):
            raise ConflictError(
                f"{before.key} has changed since you looked at it: {_happened(connection, before, means)}; "
                "look at it again, then decide."
            )


def _seen(connection: Connection, means: Named) -> _Seen:
    if means.entry_id is None:
        return _Seen(means.record_id, 0, 0, _digest("rejected"))
    (entry,) = read_entries(connection, select(entries.c.id).where(entries.c.id == means.entry_id))
    last = connection.execute(select(func.max(changes.c.number)).where(changes.c.entry_id == entry.id)).scalar()
    return _Seen(entry.id, last or 0, max(entry.decisions, default=0), _digest(_looks(entry)))


def _looks(entry: Entry) -> str:
    reports = [[r.source.record_id, r.stage, r.date, r.ordered_by] for r in entry.history]
    return plain([entry_row(entry), reports])


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _happened(connection: Connection, before: _Seen, means: Named) -> str:
    """Who changed what of an entry, the last of it, as a clause."""
    logged = [one for key in (before.key, means.entry_id) if key for one in read_log(connection, key)]
    since = sorted((one for one in logged if (one.number or 0) > before.change), key=lambda one: one.number or 0)
    causes = {int(number) for one in since for number in _CAUSED.findall(one.cause)}
    if means.entry_id is not None:
        bearing = read_entries(connection, select(entries.c.id).where(entries.c.id == means.entry_id))[0].decisions
        causes.update(number for number in bearing if number > before.decision)
    made = [one for one in read_decisions(connection) if one.number in causes]
    if made:
        return _decided(made[-1])
    return _changed(since[-1]) if since else "a document that tells of it came or changed"


def _decided(decision: Decision) -> str:
    if decision.is_on_actors:
        return f"{decision.by} said who is meant by a name in it (decision {decision.number}, {_moment(decision)} UTC)"
    done = {
        Action.CONFIRM: "confirmed it",
        Action.REJECT: "rejected it or a report of it",
        Action.SET: f"set its {decision.field} to {_words(decision.value)}",
        Action.SAME: "said that it is one thing with another",
        Action.DIFFERENT: "said that it and another are two things",
        Action.UNDO: f"undid decision {decision.undoes}",
    }[decision.action]
    return f"{decision.by} {done} (decision {decision.number}, {_moment(decision)} UTC)"


def _moment(decision: Decision) -> str:
    return decision.at[:16].replace("T", " ")


def _changed(change: Change) -> str:
    before, after = _words(change.before), _words(change.after)
    done = {
        "new": "made it anew",
        "stage": f"changed its stage from {before} to {after}",
        "fulfilled": f"changed its stage from {before} to {after}",
        "field": f"changed its {change.field} from {before} to {after}",
        "joined": f"made it part of {after}",
        "parted": f"parted it from {before}",
        "gone": "left no evidence of it",
        "disputed": f"changed what sources say of its {change.field}",
    }[change.what]
    return f"{change.cause} {done}"


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or "nothing"
    return "nothing" if value is None else value if isinstance(value, str) else plain(value)
