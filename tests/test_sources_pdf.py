"""PDF files as readers see them: order, pages, hyphens, running heads; one sentence for what can't be read."""

import io
from contextlib import suppress

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tests.pdf_samples import WIDTH, centred, drawn, lines

from communique.lexicon.tables import rows
from communique.model import Document, SourceError
from communique.sources import parse_pdf, pdf_glyphs
from communique.sources.draft import Draft
from communique.sources.item import Item
from communique.sources.reading import documents_of

LEFT_COLUMN = """The Minister of Defence of Marland and
the Secretary of State of Ostria met in
the capital to review the agree-
ment on patrol aircraft, and the U.S.-
Marland framework of last year."""
RIGHT_COLUMN = """They welcomed the delivery of four long-
range radars. Both sides agreed to meet
again in the autumn, and to open talks
on a working-level arrangement before
the end of the year."""


def _draft(data: bytes) -> Draft:
    (draft,) = parse_pdf.parse(Item(name="talks.pdf", data=data))
    return draft


def _page_texts(draft: Draft) -> list[str]:
    ends = (*draft.pages[1:], len(draft.text))
    return [draft.text[start:end] for start, end in zip(draft.pages, ends, strict=True)]


def _one_page(text: str, font: str = "Times-Roman") -> bytes:
    return drawn(lambda canvas: lines(canvas, text, font=font) and None)


def test_lines_become_paragraphs() -> None:
    text = (
        "The ministers met in the capital on Tuesday to review the agreement on the\n"
        "maintenance of patrol aircraft that was signed last year by both sides. It\n"
        "will run for ten years.\n"
        "\n"
        "They will meet again in the autumn."
    )
    assert _draft(_one_page(text)).text == (
        "The ministers met in the capital on Tuesday to review the agreement on the maintenance of patrol aircraft "
        "that was signed last year by both sides. It will run for ten years.\n\nThey will meet again in the autumn."
    )


def test_an_indent_begins_a_paragraph_and_a_bullet_does() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, "The ministers met in the capital on Tuesday, and reviewed the agreement.", top=700)
        lines(canvas, "They welcomed the delivery of four radars and the opening of an office", top=686, left=90)
        lines(canvas, "in the harbour town.", top=672)
        lines(canvas, "•  Marland will open a school for pilots and mechanics in the harbour", top=658)
        lines(canvas, "town by June.", top=644, left=84)
        lines(canvas, "•  Ostria will send instructors.", top=630)

    assert _draft(drawn(page)).text.split("\n\n") == [
        "The ministers met in the capital on Tuesday, and reviewed the agreement.",
        "They welcomed the delivery of four radars and the opening of an office in the harbour town.",
        "• Marland will open a school for pilots and mechanics in the harbour town by June.",
        "• Ostria will send instructors.",
    ]


def test_columns_are_read_one_after_the_other_below_a_heading_across_both() -> None:
    def page(canvas: Canvas) -> None:
        centred(canvas, "Joint Statement of Marland and Ostria\non Maritime Security")
        # The two columns are written line by line, as some programs do.
        pairs = zip(LEFT_COLUMN.splitlines(), RIGHT_COLUMN.splitlines(), strict=True)
        for number, (left, right) in enumerate(pairs):
            lines(canvas, left, left=72, top=650 - 14 * number)
            lines(canvas, right, left=320, top=650 - 14 * number)

    assert _draft(drawn(page)).text.split("\n\n") == [
        "Joint Statement of Marland and Ostria on Maritime Security",
        "The Minister of Defence of Marland and the Secretary of State of Ostria met in the capital to review the "
        "agreement on patrol aircraft, and the U.S.-Marland framework of last year.",
        "They welcomed the delivery of four long-range radars. Both sides agreed to meet again in the autumn, and to "
        "open talks on a working-level arrangement before the end of the year.",
    ]


