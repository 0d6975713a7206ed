"""Readouts of the White House: who met or called whom, and when, told by the body alone."""

import re
from calendar import month_name
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.public import absent, json_lines, markdown_document, read_all, rows, was_learned
from benchmarks.scoring import prf
from communique.language.analysis import analyse
from communique.model import Document, Engagement, EngagementType, Record
from communique.model.names import fold

TITLE = "Readouts of the White House"

HOST = "US"
MONTHS = month_name[1:]
IN_PERSON = {EngagementType.MEETING, EngagementType.SUMMIT, EngagementType.DIALOGUE}
_MODE = re.compile(r"\b(?:(Virtual|Video)\s+)?(Calls?|Meetings?|Travel|Trip|Engagement)\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
_YESTERDAY = re.compile(r"\byesterday\b", re.IGNORECASE)
_MONTH = "|".join(month[:3] for month in MONTHS)
_DAY = re.compile(rf"\b({_MONTH})[a-z]*\.?\s+(\d{{1,2}})(?:\s?[-–]\s?(\d{{1,2}}))?\b(?:,\s+(\d{{4}}))?")
WEEK = timedelta(days=7)
OPENING = 300
"""Characters that the opening sentence has at most."""
_TOPIC = re.compile(r"\s+on (?!National).*$")


@dataclass(frozen=True, slots=True)
class Readout:
    """A readout's body and what its official title says of it.

    Attributes:
        principal: folded words in the title before or "Meeting", among them the principal's names.
        counterpart: folded words after it, among them the counterparts' names and states.
        people: how many people the title names as counterparts.
        states: the counterparts' states.
        is_call: None for travel, and for virtual meetings, which the bodies tell of as either.
        date: the day of publication, which the set takes for that of the engagement.
        told: the day or days that the opening of the body tells, None where it tells none.
    """

    id: str
    document: Document
    principal: frozenset[str]
    counterpart: frozenset[str]
    people: int
    states: frozenset[str]
    is_call: bool | None
    date: str
    told: str | None


def readouts(data: Path) -> list[Readout]:
    """All readouts from which the reader hasn't learned."""
    texts = {d["id"]: d["text"] for d in json_lines(data / "wh-briefings" / "wh-briefings-2021-2023.jsonl.gz")}
    found = []
    for row in json_lines(data / "readouts-gold" / "readouts-2021-2023.jsonl"):
        document = markdown_document(texts[row["doc"]], "The White House", row["date"])
        if not was_learned(document.text):
            found.append(_readout(row, document))
    return found


def _readout(row: dict[str, Any], document: Document) -> Readout:
    """The names stand in the title: those of the set are at times cut short by the expression that found them."""
    title = re.sub(r"['’]s?(?=\s)", "", row["title"])
    mode = _MODE.search(title)
    before, after = (title[: mode.start()], title[mode.end() :]) if mode else (row["principal"], row["counterpart"])
    named = _TOPIC.sub("", after)
    actors = analyse(Document(text=named)).actors
    word = mode[2].lower() if mode and not mode[1] else ""
    return Readout(
        id=row["doc"],
        document=document,
        principal=_words(before),
        counterpart=_words(named),
        people=len({name for actor in actors for name in actor.people}),
        states=frozenset(party for actor in actors for party in actor.parties) - {HOST},
        is_call=True if word.startswith("call") else False if word.startswith("meeting") else None,
        date=row["date"],
        told=_told(document.text[:OPENING], date.fromisoformat(row["date"])),
    )


def _told(opening: str, published: date) -> str | None:
    """The day of "today" or "yesterday", else the first one of the week before publication, in EDTF."""
    if _TODAY.search(opening):
        return published.isoformat()
    if _YESTERDAY.search(opening):
        return (published - timedelta(days=1)).isoformat()
    for month, first, last, year in _DAY.findall(opening):
        number = [name[:3] for name in MONTHS].index(month) + 1
        start, end = (date(int(year or published.year), number, int(day)) for day in (first, last or first))
        if published - WEEK <= end <= published:
            return start.isoformat() if start == end else f"{start}/{end}"
    return None


def _words(words: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"[\w-]+", fold(words)) if len(w) > 1)


