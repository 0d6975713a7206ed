"""When two reports tell of one occasion: what its sentences tell beside its fields."""

import pytest

from communique.ledger import Reported
from communique.model import Engagement, EngagementStage, EngagementType, Source, Span
from communique.model.names import same_person
from communique.resolve import why
from communique.resolve.occasion_told import Told, seat_of, states_of_place, told_of
from ledger_samples import sample, told
from test_resolve_entries import entries


def _told(
    quote: str, people: tuple[str, ...] = (), date: str | None = None, stage: str = "held", sort: str = "summit"
) -> Told:
    record = Engagement(
        type=EngagementType(sort),
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
        ("They spoke of the Lakes Summit and the Forest Summit.", {"lake"}),
        ("They prepared ahead of the Lakes Summit.", set()),
        ("The G-9 leaders' summit began.", {"g9"}),
    ],
)
def test_the_name_of_an_occasion(quote: str, names: set[str]) -> None:
    assert _told(quote).names == names


def test_what_is_ahead_of_a_summit_to_come_is_named_after_it() -> None:
    assert _told("They discussed preparations ahead of the Lakes Summit.", stage="planned").names == {"lake"}


@pytest.mark.parametrize(
    ("quote", "date", "conference"),
    [
        ("They announced it at COP27 in Egypt.", None, "COP27"),
        ("The UN Climate Change Conference (COP 27) opened.", None, "COP27"),
        ("They met on the sidelines of COP27.", "2022-05-20", ""),
        ("They met today to prepare ahead of COP27.", "2022-05-20", ""),
        ("Much remains to be done before COP27.", None, "COP27"),
        ("At the Lagos Water Summit they looked to COP27.", None, ""),
        ("They met on the margins of talks, and looked to COP27.", "2022-05-20", ""),
    ],
)
def test_a_conference_that_goes_by_its_number(quote: str, date: str | None, conference: str) -> None:
    assert _told(quote, date=date).conference == conference


