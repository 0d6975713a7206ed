"""What a site's robots.txt asks of programs (RFC 9309)."""

from dataclasses import dataclass
from typing import Self

from protego import Protego

from communique.model import SourceError
from communique.sources.refusals import FetchError
from communique.sources.web import AGENT, Limits, fetch

_READ = 512_000
"""Bytes of a robots.txt that count; RFC 9309 asks for 500 KiB at least."""
_LIMITS = Limits(size=5_000_000, seconds=30.0)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for this program."""

    _rules: Protego

    @classmethod
    def of(cls, text: str) -> Self:
        """The rules that a text states; nonsense states none."""
        return cls(Protego.parse(text))

    def allow(self, url: str) -> bool:
        """Whether a page may be asked for."""
        return bool(self._rules.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """Seconds to keep between two requests, 0 where nothing is asked for."""
        return max(float(self._rules.crawl_delay(AGENT) or 0), 0.0)


def fetch_robots(site: str, *, allow_private: bool = False) -> str:
    """The robots.txt of a site such as ``https://www.example.org``, empty where it has none.

    Raises:
        FetchError: it can't be told what the site asks for; then nothing of it may be fetched (RFC 9309, 2.3.1.4).
    """
    try:
        data = fetch(f"{site}/robots.txt", allow_private=allow_private, limits=_LIMITS).data
    except FetchError as error:
        if error.status is not None and 400 <= error.status < 500 and error.status != 429:
            return ""
        raise
    except SourceError:
        return ""  # there is nothing in it
    return data[:_READ].decode("utf-8", "replace")
