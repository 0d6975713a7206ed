"""From whom and to whom: what grammar tells, verb by verb, and what it must leave open."""

import pytest

from communique.extraction.handing import maker, told_roles
from communique.language.analysis import analyse
from communique.lexicon.tables import rows
from communique.model import Document, Span


def _roles(text: str, item: str) -> dict[str, tuple[str, ...]]:
    start = text.index(item)
    found = told_roles(analyse(Document(text=text)), Span(0, len(text)), Span(start, start + len(item)))
    return {role: actor.parties for role, actor in found.items()}


@pytest.mark.parametrize("row", rows("transfer_verbs"), ids=lambda row: row["base"])
def test_the_subject_of_a_verb_gives_or_takes(row: dict[str, str]) -> None:
    giver, taker = (("NO",), ("PE",))
    assert _roles(row["example"], "guns") == {"supplier": giver, "recipient": taker}


@pytest.mark.parametrize(
    ("text", "item", "roles"),
    [
        ("Norway will not sell the guns to Peru.", "guns", {"supplier": ("NO",), "recipient": ("PE",)}),
        ("The guns were supplied by Norway.", "guns", {"supplier": ("NO",)}),
        ("Peru gave up plans for more guns.", "guns", {}),
        ("The guns ordered by Peru arrived.", "guns", {}),
        ("The guns were ordered by Peru.", "guns", {"recipient": ("PE",)}),
        ("Peru signed a contract with Saab for six guns.", "guns", {"supplier": ("Saab",), "recipient": ("PE",)}),
        ("Saab signed a contract with Peru for six guns.", "guns", {"supplier": ("Saab",), "recipient": ("PE",)}),
        ("Peru signed a contract for six guns with Norway.", "guns", {"supplier": ("NO",), "recipient": ("PE",)}),
        ("Bern turned down a German request to hand on the guns.", "guns", {}),
        ("Norway is supplying six guns to Peru.", "guns", {"supplier": ("NO",), "recipient": ("PE",)}),
        ("Peru expressed interest in acquiring guns.", "guns", {"recipient": ("PE",)}),
        ("Peru wished to acquire guns.", "guns", {"recipient": ("PE",)}),
        ("Chile saw the guns that Peru bought from Norway.", "guns", {"supplier": ("NO",), "recipient": ("PE",)}),
        ("Norway, which trains crews, has guns.", "guns", {}),
    ],
)
def test_who_hands_what_to_whom(text: str, item: str, roles: dict[str, tuple[str, ...]]) -> None:
    assert _roles(text, item) == roles


@pytest.mark.parametrize(
    ("text", "item", "made"),
    [
        ("Peru looks at Turkish drones.", "drones", ("TR",)),
        ("Peru flies American Puma drones.", "drones", ("US",)),
        ("Peru's frigates were repaired.", "frigates", None),
        ("Peru has frigates.", "frigates", None),
    ],
)
def test_an_item_is_named_by_its_maker(text: str, item: str, made: tuple[str, ...] | None) -> None:
    start = text.index(item)
    found = maker(analyse(Document(text=text)), Span(0, len(text)), Span(start, start + len(item)))
    assert (found.parties if found else None) == made
