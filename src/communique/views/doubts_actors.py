"""Whether two names are one actor's, as a question to a reader: both beside each other, with a sentence of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from communique.ledger import Actor
from communique.lexicon.parties import name_of
from communique.model import PEOPLE, Report
from communique.views.doubts import WALKING, passage_of
from communique.views.offices import HeldOffice


@dataclass(frozen=True, slots=True)
class NamedSide:
    """One of two names.

    Attributes:
        actor: as the actor goes by it now.
        parties: those for whom documents let its bearer act.
        report: the latest report that tells the name; None where none is at hand.
    """

    name: str
    actor: Actor
    parties: tuple[str, ...]
    offices: tuple[HeldOffice, ...] = ()
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class ActorsQuestion:
    """Whether two names are one actor's.

    Attributes:
        field: whether they are names of ``people`` or of ``parties``.
        probability: that they are; None where nobody asked.
    """

    field: str
    sides: tuple[NamedSide, NamedSide]
    probability: float | None = None

    @property
    def names(self) -> tuple[str, str]:
        """Both names."""
        return self.sides[0].name, self.sides[1].name

    @property
    def is_one_now(self) -> bool:
        """Whether the two names are taken for one actor's as it stands."""
        return self.sides[0].actor.name == self.sides[1].actor.name

    @property
    def asked(self) -> str:
        """The question in words."""
        return f"Are these one {'person' if self.field == PEOPLE else 'organisation'}?"


def actors_page(question: ActorsQuestion) -> Stack:
    """The question, and both names beside each other with what is known of them."""
    sure = "" if question.probability is None else f"probability {question.probability:.2f}, "
    table = Table.grid(padding=(0, 3, 0, 0), expand=True)
    for _ in question.sides:
        table.add_column(ratio=1)
    table.add_row(*(Text(name_of(side.name), style="blue") for side in question.sides))
    table.add_row(*(_known(side) for side in question.sides))
    table.add_row(*(passage_of(side.report.source) if side.report else Text("") for side in question.sides))
    now = "one" if question.is_one_now else "two"
    return Stack(Text(f"{question.asked} ({sure}{now} now)", style="bold"), table)


def _known(side: NamedSide) -> Stack:
    lines: list[RenderableType] = [Text(office_words(one)) for one in side.offices]
    if side.parties:
        lines.append(Text(f"acts for {', '.join(map(name_of, side.parties))}"))
    number = side.actor.entries
    seen = " to ".join(dict.fromkeys(day for day in (side.actor.first_seen, side.actor.last_seen) if day))
    goes = f"goes by {side.actor.name}: " if side.actor.name != side.name else ""
    told = f"{goes}{number} entr{'y' if number == 1 else 'ies'}{f', {seen}' if seen else ''}"
    return Stack(*lines, Text(told, style="dim"))


def office_words(one: HeldOffice) -> str:
    """An office, whose it is, and from when to when it is known to be held or was named."""
    of = f" of {', '.join(map(name_of, one.parties))}" if one.parties else ""
    days = (one.since, one.until) if one.since else (one.first_seen, one.last_seen)
    when = " to ".join(dict.fromkeys(day for day in days if day))
    return f"{one.office}{of}{f', {when}' if when else ''}"


def actors_to_json(question: ActorsQuestion) -> dict[str, Any]:
    """The question as plain data, with the keys of :func:`communique.views.doubts.question_to_json`."""
    told = [side.report.source for side in question.sides if side.report]
    return {
        "question": "actors",
        "entry_ids": [],
        "record_ids": [source.record_id for source in told],
        "probability": None if question.probability is None else round(question.probability, 3),
        "names": list(question.names),
        "field": question.field,
        "claims": [],
        "quotes": [" ".join(source.quotes) for source in told],
    }


def actor_choices() -> Sequence[tuple[str, str]]:
    """The keys that answer it, each with what it says."""
    return [("y", "one"), ("n", "two"), *WALKING]
