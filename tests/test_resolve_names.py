"""When two names mean one agreement or initiative, told by the public comparison of two records."""

from dataclasses import replace

import pytest

from communique.ledger import Reported
from communique.model import Agreement, AgreementStage, Initiative, InitiativeStage, Source, Span
from communique.resolve import why


def _reported(name: str, parties: str, published: str, *, agreement: bool, sentence: str | None = None) -> Reported:
    fields = {"name": name, "parties": tuple(parties.split()), "evidence": (Span(0, 9),)}
    record = (
        Agreement(stage=AgreementStage.IN_FORCE, **fields)
        if agreement
        else Initiative(stage=InitiativeStage.ACTIVE, **fields)
    )
    source = Source(
        record_id=f"R-{name}-{published}",
        document_id=f"D-{published}",
        title=None,
        publisher=None,
        published=published,
        url=None,
        quotes=(sentence or f"They spoke of the {name}.",),
        spans=record.evidence,
    )
    return Reported(record, source, {})


def _same(one: str, parties: str, other: str, other_parties: str, *, agreement: bool) -> bool:
    first = _reported(one, parties, "2021-05-01", agreement=agreement)
    return why([first], [_reported(other, other_parties, "2022-03-01", agreement=agreement)]).same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # an acronym of some words of the other name, the rest of which both have
        ("Rural Solar Mission for Water", "RSM for Water", True),
        ("Coastal and Inland Fisheries Working Group", "CIF Working Group", True),
        # what both are called after is a part of the world
        ("Indo-Pacific Strategy", "Central Indo-Pacific Youth Dialogue", False),
        ("Counter Smuggling Initiative", "International Counter Smuggling Task Force", False),
        ("Salt Trade Task Force", "Salt Trade Working Group", False),
        # a part of what has its acronym beside it
        ("Inter-Lakes Fishing Office (ILFO) Nets Programme", "ILFO Nets Programme", True),
        # words beside it make it something of what it stands for
        ("Mountain Railway Freight Programme", "MRFP Training Centre", False),
        # the other name up to its subject
        ("Lakes Partnership", "Lakes Partnership for Clean Shipping and Ports", True),
        ("Lakes Partnership", "Lakes Forum for Clean Shipping and Ports", False),
        # an acronym beside the name that all words of the other make
        ("North Sea wind initiative", "Wind Initiative of the North (NSWI)", True),
        # named for its states and nothing else
        ("France-Kenya Alliance", "Kenyan-French alliance", True),
        ("France-Kenya Alliance", "alliance of France and Chile", False),
        # what a participle tells of it is not its name
        ("Lighthouse Pledge", "Lighthouse Pledge adopted at the Port Forum with respect to small harbours", True),
        # a letter for a word
        ("D-Piracy Coalition", "Coalition to Defeat Piracy", True),
    ],
)
def test_initiatives_by_name(one: str, other: str, same: bool) -> None:
    assert _same(one, "FR KE", other, "FR KE", agreement=False) == same


@pytest.mark.parametrize(
    ("one", "parties", "other", "other_parties", "same"),
    [
        # two states in the name tell whose it is, whoever else the sentence names
        ("Kenya-France Port Visits Agreement", "KE FR US", "Port Visits Agreement with Chile", "FR CL", False),
        ("France-Kenya Port Visits Agreement", "KE FR US", "Port Visits Agreement of Kenya and France", "KE", True),
        # the same general words of the same two
        ("Strategic Agreement", "FR KE", "Strategic Agreement between the two countries", "KE FR", True),
        ("Strategic Agreement", "FR KE", "Strategic Agreement for Friendship and Trade", "KE FR", True),
        ("Strategic Agreement", "FR KE", "Strategic Agreement", "FR CL", False),
        # truces by where they are, however they came about and long they last
        ("UN-mediated truce in Chad", "US", "Chad truce", "EG", True),
        ("60-day truce in Chad", "US UN", "now 15-month long truce in Chad", "FR", True),
        ("truce in Chad", "US", "truce in Peru", "US", False),
    ],
)
def test_agreements_by_name_and_parties(one: str, parties: str, other: str, other_parties: str, same: bool) -> None:
    assert _same(one, parties, other, other_parties, agreement=True) == same


def test_of_two_treaties_named_together_the_first_is_meant() -> None:
    together = "Treaty on the Non-Proliferation of Nuclear Weapons and the Test Ban Treaty"
    assert _same(together, "KE NO", "Nuclear Non-Proliferation Treaty", "MT", agreement=True)


def test_a_truce_is_where_its_sentence_says() -> None:
    named = _reported("truce in Chad", "US", "2022-05-01", agreement=True)
    told = _reported("UN-led truce", "EG", "2022-06-01", agreement=True, sentence="In Chad the UN-led truce holds.")
    elsewhere = _reported(
        "UN-led truce", "EG", "2022-06-01", agreement=True, sentence="In Peru the UN-led truce holds."
    )
    assert why([named], [told]).same
    assert not why([named], [elsewhere]).same


def test_the_day_on_which_a_declaration_is_remembered_is_not_its_own() -> None:
    def told_on(day: str, sentence: str) -> Reported:
        told = _reported("Lakes Declaration on Fish and Nets", "FR KE", day, agreement=True, sentence=sentence)
        return told._replace(record=replace(told.record, date=day, stage=AgreementStage.AGREED))

    made = told_on("2022-06-10", "They agreed on the Lakes Declaration on Fish and Nets.")
    remembered = told_on("2023-01-10", "Today is the six-month anniversary of the Lakes Declaration on Fish and Nets.")
    other = told_on("2023-01-10", "Today they agreed on the Lakes Declaration on Fish and Nets.")
    assert why([made], [remembered]).same
    assert not why([made], [other]).same
