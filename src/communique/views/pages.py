"""Lists of entries and single entries as pages for the terminal."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group as Stack
from rich.text import Text

from communique.model import Entry
from communique.views.brief import told_on
from communique.views.dates import newest_first
from communique.views.lines import Lines, rows
from communique.views.page import Legend


def entries_page(entries: Sequence[Entry], day: date) -> Stack:
    """Entries newest first, each with one sentence for every stage of its history."""
    ordered = sorted(entries, key=lambda entry: (newest_first(told_on(entry)), entry.id))
    return Stack(Legend(), *rows(ordered, day))


def entry_page(entry: Entry, day: date) -> Stack:
    """One entry with its whole history: every report, its document, and its sentences in full."""
    about = Text(f"{entry.kind.value.capitalize()} {entry.id}", style="bold blue")
    if entry.parties:
        about.append(f", {', '.join(entry.parties)}", style="not bold")
    return Stack(about, Lines((entry,), day, whole=True))
