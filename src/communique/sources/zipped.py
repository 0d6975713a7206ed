"""ZIP files: opening them within limits, and telling which of the many formats that are ZIP files one is."""

import struct
import zipfile
from typing import BinaryIO

from communique.sources.budget import DamageError, damaged

_MIME_TYPES: tuple[tuple[str, str], ...] = (
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
    ("application/vnd.oasis.opendocument.presentation", "slides"),
    ("application/vnd.oasis.opendocument", "office"),
    ("application/epub+zip", "e-book"),
)
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "spreadsheet"),
    ("xl/workbook.bin", "spreadsheet"),
    ("ppt/presentation.xml", "slides"),
    ("[Content_Types].xml", "office"),
    ("META-INF/MANIFEST.MF", "program"),
    ("AndroidManifest.xml", "program"),
)
_MIME_TYPE_LIMIT = 200
LARGEST_DIRECTORY = 100_000_000
"""Bytes of the list of members, which is held in memory as five times as many: about a million members."""
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LONGEST_END = 65_557 + 76
"""The end record with the longest comment, and the two records before it in a large archive."""

FAULTS = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    IndexError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
"""What :mod:`zipfile` raises on damaged, encrypted or exotic archives; decompressors' own faults come besides."""


def open_zip(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """The archive in a seekable file.

    Raises:
        DamageError: its list of members is missing, damaged or beyond all measure.
    """
    try:
        size = _directory_size(file)
        if size > LARGEST_DIRECTORY:
            raise DamageError(f"{name} lists more members than can be held in memory: split the archive.")
        return zipfile.ZipFile(file)
    except FAULTS:
        raise damaged(name) from None


def kind_of_zip(file: BinaryIO, name: str) -> str:
    """The kind of a seekable ZIP file, ``zip`` where it is an archive of whatever was put into it.

    Raises:
        DamageError: its list of members is missing or damaged.
    """
    with open_zip(file, name) as archive:
        members = set(archive.namelist())
        stated = _mime_type(archive) if "mimetype" in members else ""
    for mime_type, kind in _MIME_TYPES:
        if stated.startswith(mime_type):
            return kind
    for member, kind in _MEMBERS:
        if member in members:
            return kind
    if "datapackage.json" in members and any(member.startswith("archive/") for member in members):
        return "wacz"
    return "zip"


def _mime_type(archive: zipfile.ZipFile) -> str:
    """What the member ``mimetype`` says, as OpenDocument and EPUB prescribe; a damaged one says nothing."""
    try:
        with archive.open("mimetype") as member:
            return member.read(_MIME_TYPE_LIMIT).decode("ascii", "replace").strip()
    except FAULTS:
        return ""


def _directory_size(file: BinaryIO) -> int:
    """Bytes of the list of members, as the end of the archive states them; 0 where it states none."""
    length = file.seek(0, 2)
    start = file.seek(max(0, length - _LONGEST_END))
    tail = file.read(length - start)
    file.seek(0)
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 16:
        return 0
    (size,) = struct.unpack_from("<I", tail, place + 12)
    large = tail.rfind(_END_64, 0, place)
    if large >= 0 and len(tail) >= large + 48:
        (large_size,) = struct.unpack_from("<Q", tail, large + 40)
        size = max(int(size) % 0xFFFFFFFF, int(large_size))
    return int(size)
