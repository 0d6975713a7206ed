"""Addresses of pages of a ledger, many of each sort and all different, drawn by a fixed seed."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

from communique.api import Ledger
from communique.model import Kind, Standing
from communique.web import words

SEED = 7
BUSIEST = 120
"""Pairs of parties among which those are drawn that are asked for: what nobody deals with nobody looks at."""


def samples(path: Path, each: int) -> dict[str, list[str]]:
    """For each sort of page so many addresses, fewer where there are not so many."""
    chance = random.Random(SEED)
    with Ledger(path, read_only=True) as ledger:
        pairs = ledger.busiest(limit=BUSIEST)
        entries = {kind: [e.id for e in ledger.some_entries(kind=kind, limit=4 * each).items] for kind in Kind}
        far = {kind: ledger.some_entries(kind=kind, limit=each, offset=500).items for kind in Kind}
        found = ledger.some_documents(limit=10 * each).items
        actors = ledger.actors()
    for kind, more in far.items():
        entries[kind] += [entry.id for entry in more]
    chance.shuffle(pairs)
    mixed = [chance.choice(entries[kind]) for kind in list(Kind) * (1 + each // len(Kind))]
    documents = chance.sample(found, min(each, len(found)))
    titles = [one.title for one in found if one.title]
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
        "entries": [_list(chance, pairs) for _ in range(each)],
        "entry": [f"/entries/{one}" for one in mixed],
        "why": [f"/entries/{one}/why" for one in mixed],
        "documents": [f"/documents?page={number}" for number in range(1, each + 1)],
        "document": [f"/documents/{one.id}" for one in documents],
        "actors": [f"/actors?{urlencode({'kind': k, 'page': n})}" for n in range(1, 20) for k in ("", "person")],
        "changes": [f"/changes?page={number}" for number in range(1, each + 1)],
        "search": [f"/search?q={quote(_words(chance, titles))}" for _ in range(each)],
        "search, narrowed": [
            f"/search?{urlencode({'q': _words(chance, titles), 'party': chance.choice(pairs)[0], 'year': year})}"
            for year in [2022, 2019, 2015] * each
        ],
        "feed": [words.relationship(pair, "/changes.atom") for pair in pairs],
        "calendar": [words.relationship(pair, "/dates.ics") for pair in pairs],
    }
    for kind in ("state", "organisation", "person"):
        of_kind = [one.name for one in actors if one.kind == kind]
        made[kind] = [words.actor(name, person=kind == "person") for name in of_kind[: 5 * each : 3]]
    return {name: list(dict.fromkeys(addresses))[:each] for name, addresses in made.items()}


def _list(chance: random.Random, pairs: Sequence[tuple[str, str]]) -> str:
    """A list of entries, narrowed in one of several ways."""
    ways: tuple[Callable[[], dict[str, object]], ...] = (
        lambda: {"kind": chance.choice(list(Kind)).value},
        lambda: {"party": chance.choice(pairs)[0]},
        lambda: {"party": list(chance.choice(pairs))},
        lambda: {"standing": chance.choice(list(Standing)).value, "party": chance.choice(pairs)[1]},
        lambda: {"since": f"{chance.randrange(2006, 2023)}-03-01", "kind": "engagement"},
    )
    asked = chance.choice(ways)() | {"page": chance.randrange(1, 9)}
    return f"/entries?{urlencode(asked, doseq=True)}"


def _words(chance: random.Random, titles: Sequence[str]) -> str:
    """One to three telling words of a title."""
    telling = [word for word in chance.choice(titles).split() if len(word) > 4 and word.isalpha()]
    return " ".join(chance.sample(telling, min(len(telling), chance.randrange(1, 4)))) or "agreement"
