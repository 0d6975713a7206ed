"""The pages in a real browser: nothing foreign is asked for, nothing fails, keyboards reach everything."""

from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks.screenshots import chromium, served
from tests.web_samples import make_ledger

CHROMIUM = chromium()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: install Debian's, or name one in CHROMIUM")
WIDTHS = (360, 1024, 2560)
PAGES = {
    "home": "/",
    "relationships": "/relationships",
    "relationship": "/relationships/US/IN",
    "hostile": "/relationships/IN/JP",
    "since": "/relationships/US/IN?as-of=2025-11-30&since=2025-10-01",
    "timeline": "/relationships/US/IN/timeline",
    "entries": "/entries?kind=agreement",
    "documents": "/documents",
    "actors": "/actors",
    "actor": "/actors/state/IN",
    "search": "/search?q=framework",
    "changes": "/changes",
    "network": "/network",
    "map": "/map",
    "place": "/map?place=Washington",
    "digest": "/digest",
    "person": "/actors/person/Pete%20Hegseth",
    "month": "/relationships/US/IN/timeline?since=2025-07-01&until=2025-07-31",
    "missing": "/nothing",
}
TOO_WIDE = """[...document.querySelectorAll('main *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll, .drawing'))
    .slice(0, 3).map(one => one.outerHTML.slice(0, 150))"""
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def pages(base: str, browser: Any) -> dict[str, str]:
    """The pages, with an entry and a document that the lists lead to."""
    page = browser.new_page()
    found = dict(PAGES)
    page.goto(f"{base}/entries?kind=agreement")
    found["entry"] = page.locator(".line a[href^='/entries/']").last.get_attribute("href")
    found["why"] = f"{found['entry']}/why"
    page.goto(f"{base}/documents")
    found["document"] = page.get_by_role("link", name="Hegseth hosts Jaishankar").get_attribute("href")
    found["harmful"] = page.locator(".documents a").filter(has_text="Title <script>").get_attribute("href")
    page.close()
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_ask_for_nothing_foreign_fit_and_do_not_fail(
    base: str, browser: Any, pages: dict[str, str], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.message) or dialog.dismiss())
    for name, path in pages.items():
        said.clear()
        page.goto(base + path)
        assert [one for one in said if "404" not in one or name != "missing"] == [], name
        across = page.evaluate("document.documentElement.scrollWidth")
        assert across <= width, f"{name} is {across} pixels wide"
    assert all(url.startswith(base) for url in asked)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_serious_fault_for_those_who_see_or_move_otherwise(
    base: str, browser: Any, pages: dict[str, str], scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(color_scheme=scheme, bypass_csp=True)
    for name, path in pages.items():
        page.goto(base + path)
        found = Axe().run(page).response["violations"]
        faults = [(one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in SERIOUS]
        assert faults == [], name
    page.close()


def test_a_keyboard_reaches_everything(base: str, browser: Any, pages: dict[str, str]) -> None:
    """Tab goes through all links and fields in turn, and it is seen; the first one skips to the content."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(base + pages["home"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(base + pages["home"])
    wanted = page.evaluate("document.querySelectorAll('a[href], input, button, select, [tabindex=\"0\"]').length")
    reached = set()
    for number in range(wanted):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        if number % 10 == 0:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert len(reached) == wanted
    page.close()


def test_evidence_and_records_lead_to_each_other(base: str, browser: Any, pages: dict[str, str]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 600})
    page.goto(base + pages["document"])
    page.locator("a.ref").last.click()
    card = page.locator(".record:target")
    assert card.is_visible()
    card.get_by_role("link", name="to its sentence").click()
    assert page.locator(".here:target").count() == 1
    page.close()


def test_a_slash_leads_to_the_search_and_the_slider_to_another_day(base: str, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{base}/relationships/US/IN")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("engines")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="“engines”").wait_for()
    page.goto(f"{base}/relationships/US/IN")
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    page.wait_for_url("**as-of=2025-02-13**")
    page.get_by_text("As of 2025-02-13:").wait_for()
    page.close()


def test_pages_work_without_scripts(base: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/relationships/US/IN")
    page.get_by_label("As of").fill("2025-03-01")
    page.get_by_role("button", name="Show").click()
    assert "as-of=2025-03-01" in page.url
    assert page.get_by_role("heading", name="Where things stand").is_visible()
    page.get_by_role("slider").fill("0")
    page.get_by_role("button", name="Look from there").click()
    assert page.url.endswith("/relationships/US/IN?as-of=2025-02-13")
    page.goto(f"{base}/relationships/US/IN/timeline")
    every = page.locator(".lane").count()
    page.get_by_role("link", name="Nearer").click()
    assert 0 < page.locator(".lane").count() < every
    context.close()


def test_a_period_drawn_on_the_timeline_is_looked_at(base: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{base}/relationships/US/IN/timeline")
    box = page.locator("svg[data-first]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 4, steps=5)
    assert page.locator(".band").count() == 1
    page.mouse.up()
    page.wait_for_url("**since=*until=*")
    drawn = page.locator("svg[data-first]")
    if drawn.count():
        assert f"since={drawn.get_attribute('data-first')}" in page.url
    page.close()


def test_a_party_lights_up_its_ties(base: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{base}/network")
    page.locator("[data-node='JP']").focus()
    lit, every = page.locator(".ties .lit").count(), page.locator(".ties a").count()
    assert 0 < lit < every
    page.locator("[data-node='JP']").evaluate("one => one.blur()")
    assert page.locator(".ties .lit").count() == 0
    page.close()
