"""The one door: a path or standard input becomes a Document, or one sentence says why not."""

import re
from datetime import date

from communique.model import CommuniqueError, Document, SourceError, UsageError
from communique.sources.formats import parse
from communique.sources.languages import language_of
from communique.sources.loading import load, shown

_ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read(
    path: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Document:
    """Read one document from a file, or from standard input for ``-``.

    What the caller gives overrides what the file says of itself. The text is that of :mod:`~communique.sources`'
    format of the file: exactly as it is for ``.json``, with line ends as ``\\n`` for ``.txt``, without markup for
    ``.md`` and ``.html``.

    Args:
        published: day of publication, ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, not after today.

    Raises:
        UsageError: no such file, a directory, no permission, an unknown extension, an impossible ``published``.
        SourceError: empty, without words, too large, binary, undecodable or malformed, or it states an impossible date.
    """
    given = None if published is None else _checked_date(published, "--published", UsageError)
    name = shown(path)
    draft = parse(load(path), path)
    if not draft.text.strip():
        raise SourceError(f"{name} holds no text, only blank space: give a document with text.")
    fault = _UNSTORABLE.search(draft.text)
    if fault:
        raise SourceError(f"{name} holds no valid character at offset {fault.start()} of its text: remove it.")
    stated = _stated(draft.published)
    if given is None and stated is not None:
        given = _checked_date(stated, f"The date of {name}", SourceError)
    return Document(
        text=draft.text,
        title=_stated(title) or _stated(draft.title),
        publisher=_stated(publisher) or _stated(draft.publisher),
        published=given,
        url=_stated(url) or _stated(draft.url),
        language=language_of(draft.text, draft.language),
        source=path if path == "-" else name,
    )


def _checked_date(value: str, what: str, error: type[CommuniqueError]) -> str:
    """The date in ISO 8601, with the precision that it was given in; a time of day is dropped."""
    text = _ISO_TIME.sub(r"\1", value.strip())
    match = _ISO_DATE.fullmatch(text)
    try:
        year, month, day = (int(part) if part else 1 for part in match.groups()) if match else (0, 0, 0)
        first_day = date(year, month, day)
    except ValueError:
        raise error(
            f"{what} is no date ({value.strip()!r}): give --published as in 2025-07-01, 2025-07 or 2025."
        ) from None
    if first_day > date.today():
        raise error(
            f"{what} lies in the future ({text}; today is {date.today()}): give --published as the day it came out."
        )
    return text


def _stated(value: str | None) -> str | None:
    """The value on one line, None where it says nothing."""
    words = _UNSTORABLE.sub("", value).split() if value else []
    return " ".join(words) or None
