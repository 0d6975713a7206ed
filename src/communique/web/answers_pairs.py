"""What answers about two parties look like, and about who deals with whom and where."""

from pydantic import Field

from communique.model import Kind, Standing
from communique.web.answers_entries import Answer, Entry, Fate, MovedEntry, Strengthened


class Attention(Answer):
    """How many entries ask for attention, and why."""

    overdue: int
    silent: int
    disputed: int
    doubtful: int


class Standings(Answer):
    """Entries by standing."""

    prospective: int
    under_way: int = Field(alias="under-way")
    realised: int
    stalled: int
    ended: int


class Pair(Attention):
    """Two parties in numbers, statements apart."""

    parties: list[str]
    names: list[str]
    entries: int
    standings: Standings
    last_news: str | None


class Pairs(Answer):
    """Pairs of parties, the busiest first."""

    as_of: str
    pairs: list[Pair]


class Group(Answer):
    """Entries under one heading of a page."""

    heading: str | None
    entries: list[MovedEntry]
    hidden: int = Field(description="How many more there are.")


class Section(Answer):
    """A part of a page."""

    key: str
    title: str
    overdue: int
    groups: list[Group]


class Brief(Answer):
    """What stands between two parties on a day."""

    parties: list[str]
    names: list[str]
    as_of: str
    since: str | None
    documents: int = Field(description="How many documents the entries come from.")
    period: list[str] | None = Field(description="First and last day of their publication.")
    attention: Attention
    sections: list[Section]


class Moment(Answer):
    """A stage of an entry in time."""

    when: str
    entry: str = Field(description="The id of the entry.")
    kind: Kind
    title: str
    stage: str
    standing: Standing
    dated: bool = Field(description="Whether the stage's own date is known, not only the report's.")
    record_id: str | None
    document_id: str | None
    quotes: list[str]


class Lane(Fate):
    """An entry that has moments."""

    id: str
    kind: Kind
    title: str
    stage: str | None
    standing: Standing
    progress: str | None
    strengths: list[Strengthened]


class Timeline(Answer):
    """The stages of all that two parties have between them."""

    parties: list[str]
    names: list[str]
    as_of: str
    hidden: int = Field(
        description="How many more entries were first told of in the period: ask for another one, or a higher limit."
    )
    moments: list[Moment] = Field(description="Oldest first.")
    entries: list[Lane]


class Column(Answer):
    """The agreements, transfers and initiatives of one standing."""

    standing: Standing
    total: int
    entries: list[Entry] = Field(description="Those with the latest news first.")


class Board(Answer):
    """Where things stand between two parties on a day."""

    parties: list[str]
    as_of: str
    columns: list[Column]


class Participant(Answer):
    """Somebody who took part in engagements of two parties."""

    name: str
    parties: list[str] = Field(description="Those of the two that they act for.")
    engagements: int
    last: str | None = Field(description="EDTF date of the last one.")


class Due(Answer):
    """Something that has a day by which it is to come about."""

    day: str
    overdue: bool
    entry: Entry


class Tie(Answer):
    """What two parties have between them, by kind; kinds that there are none of are left out."""

    parties: list[str]
    entries: int
    kinds: dict[Kind, int]
    last_day: str | None = Field(description="The last day that any of them is placed on.")


class Place(Answer):
    """A place and the engagements there."""

    name: str
    state: str | None
    whole_state: bool = Field(description="Whether no more is known than the state.")
    latitude: float
    longitude: float
    engagements: list[str] = Field(description="Ids of the entries.")
    parties: list[str]


class Unplaced(Answer):
    """Words for a place that could not be told for certain."""

    words: str
    engagements: int


class Places(Answer):
    """Where engagements took place."""

    places: list[Place]
    unplaced: list[Unplaced]
    without_place: int = Field(description="Engagements of which no place is told.")
