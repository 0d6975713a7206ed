"""Connections that go only where they were allowed to, and only for as long.

The name is resolved once; the address that was checked is the one that is connected to, so that a name server that
answers differently the second time gains nothing. Host header and TLS keep the name.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore2

from communique.sources.addresses import is_public


class NoSuchHostError(Exception):
    """The name has no address."""


class RefusedAddressError(Exception):
    """The host is no public one; the argument is the first address that it has."""


class TooSlowError(Exception):
    """The time for the whole request has run out."""


@dataclass(slots=True)
class Deadline:
    """How much is left of the time for a request.

    Args:
        seconds: for all of it.
        idle: the longest wait for a single answer of the network, in seconds.
        clock: seconds of a clock that only goes forward.
    """

    seconds: float
    idle: float
    clock: Callable[[], float] = time.monotonic
    _end: float = 0.0

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    def left(self) -> float:
        """Seconds that the next operation may take.

        Raises:
            TooSlowError: there is no time left.
        """
        left = self._end - self.clock()
        if left <= 0:
            raise TooSlowError
        return min(left, self.idle)


class CheckedNetwork(httpcore2.NetworkBackend):
    """Opens connections to addresses that were checked, each operation bound by one deadline."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of the host that may be reached and answers.

        The resolver of the system keeps its own time; everything else is bound by the deadline.

        Raises:
            NoSuchHostError, RefusedAddressError, TooSlowError: see there.
            httpcore2.ConnectError, httpcore2.ConnectTimeout: no address answers.
        """
        failure: Exception | None = None
        for address in _allowed(host, port, self._allow_private):
            try:
                stream = self._plain.connect_tcp(address, port, self._deadline.left(), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure or NoSuchHostError(host)


class _TimedStream(httpcore2.NetworkStream):
    """A stream whose every operation counts against one deadline: a server that drips bytes gains no time."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _allowed(host: str, port: int, allow_private: bool) -> list[str]:
    """The addresses of a host that may be connected to, in the resolver's order.

    Raises:
        NoSuchHostError: it has none at all.
        RefusedAddressError: it has some, but none of the public internet.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise NoSuchHostError(host) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if allow_private or is_public(address)]
    if addresses and not allowed:
        raise RefusedAddressError(addresses[0])
    return allowed
