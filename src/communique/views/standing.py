"""Where pairs of parties stand: how many entries they have between them, how these stand, what asks for attention."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.console import Group as Stack
from rich.table import Table
from rich.text import Text

from communique.ledger.tallies import Tally
from communique.model import Kind, Outline, Standing
from communique.resolve.promises import last_heard
from communique.views.attention import SILENT_MONTHS, Attention, Standpoint, asks, together

_NAMES_FIT = 100
"""Columns of a page from which on pairs stand with their names, and below with their codes."""
_HEADINGS = {
    Standing.PROSPECTIVE: "pro-\nspec-\ntive",
    Standing.UNDER_WAY: "under\nway",
    Standing.REALISED: "real-\nised",
    Standing.STALLED: "stal-\nled",
    Standing.ENDED: "ended",
}
_REASONS = ("over-\ndue", "silent", "dis-\nputed", "doubt-\nful")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairStatus:
    """What two parties have between them, counted; statements are left out.

    Attributes:
        parties: codes of the two parties.
        names: the same as a reader calls them.
        standings: how many entries have each standing.
        last_news: the last day on which a document told of any of them; None where none has a date.
    """

    parties: tuple[str, str]
    names: tuple[str, str]
    entries: int
    standings: Mapping[Standing, int]
    attention: Attention
    last_news: date | None


def pair_statuses(
    pairs: Iterable[tuple[str, str]],
    told: Iterable[Outline],
    name_of: Callable[[str], str],
    standpoint: Standpoint,
    counted: Iterable[Tally] = (),
) -> list[PairStatus]:
    """Count, for each pair, the entries that name both; pairs with nothing are left out.

    Args:
        told: entries as documents up to the day of the standpoint tell them; statements are not counted.
        name_of: what a reader calls a party, for its code.
        counted: further entries of the pairs, counted in the ledger.
    """
    pairs = list(pairs)
    wanted = {party for pair in pairs for party in pair}
    of_party: dict[str, set[str]] = {party: set() for party in wanted}
    # an entry of many parties is one of many pairs, and looked at once
    seen = {}
    for entry in told:
        if entry.kind is not Kind.STATEMENT:
            seen[entry.id] = entry.standing, asks(entry, standpoint), last_heard(entry, standpoint.day)
            for party in wanted.intersection(entry.parties):
                of_party[party].add(entry.id)
    tallied: dict[frozenset[str], list[Tally]] = {}
    for tally in counted:
        tallied.setdefault(tally.parties, []).append(tally)
    statuses = []
    for pair in pairs:
        known = [seen[key] for key in of_party[pair[0]] & of_party[pair[1]]]
        of_pair = tallied.get(frozenset(pair), [])
        standings = Counter(standing for standing, _, _ in known)
        standings.update({tally.standing: tally.entries for tally in of_pair})
        heard = [day for _, _, day in known if day]
        heard += [min(standpoint.day, date.fromisoformat(each.last_heard)) for each in of_pair if each.last_heard]
        asking = [Attention(each.overdue, each.silent, each.disputed, each.doubtful) for each in of_pair]
        if standings:
            statuses.append(
                PairStatus(
                    parties=pair,
                    names=(name_of(pair[0]), name_of(pair[1])),
                    entries=standings.total(),
                    standings={standing: standings[standing] for standing in Standing},
                    attention=together([*asking, *(each for _, each, _ in known)]),
                    last_news=max(heard, default=None),
                )
            )
    return statuses


def status_page(pairs: Sequence[PairStatus], day: date) -> Stack:
    """The pairs as a table, in their order."""
    parts: list[RenderableType] = [
        Text(f"As of {day}. Entries of each pair by standing, and those to look at."),
        Text(f"Silent is what is open and was not heard of for {SILENT_MONTHS} months.", style="dim"),
        Text(),
        _Pairs(pairs),
    ]
    return Stack(*parts)


def status_to_json(pairs: Iterable[PairStatus], day: date) -> dict[str, Any]:
    """The pairs as plain JSON data."""
    return {
        "as_of": day.isoformat(),
        "pairs": [
            {
                "parties": list(pair.parties),
                "names": list(pair.names),
                "entries": pair.entries,
                "standings": {standing.value: number for standing, number in pair.standings.items()},
                **pair.attention._asdict(),
                "last_news": pair.last_news.isoformat() if pair.last_news else None,
            }
            for pair in pairs
        ],
    }


class _Pairs:
    """One row a pair; a narrow page has codes in the place of names."""

    def __init__(self, pairs: Sequence[PairStatus]) -> None:
        self.pairs = pairs

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
        table.add_column("pair", overflow="fold", vertical="bottom")
        for heading in (*_HEADINGS.values(), *_REASONS):
            table.add_column(heading, justify="right", no_wrap=True)
        table.add_column("last news", no_wrap=True)
        for pair in self.pairs:
            named = " and ".join(pair.names) if options.max_width >= _NAMES_FIT else ", ".join(pair.parties)
            numbers = [_number(number) for number in pair.standings.values()]
            numbers += [_number(number, "yellow") for number in pair.attention]
            table.add_row(Text(named), *numbers, str(pair.last_news or "no date"))
        yield table


def _number(number: int, style: str = "") -> Text:
    """The number; a dash where there is none, so that what there is stands out."""
    return Text(str(number), style) if number else Text("-", "dim")
