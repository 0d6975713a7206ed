"""Awkward Office files, e-mail, tables and feeds, and archives of all sorts."""

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from functools import cache

import zstandard

from hostile_texts import (
    ESCAPES,
    LAUGHS,
    OUTSIDE,
    PARAGRAPH,
    SIGNED,
    TURNED,
    WHOLE,
    docx,
    entry,
    feed,
    message,
    odt,
    page,
    w,
)
from packed_samples import COMPRESSIONS, crawl, record, tarred, wacz, zipped

PLAIN = SIGNED.encode()
PACKED: dict[str, bytes] = {
    "zip": zipped({"a.txt": PLAIN}),
    "tar": tarred({"a.txt": PLAIN}),
    **{f"tar.{name}": pack(tarred({"a.txt": PLAIN})) for name, pack in COMPRESSIONS.items()},
    **{f"txt.{name}": pack(PLAIN) for name, pack in COMPRESSIONS.items()},
    "warc": record("http://example.org/a", page(PARAGRAPH)),
    "warc.gz": gzip.compress(record("http://example.org/a", page(PARAGRAPH))),
    "wacz": zipped({"datapackage.json": b"{}", "archive/a.warc": record("http://example.org/a", page(PARAGRAPH))}, 0),
}
"""One small archive of each format, as it should be."""


