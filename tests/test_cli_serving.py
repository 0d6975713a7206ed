"""``communique serve``: what it listens on, and who may ask."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.web_samples import make_ledger

from cli_door import run

TOKEN = "a-token-that-is-long-enough"


@contextmanager
def serving(ledger: Path, *options: str, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The program at work, with the first line that it prints."""
    command = [sys.executable, "-m", "communique.cli", "serve", "--ledger", str(ledger), "--port", "0", *options]
    known = {**os.environ, **environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=known) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline(), process
        finally:
            process.terminate()


def _asked(address: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_it_shows_the_ledger_to_this_machine_alone(tmp_path: Path) -> None:
    with serving(make_ledger(tmp_path / "ledger.db")) as (line, _):
        (address,) = re.findall(r"http://127\.0\.0\.1:\d+/", line)
        status, page = _asked(address)
        assert status == 200
        assert "United States" in page
        assert _asked(address, Host="evil.example")[0] == 400


def test_wider_it_asks_for_a_token(tmp_path: Path) -> None:
    with serving(make_ledger(tmp_path / "ledger.db"), "--host", "0.0.0.0", COMMUNIQUE_TOKEN=TOKEN) as (line, _):
        (address,) = re.findall(r"http://localhost:\d+/", line)
        assert _asked(f"{address}api/ledger")[0] == 401
        assert _asked(f"{address}api/ledger", Authorization=f"Bearer {TOKEN}")[0] == 200


def test_behind_another_server_it_asks_for_a_token(tmp_path: Path) -> None:
    """A proxy on this machine asks from this machine, too: whom it asks for, nobody knows."""
    named = ("--name", "ledger.example.org")
    with serving(make_ledger(tmp_path / "ledger.db"), *named, COMMUNIQUE_TOKEN=TOKEN) as (line, _):
        (address,) = re.findall(r"http://127\.0\.0\.1:\d+/", line)
        about = {"Host": "ledger.example.org"}
        assert _asked(f"{address}api/ledger", **about)[0] == 401
        assert _asked(f"{address}api/ledger", **about, Authorization=f"Bearer {TOKEN}")[0] == 200


def test_without_a_token_it_makes_one(tmp_path: Path) -> None:
    with serving(make_ledger(tmp_path / "ledger.db"), "--host", "0.0.0.0") as (_, process):
        assert process.stdout is not None
        assert re.fullmatch(r"Token to log in: \S{32}\n", process.stdout.readline())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--ledger", "none.db"), "No ledger at none.db"),
        (("--host", "203.0.113.7"), "Can't listen on 203.0.113.7"),
    ],
)
def test_what_can_not_be_served_is_told_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_ledger(tmp_path / "ledger.db", empty=True)
    result = run("serve", *arguments)
    assert result.code in (1, 2)
    assert said in result.err


def test_a_short_token_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_TOKEN", "short")
    result = run("serve", "--ledger", str(make_ledger(tmp_path / "l.db", empty=True)), "--host", "0.0.0.0")
    assert result.code == 2
    assert "too short" in result.err