def test_a_table_is_read_row_by_row() -> None:
    def page(canvas: Canvas) -> None:
        cells = [("System", "Number", "Year"), ("Patrol boats", "4", "2027"), ("Coastal radars", "12", "2028")]
        for number, row in enumerate(cells):
            for column, cell in enumerate(row):
                lines(canvas, cell, left=72 + 150 * column, top=700 - 20 * number)

    assert _draft(drawn(page)).text.split("\n\n") == [
        "System Number Year",
        "Patrol boats 4 2027",
        "Coastal radars 12 2028",
    ]


TOPICS = ["trade in grain", "patrol aircraft", "the school for pilots", "visas for students"]


def _report(pages: int) -> bytes:
    """A report whose sentences go on over the page, below a running head."""

    def page(canvas: Canvas) -> None:
        number = canvas.getPageNumber()
        lines(canvas, "Report of the Joint Committee", top=760, size=9)
        lines(
            canvas,
            f"{TOPICS[number - 1]} was the subject of the next meeting of both ministers, who\nspoke about",
            top=700,
        )
        canvas.drawRightString(WIDTH - 72, 760, f"Page {number}")
        canvas.drawCentredString(WIDTH / 2, 40, f"- {number} -")

    return drawn(*[page] * pages)


def test_running_heads_and_page_numbers_stay_out_and_pages_are_known() -> None:
    draft = _draft(_report(4))
    assert "Report of the Joint Committee" not in draft.text
    assert "- 2 -" not in draft.text
    assert len(draft.pages) == 4
    assert draft.pages[0] == 0
    for number, text in enumerate(_page_texts(draft), start=1):
        assert text.startswith(f"{TOPICS[number - 1]} was the subject")


def test_a_sentence_and_a_word_go_on_over_the_page() -> None:
    def first(canvas: Canvas) -> None:
        lines(canvas, "The ministers of Marland and Ostria signed a memorandum on the main-", top=120)

    def second(canvas: Canvas) -> None:
        lines(canvas, "tenance of aircraft.\n\nThey will meet again in the autumn.", top=700)

    draft = _draft(drawn(first, lambda canvas: None, second))
    assert draft.text == (
        "The ministers of Marland and Ostria signed a memorandum on the maintenance of aircraft.\n\n"
        "They will meet again in the autumn."
    )
    assert _page_texts(draft)[1:] == ["", "tenance of aircraft.\n\nThey will meet again in the autumn."]


def test_a_sentence_goes_on_past_the_notes_at_the_foot_of_a_page() -> None:
    def first(canvas: Canvas) -> None:
        lines(canvas, "The ministers of Marland and Ostria signed a memorandum on the sale of", top=120)
        lines(canvas, "It was signed in two languages.", top=90, size=8)

    def second(canvas: Canvas) -> None:
        lines(canvas, "Coastal Radars.", top=700)

    draft = _draft(drawn(first, second))
    assert draft.text == (
        "It was signed in two languages.\n\n"
        "The ministers of Marland and Ostria signed a memorandum on the sale of Coastal Radars."
    )
    assert _page_texts(draft)[1] == "Coastal Radars."


@pytest.mark.parametrize("row", rows("compound_parts"), ids=lambda row: row["form"])
def test_a_compound_keeps_its_hyphen_at_the_end_of_a_line(row: dict[str, str]) -> None:
    part = f"{row['form']}-" if row["side"] == "first" else f"-{row['form']}"
    place = row["example"].index(part) + (len(part) if row["side"] == "first" else 1)
    broken = f"{row['example'][:place]}\n{row['example'][place:]}"
    assert _draft(_one_page(broken)).text == row["example"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("They signed an agree-\nment on trade.", "They signed an agreement on trade."),
        ("They met in Mar-\nland in May.", "They met in Marland in May."),
        ("It is a U.S.-\nIndia pact.", "It is a U.S.-India pact."),
        ("It is a NATO-\nled force.", "It is a NATO-led force."),
        ("They fly the F-\n16 there.", "They fly the F-16 there."),
        ("Marland spoke. The Marland-\nled force met.", "Marland spoke. The Marland-led force met."),
        ("They re-enter. They will re-\nenter talks.", "They re-enter. They will re-enter talks."),
        ("A state-\nto-state pact was signed.", "A state-to-state pact was signed."),
        ("The talks -\nso they said - ended.", "The talks - so they said - ended."),
    ],
)
def test_hyphens_at_line_ends(text: str, whole: str) -> None:
    assert _draft(_one_page(text)).text == whole


