"""A digest: what happened to all entries in a day or a week, a few lines for each relationship rather than a flood."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from communique.ledger import Change
from communique.ledger.digesting import Happened, Span
from communique.lexicon.parties import name_of
from communique.model import Entry, Kind, UsageError
from communique.views.chains import headline
from communique.views.dates import shifted
from communique.views.logbook import words_of
from communique.views.papers import Item, Paper, Part, Sheet

LINES, READ, AT_ONCE, GROUPS = 6, 18, 9, 40
"""Lines that a relationship has in a digest, how many changes of the same parties are read for them, of how many
entries at a time, and how many relationships are told of."""
_WORDS = {
    "new": "new",
    "stage": "moved",
    "fulfilled": "kept",
    "disputed": "disputed or settled",
    "joined": "joined with others",
    "parted": "parted from others",
    "field": "told otherwise",
    "gone": "gone",
}
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a week of the ledger's own time, UTC.

    Attributes:
        name: "2025-10-31" or, by ISO 8601, "2025-W44".
    """

    name: str
    first: date
    last: date

    @property
    def span(self) -> Span:
        """The same as the ledger is asked for it."""
        return Span(self.first, self.last)

    def in_words(self) -> str:
        """The period as a reader calls it."""
        return self.name if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, in words."""

    entry_id: str
    what: str
    at: str
    cause: str
    told: str


@dataclass(frozen=True, slots=True)
class Group:
    """What happened between parties.

    Attributes:
        parties: two that have it between them; None for what has more, fewer or none.
        counts: how many entries each thing happened to, by what it was.
        changes: those to be told first.
        more: how many entries are only counted.
    """

    parties: tuple[str, str] | None
    counts: Mapping[str, int]
    lines: tuple[Line, ...]
    more: int

    @property
    def title(self) -> str:
        """What a reader calls it."""
        return " and ".join(map(name_of, self.parties)) if self.parties else "More parties, or one alone"

    def in_words(self) -> str:
        """The counts, as "3 new, 1 moved"."""
        return ", ".join(f"{number:,} {_WORDS[what]}" for what, number in self.counts.items())


@dataclass(frozen=True, slots=True)
class Digest:
    """What happened in a period.

    Attributes:
        documents: how many came into the ledger.
        hidden: how many relationships are not told of.
    """

    period: Period
    documents: int
    counts: Mapping[str, int]
    groups: tuple[Group, ...]
    hidden: int

    def in_words(self) -> str:
        """What happened in all, in one sentence."""
        told = ", ".join(f"{number:,} {_WORDS[what]}" for what, number in self.counts.items())
        came = f"{self.documents:,} document{'' if self.documents == 1 else 's'} came in"
        return f"{came}; of entries, {told}." if told else f"{came}; nothing happened to entries."


def period_of(name: str) -> Period:
    """The day or week that is called so.

    Raises:
        UsageError: neither is.
    """
    week = _WEEK.fullmatch(name)
    try:
        first = date.fromisocalendar(int(week[1]), int(week[2]), 1) if week else date.fromisoformat(name)
    except ValueError as error:
        raise UsageError(f"{name} is no day and no week; write it as 2025-10-31 or 2025-W44.") from error
    return Period(name, first, shifted(first, 6 if week else 0))


def periods_of(days: Iterable[str], *, weekly: bool) -> list[Period]:
    """The periods in which these days lie, in their order, each once."""
    names = dict.fromkeys(_week_of(date.fromisoformat(day)) if weekly else day for day in days)
    return [period_of(name) for name in names]


def _week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def parted(found: Iterable[Happened], wanted: Sequence[frozenset[str]]) -> dict[frozenset[str] | None, list[Happened]]:
    """What happened, by the two parties that have it between them; all else stands under None.

    Args:
        wanted: only what all parties of any of these take part in; everything where there are none.
    """
    groups: dict[frozenset[str] | None, list[Happened]] = defaultdict(list)
    for one in found:
        parties = frozenset(one.parties)
        if not wanted or any(each <= parties for each in wanted):
            groups[parties if len(parties) == 2 else None].append(one)
    return groups


def busiest(groups: Mapping[frozenset[str] | None, Sequence[Happened]]) -> list[frozenset[str] | None]:
    """The groups in which most happened first, statements apart; what has no two parties stands last."""

    def order(key: frozenset[str] | None) -> tuple[bool, int, list[str]]:
        told = sum(one.entries for one in groups[key] if one.kind is not Kind.STATEMENT)
        return key is None, -told, sorted(key or ())

    return sorted(groups, key=order)


def digest_of(
    period: Period,
    documents: int,
    groups: Mapping[frozenset[str] | None, Sequence[Happened]],
    changes: Mapping[frozenset[str] | None, Sequence[Change]],
    read: Callable[[Collection[str]], Mapping[str, Entry]],
) -> Digest:
    """The digest of a period.

    Args:
        groups: as from :func:`parted`.
        changes: what is to be told first of the busiest groups.
        read: the entries with these ids that there are; without their histories.
    """
    order = busiest(groups)
    lines = _lines({key: changes[key] for key in order[:GROUPS]}, read)
    shown = tuple(_group(key, groups[key], lines[key]) for key in order[:GROUPS])
    everything = [one for found in groups.values() for one in found]
    return Digest(period, documents, _counts(everything), shown, max(0, len(order) - GROUPS))


def _lines(
    told: Mapping[frozenset[str] | None, Sequence[Change]], read: Callable[[Collection[str]], Mapping[str, Entry]]
) -> dict[frozenset[str] | None, tuple[Line, ...]]:
    """The first lines of each group; of entries no more are read than these need."""
    found: dict[frozenset[str] | None, dict[str, Change]] = {key: {} for key in told}
    waiting = dict(told)
    while waiting:
        entries = read({change.entry_id for changes in waiting.values() for change in changes[:AT_ONCE]})
        for key, changes in waiting.items():
            for change in changes[:AT_ONCE]:
                if change.entry_id in entries:  # the same words are told once
                    found[key].setdefault(_words(change, entries[change.entry_id]), change)
        waiting = {key: left for key, own in waiting.items() if len(found[key]) < LINES and (left := own[AT_ONCE:])}
    return {
        key: tuple(Line(one.entry_id, one.what, one.at, one.cause, words) for words, one in list(own.items())[:LINES])
        for key, own in found.items()
    }


def _group(key: frozenset[str] | None, found: Sequence[Happened], lines: tuple[Line, ...]) -> Group:
    counts = _counts(found)
    one, other = sorted(key, key=name_of) if key else ("", "")
    more = sum(counts.values()) - len({line.entry_id for line in lines})
    return Group((one, other) if key else None, counts, lines, max(0, more))


def _words(change: Change, entry: Entry) -> str:
    """What happened to an entry, in one line."""
    name = headline(entry, name_of)
    before, after = words_of(change.before), words_of(change.after)
    if change.what == "new":
        stage = f", {str(entry.stage).replace('-', ' ')}" if entry.stage else ""
        return f"New {entry.kind.value}: {name}{stage}"
    if change.what == "disputed":
        values = " or ".join(map(words_of, change.after or ()))
        return f"{name}: {change.field} {f'is disputed: {values}' if values else 'is not disputed any more'}"
    field = f"{change.field} " if change.what == "field" else ""
    return f"{name}: {field}{before} → {after}"


def _counts(found: Iterable[Happened]) -> dict[str, int]:
    counts = Counter[str]()
    for one in found:
        counts[one.what] += one.entries
    return {what: counts[what] for what in _WORDS if counts[what]}


def digest_paper(digest: Digest) -> Paper:
    """The digest on paper."""
    parts = [
        Part(
            f"{group.title}: {group.in_words()}",
            tuple(Item(line.told, (line.entry_id,)) for line in group.lines),
            note=f"and {group.more:,} more" if group.more else None,
        )
        for group in digest.groups
    ]
    return Paper(f"What changed, {digest.period.in_words()}", digest.in_words(), tuple(parts))


def digest_sheet(digest: Digest) -> Sheet:
    """The lines of the digest as rows."""
    rows = [
        [list(group.parties or ()), line.at, line.entry_id, line.what, line.cause, line.told]
        for group in digest.groups
        for line in group.lines
    ]
    return Sheet(("parties", "at", "entry_id", "what", "cause", "told"), rows)


def digest_to_json(digest: Digest) -> dict[str, Any]:
    """The digest as plain JSON data."""
    return {
        "period": digest.period.name,
        "first": digest.period.first.isoformat(),
        "last": digest.period.last.isoformat(),
        "documents": digest.documents,
        "counts": dict(digest.counts),
        "relationships": [
            {
                "parties": list(group.parties) if group.parties else None,
                "counts": dict(group.counts),
                "changes": [asdict(line) for line in group.lines],
                "more": group.more,
            }
            for group in digest.groups
        ],
        "hidden": digest.hidden,
    }
