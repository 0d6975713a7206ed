"""What asks for attention, and how lines tell it: disputes, progress, strength, silence, decisions, revivals."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from communique.model import Action, Claimed, Decision, Dispute, Entry, Outline, Standing
from communique.resolve.outlining import outline
from communique.views import (
    Attention,
    Standpoint,
    brief_of,
    brief_to_json,
    entries_page,
    entry_page,
    entry_to_json,
    pair_statuses,
    status_page,
    status_to_json,
    timeline_of,
    timeline_page,
    timeline_to_json,
)
from communique.views.choosing import is_doubtful, sure_enough, told_by
from views_examples import ENTRIES

DAY = date(2026, 3, 15)
BY_ID = {entry.id: entry for entry in ENTRIES}
ENGINES, FRAMEWORK, HOPE = BY_ID["T-30000003"], BY_ID["A-20000001"], BY_ID["U-50000001"]
FIRST, LAST = (FRAMEWORK.history[at].source.record_id for at in (0, -1))
DATES = Dispute(
    field="signed date",
    claims=(
        Claimed(value="2025-10-31", record_ids=(LAST,), official=True),
        Claimed(value="2025-11-07", record_ids=(FIRST,)),
    ),
)


def _shown(page: object, width: int = 110) -> str:
    console = Console(width=width, force_terminal=False, color_system=None)
    with console.capture() as capture:
        console.print(page)
    return " ".join(capture.get().split())


def _with(entry: Entry, **fields: Any) -> Entry:
    return replace(entry, fields=entry.fields | fields)


def _decision(number: int, action: Action, field: str | None = None) -> Decision:
    return Decision(number=number, action=action, field=field, by="an analyst", why="", at="2026-01-01T00:00:00+00:00")


STRENGTHS = [{"strength": "aspiration", "date": "2025-02-13"}, {"strength": "obligation", "date": "2025-10-31"}]
TOLD = [
    (_with(ENGINES, progress="4 of 113 delivered"), "4 of 113 delivered"),
    (_with(HOPE, strengths=STRENGTHS), "hoped 2025-02-13, then agreed 2025-10-31"),
    (_with(FRAMEWORK, amended=["2026-01", "2026-02-01"]), "amended 2026-01 and 2026-02-01"),
    (
        replace(FRAMEWORK, disputes=(DATES,)),
        "disputed signed date: 2025-10-31 (official: Ministry of Defence, India, 2025-10-31) or "
        "2025-11-07 (The White House, 2025-02-13)",
    ),
    (
        replace(ENGINES, disputes=(Dispute(field="items", claims=tuple(
            Claimed(value={"what": "F404", "quantity": n}, record_ids=()) for n in (99, 113))),)),
        "disputed number: 99 F404 (source not known) or 113 F404",
    ),
    (replace(FRAMEWORK, confirmed=True, decisions=(3,)), "confirmed by decision 3"),
    (replace(FRAMEWORK, decisions=(4, 5)), "place corrected by decision 4; joined by decision 5"),
    (replace(FRAMEWORK, decisions=(6,)), "shaped by decision 6"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "words"), TOLD)
def test_lists_and_single_entries_tell_what_entries_carry(entry: Entry, words: str) -> None:
    made = (_decision(3, Action.CONFIRM), _decision(4, Action.SET, "place"), _decision(5, Action.SAME))
    standpoint = Standpoint(DAY, decisions={decision.number: decision for decision in made})
    assert words in _shown(entries_page([entry], standpoint), 300)
    assert words in _shown(entry_page(entry, standpoint), 300)


SILENCE = [
    (HOPE, "2026-07-02", "silent since 2025-07"),
    (HOPE, "2026-07-01", None),
    (FRAMEWORK, "2030-01-01", None),
    (BY_ID["E-10000004"], "2030-01-01", None),
]


@pytest.mark.parametrize(("entry", "day", "words"), SILENCE)
def test_what_is_open_is_silent_after_a_year(entry: Entry, day: str, words: str | None) -> None:
    text = _shown(entries_page([entry], Standpoint(date.fromisoformat(day))))
    assert (words in text) if words else "silent" not in text


def test_news_of_what_a_promise_is_about_are_news_of_the_promise() -> None:
    promise, day = _with(HOPE, refers_to=FRAMEWORK.id), date(2026, 8, 1)
    assert Standpoint(day).silent_since(promise) == date(2025, 7, 2)
    assert Standpoint(day, {FRAMEWORK.id: FRAMEWORK}).silent_since(promise) is None


def test_what_was_confirmed_is_not_doubtful() -> None:
    history = tuple(replace(r, record=replace(r.record, confidence=0.4)) for r in ENGINES.history)
    entry = replace(ENGINES, history=history)
    confirmed = replace(entry, confirmed=True)
    assert (is_doubtful(entry), is_doubtful(confirmed)) == (True, False)
    assert sure_enough([entry, confirmed], 0.9) == [confirmed]


def test_a_dispute_needs_two_values_that_were_told_by_the_day() -> None:
    early = told_by(replace(FRAMEWORK, disputes=(DATES,)), date(2025, 8, 1))
    assert early is not None
    assert early.disputes == ()


def test_a_stage_that_comes_back_came_again_and_one_decided_on_stands_last() -> None:
    first, second, third = FRAMEWORK.history
    revived = replace(FRAMEWORK, history=(replace(first, stage="signed"), replace(second, stage="suspended"), third))
    assert "then suspended (reported 2025-07-02), then signed again 2025-10-31" in _shown(
        entries_page([revived], Standpoint(DAY))
    )
    ended = replace(FRAMEWORK, stage="ended", standing=Standing.ENDED, decisions=(1,))
    assert "then signed 2025-10-31, then ended (ended)" in _shown(entries_page([ended], Standpoint(DAY)))


def test_a_brief_counts_what_asks_for_attention() -> None:
    entries = [replace(e, disputes=(DATES,)) if e.id == FRAMEWORK.id else e for e in ENTRIES]
    brief = brief_of(entries, ("US", "IN"), Standpoint(date(2026, 8, 1)))
    assert brief.attention == Attention(overdue=2, silent=4, disputed=1, doubtful=0)
    data = brief_to_json(brief)
    assert data["attention"] == {"overdue": 2, "silent": 4, "disputed": 1, "doubtful": 0}
    (promise,) = (e for s in data["sections"] for g in s["groups"] for e in g["entries"] if e["id"] == HOPE.id)
    assert (promise["overdue"], promise["silent_since"], promise["confirmed"]) == (False, "2025-07-02", False)


def test_data_without_a_day_tells_nothing_that_depends_on_one() -> None:
    data = entry_to_json(replace(FRAMEWORK, disputes=(DATES,), decisions=(2,)))
    assert "overdue" not in data and "silent_since" not in data
    assert data["disputes"][0]["claims"][0] == {"value": "2025-10-31", "record_ids": [LAST], "official": True}
    assert data["decisions"] == [2]


def test_a_timeline_notes_once_what_is_to_be_known_of_a_thing() -> None:
    entries = [replace(FRAMEWORK, disputes=(DATES,)), _with(HOPE, due="2025-12")]
    timeline = timeline_of(entries, ("US", "IN"), Standpoint(date(2026, 8, 1)))
    text = _shown(timeline_page(timeline))
    assert text.count("disputed signed date: 2025-10-31 or 2025-11-07") == 1
    assert "due: Complete several major pending defense sales to India; overdue; silent since 2025-07" in text
    told = {entry["id"]: entry for entry in timeline_to_json(timeline)["entries"]}
    assert told[HOPE.id]["overdue"] is True
    assert told[FRAMEWORK.id]["disputes"][0]["field"] == "signed date"


def _told(entries: list[Entry], day: date) -> list[Outline]:
    return [outline(told) for entry in entries if (told := told_by(entry, day))]


def test_the_status_of_a_pair_counts_its_entries() -> None:
    both = [e for e in ENTRIES if {"US", "IN"} <= set(e.parties)]
    names = {"US": "United States", "IN": "India"}
    asked = [("US", "IN"), ("US", "FR")]
    (status,) = pair_statuses(asked, _told(both, DAY), names.__getitem__, Standpoint(DAY))
    assert (status.entries, sum(status.standings.values())) == (13, 13)
    assert (status.attention.overdue, status.last_news) == (1, date(2025, 11, 7))
    day = date(2025, 3, 1)
    (early,) = pair_statuses(asked, _told(both, day), names.__getitem__, Standpoint(day))
    assert (early.entries, early.standings[Standing.REALISED]) == (4, 2)
    assert pair_statuses(asked, [], names.__getitem__, Standpoint(date(2020, 1, 1))) == []
    assert "United States and India" in _shown(status_page([status], DAY), 110)
    assert max(map(len, _lines(status_page([status], DAY), 80))) <= 80
    (row,) = status_to_json([status], DAY)["pairs"]
    assert (row["parties"], row["overdue"], row["last_news"]) == (["US", "IN"], 1, "2025-11-07")


def _lines(page: object, width: int) -> list[str]:
    console = Console(width=width, force_terminal=False, color_system=None)
    with console.capture() as capture:
        console.print(page)
    return capture.get().splitlines()
