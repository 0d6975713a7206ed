"""What databases say in different words: SQL that means the same on SQLite and on PostgreSQL."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    and_,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from communique.model import Kind

POSTGRESQL = "postgresql"


class _Each(FunctionElement[Any]):
    """The members of a JSON array, as rows of one column, ``value``."""

    inherit_cache = True
    name = "each"


class _Number(FunctionElement[int]):
    """A member of a JSON array of whole numbers as such."""

    inherit_cache = True
    type = Integer()


class _Member(FunctionElement[str]):
    """A member of a JSON object as text."""

    inherit_cache = True
    type = Text()


class _Place(FunctionElement[int]):
    """Where in a text another one begins, 0 where it does not."""

    inherit_cache = True
    type = Integer()


@compiles(_Place)
def _place(element: _Place, compiler: Any, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(_Place, POSTGRESQL)
def _place_of_postgresql(element: _Place, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


@compiles(_Each)
def _each(element: _Each, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Each, POSTGRESQL)
def _each_of_postgresql(element: _Each, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"


@compiles(_Number)
def _number(element: _Number, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(_Number, POSTGRESQL)
def _number_of_postgresql(element: _Number, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS BIGINT)"


@compiles(_Member)
def _member(element: _Member, compiler: Any, **options: Any) -> str:
    data, name = (compiler.process(part, **options) for part in element.clauses)
    return f"json_extract({data}, '$.' || {name})"


@compiles(_Member, POSTGRESQL)
def _member_of_postgresql(element: _Member, compiler: Any, **options: Any) -> str:
    data, name = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST({data} AS JSON) ->> {name})"


def listed(values: Collection[str]) -> Select[tuple[Any]]:
    """Words as a query, so that there is no limit to how many a condition may name."""
    each = _Each(json.dumps(sorted(values))).table_valued("value")
    return select(each.c.value)


def listed_numbers(values: Collection[int]) -> Select[tuple[Any]]:
    """Whole numbers as a query."""
    each = _Each(json.dumps(sorted(values))).table_valued("value")
    return select(_Number(each.c.value))


def id_of_kind(ids: Column[str], kind: Kind) -> ColumnElement[bool]:
    """Whether entries are of a kind, by their ids alone, which begin with the kind's initial."""
    initial = kind.value[0].upper()
    # not BETWEEN, in which PostgreSQL takes no order of letters
    return and_(ids >= f"{initial}-", ids <= f"{initial}.")


def names(told: Column[str], one: str) -> ColumnElement[bool]:
    """Whether a JSON array of words, as :func:`communique.ledger.writing.plain` writes it, has this one among them."""
    return _Place(told, literal(json.dumps(one, ensure_ascii=False))) > 0


def evidence(data: Column[str]) -> ColumnElement[str]:
    """The evidence that a record's data names, as JSON."""
    return member(data, "evidence")


def member(data: Column[str], name: str) -> ColumnElement[str]:
    """A member of a JSON object as text, null where it has none."""
    return _Member(data, cast(literal(name), Text))


def upsert(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An insertion that may say what becomes of rows that are there already."""
    return postgresql.insert(table) if connection.dialect.name == POSTGRESQL else sqlite.insert(table)


def mentions(connection: Connection, column: Column[str], words: str) -> ColumnElement[bool]:
    """Whether a text holds these words; upper and lower case of ASCII letters are the same."""
    if connection.dialect.name == POSTGRESQL:
        return column.icontains(words, autoescape=True)
    return column.contains(words, autoescape=True)


def next_number(connection: Connection, column: Column[int]) -> int:
    """The number after the last one; whoever writes is alone, so that nobody else takes it."""
    return connection.execute(select(func.coalesce(func.max(column), 0) + 1)).scalar_one()
