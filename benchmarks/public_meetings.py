"""Visits and trips of the official history: which of them the White House's own documents let the ledger know."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.public import absent, json_lines, markdown_document, paragraph, read_all, rows, was_learned
from communique.language.analysis import analyse
from communique.model import Document, Engagement, Record
from communique.model.edtf import bounds
from communique.model.names import fold

TITLE = "Visits and trips of the Office of the Historian"

TOLERANCE = timedelta(days=4)
LONGEST = timedelta(days=31)
"""A date wider than a month dates no meeting."""
NEAREST = 4
"""So many documents are read for a row, those nearest to its first day; more found no further row."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
TRANSCRIPTS = "press-briefings/"
LISTED_PLACES = {"West Bank": "PS"}
"""Countries of the set that are no state's name in ISO 3166-1, and the code under which it lists them."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One visit or trip, and the documents of those days that name the counterpart."""

    id: str
    counterparts: tuple[frozenset[str], ...]
    country: str
    places: frozenset[str]
    first: date
    last: date
    documents: tuple[str, ...]


def meetings(data: Path) -> list[Meeting]:
    """The bilateral ones that the White House's documents can tell of."""
    rows_ = json_lines(data / "meetings-gold" / "meetings-2021-2023.jsonl")
    return [_meeting(row) for row in rows_ if row["bilateral"] and row["recoverable_from_wh"]]


def _meeting(row: dict[str, Any]) -> Meeting:
    named = row["wh_docs_naming_counterpart"]
    own_words = [name for name in named if not name.startswith(TRANSCRIPTS)]
    first = date.fromisoformat(row["start"])
    return Meeting(
        id=row["gold_id"],
        counterparts=tuple(_words(name) for name in row["counterpart_names"]),
        country=_code(row["country"]),
        places=_words(f"{row['place']} {row['country']}"),
        first=first,
        last=date.fromisoformat(row["end"]),
        documents=tuple(sorted(own_words or named, key=lambda name: _days_from(first, name))[:NEAREST]),
    )


def _days_from(day: date, name: str) -> int:
    """How far from a day a document was published, by its file name."""
    published = _DAY.search(name)
    return abs((date.fromisoformat(published[0]) - day).days) if published else TOLERANCE.days


def _code(country: str) -> str:
    """The code of a state that the set writes as "Korea, South"."""
    if country in LISTED_PLACES:
        return LISTED_PLACES[country]
    name = " ".join(reversed(country.split(", ")))
    return next((party for a in analyse(Document(text=name)).actors for party in a.parties), name)


def _words(words: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"[\w-]+", fold(words)) if len(w) > 2)


def tells_of(record: Record, meeting: Meeting) -> bool:
    """Whether a record is of this meeting: a counterpart, the country as party or place, and the days agree."""
    if not isinstance(record, Engagement) or record.date is None:
        return False
    first, last = bounds(record.date)
    names = [_words(name) for name in record.people]
    counterpart = any(name & other for name in names for other in meeting.counterparts)
    country = meeting.country in record.parties or bool(_words(record.place or "") & meeting.places)
    days = last - first <= LONGEST and first <= meeting.last + TOLERANCE and last >= meeting.first - TOLERANCE
    return counterpart and country and days


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown lines of this set."""
    if not (data / "meetings-gold").is_dir():
        return absent(data / "meetings-gold")
    wanted = meetings(data)
    texts = {d["id"]: d for d in json_lines(data / "wh-briefings" / "wh-briefings-2021-2023.jsonl.gz")}
    names = sorted({name for meeting in wanted for name in meeting.documents})
    given = {n: markdown_document(texts[n]["text"], "The White House", texts[n]["published"]) for n in names}
    given = {name: document for name, document in given.items() if not was_learned(document.text)}
    found = dict(zip(given, read_all("meetings", list(given.values())), strict=True))
    known = [m for m in wanted if any(name in given for name in m.documents)]
    hits = {m.id for m in known if any(tells_of(r, m) for name in m.documents for r in found.get(name, ()))}
    return [
        *paragraph(
            f"{len(wanted)} bilateral visits and trips of 2021 to 2023 (HistoryAtState, CC0), whose counterparts are "
            "named by documents of the White House in those days. For each row the four documents nearest to its first "
            "day are read, by their bodies alone, press briefings only where nothing else names the counterpart; those "
            f"from which the reader has learned are left out ({len(given)} remain, for {len(known)} rows). A row is "
            "found where the records of its documents have an engagement with a counterpart among its people, the "
            "country among its parties or in its place, and a date within four days. The set isn't exhaustive: "
            "there is no precision."
        ),
        "",
        *rows(("what", "communique", "of"), ("recall", len(hits) / max(1, len(known)), len(known))),
        "",
        "Not found: " + (", ".join(sorted(m.id for m in known if m.id not in hits)) or "none") + ".",
    ]
