"""E-mail (RFC 5322 with MIME): the words of the sender, or of the document that is forwarded."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import cast

from communique.model import SourceError
from communique.sources.budget import shown_member
from communique.sources.characters import visible
from communique.sources.dates import iso_day
from communique.sources.decoding import charset_of
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from communique.sources.letters import Letter, letter_of
from communique.sources.markup import readable

_STUB = 0.3
"""A plain part with less than this share of the HTML part's words only says that there is an HTML part."""

_DEPTH = 10
_PARTS = 1000
_HEADER_LIMIT = 2000
_BULK = ("List-Unsubscribe", "List-Id", "X-Accountcode")
_FAULTS = (
    MessageError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    RecursionError,
    OverflowError,
)
"""What the standard library raises on headers and parts that no standard foresees."""


class _ShortHeaders(EmailPolicy):
    """The standard policy for header fields of sane length.

    The library's parser of structured fields takes minutes for a megabyte of them.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a field, the value cut at a length that no sender, subject or type reaches."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_HEADER_LIMIT]


_POLICY = _ShortHeaders()


def parse(item: Item) -> Iterator[Draft | Problem]:
    """The message's text, and that of each message attached to it, with sender, subject and day.

    The plain part is read, or the HTML part where there is none or the plain part is a mere stub. Quoted earlier
    messages and the signature are left out; what was forwarded stays, with the data of origin of the forwarded
    message. The sender of a bulletin (a message of a list) is its publisher, any other sender its author. The day is
    that of the sender's time zone. The part is the ``Message-ID``, if there are several messages. Attached
    files are those of :func:`attachments`.

    Raises:
        SourceError: no e-mail, or one without text.
    """
    found = messages(item)
    yield from [replace(found[0], part=None)] if len(found) == 1 and isinstance(found[0], Draft) else found


def messages(item: Item) -> list[Draft | Problem]:
    """As :func:`parse`, each message with its ``Message-ID`` as part.

    Raises:
        SourceError: no e-mail, or one without text.
    """
    message = _message(item)
    if not message.keys():
        raise SourceError(f"{item.name} has no header of an e-mail: give its words as a text file.")
    found = list(_messages(message, item.name, 0))
    if not any(isinstance(one, Draft) for one in found):
        reason = next((one.reason for one in found if isinstance(one, Problem)), None)
        raise SourceError(reason or f"{item.name} is an e-mail without text: give the document that it brought.")
    return found


def attachments(item: Item) -> Iterator[Item]:
    """The files that hang on an e-mail and on the messages attached to it, as items of their own.

    Raises:
        SourceError: no e-mail.
    """
    rest = [(_message(item), 0)]
    while rest:
        message, depth = rest.pop()
        try:
            inner, files = _attached(message)
        except _FAULTS:
            continue  # its words are a problem already
        for name, part in files:
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data:
                yield Item(name=shown_member(item.name, name), data=data, media_type=part.get_content_type())
        rest.extend((attached, depth + 1) for attached in reversed(inner) if depth < _DEPTH)


def _message(item: Item) -> EmailMessage:
    try:
        message = cast(EmailMessage, BytesParser(EmailMessage, policy=_POLICY).parsebytes(item.data))
        parts = sum(1 for _ in message.walk())
    except _FAULTS:
        raise SourceError(f"{item.name} is no e-mail that can be read: save it again, or its words as text.") from None
    if parts > _PARTS:
        raise SourceError(f"{item.name} has {parts} parts, more than any e-mail needs: save the one that matters.")
    return message


def _messages(message: EmailMessage, name: str, depth: int) -> Iterator[Draft | Problem]:
    try:
        draft = _draft(message, name)
        inner, _ = _attached(message)
    except _FAULTS:
        yield Problem(name, f"{name} is no e-mail that can be read: save it again, or its words as text.")
        return
    except SourceError as error:
        yield Problem(name, str(error))
        return
    if draft.text:
        yield draft
    for attached in inner:
        if depth == _DEPTH:
            yield Problem(name, f"{name} holds messages within messages without end: save the one that matters.")
            return
        yield from _messages(attached, name, depth + 1)


def _draft(message: EmailMessage, name: str) -> Draft:
    subject = _header(message, "Subject")
    letter = letter_of(_words(message, name), forwarded=_is_forward(subject))
    sender, address = parseaddr(_header(message, "From") or "")
    who = visible(sender).strip() or address or None
    bulk = any(_header(message, key) for key in _BULK)
    identity = (_header(message, "Message-ID") or "").strip().strip("<>")
    archived = (_header(message, "Archived-At") or "").strip().strip("<>")
    draft = Draft(
        text=letter.text,
        title=_without_prefixes(subject),
        publisher=_header(message, "Organization") or (who if bulk else None),
        published=iso_day(_header(message, "Date") or ""),
        url=archived if archived.startswith(("http://", "https://")) else None,
        author=None if bulk else who,
        part=identity or None,
    )
    return _as_forwarded(draft, letter) if letter.forwarded else draft


def _as_forwarded(draft: Draft, letter: Letter) -> Draft:
    """The forwarded message's own data: its day is its own even where it can't be read."""
    return replace(
        draft,
        title=_without_prefixes(letter.subject) or draft.title,
        publisher=None,
        published=iso_day(letter.day) if letter.day else None,
        author=parseaddr(letter.sender)[0] or letter.sender if letter.sender else None,
    )


def _header(message: EmailMessage, key: str) -> str | None:
    try:
        value = message.get(key)
    except _FAULTS:
        return None
    return " ".join(visible(str(value)).split()) or None if value is not None else None


def _is_forward(subject: str | None) -> bool:
    return re.match(r"(?:re:\s*)*(?:fwd?|wg|tr|rv|i):", subject or "", re.I) is not None


def _without_prefixes(subject: str | None) -> str | None:
    return re.sub(r"^(?:(?:re|aw|fwd?|wg|tr|rv):\s*)+", "", subject or "", flags=re.I).strip() or None


def _words(message: EmailMessage, name: str) -> str:
    plain = message.get_body(preferencelist=("plain",))
    markup = message.get_body(preferencelist=("html",))
    words = visible(_unflowed(_text(plain), plain)) if plain is not None else ""
    if markup is None or (words.strip() and plain is markup):
        return words
    seen = readable(_text(markup), name)
    return seen if len(words.split()) < _STUB * len(seen.split()) else words


def _text(part: MIMEPart) -> str:
    """The decoded text of a part: in its stated charset, else in UTF-8; a character that fits neither is U+FFFD."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = charset_of(str(part.get("Content-Type", "")))
    for encoding in (charset, "utf-8"):
        try:
            if encoding:
                return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode(charset or "utf-8", "replace")


