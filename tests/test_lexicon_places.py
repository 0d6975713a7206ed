"""Where places lie: each row at work in its own sentence, and what must not be put anywhere."""

import pytest

from communique.lexicon.atlas import cities, countries
from communique.lexicon.places import place_of
from communique.lexicon.tables import forms, rows


@pytest.mark.parametrize("row", rows("places"), ids=lambda row: row["name"])
def test_each_row_is_found_by_its_names(row: dict[str, str]) -> None:
    names = (row["name"], *forms(row, "aliases"))
    assert any(name in row["example"] for name in names)
    for name in names:
        found = place_of(name)
        assert found is not None
        assert (found.name, found.state or "") == (row["name"], row["state"])
    assert -60 < float(row["latitude"]) < 75
    if row["state"] in countries() and countries()[row["state"]].outline:
        points = [one for ring in countries()[row["state"]].outline for one in ring]
        west, east = min(x for x, _ in points) - 2, max(x for x, _ in points) + 2
        assert west <= float(row["longitude"]) <= east


@pytest.mark.parametrize(
    ("words", "parties", "name", "state"),
    [
        ("Washington", (), "Washington", "US"),
        ("White House", ("US",), "Washington", "US"),
        ("Peking", (), "Beijing", "CN"),
        ("La Paz", (), "La Paz", "BO"),
        ("Sucre", (), "Sucre", "BO"),
        ("Jeddah, Saudi Arabia", (), "Jeddah", "SA"),
        ("Seoul, Republic of Korea", (), "Seoul", "KR"),
        ("Hyderabad", ("IN", "US"), "Hyderabad", "IN"),
        ("Cartagena", ("CO", "US"), "Cartagena", "CO"),
        ("Busan", (), "Busan", "KR"),
        ("Bali, Indonesia", (), "Bali", "ID"),
    ],
)
def test_a_place_is_told_by_its_state_by_who_meets_or_by_its_size(
    words: str, parties: tuple[str, ...], name: str, state: str
) -> None:
    found = place_of(words, parties)
    assert found is not None
    assert (found.name, found.state, found.whole) == (name, state, False)


@pytest.mark.parametrize("words", ["Australia", "the Philippines", "Republic of Korea"])
def test_a_state_is_a_whole_and_not_its_capital(words: str) -> None:
    found = place_of(words)
    assert found is not None
    assert found.whole


@pytest.mark.parametrize(
    "words",
    ["Cartagena", "Paris, Texas", "Congo", "Victoria", "the Middle East", "Panama and Colombia", "same city", "", ","],
)
def test_what_could_be_several_or_nowhere_is_left_open(words: str) -> None:
    assert place_of(words) is None


def test_capitals_of_both_sources_lie_together() -> None:
    """A capital that one package puts elsewhere than the other is told by neither without need."""
    points = {(city.name, city.state): city.point for city in reversed(cities())}  # the largest of a name
    for row in rows("states"):
        for name in forms(row, "capital")[:1]:
            found, listed = place_of(name), points.get((name, row["code"]))
            if found is not None and listed is not None and found.state == row["code"]:
                assert abs(found.point.latitude - listed.latitude) < 1
                assert abs(found.point.longitude - listed.longitude) < 1
