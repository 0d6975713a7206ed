"""Archives of every kind, made in memory, for tests of what unpacks them."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import zstandard

Pack = Callable[[bytes], bytes]

COMPRESSIONS: dict[str, Pack] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.compress,
}


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: Mapping[str, bytes], dialect: int = tarfile.PAX_FORMAT) -> bytes:
    """A TAR archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=dialect) as archive:
        for name, content in files.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            header.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            archive.addfile(header, io.BytesIO(content))
    return out.getvalue()


def record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    headers: str = "Content-Type: text/html; charset=utf-8\r\n",
) -> bytes:
    """A record of a WARC file."""
    block = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body if kind == "response" else body
    media_type = "application/http; msgtype=response" if kind == "response" else "text/html"
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-07-02T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def crawl(pages: int, pack: Pack = bytes) -> bytes:
    """A WARC file of so many pages ``http://example.org/N``, packed record by record."""
    return b"".join(pack(record(f"http://example.org/{n}", _page(n))) for n in range(pages))


def wacz(pages: int) -> bytes:
    """A web archive of so many pages."""
    warc = crawl(pages, gzip.compress)
    return zipped({"datapackage.json": b"{}", "archive/data.warc.gz": warc, "indexes/index.cdx": b"x"}, 0)


def _page(number: int) -> bytes:
    return f"<html><body><p>The ministers met for the {number}th time in Examplia.</p></body></html>".encode()
