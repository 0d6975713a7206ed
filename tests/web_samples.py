"""A ledger to be shown, and what its documents say that could harm a page."""

import re
from html.parser import HTMLParser
from pathlib import Path

from starlette.testclient import TestClient
from tests.views_examples import DOCUMENTS, records_by_document

from communique.api import Ledger
from communique.model import (
    Agreement,
    AgreementStage,
    Document,
    Engagement,
    EngagementStage,
    EngagementType,
    Form,
    Span,
    Statement,
    Status,
    Strength,
    Undertaking,
)
from communique.web import create_app

HARM = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>{{7*7}}</title></mark>"
HOSTILE_TEXT = f"Ministers of India and Japan signed {HARM} in Delhi. {HARM} promised to {HARM} more."


def hostile() -> tuple[Document, tuple[Agreement | Engagement | Statement | Undertaking, ...]]:
    """A document with markup in every field, and records with markup in every field of theirs."""
    document = Document(
        text=HOSTILE_TEXT,
        title=f"Title {HARM}",
        publisher=f"Publisher {HARM}",
        published="2025-05-05",
        url="javascript:alert(document.cookie)//" + HARM,
        source=f"/tmp/{HARM}",
        author=HARM,
        language="en",
    )
    evidence = (Span(0, HOSTILE_TEXT.index(". ") + 1),)
    records = (
        Agreement(
            name=f"Pact {HARM}",
            stage=AgreementStage.SIGNED,
            parties=("IN", "JP", HARM),
            evidence=evidence,
            confidence=0.4,
        ),
        Engagement(
            type=EngagementType.MEETING,
            stage=EngagementStage.HELD,
            parties=("IN", "JP"),
            people=(f"Ann {HARM}",),
            place=HARM,
            date="2025-05-04",
            evidence=evidence,
        ),
        Undertaking(
            action=f"send {HARM}",
            by=(HARM,),
            to=("IN",),
            strength=Strength.INTENTION,
            status=Status.OPEN,
            due="2030-01",
            evidence=evidence,
        ),
        Statement(speakers=(f"Bob {HARM}",), form=Form.DIRECT, content=HARM, evidence=evidence),
    )
    return document, records


def make_ledger(path: Path, *, empty: bool = False) -> Path:
    """The sample documents, one of them revised, and the hostile one; or nothing."""
    with Ledger(path) as ledger:
        if not empty:
            records = records_by_document()
            for key, document in DOCUMENTS.items():
                ledger.add(document, records[key])
            ledger.add(*hostile())
            about = {"title": "Talks", "published": "2025-06-01", "url": "https://example.org/talks"}
            for place in ("Tokyo", "Osaka"):
                ledger.add(Document(text=f"India and Japan met in {place}.", **about), ())
    return path


def client(path: Path, **options: object) -> TestClient:
    """Somebody on this machine who asks; faults of the application are told as such."""
    return TestClient(create_app(path, **options), base_url="http://localhost", follow_redirects=False)  # type: ignore[arg-type]


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def markup(text: str) -> list[tuple[str, dict[str, str | None]]]:
    """The elements of a page with their attributes."""
    parser = _Markup()
    parser.feed(text)
    return parser.tags


def links(text: str) -> list[str]:
    """The addresses that a page leads to."""
    return [str(attributes["href"]) for _, attributes in markup(text) if attributes.get("href")]


def ids(text: str) -> list[str]:
    """The anchors of a page."""
    return re.findall(r'\sid="([^"]+)"', text)
