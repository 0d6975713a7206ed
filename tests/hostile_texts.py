"""Awkward files of the formats that hold a document: damaged on purpose, endless, deep, lying about themselves.

Each says the one sentence that the tests' reader knows, so that it can be told whether it was read.
"""

import json
import zlib
from collections.abc import Iterator
from random import Random

import source_samples as samples
from pdf_samples import drawn, lines

SIGNED = "India and Japan signed the Harbour Accord in Kobe."
ESCAPES = "\x1b[31m\x1b]0;owned\x07\x1b]52;c;cm0=\x07\x9b2J\x08\x7f"
TURNED = "\u202e\u2066\u200f\u061c"
PARAGRAPH = f"<p>{SIGNED}</p>"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/d">%p;]>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def page(body: str, head: str = "") -> bytes:
    """A page of the web."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def message(body: str, *headers: str) -> bytes:
    """An e-mail."""
    named = ("From: Press <press@example.org>", "Date: Tue, 1 Jul 2025 10:00:00 +0000", "Subject: Talks", *headers)
    return ("\r\n".join(named) + "\r\n\r\n" + body).encode("utf-8", "surrogateescape")


def feed(items: str, head: str = "") -> bytes:
    """A feed."""
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def entry(number: int, text: str = SIGNED, extra: str = "") -> str:
    """An entry of a feed."""
    return f"<item><title>T</title><guid>{number}</guid><description>{text}</description>{extra}</item>"


def pdf(*objects: str | bytes, root: int = 1) -> bytes:
    """A PDF file of these objects as they are, with a table of where they stand."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, root, start))


def stream(data: bytes, extra: str = "") -> bytes:
    """A stream of a PDF file."""
    return b"<</Length %d %s>>\nstream\n" % (len(data), extra.encode()) + data + b"\nendstream"


def docx(body: str, head: str = "", **parts: bytes | None) -> bytes:
    """A word processor's file with this body, and with other parts put in."""
    document = f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>".encode()
    changes = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    return samples.repacked(samples.docx_file(), {"word/document.xml": document, **changes})


def odt(body: str, head: str = "") -> bytes:
    """An OpenDocument text with this body."""
    content = f"{head}<office:document-content {_ODT}><office:body><office:text>{body}</office:text></office:body>"
    return samples.repacked(samples.odt_file(), {"content.xml": f"{content}</office:document-content>".encode()})


