"""Which of the many formats that are ZIP files a ZIP file is."""

import zipfile
from typing import BinaryIO

from communique.model import SourceError

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


def kind_of_zip(file: BinaryIO, name: str) -> str:
    """The kind of a seekable ZIP file, ``zip`` where it is an archive of whatever was put into it.

    Raises:
        SourceError: its list of members is missing or damaged.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = set(archive.namelist())
            stated = _mime_type(archive) if "mimetype" in members else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, OverflowError):
        raise SourceError(
            f"{name} is a ZIP file or a document in one that is damaged or cut off: fetch or save it again."
        ) from None
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
    """What the member ``mimetype`` says, as OpenDocument and EPUB prescribe."""
    try:
        with archive.open("mimetype") as member:
            return member.read(_MIME_TYPE_LIMIT).decode("ascii", "replace").strip()
    except Exception:  # a damaged or encrypted member says nothing; the parser will tell what is wrong
        return ""
