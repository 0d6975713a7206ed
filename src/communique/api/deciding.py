"""What people decide about entries and actors, and what the ledger makes of its records anew."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection

from communique.api import deciding_actors
from communique.api.adding import read_again
from communique.api.opening import OpenLedger
from communique.ledger import Change, DecisionState, Difference, Doubted, Named, StoredDocument, browsing, naming
from communique.ledger.decisions import read_decisions, undone
from communique.model import Action, Decision, Kind, Outline, UsageError, checked_value
from communique.resolve.compare import Comparison
from communique.resolve.why import why

_REFERS_TO = "refers_to"


_About = Callable[[Connection], dict[str, Any]]
"""What a decision is about, by the entries as they are when it is made."""


class DecidedLedger(OpenLedger):
    """A ledger whose entries people may confirm, reject, correct, join and part.

    Every decision is appended with who made it and why, outlives new readings and documents, and can be undone.
    Entries are named by their ids, ids that they had before, or ids of their records; so may be single records.
    All methods that decide raise :class:`UsageError` where a name means nothing or more than one thing, and with
    ``expected``, what :meth:`version` gave, :class:`ConflictError` where one of its entries has changed since.
    """

    def version(self, *entries: str) -> str:
        """A short word that tells whether one of these entries has changed since, by documents or decisions.

        Given as ``expected`` with a decision, it makes sure that whoever decides has seen the entries as they are.

        Raises:
            UsageError: a name means nothing or more than one thing.
        """
        return self._store.version(entries)

    def confirm(self, entry: str, *, by: str, why: str = "", expected: str | None = None) -> Decision:
        """Say that an entry is right: it is never doubtful again. A record that was rejected counts again."""

        def about(connection: Connection) -> dict[str, Any]:
            return {"records": (naming.named(connection, entry).record_id,)}

        return self._decide(Action.CONFIRM, by, why, expected, about)

    def reject(self, entry: str, *, by: str, why: str = "", expected: str | None = None) -> Decision:
        """Say that all records of an entry, or one record, are evidence of nothing."""

        def about(connection: Connection) -> dict[str, Any]:
            named = naming.named(connection, entry)
            if named.record_alone or named.entry_id is None:
                return {"records": (named.record_id,)}
            return {"records": naming.own_records(connection, named.entry_id)}

        return self._decide(Action.REJECT, by, why, expected, about)

    def set(
        self, entry: str, field: str, value: Any, *, by: str, why: str = "", expected: str | None = None
    ) -> Decision:
        """Give a field of an entry a value, whatever its records say.

        Args:
            field: ``title``, a field of the entry's kind, or of an undertaking ``refers_to``, the entry it is about.
            value: plain JSON data, as in ``entry.fields``.

        Raises:
            UsageError: the kind has no such field, or the field can't have this value.
        """

        def about(connection: Connection) -> dict[str, Any]:
            named = naming.named(connection, entry)
            set_to = _thing(connection, value) if field == _REFERS_TO and isinstance(value, str) else value
            checked = checked_value(named.kind, field, set_to)
            return {"records": (_held(named).record_id,), "field": field, "value": checked}

        return self._decide(Action.SET, by, why, expected, about)

    def same(self, one: str, other: str, *, by: str, why: str = "", expected: str | None = None) -> Decision:
        """Say that two entries, or two records, are one thing; or that two actors, by their names, are one.

        Of two actors the name that is known from tables, else the one that was seen first, stays, and the other one
        leads there. Somebody and an entry: there, too, a name that stands for several people means this one.
        """
        return self._decide(Action.SAME, by, why, expected, _about_two(Action.SAME, one, other))

    def different(self, one: str, other: str, *, by: str, why: str = "", expected: str | None = None) -> Decision:
        """Say that two entries, or two records that stand in one entry, are two things; or two names two actors.

        A person or an organisation, and an entry or a record: whoever is called so there is another one, who gets a
        name of their own.
        """
        return self._decide(Action.DIFFERENT, by, why, expected, _about_two(Action.DIFFERENT, one, other))

    def separate(
        self, entry: str, reports: Collection[str], *, by: str, why: str = "", expected: str | None = None
    ) -> Decision:
        """Say that some reports of an entry, by the ids of their records, are of another thing than its others.

        Raises:
            UsageError: one of them is no report of the entry, or they are none or all of its reports.
        """

        def about(connection: Connection) -> dict[str, Any]:
            own = naming.own_records(connection, str(_held(naming.named(connection, entry)).entry_id))
            apart = tuple(record for record in own if record in reports)
            if not apart or len(apart) < len(set(reports)) or len(apart) == len(own):
                raise UsageError(f"Choose reports of {entry} that are another thing, and leave at least one.")
            return {"records": apart, "others": tuple(record for record in own if record not in apart)}

        return self._decide(Action.DIFFERENT, by, why, expected, about)

    def separate_actor(
        self, kind: str, name: str, reports: Collection[str], other: str = "", *, by: str, why: str = ""
    ) -> Decision:
        """Say that in the documents of some reports, by the ids of their records, an actor's name means another one.

        Args:
            kind: ``person`` or ``organisation``.
            other: who that is, where they have a name in the ledger already; empty for one that is new.

        Raises:
            UsageError: they do not tell of the actor, or no others do, or it is a state.
        """
        return self._decide(
            Action.DIFFERENT,
            by,
            why,
            None,
            lambda connection: deciding_actors.about_separated(connection, kind, name, tuple(reports), other),
        )

    def undo(self, number: int | None = None, *, by: str, why: str = "", expected: str | None = None) -> Decision:
        """Undo a decision: the one of this number, else the last that holds.

        Raises:
            UsageError: there is no such decision, or it is undone already.
        """
        return self._decide(
            Action.UNDO, by, why, expected, lambda connection: {"undoes": _undoable(read_decisions(connection), number)}
        )

    def decisions(self) -> list[DecisionState]:
        """All decisions that were ever made, in order, with what has become of them."""
        return self._store.decisions()

    def orphans(self) -> list[Decision]:
        """Decisions that hold, but whose evidence is in no document's current revision any more."""
        return [state.decision for state in self._store.decisions() if state.orphaned]

    def why(self, one: str, other: str) -> Comparison:
        """What speaks for and against two entries, or two records, being one thing, or two actors being one.

        Raises:
            UsageError: they are of different kinds, or one and the same.
        """
        if self._store.ask(lambda connection: deciding_actors.is_about_actors(connection, one, other)):
            return self._store.ask(lambda connection: deciding_actors.compared(connection, one, other))
        pair = _apart(one, other, self._store.named(one), self._store.named(other))
        return why(*(self._store.own_records(named) for named in pair))

    def why_beside(self, record_ids: Sequence[str]) -> list[tuple[str, str, Comparison]]:
        """The same of each of these records and the one before it, by their ids; of those that count now.

        Args:
            record_ids: of records of one kind.
        """
        known = {reported.source.record_id: reported for reported in self._store.records(record_ids)}
        each = [(one, other) for one, other in pairwise(record_ids) if one != other]
        return [(one, other, why([known[one]], [known[other]])) for one, other in each if {one, other} <= known.keys()]

    def doubtful(self, most: int | None = None) -> list[Doubted]:
        """Pairs of records of which it is doubtful whether they are one thing, the most doubtful first.

        They are kept in the ledger: documents that came or changed since anybody asked are weighed, others are not.

        Args:
            most: as many of these documents at most, the latest first, so that some pairs are there at once; see
                :meth:`weighed`. All for None.
        """
        return self._store.doubts(most)

    def weighed(self) -> bool:
        """Whether all doubtful pairs are known, of whatever documents they are."""
        return self._store.weighed()

    def doubted(self, below: float) -> list[Outline]:
        """In outline, the entries that are disputed or of which the reader is less sure, save confirmed ones."""
        return self._store.doubted(below)

    def count_doubts(self) -> int:
        """How many pairs of records are kept of which it is doubtful whether they are one thing, decided or not."""
        return self._store.ask(browsing.count_doubts)

    def count_doubted(self, below: float) -> tuple[int, int]:
        """How many fields are disputed, and of how many entries the reader is less sure, save confirmed ones."""
        return self._store.ask(lambda connection: browsing.count_doubted(connection, below))

    def rebuild(self) -> list[Change]:
        """Derive all entries anew from records and decisions; what that changed, normally nothing."""
        return self._store.rebuild()

    def reread(
        self, documents: Sequence[StoredDocument], approve: Callable[[Difference], bool] = lambda _: True
    ) -> Difference:
        """Read documents again with the installed version; what that changes in records and entries.

        What is not found any more is set aside and not deleted; decisions follow to what stands for it now.

        Args:
            approve: asked, before anything is changed, whether this is to happen.

        Raises:
            SourceError: a document could not be read within the limits of time and memory.
            ModelError: the reader's weights are missing or damaged.
        """
        from communique.intake import Crew, prepare

        with Crew(prepare) as crew:
            found = list(read_again(crew, documents))
        difference = self._store.reread(found, apply=False)
        return self._store.reread(found, apply=True) if approve(difference) else difference

    def given_by_hand(self) -> frozenset[str]:
        """The ids of documents of which the current records were given, and not read by the program."""
        return self._store.given_by_hand()

    def log(self, entry: str | None = None, *, cause: str | None = None) -> list[Change]:
        """What happened to entries of this ledger and because of what, in order.

        Args:
            entry: only what happened to this one and to all that is part of it now.
            cause: only what came of this alone: ``document D-...``, ``decision 3`` or a version of the program.
        """
        held = _held(self._store.named(entry)).entry_id if entry is not None else None
        return self._store.log(held, cause)

    def kind_of(self, entry: str) -> Kind:
        """The kind of an entry or record."""
        return self._store.named(entry).kind

    def titles(self, ids: Collection[str]) -> dict[str, str]:
        """What those of these entries are called that stand in the ledger, by their ids."""
        return self._store.titles(ids)

    def _decide(self, action: Action, by: str, why: str, expected: str | None, about: _About) -> Decision:
        if not by.strip():
            raise UsageError("A decision needs somebody who makes it: give a name with --by.")
        made = Decision(number=0, action=action, by=by.strip(), why=why.strip(), at="")
        return self._store.decide(lambda connection: replace(made, **about(connection)), expected)


