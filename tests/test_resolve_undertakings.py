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
        (_promise("build six ferries for the Lake Victoria crossing", ("NO", "KE"), "2022-05-01"), False),
        (_promise("build the ferries for the Lake Victoria crossing", ("FR", "UG"), "2022-05-01"), False),
        (_promise("train 40 pilots for the Lake Victoria crossing", ("KE", "NO"), "2022-05-01"), False),
    ],
)
def test_promises(other: Reported, same: bool) -> None:
    assert why([FERRY], [other]).same is same
