"""Deciding, reviewing and adding in a real browser: by the keyboard alone, without scripts, and seen as it happens."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from benchmarks.screenshots import chromium, served
from tests.test_web_browser import SERIOUS
from tests.web_samples import make_ledger

from communique import intake
from communique.api import Ledger
from communique.web import jobs
from ledger_samples import ALL
from stand_in_reader import SIGNED, WALL_SECONDS, replacements, warm

CHROMIUM = chromium()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: install Debian's, or name one in CHROMIUM")
WIDTHS = (360, 800, 1440)
LOOKED_AT = {
    360: ("reject", "separate", "join", "stage", "parties", "money", "promised", "add", "decisions"),
    800: ("confirm", "beside"),
    1440: ("review", "items", "add", "who"),
}
"""Pages that axe-core looks at, each at some width."""
DROP = """([name, text]) => {
    const moved = new DataTransfer();
    moved.items.add(new File([text], name, { type: 'text/plain' }));
    document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: moved, bubbles: true }));
}"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A ledger with doubtful pairs; a reader of one rule reads what is added to it."""
    found = make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")
    with Ledger(found) as ledger:
        for document, records in ALL:
            ledger.add(document, records)
    with pytest.MonkeyPatch.context() as patch, intake.Crew(warm, wall_seconds=WALL_SECONDS):
        for name, replacement in replacements().items():
            patch.setattr(intake, name, replacement)
        patch.setattr(jobs, "Crew", intake.Crew)
        patch.setattr(import_module("communique.resolve.why"), "DOUBTFUL", 4.0)
        yield found


@pytest.fixture(scope="module")
def base(path: Path) -> Iterator[str]:
    with served(path) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Somebody new, whose browser has nothing to complain about."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = context.new_page()
    said: list[str] = []
    found.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    found.on("pageerror", lambda error: said.append(str(error)))
    yield found
    context.close()
    assert said == []


def pages(path: Path) -> dict[str, str]:
    with Ledger(path) as ledger:
        agreements = ledger.entries(kind="agreement", parties=("US", "IN"))
        whole = max(agreements, key=lambda one: len(one.history)).id
        other = next(one.id for one in agreements if one.id != whole)
        transfer = ledger.entries(kind="transfer")[0].id
        promise = ledger.entries(kind="undertaking")[0].id
    return {
        "confirm": f"/entries/{whole}?do=confirm",
        "reject": f"/entries/{whole}?do=reject",
        "separate": f"/entries/{whole}?do=separate",
        "join": f"/entries/{whole}?do=join",
        "beside": f"/entries/{whole}?do=join&with={other}",
        "stage": f"/entries/{whole}?do=correct&field=stage",
        "parties": f"/entries/{whole}?do=correct&field=parties",
        "items": f"/entries/{transfer}?do=correct&field=items",
        "money": f"/entries/{transfer}?do=correct&field=value",
        "promised": f"/entries/{promise}?do=correct&field=refers_to",
        "review": "/review",
        "add": "/add",
        "who": "/who",
        "decisions": "/decisions",
    }


