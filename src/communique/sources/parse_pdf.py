"""PDF: text in reading order with its pages, by PDFium; running heads and page numbers stay out."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from communique.model import SourceError
from communique.sources.characters import visible
from communique.sources.draft import Draft
from communique.sources.item import Item
from communique.sources.pdf_glyphs import PageTooFullError, has_picture, stretches
from communique.sources.pdf_layout import Block, PageText, blocks, without_running_lines
from communique.sources.pdf_paragraphs import paged_text

PAGE_LIMIT = 2_000
CHARACTER_LIMIT = 10_000_000

_ONE_AT_A_TIME = Lock()
"""PDFium keeps its state in globals and is not safe to use from several threads."""

_SCAN_CHARACTERS = 30
"""Fewer letters a page than this beside a picture are a stamp on a scan; a line of text has about 80."""

_UNKNOWN_SHARE = 0.3
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_FILE_NAME = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b|untitled|document ?\d*$|.*\.(?:docx?|pdf|rtf|odt|indd|pptx?|tmp|wpd)$|\S*$",
    re.IGNORECASE,
)


def parse(item: Item) -> Iterator[Draft]:
    """The document that a PDF holds: paragraphs a blank line apart, in reading order, with the offsets of its pages.

    Columns are read one after the other, table rows one a line. Heads and feet that run over the pages, page numbers
    and raised note marks are left out; words divided at line ends are whole again. The title and the author are those
    of the file's properties only where its text bears them out, else the title is the first page's largest line; the
    date is the day of the file's making only where the first or the last page names that day or one of the week before.

    Raises:
        SourceError: damaged, locked by a password, a form or a scan without text, too many pages or letters.
    """
    with _ONE_AT_A_TIME:
        draft = _parse(item)
    yield draft


def _parse(item: Item) -> Draft:
    file = _open(item)
    try:
        if file.get_formtype() == raw.FORMTYPE_XFA_FULL:
            raise SourceError(
                f"{item.name} is a form whose pages only Adobe's reader draws: print it to a PDF file first."
            )
        pages, pictures = _pages(file, item.name)
        if sum(len(s.text) for page in pages for s in page.stretches) < _SCAN_CHARACTERS * pictures:
            raise SourceError(
                f"{item.name} holds pictures of pages and no text: run OCR first (for example with `ocrmypdf`)."
            )
        laid_out = [list(blocks(page)) for page in without_running_lines(pages)]
        text, offsets = paged_text(laid_out)
        if not text:
            raise SourceError(f"{item.name} is a PDF file without any text: give a document with text.")
        properties = {key: _property(file, key) for key in ("Title", "Author", "CreationDate")}
    finally:
        file.close()
    return Draft(
        text=text,
        title=_title(properties["Title"], text, laid_out[0]),
        author=_author(properties["Author"], text),
        published=_published(properties["CreationDate"], text, offsets),
        pages=offsets,
    )


def _open(item: Item) -> pdfium.PdfDocument:
    try:
        file = pdfium.PdfDocument(item.data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise SourceError(
                f"{item.name} is a PDF file locked by a password: save a copy without one and give that."
            ) from None
        raise SourceError(f"{item.name} is a damaged PDF file: fetch it again, or print it to a new one.") from None
    count = len(file)
    if 0 < count <= PAGE_LIMIT:
        return file
    file.close()
    if count:
        raise SourceError(f"{item.name} has {count:,} pages, more than {PAGE_LIMIT:,}: split it into its documents.")
    raise SourceError(f"{item.name} is a PDF file without pages: fetch it again.")


def _pages(file: pdfium.PdfDocument, name: str) -> tuple[list[PageText], int]:
    """The text of all pages, and how many pages have a picture on them."""
    pages: list[PageText] = []
    pictures = letters = unknown_letters = 0
    for number in range(len(file)):
        try:
            page = file[number]
        except pdfium.PdfiumError:
            pages.append(PageText([], 0.0, 1.0))
            continue
        try:
            found, unknown = stretches(page)
            _, bottom, _, top = page.get_bbox()
            pictures += has_picture(page)
        except PageTooFullError:
            raise SourceError(
                f"{name} has more letters on page {number + 1} than a page can show: print it to a new PDF file."
            ) from None
        except pdfium.PdfiumError:
            found, unknown, bottom, top = [], 0, 0.0, 1.0
        finally:
            page.close()
        pages.append(PageText(found, bottom, top))
        letters += sum(len(stretch.text) for stretch in found)
        unknown_letters += unknown
        if letters > CHARACTER_LIMIT:
            raise SourceError(f"{name} has more than {CHARACTER_LIMIT:,} letters: split it into its documents.")
    if unknown_letters > _UNKNOWN_SHARE * (letters + unknown_letters):
        raise SourceError(f"{name} does not say which letters its fonts draw: run OCR (`ocrmypdf --force-ocr`) first.")
    return pages, pictures


def _property(file: pdfium.PdfDocument, key: str) -> str:
    return " ".join(visible(file.get_metadata_value(key)).split())


def _title(stated: str, text: str, first_page: list[Block]) -> str | None:
    """The stated title if the text has it, else the first page's largest line, else what is stated and no file name."""
    if stated and _folded(stated) in _folded(text[:6000]):
        return stated
    lines = [line for block in first_page for line in block]
    if lines:
        body = median(line.height for line in lines for _ in line.text)
        largest = max(line.height for line in lines)
        words = " ".join(line.text for line in lines if line.height > 0.95 * largest)
        if largest > 1.15 * body and 10 <= len(words) <= 250:
            return words
    return None if _FILE_NAME.match(stated) else stated


def _author(stated: str, text: str) -> str | None:
    """The author stated, where the document names them too: else it is whoever typed it, or a login."""
    return stated if " " in stated and _folded(stated) in _folded(text) else None


def _published(created: str, text: str, pages: tuple[int, ...]) -> str | None:
    """The day written on the first or last page that is the day of the file's making or one of the seven before."""
    match = _CREATED.match(created)
    try:
        made = date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
    if made is None:
        return None
    first = text[: pages[1]] if len(pages) > 1 else text
    ends = f"{first}\n{text[pages[-1] :]}".casefold()
    # A time zone east of the maker's may have the next day already.
    days = (made - timedelta(days=back) for back in (0, -1, *range(1, 8)))
    return next((day.isoformat() for day in days if _is_written(day, ends)), None)


def _is_written(day: date, text: str) -> bool:
    month = f"{day:%B}|{day:%b}\\.?".casefold()
    number = rf"0?{day.day}(?:st|nd|rd|th)?"
    return bool(
        re.search(
            rf"\b(?:(?:{month})\s+{number},?\s+{day.year}|{number}\s+(?:of\s+)?(?:{month}),?\s+{day.year}"
            rf"|{day.isoformat()})(?!\d)",
            text,
        )
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
