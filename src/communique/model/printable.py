"""Characters that do something to a terminal or a page instead of standing in it, taken out or spelt out.

Texts, titles and names come from strangers. A control character in them could colour, move or overwrite what a
terminal shows, one of direction could show words in another order than they are stored, and one without width could
make two names look alike. What is stored keeps them; what is shown does not.
"""

import json
import re
from typing import Any

_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_CONTROLS = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 but those that end a line, and DEL
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction: marks, embeddings, overrides, isolates
    "\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # no width, tags, interlinear notes
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters at all
)
_UNSHOWN = re.compile(f"[{_CONTROLS}]+")
_ENDS_OF_LINES = re.compile(f"[{_LINE_ENDS}]")
_TO_SPELL = re.compile(f"[{_CONTROLS}{_LINE_ENDS}]")


def without_controls(text: str) -> str:
    """The text without control characters; tabs and line feeds stay, other ends of lines become spaces."""
    if text.isprintable():  # which most are, and none that has a control character
        return text
    return _ENDS_OF_LINES.sub(" ", _UNSHOWN.sub("", text))


def on_one_line(text: str) -> str:
    """The text without control characters, in which no line ends: nothing in it can pass for a line of our own."""
    return without_controls(text.replace("\n", " ").replace("\t", " "))


def as_json(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON, exact, with letters as they are and control characters spelt out (``\\u202e``)."""
    return _TO_SPELL.sub(_spelt, json.dumps(value, ensure_ascii=False, indent=indent))


def _spelt(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
