"""What attackers put where words, addresses, names and files are taken, and a walk over all pages that lead on."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from httpx2 import Response
from starlette.testclient import TestClient
from tests.web_samples import HARM, hostile, links, make_ledger

from communique.api import Ledger
from communique.model import Document, Engagement, EngagementStage, EngagementType, Span

LINES = "Delhi\r\nBEGIN:VALARM\nATTENDEE:mailto:eve@evil.example\u2028X-EVIL:1\x0bEND:VEVENT"
"""Words that would begin lines of their own in a calendar, a header or a log."""
TURNED = "Rajnath \u202egnp.exe\u202c\u200bSingh\x1b[31m"
"""A name that shows itself turned round, without width, and in red on a terminal."""
ADDRESSES = (
    "javascript:alert(document.cookie)//",
    " \tJaVa\nScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example/",
    "https:evil.example\" onmouseover='alert(1)'",
    "blob:https://evil.example/1",
    "file:///etc/passwd",
)
"""What a document may give for its address and no link may lead to."""
FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1")
"""What a table program would compute."""
INJECTIONS = (
    "' OR '1'='1",
    "'; DROP TABLE entries; --",
    '" OR ""="',
    "\\'; SELECT pg_sleep(9); --",
    "1 UNION SELECT sql FROM sqlite_master",
    "%' ESCAPE '%",
    "a' || randomblob(999999999) || '",
    "text:* NEAR(a b, 9) ^x {y}:",
    '"',
    "*",
    "\x00",
    "{{7*7}}${7*7}",
    "../../../../etc/passwd",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "9" * 40,
    "-1",
    "0001-01-01",
    "9999-12-31",
    "０",
    "x" * 5000,
)
"""What would be something else than a value to a database, a search index, a template or a file system."""


STATUSES = (200, 303, 400, 404, 413)
"""What is answered to attackers: what there is, where it is, or that it is no request, not here or too large."""
MOST_PAGES, MOST_FILES = 8, 1
"""Of a sort of page or file that a walk looks at."""


def hostile_ledger(path: Path) -> Path:
    """The samples and the hostile document, revised, decided on and with others like it; and a file that failed."""
    make_ledger(path)
    document, records = hostile()
    with Ledger(path) as ledger:
        ledger.add(Document(text=document.text + f" They met again in {HARM}.", url=document.url), records[:2])
        for number, address in enumerate(ADDRESSES):
            text = f"Officials of India and Japan met {number} times in Delhi."
            met = Engagement(
                type=EngagementType.MEETING,
                stage=EngagementStage.PLANNED,
                parties=("IN", "JP", f"{HARM}{number}"),
                people=(TURNED, FORMULAS[number % len(FORMULAS)]),
                place=LINES,
                date="2031-05-05",
                evidence=(Span(0, len(text)),),
            )
            title = FORMULAS[number % len(FORMULAS)] + LINES
            ledger.add(Document(text=text, title=title, published="2025-05-06", url=address, publisher=TURNED), (met,))
        first = ledger.entries(parties=("IN", "JP"), kind="agreement")[0]
        ledger.confirm(first.id, by=HARM, why=HARM + LINES)
        ledger.set(first.id, "name", f"Named {HARM}", by=HARM, why=FORMULAS[0])
        broken = path.parent / HARM.replace("/", "-")
        broken.with_suffix(".pdf").write_bytes(b"%PDF-1.7 broken")
        for _ in ledger.add_paths([str(broken.with_suffix(".pdf"))]):
            pass
    return path


def media_type(answer: Response) -> str:
    """What an answer says that it is."""
    return answer.headers.get("content-type", "").partition(";")[0]


def walked(asker: TestClient, *begin: str) -> Iterator[tuple[str, Response]]:
    """What can be reached by links: addresses and answers; of each sort of page some, of files one or two.

    Raises:
        AssertionError: an address leads nowhere.
    """
    waiting, seen, sorts = deque(begin or ("/",)), set[tuple[str, ...]](), Counter[tuple[object, ...]]()
    while waiting:
        address = waiting.popleft()
        parts = urlsplit(address)
        asked = (parts.path, *sorted(set(re.findall(r"(?:^|&)([^=&]+)=", parts.query))))
        if asked in seen or parts.path.startswith("/static/"):
            continue
        seen.add(asked)
        segments = parts.path.split("/")
        is_file = "." in segments[-1]
        # the first and last words of a path tell what it is, whatever is named between them
        words = tuple(word for word in segments if re.fullmatch(r"[a-z]+(\.[a-z]+)?", word))
        sorts[words, asked[1:]] += 1
        if sorts[words, asked[1:]] > (MOST_FILES if is_file else MOST_PAGES):
            continue
        answer = asker.get(address)
        assert answer.status_code in (200, 303), (address, answer.status_code, answer.text[:300])
        yield address, answer
        if answer.status_code == 303:
            waiting.append(answer.headers["location"])
        elif media_type(answer) == "text/html":
            waiting += [one for one in links(answer.text) if one.startswith("/") and not one.startswith("//")]
