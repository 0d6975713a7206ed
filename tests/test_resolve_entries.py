"""Records to entries: one thing, one entry, whatever the words, the dates and the order of arrival."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ledger import Reported
from communique.ledger.writing import document_id, record_id
from communique.model import (
    AgreementStage,
    EngagementStage,
    EngagementType,
    Entry,
    Kind,
    Source,
    Standing,
    Status,
    TransferStage,
)
from communique.resolve import resolve
from ledger_samples import (
    ACCESS,
    ALL,
    FIRST_STATEMENT,
    HOPE,
    IN_FORCE,
    RECALLED,
    SECOND_STATEMENT,
    SIGNED,
    US_IN,
    Sample,
    sample,
    told,
)


def reported(samples: Iterable[Sample]) -> list[Reported]:
    return [
        Reported(
            record,
            Source(
                record_id=record_id(document_id(document), record),
                document_id=document_id(document),
                title=document.title,
                publisher=document.publisher,
                published=document.published,
                url=document.url,
                quotes=tuple(document.text[span.start : span.end] for span in record.evidence),
                spans=record.evidence,
            ),
        )
        for document, records in samples
        for record in records
    ]


def entries(*samples: Sample, kind: Kind | None = None) -> list[Entry]:
    return [entry for entry in resolve(reported(samples)) if kind in (None, entry.kind)]


@settings(max_examples=40, deadline=None)
@given(st.permutations(ALL), st.randoms())
def test_the_order_of_arrival_does_not_matter(order: list[Sample], random: object) -> None:
    found = reported(order)
    random.shuffle(found)  # type: ignore[attr-defined]
    assert resolve(found) == resolve(reported(ALL))


def test_hoped_for_then_signed_then_recalled() -> None:
    (framework,) = entries(HOPE, SIGNED, RECALLED, kind=Kind.AGREEMENT)
    assert [report.stage for report in framework.history] == ["proposed", "proposed", "signed"]
    assert [report.source.published for report in framework.history] == ["2025-07-02", "2025-12-15", "2025-11-01"]
    assert (framework.stage, framework.standing, framework.date) == ("signed", Standing.REALISED, "2025-10-31")
    assert framework.title == "10-year Framework for the U.S.-India Major Defense Partnership"
    assert framework.parties == US_IN
    assert framework.history[-1].source.quotes == (SIGNED[0].title,)


def test_the_signing_fulfils_the_hope_to_sign() -> None:
    found = entries(HOPE, SIGNED)
    (framework,) = (entry for entry in found if entry.kind is Kind.AGREEMENT)
    (hope,) = (entry for entry in found if entry.kind is Kind.UNDERTAKING)
    assert hope.fields["refers_to"] == framework.id
    assert (hope.stage, hope.standing, hope.date) == ("fulfilled", Standing.REALISED, "2025-10-31")
    assert hope.history[-1].stage == "fulfilled"
    assert hope.history[-1].source == framework.history[-1].source


def test_a_hope_without_a_signing_stays_open() -> None:
    (hope,) = entries(HOPE, kind=Kind.UNDERTAKING)
    assert hope.standing is Standing.PROSPECTIVE and "refers_to" in hope.fields


@pytest.mark.parametrize(
    ("action", "by", "published"),
    [
        ("sign a trade agreement", ("US",), "2025-07-02"),
        ("sign the 10-Year Defense Framework agreement", ("JP",), "2025-07-02"),
        ("support the 10-Year Defense Framework agreement", ("US",), "2025-07-02"),
        ("sign the 10-Year Defense Framework agreement", ("US",), "2026-01-02"),
    ],
)
def test_no_link_where_it_is_not_clearly_the_same(action: str, by: tuple[str, ...], published: str) -> None:
    promise = sample(published, ("They promised it.", [told("undertaking", action=action, by=by, to=("IN",))]))
    (entry,) = entries(promise, SIGNED, kind=Kind.UNDERTAKING)
    assert entry.stage == "open" and "refers_to" not in entry.fields


def test_joint_statements_of_different_dates_are_different() -> None:
    assert len(entries(FIRST_STATEMENT, SECOND_STATEMENT, kind=Kind.AGREEMENT)) == 2
    again = sample(
        "2025-07-02",
        (
            "A joint statement in February had set the goal.",
            [told("agreement", name="Joint Statement", stage=AgreementStage.AGREED, parties=US_IN, date="2025-02")],
        ),
    )
    found = entries(FIRST_STATEMENT, SECOND_STATEMENT, again, kind=Kind.AGREEMENT)
    assert sorted(len(entry.history) for entry in found) == [1, 2]


def test_an_acronym_names_the_same_agreement() -> None:
    (access,) = entries(ACCESS, IN_FORCE)
    assert [report.stage for report in access.history] == ["signed", "in-force"]
    assert access.date == "2025-09-11"


def agreement(name: str, parties: tuple[str, ...], date: str, published: str | None = None) -> Sample:
    return sample(
        published or date,
        ("Signed.", [told("agreement", name=name, parties=parties, date=date)]),
        source=name + date,
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Defence Trade Pact", US_IN, "2024-03-01"), ("Defence Trade Agreement", ("JP", "PH"), "2024-03-01"), False),
        (
            ("Framework for Defense Relationship", US_IN, "2005-06-28"),
            ("Framework for Defense Relationship", US_IN, "2015-06-03"),
            False,
        ),
        (("2005 Defence Framework", US_IN, "2005-06"), ("2015 Defence Framework", US_IN, "2005-06"), False),
        (
            ("Status of Forces Agreement", ("DE", "LT"), "2024-09-13"),
            ("Status of Forces Agreement (SOFA)", ("LT", "DE"), "2024-09"),
            True,
        ),
        (("memorandum", ("FR", "GR"), "2024-01-10"), ("memorandum", ("FR", "GR"), "2024-02-10"), False),
        (("memorandum", ("FR", "GR"), "2024-01-10"), ("memorandum", ("FR", "GR"), "2024-01-10"), True),
        (
            ("Nuclear Cooperation Agreement", ("KR", "CZ"), "2024-05-01"),
            ("joint statement on nuclear cooperation", ("KR", "CZ"), "2024-05-01"),
            False,
        ),
        (
            ("Logistics Support Programme", ("AU", "JP"), "2025-08-05"),
            ("logistics support program", ("JP", "AU"), "2025-08"),
            True,
        ),
    ],
)
def test_names_of_agreements(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    found = entries(agreement(*one), agreement(*other))  # type: ignore[arg-type]
    assert len(found) == (1 if same else 2)


def test_one_document_tells_its_transfers_apart() -> None:
    offered, flown = sorted(entries(HOPE, kind=Kind.TRANSFER), key=lambda entry: entry.standing)
    assert (offered.title, offered.stage) == ("P-8I x6, US to IN", "considered")
    assert (flown.title, flown.stage) == ("P-8I, US to IN", "in-service")


def transfer(what: str, published: str, stage: TransferStage, **fields: object) -> Sample:
    values = {"kind": "transfer", "what": what, "stage": stage, "supplier": ("FR",), "recipient": ("GR",)} | fields
    return sample(published, (f"{what} in {published}.", [values]))


def test_a_buyer_is_no_supplier_because_one_report_takes_it_for_one() -> None:
    (entry,) = entries(
        transfer("Rafale", "2021-01-25", TransferStage.CONTRACTED),
        transfer("Rafale", "2021-01-26", TransferStage.CONTRACTED, supplier=("FR", "GR"), recipient=()),
    )
    assert (entry.fields["supplier"], entry.fields["recipient"]) == (["FR"], ["GR"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            transfer("Rafale", "2020-09-12", TransferStage.CONSIDERED),
            transfer("Rafale fighters", "2021-01-25", TransferStage.CONTRACTED),
            True,
        ),
        (
            transfer("Rafale", "2021-01-25", TransferStage.CONTRACTED, quantity=18),
            transfer("Rafale", "2022-03-24", TransferStage.CONTRACTED, quantity=6),
            False,
        ),
        (
            transfer("Rafale", "2021-01-25", TransferStage.CONTRACTED),
            transfer("Rafale", "2025-01-10", TransferStage.CONSIDERED),
            False,
        ),
        (
            transfer("MM-40 Exocet", "2021-01-25", TransferStage.CONTRACTED),
            transfer("MM40", "2022-01-25", TransferStage.DELIVERED),
            True,
        ),
        (
            transfer("Rafale", "2021-01-25", TransferStage.CONTRACTED),
            transfer("Rafale", "2021-02-25", TransferStage.CONTRACTED, recipient=("EG",)),
            False,
        ),
        (
            transfer("Rafale + NH90 + Leclerc", "2020-09-12", TransferStage.CONSIDERED),
            transfer("Rafale", "2021-01-25", TransferStage.CONTRACTED),
            False,
        ),
        (
            transfer("Rafale + NH90 + Leclerc", "2020-09-12", TransferStage.CONSIDERED),
            transfer("Rafale + NH90", "2021-01-25", TransferStage.CONTRACTED),
            True,
        ),
        (
            transfer("F-16", "2021-01-25", TransferStage.CONTRACTED),
            transfer("F-16 spare parts", "2021-01-26", TransferStage.CONTRACTED),
            False,
        ),
        (
            transfer("missiles", "2021-01-25", TransferStage.CONTRACTED),
            transfer("missiles", "2023-01-26", TransferStage.CONTRACTED),
            False,
        ),
        (
            transfer("defense items", "2021-01-25", TransferStage.CONTRACTED),
            transfer("defense items", "2021-01-25", TransferStage.DELIVERED),
            False,
        ),
    ],
)
def test_transfers(one: Sample, other: Sample, same: bool) -> None:
    assert len(entries(one, other)) == (1 if same else 2)


def test_two_things_in_the_same_words_of_one_sentence_have_their_own_ids() -> None:
    sides = (("DK",), ("NL",), ("NO",))
    told_of = [told("transfer", what="F-16", supplier=side, recipient=("UA",)) for side in sides]
    found = entries(sample("2023-08-20", ("Three states gave F-16s to Ukraine.", told_of)))
    assert len({entry.id for entry in found}) == 3


def meeting(published: str, **fields: object) -> Sample:
    values = {"kind": "engagement", "parties": US_IN} | fields
    return sample(published, (f"A meeting, told on {published} as {sorted(fields.items())}.", [values]))


PENTAGON = meeting("2025-07-02", people=("Pete Hegseth", "S. Jaishankar"), date="2025-07-01", place="Pentagon")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (meeting("2025-07-03", date="2025-07-01"), True),
        (meeting("2025-07-03", people=("Jaishankar", "Hegseth"), date="2025-07"), True),
        (meeting("2025-07-03", people=("Subrahmanyam Jaishankar", "Hegseth"), date="2025-07-02"), True),
        (meeting("2025-06-20", stage=EngagementStage.PLANNED, people=("Jaishankar",), date="2025-07"), True),
        (meeting("2025-06-20", stage=EngagementStage.PLANNED, date="2025-07/2025-12"), False),
        (meeting("2025-07-03", people=("Marco Rubio", "S. Jaishankar"), date="2025-07-01"), False),
        (meeting("2025-07-03", type=EngagementType.CALL, date="2025-07-01"), False),
        (meeting("2025-07-03", parties=("US", "IN", "JP", "AU"), date="2025-07-01"), False),
        (meeting("2025-07-03", date="2025-08-01"), False),
        (meeting("2024-03-03"), False),
    ],
)
def test_engagements(other: Sample, same: bool) -> None:
    assert len(entries(PENTAGON, other)) == (1 if same else 2)


def test_a_planned_meeting_that_was_held() -> None:
    plan = meeting(
        "2025-06-20", stage=EngagementStage.PLANNED, people=("Jaishankar",), date="2025-07", place="Washington"
    )
    (entry,) = entries(PENTAGON, plan)
    assert [report.stage for report in entry.history] == ["planned", "held"]
    assert entry.title == "US and IN: meeting, 2025-07-01, Washington"
    assert entry.fields["people"] == ["S. Jaishankar", "Pete Hegseth"]


def test_a_repeated_promise_is_one_undertaking() -> None:
    def promise(published: str, action: str, status: Status = Status.OPEN) -> Sample:
        return sample(
            published, (f"{action}.", [told("undertaking", action=action, by=("DE",), to=("LT",), status=status)])
        )

    (entry,) = entries(
        promise("2023-06-26", "station a brigade of 4,000 soldiers in Lithuania"),
        promise("2023-12-18", "permanently station a brigade of 4,000 soldiers in Lithuania"),
        promise("2025-05-22", "station a brigade of 4,000 soldiers in Lithuania", Status.IN_PROGRESS),
        promise("2025-06-22", "station a brigade of 4,000 soldiers in Lithuania"),
    )
    assert [report.stage for report in entry.history] == ["open", "open", "open", "in-progress"]
    assert (entry.stage, entry.standing) == ("in-progress", Standing.UNDER_WAY)


def test_ids_do_not_change_when_later_documents_arrive() -> None:
    before = {entry.id: entry.title for entry in entries(HOPE)}
    after = {entry.id for entry in entries(*ALL)}
    assert before.keys() <= after
    assert all(key[0] == entry_kind for key, entry_kind in ((e.id, e.kind[0].upper()) for e in entries(*ALL)))
