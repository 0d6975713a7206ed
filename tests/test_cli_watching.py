"""``communique watch`` as users run it, over a small web of this machine."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from cli_door import run
from communique.api import visiting
from small_web import SmallWeb, serving

READOUT = """<html><head><title>Ministers meet in Oslo</title></head><body><article><p>The foreign ministers of Norway
and Japan met in Oslo on Tuesday and signed an agreement on fisheries.</p></article></body></html>"""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallWeb]:
    monkeypatch.setattr(visiting, "SITE_DELAY", 0.0)
    small = SmallWeb()
    with serving(small):
        yield small


def sources(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_new_is_read_once(web: SmallWeb, tmp_path: Path) -> None:
    web.page("/feed", f"<rss><item><link>{web.at('/one')}</link><pubDate>1 Jul 2025</pubDate></item></rss>")
    web.page("/one", READOUT)
    path = sources(tmp_path, f'[[source]]\nfeed = "{web.at("/feed")}"\npublisher = "The Ministry"\n')
    given = ("watch", path, "--once", "--allow-private", "--ledger", tmp_path / "ledger.db", "--format", "json")
    first = run(*given)
    assert (first.code, first.err) == (0, "")
    told = json.loads(first.out)
    (source,) = told["sources"]
    (added,) = source.pop("added")
    assert added.pop("document_id").startswith("D-")
    assert added.pop("records") > 0
    assert added == {"path": web.at("/one"), "outcome": "new"}
    expected = {"source": web.at("/feed"), "kind": "feed", "looked": True, "problem": None, "next_at": None}
    assert source == expected | {"waiting": 0, "failed": []}
    assert datetime.fromisoformat(told["at"]).tzinfo is not None
    again = json.loads(run(*given).out)
    assert again["sources"][0]["added"] == []
    listed = json.loads(run("list", "agreement", "--ledger", tmp_path / "ledger.db", "--format", "json").out)
    assert "The Ministry" in json.dumps(listed)


def test_a_source_that_fails_is_named_and_the_others_go_on(web: SmallWeb, tmp_path: Path) -> None:
    web.page("/feed", "<rss></rss>")
    web.page("/broken", "no feed")
    path = sources(tmp_path, f'[[source]]\nfeed = "{web.at("/broken")}"\n[[source]]\nfeed = "{web.at("/feed")}"\n')
    done = run("watch", path, "--once", "--allow-private", "--ledger", tmp_path / "ledger.db")
    assert done.code == 1
    assert "2 of 2 sources looked at." in done.out
    assert f"  failed: {web.at('/broken')} is no feed and no sitemap" in done.out
    assert "It is tried again after" in done.out
    assert "/feed" in web.paths()


def test_private_addresses_are_refused_unless_allowed(web: SmallWeb, tmp_path: Path) -> None:
    path = sources(tmp_path, f'[[source]]\npage = "{web.at("/")}"\n')
    done = run("watch", path, "--once", "--ledger", tmp_path / "ledger.db")
    assert done.code == 1
    assert "127.0.0.1 is no public host (127.0.0.1); give --allow-private if that is meant" in done.out
    assert web.asked == []


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "lists no source"), ("[[source]]\nfeed = 'x'", "source 1 (x): feed is no address of the web")],
)
def test_a_list_at_fault_is_refused_before_anything_happens(tmp_path: Path, text: str, said: str) -> None:
    done = run("watch", sources(tmp_path, text), "--once", "--ledger", tmp_path / "ledger.db")
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (tmp_path / "ledger.db").exists()


def test_it_goes_on_until_it_is_stopped(web: SmallWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        if seconds >= 1:
            slept.append(seconds)
            if len(slept) == 2:
                raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)
    web.page("/feed", "<rss></rss>")
    path = sources(tmp_path, f'[[source]]\nfeed = "{web.at("/feed")}"\n')
    done = run("watch", path, "--allow-private", "--ledger", tmp_path / "ledger.db", "--format", "json")
    assert done.code == 0
    assert (
        done.err == "communique: Stopped: what was read stays in the ledger, and the same command goes on from there.\n"
    )
    rounds = [json.loads(line) for line in done.out.splitlines()]
    assert [one["sources"][0]["looked"] for one in rounds] == [True, False]
    assert 1700 < slept[0] <= 1800


def test_the_example_of_the_manual_is_a_list_of_sources(tmp_path: Path) -> None:
    from communique.sources.watchlist import WatchKind, read_watchlist

    manual = (Path(__file__).parent.parent / "docs" / "watching.md").read_text(encoding="utf-8")
    example = manual.split("```toml\n", 1)[1].split("```", 1)[0]
    found = read_watchlist(sources(tmp_path, example))
    assert {source.kind for source in found} == set(WatchKind)
