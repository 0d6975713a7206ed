"""Changes and decisions as lines to read and as JSON data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from communique.model import Action, Decision, Record, field_names, record_to_json
from communique.resolve.titles import title

if TYPE_CHECKING:
    from communique.ledger import Change, DecisionState, Difference, Rereading

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
    called = titles.get(change.entry_id)
    return f"{change.entry_id} {happened}" + (f" ({called})" if called else "")


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
    if decision.is_on_actors:
        return _actors_words(state)
    about = " and ".join(state.entry_ids) or " and ".join((*decision.records[:1], *decision.others[:1]))
    told = f"{decision.action.value} {about}"
    return f"{told} {decision.field} = {words_of(decision.value)}" if decision.action is Action.SET else told


def _actors_words(state: "DecisionState") -> str:
    """What was decided on actors, in one line."""
    name, other = state.decision.value["names"]
    if state.decision.records:
        return f"{name} is {other} in {', '.join(state.decision.records)}"
    kept = f", {state.actors[0]}" if state.decision.action is Action.SAME and len(state.actors) == 1 else ""
    return f"{name} and {other} are {'one' if state.decision.action is Action.SAME else 'two'}{kept}"


def change_to_json(change: "Change") -> dict[str, Any]:
    """A change as plain data."""
    return asdict(change)


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """A decision as plain data."""
    return asdict(decision) | {"records": list(decision.records), "others": list(decision.others)}


def state_to_json(state: "DecisionState") -> dict[str, Any]:
    """A decision and what has become of it, as plain data."""
    about = {"entry_ids": list(state.entry_ids), "actors": list(state.actors)}
    fate = about | {"undone_by": state.undone_by, "orphaned": state.orphaned}
    return decision_to_json(state.decision) | fate


def rereading_page(reading: "Rereading") -> Stack:
    """What reading a document again found and lost; records that tell of the same words stand beside each other."""
    lines: list[RenderableType] = [
        Text(f"{reading.title or 'Untitled document'} ({reading.document_id})", style="bold")
    ]
    found = list(reading.found)
    for old in reading.lost:
        new = next((record for record in found if record.kind is old.kind and _overlap(old, record)), None)
        if new is None:
            lines.append(Padding(Text(f"- {record_words(old)}", style="red"), _INDENT))
            continue
        found.remove(new)
        lines.append(Padding(Text(f"~ {record_words(old)}", style="yellow"), _INDENT))
        lines += [Padding(Text(told), (0, 0, 0, 4)) for told in differences(old, new)]
    lines += [Padding(Text(f"+ {record_words(new)}", style="green"), _INDENT) for new in found]
    return Stack(*lines)


def difference_to_json(difference: "Difference") -> dict[str, Any]:
    """What reading documents again changes, as plain data."""
    documents = [
        {
            "document_id": one.document_id,
            "title": one.title,
            "lost": [record_to_json(record) for record in one.lost],
            "found": [record_to_json(record) for record in one.found],
            "kept": one.kept,
        }
        for one in difference.documents
    ]
    return {"documents": documents, "changes": [change_to_json(change) for change in difference.changes]}


def record_words(record: Record) -> str:
    """What a record reports, in one line."""
    stage = getattr(record, "stage", None) or getattr(record, "status", None)
    return f"{record.kind.value}: {title(record.kind, record_to_json(record))}" + (f" ({stage})" if stage else "")


def _overlap(one: Record, other: Record) -> bool:
    return any(a.overlaps(b) for a in one.evidence for b in other.evidence)


def differences(old: Record, new: Record) -> Iterator[str]:
    """What one record says otherwise than another, a line a field."""
    before, after = record_to_json(old), record_to_json(new)
    for name in field_names(old.kind):
        if before[name] != after[name]:
            yield f"{name}: {words_of(before[name])} → {words_of(after[name])}"
    if before["evidence"] != after["evidence"]:
        yield "other sentences"


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
