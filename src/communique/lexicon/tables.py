"""Reading the lexicon's tables: CSV files with a header, one row per piece of knowledge, each with an example."""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicon/<name>.csv`` by column name, in file order.

    Raises:
        FileNotFoundError: the package holds no such table.
    """
    table = files("communique.lexicon").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(table.splitlines()))


def forms(row: dict[str, str], column: str = "forms") -> tuple[str, ...]:
    """The alternatives that a cell lists, separated by ``|``."""
    return tuple(form for form in row[column].split("|") if form)
