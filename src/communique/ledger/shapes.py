"""What goes into and comes out of a ledger, besides the words of :mod:`communique.model`."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from communique.model import Decision, Document, Entry, Kind, LedgerError, Outline, Record, Source, Span, Standing
from communique.model.names import same_person

if TYPE_CHECKING:
    from communique.ledger.meaning import Meanings


class BusyError(LedgerError):
    """Another program was writing to the ledger for longer than anybody waits."""


Outcome = Literal["new", "revision", "known", "unread"]
Fate = Literal[Outcome, "passed over", "failed"]


People = Mapping[str, tuple[str, ...]]
"""Whom the people that a document names act for, by their names in it."""


class Meant(NamedTuple):
    """Who is meant by names in a document, where somebody has decided it.

    Attributes:
        people, parties: for names that mean an actor of another name, that name.
        here: names of people that mean somebody else in this document, each with the name that was given to them.
    """

    people: Mapping[str, str] = MappingProxyType({})
    parties: Mapping[str, str] = MappingProxyType({})
    here: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether any name means somebody else."""
        return bool(self.people or self.parties or self.here)

    def here_called(self, name: str) -> str:
        """What the bearer of a name that may stand for several is called."""
        known = self.people.get(name, name)
        return next((other for own, other in self.here if own == known or same_person(name, own)), name)

    def person(self, name: str) -> str:
        """The name of the person that is meant."""
        name = self.here_called(name)
        return self.people.get(name, name)

    def party(self, name: str) -> str:
        """The name of the party that is meant."""
        return self.parties.get(name, name)


class Reported(NamedTuple):
    """A record, where it stands, whom the people in that document act for, and who is meant by names in it."""

    record: Record
    source: Source
    people: People = MappingProxyType({})
    meant: Meant = Meant()


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding a document did.

    Attributes:
        outcome: ``new``, ``revision`` (the document was there with other words), ``known`` (nothing changed) or
            ``unread`` (new or revised, and in a language that is not read: the text is kept, without records).
        records: how many records its current revision holds.
    """

    outcome: Outcome
    document_id: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one document that was given to be read, or of an item in which none could be found.

    Attributes:
        item: the name of the file, page or member of an archive.
        part: what tells the document from others in the item; empty where it is the only one.
        origin: the name that was given, behind which the item stood.
        digest: SHA-256 of the item's bytes and of what was given with them; None where there were no bytes.
        given: the caller's own word of where it comes from, as JSON.
        outcome: as in :class:`Added`, ``passed over`` (the gate saw that it holds nothing) or ``failed``.
        reason: why it was not read, in one sentence; None where it was.
        document_id: the document in the ledger, None where it is in none.
        records: how many records that holds now.
        producer: the program and version that tried it.
        noted_at: when, ISO 8601, UTC.
    """

    item: str
    part: str = ""
    origin: str
    digest: str | None
    given: str = "{}"
    outcome: str
    title: str | None = None
    reason: str | None = None
    document_id: str | None = None
    records: int = 0
    producer: str = ""
    noted_at: str = ""

    @property
    def name(self) -> str:
        """What the document is called as a source."""
        return f"{self.item}#{self.part}" if self.part else self.item


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, organisation or person as the documents show it.

    Attributes:
        kind: ``state``, ``organisation`` or ``person``.
        parties: for a person, the parties that they were seen to act for.
        entries: in how many entries the actor takes part.
        first_seen: day of the earliest report, ISO 8601; None where no report is dated.
    """

    name: str
    kind: str
    parties: tuple[str, ...]
    entries: int
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who takes part in entries, as functions of single entries and of names.

    Attributes:
        people: the people in an entry.
        kind: whether a party is a ``state`` or an ``organisation``.
        full_names: for each name the fullest of them that stands for the same person; whom names mean by decision goes
            before, and the names that decisions are about have an answer, too.
        mostly: for whom somebody acts, given how many documents let each of their names act for whom.
    """

    people: Callable[[Entry], Sequence[str]]
    kind: Callable[[str], str]
    full_names: Callable[[Iterable[str], "Meanings"], dict[str, str]]
    mostly: Callable[[Iterable[Counter[str]]], tuple[str, ...]]


Lookup = Callable[[Collection[str]], Iterable[Reported]]
"""All current records that share any of these blocking keys."""

EntryId = Callable[[Kind, str], str]
"""The id of an entry of this kind whose earliest claim is the record with this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How entries follow from records and decisions: pure functions, told apart so that a part can be done anew.

    Attributes:
        keys: what a record has to share with another one to be compared with it; depends on that record alone.
        affected: given changed records (some of them no longer current), a lookup of current records by their keys
            and the decisions in force, all current records whose entries may be others than before.
        entries: the entries that records make under the decisions in force, undertakings not yet linked. The
            records are all that :attr:`affected` gave, or all there are: both give the same entries for them.
        entry_id: the id that a record implies.
        link_keys: what an undertaking has to share with another entry to refer to it.
        may_meet: whether an undertaking that has a link key in common with another entry may refer to that one, as far
            as the key, the parties of both and the other's kind tell.
        may_link: whether an undertaking that is not linked yet may refer to a thing, whatever others there are.
        link: undertakings as they stand once they refer to other entries (the second argument), of which all
            are given that share a link key with any of them, under the decisions in force; reports are only added
            to their histories.
        doubts: pairs of records of which it is doubtful whether they are of one thing, the record of the two that comes
            first named first, with the sum of what speaks for and against; of all pairs of the first argument, or only
            those of which one has an id of the second. Each pair is weighed by its two records alone.
        outline: an entry in outline; depends on that entry alone.
        actors: the actors of all entries, and
        acting: what it takes to count only some of them anew.
    """

    keys: Callable[[Reported], tuple[str, ...]]
    affected: Callable[[Sequence[Reported], Lookup, Sequence[Decision]], Iterable[Reported]]
    entries: Callable[[Sequence[Reported], Sequence[Decision]], Iterable[Entry]]
    entry_id: EntryId
    link_keys: Callable[[Entry], tuple[str, ...]]
    may_meet: Callable[[str, Collection[str], Collection[str], Kind], bool]
    may_link: Callable[[Entry, Entry], bool]
    link: Callable[[Sequence[Entry], Sequence[Entry], Sequence[Decision]], Iterable[Entry]]
    doubts: Callable[[Sequence[Reported], Collection[str] | None], Iterable[tuple[float, Reported, Reported]]]
    outline: Callable[[Entry], Outline]
    actors: Callable[[Sequence[Entry], Sequence[Reported], "Meanings"], Iterable[Actor]]
    acting: Acting


