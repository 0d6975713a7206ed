"""The body of an answer, within a limit, as it comes and unpacked."""

import zlib
from collections.abc import Iterator, Mapping

from communique.model import SourceError
from communique.sources.refusals import FetchError

_GZIP = 16 + zlib.MAX_WBITS


def body(name: str, headers: Mapping[str, str], chunks: Iterator[bytes], limit: int) -> bytes:
    """All of the body, unpacked.

    Args:
        chunks: the bytes as they come from the network.
        limit: most bytes, of what comes and of what is unpacked from it.

    Raises:
        FetchError: it is too large, packed in a way that was not asked for, or broken.
        SourceError: there is nothing in it.
    """
    stated = headers.get("content-length", "")
    if stated.isascii() and stated.isdigit() and int(stated[:20]) > limit:
        raise _too_large(name, limit)
    packed = headers.get("content-encoding", "").strip().lower()
    limited = _limited(name, chunks, limit)
    if packed in ("", "identity"):
        data = b"".join(limited)
    elif packed in ("gzip", "x-gzip"):
        data = unpacked(name, limited, limit)
    else:
        raise FetchError(f"{name} comes packed as {packed[:40]}, which was not asked for: save it in a browser.")
    if not data:
        raise SourceError(f"{name} is empty: give the address of a page with text.")
    return data


def _limited(name: str, chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(name, limit)
        yield chunk


def unpacked(name: str, chunks: Iterator[bytes], limit: int) -> bytes:
    """What gzip members, one or several, hold; never more than one byte above the limit is unpacked.

    Raises:
        FetchError: it is larger than the limit, broken, or breaks off.
    """
    parts, size, unpacker = list[bytes](), 0, zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if unpacker.eof:
                    if not rest.strip(b"\0"):
                        break  # padding after the last member
                    unpacker = zlib.decompressobj(_GZIP)
                parts.append(unpacker.decompress(rest, limit - size + 1))
                size += len(parts[-1])
                if size > limit:
                    raise _too_large(name, limit)
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    except zlib.error:
        raise FetchError(f"{name} is packed wrongly by its server: save it in a browser and add the file.") from None
    if not unpacker.eof:
        raise FetchError(f"{name} broke off before its end: try again later.", passing=True)
    return b"".join(parts)


def _too_large(name: str, limit: int) -> FetchError:
    size = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit} bytes"
    return FetchError(f"{name} is larger than {size}, the limit for what is fetched: download it and add its parts.")
