"""Records and entries as ``/api`` gives them, for its description: names and words are those of the guide."""

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from communique.model import (
    AgreementStage,
    EngagementStage,
    EngagementType,
    Form,
    InitiativeStage,
    Item,
    Kind,
    Money,
    Span,
    Standing,
    Status,
    Strength,
    TransferStage,
)

T = TypeVar("T")


class Answer(BaseModel):
    """An object with these fields and no other."""

    model_config = ConfigDict(extra="forbid")


class ErrorAnswer(Answer):
    """Why there is no answer, in one sentence."""

    error: str


class Part(Answer, Generic[T]):
    """Some of many."""

    total: int = Field(description="How many there are in all.")
    limit: int
    offset: int
    next: str | None = Field(description="The address of the next part, null for the last one.")
    items: list[T]


class EngagementFields(Answer):
    """An occasion on which representatives interact."""

    type: EngagementType
    stage: EngagementStage
    parties: list[str]
    people: list[str]
    date: str | None
    place: str | None


class AgreementFields(Answer):
    """An instrument between parties."""

    name: str
    stage: AgreementStage
    parties: list[str]
    date: str | None


class TransferFields(Answer):
    """Defence articles, services or production rights that pass from supplier to recipient."""

    stage: TransferStage
    supplier: list[str]
    recipient: list[str]
    items: list[Item]
    value: Money | None
    date: str | None


class InitiativeFields(Answer):
    """A named continuing body, forum, programme or mechanism."""

    name: str
    stage: InitiativeStage
    parties: list[str]
    date: str | None


class UndertakingFields(Answer):
    """Something that a party says it will, intends or hopes to do."""

    action: str
    by: list[str]
    to: list[str]
    strength: Strength
    status: Status
    due: str | None


class StatementFields(Answer):
    """Words attributed to speakers."""

    speakers: list[str]
    form: Form
    content: str


class Reason(Answer):
    """Why a record was proposed, or why a field has its value."""

    field: str
    value: str
    rule: str
    probability: float | None
    grounded_by: str | None
    words: str | None
    start: int | None
    end: int | None


class Recorded(Answer):
    """What records of every kind carry."""

    evidence: list[Span] = Field(description="Half-open character offsets into the document's text.")
    confidence: float | None = Field(default=None, description="Left out where the record was given by hand.")
    reasons: list[Reason] | None = Field(default=None, description="Only where they were asked for.")


class EngagementRecord(Recorded, EngagementFields):
    """What a document reports of an engagement."""

    kind: Literal["engagement"]


class AgreementRecord(Recorded, AgreementFields):
    """What a document reports of an agreement."""

    kind: Literal["agreement"]


class TransferRecord(Recorded, TransferFields):
    """What a document reports of a transfer."""

    kind: Literal["transfer"]


class InitiativeRecord(Recorded, InitiativeFields):
    """What a document reports of an initiative."""

    kind: Literal["initiative"]


class UndertakingRecord(Recorded, UndertakingFields):
    """What a document reports of an undertaking."""

    kind: Literal["undertaking"]


class StatementRecord(Recorded, StatementFields):
    """What a document reports of a statement."""

    kind: Literal["statement"]


AnyRecord = EngagementRecord | AgreementRecord | TransferRecord | InitiativeRecord | UndertakingRecord | StatementRecord


class Strengthened(Answer):
    """How firmly a promise was made from a day on."""

    strength: Strength
    date: str | None


class Happened(Answer):
    """What the reports of an entry tell together; each stands only where there is something to tell."""

    amended: list[str] = Field(default=[], description="EDTF dates of changes to an agreement or initiative.")
    progress: str | None = Field(default=None, description="How far deliveries have come: `4 of 99 delivered`.")
    strengths: list[Strengthened] = Field(default=[], description="How a promise grew stronger or weaker.")
    refers_to: str | None = Field(default=None, description="Of an undertaking, the id of the entry it promises.")


class EngagementEntry(Happened, EngagementFields):
    """The merged fields of an engagement."""


class AgreementEntry(Happened, AgreementFields):
    """The merged fields of an agreement."""


class TransferEntry(Happened, TransferFields):
    """The merged fields of a transfer."""


class InitiativeEntry(Happened, InitiativeFields):
    """The merged fields of an initiative."""


class UndertakingEntry(Happened, UndertakingFields):
    """The merged fields of an undertaking."""


class StatementEntry(Happened, StatementFields):
    """The merged fields of a statement."""


AnyFields = EngagementEntry | AgreementEntry | TransferEntry | InitiativeEntry | UndertakingEntry | StatementEntry


class Source(Answer):
    """The passage of a document that a record rests on."""

    record_id: str
    document_id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    quotes: list[str] = Field(description="The sentences, exactly as in the text, in the order of `spans`.")
    spans: list[Span]
    pages: list[int]


class Report(Answer):
    """One stage of an entry as one record reports it."""

    stage: str | None
    date: str | None = Field(description="EDTF date at which the stage was reached, or is to be.")
    ordered_by: str | None = Field(description="What places it in the history: its date, else publication.")
    record: AnyRecord
    source: Source


class Claim(Answer):
    """One of several values that sources give for a field."""

    value: Any
    record_ids: list[str]
    official: bool = Field(description="Whether a government or the organisation concerned gives it.")


class Dispute(Answer):
    """A field for which sources give values that can't all be right."""

    field: str
    claims: list[Claim]


class Fate(Answer):
    """What the day makes of an entry."""

    confidence: float | None
    confirmed: bool = Field(description="Whether somebody decided that it is right.")
    overdue: bool
    silent_since: str | None = Field(description="Since when nothing was heard of it, though it is open.")
    disputes: list[Dispute]
    decisions: list[int] = Field(description="Numbers of the decisions that shaped it.")


class Entry(Fate):
    """One thing in the world, as the ledger knows it."""

    id: str
    kind: Kind
    title: str
    parties: list[str]
    stage: str | None
    standing: Standing
    date: str | None = Field(description="EDTF date of the latest stage.")
    fields: AnyFields
    history: list[Report] = Field(description="Oldest first; the last one gives the stage.")


class MovedEntry(Entry):
    """An entry as a page of two parties tells it."""

    was: str | None = Field(default=None, description="The stage that it was at before, where it moved.")