What = Literal["new", "stage", "field", "joined", "parted", "gone", "fulfilled", "disputed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened to an entry of this ledger.

    Attributes:
        number: its place in the log, from 1; None for a change that is only shown and not made.
        at: when, ISO 8601, UTC.
        entry_id: the entry; of ``joined`` the one that is no entry of its own any more.
        what: ``new``; ``stage`` and ``fulfilled``, for a stage that was reached; ``field``, for another value of
            a field; ``joined``, where its records are now those of the entry ``after``; ``parted``, where they were
            those of the entry ``before``; ``gone``, where no records are left; ``disputed``, for a field on which
            sources began or ceased to contradict each other.
        field: of ``field`` and ``disputed``, which one.
        before: what it was, as plain JSON data, None where there was nothing; of ``gone`` the title.
        after: what it is; of ``new`` the title.
        cause: ``document D-...``, ``decision 3`` or the program's version (``communique 0.3.0``); several of them
            where they came together.
    """

    number: int | None = None
    at: str
    entry_id: str
    what: What
    field: str | None = None
    before: Any = None
    after: Any = None
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionState:
    """A decision and what has become of it.

    Attributes:
        entry_ids: the entries that it bears on now, the first side first.
        actors: of one on actors, those that it bears on now.
        undone_by: the number of the decision that undid it, None while it holds.
        orphaned: whether it holds and the evidence that it is tied to is in no document's current revision.
    """

    decision: Decision
    entry_ids: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    undone_by: int | None = None
    orphaned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """What reading a document again gives.

    Attributes:
        lost: records that are not found any more.
        found: records that were not there before.
        kept: how many are the same, apart from how sure the reader is of them.
    """

    document_id: str
    title: str | None
    lost: tuple[Record, ...]
    found: tuple[Record, ...]
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What reading documents again changes: in their records, and in the entries that follow."""

    documents: tuple[Rereading, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A document as it once stood, with the records that its last reading found.

    Attributes:
        number: from 1, in the order in which revisions were first added.
        added_at: when, ISO 8601, UTC.
        current: whether it is the one that counts.
        records: in order of their passages.
    """

    number: int
    document: Document
    added_at: str
    current: bool
    records: tuple[Reported, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """What became of records from one revision of a document to another.

    Attributes:
        kept: how many say the same in the same words.
        vanished: records of the first that have nothing like them in the second.
        changed: records that say something else, or say it in other words; as they were and as they are.
        came: records of the second that have nothing like them in the first.
    """

    kept: int
    vanished: tuple[Reported, ...]
    changed: tuple[tuple[Reported, Reported], ...]
    came: tuple[Reported, ...]


class EntryName(NamedTuple):
    """An entry by its name."""

    id: str
    title: str
    stage: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionComparison:
    """Two revisions of a document, and what followed from the step from one to the other.

    Attributes:
        revisions: how many the document has.
        entries: the entries that the records which are not the same make or lead to now, as far as there are such,
            by the records' ids.
        changes: what happened to entries because of this document from the second revision's arrival to the next one's.
        orphaned: decisions that hold and rest on records of the first revision, but on nothing that is still said.
    """

    document_id: str
    revisions: int
    before: Revision
    after: Revision
    records: Turnover
    entries: Mapping[str, EntryName]
    changes: tuple[Change, ...]
    orphaned: tuple[DecisionState, ...]


class Doubted(NamedTuple):
    """Two records of which it is doubtful whether they are of one thing.

    Attributes:
        records: their ids.
        entries: the entries that hold them; the same one twice where they are one thing now.
        total: the sum of what speaks for one thing (above 0) and against it, in log-odds.
    """

    records: tuple[str, str]
    entries: tuple[str, str]
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as the ledger holds it, in its current revision.

    Attributes:
        revisions: how many revisions of it have been added.
        records: how many records the current revision holds.
        added_at: when the current revision was added, ISO 8601, UTC.
    """

    id: str
    document: Document
    revisions: int
    records: int
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that matches a search.

    Attributes:
        entry_ids: the entries that the passage is evidence of; empty for a passage that is none.
        kind: kind of the first of these entries, else None.
        snippet: the passage, exactly as in the document's text.
        span: its half-open character offsets into that text.
        matches: half-open character offsets, into that text, of the words that matched.
        record_id: the record whose evidence it is; None for a passage that is none.
        score: the higher, the better the match.
    """

    document_id: str
    entry_ids: tuple[str, ...]
    kind: Kind | None
    snippet: str
    span: Span
    matches: tuple[Span, ...]
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    record_id: str | None
    score: float


class Aspects(NamedTuple):
    """What a list of passages that tell of an entry can be narrowed by."""

    id: str
    kind: Kind
    parties: tuple[str, ...]
    stage: str | None
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with a ledger: which check found it, and what it is in one sentence."""

    check: str
    message: str
