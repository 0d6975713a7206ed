"""Addresses of pages of a ledger, many of each sort and all different, drawn by a fixed seed."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

from communique.api import Ledger
from communique.api.pages import review_cases
from communique.ledger import Actor
from communique.model import Kind, Standing
from communique.web import words
from communique.web.queue import key_of

SEED = 7
BUSIEST = 120
"""Pairs of parties among which those are drawn that are asked for: what nobody deals with nobody looks at."""
FORMS = ("csv", "json", "md", "docx")
FILE, API = "file of ", "api "
"""What the names of sorts begin with that are no pages: files to take along, and answers to programs."""
UNPAINTED = (FILE, API, "feed", "calendar")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a ledger has that can be asked for, in an order of chance.

    Attributes:
        entries: ids, the kinds by turns.
        documents, changed: ids; the latter of those that have several revisions.
        parties: those in most entries first.
        cases: doubtful ones, as addresses name them.
    """

    chance: random.Random
    each: int
    pairs: Sequence[tuple[str, str]]
    entries: Sequence[str]
    documents: Sequence[str]
    changed: Sequence[str]
    titles: Sequence[str]
    actors: Sequence[Actor]
    parties: Sequence[str]
    cases: Sequence[str]


def samples(path: Path, each: int) -> dict[str, list[str]]:
    """For each sort of page so many addresses, fewer where there are not so many."""
    drawn = _drawn(path, each)
    made = _pages(drawn) | _overviews(drawn) | _files(drawn) | _answers(drawn)
    return {name: list(dict.fromkeys(addresses))[:each] for name, addresses in made.items() if addresses}


def is_painted(sort: str) -> bool:
    """Whether a sort is pages that somebody looks at."""
    return not sort.startswith(UNPAINTED)


