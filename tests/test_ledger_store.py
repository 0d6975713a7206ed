"""The ledger through its Python door: adding, asking, searching, checking."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from at_work import AtWork
from communique import Ledger
from communique.model import Document, Kind, LedgerError, Span, Standing, Statement, UsageError
from ledger_samples import ALL, HOPE, IN_FORCE, RECALLED, SIGNED, sample, told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger(place) as opened:
        for document, records in ALL:
            opened.add(document, records)
        yield opened


def test_the_same_document_again_changes_nothing(ledger: Ledger) -> None:
    before = ledger.entries(), ledger.counts()
    added = ledger.add(*HOPE)
    assert (added.outcome, added.records) == ("known", 6)
    assert (ledger.entries(), ledger.counts()) == before


def test_a_changed_document_is_a_revision_whose_records_replace_the_old_ones(ledger: Ledger) -> None:
    document, _ = SIGNED
    changed = replace(document, text=document.text.replace("signed", "initialled"))
    assert ledger.add(changed, ()).outcome == "revision"
    (framework,) = (e for e in ledger.entries(kind="agreement", parties=("US", "IN")) if "amework" in e.title)
    assert framework.stage == "proposed"
    assert ledger.counts()["revisions"] == ledger.counts()["documents"] + 1
    assert ledger.document(ledger.add(changed).document_id).document == changed
    assert ledger.add(document, ()).outcome == "revision", "the old words are back"
    assert ledger.entry(framework.id).stage == "signed"
    assert ledger.check() == []


def test_changed_metadata_is_a_revision_too(ledger: Ledger) -> None:
    document, records = HOPE
    assert ledger.add(replace(document, publisher="Ministry"), records).outcome == "revision"
    assert len(ledger.entries()) == len({entry.id for entry in ledger.entries()})
    assert {r.source.publisher for e in ledger.entries(kind="statement") for r in e.history} == {"Ministry"}


def test_evidence_has_to_be_within_the_text(place: str) -> None:
    record = Statement(speakers=("US",), form="direct", content="x", evidence=(Span(0, 6),))  # type: ignore[arg-type]
    with Ledger(place) as ledger:
        with pytest.raises(LedgerError, match="outside"):
            ledger.add(Document(text="Short", source="a"), [record])
        assert ledger.counts()["documents"] == 0


def test_text_that_is_no_unicode_is_refused(place: str) -> None:
    with Ledger(place) as ledger, pytest.raises(LedgerError, match="Unicode"):
        ledger.add(Document(text="\ud800", source="a"), [])


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"kind": "agreement"}, 4),
        ({"kind": Kind.AGREEMENT, "parties": ("JP",)}, 1),
        ({"parties": ("PH", "JP")}, 1),
        ({"parties": ("JP", "IN")}, 0),
        ({"kind": "agreement", "stage": "signed"}, 1),
        ({"kind": "agreement", "standing": "realised", "since": "2025-10"}, 1),
        ({"kind": "engagement", "standing": Standing.REALISED, "until": "2025-07"}, 1),
        ({"since": "2026"}, 0),
    ],
)
def test_conditions(ledger: Ledger, conditions: dict[str, object], expected: int) -> None:
    assert len(ledger.entries(**conditions)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "conditions", [{"kind": "meeting"}, {"standing": "done"}, {"since": "yesterday"}, {"until": "2025-02-30"}]
)
def test_conditions_that_mean_nothing(ledger: Ledger, conditions: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        ledger.entries(**conditions)  # type: ignore[arg-type]


def test_an_entry_by_the_beginning_of_its_id(ledger: Ledger) -> None:
    entry = ledger.entries(kind="transfer")[0]
    assert ledger.entry(entry.id) == ledger.entry(entry.id[:8].lower()) == entry
    for wrong in ("A-", "", "Z-123", "%"):
        with pytest.raises(UsageError):
            ledger.entry(wrong)
    with pytest.raises(UsageError):
        ledger.document("D-none")


def test_search_finds_evidence_with_offsets_and_entries(ledger: Ledger) -> None:
    hits = ledger.search("ministers signing")
    assert hits[0].kind is Kind.AGREEMENT and len(hits[0].entry_ids) == 2, "the framework and the hope that it fulfils"
    text = ledger.document(hits[0].document_id).document.text
    assert text[hits[0].span.start : hits[0].span.end] == hits[0].snippet == SIGNED[0].title
    assert [text[m.start : m.end] for m in hits[0].matches] == ["ministers", "signed"]


def test_search_finds_passages_that_are_no_evidence(place: str) -> None:
    text = "Rain fell on Manila. " * 40 + "A naïve observer asked about the corvettes. " + "Rain fell on Manila. " * 40
    with Ledger(place) as ledger:
        ledger.add(Document(text=text, source="a", published="2025-01-01"), [])
        (hit,) = ledger.search('naive "about the corvettes"')
        assert hit.entry_ids == () and hit.kind is None and hit.published == "2025-01-01"
        assert text[hit.span.start : hit.span.end] == hit.snippet
        assert [text[m.start : m.end] for m in hit.matches] == ["naïve", "about the corvettes"]


@pytest.mark.parametrize(
    "query",
    ['"', '""', "(", "NOT", "AND OR", "a AND", "title:x", "*", "^x", "x*y", "{a b}: c",
     "NEAR(a b)", "-", "'", "\x00", "", " ", "P-8I*",
     '"open', "a\"b", "é", "100%", "+", ";drop table entries"],
)  # fmt: skip
def test_no_query_is_a_syntax_error(ledger: Ledger, query: str) -> None:
    ledger.search(query)


@pytest.mark.parametrize("query", ["P-8I", "p-8i", "P8I*", "patrol air*", '"remain on offer"'])
def test_words_of_the_field_are_found(ledger: Ledger, query: str) -> None:
    assert bool(ledger.search(query)) is (query != "P8I*")


def test_actors(ledger: Ledger) -> None:
    seen = {actor.name: actor for actor in ledger.actors()}
    assert (seen["US"].kind, seen["Rajnath Singh"].kind) == ("state", "person")
    assert (seen["JP"].first_seen, seen["JP"].last_seen) == ("2024-07-08", "2025-09-11")
    assert ledger.actors()[0].name in ("IN", "US")


def test_people_act_for_whom_the_document_says(place: str) -> None:
    told_by_title = sample(
        "2024-05-03",
        (
            "Philippine Defense Secretary Gilberto Teodoro met Australia's Defence Minister Richard Marles.",
            [
                told(
                    "engagement", parties=("PH", "AU"), people=("Gilberto Teodoro", "Richard Marles"), date="2024-05-02"
                )
            ],
        ),
        (
            "Marles said that the patrols would go on.",
            [told("statement", speakers=("Marles",), content="the patrols would go on")],
        ),
        ("Manila welcomed it.", [told("statement", speakers=("PH",), content="welcomed it")]),
    )
    with Ledger(place) as ledger:
        ledger.add(*told_by_title)
        people = {actor.name: actor for actor in ledger.actors() if actor.kind == "person"}
        assert people.keys() == {"Gilberto Teodoro", "Richard Marles"}
        assert (people["Richard Marles"].parties, people["Richard Marles"].entries) == (("AU",), 2)
        assert sorted(entry.parties for entry in ledger.entries(kind="statement")) == [("AU",), ("PH",)]
        assert ledger.check() == []


def test_reading_only(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add_all([])
        ledger.add(*HOPE)
        entries = ledger.entries()
    before = path.read_bytes()
    with Ledger(path, read_only=True) as ledger:
        assert ledger.entries() == entries
        with pytest.raises(LedgerError, match="can't be written"):
            ledger.add(*SIGNED)
    assert path.read_bytes() == before


def test_a_reader_who_may_not_write_sees_entries_that_were_not_derived_yet(place: str) -> None:
    ledger = Ledger(place)
    ledger.add(*HOPE)
    ledger.close()  # as if cut off: the mark that entries are out of date stays
    with Ledger(place, read_only=True) as reader:
        found = reader.entries()
        assert len(found) == 6 and reader.check() == []
    with Ledger(place) as ledger:
        assert ledger.entries() == found


def test_entries_of_another_version_are_derived_anew(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add(*HOPE)
        expected = ledger.entries()
    connection = sqlite3.connect(path)
    connection.executescript("UPDATE meta SET value = 'communique 0.0'; UPDATE entries SET title = 'as it was'")
    connection.close()
    with Ledger(path, read_only=True) as ledger:
        assert ledger.check() == [] and ledger.entries() == expected


def test_a_batch_reports_its_progress(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {document.key: records for document, records in ALL}
    monkeypatch.setattr("communique.extraction.extract", lambda document, ungated: found[document.key])
    monkeypatch.setattr("communique.intake.Crew", AtWork)
    seen: list[str] = []
    with Ledger(path) as ledger:
        done = ledger.add_all((document for document, _ in ALL), lambda _, added: seen.append(added.outcome))
        assert seen == ["new"] * len(ALL) == [added.outcome for added in done]
        assert len(ledger.add_all(document for document, _ in (HOPE, RECALLED, IN_FORCE))) == 3


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE revisions SET text = replace(text, 'Pentagon', 'Kremlin')", "documents"),
        ("UPDATE records SET data = replace(data, 'Jaishankar', 'Nobody') WHERE kind = 'engagement'", "records"),
        ("UPDATE records SET data = '{}' WHERE kind = 'engagement'", "records"),
        ("UPDATE records SET sentences = 'Nobody said so.' WHERE kind = 'statement'", "evidence"),
        ("UPDATE records SET data = replace(data, '\"end\":', '\"end\":9') WHERE kind = 'statement'", "evidence"),
        ("UPDATE entries SET stage = 'ended' WHERE kind = 'agreement'", "entries"),
        (
            "DELETE FROM entry_records; DELETE FROM entry_parties; DELETE FROM link_keys; DELETE FROM tellings; "
            "DELETE FROM asides; DELETE FROM pair_sketches; DELETE FROM outlines; DELETE FROM listings; "
            "DELETE FROM entry_people; DELETE FROM entries",
            "entries",
        ),
        ("UPDATE listings SET standing = 'ended'", "outlines"),
        ("DELETE FROM entry_people", "outlines"),
        ("UPDATE outlines SET told_on = '2001' WHERE kind = 'agreement'", "outlines"),
        ("DELETE FROM tellings", "outlines"),
        ("DELETE FROM asides", "outlines"),
        ("DELETE FROM pair_sketches", "outlines"),
        ("DELETE FROM document_parties", "outlines"),
        ("UPDATE party_pairs SET entries = entries + 1", "outlines"),
        ("UPDATE pair_years SET last_day = '2001-01-01'", "outlines"),
        ("UPDATE entries SET first_day = '2001-01-01'", "outlines"),
        ("UPDATE entries SET unlinked = '{}' WHERE kind = 'agreement'", "outlines"),
        ("DELETE FROM entry_parties", "outlines"),
        ("DELETE FROM link_keys", "outlines"),
        *(
            (f"UPDATE entry_records SET {column} = {value}", "outlines")
            for column, value in {
                "stage": "'proposed'",
                "date": "'2001'",
                "ordered_by": "'2001'",
                "record_id": "'R-0'",
                "kind": "'initiative'",
                "document_id": "'D-0'",
                "evidence": "'[]'",
                "published": "'2001-01-01'",
                "confidence": "0.123",
            }.items()
        ),
        ("UPDATE person_names SET person = 'Nobody'", "outlines"),
        ("UPDATE happenings SET again = 2", "outlines"),
        ("DELETE FROM happenings", "outlines"),
        ("INSERT INTO record_offices SELECT number, 9, 'Nobody', 'clerk', '[]', 0 FROM records LIMIT 1", "offices"),
        ("DELETE FROM record_keys", "keys"),
        ("UPDATE records SET entry_key = 'A-0' WHERE kind = 'agreement'", "keys"),
        ("DELETE FROM actors", "actors"),
        ("DELETE FROM document_index_docsize", "search"),
        ("DELETE FROM entries", "references"),
    ],
)
def test_damage_is_found(path: Path, damage: str, check: str) -> None:
    with Ledger(path) as ledger:
        ledger.add(*HOPE)
        ledger.actors()
    connection = sqlite3.connect(path)
    connection.executescript(damage)
    connection.close()
    with Ledger(path) as ledger:
        assert check in {finding.check for finding in ledger.check()}


def test_a_document_without_anything_known_of_it(path: Path) -> None:
    document, records = sample(None, ("Talks were held.", [told("engagement")]))
    with Ledger(path) as ledger:
        ledger.add(document, records)
        (entry,) = ledger.entries()
        assert entry.date is None and entry.title == "meeting"
        assert ledger.entries(since="2020") == []
