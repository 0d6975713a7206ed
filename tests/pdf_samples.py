"""PDF files for the tests, drawn with ReportLab from invented text."""

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = letter


def drawn(
    *pages: Callable[[Canvas], None],
    properties: dict[str, str] | None = None,
    password: str | None = None,
    page_size: tuple[float, float] = letter,
) -> bytes:
    """A PDF file with a page for each function, which draws it."""
    buffer = io.BytesIO()
    encrypt = None if password is None else StandardEncryption(password, canPrint=0)
    canvas = Canvas(buffer, pagesize=page_size, encrypt=encrypt, invariant=1)
    for key, value in (properties or {}).items():
        getattr(canvas, f"set{key}")(value)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(
    canvas: Canvas,
    text: str,
    *,
    left: float = 72,
    top: float = 700,
    size: float = 11,
    leading: float = 14,
    font: str = "Times-Roman",
) -> float:
    """Draw the lines of a text below each other; a blank line leaves room. Gives the height of the next line."""
    canvas.setFont(font, size)
    for line in text.splitlines():
        canvas.drawString(left, top, line)
        top -= leading
    return top


def centred(canvas: Canvas, text: str, *, top: float = 720, size: float = 16) -> None:
    """Draw lines in the middle of the page."""
    canvas.setFont("Times-Bold", size)
    for line in text.splitlines():
        canvas.drawCentredString(WIDTH / 2, top, line)
        top -= 1.2 * size
