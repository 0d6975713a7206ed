"""Full text, with what the passages found have in common as ways to narrow the search."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from communique.api import Ledger
from communique.ledger import Aspects, Hit
from communique.lexicon.parties import name_of
from communique.model import Entry, Kind
from communique.views.chains import headline
from communique.web import words
from communique.web.desk import Page, TheDesk

router = APIRouter(include_in_schema=False)
SIZE, MOST = 20, 200
"""Passages on a page, and how many of the best are looked at in all."""
VALUES = 8
"""Values of a facet that are offered."""
FACETS = ("kind", "party", "stage", "standing", "date", "publisher")
_YEAR, _MONTH = len("2025"), len("2025-10")
_Word = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with what it can be narrowed by.

    Attributes:
        values: those of each facet.
    """

    hit: Hit
    entries: tuple[Aspects, ...]
    values: Mapping[str, Collection[str]]

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """Its words, and whether they were asked for."""
        start = self.hit.span.start
        return words.pieces_of(self.hit.snippet, [(one.start - start, one.end - start) for one in self.hit.matches])

    @property
    def anchor(self) -> str:
        """Where in its document it stands."""
        return f"#{self.hit.record_id}" if self.hit.record_id else ""


def _asked(
    q: Annotated[str, Query(max_length=1000)] = "",
    kind: _Word = "",
    party: _Word = "",
    stage: _Word = "",
    standing: _Word = "",
    date: _Word = "",
    publisher: _Word = "",
) -> dict[str, str]:
    return {"q": q} | dict(zip(FACETS, (kind, party, stage, standing, date, publisher), strict=True))


SearchAsked = Annotated[dict[str, str], Depends(_asked)]
"""The words and what the passages are narrowed by, a year or a month for the date."""


@router.get("/search")
def search(request: Request, desk: TheDesk, asked: SearchAsked, page: Page = 1) -> Response:
    """Passages that hold all words, best first."""
    with desk.ledger() as ledger:
        every = found_by(ledger, asked["q"])
        kept = narrowed(every, asked)
        shown = kept[(page - 1) * SIZE : page * SIZE]
        titles = titles_of(ledger, shown)
    return desk.page(
        request,
        "search.html.j2",
        asked=asked,
        found=shown,
        titles=titles,
        total=len(kept),
        cut=len(every) >= MOST,
        facets={name: counted(kept, name, asked) for name in FACETS},
        page=page,
        size=SIZE,
    )


def found_by(ledger: Ledger, query: str) -> list[Found]:
    """The best passages that hold all words of a query."""
    return _found(ledger, query) if query.strip() else []


def narrowed(found: Iterable[Found], asked: Mapping[str, str]) -> list[Found]:
    """Those that have all values that are asked for."""
    wanted = {name: asked[name] for name in FACETS if asked[name]}
    return [one for one in found if all(value in one.values[name] for name, value in wanted.items())]


def titles_of(ledger: Ledger, found: Iterable[Found]) -> dict[str, str]:
    """What the entries are called that passages tell of, by their ids."""
    return {e.id: _title(e) for e in ledger.entries_alone({e.id for one in found for e in one.entries})}


def _title(entry: Entry) -> str:
    return entry.title if entry.kind is Kind.STATEMENT else headline(entry, name_of)


def _found(ledger: Ledger, query: str) -> list[Found]:
    hits = ledger.search(query, MOST)
    known = {one.id: one for one in ledger.aspects({key for hit in hits for key in hit.entry_ids})}
    told = ((hit, tuple(known[key] for key in hit.entry_ids if key in known)) for hit in hits)
    return [Found(hit, entries, _values(hit, entries)) for hit, entries in told]


def _values(hit: Hit, entries: Sequence[Aspects]) -> dict[str, set[str]]:
    published = hit.published or ""
    return {
        "kind": {entry.kind.value for entry in entries},
        "party": {party for entry in entries for party in entry.parties},
        "stage": {entry.stage for entry in entries if entry.stage},
        "standing": {entry.standing.value for entry in entries},
        "date": {published[:_YEAR], published[:_MONTH]} - {""},
        "publisher": {hit.publisher} if hit.publisher else set(),
    }


def counted(found: Iterable[Found], name: str, asked: Mapping[str, str]) -> list[tuple[str, int]]:
    """How many passages have each value of a facet, the most first; the one that is chosen is there in any case.

    Of dates these are years, and the months of a year that is chosen.
    """
    chosen = asked[name]
    counts = Counter(value for one in found for value in one.values[name] if name != "date" or _is_near(value, chosen))
    if name == "date":
        return sorted(counts.items(), key=lambda each: (each[0][:_YEAR], len(each[0]) == _YEAR, each[0]), reverse=True)
    top = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:VALUES]
    return top if not chosen or chosen in dict(top) else [(chosen, counts[chosen]), *top]


def _is_near(date: str, chosen: str) -> bool:
    """Whether a year or month is to be offered beside the one that is chosen."""
    return len(date) == _YEAR or (bool(chosen) and date.startswith(chosen[:_YEAR]))
