"""RTF: the words as a word processor shows them.

striprtf gives the names of destinations that hold no text and the code pages of fonts. Its own text is not
used: it writes the targets of links into sentences, keeps what is hidden or deleted, and drops footnotes.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from striprtf.striprtf import charset_map, destinations

from communique.model import SourceError
from communique.sources.blocks import Block, row_blocks, text_and_title, tidy
from communique.sources.dates import day_of_file
from communique.sources.draft import Draft
from communique.sources.item import Item

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|(?P<hex>(?:\\'[0-9a-fA-F]{2})+)|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
_SPELT = {
    "tab": " ", "line": "\n", "emdash": "\u2014", "endash": "\u2013", "emspace": " ", "enspace": " ", "qmspace": " ",
    "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"-": ""}
_UNSEEN = (frozenset(destinations) | {"listtext"}) - {
    "info", "title", "author", "creatim", "revtim", "upr", "ud", "footnote", "fonttbl", "shptxt", "shpinst", "shp",
    "shpgrp",
}  # fmt: skip
_NOTED = {"info": "info", "fonttbl": "fonts", "shpinst": "shape"}
_HEARD = {"body", "note", "box", "title", "author"}
_DATES = {"creatim", "revtim"}
_DATE_PARTS = {"yr", "mo", "dy"}
_DEPTH = 5000


@dataclass(slots=True)
class _Group:
    """What holds until the group's closing brace.

    ``sink`` is where words go: ``body``, ``note``, ``box`` (a text box), a field of the information group; or what the
    group is about without having words of its own (``info``, ``fonts``, ``shape``); ``None`` where all is left out.
    """

    sink: str | None = "body"
    skipped: int = 1
    font: str = ""
    unseen: bool = False


@dataclass(slots=True)
class _Reading:
    """The state of one pass through a document."""

    page: str = "cp1252"
    fonts: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    raw: bytearray = field(default_factory=bytearray)
    cell: list[str] = field(default_factory=list)
    row: list[list[str]] = field(default_factory=list)
    kind: str = "p"
    in_table: bool = False
    starred: bool = False
    pending: int = 0


def parse(item: Item) -> Iterator[Draft]:
    """The document's text with its information group; headers, footers, comments, pictures are left out.

    So are hidden text and tracked deletions. Table rows are lines, footnotes stand at the end. The day is that of
    the last saving, where the file was made within the month before; else there is none.

    Raises:
        SourceError: no RTF, or nested too deeply.
    """
    start = item.data.find(b"{\\rtf", 0, 1000)
    if start < 0:
        raise SourceError(f"{item.name} is no RTF document that can be read: save it anew or as text.")
    reading = _Reading()
    _read(item, start, reading)
    text, title = text_and_title([*reading.blocks, *reading.notes], reading.facts.get("title"))
    if not text.strip():
        raise SourceError(f"{item.name} holds no words that are shown: save it anew or as text.")
    yield Draft(
        text=text,
        title=title,
        published=day_of_file(reading.facts.get("creatim"), reading.facts.get("revtim")),
        author=reading.facts.get("author"),
    )


def _read(item: Item, start: int, reading: _Reading) -> None:
    stack: list[_Group] = []
    group = _Group()
    position = start
    data = item.data
    while match := _TOKEN.match(data, position):
        position = match.end()
        kind = match.lastgroup if match.lastgroup != "number" else "word"
        if kind not in ("hex", "text"):
            _decode(reading, group)
        if kind == "brace":
            reading.pending = 0
            if match["brace"] == b"{":
                stack.append(group)
                group = replace(group)
                if len(stack) > _DEPTH:
                    raise SourceError(f"{item.name} is nested too deeply to be read: save it anew or as text.")
            else:
                if len(stack) <= 1:
                    break
                if group.sink in ("note", "box", "title", "author") and stack[-1].sink != group.sink:
                    _end_paragraph(reading, group.sink)
                group = stack.pop()
        elif kind == "word":
            word, number = match["word"].decode("ascii"), match["number"]
            if word == "bin":
                position += max(int(number or 0), 0)
            else:
                _control(word, None if number is None else int(number), reading, group)
        elif kind == "hex":
            _bytes(bytes.fromhex(match["hex"].decode("ascii").replace("\\'", "")), reading, group)
        elif kind == "symbol":
            _symbol(match["symbol"], reading, group)
        elif kind == "text":
            _bytes(match["text"], reading, group)
    _decode(reading, group)
    _end_paragraph(reading, "body")
    _end_row(reading)
    _end_paragraph(reading, "box")
    _end_paragraph(reading, "note")
    reading.blocks.extend(reading.boxes)


def _bytes(data: bytes, reading: _Reading, group: _Group) -> None:
    """Characters in the code page of the font, less those that stand for a Unicode character just given."""
    passed = min(reading.pending, len(data))
    reading.pending -= passed
    if group.sink in _HEARD and not group.unseen:
        reading.raw += data[passed:]


def _decode(reading: _Reading, group: _Group) -> None:
    if reading.raw:
        page = reading.fonts.get(group.font, reading.page)
        _write(reading.raw.decode(page, "replace"), reading, group)
        reading.raw.clear()


def _write(words: str, reading: _Reading, group: _Group) -> None:
    if group.sink in _HEARD and not group.unseen:
        reading.words.setdefault(group.sink, []).append(words)


def _symbol(symbol: bytes, reading: _Reading, group: _Group) -> None:
    reading.pending = 0
    if symbol == b"*":
        reading.starred = True
    elif symbol in b"\r\n":
        _end_paragraph(reading, group.sink)
    elif symbol in _SYMBOLS:
        _write(_SYMBOLS[symbol], reading, group)


def _control(word: str, number: int | None, reading: _Reading, group: _Group) -> None:
    starred, reading.starred = reading.starred, False
    reading.pending = 0
    if word == "u" and number is not None:
        _write(chr(number % 0x10000), reading, group)
        reading.pending = group.skipped
    elif word in _SPELT:
        _write(_SPELT[word], reading, group)
    elif word in ("par", "sect", "page", "cell", "nestcell", "row"):
        _structure(word, reading, group)
    elif word == "pard" and group.sink == "body":
        reading.kind, reading.in_table = "p", False
    elif word in ("intbl", "ls", "outlinelevel") and group.sink == "body":
        _paragraph_property(word, number, reading)
    elif word in ("v", "deleted"):
        group.unseen = number != 0
    elif word == "plain":
        group.unseen = False
    elif word == "uc":
        group.skipped = max(number or 0, 0)
    elif word == "f":
        group.font = str(number)
    else:
        _destination(word, number, starred, reading, group)


def _destination(word: str, number: int | None, starred: bool, reading: _Reading, group: _Group) -> None:
    if word == "ansicpg":
        reading.page = _codec(f"cp{number}")
    elif word == "mac":
        reading.page = "mac_roman"
    elif word == "fcharset" and group.sink == "fonts":
        reading.fonts[group.font] = _codec(charset_map.get(number, reading.page)) if number else reading.page
    elif word in _NOTED:
        group.sink = _NOTED[word] if group.sink == "body" else None
    elif word in ("title", "author", *_DATES) and group.sink == "info":
        group.sink = word
    elif word in _DATE_PARTS and group.sink in _DATES:
        joint = "" if word == "yr" else "-"
        reading.facts[group.sink] = f"{reading.facts.get(group.sink, '')}{joint}{number or 0:02d}"
    elif word == "footnote" and group.sink == "body":
        group.sink = "note"
    elif word == "shptxt" and group.sink == "shape":
        group.sink = "box"
    elif word != "ud" and (starred or word in _UNSEEN):
        group.sink = None


def _structure(word: str, reading: _Reading, group: _Group) -> None:
    if group.sink in ("note", "box"):
        _end_paragraph(reading, group.sink)
    elif group.sink == "body":
        if word in ("cell", "nestcell"):
            reading.in_table = True
        _end_paragraph(reading, "body")
        if word == "cell":
            reading.row.append(reading.cell)
            reading.cell = []
        elif word == "row":
            _end_row(reading)


def _paragraph_property(word: str, number: int | None, reading: _Reading) -> None:
    if word == "intbl":
        reading.in_table = True
    elif word == "ls" and number:
        reading.kind = "li"
    elif word == "outlinelevel" and number == 0:
        reading.kind = "h1"


def _end_paragraph(reading: _Reading, sink: str | None) -> None:
    # Characters beyond the first 65,536 are written as two surrogates.
    joined = "".join(reading.words.pop(sink or "", ())).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not joined.strip():
        return
    if sink in ("title", "author"):
        reading.facts[sink] = tidy(joined)
    elif sink == "note":
        reading.notes.append(Block("p", tidy(joined)))
    elif sink == "box":
        reading.boxes.append(Block("p", tidy(joined)))
    elif reading.in_table:
        reading.cell.append(joined)
    else:
        _end_row(reading)
        reading.blocks.extend([Block(reading.kind, tidy(joined)), *reading.boxes])
        reading.boxes.clear()


def _end_row(reading: _Reading) -> None:
    if reading.cell:
        reading.row.append(reading.cell)
    reading.blocks.extend(row_blocks(reading.row))
    reading.row, reading.cell = [], []


def _codec(name: str) -> str:
    """The name, if Python has such an encoding of text; else that of Western Windows."""
    try:
        b"".decode(codecs.lookup(name).name)
    except (LookupError, ValueError):
        return "cp1252"
    return name
