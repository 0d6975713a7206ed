"""Organisations and their members among the parties of agreements and initiatives."""

from collections.abc import Iterable
from functools import cache

from communique.lexicon.tables import forms, rows
from communique.resolve.words import ordered_words

_FEW_MEMBERS = 5
"""Of a group of as many states at most, the group and its members are the same parties."""


def parties_of(parties: Iterable[str]) -> frozenset[str]:
    """The parties, with the members of a small group in its place."""
    told = frozenset(parties)
    small = told & _small_groups()
    return told.difference(small).union(member for group in small for member in _members()[group])


def beyond(parties: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """The parties but for members of an organisation that is one of the others."""
    return parties - {member for other in others if len(other) > 2 for member in _members().get(other, ())}


def words_of(parties: Iterable[str]) -> frozenset[str]:
    """The names of one word for organisations that are among the parties, or all of whose members are."""
    among = frozenset(parties)
    met = (name for name, members in _members().items() if name in among or members <= among)
    return frozenset(word for name in met for word in _single_names()[name])


@cache
def _single_names() -> dict[str, frozenset[str]]:
    """Names of one word, by organisation."""
    found = {}
    for row in rows("organisations"):
        names = [ordered_words(name) for name in (row["name"], *forms(row, "aliases"))]
        found[row["name"]] = frozenset(words[0] for words in names if len(words) == 1)
    return found


@cache
def _members() -> dict[str, frozenset[str]]:
    return {row["name"]: frozenset(row["members"].split()) for row in rows("organisations") if row["members"]}


@cache
def _small_groups() -> frozenset[str]:
    return frozenset(name for name, members in _members().items() if 1 < len(members) <= _FEW_MEMBERS)
