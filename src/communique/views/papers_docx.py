"""Papers as files for word processors (Office Open XML), the same bytes for the same paper."""

import io
import zipfile
from copy import deepcopy
from dataclasses import dataclass
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
    sources, patterns = paper.sources(), _Patterns.of(document)
    document.add_heading(_words(paper.title), 0)
    document.add_paragraph(_words(paper.lead))
    for part in paper.parts:
        if part.heading:
            document.add_heading(_words(part.heading), part.level)
        for item in part.items:
            _write_item(document, patterns, item, sources)
        if part.sheet:
            _write_sheet(document, part.sheet)
        if part.note:
            document.add_paragraph(_words(part.note))
    if sources:
        document.add_heading("Sources", 1)
    for number, source in sources.values():
        _write_source(_copied(document, patterns.source), number, source)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Paragraphs that the others are copied from: to look up a style takes longer than all else about a paragraph.

    Attributes:
        item, quoted: with a run for their first words; the former to stay with its quotes.
        alone: an item without quotes.
    """

    item: "Paragraph"
    alone: "Paragraph"
    quoted: "Paragraph"
    source: "Paragraph"

    @classmethod
    def of(cls, document: "Document") -> "_Patterns":
        """The patterns of a document, in which they do not stand themselves."""
        from docx.shared import Cm, Pt

        item, alone = (document.add_paragraph(style="List Bullet") for _ in range(2))
        quoted, source = document.add_paragraph(), document.add_paragraph()
        item.paragraph_format.keep_with_next, alone.paragraph_format.keep_with_next = True, False
        quoted.paragraph_format.left_indent = Cm(1.1)
        for one in (item, alone, quoted):
            one.paragraph_format.space_after = Pt(2)
        item.add_run().bold = alone.add_run().bold = quoted.add_run().italic = True
        for one in (item, alone, quoted, source):
            document.element.body.remove(one._p)
        return cls(item, alone, quoted, source)


def _copied(document: "Document", pattern: "Paragraph") -> "Paragraph":
    """A paragraph at the end of the document that is like another one."""
    from docx.text.paragraph import Paragraph

    copy = deepcopy(pattern._p)
    document.element.body[-1].addprevious(copy)  # what tells of the size of the paper stands last
    return Paragraph(copy, document._body)


def _write_item(document: "Document", patterns: _Patterns, item: Item, sources: dict[str, tuple[int, Cited]]) -> None:
    paragraph = _copied(document, patterns.item if item.quotes else patterns.alone)._p
    _say(paragraph[-1], item.title)
    if item.facts:
        _say(paragraph.add_r(), f" ({'; '.join(item.facts)})")
    for one in item.quotes:
        quoted = _copied(document, patterns.quoted)._p
        _say(quoted[-1], one.text)
        _say(quoted.add_r(), f" [{sources[one.source.id][0]}]")


def _write_sheet(document: "Document", sheet: Sheet) -> None:
    table = document.add_table(rows=1, cols=len(sheet.columns), style="Light List Accent 1")._tbl
    first = table.tr_lst[0]
    rows = [[name.replace("_", " ") for name in sheet.columns], *([*map(cell_words, row)] for row in sheet.rows)]
    pattern = deepcopy(first)
    table.remove(first)
    for row in rows:
        copy = deepcopy(pattern)
        for cell, words in zip(copy.tc_lst, row, strict=True):
            _say(cell[-1].add_r(), words)
        table.append(copy)


def _write_source(paragraph: "Paragraph", number: int, source: Cited) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _say(paragraph._p.add_r(), f"[{number}] {source.words} ")
    if not source.url:
        return
    link: Any = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(source.url, _LINK, is_external=True))
    run = paragraph.add_run(_words(source.url))
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _say(run: Any, text: str) -> None:
    """Have a run of a paragraph that says nothing say this."""
    if words := _words(text):
        run.add_t(words)


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
