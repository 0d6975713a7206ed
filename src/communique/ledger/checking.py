"""Whether a ledger is whole: the file, its references, its evidence, its indexes and what is derived."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select, text

from communique.ledger import in_file, on_server
from communique.ledger.acting import read_actors
from communique.ledger.current import IS_CURRENT, CurrentRecords
from communique.ledger.deciding import in_force
from communique.ledger.decisions import read_decisions
from communique.ledger.deriving import link_all
from communique.ledger.happenings import happening_rows
from communique.ledger.keeping import kept_rows
from communique.ledger.offices import office_rows
from communique.ledger.outlines import (
    aside_rows,
    document_party_counts,
    outline_row,
    pair_counts,
    sketch_rows,
    telling_rows,
    year_counts,
)
from communique.ledger.portable import POSTGRESQL, listed
from communique.ledger.reading import is_stale, read_documents, read_entries
from communique.ledger.shapes import Derivation, Finding, Reported
from communique.ledger.tables import (
    asides,
    document_parties,
    documents,
    doubts,
    entries,
    entry_parties,
    entry_people,
    entry_records,
    happenings,
    link_keys,
    listings,
    outlines,
    pair_sketches,
    pair_years,
    party_pairs,
    person_names,
    record_keys,
    record_offices,
    records,
    revisions,
    tellings,
)
from communique.ledger.weighing import is_weighed, rows_of
from communique.ledger.writing import document_id, record_id
from communique.model import Action, Document, Entry, Kind, record_from_json

_OF_ENTRIES = (
    *(entries, entry_parties, entry_records, link_keys, outlines, pair_sketches, tellings, asides, entry_people),
    *(listings, happenings),
)
"""The tables that are made of entries, one by one; others count rows of these."""


def check(connection: Connection, derivation: Derivation, producer: str) -> list[Finding]:
    """Everything found wrong, in order of the checks; an empty list for a ledger that is whole.

    Entries that are only waiting to be derived after an interrupted batch are nothing wrong.
    """
    home = on_server if connection.dialect.name == POSTGRESQL else in_file
    findings = list(home.damage(connection))
    if findings:
        return findings  # further checks would read from a damaged file
    findings = [*_documents(connection), *_records(connection), *_decisions(connection), *_indexes(connection)]
    if any(finding.check == "records" for finding in findings):
        return findings  # what follows from records that can't be trusted says nothing
    return findings if is_stale(connection, producer) else [*findings, *_derived(connection, derivation)]


def _documents(connection: Connection) -> Iterator[Finding]:
    for stored in read_documents(connection):
        if document_id(stored.document) != stored.id:
            yield Finding(check="documents", message=f"Document {stored.id} does not have the id of its address.")
    for row in connection.execute(select(revisions)):
        document = Document(
            text=row.text, title=row.title, publisher=row.publisher, published=row.published, url=row.url
        )
        if document.digest != row.digest:
            yield Finding(check="documents", message=f"The text of document {row.document_id} was changed.")


def _records(connection: Connection) -> Iterator[Finding]:
    query = select(records, revisions.c.text.label("whole"), revisions.c.document_id).join(
        revisions, records.c.revision_id == revisions.c.id
    )
    for row in connection.execute(query):
        try:
            record = record_from_json(json.loads(row.data))
        except (KeyError, ValueError, TypeError):
            yield Finding(check="records", message=f"Record {row.id} can't be read.")
            continue
        if any(span.end > len(row.whole) for span in record.evidence):
            yield Finding(check="evidence", message=f"The evidence of record {row.id} lies outside its document.")
        elif row.sentences != "\n".join(row.whole[span.start : span.end] for span in record.evidence):
            yield Finding(check="evidence", message=f"The sentences of record {row.id} are not those of its document.")
        if record_id(row.document_id, record) != row.id:
            yield Finding(check="records", message=f"Record {row.id} was changed.")


def _indexes(connection: Connection) -> Iterator[Finding]:
    by_parts = connection.dialect.name == POSTGRESQL
    indexes = ("document_index", "revisions", "revision_id"), ("record_index", "records", "record_number")
    for index, table, key in indexes:
        rows = f"count(DISTINCT {key}) FROM {index}" if by_parts else f"count(*) FROM {index}_docsize"
        indexed = connection.execute(text(f"SELECT {rows}")).scalar_one()
        stored = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        if indexed != stored:
            yield Finding(check="search", message=f"The search index holds {indexed} of {stored} rows of {table}.")


def _derived(connection: Connection, derivation: Derivation) -> Iterator[Finding]:
    current = CurrentRecords(connection)
    found = current.all()
    decisions = in_force(connection, current)
    bare = {entry.id: entry for entry in derivation.entries(found, decisions)}
    expected = {entry.id: entry for entry in link_all(derivation, bare.values(), decisions)}
    stored = {entry.id: entry for entry in read_entries(connection, select(entries.c.id))}
    for key in sorted(stored.keys() | expected.keys()):
        if key not in expected:
            yield Finding(check="entries", message=f"Entry {key} follows from no record.")
        elif key not in stored:
            yield Finding(check="entries", message=f"Entry {key} is missing.")
        elif stored[key] != expected[key]:
            yield Finding(check="entries", message=f"Entry {key} is not what its records say.")
    dated = select(records.c.id).join(entry_records, entry_records.c.record_number == records.c.number)
    live = select(records.c.number).join(documents, IS_CURRENT)
    for key in connection.execute(dated.where(records.c.number.not_in(live)).distinct()).scalars():
        yield Finding(check="entries", message=f"An entry rests on record {key} of an earlier revision or reading.")
    yield from _kept(connection, derivation, current, bare, expected.values())
    yield from _offices(connection, current, found)
    yield from _doubts(connection, derivation, current)
    yield from _keys(connection, derivation, current, found)
    actors = derivation.actors(list(expected.values()), found, current.meanings)
    if sorted(read_actors(connection), key=repr) != sorted(actors, key=repr):
        yield Finding(check="actors", message="The actors are not those of the entries.")


def _kept(
    connection: Connection,
    derivation: Derivation,
    current: CurrentRecords,
    bare: Mapping[str, Entry],
    derived: Collection[Entry],
) -> Iterator[Finding]:
    """The rows in which entries are kept, and all that pages are chosen by: they have to follow from the entries.

    Args:
        bare: entries as they were before they referred to others.
    """
    expected: dict[Table, set[tuple[Any, ...]]] = {table: set() for table in _OF_ENTRIES}

    def expect(table: Table, row: Mapping[str, Any]) -> None:
        expected[table].add(tuple(row[column.name] for column in table.c))

    for entry in derived:
        outline = derivation.outline(entry)
        row = outline_row(outline)
        expect(outlines, row)
        for table, rows in (
            (pair_sketches, sketch_rows(entry, row)),
            (tellings, telling_rows(entry)),
            (asides, aside_rows(row)),
        ):
            for one in rows:
                expect(table, one)
        for table, one in kept_rows(entry, bare.get(entry.id, entry), outline, current.number, derivation):
            expect(table, one)
    counted = (document_parties, document_party_counts()), (party_pairs, pair_counts()), (pair_years, year_counts())
    for table, counts in counted:
        expected[table] = {tuple(row) for row in connection.execute(counts)}
    for happening in happening_rows(connection):
        expect(happenings, happening)
    names = derivation.acting.full_names(sorted({row[0] for row in expected[entry_people]}), current.meanings)
    expected[person_names] = set(names.items())
    for table, wanted in expected.items():
        wrong = wanted ^ {tuple(row) for row in connection.execute(select(table))}
        if wrong:
            yield Finding(check="outlines", message=f"{len(wrong)} rows of {table.name} are not what entries say.")


def _offices(connection: Connection, current: CurrentRecords, found: Sequence[Reported]) -> Iterator[Finding]:
    """The offices that were found in sentences; records that do not count any more keep theirs."""
    numbers = {current.number(one.source.record_id): one for one in found}
    expected = {tuple(row[column.name] for column in record_offices.c) for row in office_rows(numbers)}
    stored = {tuple(row) for row in connection.execute(select(record_offices)) if row.record_number in numbers}
    if wrong := expected ^ stored:
        yield Finding(check="offices", message=f"{len(wrong)} rows of record_offices are not what sentences say.")


def _doubts(connection: Connection, derivation: Derivation, current: CurrentRecords) -> Iterator[Finding]:
    """Pairs of records that review asks about, where they have been weighed."""
    if is_weighed(connection):
        expected = {tuple(row[column.name] for column in doubts.c) for row in rows_of(derivation, current)}
        wrong = expected ^ {tuple(row) for row in connection.execute(select(doubts))}
        if wrong:
            yield Finding(
                check="doubts", message=f"{len(wrong)} doubtful pairs of records are not what they should be."
            )


def _keys(
    connection: Connection, derivation: Derivation, current: CurrentRecords, found: Sequence[Reported]
) -> Iterator[Finding]:
    """What records are looked up by: a wrong key would leave an entry as it is when it has to change."""
    stored: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(select(record_keys)):
        stored[row.record_number].add(row.key)
    for one in found:
        if stored[current.number(one.source.record_id)] != set(derivation.keys(one)):
            yield Finding(check="keys", message=f"Record {one.source.record_id} is not found by what it says.")
    for row in connection.execute(select(records.c.id, records.c.kind, records.c.entry_key)):
        if row.entry_key != derivation.entry_id(Kind(row.kind), row.id):
            yield Finding(check="keys", message=f"Record {row.id} does not lead to its entry.")


def _decisions(connection: Connection) -> Iterator[Finding]:
    made = {decision.number: decision for decision in read_decisions(connection)}
    for number, decision in made.items():
        if decision.action is Action.UNDO and not (decision.undoes in made and (decision.undoes or 0) < number):
            yield Finding(check="decisions", message=f"Decision {number} undoes one that was never made.")
        about = {*decision.records, *decision.others}
        known = set(connection.execute(select(records.c.id).where(records.c.id.in_(listed(about)))).scalars())
        if about - known:
            yield Finding(check="decisions", message=f"Decision {number} speaks of a record that is not there.")
