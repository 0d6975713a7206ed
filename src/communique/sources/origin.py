"""What the caller knows of where a document comes from, and the checks that data of origin pass."""

import re
from dataclasses import dataclass
from datetime import date

from communique.model import CommuniqueError

_ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that no store takes and no reader sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The caller's own word, which overrides what a file says of itself.

    Attributes:
        published: day of publication, ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, not after today.
    """

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


def checked_date(value: str, what: str, error: type[CommuniqueError]) -> str:
    """The date in ISO 8601, with the precision that it was given in; a time of day is dropped.

    Raises:
        CommuniqueError: of the type given; no such day, or one that lies in the future.
    """
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


def stated(value: str | None) -> str | None:
    """The value on one line, None where it says nothing."""
    words = UNSTORABLE.sub("", value).split() if value else []
    return " ".join(words) or None
