"""Lists of entries, single entries, search hits and actors as pages for the terminal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.model import Entry
from communique.resolve.outlining import told_on
from communique.views.attention import Standpoint
from communique.views.choosing import surest_first
from communique.views.dates import newest_first
from communique.views.lines import Lines, rows
from communique.views.page import INDENT, Legend

if TYPE_CHECKING:
    from communique.ledger import Actor, Hit

_BLANKS = str.maketrans("\n\t", "  ")


def newest(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as pages order them: newest first, undated ones last; of one day the surest first."""
    return sorted(entries, key=lambda entry: (newest_first(told_on(entry)), surest_first(entry), entry.id))


def entries_page(entries: Sequence[Entry], standpoint: Standpoint) -> Stack:
    """Entries in their order, each with one sentence for every stage of its history."""
    return Stack(Legend(), *rows(entries, standpoint))


def entry_page(entry: Entry, standpoint: Standpoint, texts: Mapping[str, str] | None = None) -> Stack:
    """One entry with its whole history: every report, its document, and its sentences in full.

    Args:
        texts: the texts of the documents by their ids, where the reasons are to stand beneath each report.
    """
    about = Text(f"{entry.kind.value.capitalize()} {entry.id}", style="bold blue")
    if entry.parties:
        about.append(f", {', '.join(entry.parties)}", style="not bold")
    return Stack(about, Lines((entry,), standpoint, whole=True, texts=texts))


def hits_page(hits: Sequence["Hit"]) -> Stack:
    """Passages, each under its document, with the words that matched and the entries that rest on it."""
    parts: list[RenderableType] = []
    for hit in hits:
        origin = ", ".join(part for part in (hit.title, hit.published) if part) or f"document {hit.document_id}"
        # a line break inside a passage is one character, as the blank that takes its place is: offsets stay
        passage = Text(hit.snippet.translate(_BLANKS))
        for match in hit.matches:
            passage.stylize("bold yellow", match.start - hit.span.start, match.end - hit.span.start)
        parts += [Text(origin, style="bold"), Padding(passage, INDENT)]
        if hit.entry_ids:
            parts.append(Padding(Text(f"evidence of {', '.join(hit.entry_ids)}", style="dim"), INDENT))
    return Stack(*parts)


def actors_page(actors: Sequence["Actor"], name_of: Callable[[str], str]) -> Table:
    """A table of who takes part in how much, and when they were seen.

    Args:
        name_of: what a reader calls a party, for its code.
    """
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Name", overflow="fold")
    table.add_column("Kind")
    table.add_column("For")
    table.add_column("Entries", justify="right")
    table.add_column("Seen")
    for actor in actors:
        seen = " to ".join(dict.fromkeys(day for day in (actor.first_seen, actor.last_seen) if day))
        name = actor.name if actor.kind == "person" else name_of(actor.name)
        code = "" if name == actor.name else actor.name
        table.add_row(Text(name), actor.kind, Text(", ".join(actor.parties) or code), str(actor.entries), seen)
    return table
