"""Which point of the earth the words for a place mean; none where they could mean several.

A place on the wrong continent would be worse than none. So a city counts where its state is named, where it is a
capital or stands in the table ``places``, where those who take part come from its state, or where it is by far the
largest of its name; everything else is left open.
"""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from communique.lexicon.atlas import City, Point, cities, countries
from communique.lexicon.tables import forms, rows
from communique.model.names import fold

_LARGER = 10
"""How many times as many inhabitants the largest city of a name has where it needs no state."""
_LARGE = 500_000
"""Inhabitants from which on a city may be meant by its name alone."""
_QUALIFIED = re.compile(r"^(.+?)(?:, | in )(?:the )?([^,]+)$")
_TIDY = re.compile(r"[\s.]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map.

    Attributes:
        name: what it is called there: that of the city, or of the state where no more is known.
        state: ISO code; None where that is disputed.
        whole: whether the point stands for a whole state.
    """

    name: str
    state: str | None
    point: Point
    whole: bool = False


def place_of(words: str, parties: Collection[str] = ()) -> Place | None:
    """The place that the words for it mean, None where they mean none or could mean several.

    Args:
        parties: who takes part in what happened there.
    """
    known = _known(words)
    if known:
        return known
    qualified = _QUALIFIED.match(words.strip())
    state = _states().get(_plain(qualified[2])) if qualified else None
    if qualified and state:
        return _within(qualified[1], state) or _whole(state)
    return None if qualified else _city(words, parties)


def _known(words: str) -> Place | None:
    """Of the table, a capital, a seat of power or a whole state."""
    plain = _plain(words)
    return _table().get(plain) or _seats().get(plain) or (_whole(_states()[plain]) if plain in _states() else None)


def _within(name: str, state: str) -> Place | None:
    """A place of a state that is named: of the table, its capital, or its largest city of that name."""
    known = _table().get(_plain(name)) or _seats().get(_plain(name))
    if known and known.state == state:
        return known
    own = [city for city in _named(name) if city.state == state]
    return _placed(own[0]) if own and _is_clear(own) else None


def _city(name: str, parties: Collection[str]) -> Place | None:
    found = [city for city in _named(name) if city.name == name.strip() or city.inhabitants >= _LARGE]
    own = [city for city in found if city.state in parties]
    if own and _is_clear(own):
        return _placed(own[0])
    return _placed(found[0]) if found and found[0].inhabitants >= _LARGE and _is_clear(found) else None


def _is_clear(found: list[City]) -> bool:
    """Whether the first is meant: the only one, or by far the largest."""
    return len(found) == 1 or found[0].inhabitants >= _LARGER * max(found[1].inhabitants, 1)


def _placed(city: City) -> Place:
    return Place(city.name, city.state, city.point)


def _whole(state: str) -> Place | None:
    country = countries().get(state)
    return Place(_names()[state], state, country.centre, whole=True) if country and country.centre else None


def _named(name: str) -> list[City]:
    return _cities().get(_plain(name), [])


def _plain(words: str) -> str:
    return _TIDY.sub(" ", fold(words).replace("’", "'")).strip().removeprefix("the ")


@cache
def _cities() -> dict[str, list[City]]:
    found: dict[str, list[City]] = defaultdict(list)
    for city in cities():
        found[_plain(city.name)].append(city)
    return dict(found)


@cache
def _table() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for row in rows("places"):
        place = Place(row["name"], row["state"] or None, Point(float(row["latitude"]), float(row["longitude"])))
        found |= {_plain(name): place for name in (row["name"], *forms(row, "aliases"))}
    return found


@cache
def _seats() -> dict[str, Place]:
    """Capitals, and the houses that states are governed from; names that two states have are left out."""
    found: dict[str, Place | None] = {}
    for row in rows("states"):
        capitals = [_capital(name, row["code"], forms(row, "capital")[0]) for name in forms(row, "capital")]
        named = [*zip(forms(row, "capital"), capitals, strict=True)]
        named += [(name, capitals[0]) for name in forms(row, "seats") if capitals]
        for name, place in named:
            found[_plain(name)] = place if found.get(_plain(name), place) == place else None
    return {name: place for name, place in found.items() if place}


def _capital(name: str, state: str, first: str) -> Place | None:
    """A capital; what no city of its state is called is another name of the first one."""
    own = [city for city in _named(name) if city.state == state]
    if own:
        return _placed(own[0])
    country = countries().get(state)
    return Place(first, state, country.capital) if country and country.capital else None


@cache
def _states() -> dict[str, str]:
    """The codes of states by what they are called; names that several have are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("states"):
        for name in (row["name"], row["official"], *forms(row, "aliases")):
            if name:
                found[_plain(name)].add(row["code"])
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in rows("states")}
