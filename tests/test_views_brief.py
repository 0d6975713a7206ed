from dataclasses import replace
from datetime import date

import pytest

from communique.model import Document, Entry
from communique.resolve.outlining import told_on
from communique.resolve.promises import is_overdue
from communique.views import Brief, Section, Standpoint, brief_of, brief_to_json, told_beside
from views_examples import DOCUMENTS, ENTRIES, entry, report

DAY = date(2026, 3, 15)


def _brief(entries: list[Entry] = ENTRIES, as_of: date = DAY, since: date | None = None) -> Brief:
    return brief_of(entries, ("US", "IN"), Standpoint(as_of), names=("United States", "India"), since=since)


def _sections(brief: Brief) -> dict[str, Section]:
    return {section.key: section for section in brief.sections}


def _ids(section: Section) -> list[list[str]]:
    return [[e.id for e in group.entries] for group in section.groups]


SECTIONS = [
    ("engagements", [["E-10000003", "E-10000002", "E-10000001"], ["E-10000004"]]),
    ("agreements", [["A-20000001"]]),
    ("transfers", [["T-30000003", "T-30000002", "T-30000001"]]),
    ("initiatives", [["I-40000001"]]),
    ("open", [["U-50000001", "U-50000002", "U-50000003"], ["U-50000005"]]),
    (
        "done",
        [
            ["U-50000004"],
            ["E-10000003", "A-20000001", "T-30000002", "E-10000002", "E-10000001", "I-40000001"],
        ],
    ),
    ("statements", [["S-60000002", "S-60000001"]]),
]


@pytest.mark.parametrize(("key", "ids"), SECTIONS)
def test_each_section_holds_its_entries_newest_first(key: str, ids: list[list[str]]) -> None:
    assert _ids(_sections(_brief())[key]) == ids


def test_the_sections_come_in_the_order_of_the_page() -> None:
    assert [section.key for section in _brief().sections] == [key for key, _ in SECTIONS]


def test_promises_stand_under_the_side_that_is_to_keep_them() -> None:
    both = [replace(e, fields={**e.fields, "by": ["US", "IN"]}) if e.id == "U-50000001" else e for e in ENTRIES]
    section = _sections(_brief(both))["open"]
    assert [group.heading for group in section.groups] == ["United States", "India", "Together"]


def test_the_header_counts_documents_and_their_period() -> None:
    brief = _brief()
    assert (brief.documents, brief.period) == (4, ("2025-02-13", "2025-11-07"))


OVERDUE = [("U-50000005", True), ("U-50000001", False), ("U-50000004", False), ("E-10000004", True)]


@pytest.mark.parametrize(("number", "overdue"), OVERDUE)
def test_what_is_open_past_its_day_is_overdue(number: str, overdue: bool) -> None:
    (found,) = [e for e in ENTRIES if e.id == number]
    assert is_overdue(found, DAY) is overdue
    assert is_overdue(found, date(2025, 8, 1)) is False


def test_overdue_promises_come_first_then_those_that_fall_due_sooner() -> None:
    dated = {"U-50000001": "2027", "U-50000002": "2026-01", "U-50000003": "2026-12"}
    entries = [replace(e, fields={**e.fields, "due": dated.get(e.id, e.fields.get("due"))}) for e in ENTRIES]
    section = _sections(_brief(entries))["open"]
    assert _ids(section)[0] == ["U-50000002", "U-50000003", "U-50000001"]
    assert section.overdue == 2


def test_as_of_a_day_only_what_was_published_by_then_is_told() -> None:
    brief = _brief(as_of=date(2025, 8, 1))
    (framework,) = _sections(brief)["agreements"].groups[0].entries
    assert (framework.stage, framework.standing, len(framework.history)) == ("proposed", "prospective", 2)
    assert framework.fields["stage"] == "proposed"
    assert brief.documents == 2
    assert "E-10000003" not in str(_ids(_sections(brief)["engagements"]))


def test_since_a_day_only_what_is_newer_is_told_and_what_fell_due() -> None:
    brief = _brief(since=date(2025, 10, 1))
    ids = {e.id for section in brief.sections for group in section.groups for e in group.entries}
    assert ids == {"E-10000003", "E-10000004", "A-20000001", "T-30000003", "U-50000005", "S-60000002"}


