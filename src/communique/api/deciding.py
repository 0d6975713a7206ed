"""What people decide about entries, and what the ledger makes of its records anew."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from communique.api.adding import read_again
from communique.api.opening import OpenLedger
from communique.ledger import Change, DecisionState, Difference, Doubted, Named, StoredDocument
from communique.model import Action, Decision, Kind, Outline, UsageError, checked_value
from communique.resolve.compare import Comparison
from communique.resolve.why import why

_REFERS_TO = "refers_to"


class DecidedLedger(OpenLedger):
    """A ledger whose entries people may confirm, reject, correct, join and part.

    Every decision is appended with who made it and why, outlives new readings and documents, and can be undone.
    Entries are named by their ids, ids that they had before, or ids of their records; so may be single records.
    All methods that decide raise :class:`UsageError` where a name means nothing or more than one thing.
    """

    def confirm(self, entry: str, *, by: str, why: str = "") -> Decision:
        """Say that an entry is right: it is never doubtful again. A record that was rejected counts again."""
        return self._decide(Action.CONFIRM, by, why, records=(self._store.named(entry).record_id,))

    def reject(self, entry: str, *, by: str, why: str = "") -> Decision:
        """Say that all records of an entry, or one record, are evidence of nothing."""
        named = self._store.named(entry)
        records = tuple(one.source.record_id for one in self._store.own_records(named))
        return self._decide(Action.REJECT, by, why, records=records)

    def set(self, entry: str, field: str, value: Any, *, by: str, why: str = "") -> Decision:
        """Give a field of an entry a value, whatever its records say.

        Args:
            field: ``title``, a field of the entry's kind, or of an undertaking ``refers_to``, the entry it is about.
            value: plain JSON data, as in ``entry.fields``.

        Raises:
            UsageError: the kind has no such field, or the field can't have this value.
        """
        named = self._store.named(entry)
        if field == _REFERS_TO and isinstance(value, str):
            thing = self._held(self._store.named(value))
            if thing.kind in (Kind.UNDERTAKING, Kind.STATEMENT):
                raise UsageError(
                    f"{value} is of kind {thing.kind.value}: name what is to come about by the undertaking."
                )
            value = thing.entry_id
        checked = checked_value(named.kind, field, value)
        records = (self._held(named).record_id,)
        return self._decide(Action.SET, by, why, records=records, field=field, value=checked)

    def same(self, one: str, other: str, *, by: str, why: str = "") -> Decision:
        """Say that two entries, or two records, are one thing."""
        return self._decide_on_pair(Action.SAME, one, other, by, why)

    def different(self, one: str, other: str, *, by: str, why: str = "") -> Decision:
        """Say that two entries, or two records that stand in one entry, are two things."""
        return self._decide_on_pair(Action.DIFFERENT, one, other, by, why)

    def undo(self, number: int | None = None, *, by: str, why: str = "") -> Decision:
        """Undo a decision: the one of this number, else the last that holds.

        Raises:
            UsageError: there is no such decision, or it is undone already.
        """
        states = self._store.decisions()
        holding = [state.decision for state in states if state.undone_by is None]
        if number is None:
            made = [decision.number for decision in holding if decision.action is not Action.UNDO]
            if not made:
                raise UsageError("There is no decision to undo; `communique decisions` lists all that were made.")
            number = made[-1]
        elif number not in {decision.number for decision in holding}:
            known = number in {state.decision.number for state in states}
            told = f"Decision {number} is undone already" if known else f"There is no decision {number}"
            raise UsageError(f"{told}; `communique decisions` lists all that were made.")
        return self._decide(Action.UNDO, by, why, undoes=number)

    def decisions(self) -> list[DecisionState]:
        """All decisions that were ever made, in order, with what has become of them."""
        return self._store.decisions()

    def orphans(self) -> list[Decision]:
        """Decisions that hold, but whose evidence is in no document's current revision any more."""
        return [state.decision for state in self._store.decisions() if state.orphaned]

    def why(self, one: str, other: str) -> Comparison:
        """What speaks for and against two entries, or two records, being one thing.

        Raises:
            UsageError: they are of different kinds, or one and the same.
        """
        return why(*(self._store.own_records(named) for named in self._pair(one, other)))

    def doubtful(self) -> list[Doubted]:
        """Pairs of records of which it is doubtful whether they are one thing, the most doubtful first.

        They are kept in the ledger: documents that came or changed since anybody asked are weighed, others are not.
        """
        return self._store.doubts()

    def doubted(self) -> list[Outline]:
        """In outline, the entries that are disputed or that the reader is more or less sure of, save confirmed ones."""
        return self._store.doubted()

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
        held = self._held(self._store.named(entry)).entry_id if entry is not None else None
        return self._store.log(held, cause)

    def kind_of(self, entry: str) -> Kind:
        """The kind of an entry or record."""
        return self._store.named(entry).kind

    def titles(self, ids: Collection[str]) -> dict[str, str]:
        """What those of these entries are called that stand in the ledger, by their ids."""
        return self._store.titles(ids)

    def _decide_on_pair(self, action: Action, one: str, other: str, by: str, why: str) -> Decision:
        a, b = self._pair(one, other)
        return self._decide(action, by, why, records=(a.record_id,), others=(b.record_id,))

    def _pair(self, one: str, other: str) -> tuple[Named, Named]:
        a, b = self._store.named(one), self._store.named(other)
        if a.record_id == b.record_id:
            raise UsageError(f"{one} and {other} are one and the same: name two entries, or two records of one entry.")
        if a.kind is not b.kind:
            raise UsageError(
                f"{one} is an entry of kind {a.kind.value}, {other} of kind {b.kind.value}: name two of one kind."
            )
        return a, b

    def _held(self, named: Named) -> Named:
        if named.entry_id is None:
            raise UsageError(
                f"Record {named.record_id} was rejected and makes no entry; `communique confirm` it first."
            )
        return named

    def _decide(self, action: Action, by: str, why: str, **about: Any) -> Decision:
        if not by.strip():
            raise UsageError("A decision needs somebody who makes it: give a name with --by.")
        return self._store.decide(Decision(number=0, action=action, by=by.strip(), why=why.strip(), at="", **about))
