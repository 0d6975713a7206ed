"""The plain words of an e-mail: what its sender wrote or passed on, without earlier letters and the signature."""

import re
from dataclasses import dataclass

_SIGNATURE_LINES = 12
_QUOTED = re.compile(r"^[ \t]{0,3}>[> \t]*")
_ATTRIBUTION = re.compile(
    r"^\s*(?:On|Am|Le|El|Il|Op|Em)\b.{3,300}(?:wrote|writes|schrieb\b.*|a écrit|escribió|escreveu)\s*:\s*$", re.S
)
_FORWARDED = re.compile(
    r"^[ \t>]*(?:-{2,}\s*)?(?:Begin forwarded message:|Forwarded message|Forwarded Message|Original Message|"
    r"Original-Nachricht|Message transféré|Mensaje reenviado)[ \t]*(?:-{2,})?[ \t]*$",
    re.M,
)
_HEADER = re.compile(r"^[ \t>*]*(From|Sent|Date|Subject|To|Cc|Reply-To|Importance)[ \t]*\*?:\*?[ \t]*(\S.*)$", re.I)
_BLANKS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Letter:
    """The words kept, and what stands above a forwarded message about it.

    Attributes:
        forwarded: whether ``text`` is another message's, passed on.
    """

    text: str
    forwarded: bool = False
    sender: str | None = None
    subject: str | None = None
    day: str | None = None


def letter_of(words: str, *, forwarded: bool) -> Letter:
    """The letter's own words, or those of the message that it passes on.

    A message is passed on if the subject says so (``Fwd:``) and it begins under a line such as ``Begin forwarded
    message:`` or under lines ``From:`` and ``Sent:``; it is taken without its quotation marks, and what the
    forwarder wrote above it is left out. Otherwise lines quoted by ``>`` and the line that introduces them are left
    out, and so is an earlier message under such a heading.

    Args:
        forwarded: whether the subject says that a message is passed on.
    """
    lines = words.split("\n")
    start = _start_of_earlier(lines)
    if start is not None and forwarded:
        return _passed_on(lines[start:])
    own = lines if start is None else lines[:start]
    kept = _without_quotations(own)
    if forwarded and not any(line.strip() for line in kept):
        kept = [_QUOTED.sub("", line) for line in own]  # passed on by quotation marks alone
    return Letter(_joined(_without_signature(kept)))


def _start_of_earlier(lines: list[str]) -> int | None:
    """The line at which an earlier message begins: its heading, or the first of its ``From:`` and ``Sent:``."""
    for number, line in enumerate(lines):
        if _FORWARDED.match(line):
            return number
        match = _HEADER.match(line)
        if match and match[1].lower() == "from":
            below = {found[1].lower() for later in lines[number + 1 : number + 6] if (found := _HEADER.match(later))}
            if below & {"sent", "date"} and below & {"to", "subject"}:
                return number
    return None


def _passed_on(lines: list[str]) -> Letter:
    facts: dict[str, str] = {}
    number = 0
    while number < len(lines):
        line = lines[number]
        match = _HEADER.match(line)
        if match:
            facts.setdefault(match[1].lower(), match[2].strip())
        elif line.strip(" \t>") and not (_FORWARDED.match(line) or (facts and line[:1] in " \t")):
            break
        number += 1
    quoted = all(_QUOTED.match(line) for line in lines[number:] if line.strip())
    body = [_QUOTED.sub("", line) for line in lines[number:]] if quoted else _without_quotations(lines[number:])
    return Letter(
        _joined(_without_signature(body)),
        forwarded=True,
        sender=facts.get("from"),
        subject=facts.get("subject"),
        day=facts.get("sent") or facts.get("date"),
    )


def _without_quotations(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not _QUOTED.match(line):
            kept.append(line)
        else:
            _drop_attribution(kept)
    return kept


def _drop_attribution(kept: list[str]) -> None:
    """Leave out the line (it may be broken in two) that says whose words follow."""
    filled = [number for number in range(len(kept) - 1, max(len(kept) - 5, -1), -1) if kept[number].strip()]
    for first in filled[:2]:
        if _ATTRIBUTION.match("\n".join(kept[first:])):
            del kept[first:]
            return


def _without_signature(lines: list[str]) -> list[str]:
    """The lines above the last ``-- ``, if what stands under it is as short as a signature."""
    for number in range(len(lines) - 1, max(len(lines) - _SIGNATURE_LINES - 2, -1), -1):
        if lines[number] in ("-- ", "--"):
            return lines[:number]
    return lines


def _joined(lines: list[str]) -> str:
    return _BLANKS.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")
