"""Pictures of the main pages at three widths, light and dark: ``make screenshots`` writes docs/screenshots/*.png.

Needs a Chromium: that of Debian's package, or the one that ``CHROMIUM`` names.
"""

import argparse
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from communique.api import Ledger
from communique.web import create_app

EXAMPLES = Path(__file__).parent.parent / "examples"
WIDTHS = {"narrow": (360, 740), "medium": (1024, 768), "wide": (1920, 1080)}
PAGES = {
    "home": "/",
    "relationship": "/relationships/US/IN",
    "timeline": "/relationships/US/IN/timeline",
    "entry": "/entries/{entry}",
    "correct": "/entries/{entry}?do=correct&field=parties",
    "review": "/review",
    "add": "/add",
    "document": "/documents/{document}",
    "network": "/network",
    "map": "/map",
    "digest": "/digest",
}


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The application over a ledger, under an address of this machine."""
    config = uvicorn.Config(create_app(ledger), host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def chromium() -> str | None:
    """The browser, None where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def addresses(ledger: Path) -> dict[str, str]:
    """The pages that are shown: of entries that with most reports, of documents that with most records."""
    with Ledger(ledger) as opened:
        entry = max(opened.entries(kind="agreement"), key=lambda one: len(one.history))
        document = max(opened.some_documents(limit=200).items, key=lambda one: one.records)
    return {name: path.format(entry=entry.id, document=document.id) for name, path in PAGES.items()}


def take(browser: Browser, base: str, pages: dict[str, str], out: Path, *, whole: bool) -> None:
    """Take the pictures."""
    for width, (across, down) in WIDTHS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": across, "height": down}, color_scheme=scheme)
            page = context.new_page()
            for name, path in pages.items():
                page.goto(base + path)
                page.wait_for_load_state("load")
                picture = page.screenshot(full_page=whole)
                (out / f"{name}-{width}-{scheme}.png").write_bytes(packed(picture))
            context.close()


def packed(picture: bytes) -> bytes:
    """The picture with at most 128 colours: text and lines stay sharp, and the file gets small."""
    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def main() -> None:
    """Read the examples into a ledger of its own, or take one that there is, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", type=Path, help="a ledger that there is; else one is made of examples/")
    parser.add_argument("--out", type=Path, default=EXAMPLES.parent / "docs" / "screenshots")
    parser.add_argument("--whole", action="store_true", help="pages from top to bottom")
    asked = parser.parse_args()
    found = chromium()
    if found is None:
        raise SystemExit("There is no chromium: install Debian's, or name one in CHROMIUM.")
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ledger = asked.ledger or Path(folder) / "ledger.db"
        if asked.ledger is None:
            with Ledger(ledger) as opened:
                for _ in opened.add_paths([EXAMPLES]):
                    pass
        pages = addresses(ledger)
        with served(ledger) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            take(browser, base, pages, asked.out, whole=asked.whole)
            browser.close()


if __name__ == "__main__":
    main()
