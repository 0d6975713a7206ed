"""What was decided, told on a page: in words, by whom, why, what followed, and whether it can be undone."""

from dataclasses import dataclass

from communique.api import Ledger
from communique.ledger import Change, DecisionState
from communique.model import Action, Decision
from communique.views.logbook import change_words
from communique.web import words
from communique.web.desk import NotFoundError

_DONE = {
    Action.CONFIRM: "Confirmed",
    Action.REJECT: "Rejected",
    Action.SAME: "One thing",
    Action.DIFFERENT: "Two things",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A decision.

    Attributes:
        words: what was decided, in one line, without the entries.
        entries: the ids of the entries that it bears on now, with their titles.
        followed: what became of entries because of it alone.
    """

    decision: Decision
    words: str
    entries: tuple[tuple[str, str], ...]
    undone_by: int | None
    orphaned: bool
    followed: tuple[tuple[Change, str], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it can be undone."""
        return self.undone_by is None


def made(ledger: Ledger, number: int) -> Made:
    """The decision with this number and what followed from it.

    Raises:
        NotFoundError: there is none.
    """
    found = [state for state in ledger.decisions() if state.decision.number == number]
    if not found:
        raise NotFoundError(f"Nobody has made a decision {number} in this ledger.")
    changes = ledger.log(cause=f"decision {number}")
    ids = {change.entry_id for change in changes} | {str(change.after) for change in changes}
    titles = ledger.titles({*ids, *found[0].entry_ids})
    followed = tuple((change, change_words(change, titles)) for change in changes)
    return told(found[0], titles, followed)


def told(state: DecisionState, titles: dict[str, str], followed: tuple[tuple[Change, str], ...] = ()) -> Made:
    """A decision in words.

    Args:
        titles: what entries are called, by their ids.
    """
    entries = tuple((key, titles.get(key, key)) for key in state.entry_ids)
    return Made(state.decision, words_of(state.decision), entries, state.undone_by, state.orphaned, followed)


def words_of(decision: Decision) -> str:
    """What was decided, without the entries."""
    if decision.action is Action.UNDO:
        return f"Undid decision {decision.undoes}"
    if decision.action is Action.SET:
        field = str(decision.field).replace("_", " ")
        return f"{field.capitalize()} set to {words.value(decision.value, str(decision.field))}"
    if decision.action is Action.REJECT and len(decision.records) == 1:
        return "One report rejected"
    return _DONE[decision.action]
