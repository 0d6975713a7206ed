"""What comes over the wire: other hosts, paths that climb, requests too large, lines split, guesses, packed bombs."""

import gzip
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from benchmarks.screenshots import served
from starlette.testclient import TestClient
from tests.web_attackers import STATUSES, hostile_ledger
from tests.web_forms import login
from tests.web_samples import client

from communique.web.guard import TRIES

TOKEN = "a-token-that-is-long-enough"
WAIT = 5
"""Seconds after which a server that says nothing is left."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_ledger(tmp_path_factory.mktemp("web") / "ledger.db")


@pytest.fixture(scope="module")
def asker(path: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


@pytest.fixture(scope="module")
def base(path: Path) -> Iterator[str]:
    with served(path) as address:
        yield address


def _sent(base: str, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """What the server answers to these very bytes: status, headers and body; 0 where it hangs up."""
    parts = urlsplit(base)
    with socket.create_connection((parts.hostname, parts.port), timeout=WAIT) as connection:
        answer = b""
        try:
            connection.sendall(request)
            while not _is_whole(answer) and (more := connection.recv(65536)):
                answer += more
        except (TimeoutError, ConnectionError):  # it waits for what never comes, or has heard enough
            pass
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split()[1]) if lines[0] else 0, headers, body


def _is_whole(answer: bytes) -> bool:
    """Whether an answer with a length has come to its end; a connection may stay open after it."""
    head, found, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    return bool(found and length) and len(body) >= int(length[1])


def _get(target: str, *lines: str, host: str = "localhost") -> bytes:
    return "\r\n".join((f"GET {target} HTTP/1.1", f"Host: {host}", *lines, "Connection: close", "", "")).encode(
        "latin-1"
    )


@pytest.mark.parametrize(
    "target",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/%00style.css",
        "/static/style.css/../../app.py",
        "/static/",
        "/static",
        "/../../etc/passwd",
        "/documents/../../../etc/passwd",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/%2e%2e/revisions",
        "/entries/..%2f..%2fetc%2fpasswd",
        "/api/documents/..%2f..%2fetc%2fpasswd",
        "/api/documents/%2fetc%2fpasswd",
        "/actors/person/..%2f..%2fetc%2fpasswd",
    ],
)
def test_paths_do_not_climb(base: str, target: str) -> None:
    status, _, body = _sent(base, _get(target))
    assert status in (400, 404, 405, 307), target
    assert b"root:" not in body
    assert b"create_app" not in body


@pytest.mark.parametrize(
    ("request_line", "lines"),
    [
        ("GET / HTTP/1.1", ["Host: evil.example"]),
        ("GET / HTTP/1.1", ["Host: evil.example", "X-Forwarded-Host: localhost"]),
        ("GET / HTTP/1.1", ["Host: localhost.evil.example"]),
        ("GET / HTTP/1.1", ["Host: localhost@evil.example"]),
        ("GET / HTTP/1.1", ["Host: evil.example:80@localhost"]),
        ("GET / HTTP/1.1", ["Host: localhost#.evil.example"]),
        ("GET / HTTP/1.1", ['Host: localhost:8000"><script>']),
        ("GET / HTTP/1.1", ["Host: localhost", "Host: evil.example"]),
        ("GET / HTTP/1.1", ["Host: "]),
        ("GET / HTTP/1.1", []),
        ("GET / HTTP/1.0", []),
        ("GET http://localhost/ HTTP/1.1", ["Host: evil.example"]),
    ],
)
def test_other_hosts_are_refused(base: str, request_line: str, lines: list[str]) -> None:
    """A name that somebody has lead to this machine (DNS rebinding) is no name of this ledger."""
    status, headers, body = _sent(base, "\r\n".join([request_line, *lines, "Connection: close", "", ""]).encode())
    assert status in (400, 404)
    assert b"evil" not in body
    assert "evil" not in headers.get("location", "")


@pytest.mark.parametrize(
    "lines",
    [
        ["X-Forwarded-Host: eve.example"],
        ["X-Forwarded-Server: eve.example", "Forwarded: host=eve.example"],
        ["X-Original-URL: /login", "X-Rewrite-URL: /login"],
        ["X-HTTP-Method-Override: DELETE"],
    ],
)
def test_nobody_else_says_where_pages_stand(base: str, lines: list[str]) -> None:
    for page in ("/relationships/IN/JP/changes.atom", "/relationships/IN/JP/dates.ics", "/"):
        status, _, body = _sent(base, _get(page, *lines))
        assert status == 200
        assert b"eve.example" not in body


@pytest.mark.parametrize(
    "request_bytes",
    [
        _get("/" + "a" * 100_000),
        _get("/?" + "a=b&" * 30_000),
        _get("/", *(f"X-{number}: {'y' * 900}" for number in range(200))),
        _get("/", "X: " + "y" * 200_000),
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\nabc",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\nabc",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nabc",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 400,
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_too_large_or_no_request_is_refused(base: str, request_bytes: bytes) -> None:
    status, _, body = _sent(base, request_bytes)
    # the body of a GET is not looked at, nor the number of a version that is spoken alike
    assert status < 500 and (status != 200 or request_bytes.startswith((b"GET / HTTP", b"GET /?")))
    assert b"Traceback" not in body
    assert _sent(base, _get("/"))[0] == 200


@pytest.mark.parametrize(
    "words", ["x\r\nSet-Cookie: a=b", "x\nLocation: //evil.example", "\r\n\r\n<script>", "\u560d\u560a"]
)
def test_headers_are_not_split(asker: TestClient, words: str) -> None:
    for page in (
        "/actors/state/{}",
        "/relationships/{}/IN",
        "/relationships/US/IN?as-of={}",
        "/documents/{}",
        "/entries/{}",
    ):
        answer = asker.get(page.format(quote(words)))
        assert "set-cookie" not in answer.headers or "a=b" not in answer.headers["set-cookie"]
        assert answer.status_code in STATUSES
        assert "evil" not in answer.headers.get("location", "")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_guesses_are_counted_whoever_they_say_they_come_from(path: Path, header: str) -> None:
    with client(path, token=TOKEN) as asker:
        for number in range(TRIES):
            login(asker, "wrong", headers={header: f"203.0.113.{number}"})
        last = login(asker, TOKEN, headers={header: "203.0.113.99"})
        assert last.status_code == 429


@pytest.mark.parametrize(
    "wanted",
    [
        "/\t/evil.example",
        "/\r\n/evil.example",
        "///evil.example",
        "/\\/evil.example",
        "\\\\evil.example",
        " //evil.example",
    ],
)
def test_a_login_leads_nowhere_else(path: Path, wanted: str) -> None:
    with client(path, token=TOKEN) as asker:
        answer = login(asker, TOKEN, next=wanted)
        place = answer.headers["location"]
        assert place.startswith("/")
        assert not place.startswith(("//", "/\\"))
        assert not set(place) & set("\t\r\n\\")


def test_strangers_learn_nothing_from_what_is_unchanged(path: Path) -> None:
    """Whether a page has changed is told only to those who may see it; nothing that they see is kept for others."""
    with client(path, token=TOKEN) as asker:
        for page in ("/", "/entries", "/api/entries", "/relationships/US/IN/dates.ics", "/api/openapi.json"):
            answer = asker.get(page, headers={"If-None-Match": "*"})
            assert answer.status_code in (303, 401)
            assert "etag" not in answer.headers
        login(asker, TOKEN)
        for page in ("/", "/entries", "/api/entries", "/relationships/US/IN/dates.ics"):
            headers = asker.get(page).headers
            assert "private" in headers["cache-control"] or "no-store" in headers["cache-control"]
            assert headers["etag"].startswith('W/"')
        assert "no-store" in asker.get("/nothing").headers["cache-control"]


def test_packed_answers_say_so_and_packed_requests_are_not_unpacked(path: Path) -> None:
    with client(path, token=TOKEN) as asker:
        bomb = gzip.compress(b"token=" + TOKEN.encode() + b"&" + b"a" * 10_000_000)
        asked = asker.post("/login", content=bomb, headers={"Content-Encoding": "gzip"})
        assert asked.status_code in (400, 403, 413, 415)
        login(asker, TOKEN)
        packed = asker.get("/", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in packed.headers["vary"].lower()
        plain = asker.get("/", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.text == packed.text
        same = asker.get("/", headers={"If-None-Match": packed.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")


def test_methods_that_nobody_needs_are_refused(base: str) -> None:
    for method in ("TRACE", "CONNECT", "PROPFIND", "DELETE", "PUT"):
        status, _, body = _sent(base, _get("/").replace(b"GET", method.encode(), 1))
        assert status in (400, 403, 405, 413), method
        assert b"TRACE / HTTP" not in body


def test_other_sites_get_no_permission_to_read(asker: TestClient) -> None:
    for page in ("/", "/api/entries", "/api/openapi.json", "/static/style.css"):
        headers = asker.get(page, headers={"Origin": "https://evil.example"}).headers
        assert not [name for name in headers if name.lower().startswith("access-control-")]
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_the_description_tells_nothing_of_the_machine(path: Path, asker: TestClient) -> None:
    described = json.dumps(asker.get("/api/openapi.json").json())
    assert str(path) not in described
    assert "/home/" not in described
