"""What the web application repels: markup in documents, other sites' forms, foreign hosts, strangers."""

import base64
import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.web_forms import fields, login
from tests.web_samples import HARM, client, make_ledger, markup

from communique.api import Ledger
from communique.model import LedgerError
from communique.web import create_app
from communique.web.guard import POLICY, TRIES
from communique.web.visitors import SESSION_SECONDS, Signatures

TOKEN = "a-token-that-is-long-enough"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")


def _everything(path: Path) -> list[str]:
    with Ledger(path, read_only=True) as ledger:
        entries = [f"/entries/{entry.id}" for entry in ledger.entries()]
        documents = [f"/documents/{one.id}" for one in ledger.documents()]
    lists = ["/", "/relationships", "/entries", "/documents", "/actors", "/changes", "/search?q=signed"]
    pair = ["/relationships/IN/JP", "/relationships/IN/JP/timeline"]
    return [*lists, *pair, *entries, *(f"{entry}/why" for entry in entries), *documents]


def test_the_words_of_documents_are_never_markup(path: Path) -> None:
    """No page has an element, an attribute or an address that only the hostile document could have brought."""
    with client(path) as asker:
        for page in _everything(path):
            text = asker.get(page).text
            assert HARM not in text
            for tag, attributes in markup(text):
                assert tag not in ("img", "iframe", "object", "embed")
                assert tag != "script" or re.fullmatch(r"/static/\w+\.js", str(attributes.get("src")))
                assert tag != "script" or attributes.keys() == {"src", "defer"}
                assert not any(name.startswith("on") or name == "style" for name in attributes), (page, tag)
                for name in ("href", "src", "action"):
                    assert not str(attributes.get(name, "")).strip().lower().startswith(("javascript", "data:", "//"))


@pytest.mark.parametrize(
    "page",
    [
        "/search?q={}",
        "/search?q=signed&publisher={}",
        "/entries?party={}",
        "/entries?stage={}",
        "/entries/{}",
        "/documents/{}",
        "/documents?publisher={}",
        "/actors/person/{}",
        "/relationships/{}/IN",
        "/relationships/US/IN?as-of={}",
        "/nothing/{}",
    ],
)
def test_what_an_address_says_is_never_markup(path: Path, page: str) -> None:
    with client(path) as asker:
        for words in (HARM, "' OR 1=1 --", '"; DROP TABLE entries; --', "\x00", "%", "*", '"', "../../etc/passwd"):
            answer = asker.get(page.format(quote(words, safe="")))
            assert answer.status_code in (200, 303, 400, 404), (page, words)
            assert HARM not in answer.text
            assert not any(tag in ("img", "iframe") for tag, _ in markup(answer.text))


def test_every_answer_has_the_headers_of_safety(path: Path) -> None:
    with client(path) as asker:
        for page in ("/", "/nothing", "/entries?kind=x", "/static/style.css", "/api/ledger", "/api/nothing"):
            headers = asker.get(page).headers
            assert headers["content-security-policy"] == POLICY
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert headers["referrer-policy"] == "same-origin"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_a_fault_is_told_without_its_causes(path: Path) -> None:
    app = create_app(path)
    app.state.desk.ledger = None  # nothing can be asked any more
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as asker:
        answer = asker.get("/entries")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::2]"])
def test_other_hosts_are_refused(path: Path, host: str) -> None:
    with client(path) as asker:
        assert asker.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:9", "[::1]:8765"])
def test_this_machine_may_ask(path: Path, host: str) -> None:
    with client(path) as asker:
        assert asker.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed_by_asking(path: Path, method: str) -> None:
    with client(path) as asker:
        for page in ("/", "/entries", "/api/entries"):
            assert asker.request(method, page, content=b"x").status_code == 405


def test_without_a_ledger_nothing_is_shown(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="communique add"):
        create_app(tmp_path / "none.db")