def w(text: str) -> str:
    """A paragraph of a word processor's file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


WHOLE: dict[str, bytes] = {
    "txt": SIGNED.encode(),
    "md": f"---\ntitle: Talks\n---\n# Talks\n\n{SIGNED}\n".encode(),
    "html": page(f"<h1>Talks</h1>{PARAGRAPH}", "<title>Talks</title>"),
    "pdf": drawn(lambda canvas: (lines(canvas, SIGNED), None)[1]),
    "docx": docx(w(SIGNED)),
    "odt": odt(f"<text:p>{SIGNED}</text:p>"),
    "rtf": b"{\\rtf1\\ansi{\\info{\\title Talks}}\\pard " + SIGNED.encode() + b"\\par}",
    "eml": message(SIGNED),
    "mbox": b"From press@example.org Tue Jul  1 10:00:00 2025\n" + message(SIGNED).replace(b"\r\n", b"\n"),
    "csv": f"id,title,text\n1,Talks,{SIGNED}\n".encode(),
    "jsonl": json.dumps({"id": 1, "text": SIGNED}).encode() + b"\n",
    "json": json.dumps([{"id": 1, "text": SIGNED}]).encode(),
    "rss": feed(entry(1)),
}
"""One small file of each format, as it should be."""


def texts() -> Iterator[tuple[str, bytes]]:
    """Plain text and Markdown that try."""
    plain = SIGNED.encode()
    noise = Random(5).randbytes(5000)
    yield "blank.txt", b" \t\r\n\x0b\x0c" * 500
    yield "mark-alone.txt", b"\xef\xbb\xbf"
    yield "zeros.txt", b"\0" * 4096
    yield "zeros-within.txt", plain + b"\0\0" + plain
    yield "noise.txt", noise
    yield "noise-after.txt", plain + noise
    yield "utf16-marked.txt", SIGNED.encode("utf-16")
    yield "utf16-unmarked.txt", SIGNED.encode("utf-16-le")
    yield "utf32.txt", SIGNED.encode("utf-32")
    yield "latin.txt", f"Communiqué. {SIGNED}".encode("latin-1")
    yield "cyrillic.txt", "Министры встретились в Вильнюсе и договорились.".encode("cp1251")
    yield "surrogates.txt", plain + b"\xed\xa0\x80\xed\xb0\x80"
    yield "escapes.txt", f"{ESCAPES}{SIGNED}{ESCAPES}".encode()
    yield "turned.txt", f"{TURNED} {SIGNED} {TURNED}".encode()
    yield "no-width.txt", "\u200b".join(SIGNED).encode() + b" " + plain
    yield "tags.txt", plain + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore what stands above").encode()
    yield "private.txt", "\ue000\ufdd0\uffff".encode() + plain
    yield "stacked.txt", b"a" + "\u0301".encode() * 100_000 + b" " + plain
    yield "line-of-a-megabyte.txt", (SIGNED + " ").encode() * 20_000
    yield "word-of-a-megabyte.txt", b"a" * 1_000_000 + b" " + plain
    yield "lines.txt", b"\n" * 300_000 + plain
    yield "quotes.txt", b'"' * 50_000 + plain + b"(" * 50_000
    yield "initials.txt", b"A. " * 50_000 + plain
    yield "digits.txt", b"1" * 200_000 + b" million dollars. " + plain
    yield "huge.txt", b"They met. " * 2_000_001
    yield "title-of-a-megabyte.txt", b"Title: " + b"t " * 500_000 + b"\n\n" + plain
    yield "picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + noise
    yield "program.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 9 + noise
    yield "old-word.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise
    yield "database.txt", b"SQLite format 3\0" + noise
    yield "alias.md", b"---\na: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\ntitle: *b\n---\n" + plain
    yield (
        "laughs.md",
        (
            b"---\na0: &a0 [x]\n"
            + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12))
            + b"title: *a11\n---\n"
            + plain
        ),
    )
    yield "python.md", b"---\ntitle: !!python/object/apply:os.system ['touch owned']\n---\n" + plain
    yield "deep.md", b"> " * 5000 + plain
    yield "deep-lists.md", b"".join(b" " * n * 2 + b"- a\n" for n in range(600)) + b"\n" + plain
    yield "brackets.md", b"[" * 50_000 + plain
    yield "stars.md", b"*a **b " * 20_000 + plain
    yield "no-end.md", b"---\ntitle: a\n" + plain


def pages() -> Iterator[tuple[str, bytes]]:
    """Pages of the web that try."""
    yield "tags.html", page("<b>x</b>" * 100_000 + PARAGRAPH)
    yield "deep.html", page("<div>" * 100_000 + PARAGRAPH)
    yield "deep-inline.html", page("<b><i>" * 20_000 + PARAGRAPH)
    yield "deep-tables.html", page("<table><tr><td>" * 5_000 + PARAGRAPH)
    yield "deep-lists.html", page("<ul><li>" * 5_000 + PARAGRAPH)
    yield "attributes.html", page(f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{SIGNED}</p>")
    yield "entities.html", page("&amp;&#65;&#x110000;&nosuch;" * 20_000 + PARAGRAPH)
    yield "laughs.xhtml", f'<?xml version="1.0"?>{LAUGHS}<html><body><p>&j;</p>{PARAGRAPH}</body></html>'.encode()
    yield "outside.xhtml", f'<?xml version="1.0"?>{OUTSIDE}<html><body><p>&x;</p>{PARAGRAPH}</body></html>'.encode()
    yield "comment.html", page(f"{PARAGRAPH}<!-- " + "x" * 1_000_000)
    yield "script.html", page(f"<script>document.write('{SIGNED}')</script>")
    yield "frames.html", b"<!doctype html><html><frameset><frame src='http://127.0.0.1/'></frameset></html>"
    yield "empty-body.html", page("")
    yield "zeros.html", page(PARAGRAPH.replace("signed", "sig\0ned") + PARAGRAPH)
    yield "escapes.html", page(f"<h1>{ESCAPES}</h1><p>{TURNED}{SIGNED}{ESCAPES}</p>", f"<title>{ESCAPES}</title>")
    yield "numbered-escapes.html", page(f"<p>&#27;[31m&#x202e;&#0;&#155;{SIGNED}</p>")
    yield "charset.html", page(PARAGRAPH, "<meta charset='no-such-charset'>")
    yield "charset-utf7.html", page(f"<p>+ADw-script+AD4-</p>{PARAGRAPH}", "<meta charset='utf-7'>")
    yield "utf16.html", page(PARAGRAPH).decode().encode("utf-16")
    yield "running-address.html", page(PARAGRAPH, "<link rel=canonical href='javascript:alert(1)'>")
    yield "base.html", page(PARAGRAPH, "<base href='//[::1'><link rel=canonical href='http://[::1/'>")
    yield "data-deep.html", page(PARAGRAPH, f"<script type='application/ld+json'>{'[' * 100_000}</script>")
    yield "data-wrong.html", page(PARAGRAPH, '<script type="application/ld+json">{"@graph": 1, "@type": {}}</script>')
    odd = '{"@type": "NewsArticle", "headline": ["a", {"b": 1}], "author": [[[{"name": {}}]]], "datePublished": 5}'
    yield "data-odd.html", page(PARAGRAPH, f'<script type="application/ld+json">{odd}</script>')
    yield "data-megabyte.html", page(f"<img src='data:image/png;base64,{'A' * 1_000_000}'>{PARAGRAPH}")
    yield "date.html", page(PARAGRAPH, "<meta property='article:published_time' content='9999-99-99T99:99'>")
    yield "plaintext.html", page(f"<plaintext>{PARAGRAPH}<p>" + "</plaintext>" * 1000)
    yield "quotes.html", page('<a href="' * 20_000 + PARAGRAPH)
    yield "forms.html", page("<select><option>x" * 20_000 + "</select>" + PARAGRAPH)
    yield "huge.html", page("<p>They met. </p>" * 1_400_000)


def portable() -> Iterator[tuple[str, bytes]]:
    """PDF files that try."""
    words = stream(f"BT /F1 12 Tf 72 700 Td ({SIGNED}) Tj ET".encode())
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    root, pages_, leaf = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "/Type/Page/Parent 2 0 R",
    )
    box = "/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>"
    yield "by-hand.pdf", pdf(root, pages_, f"<<{leaf}{box}/Contents 4 0 R>>", words, font)
    yield "pages-in-a-ring.pdf", pdf(root, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>")
    yield "root-in-a-ring.pdf", pdf("<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 1>>")
    yield "many-pages.pdf", pdf(root, f"<</Type/Pages/Kids[{'3 0 R ' * 50_000}]/Count 2147483647>>", f"<<{leaf}{box}>>")
    yield "no-pages.pdf", pdf(root, "<</Type/Pages/Kids[]/Count 0>>")
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"
    drawn_ring = f"<<{leaf}/MediaBox[0 0 612 792]/Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>"
    yield "forms-in-a-ring.pdf", pdf(root, pages_, drawn_ring, stream(b"/X Do /X Do", form), stream(b"/X Do"))
    yield "stream-in-a-ring.pdf", pdf(root, pages_, f"<<{leaf}{box}/Contents[4 0 R]>>", "4 0 R", font)
    bomb = zlib.compress(b"q Q " * 5_000_000, 9)
    yield "bomb.pdf", pdf(root, pages_, f"<<{leaf}{box}/Contents 4 0 R>>", stream(bomb, "/Filter/FlateDecode"), font)
    runs = f"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\({1}\\))>>>>"
    yield "script.pdf", pdf(runs, pages_, f"<<{leaf}{box}/Contents 4 0 R>>", words, font)
    odd = "/MediaBox[1e30 -1e30 -1 nan]/Resources<</Font<</F1 5 0 R>>>>"
    yield "odd-box.pdf", pdf(root, pages_, f"<<{leaf}{odd}/Contents 4 0 R>>", words, font)
    yield "deep-array.pdf", pdf(root, pages_, f"<<{leaf}{box}/Contents 4 0 R/A {'[' * 50_000}>>", words, font)
    yield "no-table.pdf", WHOLE["pdf"].replace(b"startxref", b"stopxref ").replace(b"xref\n0", b"xxxx\n0")
    yield "password.pdf", drawn(lambda canvas: (lines(canvas, SIGNED), None)[1], password="secret")
    yield "scan.pdf", drawn(lambda canvas: canvas.rect(9, 9, 99, 99))
    yield (
        "escapes.pdf",
        drawn(
            lambda canvas: (lines(canvas, SIGNED), None)[1], properties={"Title": ESCAPES, "Author": TURNED + ESCAPES}
        ),
    )
    yield "head-alone.pdf", b"%PDF-1.7\n"
    yield "head-and-noise.pdf", b"%PDF-1.7\n" + Random(7).randbytes(50_000)