def test_note_marks_and_slanting_and_invisible_letters_and_those_off_the_page_are_left_out() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        text.setFont("Times-Roman", 12)
        text.textOut("They signed the treaty")
        text.setFont("Times-Roman", 7)
        text.setRise(5)
        text.textOut("12")
        text.setRise(0)
        text.setFont("Times-Roman", 12)
        text.textOut(" in May.")
        text.setTextOrigin(72, 600)
        text.setTextRenderMode(3)
        text.textOut("Hidden words.")
        canvas.drawText(text)
        canvas.drawString(WIDTH + 50, 500, "Beside the page.")
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT")

    assert _draft(drawn(page)).text == "They signed the treaty in May."


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_lines_in_any_direction_are_read(angle: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(angle)
        lines(canvas, "The ministers met in the capital,\nand no more was said of it.", left=-100, top=0)

    assert _draft(drawn(page)).text == "The ministers met in the capital, and no more was said of it."


def test_ligatures_become_letters() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    data = _one_page("The \ufb02eet con\ufb01rmed\u00a0it.", font="Vera")
    assert _draft(data).text == "The fleet confirmed it."


def _scan(text_below: bool) -> bytes:
    picture = Image.new("L", (400, 500), 255)
    ImageDraw.Draw(picture).text((20, 20), "The ministers met.")

    def page(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, 612, 792)
        if text_below:
            text = canvas.beginText(72, 700)
            text.setTextRenderMode(3)
            text.textOut("The ministers of both states met in May.")
            canvas.drawText(text)

    return drawn(page)


def test_the_text_that_ocr_put_below_a_scan_is_read() -> None:
    assert _draft(_scan(text_below=True)).text == "The ministers of both states met in May."


def _blank(canvas: Canvas) -> None:
    del canvas


UNREADABLE = [
    (_scan(text_below=False), "holds pictures of pages and no text: run OCR first"),
    (drawn(_blank), "is a PDF file without any text"),
    (drawn(_blank, password="secret"), "is a PDF file locked by a password: save a copy without one"),
    (_one_page("They met.")[:300], "is a damaged PDF file: fetch it again"),
    (b"%PDF-1.7\n" + bytes(range(256)) * 40, "is a damaged PDF file: fetch it again"),
    (b"%PDF-", "is a damaged PDF file: fetch it again"),
]


@pytest.mark.parametrize(("data", "sentence"), UNREADABLE)
def test_one_sentence_for_what_cannot_be_read(data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError) as caught:
        _draft(data)
    assert str(caught.value).startswith(f"talks.pdf {sentence}")
    assert str(caught.value).endswith(".")


def test_three_columns_and_a_page_as_large_as_a_field() -> None:
    def page(canvas: Canvas) -> None:
        for number, place in enumerate(("capital", "harbour", "mountains")):
            text = f"The ministers met in the {place}\nand spoke about the treaty of\nlast year, and the {place} was\n"
            lines(canvas, text + "good to them.", left=40 + 190 * number, size=10)

    wanted = [
        f"The ministers met in the {place} and spoke about the treaty of last year, and the {place} was good to them."
        for place in ("capital", "harbour", "mountains")
    ]
    assert _draft(drawn(page)).text.split("\n\n") == wanted
    assert _draft(drawn(page, page_size=(14_000_000, 14_000_000))).text.split("\n\n") == wanted


def test_evidence_knows_its_page() -> None:
    (document,) = documents_of(Item(name="report.pdf", data=_report(3)))
    assert isinstance(document, Document)
    assert [document.page_of(document.text.index(topic)) for topic in TOPICS[:3]] == [1, 2, 3]


def test_limits_of_pages_and_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse_pdf, "PAGE_LIMIT", 3)
    with pytest.raises(SourceError, match=r"talks\.pdf has 4 pages, more than 3: split it"):
        _draft(_report(4))
    monkeypatch.setattr(parse_pdf, "CHARACTER_LIMIT", 200)
    with pytest.raises(SourceError, match="has more than 200 letters: split it"):
        _draft(_report(3))
    monkeypatch.setattr(pdf_glyphs, "GLYPH_LIMIT", 100)
    with pytest.raises(SourceError, match="has more letters on page 1 than a page can show"):
        _draft(_report(3))