def test_a_token_is_asked_for_where_others_can_ask(path: Path) -> None:
    with client(path, token=TOKEN) as asker:
        asked = asker.get("/entries?kind=agreement")
        assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=/entries%3Fkind%3Dagreement")
        assert "/entries" not in [tag[1].get("href") for tag in markup(asker.get("/login").text)]
        assert asker.get("/api/entries").status_code == 401
        assert asker.get("/relationships/US/IN/dates.ics").status_code == 401
        assert asker.get("/static/style.css").status_code == 200
        wrong = login(asker, "wrong", next="/entries")
        assert wrong.status_code == 403
        right = login(asker, TOKEN, next="/entries")
        assert (right.status_code, right.headers["location"]) == (303, "/entries")
        cookie = right.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert f"max-age={SESSION_SECONDS}" in cookie
        assert asker.get("/entries").status_code == 200


def test_the_session_travels_encrypted_where_pages_do(path: Path) -> None:
    app = create_app(path, token=TOKEN)
    with TestClient(app, base_url="https://localhost", follow_redirects=False) as asker:
        assert "secure" in login(asker, TOKEN).headers["set-cookie"].lower()


def test_programs_show_the_token_with_each_request(path: Path) -> None:
    basic = base64.b64encode(f"anybody:{TOKEN}".encode()).decode()
    with client(path, token=TOKEN) as asker:
        assert asker.get("/api/ledger", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert (
            asker.get("/relationships/US/IN/dates.ics", headers={"Authorization": f"Basic {basic}"}).status_code == 200
        )
        for wrong in ("Bearer wrong", "Basic !!!", "Basic d3Jvbmc="):
            assert asker.get("/api/ledger", headers={"Authorization": wrong}).status_code == 401


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_login_leads_nowhere_else(path: Path, wanted: str) -> None:
    with client(path, token=TOKEN) as asker:
        assert login(asker, TOKEN, next=wanted).headers["location"] == "/"


def test_guessing_is_held_back(path: Path) -> None:
    with client(path, token=TOKEN) as asker:
        for _ in range(TRIES):
            assert login(asker, "wrong").status_code == 403
        assert login(asker, TOKEN).status_code == 429
        assert asker.get("/api/ledger", headers={"Authorization": "Bearer wrong"}).status_code == 429


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused(path: Path, headers: dict[str, str]) -> None:
    with client(path, token=TOKEN) as asker:
        assert login(asker, TOKEN, headers=headers).status_code == 403


def test_nobody_is_logged_in_by_a_page_that_is_not_ours(path: Path) -> None:
    """Who knows the token could have others decide under a name of theirs."""
    with client(path, token=TOKEN) as asker, client(path, token=TOKEN) as other:
        stolen = fields(other.get("/login").text, "/login")["form-key"]
        asker.get("/login")
        for key in ({}, {"form-key": ""}, {"form-key": "made.up"}, {"form-key": stolen}):
            refused = asker.post("/login", data={"token": TOKEN, "by": "Mallory"} | key)
            assert (refused.status_code, "communique=" in refused.headers.get("set-cookie", "")) == (403, False)
        assert asker.get("/entries").headers["location"].startswith("/login")
        assert login(asker, TOKEN, by="Ann").status_code == 303
        assert asker.get("/entries").status_code == 200


def test_forms_have_a_size(path: Path) -> None:
    with client(path, token=TOKEN) as asker:
        assert asker.post("/login", data={"token": "x" * 100_000}).status_code == 413


def test_sessions_end_and_can_not_be_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Signatures()
    session = ours.session("Ann", entered=True)
    assert ours.opened(session) == ("Ann", True)
    other = session[:-10] + ("B" if session[-10] == "A" else "A") + session[-9:]
    for made_up in (other, session.replace(".", ".x", 1), "", "Ann.True", "9999999999."):
        assert ours.opened(made_up) == ("", False)
    assert Signatures().opened(session) == ("", False)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + SESSION_SECONDS + 2)
    assert ours.opened(session) == ("Ann", False)
