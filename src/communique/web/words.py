"""Entries in the words that a page shows, with the addresses that they lead to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from communique.lexicon.parties import is_state, name_of
from communique.model import Entry, Kind, Report, Standing
from communique.resolve.outlining import confidence_of, told_on
from communique.views.attention import Standpoint
from communique.views.chains import anchors, chain_words, headline, source_words, steps
from communique.views.choosing import is_doubtful
from communique.views.dates import in_words
from communique.views.facts import decided, disputed, facts, warnings
from communique.views.logbook import words_of
from communique.views.quotes import excerpt

PLURALS = {
    "engagement": "Engagements",
    "agreement": "Agreements",
    "transfer": "Transfers",
    "initiative": "Initiatives",
    "undertaking": "Undertakings",
    "statement": "Statements",
}
QUOTE = 260
"""Characters of a quoted sentence: three to four lines of a page."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that tells of an entry.

    Attributes:
        pieces: its words, in order, and whether they are those that matter.
        source: who published it and when.
        address: where it stands in its document.
    """

    pieces: tuple[tuple[str, bool], ...]
    source: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry as lists show it.

    Attributes:
        was: the stage that it stood at before, where that is to be told.
    """

    id: str
    kind: str
    title: str
    day: str
    standing: str
    stage: str
    chain: tuple[str, ...]
    facts: tuple[str, ...]
    warnings: tuple[str, ...]
    disputed: tuple[str, ...]
    decided: tuple[str, ...]
    doubtful: bool
    confidence: float | None
    passages: tuple[Passage, ...]
    reports: int
    was: str | None = None


def line(entry: Entry, standpoint: Standpoint, *, passages: bool = True, was: str | None = None) -> Line:
    """An entry in words.

    Args:
        passages: with one sentence for each stage.
    """
    told = told_on(entry)
    statement = entry.kind is Kind.STATEMENT
    stage = "in own words" if entry.fields.get("form") == "direct" else "as reported"
    chain = steps(entry)
    return Line(
        id=entry.id,
        kind=entry.kind.value,
        title=headline(entry, name_of),
        day=in_words(told) if told else "undated",
        standing=entry.standing.value,
        stage=stage if statement else str(entry.stage or entry.standing.value).replace("-", " "),
        chain=() if statement else tuple(chain_words(entry, "\n").split("\n")),
        facts=tuple(facts(entry, standpoint, name_of)),
        warnings=tuple(warnings(entry, standpoint)),
        disputed=tuple(disputed(entry)),
        decided=tuple(decided(entry, standpoint)),
        doubtful=is_doubtful(entry),
        confidence=confidence_of(entry),
        passages=tuple(passage(step.reports[0]) for step in chain) if passages else (),
        reports=len(entry.history),
        was=was.replace("-", " ") if was else None,
    )


def lines(entries: Iterable[Entry], standpoint: Standpoint, *, passages: bool = True) -> list[Line]:
    """Entries in words."""
    return [line(entry, standpoint, passages=passages) for entry in entries]


def sayings(entries: Iterable[Entry], standpoint: Standpoint, *, of_one: bool) -> list[Line]:
    """Statements under what was said.

    Args:
        of_one: the page is the speaker's, who needs no name there.
    """
    told = ((entry, line(entry, standpoint)) for entry in entries)
    return [replace(shown, title=(of_one and entry.title.partition(": ")[2]) or entry.title) for entry, shown in told]


def passage(report: Report) -> Passage:
    """The sentence of a report that has its words, shortened around them."""
    shown = excerpt(report.source.quotes, anchors(report), QUOTE)
    pieces = pieces_of(shown.text, shown.strong)
    return Passage(pieces, source_words(report, shown.number), sentence(report))


def pieces_of(text: str, strong: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The text cut where the words that matter begin and end.

    Args:
        strong: half-open offsets, in any order; they may overlap.
    """
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(strong):
        if end <= at:
            continue
        found += [(text[at : max(at, start)], False), (text[max(at, start) : end], True)]
        at = end
    return tuple(piece for piece in (*found, (text[at:], False)) if piece[0])


def sentence(report: Report) -> str:
    """The address of a report's passage in its document."""
    return f"/documents/{segment(report.source.document_id)}#{report.source.record_id}"


def called(party: object) -> str:
    """What a reader calls a party or a person."""
    return name_of(str(party))


def value(found: Any, field: str = "") -> str:
    """A value of a field in words."""
    match found:
        case {"amount": amount, "currency": currency}:
            from communique.views.facts import money

            return money(amount, currency)
        case list() if all(isinstance(one, str) for one in found):
            return ", ".join(map(name_of, found)) or "not known"
        case str() if field in ("date", "due") or field.endswith(" date"):
            return in_words(found)
        case str() if field in ("stage", "status", "strength", "form", "type"):
            return found.replace("-", " ")
        case None:
            return "not known"
        case _:
            return words_of(found)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 entry", "2,000 entries"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sure(confidence: float) -> str:
    """A probability with two digits; none is called certain."""
    return "over 0.99" if confidence > 0.994 else f"{confidence:.2f}"


def web_address(url: str | None) -> str | None:
    """The address if it may be made a link: nothing that runs in the page's own right."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def segment(name: object) -> str:
    """A name as one part of an address; a slash in it stands as in JSON pointers, since servers undo its escape."""
    return quote(str(name).replace("~", "~0").replace("/", "~1"), safe="~")


def unsegmented(part: str) -> str:
    """The name that a part of an address stands for."""
    return part.replace("~1", "/").replace("~0", "~")


def shares(standings: Mapping[Standing, int]) -> list[tuple[str, int, float, float]]:
    """The standings that there is any of: how many, where in a bar of 100 each begins, and how far it goes."""
    total = sum(standings.values())
    at: float = 0
    found = []
    for standing, number in standings.items():
        if number:
            found.append((standing.value, number, at, round(100 * number / total, 2)))
            at = round(at + 100 * number / total, 2)
    return found


def relationship(parties: Iterable[str], rest: str = "") -> str:
    """The address of what stands between two parties."""
    return "/relationships/" + "/".join(map(segment, parties)) + rest


def actor(name: str, *, person: bool = False) -> str:
    """The address of a party or, where it is no state, of a person."""
    kind = "state" if is_state(name) else "person" if person else "organisation"
    return f"/actors/{kind}/{segment(name)}"


def address(path: str, query: Mapping[str, Any] | None = None, **changed: Any) -> str:
    """An address with its questions, some of them changed; what is empty is left out."""
    asked = {name: given for name, given in {**(query or {}), **changed}.items() if given not in (None, "", [], ())}
    return f"{path}?{urlencode(asked, doseq=True)}" if asked else path
