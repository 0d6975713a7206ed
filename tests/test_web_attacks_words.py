"""What is typed into addresses and forms: words that are SQL, and forms that other sites send."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from tests.web_attackers import INJECTIONS, STATUSES, hostile_ledger
from tests.web_samples import HARM, client

from communique.api import Ledger
from communique.web import create_app


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_ledger(tmp_path_factory.mktemp("web") / "ledger.db")


@pytest.fixture(scope="module")
def asker(path: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


def _questions(path: Path) -> list[tuple[str, list[str], list[str]]]:
    """All pages and answers that can be asked for, with the parts of their addresses and their parameters."""
    found = []
    for router in create_app(path).routes:
        for route in getattr(getattr(router, "original_router", None), "routes", ()):
            found += [one for one in _routes(route) if "GET" in (one.methods or ())]
    return [(one.path, [part.alias for part in one.dependant.path_params], _asked(one.dependant)) for one in found]


def _routes(route: Any) -> list[APIRoute]:
    """The routes that a route includes, itself where it includes none."""
    if isinstance(route, APIRoute):
        return [route]
    included = getattr(getattr(route, "original_router", None), "routes", ())
    return [one for inner in included for one in _routes(inner)]


def _asked(dependant: Any) -> list[str]:
    own = [parameter.alias for parameter in dependant.query_params]
    return own + [name for inner in dependant.dependencies for name in _asked(inner)]


def _forms(path: Path) -> list[str]:
    """The addresses that forms are sent to."""
    found = []
    for router in create_app(path).routes:
        for route in getattr(getattr(router, "original_router", None), "routes", ()):
            found += [one.path for one in _routes(route) if "POST" in (one.methods or ())]
    return found


def test_no_form_is_taken_that_a_page_of_ours_in_the_same_browser_did_not_send(path: Path) -> None:
    """Forms of other sites, without a key, with a made-up one, and with the key of another browser change nothing."""
    with Ledger(path, read_only=True) as ledger:
        before = ledger.counts(), len(ledger.decisions())
        entry = ledger.entries()[0].id
    forms = _forms(path)
    assert len(forms) >= 5
    with client(path) as asker, client(path) as other:
        (stolen,) = set(re.findall(r'name="form-key" value="([^"]+)"', other.get("/add").text))
        asker.get("/add")
        for form in forms:
            address = re.sub(r"\{number\}", "1", form).replace("{entry_id}", entry)
            address = re.sub(r"\{[^}]+\}", "x", address)
            typed = {"by": "Eve", "why": "because", "text": "India and Japan met.", "name": "Eve", "what": "confirm"}
            for key in ({}, {"form-key": "made.up"}, {"form-key": stolen}, {"form-key": ""}):
                assert asker.post(address, data=typed | key).status_code == 403, (form, key)
            (own,) = set(re.findall(r'name="form-key" value="([^"]+)"', asker.get("/add").text))
            for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
                sent = asker.post(address, data=typed | {"form-key": own}, headers=headers)
                assert sent.status_code == 403, (form, headers)
            assert asker.get(address, params=typed).status_code in (200, 303, 400, 404, 405)
    with Ledger(path, read_only=True) as ledger:
        assert before == (ledger.counts(), len(ledger.decisions()))


def test_no_word_is_sql(path: Path) -> None:
    """Every part of an address and every parameter takes anything, and gives no more than it would for a plain word."""
    with Ledger(path, read_only=True) as ledger:
        before = ledger.counts(), [entry.id for entry in ledger.entries()]
        known = {"entry_id": ledger.entries()[0].id, "document_id": ledger.documents()[0].id, "kind": "state"}
    known |= {"one": "IN", "other": "JP", "name": "IN", "form": "json"}
    app = create_app(path)
    with TestClient(app, base_url="http://localhost", follow_redirects=False, raise_server_exceptions=False) as asker:
        addresses = [one for question in _questions(path) for one in _attacked(*question, known)]
        assert len(addresses) > 500
        for address, words in addresses:
            _check(asker, address, words)
    with Ledger(path, read_only=True) as ledger:
        assert before == (ledger.counts(), [entry.id for entry in ledger.entries()])
        assert ledger.check() == []


def _attacked(
    address: str, parts: list[str], parameters: list[str], known: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Addresses with words that are no values, in each part of it, in all parameters at once, and in each alone."""

    def made(**given: str) -> str:
        return address.format(**{part: quote(given.get(part, known.get(part, "x")), safe="") for part in parts})

    for number, words in enumerate(INJECTIONS):
        if number % 4 == 0:
            for part in parts:
                yield made(**{part: words[:2000]}), words
        if parameters:
            yield f"{made()}?{'&'.join(f'{name}={quote(words)}' for name in parameters)}", words
    for name in parameters:
        for words in INJECTIONS[:1]:
            yield f"{made()}?{name}={quote(words)}", words


def _check(asker: TestClient, address: str, words: str) -> None:
    answer = asker.get(address)
    assert answer.status_code in STATUSES, (answer.status_code, address[:200], answer.text[:500])
    assert HARM not in answer.text or answer.headers["content-type"].startswith("application/json")
    assert "49" not in answer.text or "{{7*7}}" not in words or answer.status_code != 400
    assert "sqlite" not in answer.text.lower() or "sqlite" in words


@pytest.mark.parametrize("words", ["' OR '1'='1", "US' --", '" OR ""="', "%", "_", "x%' OR 1=1 --"])
def test_conditions_stay_conditions(asker: TestClient, words: str) -> None:
    """What is no party, publisher or stage gives nothing at all."""
    given = quote(words)
    for question in (f"documents?publisher={given}", f"entries?stage={given}"):
        assert asker.get(f"/api/{question}").json()["total"] == 0
    assert asker.get(f"/api/entries?party={given}").json().get("total", 0) == 0
    assert asker.get(f"/api/entries/{given}").status_code == 404
    assert asker.get(f"/api/documents/{given}").status_code == 404