def first_engagement(records: tuple[Record, ...]) -> Engagement | None:
    """What a readout is about: the engagement that it tells of first."""
    told = [record for record in records if isinstance(record, Engagement)]
    return min(told, key=lambda e: e.evidence[0].start, default=None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is right of one readout's first engagement; ``strangers`` are people whom the title doesn't name."""

    found: bool = False
    principal: bool = False
    counterpart: bool = False
    named: int = 0
    strangers: int = 0
    states: bool = False
    mode: bool = False
    date: bool = False
    told: bool = False


def judge(readout: Readout, engagement: Engagement | None) -> Verdict:
    """Compare the first engagement of a readout with its title."""
    if engagement is None:
        return Verdict()
    names = [_words(name) for name in engagement.people]
    hosts = [n for n in names if n & readout.principal]
    guests = [n for n in names if n & readout.counterpart and n not in hosts]
    parties = set(engagement.parties)
    return Verdict(
        found=True,
        principal=bool(hosts),
        counterpart=len(guests) >= readout.people if readout.people else bool(parties & readout.states),
        named=len(hosts) + len(guests),
        strangers=len(names) - len(hosts) - len(guests),
        states=readout.states <= parties and HOST in parties,
        mode=(engagement.type is EngagementType.CALL) if readout.is_call else engagement.type in IN_PERSON,
        date=engagement.date == readout.date,
        told=engagement.date == readout.told,
    )


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown lines of this set."""
    if not (data / "readouts-gold").is_dir():
        return absent(data / "readouts-gold")
    given = readouts(data)
    verdicts = [
        judge(readout, first_engagement(records))
        for readout, records in zip(given, read_all("readouts", [r.document for r in given]), strict=True)
    ]
    people = sum(v.named for v in verdicts)
    strangers = sum(v.strangers for v in verdicts)
    found = sum(v.found for v in verdicts)
    pairs = sum(v.principal and v.counterpart for v in verdicts)
    modes = [v.mode for v, r in zip(verdicts, given, strict=True) if r.is_call is not None]
    dated = [v.date for v, r in zip(verdicts, given, strict=True) if _TODAY.search(r.document.text[:OPENING])]
    can_be_told = sum(r.told == r.date for r in given)
    told = [v.told for v, r in zip(verdicts, given, strict=True) if r.told]
    f1 = prf(pairs, len(given), found)[2]
    return [
        f"{len(given)} readouts of calls and meetings with other governments, 2021 to 2023 (CC0); those from which the",
        "reader has learned are left out. It gets the body, the publisher and the day of publication, neither title",
        "nor address. The official title says who met or called whom. The engagement that a readout tells of first",
        "is its prediction: the principal is found where one of its people has a name in the title before “Call” or",
        "“Meeting”, the counterpart where it has as many people as the title names behind that (where it names none:",
        "a state). The day is the set's, that of publication, also where the body names another or none; the day that",
        "the body tells is that of “today” or “yesterday” in its opening, else the first date there of the week before",
        "publication. Where it tells none, no day is right, since the day of publication is never taken for granted:",
        f"by that reading {can_be_told} bodies tell the day of publication, {can_be_told / len(given):.3f} of all.",
        "",
        *rows(
            ("what", "communique", "of"),
            ("principal and counterpart both right, F1", f1, len(given)),
            ("principal", sum(v.principal for v in verdicts) / len(given), len(given)),
            ("counterpart", sum(v.counterpart for v in verdicts) / len(given), len(given)),
            ("people of the record whom the title names", people / max(1, people + strangers), people + strangers),
            ("both states are parties", sum(v.states for v in verdicts) / len(given), len(given)),
            ("call or meeting", sum(modes) / len(modes), len(modes)),
            ("day of publication", sum(v.date for v in verdicts) / len(given), len(given)),
            ("day that the body tells", sum(told) / max(1, len(told)), len(told)),
            ("the same, where the body opens with “today” or the like", sum(dated) / max(1, len(dated)), len(dated)),
        ),
    ]
