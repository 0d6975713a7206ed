"""When two reports tell of one promise: words by how much they tell, amounts, those who promise."""

import pytest

from communique.ledger import Reported
from communique.model import Source, Span, Status, Strength, Undertaking
from communique.resolve import why
from communique.resolve.action_words import action_words, amounts, weight


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("donate half a billion doses", (500e6,)),
        ("allocate $219 million over three years", (219e6,)),
        ("conclude 2 agreements by October 31, 2023", (2,)),
        ("plant 1.2 billion trees by 2030", (1.2e9,)),
        ("train 2,500 officers", (2500,)),
        ("strengthen cooperation in one region", ()),
    ],
)
def test_amounts(action: str, expected: tuple[float, ...]) -> None:
    assert amounts(action) == expected


def test_verbs_of_one_meaning_have_one_form() -> None:
    assert action_words("donate vaccines") == action_words("provide vaccines")
    assert action_words("stand with Malta") == action_words("support Malta")


def test_rare_words_tell_more() -> None:
    assert weight({"support"}) < weight({"vaccin"}) < weight({"lighthous"})


def _promise(action: str, by: tuple[str, ...], published: str) -> Reported:
    record = Undertaking(action=action, by=by, strength=Strength.COMMITMENT, status=Status.OPEN, evidence=(Span(0, 9),))
    source = Source(
        record_id=f"R-{published}-{action}",
        document_id=f"D-{published}",
        title=None,
        publisher=None,
        published=published,
        url=None,
        quotes=(action,),
        spans=record.evidence,
    )
    return Reported(record, source)


FERRY = _promise("build four ferries for the Lake Victoria crossing by 2030", ("KE", "NO"), "2022-03-01")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (_promise("build the four ferries for the Lake Victoria crossing", ("NO", "KE"), "2022-05-01"), True),
        (_promise("build the four ferries for the Lake Victoria crossing", ("NO",), "2022-03-04"), True),
        # a sentence may leave out who promises, and of many each names some
        (_promise("build the four ferries for the Lake Victoria crossing by 2030", (), "2022-05-01"), True),
        (_promise("build six ferries for the Lake Victoria crossing", ("NO", "KE"), "2022-05-01"), False),
        (_promise("build the ferries for the Lake Victoria crossing", ("FR", "UG"), "2022-05-01"), False),
        (_promise("train 40 pilots for the Lake Victoria crossing", ("KE", "NO"), "2022-05-01"), False),
    ],
)
def test_promises(other: Reported, same: bool) -> None:
    assert why([FERRY], [other]).same is same


def test_of_many_each_report_names_some() -> None:
    words = (
        "raise a fleet of fireboats and harbour tugs to guard the straits, lighthouses and estuaries against oil spills"
    )
    first = _promise(words, ("FI", "SE", "NO", "DK"), "2022-03-01")
    assert why([first], [_promise(words, ("FI", "EE", "LV"), "2022-05-01")]).same
    assert not why([first], [_promise("raise a fleet of fireboats", ("FI", "EE", "LV"), "2022-05-01")]).same


@pytest.mark.parametrize(
    ("one", "by", "other", "by_others", "months_later"),
    [
        # the notice and those who are named are of that document, which another one repeats for others
        (
            "publish this notice in the Gazette of Malta",
            ("MT",),
            "publish this notice in the Gazette of Malta",
            ("MT",),
            6,
        ),
        ("send the following three judges to Malta", ("FR",), "send the following three judges to Malta", ("FR",), 6),
        # another state, of which one report tells as whom it is promised to, another in its words
        ("hold the rulers of Chad to account", ("FR",), "hold the rulers of Niger to account", ("FR",), 1),
        # each with another partner
        ("expand customs checks at ferry ports", ("NO", "SE"), "expand customs checks at ferry ports", ("NO", "DK"), 1),
        # each prolongs another order
        ("prolong Executive Order 91288 by a year", ("MT",), "prolong Executive Order 91536 by a year", ("MT",), 1),
    ],
)
def test_other_promises_in_like_words(
    one: str, by: tuple[str, ...], other: str, by_others: tuple[str, ...], months_later: int
) -> None:
    first = _promise(one, by, "2022-03-01")
    assert why([first], [_promise(one, by, "2022-03-02")]).same
    assert not why([first], [_promise(other, by_others, f"2022-{3 + months_later:02}-01")]).same


def test_the_nearer_in_time_the_likelier_the_same() -> None:
    words = "build lighthouses in the Baltic", ("NO",)
    action = "build four ferries for the Lake Victoria crossing by 2030"
    totals = [why([FERRY], [_promise(action, ("KE", "NO"), day)]).total for day in ("2022-04-01", "2024-04-01")]
    assert totals[0] > totals[1]
    assert _total(*words, *words) < _total(words[0], ("NO", "SE"), words[0], ("NO", "SE"))


def _total(one: str, by: tuple[str, ...], other: str, by_others: tuple[str, ...]) -> float:
    return why([_promise(one, by, "2022-03-01")], [_promise(other, by_others, "2022-05-01")]).total
