"""Words, names and people in their forms for comparison."""

import pytest

from communique.model.names import same_person
from communique.resolve.words import acronyms, content_words, misspelt, plain, state_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ten-year Defence Framework", "10-Year Defense Framework"),
        ("the joint programme", "Joint Program"),
        ("signed the agreements", "sign an agreement"),
        ("Vietnam's security", "Vietnam’s Security"),
        ("P-8I", "the P8I"),
        ("the G-7 partners", "G7 partners"),
        ("Communiqué", "communique"),
        ("complete the sales", "completing sales"),
        ("counter-terrorism", "Counter Terrorism"),
        ("counterterrorism", "counter-terrorism"),
    ],
)
def test_spellings_of_one_thing(one: str, other: str) -> None:
    assert content_words(one) == content_words(other)


@pytest.mark.parametrize(("one", "other"), [("5-year plan", "10-year plan"), ("P-8I", "P-8A"), ("sell", "buy")])
def test_words_of_different_things(one: str, other: str) -> None:
    assert content_words(one) != content_words(other)


def test_states_are_known_by_name_adjective_and_people() -> None:
    assert content_words("U.S.-India, Filipino and Japanese") <= state_words()
    assert not content_words("defence partnership") & state_words()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reciprocal Access Agreement", {"raa"}),
        ("Reciprocal Access Agreement (RAA)", {"raa"}),
        ("INDUS-X", {"indusx"}),
        ("Initiative on Critical and Emerging Technology (iCET)", {"icet"}),
        ("Nuclear Consultative Group", {"ncg"}),
        ("a memorandum of understanding", set()),
    ],
)
def test_acronyms(name: str, expected: set[str]) -> None:
    found = acronyms(name)
    assert found == expected if len(expected) < 1 else expected <= found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jaishankar", "S. Jaishankar", True),
        ("S. Jaishankar", "Subrahmanyam Jaishankar", True),
        ("Xi", "Xi Jinping", True),
        ("Pete Hegseth", "Hegseth", True),
        ("Fumio Kishida", "Nobuo Kishi", False),
        ("Rajnath Singh", "Manmohan Singh", False),
        ("Rajnath Singh", "Rajesh Kumar Singh", False),
        ("Christian Huber", "Christoph Huber", False),
        ("Hassan Karimi", "Hossein Karimi", False),
        ("Raj Singh", "Rajnath Singh", True),
        ("Mike Huber", "Michael Huber", True),
        ("Tony Huber", "Antony J. Huber", True),
        ("Muhammad Karimi", "Mohamed Karimi", True),
        ("Sergey Orlov", "Sergei Orlov", True),
        ("José Mulino", "Jose Mulino", True),
        ("Ferdinand R. Marcos Jr.", "Marcos", True),
        ("", "Biden", False),
    ],
)
def test_people(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same_person(other, one) is same


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Harbour Partnership for Growth (HPG)", "Harbour Partnership for Growth"),
        ("Harbour Partnership for Growth, economic and security cooperation", "Harbour Partnership for Growth"),
        ("Harbour Accords and other arrangements with the coast", "Harbour Accords"),
        (
            "Framework for Security, Public Health, and Safe Harbours",
            "Framework for Security, Public Health, and Safe Harbours",
        ),
    ],
)
def test_a_name_without_what_follows_it(name: str, expected: str) -> None:
    assert plain(name) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("health", "heath", True), ("import", "export", False), ("2021", "2022", False), ("road", "rod", False)],
)
def test_misspelt_words(one: str, other: str, *, same: bool) -> None:
    assert misspelt(one, other) is same
