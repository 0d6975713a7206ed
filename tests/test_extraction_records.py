"""What is read from the sample documents: the things an analyst would look for first, and what must not be told."""

from functools import cache
from pathlib import Path

import pytest

from communique import extract, read
from communique.model import Agreement, Engagement, Record, Statement, Transfer, Undertaking

EXAMPLES = Path(__file__).parent.parent / "examples"


@cache
def _records(name: str) -> tuple[Record, ...]:
    return extract(read(EXAMPLES / name))


def test_a_meeting_is_read_with_its_people_states_day_and_place() -> None:
    found = [r for r in _records("us-in-2025-07-01-pentagon-meeting.html") if isinstance(r, Engagement)]
    meeting = next(r for r in found if r.type == "meeting" and r.date == "2025-07-01")
    assert meeting.stage == "held"
    assert set(meeting.parties) == {"US", "IN"}
    assert set(meeting.people) == {"Pete Hegseth", "S. Jaishankar"}
    assert meeting.place == "Pentagon"


def test_a_framework_that_is_hoped_for_is_not_signed_and_one_that_was_signed_is() -> None:
    hoped = [r for r in _records("us-in-2025-07-01-pentagon-meeting.html") if isinstance(r, Agreement)]
    assert all(r.stage != "signed" for r in hoped if "ramework" in r.name)
    signed = [r for r in _records("us-in-2025-10-31-framework-signed.html") if isinstance(r, Agreement)]
    assert any(r.stage == "signed" and r.date == "2025-10-31" and "Framework" in r.name for r in signed)


def test_a_visit_that_was_called_off_was_not_held() -> None:
    found = [r for r in _records("us-in-2025-08-08-pause-denied.txt") if isinstance(r, Engagement)]
    assert [r.stage for r in found if r.type == "visit"] == ["cancelled"]


def test_coordinated_promises_are_one_record_each_with_one_promiser() -> None:
    text = (
        "WELLINGTON, 3 March 2025. Defence Minister Judith Collins said that New Zealand hopes to send two frigates to "
        "Fiji, train Fijian crews and sign a new maritime agreement with Fiji by the end of the year."
    )
    found = [r for r in extract(text) if isinstance(r, Undertaking)]
    assert len(found) >= 3
    assert {r.by for r in found} == {("NZ",)}


def test_a_sale_that_was_given_up_is_cancelled() -> None:
    text = (
        "The minister was received in Paris on Monday. A visit planned for May was called off after Peru gave up the "
        "purchase of Rafale fighters from France."
    )
    (sale,) = (r for r in extract(text) if isinstance(r, Transfer))
    assert (sale.stage, sale.supplier, sale.recipient) == ("cancelled", ("FR",), ("PE",))


def test_who_is_named_beside_the_words_says_them() -> None:
    found = [r for r in _records("us-in-2025-07-01-pentagon-meeting.html") if isinstance(r, Statement)]
    assert any(r.speakers == ("S. Jaishankar",) for r in found)


def test_a_package_is_one_transfer() -> None:
    text = (
        "OSLO, 3 March 2025. Norway signed a contract with Germany on Monday for 12 Leopard 2A7 tanks. "
        "The deal includes simulators, spare parts and the training of crews."
    )
    (found,) = (r for r in extract(text) if isinstance(r, Transfer))
    assert len(found.evidence) == 2
    assert {"Leopard 2A7", "spare parts"} <= {item.what for item in found.items}


def test_the_number_before_an_item_that_no_table_knows_counts_it() -> None:
    text = "OSLO, 3 March 2025. Norway ordered 72 utility vehicles from Sweden on Monday, the ministry said."
    (found,) = (r for r in extract(text) if isinstance(r, Transfer))
    assert [(item.what, item.quantity) for item in found.items] == [("utility vehicles", 72)]


def test_the_agreement_is_the_one_that_has_the_word_in_its_name() -> None:
    text = (
        "OSLO, 3 March 2025. The Agreement on Air Services between Norway and Chile was signed in Oslo on Monday. "
        "The Agreement shall enter into force after ratification by both parties. The document has twelve articles."
    )
    (found,) = (r for r in extract(text) if isinstance(r, Agreement))
    assert found.name == "Agreement on Air Services between Norway and Chile"


def test_whoever_meets_somebody_else_meets_anew() -> None:
    text = (
        "OSLO, 3 March 2025. Foreign Minister Espen Barth Eide met Chilean Foreign Minister Alberto van Klaveren in "
        "Oslo on Monday. Earlier Eide met Peruvian Foreign Minister Elmer Schialer."
    )
    met = [r for r in extract(text) if isinstance(r, Engagement)]
    assert [set(r.parties) for r in met] == [{"NO", "CL"}, {"NO", "PE"}]


def test_the_body_at_whose_gathering_two_states_meet_is_no_party() -> None:
    text = (
        "OSLO, 3 March 2025. Foreign Minister Espen Barth Eide met Chilean Foreign Minister Alberto van Klaveren on "
        "Monday, on the sidelines of the OECD ministerial meeting."
    )
    met = [r for r in extract(text) if isinstance(r, Engagement) and r.people]
    assert [set(r.parties) for r in met] == [{"NO", "CL"}]


def test_a_summit_that_goes_on_under_another_word_is_one() -> None:
    text = (
        "OSLO, 3 March 2025. The leaders of Norway and Chile held a summit in Oslo on Monday. The summit lasted two "
        "hours. Both sides agreed to open a school of navigation and welcomed the new air link."
    )
    found = extract(text)
    assert [r.type for r in found if isinstance(r, Engagement)] == ["summit"]
    assert [set(r.speakers) for r in found if isinstance(r, Statement)] == [{"NO", "CL"}]


def test_the_two_leaders_speak_as_people() -> None:
    text = (
        "Prime Minister Jonas Gahr Støre of Norway and President Gabriel Boric of Chile met in Oslo on 3 March 2025. "
        "The two leaders stressed that Norway and Chile stand together against piracy."
    )
    said = [r.speakers for r in extract(text) if isinstance(r, Statement)]
    assert said == [("Jonas Gahr Støre", "Gabriel Boric")]


@pytest.mark.parametrize("name", sorted(p.name for p in EXAMPLES.iterdir() if p.suffix != ".rst"))
def test_evidence_lies_in_the_text(name: str) -> None:
    document = read(EXAMPLES / name)
    for record in _records(name):
        assert all(span.end <= len(document.text) for span in record.evidence)
        if isinstance(record, Statement):
            assert record.content in document.text
