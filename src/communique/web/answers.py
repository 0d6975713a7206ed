"""What answers about documents, actors, words and what happened look like."""

from typing import Any, Literal

from pydantic import Field

from communique.model import Action, Kind, Span
from communique.web.answers_entries import Answer, AnyRecord, Claim
from communique.web.answers_pairs import Pair


class Change(Answer):
    """Something that happened to an entry."""

    number: int | None
    at: str
    entry_id: str
    what: Literal["new", "stage", "field", "joined", "parted", "gone", "fulfilled", "disputed"]
    field: str | None
    before: Any
    after: Any
    cause: str


class Decision(Answer):
    """What somebody decided, and what has become of it."""

    number: int
    action: Action
    records: list[str]
    others: list[str]
    field: str | None
    value: Any
    undoes: int | None
    by: str
    why: str
    at: str
    entry_ids: list[str] = Field(description="The entries that it bears on now.")
    actors: list[str] = Field(description="Of a decision on actors, the names by which these go now.")
    undone_by: int | None
    orphaned: bool = Field(description="Whether the evidence that it is tied to is in no document any more.")


class Question(Answer):
    """A doubtful case: whether two records or actors are one, which claim is right, whether an entry is right."""

    question: Literal["same", "actors", "disputed", "right"]
    entry_ids: list[str]
    record_ids: list[str]
    probability: float | None
    names: list[str] = Field(description="Of a question whether two names are one actor's, these; else empty.")
    field: str | None = Field(description="What is disputed; of names, whether they are of `people` or of `parties`.")
    claims: list[Claim]
    quotes: list[str]


class Counts(Answer):
    """How much a ledger holds."""

    documents: int
    revisions: int
    records: int
    entries: int
    engagement: int
    agreement: int
    transfer: int
    initiative: int
    undertaking: int
    statement: int
    unread: int = Field(description="Documents that are kept and were not read, since they are in another language.")
    passed_over: int = Field(alias="passed over", description="Items that plainly held nothing.")
    failed: int = Field(description="Items that could not be read.")


class Listed(Answer):
    """A document without its text."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    source: str | None
    language: str | None
    records: int
    revisions: int
    added_at: str


class Told(Answer):
    """A record of a document, and the entry that it is a report of."""

    id: str
    entry_id: str
    stage: str | None
    date: str | None
    record: AnyRecord


class Document(Listed):
    """A document with its text and what it reports."""

    author: str | None
    text: str
    pages: list[int] = Field(description="Character offsets at which its pages begin; empty where it has none.")
    told: list[Told] = Field(description="Its records in order of their evidence.")


class RevisionName(Answer):
    """One of the revisions that are compared."""

    number: int
    added_at: str
    current: bool


class OriginChange(Answer):
    """Something else that is told of a document's origin."""

    field: str
    before: str | None
    after: str | None


class Words(Answer):
    """Words that are the same, were removed or added."""

    what: Literal["same", "removed", "added"]
    text: str


class Rewording(Answer):
    """A sentence that changed."""

    before: list[int] | None
    after: list[int] | None
    words: list[Words]


class RevisedRecord(Answer):
    """A record of one of two revisions."""

    id: str
    record: AnyRecord
    quotes: list[str]
    entry_id: str | None


class ChangedRecord(Answer):
    """A record that says something else than before."""

    before: RevisedRecord
    after: RevisedRecord


class Turnover(Answer):
    """What became of the records."""

    kept: int
    vanished: list[RevisedRecord]
    changed: list[ChangedRecord]
    came: list[RevisedRecord]


class Revisions(Answer):
    """What changed from one revision of a document to another, and what followed from it."""

    document_id: str
    revisions: int
    before: RevisionName = Field(alias="from")
    after: RevisionName = Field(alias="to")
    origin: list[OriginChange]
    sentences: list[Rewording]
    records: Turnover
    changes: list[Change]
    orphaned: list[Decision]


class Publisher(Answer):
    """Who issued documents, and how many."""

    name: str
    documents: int


class Actor(Answer):
    """A state, organisation or person as the documents show it."""

    name: str
    kind: Literal["state", "organisation", "person"]
    parties: list[str] = Field(description="For a person, whom they were seen to act for.")
    entries: int
    first_seen: str | None
    last_seen: str | None


class OneActor(Actor):
    """An actor with those it has to do with."""

    names: list[str] = Field(description="Other names by which documents call it, or that were joined with it.")
    relationships: list[Pair] = Field(description="Of a state or organisation, the busiest first.")
    people: list[Actor] = Field(description="Of a state or organisation, those who act for it, seen last first.")


class Hit(Answer):
    """A passage that a search found; offsets refer to the document's text."""

    document_id: str
    title: str | None
    publisher: str | None
    published: str | None
    entry_ids: list[str]
    kind: Kind | None
    snippet: str
    span: Span
    matches: list[Span]
    score: float = Field(description="The higher, the better.")


class Count(Answer):
    """How many passages have a value."""

    value: str
    passages: int


class Hits(Answer):
    """Some of the passages found, and what the search can be narrowed by."""

    total: int = Field(description="How many of the best passages there are as narrowed; 200 are looked at.")
    limit: int
    offset: int
    next: str | None
    items: list[Hit]
    facets: dict[Literal["kind", "party", "stage", "standing", "date", "publisher"], list[Count]]


class Weighed(Answer):
    """Something that speaks for two records being one thing, or against it."""

    name: str
    weight: float
    detail: str


class Comparison(Answer):
    """Why two entries, or two records, are one thing or two."""

    features: list[Weighed]
    total: float = Field(description="Log-odds; above 0 they are taken for one thing.")
    same: bool


class Joined(Comparison):
    """Two reports of one entry, the later one beside that before it."""

    record_ids: list[str]


class Problem(Answer):
    """Something that was given to be read and could not be."""

    name: str
    origin: str
    reason: str | None
    noted_at: str
