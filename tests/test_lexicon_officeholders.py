"""Who held which office when: every row found again by name and term, and names that several people bear."""

import pytest

from communique.lexicon.officeholders import holders_of
from communique.lexicon.tables import forms, rows

HEADS = {
    "president", "prime minister", "premier", "chancellor", "taoiseach", "king", "queen", "emperor", "sultan", "emir",
    "pope", "leader", "supreme leader", "crown prince", "chief adviser", "general secretary",
}  # fmt: skip


def states(name: str, day: str | None = None) -> set[str]:
    return {holder.state for holder in holders_of(name, day)}


def test_terms_of_office_are_those_of_known_parties_and_have_an_order() -> None:
    parties = {row["code"] for row in rows("states")} | {row["name"] for row in rows("organisations")}
    titles = tuple(row["title"] for row in rows("offices"))
    for row in rows("officeholders"):
        assert row["state"] in parties, row
        assert row["office"].startswith(titles) or row["office"].endswith(titles), row
        assert row["since"], row
        assert not row["until"] or row["since"] <= row["until"], row


def test_no_term_stands_twice() -> None:
    terms = [(row["state"], row["office"], row["name"], row["since"]) for row in rows("officeholders")]
    assert len(terms) == len(set(terms))


def test_the_states_most_in_the_news_are_covered() -> None:
    table = rows("officeholders")
    assert len({row["state"] for row in table if row["office"] in HEADS}) >= 70
    for portfolio in (("foreign", "external", "secretary of state"), ("defence", "defense")):
        assert len({row["state"] for row in table if any(word in row["office"] for word in portfolio)}) >= 20


def test_every_form_of_a_name_finds_its_term() -> None:
    for row in rows("officeholders"):
        for form in (row["name"], *forms(row)):
            assert row["state"] in states(form, row["since"]), (form, row)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Putin", "2003-05-01", {"RU"}),
        ("Xi", "2024-11-15", {"CN"}),
        ("Xi Jinping", "2024", {"CN"}),
        ("Joseph R. Biden", "2022-03", {"US"}),
        ("V. Putin", None, {"RU"}),
        ("Ursula von der Leyen", "2024-06-02", {"EU"}),
        ("Walesa", "1993-02-01", {"PL"}),
        ("Mark Rutte", "2023-05-05", {"NL"}),
        ("Mark Rutte", "2025-05-05", {"NATO"}),
        ("Abdullah", "2010-04-01", {"JO", "SA"}),
        ("Kim", "2022-08-01", {"KP", "KR"}),
        ("Obama", "2021-06-01", set()),
        ("Obama", "2017-01-20", {"US"}),
        ("Michelle Obama", "2015-01-01", set()),
        ("Kirill Medvedev", None, set()),
        ("Ruritania", None, set()),
        ("", None, set()),
    ],
)
def test_names_and_days(name: str, day: str | None, expected: set[str]) -> None:
    assert states(name, day) == expected


def test_an_open_term_lasts_and_a_year_holds_all_its_days() -> None:
    assert [holder.office for holder in holders_of("Sunak", "2022-12-30")] == ["prime minister"]
    assert holders_of("Sunak", "2025-01-01") == ()
    assert states("Modi", "2026-06-01") == {"IN"}
