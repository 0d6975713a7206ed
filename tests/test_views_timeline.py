from collections.abc import Callable
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from rich.console import Console

from communique.model import Entry
from communique.views import Standpoint, timeline_html, timeline_of, timeline_page, timeline_svg, timeline_to_json
from communique.views.timeline import Timeline
from views_examples import ENTRIES

DAY = date(2026, 1, 15)
SVG = "{http://www.w3.org/2000/svg}"


def _timeline(entries: list[Entry] = ENTRIES, as_of: date = DAY, since: date | None = None) -> Timeline:
    return timeline_of(entries, ("US", "IN"), Standpoint(as_of), names=("United States", "India"), since=since)


def _plain(timeline: Timeline) -> str:
    console = Console(width=80, force_terminal=False, color_system=None)
    with console.capture() as capture:
        console.print(timeline_page(timeline))
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def test_moments_stand_in_order_of_time_and_what_is_due_stands_ahead() -> None:
    page = _plain(_timeline())
    lines = page.splitlines()
    assert lines[0] == "United States and India"
    assert [line for line in lines if line in ("2025", "Ahead")] == ["2025", "Ahead"]
    order = ["proposed, as reported: Framework", "signed: Framework", "by 2026-02  due: Settle the terms"]
    assert sorted(order, key=page.index) == order
    days = [moment.day for moment in _timeline().moments]
    assert days == sorted(days)


def test_a_promise_that_is_open_was_made_and_statements_are_left_out() -> None:
    page = _plain(_timeline())
    assert "promised, as reported: Strengthen interoperability" in page
    assert "most consequential pillars" not in page


def test_what_was_published_or_happened_outside_the_bounds_is_left_out() -> None:
    early = _timeline(as_of=date(2025, 7, 15))
    assert {m.stage for m in early.moments if m.entry.id == "A-20000001"} == {"proposed"}
    late = _timeline(since=date(2025, 10, 1))
    assert min(moment.day for moment in late.moments) >= date(2025, 10, 1)


def test_the_drawing_has_a_lane_a_thing_and_a_mark_a_stage() -> None:
    timeline = _timeline()
    root = ElementTree.fromstring(timeline_svg(timeline))
    lanes = {group.get("id"): group for group in root.iter(f"{SVG}g")}
    assert set(lanes) == {entry.id for entry, _ in timeline.lanes}
    marks = lanes["A-20000001"].findall(f".//{SVG}text[@class]")
    assert [mark.get("class") for mark in marks] == ["mark prospective", "mark realised"]
    assert float(marks[0].get("x", "nan")) < float(marks[1].get("x", "nan"))


@pytest.mark.parametrize("draw", [timeline_svg, timeline_html])
def test_words_and_addresses_of_documents_are_never_markup(draw: Callable[[Timeline], str]) -> None:
    (framework,) = (entry for entry in ENTRIES if entry.id == "A-20000001")
    history = tuple(
        replace(told, source=replace(told.source, url="javascript:alert(2)", publisher="<script>alert(3)</script>"))
        for told in framework.history
    )
    hostile = replace(framework, title="<script>alert(1)</script> \"' pact", history=history)
    drawn = draw(_timeline([hostile]))
    assert "<script" not in drawn and "javascript:" not in drawn
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in drawn.replace("&lt;Script", "&lt;script")


def test_json_names_the_record_behind_each_moment() -> None:
    told = timeline_to_json(_timeline())
    signed = next(m for m in told["moments"] if m["entry"] == "A-20000001" and m["stage"] == "signed")
    assert signed["when"] == "2025-10-31" and signed["dated"] and signed["document_id"] == "d3" and signed["quotes"]
