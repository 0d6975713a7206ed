"""Characters that a reader does not see, or sees as a plain letter or space, as that letter or space.

| characters | become | why |
|---|---|---|
| no-break, thin, figure, ideographic and other spaces (Unicode Zs) | a space | they look like one |
| zero-width space, word joiner, byte order mark | nothing | no width; often inside words |
| bidirectional marks, embeddings, overrides, isolates | nothing | they show text in another order than stored |
| soft hyphen | nothing | shown only at a line end |
| ligatures of Latin letters (ﬁ, ﬂ, ﬀ ...) | their letters | one glyph, two letters |
| control characters but tab and line end, private use, non-characters, lone surrogates | nothing | no agreed look |

The zero-width joiner and non-joiner stay: Persian, Arabic, Indic scripts and emoji are spelt with them. Letters are
left as they are otherwise: no accent is composed and no digit replaced, so that a quotation stays one.
"""

import re

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
_TO_MEND = re.compile(f"[{_SPACES}{_UNSEEN}\x0b\x0c\x85\u2028\u2029\ufb00-\ufb06]")
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_A_SPACE = re.compile(f"[{_SPACES}]")
_A_LINE_END = "\x0b\x0c\x85\u2028\u2029"


def visible(text: str) -> str:
    """The text as a reader sees it, character for character as the table above says; line ends become ``\\n``."""
    return _TO_MEND.sub(_mended, text.replace("\r\n", "\n").replace("\r", "\n"))


def _mended(match: re.Match[str]) -> str:
    character = match.group()
    if character in _LIGATURES:
        return _LIGATURES[character]
    if character in _A_LINE_END:
        return "\n"
    return " " if _A_SPACE.match(character) else ""
