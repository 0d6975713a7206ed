"""When two reports tell of one occasion: what its sentences tell beside its fields."""

import pytest

from communique.model import Engagement, EngagementStage, EngagementType, Source, Span
from communique.model.names import same_person
from communique.resolve.occasion_told import Told, seat_of, states_of_place, told_of


def _told(quote: str, people: tuple[str, ...] = (), date: str | None = None, stage: str = "held") -> Told:
    record = Engagement(
        type=EngagementType.SUMMIT,
        stage=EngagementStage(stage),
        parties=("FR", "KE"),
        people=people,
        date=date,
        evidence=(Span(0, len(quote)),),
    )
    source = Source(
        record_id="R-1",
        document_id="D-1",
        title=None,
        publisher=None,
        published="2022-05-20",
        url=None,
        quotes=(quote,),
        spans=record.evidence,
    )
    return told_of(record, source)


@pytest.mark.parametrize(
    ("quote", "names"),
    [
        ("The next Quad summit will be held in June.", {"quad"}),
        ("It was launched at the Mombasa Trilateral Summit.", {"mombasa", "trilater"}),
        ("The ministers held talks.", set()),
        ("He opened the Lakes Forum on Water and Fish (LFWF).", {"lake", "water", "fish", "lfwf"}),
        ("They met on the margins of the Mombasa Summit.", set()),
        ("They welcomed President Otieno's Water Summit.", {"water"}),
    ],
)
def test_the_name_of_an_occasion(quote: str, names: set[str]) -> None:
    assert _told(quote).names == names


@pytest.mark.parametrize(
    ("quote", "date", "conference"),
    [
        ("They announced it at COP27 in Egypt.", None, "COP27"),
        ("The UN Climate Change Conference (COP 27) opened.", None, "COP27"),
        ("They met on the sidelines of COP27.", "2022-05-20", ""),
        ("They met today to prepare ahead of COP27.", "2022-05-20", ""),
        ("Much remains to be done before COP27.", None, "COP27"),
        ("At the Lagos Water Summit they looked to COP27.", None, ""),
    ],
)
def test_a_conference_that_goes_by_its_number(quote: str, date: str | None, conference: str) -> None:
    assert _told(quote, date=date).conference == conference


@pytest.mark.parametrize(
    ("quote", "number"), [("The second Lakes Summit began.", "2"), ("It was the 2nd Lakes Summit.", "2")]
)
def test_the_number_of_an_occasion(quote: str, number: str) -> None:
    assert _told(quote).number == number


@pytest.mark.parametrize(
    ("quote", "date", "day"),
    [
        ("They announced it at the 2021 summit in Mombasa.", None, "2021"),
        ("Their talks followed up on the April 9 call.", "2022-05-20", "2022-04-09"),
        ("They spoke today about the April 9 call.", "2022-05-20", None),
        ("They spoke on April 9 and on May 2.", None, None),
        ("They met on April 9.", "2022-04-08", None),
    ],
)
def test_the_time_that_only_its_sentence_tells(quote: str, date: str | None, day: str | None) -> None:
    assert _told(quote, date=date).day == day


def test_a_sentence_that_names_others_is_of_another_occasion() -> None:
    told = _told("Their meeting recalled the summit of President Mbeki and Prime Minister Moreau.", ("Otieno",))
    assert (told.aside, set(told.people)) == (True, {"Mbeki", "Moreau"})
    assert not _told("President Mbeki met Otieno.", ("Otieno",)).aside


def test_places_lie_in_states() -> None:
    assert states_of_place("Nairobi") == (frozenset({"KE"}), False)
    assert states_of_place("Kenya") == (frozenset({"KE"}), True)
    assert seat_of("Élysée Palace") == seat_of("Paris") == {"FR"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Joe Mbeki", "Joseph R. Mbeki, Jr.", True),
        ("Otieno Tae-Yong", "Taeyong Otieno", True),
        ("Anna Mbeki", "Joseph Mbeki", False),
    ],
)
def test_one_person_by_several_names(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