def _about_two(verdict: deciding_actors.Verdict, one: str, other: str) -> _About:
    def about(connection: Connection) -> dict[str, Any]:
        if deciding_actors.is_about_actors(connection, one, other):
            return deciding_actors.about_actors(connection, verdict, one, other)
        a, b = _apart(one, other, naming.named(connection, one), naming.named(connection, other))
        return {"records": (a.record_id,), "others": (b.record_id,)}

    return about


def _apart(one: str, other: str, a: Named, b: Named) -> tuple[Named, Named]:
    """What two names mean, where these are two things that can be compared."""
    if a.record_id == b.record_id:
        raise UsageError(f"{one} and {other} are one and the same: name two entries, or two records of one entry.")
    if a.kind is not b.kind:
        raise UsageError(
            f"{one} is an entry of kind {a.kind.value}, {other} of kind {b.kind.value}: name two of one kind."
        )
    return a, b


def _thing(connection: Connection, name: str) -> str | None:
    """The id of the entry that an undertaking is said to be about."""
    thing = _held(naming.named(connection, name))
    if thing.kind in (Kind.UNDERTAKING, Kind.STATEMENT):
        raise UsageError(f"{name} is of kind {thing.kind.value}: name what is to come about by the undertaking.")
    return thing.entry_id


def _held(named: Named) -> Named:
    if named.entry_id is None:
        raise UsageError(f"Record {named.record_id} was rejected and makes no entry; `communique confirm` it first.")
    return named


def _undoable(made: Sequence[Decision], number: int | None) -> int:
    """The number of the decision that is meant, where it holds."""
    gone = undone(made)
    holding = [decision for decision in made if decision.number not in gone]
    if number is None:
        last = [decision.number for decision in holding if decision.action is not Action.UNDO]
        if not last:
            raise UsageError("There is no decision to undo; `communique decisions` lists all that were made.")
        return last[-1]
    if number not in {decision.number for decision in holding}:
        known = number in {decision.number for decision in made}
        told = f"Decision {number} is undone already" if known else f"There is no decision {number}"
        raise UsageError(f"{told}; `communique decisions` lists all that were made.")
    return number
