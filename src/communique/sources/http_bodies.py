"""Bodies of HTTP answers as archives keep them: in chunks or packed, or unpacked under headers that say otherwise."""

import re
import zlib

from communique.sources.budget import DamageError, damaged

_CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")


def unpacked_body(body: bytes, transfer_encoding: str, content_encoding: str, name: str, limit: int) -> bytes:
    """At most ``limit`` bytes of the body as it was meant.

    Raises:
        DamageError: it is packed and broken, or packed in a way that is not known.
    """
    if "chunked" in transfer_encoding.lower():
        body = _without_chunks(body)
    encoding = content_encoding.strip().lower()
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _inflated(body, 16 + zlib.MAX_WBITS, name, limit)
    if encoding == "deflate":
        # Servers send either form under the one name; a body that is neither was unpacked by the crawler.
        for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            try:
                return _inflated(body, window, name, limit)
            except DamageError:
                continue
        return body
    if encoding == "br" and body.lstrip()[:1] != b"<":
        return _unbrotlied(body, name, limit)
    return body


def _without_chunks(body: bytes) -> bytes:
    """The joined chunks; the body itself where it is not in chunks, since many crawlers join them."""
    pieces: list[bytes] = []
    place = 0
    while place < len(body):
        head = _CHUNK_HEAD.match(body, place)
        if head is None:
            return body
        size = int(head.group(1), 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[head.end() : head.end() + size])
        place = head.end() + size
        place += 2 if body.startswith(b"\r\n", place) else 1
    return b"".join(pieces) if pieces else body


def _inflated(body: bytes, window: int, name: str, limit: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        out = unpacker.decompress(body, limit)
    except zlib.error:
        raise damaged(name) from None
    if not unpacker.eof and len(out) < limit:
        raise damaged(name)
    return out


def _unbrotlied(body: bytes, name: str, limit: int) -> bytes:
    import brotli

    unpacker = brotli.Decompressor()
    try:
        out = bytes(unpacker.process(body, output_buffer_limit=limit))
    except brotli.error:
        raise damaged(name) from None
    if not unpacker.is_finished() and len(out) < limit:
        raise damaged(name)
    return out[:limit]
