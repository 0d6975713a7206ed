"""Engagements on the map: each where it was, once, and none that could be elsewhere."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.web_samples import client, links, make_ledger, markup

from communique.ledger.occasions import Occasion
from communique.model import Standing
from communique.views.worldmap import HEIGHT, WIDTH, land, map_of


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")) as found:
        yield found


def occasion(key: str, place: str | None, *parties: str, date: str | None = None) -> Occasion:
    return Occasion(key, place, parties, Standing.REALISED, date)


def test_places_are_told_apart_counted_and_left_out() -> None:
    found = map_of(
        [
            occasion("E-1", "Washington, D.C.", "US", "IN", date="2025-02-13"),
            occasion("E-2", "White House", "US", "JP", date="2025-03-01"),
            occasion("E-3", "Springfield", "US", "FR"),
            occasion("E-4", None, "US", "FR"),
            occasion("E-5", "Nairobi", "KE", "DE"),
        ]
    )
    assert [(mark.place.name, [one.id for one in mark.occasions]) for mark in found.marks] == [
        ("Washington", ["E-2", "E-1"]),
        ("Nairobi", ["E-5"]),
    ]
    assert found.unplaced == (("Springfield", 1),)
    assert (found.placed, found.nowhere) == (3, 1)
    assert found.marks[0].parties[0] == "US"


def test_marks_lie_where_the_world_has_them() -> None:
    places = ("Washington", "London", "Tokyo", "Canberra", "Brasília", "Pretoria")
    marks = {mark.place.name: mark for mark in map_of(occasion(f"E-{n}", p) for n, p in enumerate(places)).marks}
    assert marks["Washington"].x < marks["Brasília"].x < marks["London"].x < marks["Pretoria"].x < marks["Tokyo"].x
    assert marks["London"].y < marks["Tokyo"].y < marks["Brasília"].y < marks["Canberra"].y
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in marks.values())


def test_land_is_where_land_is() -> None:
    dots = [tuple(map(float, one.removesuffix("h0").split())) for one in land().split("M")[1:]]
    assert 1800 < len(dots) < 4000
    near = {
        name: any(abs(x - mark.x) < 8 and abs(y - mark.y) < 8 for x, y in dots)
        for mark in map_of(occasion(str(n), p) for n, p in enumerate(("Paris", "Budapest", "Nairobi", "Delhi"))).marks
        for name in [mark.place.name]
    }
    assert near == dict.fromkeys(("Paris", "Budapest", "Nairobi", "Delhi"), True)
    assert not any(y > 560 for _, y in dots)


def test_the_page_has_the_map_as_a_table_too(asker: TestClient) -> None:
    text = asker.get("/map").text
    told = asker.get("/api/map").json()["places"]
    assert told
    assert (
        sum(name == "circle" and str(a.get("class", "")).startswith("place") for name, a in markup(text))
        == len(told) + 1
    )
    for one in told:
        assert f">{one['name']}</a>" in text
    place = next(link for link in links(text) if "place=" in link)
    assert 'class="line"' in asker.get(place).text


def test_a_map_is_narrowed(asker: TestClient) -> None:
    def engagements(query: str) -> int:
        return sum(len(one["engagements"]) for one in asker.get(f"/api/map?{query}").json()["places"])

    assert engagements("party=US&party=IN") <= engagements("party=US") <= engagements("")
    assert engagements("until=1990") == 0
    assert "is known for certain" in asker.get("/map?until=1990-01-01").text
    assert asker.get("/map?party=Atlantis").status_code == 400