def _drawn(path: Path, each: int) -> Drawn:
    chance = random.Random(SEED)
    with Ledger(path, read_only=True) as ledger:
        pairs = ledger.busiest(limit=BUSIEST)
        entries = {kind: [e.id for e in ledger.some_entries(kind=kind, limit=4 * each).items] for kind in Kind}
        far = {kind: ledger.some_entries(kind=kind, limit=each, offset=500).items for kind in Kind}
        found = ledger.some_documents(limit=10 * each).items
        actors = ledger.actors()
        cases = [key_of(one) for one in review_cases(ledger, most=0)]
    for kind, more in far.items():
        entries[kind] += [entry.id for entry in more]
    chance.shuffle(pairs)
    return Drawn(
        chance=chance,
        each=each,
        pairs=pairs,
        entries=[chance.choice(entries[kind]) for kind in list(Kind) * (1 + each // len(Kind))],
        documents=[one.id for one in chance.sample(found, min(each, len(found)))],
        changed=[one.id for one in found if one.revisions > 1],
        titles=[one.title for one in found if one.title],
        actors=actors,
        parties=[one.name for one in actors if one.kind != "person"][:each],
        cases=chance.sample(cases, min(each, len(cases))),
    )


def _pages(drawn: Drawn) -> dict[str, list[str]]:
    """What readers look at, and what their feeds and calendars ask for."""
    chance, each, pairs = drawn.chance, drawn.each, drawn.pairs
    today = date.today()
    earlier = [today - timedelta(days=chance.randrange(400, 6000)) for _ in pairs]
    made: dict[str, list[str]] = {
        "home": [f"/?{number}" for number in range(each)],
        "relationships": [f"/relationships?{number}" for number in range(each)],
        "relationship": [words.relationship(pair) for pair in pairs],
        "relationship, earlier": [
            words.relationship(pair, f"?as-of={day}") for pair, day in zip(pairs, earlier, strict=True)
        ],
        "relationship, since": [words.relationship(pair, f"?since={today - timedelta(days=365)}") for pair in pairs],
        "timeline": [words.relationship(pair, "/timeline") for pair in pairs],
        "entries": [_list(drawn, "/entries") for _ in range(each)],
        "entry": [f"/entries/{one}" for one in drawn.entries],
        "why": [f"/entries/{one}/why" for one in drawn.entries],
        "documents": [f"/documents?page={number}" for number in range(1, each + 1)],
        "document": [f"/documents/{one}" for one in drawn.documents],
        "actors": [f"/actors?{urlencode({'kind': k, 'page': n})}" for n in range(1, 20) for k in ("", "person")],
        "changes": [f"/changes?page={number}" for number in range(1, each + 1)],
        "search": [f"/search?q={quote(_words(drawn))}" for _ in range(each)],
        "search, narrowed": [
            f"/search?{urlencode({'q': _words(drawn), 'party': chance.choice(pairs)[0], 'date': year})}"
            for year in [2022, 2019, 2015] * each
        ],
        "feed": [words.relationship(pair, "/changes.atom") for pair in pairs],
        "calendar": [words.relationship(pair, "/dates.ics") for pair in pairs],
    }
    for kind in ("state", "organisation", "person"):
        of_kind = [one.name for one in drawn.actors if one.kind == kind]
        made[kind] = [words.actor(name, person=kind == "person") for name in of_kind[: 5 * each : 3]]
    return made


def _overviews(drawn: Drawn) -> dict[str, list[str]]:
    """Pages over the whole ledger: all of it, then periods, parties, kinds and relationships; and single cases."""
    return {
        "network": ["/network", *(_network(drawn, "/network") for _ in range(2 * drawn.each))],
        "map": ["/map", *(_map(drawn, "/map") for _ in range(2 * drawn.each))],
        "digest": ["/digest", "/digest?every=week", *(_digest(pair, "/digest") for pair in drawn.pairs)],
        "review": [f"/review/{case}" for case in drawn.cases],
        "decisions": [f"/decisions?page={number}" for number in range(1, drawn.each + 1)],
    }


def _files(drawn: Drawn) -> dict[str, list[str]]:
    """What is shown, as files, each form by turns."""
    chance, pairs = drawn.chance, drawn.pairs
    asked: dict[str, Callable[[int, str], str]] = {
        "entries": lambda _, form: _list(drawn, f"/entries.{form}"),
        "an entry": lambda number, form: f"/entries/{drawn.entries[number]}.{form}",
        "search": lambda _, form: words.address(f"/search.{form}", {"q": _words(drawn)}),
        "brief": lambda _, form: words.relationship(chance.choice(pairs), f"/brief.{form}"),
        "timeline": lambda _, form: words.relationship(chance.choice(pairs), f"/timeline.{form}"),
        "documents": lambda number, form: f"/documents.{form}?{number}",
        "actors": lambda number, form: f"/actors.{form}?{number}",
        "relationships": lambda number, form: f"/relationships.{form}?{number}",
        "changes": lambda number, form: f"/changes.{form}?{number}",
        "network": lambda _, form: _network(drawn, f"/network.{form}"),
        "map": lambda _, form: _map(drawn, f"/map.{form}"),
        "digest": lambda number, form: _digest(pairs[number % len(pairs)], f"/digest/{_week()}.{form}"),
    }
    return {
        FILE + name: [ask(number, FORMS[number % len(FORMS)]) for number in range(drawn.each)]
        for name, ask in asked.items()
    }


def _answers(drawn: Drawn) -> dict[str, list[str]]:
    """Each question of the API."""
    each, pairs = drawn.each, drawn.pairs
    of_entries = [f"/api/entries/{one}" for one in drawn.entries]
    made = {
        "entries": [_list(drawn, "/api/entries") for _ in range(each)],
        "entry": [f"{one}?explain=true" for one in of_entries],
        "promises": [f"{one}/undertakings" for one in of_entries],
        "changes of an entry": [f"{one}/changes" for one in of_entries],
        "why": [f"{one}/why" for one in of_entries],
        "why two": [f"{one}/why/{other}" for one, other in zip(of_entries, drawn.entries[len(Kind) :], strict=False)],
        "document": [f"/api/documents/{one}" for one in drawn.documents],
        "revisions": [f"/api/documents/{one}/revisions" for one in drawn.changed],
        "actor": ["/api" + words.actor(one) for one in drawn.parties],
        "search": [words.address("/api/search", {"q": _words(drawn)}) for _ in range(each)],
        "relationships": [words.address("/api/relationships", {"party": one, "limit": 200}) for one in drawn.parties],
        "network": [_network(drawn, "/api/network") for _ in range(each)],
        "map": [_map(drawn, "/api/map") for _ in range(each)],
        "digest": [_digest(pair, f"/api/digest/{_week()}") for pair in pairs],
        "due": [words.address("/api/due", {"party": one, "overdue": "true"}) for one in drawn.parties],
    }
    for name in ("relationship", "timeline", "board", "people", "documents of a relationship"):
        rest = "" if name == "relationship" else f"/{name.split()[0]}"
        made[name] = ["/api" + words.relationship(pair, rest) for pair in pairs]
    for name in ("ledger", "publishers", "problems"):
        made[name] = [f"/api/{name}?{number}" for number in range(each)]
    for name in ("documents", "actors", "changes", "decisions", "review"):
        made[name] = [f"/api/{name}?offset={50 * number}" for number in range(each)]
    return {API + name: addresses for name, addresses in made.items()}


def _list(drawn: Drawn, path: str) -> str:
    """A list of entries, narrowed in one of several ways."""
    chance, pairs = drawn.chance, drawn.pairs
    ways: tuple[Callable[[], dict[str, object]], ...] = (
        lambda: {"kind": chance.choice(list(Kind)).value},
        lambda: {"party": chance.choice(pairs)[0]},
        lambda: {"party": list(chance.choice(pairs))},
        lambda: {"standing": chance.choice(list(Standing)).value, "party": chance.choice(pairs)[1]},
        lambda: {"since": f"{chance.randrange(2006, 2023)}-03-01", "kind": "engagement"},
    )
    asked = chance.choice(ways)()
    place = chance.randrange(1, 9)
    return words.address(path, asked | ({"offset": 50 * place} if path.startswith("/api/") else {"page": place}))


def _network(drawn: Drawn, path: str) -> str:
    """Who deals with whom, of some kinds or with a party or over a period."""
    chance = drawn.chance
    ways: tuple[Callable[[], dict[str, object]], ...] = (
        lambda: {"kind": chance.sample([kind.value for kind in Kind], chance.randrange(1, 4))},
        lambda: {"party": chance.choice(drawn.parties)},
        dict,
    )
    return words.address(path, chance.choice(ways)() | _period(chance) | {"least": chance.randrange(1, 9)})


def _map(drawn: Drawn, path: str) -> str:
    """Where they met, over a period, all or those with a party."""
    chance = drawn.chance
    party = chance.choice(("", chance.choice(drawn.parties)))
    return words.address(path, _period(chance) | {"party": party})


def _period(chance: random.Random) -> dict[str, object]:
    """From some day on, for some months or to this day."""
    since = date.today() - timedelta(days=chance.randrange(30, 6000))
    until = since + timedelta(days=chance.randrange(90, 2000))
    return {"since": since.isoformat(), "until": chance.choice(("", until.isoformat()))}


def _digest(pair: Sequence[str], path: str) -> str:
    """What changed between two parties."""
    return words.address(path, {"between": ",".join(pair)})


def _week() -> str:
    """This week as digests are called."""
    year, week, _ = date.today().isocalendar()
    return f"{year}-W{week:02}"


def _words(drawn: Drawn) -> str:
    """One to three telling words of a title."""
    chance = drawn.chance
    telling = [word for word in chance.choice(drawn.titles).split() if len(word) > 4 and word.isalpha()]
    return " ".join(chance.sample(telling, min(len(telling), chance.randrange(1, 4)))) or "agreement"
