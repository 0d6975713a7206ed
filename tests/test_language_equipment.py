import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language.analysis import analyse
from communique.language.equipment import find_equipment
from communique.lexicon.tables import rows
from communique.model import Document

NAMED = [
    ("Argentina will buy 24 second-hand F-16s from Denmark.", [("F-16", 24)]),
    ("India wants six P-8I aircraft and MQ-9B drones.", [("P-8I", 6), ("MQ-9B", None)]),
    ("They saw a squadron of Su-35 jets.", [("Su-35", None)]),
    ("It flies the AH-64E Apache and 12 AH-1Z attack helicopters.", [("AH-64E Apache", None), ("AH-1Z", 12)]),
    (
        "They ordered 20 Eurofighter Typhoon jets. Later Typhoons cost more.",
        [("Eurofighter Typhoon", 20), ("Typhoon", None)],
    ),
    ("The yard builds two Type 26 frigates.", [("Type 26", 2)]),
    ("Japan offered 11 Mogami-class frigates.", [("Mogami-class frigates", 11)]),
    ("They fired one million rounds of artillery ammunition.", [("rounds of artillery ammunition", 1_000_000)]),
    ("They need 155mm artillery shells and spare parts.", [("155mm artillery shells", None), ("spare parts", None)]),
    ("They sold six 155 mm howitzers.", [("155 mm howitzers", 6)]),
    ("They launched a frigate.", [("frigate", 1)]),
    ("They have 48 HIMARS launchers.", [("HIMARS", 48)]),
    ("They chose F-16 Block 70 jets and four Gripen E/F jets.", [("F-16 Block 70", None), ("Gripen E/F", 4)]),
    ("They sold 30 XR-77B drones.", [("XR-77B", 30)]),
    ("They sent a Patriot battery.", [("Patriot", 1)]),
    ("They bought 36 CAESAR howitzers.", [("CAESAR", 36)]),
    ("They sent two more frigates.", [("frigates", 2)]),
]


def equipment(text: str) -> list[tuple[str, int | None]]:
    return [(mention.what, mention.quantity) for mention in find_equipment(text)]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_equipment_with_its_quantity(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert equipment(text) == expected


OTHERS = [
    "They closed the M4 motorway.",
    "The G-7, the G20 and the C5+1 met during COVID-19.",
    "A/RES/77 and E3 talks.",
    "The M23 rebels left.",
    "Two rounds of talks with think tanks.",
    "Tank crews trained in a helicopter factory.",
    "He is a Patriot. Typhoon Haiyan hit the coast.",
    "An arms embargo and arms control.",
    "A sum of USD 997 or USD997.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_designations_are_no_equipment(text: str) -> None:
    assert equipment(text) == []


@pytest.mark.parametrize("row", rows("equipment"), ids=lambda row: row["designation"])
def test_each_designation_is_found_in_its_example(row: dict[str, str]) -> None:
    assert any(what.startswith(row["designation"]) for what, _ in equipment(row["example"]))


@pytest.mark.parametrize("row", rows("equipment_nouns"), ids=lambda row: row["singular"])
def test_each_noun_is_found_in_its_example(row: dict[str, str]) -> None:
    assert any(row["plural"] in what for what, _ in equipment(row["example"])) is (row["class"] != "none")


@pytest.mark.parametrize("row", rows("equipment_modifiers"), ids=lambda row: row["form"])
def test_each_modifier_joins_the_noun_of_its_example(row: dict[str, str]) -> None:
    expected = ("missiles", None) if row["class"] == "count" else (f"{row['form']} missiles", 6)
    assert equipment(row["example"]) == [expected]


def test_the_tables_hold_no_designation_twice() -> None:
    names = [row["designation"] for row in rows("equipment")]
    assert len(names) == len(set(names)) > 350


@given(
    st.text()
    | st.lists(st.sampled_from("F-16 s two six of tanks , rounds Patriot - 155 mm class X-class jets a".split())).map(
        " ".join
    )
)
def test_any_text_gives_ordered_disjoint_mentions(text: str) -> None:
    spans = [m.span for m in find_equipment(text)]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_a_firm_called_after_what_it_builds_is_no_equipment() -> None:
    text = "Airbus Helicopters will deliver ten helicopters to Hungary."
    found = analyse(Document(text=text)).equipment
    assert [text[m.span.start : m.span.end] for m in found] == ["helicopters"]