@pytest.mark.parametrize(
    ("quote", "number"),
    [
        ("The second Lakes Summit began.", "2"),
        ("It was the 2nd Lakes Summit.", "2"),
        ("The first-ever Lakes Summit began.", "1"),
        ("It was the President’s first Lakes Summit.", ""),
        ("Kenya, as first Lakes Summit Chair, will host it.", ""),
    ],
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
    assert _told(quote, date=date, sort="meeting").timing.day == day


@pytest.mark.parametrize(
    ("quote", "sort", "timing"),
    [
        ("He thanked Kenya for hosting the Lakes Summit.", "summit", (None, True, False)),
        ("They discussed the upcoming Lakes Summit.", "summit", (None, True, True)),
        ("They discussed what was agreed at the Lakes Summit on April 9.", "summit", ("2022-04-09", True, False)),
        ("They talked about the visit of President Otieno on June 3.", "visit", ("2022-06-03", True, True)),
        ("President Otieno attended the Lakes Summit and thanked the hosts.", "summit", (None, False, False)),
        ("They discussed fish.", "meeting", (None, False, False)),
    ],
)
def test_what_is_only_talked_about_is_not_of_the_day_of_the_talk(
    quote: str, sort: str, timing: tuple[str | None, bool, bool]
) -> None:
    told = _told(quote, date="2022-05-20", sort=sort).timing
    assert (told.day, told.mentioned, told.upcoming) == timing


def test_what_is_looked_back_on_is_over() -> None:
    told = _told("They reviewed the outcomes of the Lakes Summit.", date="2022-05-20", stage="planned").timing
    assert (told.over, told.upcoming) == (True, False)


@pytest.mark.parametrize(
    ("quote", "over"),
    [
        ("They recalled the commitments made at the Lakes Summit.", True),
        ("The fund was launched during the U.S. Lakes Summit in May.", True),
        ("The fund is to be launched at the Lakes Summit.", False),
        ("They discussed a plan agreed at the upcoming Lakes Summit.", False),
        ("They will attend the Lakes Summit.", False),
    ],
)
def test_what_something_came_of_is_over(quote: str, over: bool) -> None:
    told = _told(quote, stage="planned").timing
    assert (told.over, told.upcoming) == (over, False)


def test_what_is_to_come_by_its_sentence_is_to_come() -> None:
    assert _told("He noted the June visit of President Otieno.", sort="visit").timing.upcoming


def test_how_people_spoke_is_left_open_by_what_they_welcomed() -> None:
    assert _told("They welcomed the new port and asked their teams to meet.", sort="meeting").unsaid
    assert not _told("She welcomed President Otieno to the Naval Observatory.", sort="meeting").unsaid


def test_a_sentence_that_names_others_is_of_another_occasion() -> None:
    told = _told("Their meeting recalled the summit of President Mbeki and Prime Minister Moreau.", ("Otieno",))
    assert (told.aside, set(told.people)) == (True, {"Mbeki", "Moreau"})
    assert not _told("President Mbeki met Otieno.", ("Otieno",)).aside


def _visit(published: str, *people: str) -> Reported:
    record = Engagement(
        type=EngagementType.VISIT,
        stage=EngagementStage.HELD,
        parties=("FR", "KE"),
        people=people,
        date="2022-05-20",
        evidence=(Span(0, 9),),
    )
    source = Source(
        record_id=f"R-{published}",
        document_id=f"D-{published}",
        title=None,
        publisher=None,
        published=published,
        url=None,
        quotes=("They told of the visit.",),
        spans=record.evidence,
    )
    return Reported(record, source, {"Otieno": ("KE",), "Mutua": ("KE",), "Moreau": ("FR",), "Petit": ("FR",)})


@pytest.mark.parametrize(
    ("people", "same"),
    [
        # the guest with who came along, and the guest with the host
        (("Otieno", "Moreau"), True),
        # another guest of the same state comes to the host
        (("Petit", "Moreau"), False),
    ],
)
def test_of_a_visit_each_report_names_some(people: tuple[str, ...], same: bool) -> None:
    assert why([_visit("2022-05-20", "Otieno", "Mutua")], [_visit("2022-05-21", *people)]).same is same


def test_another_guest_of_one_host_is_on_another_visit() -> None:
    assert not why([_visit("2022-05-20", "Otieno", "Moreau")], [_visit("2022-05-21", "Mutua", "Moreau")]).same


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


def _of_summits(*told_there: tuple[str, str, dict[str, object]]) -> list[list[str]]:
    """The sentences on summits, each with its day of publication and fields, by the entry that they make."""
    samples = [
        sample(published, (sentence, [told("engagement", type=EngagementType.SUMMIT, **fields)]))
        for published, sentence, fields in told_there
    ]
    return [[report.source.quotes[0] for report in entry.history] for entry in entries(*samples)]


def test_a_summit_goes_by_the_name_of_its_place() -> None:
    held: dict[str, object] = {"parties": ("NO", "NATO"), "place": "Bergen", "date": "2024-06-11"}
    (both,) = _of_summits(
        ("2024-06-11", "NATO leaders held their summit in Bergen on 11 June.", held),
        ("2024-07-01", "They recalled the decisions of the Bergen Summit.", {"parties": ("NO",)}),
    )
    assert len(both) == 2


def test_what_is_recalled_at_some_time_narrows_no_days() -> None:
    recalled: dict[str, object] = {"parties": ("KE",)}
    held: dict[str, object] = {"parties": ("KE", "UG"), "date": "2022-05"}
    day: dict[str, object] = {"parties": ("KE", "UG"), "date": "2022-05-12"}
    (all_three,) = _of_summits(
        ("2022-04-28", "The Lakes Summit builds on a year of talks.", recalled),
        ("2022-05-12", "Kenya hosted the Lakes Summit on 12 May.", day),
        ("2022-11-20", "At the Lakes Summit in May they launched a fund.", held),
    )
    assert len(all_three) == 3


def test_of_two_summits_that_follow_each_other_the_next_one_is_meant() -> None:
    parties: dict[str, object] = {"parties": ("KE", "UG")}
    found = _of_summits(
        ("2021-05-01", "They prepare for the Lakes Summit.", parties | {"stage": EngagementStage.PLANNED}),
        ("2021-06-14", "The Lakes Summit was held on 14 June 2021.", parties | {"date": "2021-06-14"}),
        ("2022-01-25", "The Lakes Summit was held on 25 January 2022.", parties | {"date": "2022-01-25"}),
    )
    assert sorted(map(len, found)) == [1, 2]
    assert any("prepare" in told_there[0] and "June" in told_there[1] for told_there in found if len(told_there) == 2)


def test_a_document_that_gives_two_days_tells_of_two_occasions() -> None:
    planned: dict[str, object] = {"stage": EngagementStage.PLANNED, "parties": ("FR",), "type": EngagementType.SUMMIT}
    both = sample(
        "2021-10-22",
        ("She will speak at the Paris Water Forum on 11 November.", [told("engagement", date="2021-11-11", **planned)]),
        ("She will attend the Paris Conference on 14 November.", [told("engagement", date="2021-11-14", **planned)]),
    )
    assert len(entries(both)) == 2