def office() -> Iterator[tuple[str, bytes]]:
    """Files of word processors that try."""
    yield "laughs.docx", docx(w("&j;") + w(SIGNED), LAUGHS)
    yield "outside.docx", docx(w("&x;") + w(SIGNED), OUTSIDE)
    yield "deep.docx", docx("<w:tbl><w:tr><w:tc>" * 5_000 + w(SIGNED) + "</w:tc></w:tr></w:tbl>" * 5_000)
    yield "paragraphs.docx", docx(w("x") * 50_000 + w(SIGNED))
    yield "part-of-zeros.docx", docx(w(SIGNED), word__styles_dot_xml=b"<a>" + b"\0" * 61_000_000)
    yield "body-of-blanks.docx", docx(" " * 61_000_000 + w(SIGNED))
    yield "macros.docx", docx(w(SIGNED), word__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0 macros")
    yield "no-body.docx", docx(w(SIGNED), word__document_dot_xml=None)
    yield "wrong-body.docx", docx(w(SIGNED), word__document_dot_xml=b"<html/>")
    yield "escapes.docx", docx(w(f"{TURNED}{SIGNED}"), docProps__core_dot_xml=b"\x1b]0;x\x07")
    yield "field.docx", docx(w(SIGNED) + '<w:p><w:fldSimple w:instr="INCLUDETEXT /etc/passwd"/></w:p>')
    yield (
        "grid.docx",
        docx(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{w(SIGNED)}</w:tc></w:tr></w:tbl>'),
    )
    yield "laughs.odt", odt(f"<text:p>&j; {SIGNED}</text:p>", LAUGHS)
    yield "outside.odt", odt(f"<text:p>&x; {SIGNED}</text:p>", OUTSIDE)
    yield "spaces.odt", odt(f'<text:p><text:s text:c="2000000000"/>{SIGNED}</text:p>')
    yield "spaces-often.odt", odt('<text:p><text:s text:c="99999"/></text:p>' * 20_000 + f"<text:p>{SIGNED}</text:p>")
    yield "deep.odt", odt("<text:section>" * 20_000 + f"<text:p>{SIGNED}</text:p>" + "</text:section>" * 20_000)
    yield "deep-spans.odt", odt("<text:p>" + "<text:span>" * 9_000 + SIGNED + "</text:span>" * 9_000 + "</text:p>")
    yield "groups.rtf", b"{\\rtf1 " + b"{" * 100_000 + PLAIN + b"}" * 100_001
    yield "groups-open.rtf", b"{\\rtf1 " + b"{\\b " * 100_000 + PLAIN
    yield "groups-shut.rtf", b"{\\rtf1 " + b"}" * 100_000 + PLAIN
    yield "binary.rtf", b"{\\rtf1 " + PLAIN + b"{\\pict\\bin2147483647 x}}"
    yield "numbers.rtf", b"{\\rtf1\\uc99999999\\u99999999999? \\u-1? \\'zz\\ansicpg99999 " + PLAIN + b"}"
    yield "object.rtf", b"{\\rtf1{\\object\\objdata " + b"41" * 100_000 + b"}" + PLAIN + b"}"
    yield "field.rtf", b'{\\rtf1{\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}{\\fldrslt }}' + PLAIN + b"}"
    yield "escapes.rtf", b"{\\rtf1{\\info{\\title \\'1b]0;x\\'07}}\\u8238?\\'1b[31m" + PLAIN + b"}"


def mail() -> Iterator[tuple[str, bytes]]:
    """Messages that try."""
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(500))
    yield "long-header.eml", message(SIGNED, "X-A: " + "a" * 1_000_000)
    yield "many-headers.eml", message(SIGNED, *(f"X-{n}: a" for n in range(20_000)))
    yield "deep.eml", message(f"--b\r\n{deep}\r\n{SIGNED}", "Content-Type: multipart/mixed; boundary=b")
    ring = "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 2_000
    yield "one-boundary.eml", message(ring + SIGNED, "Content-Type: multipart/mixed; boundary=b")
    within = "Content-Type: message/rfc822\r\n\r\n" * 500
    yield "messages-in-messages.eml", message(f"{within}Subject: a\r\n\r\n{SIGNED}", "Content-Type: message/rfc822")
    yield (
        "outside.eml",
        message(SIGNED, 'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"'),
    )
    yield "charset.eml", message(SIGNED, "Content-Type: text/plain; charset=no-such; charset*0*=x'")
    yield "codec.eml", message(SIGNED, "Content-Type: text/plain; charset=zlib_codec")
    yield "encoding.eml", message(SIGNED, "Content-Transfer-Encoding: x-uuencode")
    yield "base64.eml", message("=" * 100_000 + SIGNED, "Content-Transfer-Encoding: base64")
    yield "words.eml", message(SIGNED, "Subject: " + "=?utf-8?b?G1szMW0=?= " * 20_000)
    yield "words-odd.eml", message(SIGNED, "Subject: =?no-such?q?=1B?= =?utf-8?x?a?= =?utf-8?b?====?=")
    yield (
        "escapes.eml",
        message(f"{ESCAPES}{SIGNED}", f"Subject: {ESCAPES}{TURNED}", f'From: "{ESCAPES}" <a@example.org>'),
    )
    yield "date.eml", message(SIGNED, "Date: Thu, 99 Foo 99999 99:99:99 +9999").replace(b"Date: Tue", b"X-Date: Tue")
    yield (
        "addresses.eml",
        message(SIGNED, "To: " + "<" * 20_000, "Cc: " + "a@b.example, " * 20_000, "From: (" + "(" * 9_000),
    )
    yield (
        "parameters.eml",
        message(SIGNED, "Content-Type: text/plain; " + "; ".join(f"a*{n}*=x" for n in range(20_000))),
    )
    attached = 'Content-Type: application/zip\r\nContent-Disposition: attachment; filename="../../../owned.zip"'
    bomb = _bombed().hex()
    yield (
        "attached-bomb.eml",
        message(
            f"--b\r\n\r\n{SIGNED}\r\n--b\r\n{attached}\r\n\r\n{bomb}\r\n--b--",
            "Content-Type: multipart/mixed; boundary=b",
        ),
    )
    yield "null-header.eml", message(SIGNED, "Subject: a\0b", "X-Y\0: z")
    quoted = "".join(f"{'>' * (n % 500)} a\r\n" for n in range(20_000))
    yield "quoted.eml", message(SIGNED + "\r\n" + quoted)
    yield "empties.mbox", b"From a@example.org Tue Jul  1 10:00:00 2025\n" * 2 + WHOLE["mbox"]
    yield "no-ends.mbox", WHOLE["mbox"] + b"\nFrom \nFrom x\n" * 2_000


def tables() -> Iterator[tuple[str, bytes]]:
    """CSV, JSON and feeds that try."""
    yield "one-column.csv", b"text\n" + PLAIN + b"\n"
    yield "head-alone.csv", b"id,title,text\n"
    yield "columns.csv", b",".join(b"c%d" % n for n in range(20_000)) + b",text\n" + b"," * 20_000 + PLAIN + b"\n"
    yield "same-columns.csv", b"text,text,text\n" + b",".join([PLAIN] * 3) + b"\n"
    yield "long-rows.csv", b"id,text\n" + b"1,2,3,4,5\n" * 10 + b"2," + PLAIN + b"\n"
    yield "open-quote.csv", b'id,text\n1,"' + PLAIN + b"x" * 1_000_000
    yield "cell-of-a-megabyte.csv", b"id,text\n1,<p>" + b"They met. " * 100_000 + PLAIN + b"</p>\n"
    yield "zeros.csv", b"id,text\n1,a\0b\n2," + PLAIN + b"\n"
    yield "formulas.csv", b"id,title,text\n1,=cmd|' /C calc'!A0," + PLAIN + b"\n"
    yield "escapes.csv", f"id,title,text\n{ESCAPES},{TURNED},{ESCAPES}{SIGNED}\n".encode()
    yield "latin.csv", "id,text\n1,Communiqué\n".encode("latin-1")
    yield "lone-returns.csv", b"id,text\r1," + PLAIN + b"\r"
    yield "no-text.csv", b"id,title\n1,Talks\n"
    yield "quotes.csv", b"id,text\n" + b'"' * 100_001 + PLAIN
    yield "depth.json", b"[" * 100_000 + b"]" * 100_000
    yield "depth-of-objects.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    yield (
        "depth-within.jsonl",
        (b'{"text": "They met.", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n" + WHOLE["jsonl"]),
    )
    yield "number.json", b'[{"id": ' + b"9" * 100_000 + b', "text": "' + PLAIN + b'"}]'
    yield "number.jsonl", b'{"id": 1e999, "published": -1e999, "text": "' + PLAIN + b'"}\n'
    yield "not-numbers.jsonl", b'{"id": NaN, "title": -Infinity, "text": "' + PLAIN + b'"}\n'
    yield "surrogates.jsonl", b'{"text": "\\ud800 ' + PLAIN + b'"}\n' + WHOLE["jsonl"]
    yield "zeros.jsonl", b'{"text": "\\u0000 ' + PLAIN + b'"}\n' + WHOLE["jsonl"]
    yield "escapes.jsonl", json.dumps({"id": ESCAPES, "title": TURNED, "author": ESCAPES, "text": SIGNED}).encode()
    yield "same-members.json", b'[{"text": "a", "text": "' + PLAIN + b'"}]'
    yield "string.json", json.dumps(SIGNED).encode()
    yield "wrong-types.jsonl", b'{"text": {"a": []}}\n{"text": 5}\n[1]\nnull\n"a"\n' + WHOLE["jsonl"]
    yield "empties.json", b"[" + b"{}," * 10_000 + b"{}]"
    yield "date.jsonl", b'{"published": 99999999999999999999, "text": "' + PLAIN + b'"}\n'
    yield "laughs.rss", feed(entry(1, "&j;") + entry(2), LAUGHS)
    yield "outside.rss", feed(entry(1, "&x;") + entry(2), OUTSIDE)
    yield "deep.rss", feed("<item>" * 20_000 + SIGNED)
    yield "entries.rss", feed("".join(entry(n, "") for n in range(3_000)) + entry(9_999))
    yield "same-guid.rss", feed(entry(1) * 20)
    yield "running-links.rss", feed(entry(1, extra="<link>javascript:alert(1)</link><source url='data:x'>a</source>"))
    yield "date.rss", feed(entry(1, extra="<pubDate>Foo, 99 Bar 99999</pubDate>"))
    yield "tags.rss", feed(entry(1, "&lt;b&gt;" * 50_000 + f"&lt;p&gt;{SIGNED}"))
    yield "escapes.rss", feed(entry(1, f"&#x202e;{SIGNED}", f"<author>{TURNED}</author>"), "<!-- \u202e -->")


def archives() -> Iterator[tuple[str, bytes]]:
    """Archives that try; each that holds a document beside its trap holds it last."""
    yield "bomb.zip", _bombed()
    yield "nested.zip", _nested(20)
    yield "nested-a-little.zip", _nested(3)
    yield "traversal.zip", zipped({"../../owned.txt": PLAIN, "/etc/owned.txt": PLAIN, "C:\\owned.txt": PLAIN})
    yield "names.zip", zipped({f"{ESCAPES}{TURNED}.txt": PLAIN, "a\nb.txt": PLAIN, "n" * 5_000 + ".txt": PLAIN})
    yield "members.zip", zipped({f"{n}.png": b"" for n in range(3_000)} | {"a.txt": PLAIN})
    yield "same-name.zip", _twice()
    yield "link.zip", _zip_of_a_link()
    yield "password.zip", _flagged(PACKED["zip"])
    yield "empty.zip", zipped({})
    yield "method.zip", PACKED["zip"].replace(struct.pack("<H", 8), struct.pack("<H", 99))
    yield "sizes.zip", _lying()
    yield "directory-alone.zip", PACKED["zip"][PACKED["zip"].index(b"PK\x01\x02") :]
    yield "two-in-one.zip", PACKED["zip"] + PACKED["zip"]
    yield "before.zip", b"#!/bin/sh\n" + PACKED["zip"]
    yield "traversal.tar", tarred({"../../owned.txt": PLAIN, "/etc/owned.txt": PLAIN})
    yield "names.tar", tarred({f"{ESCAPES}{TURNED}.txt": PLAIN})
    for name, kind in (("symlink", tarfile.SYMTYPE), ("link", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE)):
        yield f"{name}.tar", _tar_with(kind, "/etc/passwd")
    yield "device.tar", _tar_with(tarfile.CHRTYPE, "")
    yield "links-in-a-ring.tar", _tar_with(tarfile.SYMTYPE, "x.txt")
    yield "size.tar", _sized(b"77777777777\0")
    yield "size-below-nothing.tar", _sized(b"\xff" * 12)
    yield "long-header.tar", tarred({"n" * 500_000 + ".txt": PLAIN, "a.txt": PLAIN})
    yield "bomb.gz", gzip.compress(bytes(40_000_000))
    yield "bomb.txt.bz2", bz2.compress(bytes(25_000_000))
    yield "bomb.txt.xz", lzma.compress(bytes(25_000_000))
    yield "bomb.txt.zst", zstandard.compress(bytes(25_000_000))
    yield "window.txt.zst", b"\x28\xb5\x2f\xfd\x00\xf8\x01\x00\x00"
    layers = PLAIN
    for _ in range(12):
        layers = gzip.compress(layers)
    yield "layers.gz", layers
    yield "streams.txt.gz", gzip.compress(b"") * 20_000 + gzip.compress(PLAIN)
    yield "rubbish-after.txt.gz", gzip.compress(PLAIN) + b"rubbish"
    yield "name.gz", _named_within()
    yield (
        "tar-of-bombs.tar.gz",
        gzip.compress(tarred({f"{n}.txt.gz": gzip.compress(bytes(21_000_000)) for n in range(5)})),
    )
    yield "length.warc", record("http://example.org/a", PLAIN).replace(b"Content-Length: ", b"Content-Length: 9999999")
    yield "length-below.warc", record("http://example.org/a", PLAIN).replace(b"Content-Length: ", b"Content-Length: -")
    yield "no-length.warc", record("http://example.org/a", PLAIN).replace(b"Content-Length", b"X-Length")
    packed = gzip.compress(bytes(40_000_000))
    yield (
        "bomb.warc",
        record("http://example.org/a", packed, headers="Content-Encoding: gzip\r\nContent-Type: text/html\r\n"),
    )
    chunked = "Transfer-Encoding: chunked\r\nContent-Type: text/html\r\n"
    yield "chunks.warc", record("http://example.org/a", b"FFFFFFFFFFFF\r\nx\r\n", headers=chunked)
    yield (
        "addresses.warc",
        (record(f"javascript:{ESCAPES}", page(PARAGRAPH)) + record("file:///etc/passwd", page(PARAGRAPH))),
    )
    yield "headers.warc", b"WARC/1.1\r\n" + b"X-A: a\r\n" * 50_000
    yield "pages.warc", crawl(3) + PACKED["warc"]
    yield "index.wacz", wacz(1).replace(b"{}", b"[[")


@cache
def _bombed() -> bytes:
    return zipped({"bomb.txt": bytes(40_000_000), "a.txt": PLAIN})


def _nested(depth: int) -> bytes:
    data = PACKED["zip"]
    for _ in range(depth):
        data = zipped({"a.zip": data})
    return data


def _twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", PLAIN)
        archive.NameToInfo.clear()
        archive.writestr("a.txt", PLAIN + b" Again.")
    return out.getvalue()


def _zip_of_a_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("passwords.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", PLAIN)
    return out.getvalue()


def _flagged(data: bytes) -> bytes:
    """A ZIP file that says of its only member that it has a password."""
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def _lying() -> bytes:
    """A ZIP file whose directory states other sizes than its members have."""
    data = PACKED["zip"]
    at = data.index(b"PK\x01\x02") + 20
    return data[:at] + struct.pack("<II", 0x7FFFFFFF, 1) + data[at + 8 :]


def _tar_with(kind: bytes, target: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        odd = tarfile.TarInfo("x.txt")
        odd.type, odd.linkname = kind, target
        archive.addfile(odd)
        plain = tarfile.TarInfo("a.txt")
        plain.size = len(PLAIN)
        archive.addfile(plain, io.BytesIO(PLAIN))
    return out.getvalue()


def _sized(size: bytes) -> bytes:
    """A TAR file whose first member states another size, with a checksum that holds."""
    head = bytearray(PACKED["tar"][:512])
    head[124:136] = size
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + PACKED["tar"][512:]


def _named_within() -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile("../../owned\x1b[31m.txt", "wb", fileobj=out) as file:
        file.write(PLAIN)
    return out.getvalue()
