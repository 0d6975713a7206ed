"""Kinds of files that hold no text to read, or none without the program that made them, and what to do about each."""

UNREAD: dict[str, tuple[str, str]] = {
    "picture": ("a picture", "give its words as text, for example by a program that recognises them (OCR)"),
    "sound": ("a sound recording", "give a transcript as text"),
    "video": ("a video", "give a transcript as text"),
    "font": ("a font", "give a document with text"),
    "program": ("a program", "give a document with text"),
    "code": ("code or style of a page", "give the page itself"),
    "spreadsheet": ("a spreadsheet", "save the sheet that holds the texts as CSV with named columns"),
    "slides": ("a presentation", "export it as PDF"),
    "e-book": ("an e-book", "convert it to HTML or plain text"),
    "old-office": ("an old Office document", "save it as .docx, .odt or PDF"),
    "office": ("an Office file without a text document in it", "export its words as PDF or plain text"),
    "database": ("a database", "export its texts as CSV or JSON Lines with named columns"),
    "archive": ("an archive of a kind that is not unpacked", "unpack it and give its files or a ZIP of them"),
    "sitemap": ("a sitemap, a list of addresses", "give the addresses of the pages, or name it to `communique watch`"),
    "xml": ("XML of a kind that is not read", "give its words as plain text, HTML or a feed"),
}
"""Kind to what it is, in words, and what its owner can do."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"SQLite format 3\x00", "database"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xfe\xed\xfa\xce", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\x00asm", "program"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"PAR1", "database"),
)
_MAIN_TYPES = {"image": "picture", "audio": "sound", "video": "video", "font": "font"}
_EXTENSIONS: dict[str, str] = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".heic"), "picture"),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".ogg", ".flac"), "sound"),
    **dict.fromkeys((".mp4", ".mov", ".mkv", ".avi", ".webm"), "video"),
    **dict.fromkeys((".exe", ".dll", ".so", ".class"), "program"),
    **dict.fromkeys((".css", ".js", ".mjs"), "code"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "spreadsheet"),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "slides"),
    **dict.fromkeys((".woff", ".woff2", ".ttf", ".otf"), "font"),
    **dict.fromkeys((".7z", ".rar"), "archive"),
    ".doc": "old-office",
    ".epub": "e-book",
}
_MEDIA_TYPES: dict[str, str] = {
    "text/css": "code",
    "text/javascript": "code",
    "application/javascript": "code",
    "application/x-javascript": "code",
}


def sentence(name: str, kind: str) -> str:
    """Why an item of a unread kind is not read, and what to do."""
    what, advice = UNREAD[kind]
    return f"{name} is {what}, which is not read: {advice}."


def by_magic(head: bytes) -> str | None:
    """The unread kind that the first bytes show, None for bytes of no known kind and for text."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"MZ") and b"\x00" in head:
        return "program"
    if not _looks_binary(head):
        return None
    import puremagic

    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    for match in found:
        if (main := match.mime_type.partition("/")[0]) in _MAIN_TYPES:
            return _MAIN_TYPES[main]
    return None


def by_extension(extension: str, media_type: str) -> str | None:
    """The unread kind that a media type, else an extension, states; None where they state none."""
    stated = _MEDIA_TYPES.get(media_type) or _MAIN_TYPES.get(media_type.partition("/")[0])
    return stated or _EXTENSIONS.get(extension)


def _looks_binary(head: bytes) -> bool:
    """Whether the bytes are no text in UTF-8; a cut last character does not count."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start < len(head) - 3
    return b"\x00" in head