def test_pages_fit_and_have_no_serious_fault_for_those_who_see_or_move_otherwise(
    path: Path, base: str, browser: Any
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width, scheme in zip(WIDTHS, ("dark", "light", "light"), strict=True):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        for name, where in pages(path).items():
            page.goto(base + where)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            if name in LOOKED_AT[width]:
                found = Axe().run(page).response["violations"]
                assert [
                    (one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in SERIOUS
                ] == [], name
        assert all(url.startswith(base) for url in asked)
        page.close()


def test_cases_are_answered_by_keys_alone(path: Path, base: str, page: Any) -> None:
    page.goto(f"{base}/review")
    first = page.url
    page.keyboard.press("s")
    assert page.url == first, "nobody has said yet who decides"
    assert page.evaluate("document.activeElement.name") == "by"
    page.keyboard.type("Ann")
    page.keyboard.press("Tab")
    page.keyboard.type("same words")
    page.keyboard.press("Enter")
    assert page.url == first, "Enter in a field decides nothing"
    page.keyboard.press("Tab")
    page.keyboard.press("d")
    page.wait_for_url("**made=1")
    assert page.locator(".notice").get_by_text("Two things").is_visible()
    for key in ("n", "p"):
        with page.expect_navigation():
            page.keyboard.press(key)
    page.keyboard.press("u")
    page.wait_for_url(first)
    page.wait_for_load_state()
    page.keyboard.press("s")
    page.wait_for_url("**made=3")
    with Ledger(path) as ledger:
        made = [(one.decision.action.value, one.decision.by, one.decision.why) for one in ledger.decisions()]
    assert made == [("different", "Ann", "same words"), ("undo", "Ann", "review"), ("same", "Ann", "review")]


def test_an_entry_is_corrected_by_keys_alone(path: Path, base: str, page: Any) -> None:
    where = pages(path)["items"].partition("?")[0]
    page.goto(base + where)
    page.keyboard.press("e")
    page.wait_for_url("**do=correct**")
    page.get_by_role("link", name="items", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**field=items**")
    rows = page.locator("[data-rows] > *")
    before = rows.count()
    rows.last.locator("input").first.focus()
    page.keyboard.type("MQ-9B")
    assert rows.count() == before + 1, "the list grows as it is filled"
    page.keyboard.press("Tab")
    page.keyboard.type("31")
    page.get_by_label("Your name").focus()
    page.keyboard.type("Ben")
    page.keyboard.press("Enter")
    page.get_by_label("What was decided").get_by_text("Items set to").wait_for()
    assert page.locator(".fields").get_by_text("31 MQ-9B").is_visible()
    page.get_by_label("What was decided").get_by_role("button", name="Undo decision").press("Enter")
    page.get_by_label("What was decided").get_by_text("Undid decision").wait_for()
    assert not page.locator(".fields").get_by_text("31 MQ-9B").is_visible()


def test_files_are_dropped_and_their_reading_followed(base: str, page: Any) -> None:
    page.goto(f"{base}/add")
    page.evaluate(DROP, ["accord.txt", SIGNED])
    assert "accord.txt" in page.locator(".chosen").inner_text()
    page.get_by_role("button", name="Read them").click()
    page.wait_for_url("**/add/*")
    page.get_by_text("1 document in the ledger with 1 new record.").wait_for()
    page.locator("#added + ul a").first.click()
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator(".text mark.ev.agreement").first.inner_text() == SIGNED


def test_too_much_is_told_before_it_is_sent(base: str, page: Any) -> None:
    page.goto(f"{base}/add")
    page.evaluate("document.querySelector('[data-upload]').dataset.most = '10'")
    page.evaluate(DROP, ["accord.txt", SIGNED])
    assert "more than is taken at once" in page.locator("input[type=file]").evaluate("one => one.validationMessage")
    page.get_by_role("button", name="Read them").click()
    assert page.url == f"{base}/add"


def test_it_all_works_without_scripts(path: Path, base: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/add")
    page.get_by_label("Text", exact=True).fill(f"{SIGNED} Nobody knew.")
    page.get_by_label("Title").fill("Pasted")
    page.get_by_role("button", name="Read it", exact=True).click()
    page.get_by_text("1 document in the ledger").wait_for(timeout=30_000)
    page.get_by_role("link", name="Pasted").click()
    page.get_by_role("link", name="Reject Harbour Accord").click()
    page.get_by_label("Your name").fill("Cy")
    page.get_by_role("button", name="Reject", exact=True).click()
    assert page.get_by_text("Rejected").first.is_visible()
    page.goto(f"{base}/review")
    before = page.url
    page.get_by_role("button", name="Different: two things").click()
    assert page.url != before
    page.get_by_role("button", name="Undo").click()
    assert page.url == before
    context.close()