def _unflowed(text: str, part: MIMEPart) -> str:
    """Paragraphs in one line where the sender says that a blank at the end of a line joins it (RFC 3676)."""
    if part.get_param("format") != "flowed":
        return text
    joint = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
    lines: list[str] = []
    open_depth: int | None = None
    for raw in text.replace("\r\n", "\n").split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        words = raw[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        if open_depth == depth and words != "-- ":
            lines[-1] += words[:-1] + joint if flows else words
        else:
            lines.append(">" * depth + (" " if depth else "") + (words[:-1] + joint if flows else words))
        open_depth = depth if flows else None
    return "\n".join(lines)


def _attached(message: EmailMessage) -> tuple[list[EmailMessage], list[tuple[str, EmailMessage]]]:
    """The messages and the files with their names that hang on a message, not on a message in it."""
    messages: list[EmailMessage] = []
    files: list[tuple[str, EmailMessage]] = []
    rest = [message]
    while rest:
        part = rest.pop()
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            messages.extend(one for one in (inner if isinstance(inner, list) else []) if isinstance(one, EmailMessage))
        elif part.is_multipart():
            inner = part.get_payload()
            rest.extend(
                one for one in reversed(inner if isinstance(inner, list) else []) if isinstance(one, EmailMessage)
            )
        elif part.get_content_disposition() == "attachment":
            files.append((" ".join(visible(part.get_filename() or "").split()) or f"attachment {len(files) + 1}", part))
    return messages, files
