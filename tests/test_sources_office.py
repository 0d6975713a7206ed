"""DOCX, ODT and RTF: what a word processor shows is the text, and nothing else is."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from communique.model import SourceError
from communique.sources import parse_docx, parse_odt, parse_rtf
from communique.sources.draft import Draft
from communique.sources.item import Item
from source_samples import FIRST, RTF, SECOND, docx_file, odt_file, repacked, saved, tracked


def _docx(data: bytes) -> Draft:
    (draft,) = parse_docx.parse(Item(name="note.docx", data=data))
    return draft


def _odt(data: bytes) -> Draft:
    (draft,) = parse_odt.parse(Item(name="note.odt", data=data))
    return draft


def _rtf(data: bytes) -> Draft:
    (draft,) = parse_rtf.parse(Item(name="note.rtf", data=data))
    return draft


def test_a_docx_communique() -> None:
    draft = _docx(docx_file(title="Template of the ministry"))
    assert draft.text == f"{FIRST} {SECOND}\n\nopen the office;\nmeet again.\n\nPatrol boats; 4\nRadars; 2"
    assert (draft.title, draft.author, draft.published) == ("Joint communiqué", "Press Office", "2025-07-01")


def test_an_odt_communique() -> None:
    draft = _odt(odt_file())
    assert draft.text == (
        f"{FIRST}\n\n{SECOND}\nMore will follow.\n\nopen the office;\nmeet again.\n\nPatrol boats; 4\n\n"
        "Both sides signed in English."
    )
    assert draft.title == "Joint communiqué"


def test_an_rtf_communique() -> None:
    draft = _rtf(RTF)
    assert draft.text == (
        f"{FIRST}\n\nopen the office;\nmeet again.\n\nPatrol boats; 4\nRadars; 2\n\n"
        "Привет and — 😀 “peace”.\n\nFor release at noon\n\nBoth sides signed in English."
    )
    assert (draft.title, draft.author, draft.published) == ("Joint communiqué", "Press Office", "2025-07-01")


@pytest.mark.parametrize(
    ("created", "saved_on", "published"),
    [
        ("2025-07-01", "2025-07-01", "2025-07-01"),
        ("2025-06-10", "2025-07-01", "2025-07-01"),
        ("2019-03-04", "2025-07-01", None),  # made from an older file
        ("2025-07-01", "2025-06-01", None),  # a clock was wrong
    ],
)
def test_the_day_of_a_file(created: str, saved_on: str, published: str | None) -> None:
    assert _docx(docx_file(days=(created, saved_on))).published == published


def test_the_template_of_a_library_says_nothing_of_a_docx() -> None:
    document = docx.Document()
    document.add_paragraph(FIRST)
    draft = _docx(saved(document))
    assert (draft.author, draft.published, draft.title) == (None, None, None)


DOCX_BODIES = [
    ("<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r></w:p>", "Seen"),
    ('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Seen</w:t></w:r></w:p>', "Seen"),
    ("<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>operate</w:t><w:tab/><w:t>now</w:t></w:r></w:p>", "co-operate now"),
    ("<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>", "one\ntwo"),
    (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:t>7</w:t></w:r></w:p>",
        "7",
    ),
    ("<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>", "In a control"),
    (
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>sentence.</w:t></w:r></w:p>",
        "One sentence.",
    ),
    ("<w:p><w:moveFrom w:id='1'><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:t>rest</w:t></w:r></w:p>", "rest"),
    ("<w:p><w:moveTo w:id='1'><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p>", "moved"),
    (
        "<w:p><w:r><w:t>Body</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>",
        "Body\n\nBox",
    ),
    (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A first paragraph.</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>A second.</w:t></w:r></w:p>"
        "</w:tc><w:tc><w:p><w:r><w:t>Beside.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "A first paragraph.\n\nA second.\n\nBeside.",
    ),
    ("<w:p><w:r><w:t>a\u200bb\u202ec\u00add</w:t></w:r></w:p>", "abcd"),
]


@pytest.mark.parametrize(("body", "text"), DOCX_BODIES)
def test_what_word_shows(body: str, text: str) -> None:
    content = f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"
    assert _docx(repacked(docx_file(), {"word/document.xml": content.encode()})).text == text


def test_footnotes_of_a_docx_stand_at_its_end() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("They met")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    paragraph.add_run(" in Vilnius.")
    document.add_paragraph("They left.")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    data = saved(document)
    relations = zipfile.ZipFile(BytesIO(data)).read("word/_rels/document.xml.rels").decode()
    entry = '<Relationship Id="rId99" Type="http://schemas.example/footnotes" Target="footnotes.xml"/></Relationships>'
    changes: dict[str, bytes | None] = {
        "word/footnotes.xml": notes.encode(),
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", entry).encode(),
    }
    assert _docx(repacked(data, changes)).text == "They met in Vilnius.\n\nThey left.\n\nA note."


def test_a_docx_with_missing_parts_is_read() -> None:
    assert FIRST in _docx(repacked(docx_file(), {"word/styles.xml": None, "docProps/core.xml": None})).text


def test_an_insertion_alone_makes_a_paragraph() -> None:
    document = docx.Document()
    document.add_paragraph()._p.append(tracked("ins", f"<w:t>{FIRST}</w:t>"))
    assert _docx(saved(document)).text == FIRST


ODT_BODIES = [
    (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Dropped.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Kept<text:change-start/> and inserted<text:change-end/>.</text:p>",
        "Kept and inserted.",
    ),
    ("<text:p>Seen<office:annotation><text:p>A remark</text:p></office:annotation>.</text:p>", "Seen."),
    ("<text:p>two<text:s text:c='3'/>words<text:line-break/>below</text:p>", "two words\nbelow"),
    (
        "<text:p>Body<draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame></text:p>",
        "Body\n\nBox",
    ),
    ('<text:section text:display="none"><text:p>Hidden</text:p></text:section><text:p>Seen</text:p>', "Seen"),
]


@pytest.mark.parametrize(("body", "text"), ODT_BODIES)
def test_what_a_word_processor_shows_of_an_odt(body: str, text: str) -> None:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("table", "table"))
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    assert _odt(repacked(odt_file(), {"content.xml": content.encode()})).text == text


BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    b"<d>&c;</d>"
)
OUTSIDE = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'
DEEP = b"<d>" * 100_000 + b"</d>" * 100_000
HUGE = b"<d>" + b" " * 61_000_000 + b"</d>"


@pytest.mark.parametrize("part", [BOMB, OUTSIDE, DEEP, HUGE, b"", b"<d", b"\x00\xff" * 20, b"<d/>"])
@pytest.mark.parametrize(
    ("data", "name", "read"), [(docx_file(), "word/document.xml", _docx), (odt_file(), "content.xml", _odt)]
)
def test_a_hostile_part_is_one_sentence(part: bytes, data: bytes, name: str, read: Callable[[bytes], Draft]) -> None:
    with pytest.raises(SourceError, match=r"^note\.(docx|odt) .*: (save|split) .*\.$") as error:
        read(repacked(data, {name: part}))
    assert "passwd" not in str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        docx_file()[:3000],
        docx_file()[:-30],
        b"{\\rtf1 words}",
        repacked(docx_file(), {"word/document.xml": None}),
    ],
)
def test_no_docx(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^note\.docx .*\.$"):
        _docx(data)


RTF_TEXTS = [
    (rb"{\rtf1 one\par two}", "one\n\ntwo"),
    (rb"{\rtf1 a\'80b}", "a€b"),
    (rb"{\rtf1\mac a\'8eb}", "aéb"),
    (rb"{\rtf1\ansicpg1251 \'e0\'e1}", "аб"),
    (rb"{\rtf1\uc2\u228 ae}", "ä"),
    (rb"{\rtf1\uc1\u228\'e4 end}", "ä end"),
    (rb"{\rtf1{\*\unknown secret} seen}", "seen"),
    (rb"{\rtf1 seen{\header{\shp{\*\shpinst{\shptxt secret}}}}}", "seen"),
    (rb"{\rtf1 \{braces\} and \\}", "{braces} and \\"),
    (rb"{\rtf1 a\line b\tab c}", "a\nb c"),
    (rb"{\rtf1 cut off {here", "cut off here"),
    (rb"{\rtf1 end} {\rtf1 after}", "end"),
    (rb"{\rtf1 \u99999999 \u-1 \uc-5 \bin-9 \f x \ansicpg99999 \'zz end}", None),
]


@pytest.mark.parametrize(("data", "text"), RTF_TEXTS)
def test_what_a_word_processor_shows_of_an_rtf(data: bytes, text: str | None) -> None:
    draft = _rtf(data)
    assert draft.text == text if text else "end" in draft.text


@pytest.mark.parametrize("data", [b"", b"words", b"{\\rtf1}", b"{\\rtf1 " + b"{" * 200_000, b"{\\rtf1\\v hidden}"])
def test_no_rtf(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^note\.rtf .*\.$"):
        _rtf(data)
