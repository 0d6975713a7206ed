"""Papers as files for word processors (Office Open XML), the same bytes for the same paper."""

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from communique.model.printable import on_one_line
from communique.views.papers import Cited, Item, Paper, Sheet
from communique.views.papers_text import cell_words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""Of making, in the file: papers that say the same are the same."""
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def as_docx(paper: Paper) -> bytes:
    """The paper, each sentence with the number of its source in the list at the end."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.2)
    document.styles["Normal"].font.size = Pt(10)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _words(paper.title)[:255], "communique", ""
    properties.created = properties.modified = _MOMENT.replace(tzinfo=None)
    _write(document, paper)
    out = io.BytesIO()
    document.save(out)
    return _undated(out.getvalue())


def _write(document: "Document", paper: Paper) -> None:
    sources = paper.sources()
    document.add_heading(_words(paper.title), 0)
    document.add_paragraph(_words(paper.lead))
    for part in paper.parts:
        if part.heading:
            document.add_heading(_words(part.heading), part.level)
        for item in part.items:
            _write_item(document, item, sources)
        if part.sheet:
            _write_sheet(document, part.sheet)
        if part.note:
            document.add_paragraph(_words(part.note))
    if sources:
        document.add_heading("Sources", 1)
    for number, source in sources.values():
        _write_source(document.add_paragraph(), number, source)


def _write_item(document: "Document", item: Item, sources: dict[str, tuple[int, Cited]]) -> None:
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.paragraph_format.keep_with_next = bool(item.quotes)
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(_words(item.title)).bold = True
    if item.facts:
        paragraph.add_run(f" ({_words('; '.join(item.facts))})")
    for one in item.quotes:
        quoted = document.add_paragraph()
        quoted.paragraph_format.left_indent = Cm(1.1)
        quoted.paragraph_format.space_after = Pt(2)
        quoted.add_run(_words(one.text)).italic = True
        quoted.add_run(f" [{sources[one.source.id][0]}]")


def _write_sheet(document: "Document", sheet: Sheet) -> None:
    table = document.add_table(rows=1 + len(sheet.rows), cols=len(sheet.columns), style="Light List Accent 1")
    cells = iter(table._cells)  # each access to a table's rows goes through all of its cells again
    for words in sheet.columns:
        next(cells).text = _words(words.replace("_", " "))
    for row in sheet.rows:
        for value in row:
            next(cells).text = _words(cell_words(value))


def _write_source(paragraph: "Paragraph", number: int, source: Cited) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run(f"[{number}] {_words(source.words)} ")
    if not source.url:
        return
    link: Any = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(source.url, _LINK, is_external=True))
    run = paragraph.add_run(_words(source.url))
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _words(text: str) -> str:
    return on_one_line(text)


def _undated(packed: bytes) -> bytes:
    """The same file with all of its parts in order of their names and of one moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        # the list of types stands first, by which programs tell what the file is
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()
