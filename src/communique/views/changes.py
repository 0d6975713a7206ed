"""Changes and decisions as lines to read and as JSON data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from communique.model import Action, Decision

if TYPE_CHECKING:
    from communique.ledger import Change, DecisionState

_INDENT = (0, 0, 0, 2)
_UNKNOWN = "unknown"


def changes_page(changes: Sequence["Change"], titles: Mapping[str, str]) -> Stack:
    """Changes in their order, under the moment and the cause of those that came together.

    Args:
        titles: what entries are called, by their ids.
    """
    parts: list[RenderableType] = []
    for (at, cause), together in groupby(changes, key=lambda change: (change.at, change.cause)):
        parts.append(Text(f"{at.replace('T', ' ').removesuffix('+00:00')} UTC, {cause}", style="bold"))
        parts += [Padding(Text(change_words(change, titles)), _INDENT) for change in together]
    return Stack(*parts)


def change_words(change: "Change", titles: Mapping[str, str]) -> str:
    """What happened to the entry, in one line."""
    before, after = words_of(change.before), words_of(change.after)
    match change.what:
        case "new":
            return f"{change.entry_id} is new: {after}"
        case "joined":
            return f"{change.entry_id} is part of {after} now: {titles.get(after, before)}"
        case "parted":
            return f"{change.entry_id} is no part of {before} any more: {after}"
        case "gone":
            return f"{change.entry_id} is no entry any more: {before}"
        case "disputed":
            told = (
                "is not disputed any more"
                if change.after is None
                else f"is disputed: {' or '.join(_each(change.after))}"
            )
            happened = f"{change.field} {told}"
        case "stage" | "fulfilled":
            happened = f"{before} → {after}"
        case "field":
            happened = f"{change.field}: {before} → {after}"
    title = titles.get(change.entry_id)
    return f"{change.entry_id} {happened}" + (f" ({title})" if title else "")


def decisions_page(states: Iterable["DecisionState"]) -> Stack:
    """Decisions in their order: what was decided, by whom and why, and what has become of it."""
    parts: list[RenderableType] = []
    for state in states:
        decision = state.decision
        parts.append(Text(f"{decision.number}  {decision_words(state)}", style="bold"))
        because = f": {decision.why}" if decision.why else ""
        parts.append(Padding(Text(f"{decision.by}, {decision.at[:10]}{because}"), _INDENT))
        fate = _fate(state)
        if fate:
            parts.append(Padding(Text(fate, style="yellow"), _INDENT))
    return Stack(*parts)


def decision_words(state: "DecisionState") -> str:
    """What was decided, in one line, with the entries that it bears on now."""
    decision = state.decision
    if decision.action is Action.UNDO:
        return f"undo {decision.undoes}"
    about = " and ".join(state.entry_ids) or " and ".join((*decision.records[:1], *decision.others[:1]))
    told = f"{decision.action.value} {about}"
    return f"{told} {decision.field} = {words_of(decision.value)}" if decision.action is Action.SET else told


def change_to_json(change: "Change") -> dict[str, Any]:
    """A change as plain data."""
    return asdict(change)


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """A decision as plain data."""
    return asdict(decision) | {"records": list(decision.records), "others": list(decision.others)}


def state_to_json(state: "DecisionState") -> dict[str, Any]:
    """A decision and what has become of it, as plain data."""
    fate = {"entry_ids": list(state.entry_ids), "undone_by": state.undone_by, "orphaned": state.orphaned}
    return decision_to_json(state.decision) | fate


def words_of(value: Any) -> str:
    """A value of a field as people write it."""
    match value:
        case None | [] | "":
            return _UNKNOWN
        case list():
            return ", ".join(_each(value))
        case {"what": what, "quantity": quantity}:
            return what if quantity is None else f"{quantity} {what}"
        case {"amount": amount, "currency": currency}:
            return f"{currency} {amount:,}"
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def _each(values: Iterable[Any]) -> Iterator[str]:
    return (words_of(value) for value in values)


def _fate(state: "DecisionState") -> str | None:
    if state.undone_by is not None:
        return f"undone by decision {state.undone_by}"
    if state.orphaned:
        return "orphaned: what it was tied to is in no document any more; undo it, or decide anew"
    return None
