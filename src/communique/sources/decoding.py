"""The text of bytes. Nothing is guessed: a mangled character would shift what a reader sees and a ledger quotes.

Bytes that are not what they claim to be are refused with the place of the first fault.
"""

import codecs
import re
from email.message import Message

from communique.model import SourceError
from communique.sources.item import Item

_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 stands before UTF-16, whose little-endian mark is the beginning of its own."""

_DECLARED_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_LATIN_1 = {"iso8859-1", "ascii"}


def text_of(item: Item) -> str:
    """The item's text: by its byte order mark, else in the charset of its media type, else as UTF-8; no mark is kept.

    Raises:
        SourceError: the bytes are binary, or broken at an offset that the message names.
    """
    marked = _marked(item)
    if marked is not None:
        return marked
    charset = charset_of(item.media_type)
    if charset and charset.startswith("utf-16") and 0 not in item.data:
        charset = None  # a false claim: a line end alone has a zero byte
    # Servers say Latin 1 of whatever they send: what is valid UTF-8 beyond ASCII is UTF-8.
    for encoding in (charset, "utf-8") if item.data.isascii() else ("utf-8", charset):
        try:
            text = item.data.decode(encoding) if encoding else None
        except UnicodeError:
            continue
        if text is not None and "\0" not in text:
            return text
    _refuse_binary(item)
    return _decode_as(item.data, charset or "utf-8", item.name, skipped=0)


def markup_of(item: Item) -> str:
    """The text of an HTML or XML item: as :func:`text_of`, and in the charset that the page itself declares.

    Raises:
        SourceError: the bytes are binary, or no stated encoding fits them.
    """
    marked = _marked(item)
    if marked is not None:
        return marked
    _refuse_binary(item)
    declared = _DECLARED_CHARSET.search(item.data, 0, 4096)
    for encoding in ("utf-8", charset_of(item.media_type), _codec(declared.group(1)) if declared else None):
        try:
            if encoding:
                return item.data.decode(encoding)
        except UnicodeError:
            continue
    return _decode_as(item.data, "utf-8", item.name, skipped=0)


def beginning(data: bytes) -> str:
    """The characters that bytes begin with, for recognising a format: by their byte order mark, else as Latin 1."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return data.decode("latin-1")


def charset_of(media_type: str | None) -> str | None:
    """Python's name of the charset in a media type such as ``text/plain; charset=windows-1252``, None without one."""
    if media_type is None or "charset" not in media_type.lower():
        return None
    header = Message()
    header["Content-Type"] = " ".join(media_type.split())
    charset = header.get_content_charset()
    return _codec(charset.encode("ascii", "replace")) if charset else None


def _marked(item: Item) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if item.data.startswith(mark):
            return _decode_as(item.data[len(mark) :], encoding, item.name, skipped=len(mark))
    return None


def _refuse_binary(item: Item) -> None:
    zero = item.data.find(0)
    if zero >= 0:
        raise SourceError(
            f"{item.name} is binary (a zero byte at offset {zero}), not text: "
            "give a document of a format that is read, or its words as plain text in UTF-8."
        )


def _decode_as(data: bytes, encoding: str, name: str, *, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not valid {encoding.upper()} at byte offset {error.start + skipped}: "
            "convert it to UTF-8 (for example with `iconv -f WINDOWS-1252 -t UTF-8`) and try again."
        ) from None


def _codec(label: bytes) -> str | None:
    """Python's name of a declared charset, None where there is none; Latin 1 means Windows 1252, as in browsers."""
    try:
        codec = codecs.lookup(label.decode("ascii"))
        "a".encode(codec.name)  # refuses codecs that are no encodings of text, such as rot13
    except (LookupError, UnicodeError, ValueError):
        return None
    return "cp1252" if codec.name in _LATIN_1 else codec.name
