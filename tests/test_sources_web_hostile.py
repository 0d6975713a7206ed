"""What a hostile server can not do: bodies without end or sense, silence, drips, what is no HTTP."""

import itertools
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.model import SourceError
from communique.sources.refusals import FetchError
from communique.sources.web import LIMITS, fetch, fetch_if_changed
from small_web import SmallWeb, refused, zipped

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(size)) + packer.flush()


@pytest.mark.parametrize(
    ("body", "headers", "said"),
    [
        (_bomb(50), {"Content-Encoding": "gzip"}, "is larger than 1 MB"),
        (b"a" * 1_000_001, {}, "is larger than 1 MB"),
        (b"a", {"Content-Length": "99999999999999999"}, "is larger than 1 MB"),
        (b"a", {"Content-Length": "99999999999999999999999"}, "broke off"),
        (b"no gzip", {"Content-Encoding": "gzip"}, "is packed wrongly"),
        (zipped(b"text" * 99)[:-9], {"Content-Encoding": "gzip"}, "broke off"),
        (b"text", {"Content-Encoding": "br"}, "comes packed as br"),
        (b"text", {"Content-Encoding": "gzip, gzip"}, "comes packed as gzip, gzip"),
        (b"", {}, "is empty"),
        (b"", {"Content-Encoding": "gzip"}, "broke off"),
        (b"short", {"Content-Length": "500"}, "broke off"),
    ],
)
def test_bodies_that_are_refused(web: SmallWeb, body: bytes, headers: dict[str, str], said: str) -> None:
    web.page("/a", body, headers={"Connection": "close"} | headers)
    assert said in refused("http://ministry.example/a", limits=replace(LIMITS, size=1_000_000))


def test_a_body_without_end_is_cut_at_the_limit(web: SmallWeb) -> None:
    endless = itertools.chain([HEAD + b"\r\n"], itertools.repeat(b"a" * 65536))
    web.page("/a", steps=endless)
    assert "is larger than 1 MB" in refused("http://ministry.example/a", limits=replace(LIMITS, size=1_000_000))


@pytest.mark.parametrize(
    "steps",
    [
        [HEAD, *[b"X-Drip: 1\r\n"] * 10_000],
        [HEAD + b"Content-Length: 100000\r\n\r\n", *[b"a"] * 90_000],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\na\r\n"] * 30_000],
    ],
    ids=["headers", "body", "chunks"],
)
def test_a_server_that_drips_runs_out_of_time(web: SmallWeb, steps: list[bytes]) -> None:
    """The clock is that of the test: each look at it takes ten seconds."""
    web.page("/a", steps=iter(steps))
    ticking = itertools.count(0, 10.0)
    with pytest.raises(FetchError, match="is too slow") as failure:
        fetch_if_changed("http://ministry.example/a", clock=lambda: next(ticking))
    assert failure.value.passing


def test_a_silent_server_runs_out_of_time(web: SmallWeb) -> None:
    silence = threading.Event()

    def silent() -> Iterator[bytes]:
        silence.wait()
        yield b""

    web.page("/a", steps=silent())
    try:
        assert "is too slow" in refused("http://ministry.example/a", limits=replace(LIMITS, idle=0.05))
    finally:
        silence.set()


@pytest.mark.parametrize(
    "steps",
    [
        [b""],
        [b"SSH-2.0-OpenSSH_9.9\r\n"],
        [HEAD + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n0123456789"],
        [HEAD + b"X: " + b"a" * 300_000],
        [b"HTTP/1.1 200 OK\r\n\0\xff: 1\r\n\r\n"],
    ],
    ids=["nothing", "another protocol", "two lengths", "endless header", "broken header"],
)
def test_servers_that_speak_no_http(web: SmallWeb, steps: list[bytes]) -> None:
    web.page("/a", steps=iter(steps))
    assert "broke off" in refused("http://ministry.example/a")


STATUS_LINES = [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\nLocation: ", b"HTTP/1.1 204 No\r\n", b""]
HEADERS = [b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 9\r\n", b"\r\n", b""]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(STATUS_LINES), st.lists(st.sampled_from(HEADERS), max_size=3), st.binary(max_size=60))
def test_whatever_a_server_sends_gives_a_page_or_one_sentence(
    web: SmallWeb, start: bytes, headers: list[bytes], rest: bytes
) -> None:
    web.page("/a", steps=iter([start + b"".join(headers) + rest]))
    try:
        assert fetch("http://ministry.example/a").data
    except SourceError as error:
        assert str(error).startswith("http://ministry.example/a")
