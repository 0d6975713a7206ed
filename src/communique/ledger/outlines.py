"""Entries in outline, kept beside them: put in, taken out and read by the thousand."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, insert, select, text, update

from communique.ledger.portable import listed, upsert
from communique.ledger.tables import (
    asides,
    document_parties,
    entry_parties,
    outlines,
    pair_sketches,
    pair_versions,
    pair_years,
    party_pairs,
    tellings,
)
from communique.ledger.writing import plain
from communique.model import Entry, Kind, Outline, Sketch, Standing

_KINDS = {kind.value: kind for kind in Kind}
_STANDINGS = {standing.value: standing for standing in Standing}
_FLAGS = ("confirmed", "disputed", "decided", "direct")
_LISTS = ("parties", "by", "speakers")
_BETWEEN_TWO = 2
_YEAR = len("2025")
_YEAR_OUT = text("DELETE FROM pair_years WHERE one = :one AND other = :other AND kind = :kind AND year = :year")
_YEAR_IN = text(
    # what has no day is of no year; that is written as no words, which come before any others
    "INSERT INTO pair_years SELECT one, other, kind, :year, count(*), max(told_day) FROM pair_sketches "
    "WHERE one = :one AND other = :other AND kind = :kind AND told_day >= :year AND told_day <= :year || '-12-31' "
    "GROUP BY one, other, kind"
)
_sketch = partial(tuple.__new__, Sketch)
"""A sketch of all its fields; quicker than by their names, of thousands."""


def read_outlines(connection: Connection, ids: Collection[str] | Select[Any]) -> list[Outline]:
    """The entries with these ids in outline, in order of their ids."""
    wanted = ids if isinstance(ids, Select) else listed(ids)
    query = select(*(outlines.c[name] for name in Outline._fields)).where(outlines.c.id.in_(wanted))
    return sorted(map(_outline, connection.execute(query).all()))


def sketches(rows: Iterable[Any]) -> list[Sketch]:
    """Sketches of rows of their fields."""
    return [
        _sketch((
            key, _KINDS[kind], _STANDINGS[standing], date, bool(confirmed), confidence, bool(disputed), bool(decided),
            due, _names(by), refers_to, first_told, last_told, first_dated, last_heard, tuple(documents.split()),
            told_day, due_day,
        ))
        for key, kind, standing, date, confirmed, confidence, disputed, decided, due, by, refers_to, first_told,
        last_told, first_dated, last_heard, documents,
        told_day, due_day in rows
    ]  # fmt: skip


def insert_outlines(connection: Connection, found: Sequence[Entry], outlined: Sequence[Outline]) -> None:
    """Put in outlines of entries that have just been put in."""
    if found:
        rows = [outline_row(one) for one in outlined]
        connection.execute(insert(outlines), rows)
        if paired := [paired for entry, row in zip(found, rows, strict=True) for paired in sketch_rows(entry, row)]:
            connection.execute(insert(pair_sketches), paired)
            _count_years(connection, paired)
        connection.execute(insert(tellings), [row for entry in found for row in telling_rows(entry)])
        if apart := [aside for row in rows for aside in aside_rows(row)]:
            connection.execute(insert(asides), apart)
        _count(connection, {entry.id for entry in found}, 1)


def remove_outlines(connection: Connection, ids: Collection[str] | None) -> None:
    """Take out the outlines of these entries, before the entries themselves; all of them for None."""
    if ids is None:
        for table in (document_parties, party_pairs, pair_years, pair_sketches, tellings, asides, outlines):
            connection.execute(delete(table))
        connection.execute(update(pair_versions).values(number=pair_versions.c.number + 1))
        return
    _count(connection, ids, -1)
    keys = [row._asdict() for row in connection.execute(_sketches_of(ids)).all()]
    if keys:
        these = (pair_sketches.c[name] == bindparam(f"this_{name}") for name in ("one", "other", "id"))
        by_name = [{f"this_{name}": key[name] for name in ("one", "other", "id")} for key in keys]
        connection.execute(delete(pair_sketches).where(*these), by_name)
        _count_years(connection, keys)
    for table in (tellings, asides):
        connection.execute(delete(table).where(table.c.entry_id.in_(listed(ids))))
    connection.execute(delete(outlines).where(outlines.c.id.in_(listed(ids))))


def document_party_counts(ids: Collection[str] | None = None) -> Select[Any]:
    """For each document and party, how many of these entries (all for None) the document tells that join the party
    with another one."""
    query = (
        select(tellings.c.document_id, entry_parties.c.party, func.count().label("entries"))
        .join(entry_parties, entry_parties.c.entry_id == tellings.c.entry_id)
        .where(tellings.c.joins == 1)
        .group_by(tellings.c.document_id, entry_parties.c.party)
    )
    return query if ids is None else query.where(tellings.c.entry_id.in_(listed(ids)))


def pair_counts(ids: Collection[str] | None = None) -> Select[Any]:
    """For each two parties, the first by name first, how many of these entries (all for None) name both."""
    one, other = entry_parties.alias("one"), entry_parties.alias("other")
    query = (
        select(one.c.party.label("one"), other.c.party.label("other"), func.count().label("entries"))
        .join(other, (one.c.entry_id == other.c.entry_id) & (one.c.party < other.c.party))
        .group_by(one.c.party, other.c.party)
    )
    return query if ids is None else query.where(one.c.entry_id.in_(listed(ids)))


def year_counts() -> Select[Any]:
    """How many entries of each kind each two parties have between them in each year, and the last day of these."""
    each = pair_sketches.c.one, pair_sketches.c.other, pair_sketches.c.kind, func.substr(pair_sketches.c.told_day, 1, 4)
    return select(*each, func.count(), func.max(pair_sketches.c.told_day)).group_by(*each)


def _sketches_of(ids: Collection[str]) -> Select[Any]:
    """What tells the sketches of these entries apart, and the years that they are counted in."""
    columns = (pair_sketches.c[name] for name in ("one", "other", "id", "kind", "told_day"))
    return select(*columns).where(pair_sketches.c.id.in_(listed(ids)))


def sketch_rows(entry: Entry, outlined: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The sketch of an entry for each two parties that it names.

    Args:
        outlined: the row of its outline.
    """
    sketch = {name: outlined[name] for name in Sketch._fields}
    for one, other in combinations(sorted(set(entry.parties)), 2):
        yield {"one": one, "other": other, **sketch}


