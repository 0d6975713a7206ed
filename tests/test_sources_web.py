"""Pages of the web: what is fetched, and what is refused."""

import ssl

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from communique.sources import web as fetching
from communique.sources.refusals import FetchError
from communique.sources.web import Validators, address_fault, fetch, fetch_if_changed
from small_web import PUBLIC, SmallWeb, refused, reroute, serving, zipped


def test_a_page_is_fetched_politely(web: SmallWeb) -> None:
    web.page("/readout", "<p>They met.</p>", headers={"Content-Type": "text/html; charset=utf-8"})
    item = fetch("http://ministry.example/readout#top")
    assert item.data == b"<p>They met.</p>"
    assert item.media_type == "text/html; charset=utf-8"
    assert (item.name, item.url) == ("http://ministry.example/readout#top", "http://ministry.example/readout")
    (asked,) = web.asked
    assert asked.host == "ministry.example"
    assert asked.headers["user-agent"].startswith("communique/")
    assert "authorization" not in asked.headers
    assert web.connected == [PUBLIC]


def test_proxies_of_the_environment_are_not_used(web: SmallWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    web.page("/a", "text")
    assert fetch("http://ministry.example/a").data == b"text"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://ministry.example/a", "has to begin with http"),
        ("file:///etc/passwd", "has to begin with http"),
        ("gopher://ministry.example/", "has to begin with http"),
        ("data:text/html,hello", "has to begin with http"),
        ("http:///path", "names no host"),
        ("http://user:secret@ministry.example/", "carries a user name or password"),
        ("http://user@ministry.example/", "carries a user name or password"),
        ("http://ministry.example:99999999/", "is no address"),
        ("http://ministry.example/\x00", "is no address"),
        ("http://[::1/", "is no address"),
        ("http://ministry.example/" + "a" * 9000, "is longer than"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused_before_anybody_is_asked(web: SmallWeb, url: str, said: str) -> None:
    assert said in refused(url)
    assert web.connected == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fd00::1]",
        "[ff02::1]",
        "[::]",
    ],
)
def test_addresses_that_are_not_public_are_refused(web: SmallWeb, host: str) -> None:
    said = refused(f"http://{host}:{web.port}/")
    assert "is no public host" in said or "there is no host" in said
    assert web.connected == []


def test_a_name_of_a_private_address_is_refused_and_a_private_address_may_be_allowed(web: SmallWeb) -> None:
    web.names["intranet.example"] = ["10.1.2.3"]
    assert "intranet.example is no public host (10.1.2.3)" in refused("http://intranet.example/")
    web.page("/a", "text")
    assert fetch(web.at("/a"), allow_private=True).data == b"text"


