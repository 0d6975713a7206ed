"""The letters that stand on a page of a PDF, as stretches of one line each with their place."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from communique.sources.characters import visible

GLYPH_LIMIT = 200_000
"""Most letters of one page; the densest newspaper page has about 30,000."""

_INVISIBLE = {3, 7}
"""Text render modes that paint nothing (ISO 32000-1, table 106)."""

_HYPHENS = {0x02, 0xAD, 0x2010, 0x2011, 0xFFFE}
"""What is drawn as a hyphen; PDFium gives 2 or U+FFFE for one at the end of a line."""

_BLANKS = {0x09, 0x0A, 0x0D, 0x20, 0xA0}
_NOTE_MARKS = frozenset("0123456789*†‡,")
_SYMBOL_BULLETS = {0xF06E, 0xF076, 0xF0A7, 0xF0A8, 0xF0B7, 0xF0D8, 0xF0FC}
"""Bullets of the Symbol and Wingdings fonts, which Word writes as characters of private use."""

_SIDEWAYS = math.pi / 2


@dataclass(slots=True)
class Stretch:
    """Letters that follow each other on one line without a gap as wide as a letter is high.

    Attributes:
        left, right: along the line, in points.
        base: height of the baseline above the foot of the page, in points.
        height: from the lowest to the highest point that the font's letters reach, about 1.15 times its size.
        turn: by how many quarters of a circle the line is turned, anticlockwise; places are those after turning back.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    turn: int = 0


class _Glyph(NamedTuple):
    character: str
    left: float
    right: float
    base: float
    height: float
    turn: int


class PageTooFullError(Exception):
    """A page holds more letters than any page for readers."""


def stretches(page: pdfium.PdfPage) -> tuple[list[Stretch], int]:
    """What a reader can see of the page's text, in the order of the file, and how many letters have no known meaning.

    Left out are letters outside the page, slanting ones (watermarks), note marks raised above a word, and letters
    painted invisibly, except over a picture: those are the text of a scan.

    Raises:
        PageTooFullError: there are more than :data:`GLYPH_LIMIT`.
    """
    textpage = page.get_textpage()
    try:
        return _gather(_glyphs(page, textpage))
    finally:
        textpage.close()


def _gather(glyphs: Iterator[_Glyph | None]) -> tuple[list[Stretch], int]:
    found: list[Stretch] = []
    heights: Counter[float] = Counter()
    unknown = 0
    space = False
    last: _Glyph | None = None
    for glyph in glyphs:
        if glyph is None:
            space = True
            continue
        character = glyph.character if glyph.character.isascii() and glyph.character > " " else visible(glyph.character)
        if not character:
            unknown += 1
            continue
        if character.isspace():  # a line end within a line
            space = True
            continue
        if last is None or not _goes_on(found[-1], last, glyph):
            if last and _is_note_number(found[-1], glyph):
                found.pop()
            found.append(Stretch(character, glyph.left, glyph.right, glyph.base, glyph.height, glyph.turn))
            heights = Counter()
        else:
            current = found[-1]
            if _is_note_mark(current, glyph):
                continue
            spaced = space or glyph.left - last.right > 0.2 * current.height
            current.text += (" " if spaced and not current.text.endswith(" ") else "") + character
            current.right = max(current.right, glyph.right)
        heights[round(glyph.height, 1)] += 1
        found[-1].height = max(heights, key=heights.__getitem__)
        last, space = glyph, False
    return found, unknown


def _goes_on(stretch: Stretch, last: _Glyph, glyph: _Glyph) -> bool:
    """Whether a letter stands on the line of those before it; the parts of a ligature share one place."""
    return (
        glyph.turn == stretch.turn
        and abs(glyph.base - stretch.base) < 0.5 * stretch.height
        and glyph.left >= last.left - 0.1 * stretch.height
        and glyph.left - last.right < 0.9 * stretch.height
        and glyph.height < 1.6 * stretch.height
    )


def _is_note_mark(stretch: Stretch, glyph: _Glyph) -> bool:
    """Whether a small raised figure follows a word."""
    raised = glyph.base - stretch.base > 0.15 * stretch.height and glyph.height < 0.8 * stretch.height
    return raised and glyph.character in _NOTE_MARKS


def _is_note_number(stretch: Stretch, glyph: _Glyph) -> bool:
    """Whether a stretch is nothing but the small raised figure in front of a note that begins with this letter."""
    return (
        all(character in _NOTE_MARKS for character in stretch.text)
        and 0.1 * glyph.height < stretch.base - glyph.base < 0.6 * glyph.height
        and stretch.height < 0.85 * glyph.height
        and 0 <= glyph.left - stretch.right < glyph.height
    )


def _glyphs(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Iterator[_Glyph | None]:
    """The page's letters, None for a space."""
    handle = textpage.raw
    count = raw.FPDFText_CountChars(handle)
    if count > GLYPH_LIMIT:
        raise PageTooFullError
    left, bottom, right, top = page.get_bbox()
    mind_paint = _has_unseen_text(page) and not has_picture(page)
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in _BLANKS:
            yield None
            continue
        turn = _turn(raw.FPDFText_GetCharAngle(handle, index))
        if turn < 0 or (mind_paint and _is_unseen(raw.FPDFText_GetTextObject(handle, index))):
            continue
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        if left <= x.value <= right and bottom <= y.value <= top:
            yield _placed(_character(code), x.value, y.value, box, turn)


def _has_unseen_text(page: pdfium.PdfPage) -> bool:
    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
    return any(_is_unseen(text.raw) for text in texts)


def _is_unseen(text_object: Any) -> bool:
    return bool(text_object) and raw.FPDFTextObj_GetTextRenderMode(text_object) in _INVISIBLE


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether a picture is painted on the page."""
    return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None


def _turn(angle: float) -> int:
    """Quarters of a circle anticlockwise, -1 for a slanting line; PDFium counts clockwise."""
    if angle == 0:
        return 0
    quarters = round(angle / _SIDEWAYS)
    return -quarters % 4 if abs(angle - quarters * _SIDEWAYS) < 0.1 else -1


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _SYMBOL_BULLETS:
        return "•"
    return chr(code) if 0 < code < 0x110000 and code != 0xFFFD else "\0"


def _placed(character: str, x: float, y: float, box: raw.FS_RECTF, turn: int) -> _Glyph:
    """The letter where it stands once its line is turned back to run from left to right."""
    if turn == 0:
        return _Glyph(character, x, box.right, y, abs(box.top - box.bottom), turn)
    if turn == 1:
        return _Glyph(character, y, max(box.top, box.bottom), -x, abs(box.right - box.left), turn)
    if turn == 2:
        return _Glyph(character, -x, -box.left, -y, abs(box.top - box.bottom), turn)
    return _Glyph(character, -y, -min(box.top, box.bottom), x, abs(box.right - box.left), turn)
