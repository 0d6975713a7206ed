"""What changed between two revisions of a document, for the terminal."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.console import Group as Stack
from rich.padding import Padding
from rich.text import Text

from communique.views.logbook import change_words, decision_words, differences, record_words
from communique.views.revised import Rewording, origin_changes, rewordings

if TYPE_CHECKING:
    from communique.ledger import Reported, Revision, RevisionComparison

_INDENT = (0, 0, 0, 2)
_DEEP = (0, 0, 0, 4)
_STYLES = {"same": "", "removed": "red strike", "added": "green"}
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""As ``git diff --word-diff`` marks words, which readers of differences know."""


def revisions_page(compared: "RevisionComparison", titles: Mapping[str, str]) -> Stack:
    """Words, records, entries and decisions, each under its heading; what did not change is counted or left out.

    Args:
        titles: what entries are called, by their ids.
    """
    before, after, turned = compared.before, compared.after, compared.records
    changed = rewordings(before.document.text, after.document.text)
    head: list[RenderableType] = [
        Text(f"{after.document.title or 'Untitled document'} ({compared.document_id})", style="bold"),
        Text(f"From {_told(before)} to {_told(after)}; {compared.revisions} revisions in all."),
    ]
    origin = [
        Text(f"{name}: {old or 'unknown'} → {new or 'unknown'}")
        for name, old, new in origin_changes(before.document, after.document)
    ]
    records: list[RenderableType] = [Text(f"{turned.kept} as before")]
    records += [line for one in turned.vanished for line in _record("-", one, "red", compared)]
    for old, new in turned.changed:
        records += _record("~", new, "yellow", compared)
        records += [Padding(Text(told), _DEEP) for told in differences(old.record, new.record)]
    records += [line for one in turned.came for line in _record("+", one, "green", compared)]
    entries = [Text(change_words(change, titles)) for change in compared.changes]
    decisions = [
        Text(f"{state.decision.number}  {decision_words(state)}, by {state.decision.by}: rests on nothing any more")
        for state in compared.orphaned
    ]
    sections: list[tuple[str, list[RenderableType], str]] = [
        ("What is told of it", [*origin], ""),
        ("Words", [_Sentence(one) for one in changed], "The same words."),
        ("Records", records, ""),
        ("Entries that followed", [*entries], "No entry changed because of it."),
        ("Decisions that lost their ground", [*decisions], ""),
    ]
    for heading, lines, nothing in sections:
        if lines or nothing:
            head += [Text(), Text(heading, style="bold blue")]
            head += [Padding(line, _INDENT) for line in lines or [Text(nothing)]]
    return Stack(*head)


def _told(revision: "Revision") -> str:
    at = revision.added_at.replace("T", " ").removesuffix("+00:00")
    return f"revision {revision.number} (added {at} UTC{', current' if revision.current else ''})"


def _record(mark: str, one: "Reported", style: str, compared: "RevisionComparison") -> Iterator[RenderableType]:
    entry = compared.entries.get(one.source.record_id)
    line = Text(f"{mark} {record_words(one.record)}", style=style)
    if entry is not None:
        line.append(f" → {entry.id}" + (f", {entry.stage}" if entry.stage else ""), style="dim")
    yield line


class _Sentence:
    """A sentence with what went and what came: in colours on a terminal, between marks elsewhere."""

    def __init__(self, changed: Rewording) -> None:
        self.changed = changed

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line = Text("~ " if self.changed.before and self.changed.after else "+ " if self.changed.after else "- ")
        for number, words in enumerate(self.changed.words):
            opening, closing = ("", "") if console.is_terminal else _MARKS[words.what]
            line.append(" " if number else "")
            line.append(f"{opening}{words.text}{closing}", style=_STYLES[words.what])
        yield line
