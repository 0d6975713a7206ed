"""Where states, capitals and cities lie, from packages that carry the geography of the world."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple


class Point(NamedTuple):
    """A point on the earth, in degrees north and east (WGS 84)."""

    latitude: float
    longitude: float


_NEAR = 5.0
"""Degrees that a capital may lie outside of its state's coarse outline: some lie on islands that are not drawn."""
Ring = tuple[tuple[float, float], ...]
"""A closed line as longitudes and latitudes."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory on the map.

    Attributes:
        centre: about its middle; None where that is not known.
        capital: where its capital lies; None where that is not known, or where there are several.
        outline: its coasts and borders, coarsely; empty where that is not known.
    """

    centre: Point | None
    capital: Point | None
    outline: tuple[Ring, ...]


class City(NamedTuple):
    """A city of 6,000 that are known with the numbers of their inhabitants."""

    name: str
    state: str
    point: Point
    inhabitants: int


@cache
def countries() -> dict[str, Country]:
    """States and territories by their ISO 3166-1 alpha-2 codes."""
    from countryinfo import CountryInfo

    found: dict[str, Country] = {}
    every: Mapping[str, Any] = CountryInfo("France").all()
    # parts of states have the code of the whole and no outline
    for row in sorted(every.values(), key=lambda one: not one.get("geoJSON")):
        code = (row.get("ISO") or {}).get("alpha2")
        if code and code not in found:
            rings = tuple(_rings(row.get("geoJSON") or {}))
            capital = _point(row.get("capital_latlng"))
            found[code] = Country(_point(row.get("latlng")), capital if _is_near(capital, rings) else None, rings)
    return found


@cache
def cities() -> tuple[City, ...]:
    """Cities, the largest first."""
    from pyworldatlas import Atlas

    with Atlas() as atlas:
        found = [
            City(one.name, one.country_code, Point(*_rounded(one.coordinates)), one.population or 0)
            for country in atlas
            for one in country.major_cities
        ]
    return tuple(sorted(found, key=lambda one: (-one.inhabitants, one.name, one.state)))


def _is_near(point: Point | None, rings: tuple[Ring, ...]) -> bool:
    """Whether a point may belong to what has this outline: a capital in another part of the world is wrong."""
    points = [one for ring in rings for one in ring]
    return point is not None and (
        not points
        or (
            min(y for _, y in points) - _NEAR <= point.latitude <= max(y for _, y in points) + _NEAR
            and min(x for x, _ in points) - _NEAR <= point.longitude <= max(x for x, _ in points) + _NEAR
        )
    )


def _rounded(coordinates: Any) -> tuple[float, float]:
    return round(coordinates.latitude, 2), round(coordinates.longitude, 2)


def _point(pair: Any) -> Point | None:
    is_point = isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, int | float) for one in pair)
    return Point(float(pair[0]), float(pair[1])) if is_point else None


def _rings(collection: dict[str, Any]) -> Iterable[Ring]:
    for feature in collection.get("features", ()):
        shape = feature["geometry"]
        for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
            for ring in polygon:
                yield tuple((float(point[0]), float(point[1])) for point in ring)
