"""The brief as a page for the terminal: readable in 80 columns, without colour, and aloud."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.console import Group as Stack
from rich.padding import Padding
from rich.text import Text

from communique.views.brief import Brief, Group, Section
from communique.views.lines import DOUBT, SYMBOLS, rows

INDENT = (0, 0, 0, 2)


class Legend:
    """What the marks mean, on a terminal; nothing where no marks are shown."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if console.is_terminal:
            marks = [Text.assemble((mark, colour), " ", standing.value) for standing, (mark, colour) in SYMBOLS.items()]
            yield Text("   ").join([*marks, Text.assemble(DOUBT, " doubtful")])


def brief_page(brief: Brief) -> Stack:
    """The whole page: who, as of when and from what; then each section, newest first."""
    parts: list[RenderableType] = [*_header(brief)]
    for section in brief.sections:
        parts += _section(section, brief)
    return Stack(*parts)


def _header(brief: Brief) -> Iterable[RenderableType]:
    groups = [group for section in brief.sections for group in section.groups if not group.in_short]
    entries = sum(len(group.entries) + group.hidden for group in groups)
    period = ""
    if brief.period:
        first, last = brief.period
        period = f", published {first}" + (f" to {last}" if last != first else "")
    since = f", news since {brief.since}" if brief.since else ""
    yield Text(" and ".join(brief.names), style="bold")
    yield Text(
        f"As of {brief.as_of}{since}. {_counted(entries, 'entry', 'entries')} "
        f"from {_counted(brief.documents, 'document', 'documents')}{period}."
    )
    yield Text(_overview(brief))
    if any(brief.attention):
        yield Text(f"To look at: {brief.attention.in_words()}.", style="bold")
    yield Legend()


def _overview(brief: Brief) -> str:
    """How much of everything there is."""
    counted = []
    for section in brief.sections:
        if section.key not in ("changes", "done"):
            number = sum(len(group.entries) + group.hidden for group in section.groups)
            counted.append(f"{section.title}: {number}")
    return "; ".join(counted) + "."


def _section(section: Section, brief: Brief) -> Iterable[RenderableType]:
    yield Text()
    yield Text(section.title, style="bold blue")
    for number, group in enumerate(section.groups):
        if number:
            yield Text()
        if group.heading:
            yield Padding(Text(group.heading, style="italic"), INDENT)
        yield from rows(group.entries, brief.standpoint, in_short=group.in_short, was=group.was)
        if group.hidden:
            yield Padding(Text(_more(section, group, brief), style="italic"), INDENT)


def _more(section: Section, group: Group, brief: Brief) -> str:
    if section.kind is None:
        return f"and {group.hidden} more."
    sides = " ".join(f"--party {party!r}" if " " in party else f"--party {party}" for party in brief.parties)
    return f"and {group.hidden} more: communique list {section.kind.value} {sides}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
