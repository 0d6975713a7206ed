"""What was decided, told on a page: in words, by whom, why, what followed, and whether it can be undone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.api import Ledger
from communique.ledger import Change, DecisionState
from communique.lexicon.parties import name_of
from communique.model import PEOPLE, Action, Decision
from communique.views.chains import headline
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
        actors: the names of actors that it is about, each with the address of its page.
        gone: the titles of entries that are none any more because of it.
        followed: what became of entries because of it alone.
    """

    decision: Decision
    words: str
    entries: tuple[tuple[str, str], ...]
    actors: tuple[tuple[str, str], ...]
    gone: Sequence[str]
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
    return told(ledger, found)[0]


def told(ledger: Ledger, states: Iterable[DecisionState]) -> list[Made]:
    """Decisions in words, each with what followed from it."""
    known = [(state, ledger.log(cause=f"decision {state.decision.number}")) for state in states]
    about = {key for state, _ in known for key in state.entry_ids}
    ids = {key for _, log in known for change in log for key in (change.entry_id, str(change.after))}
    titles = ledger.titles(ids)
    titles |= {one.id: headline(one, name_of) for one in ledger.entries_with_ids(sorted(about))}
    return [_told(state, log, titles) for state, log in known]


def _told(state: DecisionState, log: Sequence[Change], titles: Mapping[str, str]) -> Made:
    entries = tuple((key, titles.get(key, key)) for key in state.entry_ids)
    gone = [str(change.before) for change in log if change.what == "gone"]
    followed = tuple((change, change_words(change, titles)) for change in log)
    made = state.decision
    about = words_of(made), entries, tuple(_actors(made))
    return Made(made, *about, gone, state.undone_by, state.orphaned, followed)


def _actors(decision: Decision) -> Iterator[tuple[str, str]]:
    if decision.is_on_actors:
        for name in decision.value["names"]:
            yield words.called(name), words.actor(name, person=decision.field == PEOPLE)


def words_of(decision: Decision) -> str:
    """What was decided, without the entries or actors."""
    if decision.is_on_actors:
        if decision.records:
            several = "Two people of one name" if decision.field == PEOPLE else "Two actors of one name"
            return several if decision.action is Action.DIFFERENT else "The same of two of one name"
        one, two = ("One person", "Two people") if decision.field == PEOPLE else ("One actor", "Two actors")
        return one if decision.action is Action.SAME else two
    if decision.action is Action.UNDO:
        return f"Undid decision {decision.undoes}"
    if decision.action is Action.SET:
        field = str(decision.field).replace("_", " ")
        return f"{field.capitalize()} set to {words.value(decision.value, str(decision.field))}"
    return _DONE[decision.action]
