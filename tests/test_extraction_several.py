"""Several occasions of one type that a sentence tells of."""

import pytest

from communique.extraction import extract
from communique.extraction.several import apart
from communique.language.analysis import analyse
from communique.lexicon.tables import rows
from communique.model import Document, Kind
from communique.reader import Filler

PEOPLE = "Foreign Minister Ana Ruiz of Peru"


def parts(text: str, kind: str, sure: float = 0.9) -> list[tuple[list[str], list[str]]]:
    """The people and days of each occasion, where the reader takes all that a sentence names for one."""
    analysis = analyse(Document(text=text, published="2024-05-08"))
    actors = [actor for actor in analysis.actors if actor.people and analysis.sentences[-1].contains(actor.span)]
    times = [time for time in analysis.times if analysis.sentences[-1].contains(time.span)]
    roles = {
        "person": tuple(Filler(actor.people[0], sure, actor.span, is_person=True) for actor in actors),
        "date": tuple(Filler(time.edtf or "", sure, time.span) for time in times),
    }
    found = apart(analysis, analysis.sentences[-1], kind, roles)
    return [([f.key for f in one.roles["person"]], [f.key for f in one.roles["date"]]) for one in found]


@pytest.mark.parametrize("row", rows("encounters"), ids=lambda row: f"{row['type']} {row['form']}")
def test_each_verb_of_meeting_opens_an_occasion_of_its_own(row: dict[str, str]) -> None:
    assert row["form"] in row["example"]
    assert len(parts(row["example"], row["type"])) == 2


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "meeting",
            f"{PEOPLE} conferred with President Luis Soto on Monday and was received by King Felipe VI on 7 May.",
            [(["Ana Ruiz", "Luis Soto"], ["2024-05-06"]), (["Ana Ruiz", "Felipe VI"], ["2024-05-07"])],
        ),
        (
            "meeting",
            f"{PEOPLE} met President Luis Soto of Chile and King Felipe VI of Spain on Monday.",
            [(["Ana Ruiz", "Luis Soto", "Felipe VI"], ["2024-05-06"])],
        ),
        (
            "meeting",
            f"{PEOPLE} met separately with President Luis Soto of Chile and King Felipe VI of Spain.",
            [(["Ana Ruiz", "Luis Soto"], []), (["Ana Ruiz", "Felipe VI"], [])],
        ),
        (
            "call",
            f"{PEOPLE} spoke by phone with President Luis Soto of Chile and King Felipe VI of Spain.",
            [(["Ana Ruiz", "Luis Soto", "Felipe VI"], [])],
        ),
        (
            "visit",
            f"{PEOPLE} had visited Madrid on 3 March, and President Luis Soto of Chile on 4 April.",
            [(["Ana Ruiz"], ["2024-03-03"]), (["Luis Soto"], ["2024-04-04"])],
        ),
        (
            "dialogue",
            "The dialogue was held on 3 March in Lima and on 4 April in Madrid.",
            [([], ["2024-03-03"]), ([], ["2024-04-04"])],
        ),
        (
            "dialogue",
            "The dialogue was held on 3 March, the ministry said on 4 March.",
            [([], ["2024-03-03", "2024-03-04"])],
        ),
    ],
)
def test_each_occasion_has_its_own_people_and_day(
    kind: str, text: str, expected: list[tuple[list[str], list[str]]]
) -> None:
    assert parts(text, kind) == expected


def test_meetings_with_several_are_records_of_their_own() -> None:
    text = (
        "Norwegian Foreign Minister Espen Barth Eide held separate meetings in Oslo on Monday with Finland's Foreign "
        "Minister Elina Valtonen and Canada's Foreign Minister Mélanie Joly."
    )
    found = [r for r in extract(Document(text=text, published="2024-05-08")) if r.kind is Kind.ENGAGEMENT]
    assert sorted(sorted(r.parties) for r in found) == [["CA", "NO"], ["FI", "NO"]]
