"""What it means that a server does not hand out a page, and when to ask again."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from communique.model import SourceError

LONGEST_WAIT = 7 * 24 * 3600.0
"""Most seconds that a server can make anyone wait by ``Retry-After``."""

_REASONS = {
    401: "asks for a user name and password: save it in a browser and add the file",
    402: "asks for payment: save it in a browser and add the file",
    403: "may not be read by programs (403): save it in a browser and add the file",
    404: "does not exist (404): check the address",
    410: "was taken down (410): look for it in a web archive",
    429: "was asked for too often (429)",
    451: "is withheld for legal reasons (451): look for it in a web archive",
    503: "can't be served now (503)",
}
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_TIMED = {429, 503}


class FetchError(SourceError):
    """A page can't be had.

    Attributes:
        passing: it may be had later without anybody doing anything.
        retry_after: seconds for which the server asks not to be asked again, None where it does not say.
        status: what the server answered, None where it did not.
    """

    def __init__(
        self, message: str, *, passing: bool = False, retry_after: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(message)
        self.passing = passing
        self.retry_after = retry_after
        self.status = status


def refusal(name: str, status: int, retry_after: str | None) -> FetchError:
    """What to say of an answer that is not the page."""
    wait = seconds_to_wait(retry_after, datetime.now(UTC))
    reason = _REASONS.get(status)
    if reason is None:
        blame = "its server is at fault; try again later" if status >= 500 else "open it in a browser to see why"
        reason = f"was not handed out ({status}): {blame}"
    elif status in _TIMED:
        reason += ": try again later" if wait is None else f": try again in {_length(wait)}"
    return FetchError(f"{name} {reason}.", passing=status in _PASSING, retry_after=wait, status=status)


def seconds_to_wait(retry_after: str | None, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, a number of seconds or a date (RFC 9110, section 10.2.3)."""
    value = (retry_after or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT)


def _length(seconds: float) -> str:
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{round(seconds)} seconds"
