"""Parties as users type them: codes, names, official and short forms, in any case."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from communique.model import UsageError

_SUGGESTIONS = 3
_LIKENESS = 0.65
"""Least similarity of a suggestion, as difflib counts: "Frnace" to "France" is 0.83."""


def party_of(typed: str, known: Iterable[str] = ()) -> str:
    """The party that the words mean: an ISO 3166-1 code, or an organisation's or company's short name.

    Args:
        known: parties that the ledger holds; they are found even where no table names them.

    Raises:
        UsageError: nobody is called that; the message suggests who may be meant.
    """
    wanted = _plain(typed)
    if wanted in _names():
        return _names()[wanted]
    held = {_plain(name): name for name in known}
    if wanted in held:
        return held[wanted]
    spoken = {**held, **_spoken()}
    close = get_close_matches(wanted, spoken, n=_SUGGESTIONS, cutoff=_LIKENESS)
    hint = f"did you mean {_listed([spoken[name] for name in close])}?" if close else _HOW
    raise UsageError(f"No party is called {typed!r}: {hint}")


_HOW = "give a state's name or two-letter code, or an organisation's short name, such as India, IN or NATO."


def name_of(party: str) -> str:
    """What a reader calls the party: the state's name for its code, others as they are."""
    return _states().get(party, party)


def is_state(party: str) -> bool:
    """Whether the party is a state, by its code."""
    return party in _states()


def is_known(party: str) -> bool:
    """Whether a table has the party under this very name."""
    return party in set(_names().values())


@cache
def _states() -> dict[str, str]:
    from communique.lexicon.tables import rows

    return {row["code"]: row["name"] for row in rows("states")}


@cache
def _names() -> dict[str, str]:
    """Every name in the tables, folded, to its party; states go before organisations and companies."""
    from communique.lexicon.tables import forms, rows

    found: dict[str, str] = {}
    for table in ("companies", "organisations"):
        for row in rows(table):
            for name in (row["name"], *(forms(row, "aliases") if "aliases" in row else ())):
                found[_plain(name)] = row["name"]
    for row in rows("states"):
        for name in (row["official"], *forms(row, "aliases"), row["name"], row["code"]):
            found[_plain(name)] = row["code"]
    found.pop("", None)
    return found


@cache
def _spoken() -> dict[str, str]:
    """Names that can be suggested: without codes, which resemble everything."""
    from communique.lexicon.tables import rows

    return {_plain(row["name"]): row["name"] for table in ("organisations", "states") for row in rows(table)}


def _plain(name: str) -> str:
    return " ".join(name.replace(".", "").casefold().split()).removeprefix("the ")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
