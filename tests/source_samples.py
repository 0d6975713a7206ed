"""Small valid files of the formats that hold documents, built as their usual programs build them."""

import io
import zipfile
from datetime import datetime

import docx
import odfdo
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FIRST = "The two ministers met in Vilnius on 1 July 2025."
SECOND = "They agreed to open a joint office for the survey of sea lanes."


def docx_file(
    *, title: str = "", author: str = "Press Office", days: tuple[str, str] = ("2025-06-30", "2025-07-01")
) -> bytes:
    """A communiqué with a styled title, a header, tracked changes, a list, a table and a footnote-free body."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, author, ""
    properties.created, properties.modified = (datetime.fromisoformat(day) for day in days)
    document.sections[0].header.paragraphs[0].text = "Ministry of Examples"
    document.add_heading("Joint communiqué", 0)
    changed = document.add_paragraph(FIRST + " ")
    changed._p.append(tracked("ins", f"<w:t>{SECOND}</w:t>"))
    changed._p.append(tracked("del", "<w:delText>They agreed on nothing.</w:delText>"))
    document.add_paragraph("open the office;", style="List Bullet")
    document.add_paragraph("meet again.", style="List Bullet")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Patrol boats", "4"), ("Radars", "2"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    return saved(document)


def tracked(kind: str, content: str) -> object:
    """A tracked insertion (``ins``) or deletion (``del``) of one run."""
    return parse_xml(f'<w:{kind} {nsdecls("w")} w:id="9" w:author="A"><w:r>{content}</w:r></w:{kind}>')


def saved(document: "docx.document.Document | odfdo.Document") -> bytes:
    """The bytes of a document that is built in memory."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def odt_file() -> bytes:
    """A communiqué with a heading, a paragraph with a set line end, a list, a table and a footnote."""
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Joint communiqué"))
    paragraph = odfdo.Paragraph(FIRST)
    paragraph.insert_note(note_id="n1", citation="1", body="Both sides signed in English.", after="Vilnius")
    document.body.append(paragraph)
    document.body.append(odfdo.Paragraph(f"{SECOND}\nMore  will\tfollow."))
    document.body.append(odfdo.List(["open the office;", "meet again."]))
    table = odfdo.Table("figures", 2, 1)
    table.set_value("A1", "Patrol boats")
    table.set_value("B1", 4)
    document.body.append(table)
    return saved(document)


RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\froman\fcharset204 Times Cyr;}}
{\colortbl;\red0\green0\blue0;}{\stylesheet{\s1 heading 1;}}
{\info{\title Joint communiqu\'e9}{\author Press Office}{\creatim\yr2025\mo6\dy30\hr9}{\revtim\yr2025\mo7\dy1}}
{\header Ministry of Examples\par}
\pard\plain\outlinelevel0\f0 Joint communiqu\'e9\par
\pard The two ministers met in {\field{\*\fldinst{HYPERLINK "http://example.org"}}{\fldrslt Vilnius}} on
 1 July\~2025.{\footnote\pard\plain {\chftn} Both sides signed in English.}{\v hidden words}{\deleted dropped words}\par
\pard {\listtext\'b7\tab}\ls1 open the office;\par{\listtext\'b7\tab}meet again.\par
{\shp{\*\shpinst\shpleft1{\sp{\sn fRotate}{\sv 0}}{\shptxt \pard For release at noon\par}}}
\pard\intbl Patrol boats\cell 4\cell\row\pard\intbl Radars\cell 2\cell\row
\pard\f1 \'cf\'f0\'e8\'e2\'e5\'f2\f0  and \u8212? \u-10179?\u-8704? {\*\pict\bin4 }}{{}\ldblquote peace\rdblquote .\par}
"""

BULLETIN = b"""From: "Ministry of Examples" <news@service.bulletins.example>
To: reader@example.org
Date: Tue, 01 Jul 2025 23:30:00 -0400
Subject: =?utf-8?q?Ministers_meet_in_Vilnius?=
Message-ID: <bulletin.17@bulletins.example>
List-Unsubscribe: <https://bulletins.example/leave>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="edge"

--edge
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

The two ministers met in Vilnius on 1 July 2025=2E They agreed to open a joi=
nt office=E2=80=94at once.

--edge
Content-Type: text/html; charset="utf-8"

<html><body><p>The two ministers met in Vilnius on 1 July 2025.</p></body></html>

--edge--
"""

FORWARD = b"""From: Rosa Example <rosa@example.org>
Date: Tue, 08 Jul 2025 08:00:00 +0200
Subject: Fwd: Ministers meet
Content-Type: text/plain; charset=utf-8

For your files.

---------- Forwarded message ---------
From: Ministry of Examples <news@example.org>
Date: Tue, 1 Jul 2025 at 10:30
Subject: Ministers meet
To: <press@example.org>

The two ministers met in Vilnius on 1 July 2025.

--\x20
Press Office
"""

MAILBOX = (
    b"From news@example.org Tue Jul  1 23:30:00 2025\n" + BULLETIN
    + b"\nFrom rosa@example.org Tue Jul  8 08:00:00 2025\n" + FORWARD
)  # fmt: skip

TABLE = (
    "\ufeffHeadline;Body;Publication Date;Link;ID\r\n"
    '"Ministers meet; agree";"The two ministers met.\r\nThey ""agreed"".";1 July 2025;https://example.org/1;17\r\n'
    "Office opens;<p>The office opened.</p><p>It has <b>two</b> rooms.</p>;2025-08-01;;18\r\n"
).encode()

LINES = b"""{"id": 17, "text": "  They met.\\r\\nThey agreed.", "headline": "Talks", "date": "2025-07-01T10:00:00Z"}
{"id": 18, "content": "<p>The office opened.</p>", "author": {"name": "Rosa Example"}, "lang": "en"}
"""

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ministry of Examples: news</title><link>https://example.org</link><language>en-GB</language>
<item><title>Ministers &amp;amp; staff meet</title><link>https://example.org/1</link>
<guid isPermaLink="false">urn:news:17</guid><pubDate>Tue, 01 Jul 2025 23:30:00 -0400</pubDate>
<dc:creator>Press Office</dc:creator><description>The two ministers met ...</description>
<content:encoded><![CDATA[<p>The two ministers met in Vilnius.</p><script>track()</script>
<p>They <b>agreed</b> to open an office.</p>]]></content:encoded></item>
<item><title>Photographs of the day</title><link>https://example.org/2</link></item>
</channel></rss>
"""

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry of Examples</title>
<entry><title>Office opens</title><id>tag:example.org,2025:18</id><link href="https://example.org/18"/>
<updated>2025-08-01T09:00:00+02:00</updated><author><name>Rosa Example</name></author>
<summary type="html">&lt;p&gt;The joint office opened in Vilnius.&lt;/p&gt;</summary></entry></feed>
"""


def repacked(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """A ZIP file with members replaced, added, or (None) taken out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changes}:
            content = changes[name] if name in changes else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()
