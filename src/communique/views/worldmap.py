"""Engagements on a map of the world: land as dots without any border, a mark for each place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, log, pi, radians, tan
from typing import Any

import numpy as np

from communique.ledger.occasions import Occasion
from communique.lexicon.atlas import Point, Ring, cities, countries
from communique.lexicon.places import Place, place_of
from communique.views.dates import newest_first

WIDTH, HEIGHT = 1000, 470
"""The drawing, in pixels."""
_WEST = -169.0
"""Where the map is cut, in degrees east: through the Bering Strait."""
_NORTH = 80.0
_STEP = 7.2
"""Pixels between the dots of the land."""
_AROUND_CITY = 0.7
"""Degrees around a city that are land where a state has no outline."""
_SMALLEST, _LARGEST = 4.0, 17.0
LABELS = 14
"""How many of the places with most engagements have their names on the map."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map with what took place there.

    Attributes:
        occasions: the latest first.
        label: whether its name stands on the map; it would run into another one otherwise.
    """

    place: Place
    occasions: tuple[Occasion, ...]
    x: float
    y: float
    size: float
    label: bool

    @property
    def parties(self) -> list[str]:
        """Who took part most often."""
        counts = Counter(party for one in self.occasions for party in one.parties)
        return [party for party, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The map.

    Attributes:
        marks: the places with most engagements first.
        unplaced: words for places that could not be told, with how many engagements have them.
        nowhere: how many engagements no document tells a place of.
    """

    marks: tuple[Mark, ...]
    unplaced: tuple[tuple[str, int], ...]
    nowhere: int

    @property
    def placed(self) -> int:
        """How many engagements are on the map."""
        return sum(len(mark.occasions) for mark in self.marks)


def map_of(occasions: Iterable[Occasion]) -> WorldMap:
    """Engagements by the places that their words mean; those that could mean several are only counted."""
    found: dict[Place, list[Occasion]] = defaultdict(list)
    placed = cache(place_of)  # the same parties meet at the same place again and again
    unplaced = Counter[str]()
    nowhere = 0
    for one in occasions:
        if one.place is None:
            nowhere += 1
        elif place := placed(one.place, one.parties):
            found[place].append(one)
        else:
            unplaced[" ".join(one.place.split())] += 1
    most = max(map(len, found.values()), default=1)
    order = sorted(found.items(), key=lambda each: (-len(each[1]), each[0].name))
    marks: list[Mark] = []
    for place, own in order:
        x, y = _xy(place.point)
        size = _SMALLEST + (_LARGEST - _SMALLEST) * (len(own) / most) ** 0.5
        label = sum(mark.label for mark in marks) < LABELS and not any(_clashes(x, y, place, mark) for mark in marks)
        own.sort(key=lambda one: (newest_first(one.date), one.id))
        marks.append(Mark(place, tuple(own), round(x, 1), round(y, 1), round(size, 1), label))
    left = sorted(unplaced.items(), key=lambda each: (-each[1], each[0]))
    return WorldMap(tuple(marks), tuple(left), nowhere)


def _clashes(x: float, y: float, place: Place, other: Mark) -> bool:
    """Whether two names would run into each other."""
    room = 4.0 * (len(place.name) + len(other.place.name)) + 6
    return other.label and abs(x - other.x) < room and abs(y - other.y) < 2 * _LARGEST


def _xy(point: Point) -> tuple[float, float]:
    """Miller's cylindrical projection: known to everybody, and the far north is not blown up as by Mercator's."""
    x = ((point.longitude - _WEST) % 360) / 360 * WIDTH
    return x, (_miller(_NORTH) - _miller(point.latitude)) * WIDTH / (2 * pi)


def _miller(latitude: float) -> float:
    return 1.25 * log(tan(pi / 4 + 0.4 * radians(latitude)))


@cache
def land() -> str:
    """The land as the path of a line that is nothing but round ends.

    It has no borders: where they run is what some of those who meet dispute.
    """
    rows = np.arange(_STEP / 2, HEIGHT, _STEP * 0.866)
    columns = np.arange(_STEP / 2, WIDTH, _STEP)
    xs = np.concatenate([columns + (_STEP / 2 if number % 2 else 0) for number in range(len(rows))])
    ys = np.repeat(rows, len(columns))
    longitudes = (xs / WIDTH * 360 + _WEST + 180) % 360 - 180
    latitudes = np.degrees((np.arctan(np.exp((_miller(_NORTH) - ys * 2 * pi / WIDTH) / 1.25)) - pi / 4) / 0.4)
    is_land = np.zeros(len(xs), dtype=bool)
    for code, country in countries().items():
        if code != "AQ":
            for ring in country.outline:
                is_land |= _inside(ring, longitudes, latitudes)
    for city in cities():
        if not (known := countries().get(city.state)) or not known.outline:
            near = _AROUND_CITY / max(0.2, cos(radians(city.point.latitude)))
            is_land |= (abs(longitudes - city.point.longitude) < near) & (
                abs(latitudes - city.point.latitude) < _AROUND_CITY
            )
    return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in zip(xs[is_land], ys[is_land], strict=True))


def _inside(ring: Ring, longitudes: Any, latitudes: Any) -> Any:
    """Which points lie in a ring: those from which a line to the west crosses it an odd number of times."""
    line = np.array(ring)
    within = (longitudes >= line[:, 0].min()) & (longitudes <= line[:, 0].max())
    within &= (latitudes >= line[:, 1].min()) & (latitudes <= line[:, 1].max())
    if not within.any():
        return within
    x, y = longitudes[within][:, None], latitudes[within][:, None]
    (ax, ay), (bx, by) = line[:-1].T, line[1:].T
    spans = (ay > y) != (by > y)
    crossing = ax + (y - ay) / np.where(by == ay, 1, by - ay) * (bx - ax)
    within[within] = (spans & (crossing < x)).sum(axis=1) % 2 == 1
    return within


def map_to_json(found: WorldMap) -> dict[str, Any]:
    """The places as plain JSON data."""
    return {
        "places": [
            {
                "name": mark.place.name,
                "state": mark.place.state,
                "whole_state": mark.place.whole,
                "latitude": mark.place.point.latitude,
                "longitude": mark.place.point.longitude,
                "engagements": [one.id for one in mark.occasions],
                "parties": mark.parties,
            }
            for mark in found.marks
        ],
        "unplaced": [{"words": name, "engagements": number} for name, number in found.unplaced],
        "without_place": found.nowhere,
    }


def marks_at(found: WorldMap, name: str) -> Sequence[Mark]:
    """The marks of the places that are called so."""
    return [mark for mark in found.marks if mark.place.name == name]