def test_a_file_that_may_be_read_but_not_printed_is_read() -> None:
    data = drawn(lambda canvas: lines(canvas, "They met.") and None, password="")
    assert b"/Encrypt" in data
    assert _draft(data).text == "They met."


READOUT = (
    "Readout of the Meeting in the Capital\n\n"
    "The ministers met on July 1, 2025, in the capital.\nAda Example, spokeswoman"
)


@pytest.mark.parametrize(
    ("properties", "title", "author"),
    [
        ({"Title": "Readout of the Meeting", "Author": "Ada Example"}, "Readout of the Meeting", "Ada Example"),
        ({"Title": "Microsoft Word - final_v2.docx", "Author": "jdoe"}, None, None),
        ({"Title": "Guidance for the press office", "Author": "John Typist"}, "Guidance for the press office", None),
        ({"Title": "readout-17"}, None, None),
        ({}, None, None),
    ],
)
def test_properties_count_where_they_make_sense(
    properties: dict[str, str], title: str | None, author: str | None
) -> None:
    draft = _draft(drawn(lambda canvas: lines(canvas, READOUT) and None, properties=properties))
    assert (draft.title, draft.author) == (title, author)


def test_the_largest_line_of_the_first_page_is_the_title() -> None:
    def page(canvas: Canvas) -> None:
        centred(canvas, "Joint Statement of Marland\nand Ostria", top=740)
        lines(canvas, "The ministers met in the capital on Tuesday.\nThey agreed to meet again.", top=650)

    assert _draft(drawn(page)).title == "Joint Statement of Marland and Ostria"


@pytest.mark.parametrize(
    ("made", "published"),
    [
        ("D:20250701120000Z", "2025-07-01"),
        ("D:20250703120000Z", "2025-07-01"),
        ("D:20250630230000-04'00'", "2025-07-01"),
        ("D:20260701120000Z", None),
        ("D:20251345", None),
        ("", None),
    ],
)
def test_the_day_of_making_counts_where_the_text_names_it(made: str, published: str | None) -> None:
    data = drawn(lambda canvas: lines(canvas, READOUT) and None)
    document = pypdfium2.PdfDocument(data)
    document.close()
    # ReportLab writes a fixed date of making; its length is kept, so that the file's table of places stays right.
    place = data.index(b"/CreationDate (") + len(b"/CreationDate (")
    end = data.index(b")", place)
    mended = data[:place] + made.encode().ljust(end - place)[: end - place] + data[end:]
    assert _draft(mended).published == published


SEED = _report(2)


@settings(max_examples=60, deadline=None)
@given(
    places=st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 255)), max_size=30),
    cut=st.none() | st.integers(0, len(SEED)),
)
def test_any_bytes_give_a_text_or_a_sentence(places: list[tuple[int, int]], cut: int | None) -> None:
    data = bytearray(SEED)
    for place, value in places:
        data[place] = value
    with suppress(SourceError):
        draft = _draft(bytes(data[:cut]))
        assert list(draft.pages) == sorted(draft.pages)
        assert draft.pages[0] == 0
        assert draft.pages[-1] <= len(draft.text)
        io.StringIO(draft.text).read().encode("utf-8")


def test_a_line_of_control_characters_is_none() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageCompression(0)
        lines(canvas, "They met in Vilnius.\nMARK\nThey agreed.")

    damaged = drawn(page).replace(b"(MARK)", b"(\x0b\x0b\x0b\x0b)")
    assert b"\x0b" in damaged
    assert _draft(damaged).text.split() == ["They", "met", "in", "Vilnius.", "They", "agreed."]
