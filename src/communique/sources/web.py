"""Pages of the web, fetched so that neither a hostile server nor a hostile address can do harm.

Only http and https; only public addresses unless private ones are allowed, on every redirect anew
(:mod:`~communique.sources.connecting`); at most so many bytes, as they come and unpacked, and so many seconds for all
of it. Proxies of the environment are not used: a proxy looks names up itself, and the check of addresses would mean
nothing. Certificates are those of the system, or of ``SSL_CERT_FILE``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from ssl import SSLContext, SSLError
from time import monotonic
from typing import Self

import httpcore2
import httpx2

from communique.model import UsageError
from communique.sources.bodies import body
from communique.sources.connecting import (
    CheckedNetwork,
    Deadline,
    NoSuchHostError,
    RefusedAddressError,
    TooSlowError,
)
from communique.sources.item import Item
from communique.sources.loading import SIZE_LIMIT
from communique.sources.refusals import FetchError, refusal

TIME_LIMIT = 60.0
"""Most seconds for a page with all its redirects."""
IDLE_LIMIT = 20.0
"""Most seconds that a server may stay silent."""
MOST_REDIRECTS = 8
"""More than any well-kept site needs: to https, to www, to a new path, to a final slash."""
LONGEST_ADDRESS = 8_000
"""Characters of an address; RFC 9110 asks servers to bear as many."""
AGENT = "communique"
"""The name by which robots.txt may address this program."""

_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost.

    Attributes:
        size: bytes, as they come and unpacked.
        seconds: for everything from the first look-up of a name to the last byte.
        idle: seconds of silence.
        redirects: how many are followed.
    """

    size: int = SIZE_LIMIT
    seconds: float = TIME_LIMIT
    idle: float = IDLE_LIMIT
    redirects: int = MOST_REDIRECTS


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a version of a page, to be told whether it still holds (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page with what its server says to recognise this version by."""

    item: Item
    validators: Validators


LIMITS = Limits()


def fetch(url: str, *, allow_private: bool = False, limits: Limits = LIMITS) -> Item:
    """The page at an address; its ``url`` is the address at which redirects ended.

    Raises:
        UsageError: it is no address of the web, or it carries a user name or password.
        FetchError: it can't be had, with the reason and what to do next.
    """
    found = fetch_if_changed(url, allow_private=allow_private, limits=limits)
    assert found is not None, "nothing was asked that could be unchanged"
    return found.item


def fetch_if_changed(
    url: str,
    known: Validators | None = None,
    *,
    allow_private: bool = False,
    limits: Limits = LIMITS,
    follow: Callable[[str], None] = lambda _: None,
    clock: Callable[[], float] = monotonic,
) -> Fetched | None:
    """The page at an address, or None where the server says that the known version still holds.

    Args:
        known: what the server said with the version that is known.
        follow: called with each address that the page is redirected to before that is asked; what it raises ends it.
        clock: seconds of a clock that only goes forward.

    Raises:
        UsageError: it is no address of the web, or it carries a user name or password.
        FetchError: it can't be had, with the reason and what to do next.
    """
    if fault := address_fault(url):
        raise UsageError(f"{url[:200]} {fault}.")
    deadline = Deadline(limits.seconds, limits.idle, clock)
    address, visited = httpx2.URL(url), set[str]()
    while True:
        visited.add(_whole(address))
        with _answer(url, address, known, deadline, allow_private) as answer:
            if answer.status == 304 and known is not None:
                return None
            if answer.status not in _REDIRECTS:
                return _fetched(url, address, answer, limits)
            address = _next(url, address, answer)
        if _whole(address) in visited:
            raise FetchError(f"{url} leads in a circle ({address}): open it in a browser and give the final address.")
        if len(visited) > limits.redirects:
            raise FetchError(
                f"{url} is redirected more than {limits.redirects} times: open it in a browser and give the final "
                "address."
            )
        follow(str(address))


def address_fault(url: str) -> str | None:
    """What keeps a text from being an address to fetch, as the end of a sentence; None where nothing does."""
    if len(url) > LONGEST_ADDRESS:
        return f"is longer than {LONGEST_ADDRESS} characters: give a shorter address"
    try:
        address = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        return "is no address: give it as in https://www.example.org/page"
    if address.scheme not in ("http", "https"):
        return "is no address of the web: it has to begin with http:// or https://"
    if address.port is not None and not 0 < address.port < 65_536:
        return "is no address: its port has to lie between 1 and 65535"
    if not address.host:
        return "names no host: give it as in https://www.example.org/page"
    if address.userinfo:
        return "carries a user name or password: save the page in a browser and add the file"
    return None


@cache
def user_agent() -> str:
    """How the program names itself to servers."""
    return f"{AGENT}/{version('communique')} (keeps a record of official announcements)"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx2.Headers
    chunks: Iterator[bytes]

    @classmethod
    def of(cls, response: httpcore2.Response) -> Self:
        return cls(response.status, httpx2.Headers(response.headers), response.iter_stream())


@contextmanager
def _answer(
    name: str, address: httpx2.URL, known: Validators | None, deadline: Deadline, allow_private: bool
) -> Iterator[_Answer]:
    """The answer of one server to one request; its body is still to be read.

    Raises:
        FetchError: there is none, or it breaks off.
    """
    headers = [
        (b"Host", address.netloc),
        (b"User-Agent", user_agent().encode("ascii")),
        (b"Accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8"),
        (b"Accept-Language", b"en,*;q=0.5"),
        (b"Accept-Encoding", b"gzip"),
    ]
    if known is not None and known.etag:
        headers.append((b"If-None-Match", known.etag.encode("latin-1", "ignore")))
    if known is not None and known.last_modified:
        headers.append((b"If-Modified-Since", known.last_modified.encode("latin-1", "ignore")))
    target = httpcore2.URL(scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path)
    network = CheckedNetwork(deadline, allow_private=allow_private)
    with (
        _clear(name, address),
        httpcore2.ConnectionPool(ssl_context=_tls(), network_backend=network) as pool,
        pool.stream("GET", target, headers=headers) as response,
    ):
        yield _Answer.of(response)


def _fetched(name: str, address: httpx2.URL, answer: _Answer, limits: Limits) -> Fetched:
    if answer.status != 200:
        raise refusal(name, answer.status, answer.headers.get("retry-after"))
    data = body(name, answer.headers, answer.chunks, limits.size)
    media_type = answer.headers.get("content-type")
    item = Item(name=name, data=data, media_type=media_type, url=str(address.copy_with(fragment=None)))
    return Fetched(item, Validators(answer.headers.get("etag"), answer.headers.get("last-modified")))


def _next(name: str, address: httpx2.URL, answer: _Answer) -> httpx2.URL:
    place = answer.headers.get("location", "")
    if not place:
        raise refusal(name, answer.status, None)
    try:
        following = address.join(place)
    except (httpx2.InvalidURL, ValueError):
        raise FetchError(f"{name} is redirected to what is no address: open it in a browser.") from None
    if fault := address_fault(str(following)):
        raise FetchError(f"{name} is redirected to {str(following)[:200]}, which {fault}.")
    return following


@contextmanager
def _clear(name: str, address: httpx2.URL) -> Iterator[None]:
    """Faults of the network as sentences."""
    host = address.host
    try:
        yield
    except NoSuchHostError:
        raise FetchError(f"{name} can't be reached: there is no host {host}; check the address.") from None
    except RefusedAddressError as error:
        raise FetchError(
            f"{name} is not fetched: {host} is no public host ({error}); give --allow-private if that is meant."
        ) from None
    except (TooSlowError, httpcore2.TimeoutException):
        raise FetchError(
            f"{name} is too slow: {host} did not send it in time; try again later.", passing=True
        ) from None
    except httpcore2.ConnectError as error:
        raise _unreachable(name, host, error) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, SSLError) as error:
        raise FetchError(
            f"{name} broke off while {host} was sending it ({error}): try again later.", passing=True
        ) from None


def _unreachable(name: str, host: str, error: Exception) -> FetchError:
    cause = error.args[0] if error.args else error
    if isinstance(cause, SSLError):
        reason = getattr(cause, "verify_message", "") or cause.reason or str(cause)
        return FetchError(
            f"{name} can't be trusted: the certificate or encryption of {host} is at fault ({reason}); "
            "save the page in a browser if you trust it, and add the file.",
            passing=True,
        )
    reason = getattr(cause, "strerror", None) or str(cause)
    return FetchError(f"{name} can't be reached: {host} takes no connection ({reason}); try again later.", passing=True)


def _whole(address: httpx2.URL) -> str:
    return str(address.copy_with(fragment=None))


@cache
def _tls() -> SSLContext:
    return httpcore2.default_ssl_context()