def test_the_address_that_was_checked_is_the_one_connected_to(web: SmallWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that gives a public address first and a private one afterwards gains nothing."""
    import socket

    answers = iter([PUBLIC, "127.0.0.1", "127.0.0.1"])
    looked_up: list[str] = []

    def rebinding(host: str, port: int, **_: object) -> list[object]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connecting(_: object, host: str, *__: object) -> None:
        web.connected.append(host)
        raise ZeroDivisionError  # far enough: this is where the connection would be made

    monkeypatch.setattr("communique.sources.connecting.socket.getaddrinfo", rebinding)
    monkeypatch.setattr("httpcore2.SyncBackend.connect_tcp", connecting)
    with pytest.raises(ZeroDivisionError):
        fetch("http://rebinding.example/")
    assert looked_up == ["rebinding.example"]
    assert web.connected == [PUBLIC]


def test_of_several_addresses_only_public_ones_are_tried(web: SmallWeb) -> None:
    web.names["mixed.example"] = ["192.168.0.1", PUBLIC]
    web.page("/a", "text")
    assert fetch("http://mixed.example/a").data == b"text"
    assert web.connected == [PUBLIC]


def test_a_host_that_does_not_exist(web: SmallWeb) -> None:
    web.names["nowhere.example"] = []
    assert "there is no host nowhere.example" in refused("http://nowhere.example/")


def test_a_host_that_refuses_the_connection(web: SmallWeb) -> None:
    assert "takes no connection" in refused("http://127.0.0.1:1/", allow_private=True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(web: SmallWeb, status: int) -> None:
    web.page("/old", status=status, headers={"Location": "new/./page"})
    web.page("/new/page", "text")
    item = fetch("http://ministry.example/old")
    assert (item.data, item.url) == (b"text", "http://ministry.example/new/page")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is no public host"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is no public host"),
        ("//[::1]/", "is no public host"),
        ("http://inside.example/", "inside.example is no public host (10.0.0.7)"),
        ("file:///etc/passwd", "has to begin with http"),
        ("ftp://ministry.example/", "has to begin with http"),
        ("http://user:secret@ministry.example/", "carries a user name or password"),
        ("", "was not handed out (302)"),
        ("/from", "leads in a circle"),
        ("/from#elsewhere", "leads in a circle"),
        ("/there", "leads in a circle"),
    ],
)
def test_redirects_that_are_refused(web: SmallWeb, place: str, said: str) -> None:
    web.names["inside.example"] = ["10.0.0.7"]
    web.page("/from", status=302, headers={"Location": place})
    web.page("/there", status=302, headers={"Location": "/from"})
    assert said in refused("http://ministry.example/from")
    assert set(web.connected) == {PUBLIC}


def test_redirects_without_end(web: SmallWeb) -> None:
    for number in range(12):
        web.page(f"/{number}", status=302, headers={"Location": f"/{number + 1}"})
    assert "is redirected more than 8 times" in refused("http://ministry.example/0")
    assert len(web.asked) == 9


@pytest.mark.parametrize(
    ("status", "headers", "said", "passing", "wait"),
    [
        (401, {}, "asks for a user name and password", False, None),
        (403, {}, "may not be read by programs (403)", False, None),
        (404, {}, "does not exist (404): check the address", False, None),
        (410, {}, "was taken down (410)", False, None),
        (418, {}, "was not handed out (418): open it in a browser", False, None),
        (429, {"Retry-After": "120"}, "too often (429): try again in 2 minutes", True, 120),
        (429, {"Retry-After": "soon"}, "too often (429): try again later", True, None),
        (429, {}, "too often (429): try again later", True, None),
        (503, {"Retry-After": "7200"}, "can't be served now (503): try again in 2 hours", True, 7200),
        (503, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, "try again in 0 seconds", True, 0),
        (503, {"Retry-After": "9" * 400}, "try again in 168 hours", True, 604800),
        (503, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 -0333333333333400"}, "try again later", True, None),
        (500, {}, "was not handed out (500): its server is at fault", True, None),
        (304, {}, "was not handed out (304)", False, None),
    ],
)
def test_what_a_server_refuses(
    web: SmallWeb, status: int, headers: dict[str, str], said: str, passing: bool, wait: float | None
) -> None:
    web.page("/a", "no", status=status, headers=headers)
    with pytest.raises(FetchError) as failure:
        fetch("http://ministry.example/a")
    assert said in str(failure.value)
    assert (failure.value.passing, failure.value.retry_after) == (passing, wait)


def test_an_unchanged_page_is_not_sent_again(web: SmallWeb) -> None:
    def versioned(asked: object) -> object:
        from small_web import Answer

        seen = web.asked[-1].headers
        same = seen.get("if-none-match") == '"v1"' and seen.get("if-modified-since") == "Tue, 01 Jul 2025 10:00:00 GMT"
        headers = {"ETag": '"v1"', "Last-Modified": "Tue, 01 Jul 2025 10:00:00 GMT"}
        return Answer(status=304, headers=headers) if same else Answer(b"text", headers=headers)

    web.pages["/a"] = versioned  # type: ignore[assignment]
    first = fetch_if_changed("http://ministry.example/a")
    assert first is not None
    assert first.validators == Validators('"v1"', "Tue, 01 Jul 2025 10:00:00 GMT")
    assert fetch_if_changed("http://ministry.example/a", first.validators) is None
    assert fetch_if_changed("http://ministry.example/a", Validators('"v0"')) is not None


def test_packed_pages_are_unpacked(web: SmallWeb) -> None:
    text = b"The ministers met. " * 1000
    for path, body in {"/one": zipped(text), "/two": zipped(text[:700]) + zipped(text[700:]) + b"\0\0"}.items():
        web.page(path, body, headers={"Content-Encoding": "gzip"})
        assert fetch(f"http://ministry.example{path}").data == text


def test_https_trusts_the_name_and_not_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("ministry.example").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    small = SmallWeb()
    small.page("/a", "text")
    reroute(small, monkeypatch)
    monkeypatch.setattr(fetching, "_tls", lambda: client)
    with serving(small, server):
        assert fetch("https://ministry.example/a").data == b"text"
        assert "certificate" in refused("https://another.example/a")
        monkeypatch.setattr(fetching, "_tls", lambda: ssl.create_default_context())
        assert "can't be trusted" in refused("https://ministry.example/a")
    assert set(small.connected) == {PUBLIC}


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("http://Ministry.Example:80/a", "ministry.example", "/a"),
        ("http://bücher.example/straße?q=ü", "xn--bcher-kva.example", "/stra%C3%9Fe?q=%C3%BC"),
        ("http://ministry.example/a b", "ministry.example", "/a%20b"),
        ("http://ministry.example", "ministry.example", "/"),
        ("http://ministry.example:8080/a", "ministry.example:8080", "/a"),
    ],
)
def test_addresses_as_people_write_them(web: SmallWeb, url: str, host: str, path: str) -> None:
    web.page(path, "text")
    fetch(url)
    assert (web.asked[0].host, web.asked[0].path) == (host, path)


@given(
    st.text(max_size=60) | st.text(max_size=40).map("http://{}".format) | st.text(max_size=40).map("//x:{}@y".format)
)
def test_any_text_is_an_address_or_has_a_fault(text: str) -> None:
    fault = address_fault(text)
    assert fault is not None or text.lower().startswith(("http://", "https://"))
