"""Entries as lines of a page: headline, facts, chain of stages, and the sentences that say so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.model import Entry, Kind, Report, Standing
from communique.resolve.outlining import confidence_of, told_on
from communique.views.attention import Standpoint
from communique.views.chains import anchors, chain_words, headline, report_words, source_words, steps
from communique.views.choosing import is_doubtful
from communique.views.dates import in_words
from communique.views.facts import decided, disputed, facts, warnings
from communique.views.quotes import excerpt
from communique.views.reasons import explained

SYMBOLS = {
    Standing.PROSPECTIVE: ("○", "yellow"),
    Standing.UNDER_WAY: ("◐", "cyan"),
    Standing.REALISED: ("●", "green"),
    Standing.STALLED: ("◌", "magenta"),
    Standing.ENDED: ("×", "red"),
}
"""Mark and colour of each standing, the same on every page."""
DOUBT = ("?", "bold yellow")
"""The mark of a doubtful line, beside that of its standing."""
DATE_WIDTH = 10
"""Columns of a full date, ``2025-10-31``; intervals wrap."""
QUOTE = 220
"""Characters of a quoted sentence: two to three lines of a page."""


class Lines:
    """One row of a page: the date in one column, the words in the other; readable without colour or mark.

    Args:
        entries: one entry, or several that rest on the same sentence, which is then quoted once beneath them.
        standpoint: where the page looks from.
        in_short: one line without the sentences, for what stands in full elsewhere.
        was: the stage that it stood at before, told in that line.
        whole: every report with its full sentences instead of one clipped sentence for each stage.
        texts: the texts of the documents by their ids, where the reasons are to stand beneath each report.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        standpoint: Standpoint,
        *,
        in_short: bool = False,
        was: str | None = None,
        whole: bool = False,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self.entries, self.standpoint, self.whole, self.texts = entries, standpoint, whole, texts
        self.in_short, self.was = in_short, was

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        plain = not console.is_terminal
        table = Table.grid(padding=(0, 2, 0, 0))
        if not plain:
            table.add_column(width=2)
        table.add_column(width=DATE_WIDTH)
        table.add_column(overflow="fold")
        for number, entry in enumerate(self.entries):
            told = told_on(entry)
            symbol, colour = SYMBOLS[entry.standing]
            last = number == len(self.entries) - 1
            cells: list[RenderableType] = [Text("" if number else in_words(told) if told else "undated")]
            cells.append(Group(*self._body(entry, plain, number == 0, last)))
            mark = Text.assemble((symbol, colour), DOUBT if is_doubtful(entry) else "")
            table.add_row(*([] if plain else [mark]), *cells)
        yield Padding(table, (0, 0, 0, 2), expand=False)

    def _body(self, entry: Entry, plain: bool, first: bool, last: bool) -> list[RenderableType]:
        if self.in_short:
            stage = (entry.stage or entry.standing.value).replace("-", " ")
            before = f" (was {self.was.replace('-', ' ')})" if self.was else ""
            notes = ["doubtful"] if is_doubtful(entry) else []
            notes += ["disputed"] if entry.disputes else []
            words = ", ".join((f"{headline(entry)}, {stage}{before}", *notes))
            return [Text(words).append(f" ({entry.id})", style="dim")]
        lines: list[RenderableType] = [_facts_line(entry, self.standpoint, plain)]
        lines += [Text(line, style="yellow") for line in disputed(entry)]
        if first or entry.kind is not Kind.STATEMENT:
            lines.insert(0, Text(headline(entry), style="bold"))
        if self.whole:
            lines += _reports(entry, self.texts)
        elif self.texts is not None:
            lines += explained(entry.history[0], self.texts[entry.history[0].source.document_id])
        elif last:
            lines += _passages(self.entries)
        return lines


def rows(
    entries: Iterable[Entry],
    standpoint: Standpoint,
    *,
    in_short: bool = False,
    was: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Lines]:
    """The entries as rows; neighbours that rest on one and the same sentence share a row.

    Args:
        in_short: a line each, with the stages that entries ``was`` at before, by their ids.
    """
    if in_short:
        yield from (Lines((entry,), standpoint, in_short=True, was=was.get(entry.id)) for entry in entries)
        return
    for _, shared in groupby(entries, key=_passage):
        yield Lines(tuple(shared), standpoint)


def _passage(entry: Entry) -> object:
    """What neighbours have to share: date and the single passage that tells of them; else the entry alone."""
    if len(entry.history) != 1:
        return entry.id, entry.title
    source = entry.history[0].source
    speakers = tuple(entry.fields.get("speakers") or ()) if entry.kind is Kind.STATEMENT else ()
    return told_on(entry), speakers, source.document_id, source.quotes, source.spans


def _facts_line(entry: Entry, standpoint: Standpoint, plain: bool) -> Text:
    """Chain of stages, standing, what else is known, what asks for attention, and the identifier to ask for more."""
    _, colour = SYMBOLS[entry.standing]
    if entry.kind is Kind.STATEMENT:
        parts = [Text("in own words" if entry.fields.get("form") == "direct" else "as reported")]
    else:
        words = chain_words(entry, ", then " if plain else " → ")
        standing = entry.standing.value.replace("-", " ")
        parts = [Text(f"{words} ({standing})" if plain and standing != words else words, style=colour)]
    parts += [Text(fact) for fact in facts(entry, standpoint)]
    parts += [Text(warning, "bold red") for warning in warnings(entry, standpoint)]
    if is_doubtful(entry):
        parts.append(Text(f"doubtful ({confidence_of(entry):.2f})", style="yellow"))
    parts += [Text(decision, style="cyan") for decision in decided(entry, standpoint)]
    if entry.id:
        parts.append(Text(entry.id, style="dim"))
    return Text("; " if plain else " · ").join(parts)


def _passages(entries: Sequence[Entry]) -> list[Text]:
    """One quoted sentence for each stage, and how many more reports there are."""
    entry = entries[0]
    chain = steps(entry)
    if len(entries) > 1:
        return [_quoted(entry.history[0], [words for each in entries for words in anchors(each.history[0])])]
    passages = [_quoted(step.reports[0], anchors(step.reports[0])) for step in chain]
    more = len(entry.history) - len(chain)
    if more > 0:
        again = f"and {more} more {'report' if more == 1 else 'reports'}: communique show {entry.id}"
        passages.append(Text(again, style="dim italic"))
    return passages


def _quoted(report: Report, carrying: Sequence[str]) -> Text:
    shown = excerpt(report.source.quotes, carrying, QUOTE)
    text = Text(shown.text, style="dim")
    for place in shown.strong:
        text.stylize("not dim", *place)
    return Text.assemble(text, (f" ({source_words(report, shown.number)})", "dim italic"))


def _reports(entry: Entry, texts: Mapping[str, str] | None) -> Iterator[RenderableType]:
    """Every report in order of time, with its document and all its sentences in full, and its reasons if asked for."""
    for report in entry.history:
        source = report.source
        yield Text()
        sure = report.record.confidence
        about = Text(report_words(entry, report), style="bold")
        yield about if sure is None else about.append(f", confidence {sure:.2f}", style="not bold dim")
        origin = ", ".join(part for part in (source.publisher, source.published, source.title) if part)
        yield Text(origin or f"document {source.document_id}")
        if source.url:
            yield Text(source.url, style="dim")
        if texts is not None:
            yield from explained(report, texts[source.document_id])
            continue
        for number, quote in enumerate(source.quotes):
            page = f" (p. {source.pages[number]})" if source.pages else ""
            yield Text.assemble((f"“{' '.join(quote.split())}”", "italic"), (page, "dim italic"))
