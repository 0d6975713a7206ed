"""The timeline for the terminal."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from communique.views.chains import headline
from communique.views.choosing import is_doubtful
from communique.views.dates import in_words
from communique.views.lines import DATE_WIDTH, DOUBT, SYMBOLS
from communique.views.page import Legend
from communique.views.timeline import Moment, Timeline, notes_on, stage_words

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions


def timeline_page(timeline: Timeline) -> Stack:
    """One line a moment, under its month; what lies ahead of the day of the page stands apart."""
    parts: list[RenderableType] = [
        Text(" and ".join(timeline.names), style="bold"),
        Text(
            f"As of {timeline.as_of}. {len(timeline.moments)} moments of {len(timeline.lanes)} entries, oldest first."
        ),
        Legend(),
    ]
    past = [moment for moment in timeline.moments if moment.day <= timeline.as_of]
    ahead = [moment for moment in timeline.moments if moment.day > timeline.as_of]
    for year, moments in groupby(past, key=lambda moment: moment.day.year):
        parts += [Text(), Text(str(year), style="bold blue"), _Moments(list(moments), timeline)]
    if ahead:
        parts += [Text(), Text("Ahead", style="bold blue"), _Moments(ahead, timeline)]
    return Stack(*parts)


class _Moments:
    """Moments as rows of a table, with marks on a terminal alone; notes stand beside the last one of each thing."""

    def __init__(self, moments: list[Moment], timeline: Timeline) -> None:
        self.moments, self.standpoint = moments, timeline.standpoint
        self.last = {entry.id: own[-1] for entry, own in timeline.lanes}

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> Iterator[RenderableType]:
        table = Table.grid(padding=(0, 2, 0, 0))
        if console.is_terminal:
            table.add_column(width=2)
        table.add_column(width=DATE_WIDTH)
        table.add_column(overflow="fold")
        for moment in self.moments:
            symbol, colour = SYMBOLS[moment.standing]
            doubtful = is_doubtful(moment.entry)
            marks = [Text.assemble((symbol, colour), DOUBT if doubtful else "")] if console.is_terminal else []
            stage = stage_words(moment) + ("" if moment.dated else ", as reported")
            words = Text.assemble((stage, colour), ": ", headline(moment.entry))
            notes = notes_on(moment.entry, self.standpoint) if moment is self.last[moment.entry.id] else []
            notes += ["doubtful"] if doubtful else []
            words.append("".join(f"; {note}" for note in notes), style="yellow")
            words.append(f" ({moment.entry.id})", style="dim")
            table.add_row(*marks, Text(in_words(moment.when)), words)
        yield table
