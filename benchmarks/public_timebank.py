"""Times of TimeBank: where they stand, and what date they mean when counted from the day of publication."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.public import paragraph
from benchmarks.scoring import prf
from benchmarks.workers import answers
from communique.language.mentions import TimeMention
from communique.language.sentences import split
from communique.language.times import find_times

TITLE = "TimeBank: times"

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_CREATED = re.compile(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', re.DOTALL)
_TAG = re.compile(r"(<[^>]+>)")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_IN_SCOPE = ("DATE", "TIME")
_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}


@dataclass(frozen=True, slots=True)
class Timex:
    """A time by half-open character offsets; ``value`` as TIMEX3 writes it, ``type`` of annotated ones."""

    start: int
    end: int
    value: str
    type: str = "DATE"


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the set with its annotated times."""

    name: str
    text: str
    created: str
    times: tuple[Timex, ...]


def article(path: Path) -> Article:
    """Read one TimeML file; offsets count in the text without markup."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    created, body = _CREATED.search(raw), _TEXT.search(raw)
    if created is None or body is None:
        raise ValueError(f"{path} has no day of creation or no text")
    text, times, opened = "", [], None
    for piece in _TAG.split(body[1]):
        if piece.startswith("<TIMEX3"):
            opened = len(text), dict(_ATTRIBUTE.findall(piece))
        elif piece.startswith("</TIMEX3") and opened:
            start, attributes = opened
            times.append(Timex(start, len(text), attributes["value"], attributes["type"]))
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    return Article(path.stem, text, created[1], tuple(times))


def timex_value(edtf: str | None, words: str) -> str:
    """The TIMEX3 value for a date as records write it; for words without one the reference that they make."""
    if edtf is None:
        return _reference(words.lower())
    first, _, last = edtf.partition("/")
    if "" in (first, last) or ".." in (first, last):
        first = last = next(end for end in (last, first) if end not in ("", ".."))
    if first == last:
        return f"{first[:5]}{_SEASONS[first[5:]]}" if first[5:] in _SEASONS else first
    return _stretch(first, last)


def _reference(words: str) -> str:
    if re.search(r"\b(?:ago|recent|recently|past|former|previous|previously|once|earlier)\b", words):
        return "PAST_REF"
    if re.search(r"\b(?:now|current|currently|present|nowadays|today)\b", words):
        return "PRESENT_REF"
    return "FUTURE_REF"


def _stretch(first: str, last: str) -> str:
    """The week, weekend, quarter, half-year, decade or year that a stretch of time is, or lies in."""
    if len(first) == len(last) == 10:
        opening, closing = date.fromisoformat(first), date.fromisoformat(last)
        year, week, day = opening.isocalendar()
        if closing - opening == timedelta(days=6) and day == 1:
            return f"{year}-W{week:02}"
        if closing - opening == timedelta(days=1) and day == 6:
            return f"{year}-W{week:02}-WE"
        return first
    if len(first) == len(last) == 4:
        return first[:3] if first[3] == "0" and int(last) == int(first) + 9 else first
    months = (first[5:7], last[5:7])
    quarters = {("01", "03"): "Q1", ("04", "06"): "Q2", ("07", "09"): "Q3", ("10", "12"): "Q4"}
    halves = {("01", "06"): "H1", ("07", "12"): "H2"}
    if first[:4] == last[:4] and months in quarters | halves:
        return f"{first[:4]}-{(quarters | halves)[months]}"
    return first[:4]  # "early 1999" and "later this year": the year, whose part TIMEX3 writes in another attribute


def _bare(value: str) -> str:
    """The value without the time of day, decades as three digits, years without unknown months."""
    value = re.sub(r"T.*$", "", value) if re.match(r"\d{4}-", value) else value
    value = re.sub(r"(?:-XX)+$", "", value)
    return value[:3] if re.fullmatch(r"\d{3}X", value) else value


@dataclass(slots=True)
class Tally:
    """Counts over articles: annotated and found times, pairs that overlap, are the same span, have the same value."""

    gold: int = 0
    found: int = 0
    overlapping: int = 0
    exact: int = 0
    valued: int = 0
    durations: int = 0
    durations_found: int = 0

    def add(self, times: Sequence[Timex], found: Iterable[Timex], *, calendar: bool = False) -> None:
        """Count one article; found times on annotated durations and sets count neither way.

        Args:
            calendar: leave out annotated references without a date, and what was found for them.
        """
        left = list(found)
        for time in times:
            on = [f for f in left if f.start < time.end and time.start < f.end]
            outside = calendar and not re.match(r"\d", time.value)
            if time.type not in _IN_SCOPE or outside:
                self.durations += time.type not in _IN_SCOPE
                self.durations_found += time.type not in _IN_SCOPE and bool(on)
                left = [f for f in left if f not in on]
                continue
            self.gold += 1
            if not on:
                continue
            best = max(on, key=lambda f: (f.start == time.start and f.end == time.end, f.end - f.start))
            left.remove(best)
            self.found += 1
            self.overlapping += 1
            self.exact += (best.start, best.end) == (time.start, time.end)
            self.valued += _bare(best.value) == _bare(time.value)
        self.found += sum(1 for f in left if not calendar or re.match(r"\d", f.value))

    def row(self, name: str) -> str:
        """One row of the table."""
        scores = (prf(hits, self.gold, self.found)[2] for hits in (self.overlapping, self.exact, self.valued))
        return f"| {name} | {self.gold} | {self.found} | " + " | ".join(f"{score:.3f}" for score in scores) + " |"


def ours(text: str, created: str) -> list[Timex]:
    """The times that the product finds in a text, values as TIMEX3 writes them."""
    return [timex for time in find_times(text, split(text), created) for timex in _timexes(text, time)]


_JOINER = re.compile(r",?\s(?:to|until|till|through|and)\s(?:on\s)?|\s?[-–—]\s?")
_PART = re.compile(r"\b(?:early|mid|late|end|close|year-end|year\send)\b", re.IGNORECASE)


def _timexes(text: str, time: TimeMention) -> list[Timex]:
    """A time as TIMEX3: both ends of a range between two times, else one."""
    words = text[time.span.start : time.span.end]
    joiner = _JOINER.search(words)
    if time.rule.endswith("range") and joiner and time.edtf:
        first, _, last = time.edtf.partition("/")
        middle = time.span.start + joiner.start(), time.span.start + joiner.end()
        return [
            Timex(time.span.start, middle[0], timex_value(first, words)),
            Timex(middle[1], time.span.end, timex_value(last, words)),
        ]
    value = timex_value(time.edtf, words)
    if _PART.search(words) and re.fullmatch(r"\d{4}-\d\d", value) and not re.search(_MONTHS, words):
        value = value[:4]
    return [Timex(time.span.start, time.span.end, value)]


_MONTHS = (
    r"[Mm]onth|January|February|March|April|May|June|July|August|September|October|November|December|[A-Z][a-z]{2}\b"
)


def section(data: Path, peers: Path | None) -> list[str]:
    """The Markdown of this set."""
    paths = sorted((data / "timebank").glob("*.tml"))
    if not paths:
        return ["Left out: there is no TimeBank in the folder of public data (`timebank/*.tml`)."]
    articles = [article(path) for path in paths]
    found = [ours(a.text, a.created) for a in articles]
    every, calendar, halves = Tally(), Tally(), (Tally(), Tally())
    for number, (a, times) in enumerate(zip(articles, found, strict=True)):
        every.add(a.times, times)
        calendar.add(a.times, times, calendar=True)
        halves[number % 2].add(a.times, times)
    rows = [
        every.row("communique"),
        halves[0].row("communique, the half of the articles used while writing the rules"),
        halves[1].row("communique, the other half"),
    ]
    if peers:
        peer_all, peer_calendar = Tally(), Tally()
        replies = answers(peers, "dateparser_worker.py", ([a.text, a.created] for a in articles))
        for a, reply in zip(articles, replies, strict=True):
            times = [Timex(*time) for time in reply]
            peer_all.add(a.times, times)
            peer_calendar.add(a.times, times, calendar=True)
        rows.append(peer_all.row("dateparser's search"))
        rows.append(peer_calendar.row("dateparser's search, times with a date alone"))
    rows.insert(3, calendar.row("communique, times with a date alone (no “now”, “recently”, “soon”)"))
    return [
        *paragraph(_INTRODUCTION),
        "",
        "| | annotated | found | span F1, overlapping | span F1, exact | value F1 |",
        "|---|---|---|---|---|---|",
        *rows,
        "| HeidelTime, published, on another test part | | | 0.90 | 0.81 | 0.78 |",
        "",
        f"Out of scope: {every.durations} durations and sets are annotated besides; on {every.durations_found} of them "
        "communique finds a time, which counts neither for nor against it.",
    ]


_INTRODUCTION = (
    "TimeBank (news of 1989 to 1998 with TIMEX3, TempEval-3's copy): all times of type DATE and TIME, resolved "
    "against the day on which the article was written. A time as records write it (EDTF) becomes a TIMEX3 value "
    "so: days, months and years stay; whole weeks, weekends, quarters, halves, seasons and decades get their "
    "TIMEX3 codes; an open end is dropped (`../1990` is `1990`); both ends of a range count; other parts of a "
    "year (“early 1990”, “later this year”, “the end of 1990”) become the year; what has no date is the past, "
    "present or future reference that its words make. Times of day are cut from the annotation. Value F1 counts a "
    "time as found where its span overlaps an annotated one and the values are the same."
)
