import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language.money import find_money
from communique.language.quantities import find_quantities
from communique.lexicon.tables import rows


def money(text: str) -> list[tuple[str, int | float, str]]:
    return [(text[m.span.start : m.span.end], m.value.amount, m.value.currency) for m in find_money(text)]


AMOUNTS = [
    ("$1.2 billion", 1_200_000_000, "USD"),
    ("USD 670 million", 670_000_000, "USD"),
    ("€3.5bn", 3_500_000_000, "EUR"),
    ("EUR3bn", 3_000_000_000, "EUR"),
    ("DKK2.1 billion", 2_100_000_000, "DKK"),
    ("£100m", 100_000_000, "GBP"),
    ("1.5 trillion yen", 1_500_000_000_000, "JPY"),
    ("10 billion euros", 10_000_000_000, "EUR"),
    ("Rs 54,000 crore", 540_000_000_000, "INR"),
    ("Rs 1.5 lakh crore", 1_500_000_000_000, "INR"),
    ("US$ 5 million", 5_000_000, "USD"),
    ("A$368 billion", 368_000_000_000, "AUD"),
    ("$300-million", 300_000_000, "USD"),
    ("$5 million Canadian", 5_000_000, "CAD"),
    ("$5 million New Zealand", 5_000_000, "NZD"),
    ("half a billion euros", 500_000_000, "EUR"),
    ("$2,500", 2_500, "USD"),
    ("$1.50", 1.5, "USD"),
]


@pytest.mark.parametrize(("words", "amount", "currency"), AMOUNTS)
def test_amounts(words: str, amount: float, currency: str) -> None:
    found = money(f"The plan is worth {words}, they said.")
    assert found == [(words, amount, currency)]
    assert isinstance(found[0][1], type(amount))


def test_of_a_range_the_first_amount_counts() -> None:
    assert [found[1:] for found in money("It costs between $1 and $2 billion.")] == [(1_000_000_000, "USD")]
    assert [found[1:] for found in money("It costs €3-4bn.")] == [(3_000_000_000, "EUR")]


@pytest.mark.parametrize(
    "text", ["500 pounds of flour", "They won 3 seats", "the TOP 10", "2 billion people", "six P-8I"]
)
def test_other_numbers_are_no_money(text: str) -> None:
    assert money(text) == []


@pytest.mark.parametrize("row", rows("currencies"), ids=lambda row: row["code"])
def test_each_currency_is_found_in_its_example(row: dict[str, str]) -> None:
    assert [currency for _, _, currency in money(row["example"])] == [row["code"]]


SHARED = [
    ("Copenhagen is to pay 1.7 billion kroner.", [(0, "DK")], ["DKK"]),
    ("The fund holds 3.1 billion francs, of which Kigali gave none.", [(44, "RW")], ["RWF"]),
    ("India lent 2 crore rupees, Pakistan 3 crore rupees.", [(0, "IN"), (27, "PK")], ["INR", "PKR"]),
    ("They want 1.7 billion kroner.", [(0, "FR")], []),
    ("The queen's 3 crowns are in Copenhagen.", [(0, "DK")], []),
]


@pytest.mark.parametrize(("text", "states", "currencies"), SHARED)
def test_a_name_that_currencies_share_is_that_of_the_state_named(
    text: str, states: list[tuple[int, str]], currencies: list[str]
) -> None:
    assert [m.value.currency for m in find_money(text, states)] == currencies


QUANTITIES = [
    ("twenty-four jets", [24]),
    ("two dozen tanks", [24]),
    ("a dozen ships", [12]),
    ("a pair of frigates", [2]),
    ("2,350 shells and 1.4 million rounds", [2_350, 1_400_000]),
    ("two hundred and five trucks", [205]),
    ("six two-seat jets", [6]),
    ("several jets of the 5th wing", []),
    ("on 5 May 2024, July 3 and in 2019", []),
    ("30 percent of 155 mm shells under Article 5", []),
    ("F-16, Type 26 and Su-35", []),
    ("for $20 million", []),
    ("one of the aims", []),
    ("24 second-hand jets", [24]),
    ("20 seconds", []),
]


@pytest.mark.parametrize(("text", "numbers"), QUANTITIES)
def test_quantities(text: str, numbers: list[int]) -> None:
    assert [mention.number for mention in find_quantities(text)] == numbers


@pytest.mark.parametrize("row", [r for r in rows("number_words") if r["class"] != "mark"], ids=lambda r: r["form"])
def test_each_number_word_is_read_in_its_example(row: dict[str, str]) -> None:
    found = [m.number for m in find_quantities(row["example"])] + [m.value.amount for m in find_money(row["example"])]
    assert len(found) == 1
    assert found[0] % int(row["value"]) == 0


@given(
    st.text()
    | st.lists(st.sampled_from("$ € 1 2,000 .5 bn million and - Rs crore two a dozen 99999999999999999".split())).map(
        " ".join
    )
)
def test_any_text_gives_ordered_disjoint_mentions(text: str) -> None:
    for spans in ([m.span for m in find_money(text)], [m.span for m in find_quantities(text)]):
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize("text", ["a plan of $5 million New York backs", "10 New ships", "$3 Hong", "€5 East"])
def test_a_part_of_a_currency_name_is_none(text: str) -> None:
    assert all(currency in ("USD", "EUR") for _, _, currency in money(text))
