from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console, RenderableType

from communique.ledger import Actor, Hit
from communique.model import Document, Span
from communique.views import (
    Reading,
    Standpoint,
    actors_page,
    brief_of,
    brief_page,
    entries_page,
    entry_page,
    hits_page,
    newest,
    readings_page,
)
from views_examples import DOCUMENTS, ENTRIES, entry, records_by_document, report

DAY = date(2026, 3, 15)
BRIEF = brief_of(ENTRIES, ("US", "IN"), names=("United States", "India"), standpoint=Standpoint(DAY))
FRAMEWORK = next(e for e in ENTRIES if e.id == "A-20000001")
SPACED = {ord("\n"): " "}


def _plain(page: RenderableType, width: int = 80) -> str:
    console = Console(width=width, record=True, file=None, force_terminal=False, color_system=None)
    with console.capture() as capture:
        console.print(page)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _words(text: str) -> str:
    return " ".join(text.split())


def _on_terminal(page: RenderableType, width: int = 110) -> str:
    console = Console(width=width, force_terminal=True, color_system="truecolor")
    with console.capture() as capture:
        console.print(page)
    return capture.get()


@pytest.mark.parametrize("width", [60, 80, 110])
def test_plain_pages_keep_to_their_width_without_marks_and_colours(width: int) -> None:
    text = _plain(brief_page(BRIEF), width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert not set(text) & set("\x1b●○◐◌×→·│─┃━╭╰")


def test_every_entry_of_the_brief_stands_with_its_sentence_and_source() -> None:
    text = _words(_plain(brief_page(BRIEF)))
    for each in ENTRIES:
        assert each.id in text
    for sentence in (
        "“Raksha Mantri Rajnath Singh met Secretary of War Pete Hegseth in Kuala Lumpur on Friday.” "
        "(Ministry of Defence, India, 2025-10-31)",
        "“Our defence partnership is today one of the most consequential pillars of the relationship,” Jaishankar "
        "said. (U.S. Department of Defense, 2025-07-02)",
        "contracted (under way); USD 1 billion; T-30000003",
        "open (prospective); IN; commitment; overdue, was due by 2026-02; U-50000005",
        "Meeting of Pete Hegseth and S. Jaishankar, Pentagon held (realised); US, IN; E-10000002",
        "planned (prospective); date passed, no report of it; E-10000004",
    ):
        assert sentence in text, sentence


def test_a_chain_of_stages_quotes_a_sentence_for_each() -> None:
    text = _words(_plain(brief_page(BRIEF)))
    assert "proposed (reported 2025-02-13), then signed 2025-10-31 (realised); A-20000001" in text
    assert "“The two leaders announced plans to sign this year" in text
    assert "they signed the Framework for the U.S.-India Major Defence Partnership" in text
    assert "and 1 more report: communique show A-20000001" in text
    assert "proposed (reported 2025-02-13) → signed 2025-10-31" in _words(_stripped(_on_terminal(brief_page(BRIEF))))


def test_promises_of_one_sentence_share_its_quotation() -> None:
    text = _words(_plain(brief_page(BRIEF)))
    open_part = text[text.index("Complete several major") :]
    assert open_part.count("Hegseth said the United States hopes to complete") == 1
    assert "Strengthen interoperability between the forces open" in text


def test_a_terminal_shows_marks_and_explains_them() -> None:
    text = _stripped(_on_terminal(brief_page(BRIEF)))
    for mark, standing in (
        ("○", "prospective"),
        ("◐", "under-way"),
        ("●", "realised"),
        ("◌", "stalled"),
        ("×", "ended"),
    ):
        assert f"{mark} {standing}" in text


def test_hidden_entries_are_counted_with_the_command_that_lists_them() -> None:
    many = [replace(e, id=f"{e.id}-{n}") for n in range(9) for e in ENTRIES if e.id == "T-30000001"]
    text = _words(_plain(brief_page(brief_of(many, ("US", "IN"), standpoint=Standpoint(DAY)))))
    assert "and 1 more: communique list transfer --party US --party IN" in text


def test_one_entry_shows_every_report_with_full_sentences() -> None:
    text = _words(_plain(entry_page(FRAMEWORK, Standpoint(DAY))))
    for told in FRAMEWORK.history:
        assert told.source.quotes[0] in text
        assert f"{told.source.publisher}, {told.source.published}, {told.source.title}" in text
        assert told.source.url is not None
        assert told.source.url in text
    assert text.index("proposed (reported 2025-07-02)") < text.rindex("signed 2025-10-31")


def test_lists_are_newest_first() -> None:
    ids = [e.id for e in newest(ENTRIES) if e.kind == "engagement"]
    assert ids == ["E-10000004", "E-10000003", "E-10000002", "E-10000001"]


def test_readings_group_records_by_kind_under_the_title() -> None:
    readings = [Reading(DOCUMENTS[key], tuple(records)) for key, records in records_by_document().items()]
    text = _plain(readings_page(readings, DAY))
    assert text.startswith(
        "Joint statement after talks at the White House\nThe White House, 2025-02-13\n\nEngagements\n"
    )
    assert "6 P-8I, US to IN" in text
    assert "“HAL ordered 113 F404-GE-IN20 engines" in text


def test_a_document_without_records_says_so() -> None:
    text = _words(_plain(readings_page([Reading(Document(text="It rained.", source="rain.txt"), ())], DAY)))
    assert text == (
        "rain.txt It reports nothing between states or international organisations that belongs in a ledger."
    )


def test_hits_show_the_passage_its_document_and_entries() -> None:
    hit = Hit(
        document_id="d3",
        entry_ids=("A-20000001",),
        kind=FRAMEWORK.kind,
        snippet="they signed\nthe Framework",
        span=Span(10, 35),
        matches=(Span(26, 35),),
        title="Ten years",
        publisher=None,
        published="2025-10-31",
        url=None,
        record_id=None,
        score=1.0,
    )
    assert _words(_plain(hits_page([hit]))) == (
        "Ten years, 2025-10-31 they signed the Framework evidence of A-20000001"
    )
    assert "\x1b[1;33mFramework" in _on_terminal(hits_page([hit]))


def test_actors_stand_in_columns_under_their_names() -> None:
    actors = [
        Actor(name="US", kind="state", parties=(), entries=12, first_seen="2025-02-13", last_seen="2025-11-07"),
        Actor(name="Pete Hegseth", kind="person", parties=("US",), entries=2, first_seen="2025-07-01", last_seen=None),
    ]
    lines = _plain(actors_page(actors, {"US": "United States"}.__getitem__)).splitlines()
    assert [line.split("  ")[0] for line in lines] == ["Name", "United States", "Pete Hegseth"]
    assert lines[1].endswith("2025-02-13 to 2025-11-07")
    assert lines[2].endswith("2025-07-01")


@pytest.mark.parametrize("hostile", ["[bold]not markup[/bold]", "[/red]", ":smile:", "[link=x]y"])
def test_words_of_documents_are_never_read_as_markup(hostile: str) -> None:
    named = replace(FRAMEWORK, title=hostile)
    assert hostile in _plain(entries_page([named], Standpoint(DAY)), 110) or hostile.capitalize() in _plain(
        entries_page([named], Standpoint(DAY))
    )


def _stripped(coloured: str) -> str:
    from rich.text import Text

    return Text.from_ansi(coloured).plain


def test_what_was_called_off_is_dated_by_the_report_of_it() -> None:
    occasion = {"type": "summit", "parties": ["US", "IN"], "date": "2025-12-05"}
    called_off = entry(
        "E-90000001",
        "Summit",
        report("d2", "Officials", "engagement", stage="planned", **occasion),
        report("d3", "Singh said", "engagement", stage="cancelled", **occasion),
    )
    text = _words(_plain(entries_page([called_off], Standpoint(DAY))))
    assert "planned for 2025-12-05, then cancelled (reported 2025-10-31) (ended)" in text