def test_what_changed_stands_first() -> None:
    brief = _brief(since=date(2025, 10, 1))
    assert brief.sections[0].key == "changes"
    groups = {group.heading: group for group in brief.sections[0].groups}
    assert [e.id for e in groups["New"].entries] == ["T-30000003", "E-10000003", "U-50000005"]
    assert [e.id for e in groups["Moved"].entries] == ["A-20000001"]
    assert groups["Moved"].was == {"A-20000001": "proposed"}
    assert {e.id for e in groups["Fell due"].entries} == {"E-10000004", "U-50000005"}
    told = brief_to_json(brief)["sections"][0]["groups"]
    assert [entry.get("was") for group in told for entry in group["entries"]].count("proposed") == 1


def test_without_a_day_nothing_changed() -> None:
    assert "changes" not in _sections(_brief())


def test_what_one_side_says_in_a_document_about_others_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = "Twenty states met.", "India vowed to build ten ships.", "The host spoke of the long road ahead of us."
    monkeypatch.setitem(
        DOCUMENTS, "d5", Document(text=" ".join(sentences), published="2025-12-01", publisher="A secretariat")
    )
    monkeypatch.setattr("views_examples.SENTENCES", sentences)
    met = [
        entry(
            f"E-7000000{n}", "A meeting", report("d5", "Twenty", "engagement", type="meeting", stage="held", parties=p)
        )
        for n, p in enumerate((["US", "IN", "JP"], ["US", "JP"], ["IN", "AU"], ["IN", "JP"]))
    ]
    ships = report(
        "d5", "India", "undertaking", action="build ten ships", by=["IN"], strength="commitment", status="open"
    )
    road = report(
        "d5", "The host", "statement", speakers=["The host"], form="indirect", content="the long road ahead of us"
    )
    brief = _brief([*ENTRIES, *met, entry("U-70000001", "ships", ships), entry("S-70000001", "road", road)])
    shown = str([_ids(section) for section in brief.sections])
    assert "E-70000000" in shown
    assert "U-70000001" not in shown
    assert "S-70000001" not in shown


def test_a_full_page_counts_what_it_hides() -> None:
    (meeting,) = [e for e in ENTRIES if e.id == "E-10000003"]
    (said,) = [e for e in ENTRIES if e.id == "S-60000002"]
    many = [replace(meeting, id=f"E-8000{n:04}") for n in range(60)] + [
        replace(said, id=f"S-8000{n:04}", fields={**said.fields, "speakers": [f"Speaker {n // 5}"]}) for n in range(60)
    ]
    sections = _sections(_brief(many))
    for key in ("engagements", "statements"):
        (group,) = sections[key].groups
        assert len(group.entries) == 8
        assert group.hidden == 52
    speakers = [e.fields["speakers"][0] for e in sections["statements"].groups[0].entries]
    assert max(speakers.count(each) for each in speakers) <= 2


def test_nobody_between_two_strangers() -> None:
    assert brief_of(ENTRIES, ("FR", "BR"), Standpoint(DAY)).sections == ()


def test_entries_are_dated_by_their_stage_else_by_the_latest_report() -> None:
    days = {e.id: told_on(e) for e in ENTRIES}
    assert (days["A-20000001"], days["T-30000001"], days["U-50000005"]) == ("2025-10-31", "2025-02-13", "2025-10-31")


def test_statements_are_told_beside_entries_of_the_same_document() -> None:
    statements = [e for e in ENTRIES if e.kind == "statement"]
    engines = [e for e in ENTRIES if e.id == "T-30000003"]
    signing = [e for e in ENTRIES if e.id == "E-10000003"]
    assert told_beside(statements, engines) == []
    assert [e.id for e in told_beside(statements, signing)] == ["S-60000002"]


def test_the_data_of_a_brief_is_complete() -> None:
    data = brief_to_json(_brief())
    assert (data["parties"], data["names"]) == (["US", "IN"], ["United States", "India"])
    assert (data["as_of"], data["since"], data["documents"]) == ("2026-03-15", None, 4)
    (framework,) = next(s for s in data["sections"] if s["key"] == "agreements")["groups"][0]["entries"]
    assert [r["stage"] for r in framework["history"]] == ["proposed", "proposed", "signed"]
    assert framework["overdue"] is False
    assert "they signed the Framework" in framework["history"][-1]["source"]["quotes"][0]
