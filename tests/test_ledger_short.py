"""Entries in short: lists that are made of them say what lists of whole entries say."""

from collections.abc import Iterator
from datetime import date

import pytest

from communique import Ledger
from communique.api.pages import standpoint_of, timeline_between
from communique.api.relationship import told_in_short, told_until
from communique.language.offices import offices_named
from communique.model import Kind
from communique.views.offices import naming
from communique.web import words
from ledger_samples import ALL, sample, told

AGAIN = sample(
    "2025-11-03",
    (
        "Secretary of Defense Pete Hegseth hailed the signing of the 10-year Framework for the U.S.-India Major "
        "Defense Partnership.",
        [
            told(
                "agreement", name="10-year Framework for the U.S.-India Major Defense Partnership", parties=("US", "IN")
            )
        ],
    ),
)
DAYS = [date(2025, 7, 2), date(2025, 11, 2), date(2026, 6, 1)]


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger(place) as opened:
        for document, records in (*ALL, AGAIN):
            opened.add(document, records)
        yield opened


@pytest.mark.parametrize("day", DAYS)
def test_lines_of_entries_in_short_are_those_of_whole_ones(ledger: Ledger, day: date) -> None:
    ids = [entry.id for entry in ledger.entries()]
    whole = {entry.id: entry for entry in told_until(ledger, ids, day)}
    short = told_in_short(ledger, ids, day)
    standpoint = standpoint_of(ledger, whole.values(), day)
    assert [entry.id for entry in short] == [key for key in ids if key in whole]
    assert words.lines(short, standpoint) == words.lines([whole[entry.id] for entry in short], standpoint)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("since", [None, date(2025, 7, 1)])
def test_a_timeline_picked_in_the_database_is_that_of_all_entries(
    ledger: Ledger, day: date, since: date | None
) -> None:
    every = timeline_between(ledger, ("IN", "US"), day, since)
    assert every.lanes
    assert timeline_between(ledger, ("IN", "US"), day, since, most=1000) == every
    few = timeline_between(ledger, ("IN", "US"), day, since, most=1)
    assert len(few.lanes) <= 1 and all(moment in every.moments for moment in few.moments)
    assert few.hidden >= every.hidden == 0


def test_what_no_line_quotes_has_no_words(ledger: Ledger) -> None:
    (framework,) = (e for e in ledger.entries(kind=Kind.AGREEMENT, parties=("US", "IN")) if len(e.history) > 2)
    (short,) = ledger.entries_in_short([framework.id])
    bare = [report for report in short.history if not report.source.quotes]
    assert bare
    assert len(short.history) == len(framework.history)
    assert {report.source.publisher for report in bare} == {None}
    assert [r.source.published for r in short.history] == [r.source.published for r in framework.history]


@pytest.mark.parametrize("day", DAYS)
def test_offices_in_sentences_of_entries_are_kept_beside_them(ledger: Ledger, day: date) -> None:
    whole = {entry.id: entry for entry in told_until(ledger, [entry.id for entry in ledger.entries()], day)}
    named = {
        (entry.id, report.source.record_id, office)
        for entry in whole.values()
        for report in entry.history
        for quote in report.source.quotes
        for office in offices_named(quote)
    }
    held = ledger.offices_in(list(whole), day.isoformat())
    assert bool(named) is (day.isoformat() > str(AGAIN[0].published))
    assert {(one.entry_id, one.report.source.record_id, one.named) for one in held} == named


def test_parts_of_lists_come_in_short_in_the_same_order(ledger: Ledger) -> None:
    for whole, short in (
        (ledger.some_entries(), ledger.some_entries(in_short=True)),
        (ledger.due(), ledger.due(in_short=True)),
        (ledger.of_person("Pete Hegseth"), ledger.of_person("Pete Hegseth", in_short=True)),
    ):
        assert short.total == whole.total
        assert [entry.id for entry in short.items] == [entry.id for entry in whole.items]


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("President Erdoğan arrived.", True),
        ("PRESIDENT ERDOGAN ARRIVED.", True),
        ("Crown Prince Mohammed bin-Salman called.", True),
        ("The minister arrived.", False),
    ],
)
def test_a_text_that_names_nobody_is_told_quickly(text: str, may: bool) -> None:
    assert naming(["Recep Tayyip Erdoğan", "Mohammed Binsalman"])(text) is may