def outline_row(one: Outline) -> dict[str, Any]:
    """The outline as a row."""
    row = one._asdict() | {name: int(getattr(one, name)) for name in _FLAGS}
    row |= {name: plain(getattr(one, name)) for name in _LISTS}
    words = {"documents": " ".join(one.documents), "passages": " ".join(one.passages)}
    return row | words | {"kind": one.kind.value, "standing": one.standing.value}


def telling_rows(entry: Entry) -> Iterable[dict[str, Any]]:
    """Which documents tell the entry, and whether it joins parties."""
    joins = int(len(set(entry.parties)) > 1)
    told = {report.source.document_id: report.source.published or "" for report in entry.history}
    for document, published in told.items():
        yield {"document_id": document, "entry_id": entry.id, "published": published, "joins": joins}


def aside_rows(outlined: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Where an entry may be told beside what joins two parties: promises of one or two, and words that were said.

    Args:
        outlined: the row of its outline.
    """
    promised = outlined["kind"] == Kind.UNDERTAKING.value and 1 <= len(_names(outlined["parties"])) <= _BETWEEN_TWO
    if promised or outlined["kind"] == Kind.STATEMENT.value:
        documents = outlined["documents"].split()
        keys = {column.name: outlined[column.name] for column in asides.c if column.name in outlined}
        for document in documents:
            yield {**keys, "document_id": document, "entry_id": outlined["id"], "only_there": int(len(documents) == 1)}


def _count(connection: Connection, ids: Collection[str], sign: int) -> None:
    """Add these entries to the counts of parties and pairs, or take them from these."""
    for table, counts in ((document_parties, document_party_counts(ids)), (party_pairs, pair_counts(ids))):
        keys = [column.name for column in table.primary_key]
        rows = [
            {**dict(zip(keys, row, strict=False)), "entries": sign * row[2]} for row in connection.execute(counts).all()
        ]
        if rows:
            _add(connection, table, "entries", rows)
        if rows and sign < 0:
            these = (table.c[name] == bindparam(f"this_{name}") for name in keys)
            connection.execute(
                delete(table).where(table.c.entries == 0, *these),
                [{f"this_{name}": row[name] for name in keys} for row in rows],
            )
        if rows and table is party_pairs:
            _add(connection, pair_versions, "number", [{**row, "number": 1} for row in rows])


def _count_years(connection: Connection, changed: Iterable[Mapping[str, Any]]) -> None:
    """Count anew the years of sketches that were put in or taken out."""
    keys = {(row["one"], row["other"], row["kind"], row["told_day"][:_YEAR]) for row in changed}
    rows = [dict(zip(("one", "other", "kind", "year"), key, strict=True)) for key in sorted(keys)]
    connection.execute(_YEAR_OUT, rows)
    connection.execute(_YEAR_IN, rows)


def _add(connection: Connection, table: Table, number: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add to the numbers of rows; those that are not there yet are put in."""
    statement = upsert(connection, table)
    keys = [column.name for column in table.primary_key]
    told = [{name: row[name] for name in (*keys, number)} for row in rows]
    added = {number: table.c[number] + statement.excluded[number]}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=added), told)


def _outline(row: Any) -> Outline:
    (
        key, kind, standing, date, parties, confirmed, confidence, disputed, decided, due, by, refers_to, speakers,
        direct, words, told_on, first_told, last_told, first_dated, last_heard, last_document, last_start, documents,
        passages, told_day, due_day,
    ) = row  # fmt: skip
    return Outline(
        key, _KINDS[kind], _STANDINGS[standing], date, _names(parties), bool(confirmed), confidence, bool(disputed),
        bool(decided), due, _names(by), refers_to, _names(speakers), bool(direct), words, told_on, first_told,
        last_told, first_dated, last_heard, last_document, last_start, tuple(documents.split()),
        tuple(passages.split()), told_day, due_day,
    )  # fmt: skip


@lru_cache(maxsize=65536)
def _names(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told))
