"""Offices of people over time, from sentences and from the table of officeholders."""

from communique.language.offices import offices_named
from communique.model import Engagement, EngagementStage, EngagementType, Entry, Kind, Report, Source, Span, Standing
from communique.views.offices import offices_of


def meeting(sentence: str, published: str, *people: str) -> Entry:
    span = Span(0, len(sentence))
    record = Engagement(
        type=EngagementType.MEETING,
        stage=EngagementStage.HELD,
        parties=("SE", "FI"),
        people=people,
        evidence=(span,),
    )
    source = Source(
        record_id=f"R-{published}",
        document_id=f"D-{published}",
        title=None,
        publisher="Communique examples",
        published=published,
        url=None,
        quotes=(sentence,),
        spans=(span,),
    )
    report = Report(stage="held", date=published, ordered_by=published, record=record, source=source)
    return Entry(
        id=f"E-{published}",
        kind=Kind.ENGAGEMENT,
        title="Meeting",
        parties=("SE", "FI"),
        stage="held",
        standing=Standing.REALISED,
        date=published,
        fields={"people": list(people)},
        history=(report,),
    )


def test_offices_beside_names_are_named() -> None:
    found = offices_named("Swedish Defence Minister Pål Jonson received Mr. Aalto and the Finnish prime minister.")
    assert [(one.person, one.office, one.parties) for one in found] == [("Pål Jonson", "defence minister", ("SE",))]


def test_offices_follow_each_other_in_time_with_their_last_sentence() -> None:
    entries = [
        meeting("State Secretary Ingrid Holm of Sweden opened the talks.", "2021-03-01", "Ingrid Holm"),
        meeting("Minister Ingrid Holm spoke first.", "2023-05-02", "Ingrid Holm"),
        meeting("Sweden's Minister of Defence Ingrid Holm signed the order.", "2023-05-04", "Ingrid Holm"),
        meeting("Defense Minister Ingrid Holm flew to Turku.", "2024-06-05", "Ingrid Holm"),
    ]
    found = offices_of("Ingrid Holm", entries)
    assert [(one.first_seen, one.last_seen) for one in found] == [("2023-05-04", "2024-06-05"), ("2021-03-01",) * 2]
    assert found[0].parties == ("SE",)
    assert found[0].report is not None
    assert found[0].report.source.quotes == entries[-1].history[0].source.quotes


def test_another_person_of_the_same_surname_keeps_their_office() -> None:
    sentence = "Defence Minister Karl Holm met Foreign Minister Ingrid Holm of Sweden in Turku."
    found = offices_of("Ingrid Holm", [meeting(sentence, "2024-06-05", "Ingrid Holm", "Karl Holm")])
    assert [one.office for one in found] == ["foreign minister"]


def test_terms_of_the_table_are_those_of_the_full_name_and_of_the_party() -> None:
    terms = [(one.office, one.since, one.until) for one in offices_of("Joe Biden", [], ("US",))]
    assert terms == [("president", "2021-01-20", "2025-01-20"), ("vice president", "2009-01-20", "2017-01-20")]
    assert offices_of("Joe Biden", [], ("FI",)) == []
    assert offices_of("Biden", [], ("US",)) == []
