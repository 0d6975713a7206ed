"""Who takes part in entries: states, organisations and people, and when they were first and last seen."""

from collections import defaultdict
from collections.abc import Iterable

from communique.ledger import Actor
from communique.lexicon.tables import rows
from communique.model import Entry
from communique.resolve.claims import days


def actors(entries: Iterable[Entry]) -> tuple[Actor, ...]:
    """All actors of the entries, by kind and name."""
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    when: dict[tuple[str, str], set[str]] = defaultdict(set)
    states = {row["code"] for row in rows("states")}
    entries = tuple(entries)
    parties = {party for entry in entries for party in entry.parties}
    for entry in entries:
        named = {("state" if party in states else "organisation", party) for party in entry.parties}
        named |= {("person", name) for name in entry.fields.get("people", ())}
        named |= {("person", name) for name in entry.fields.get("speakers", ()) if name not in parties | states}
        dates = {known[0].isoformat() for r in entry.history if (known := days(r.ordered_by))}
        for actor in named:
            seen[actor].add(entry.id)
            when[actor] |= dates
    return tuple(
        Actor(
            name=name,
            kind=kind,
            parties=(),
            entries=len(seen[kind, name]),
            first_seen=min(when[kind, name], default=None),
            last_seen=max(when[kind, name], default=None),
        )
        for kind, name in sorted(seen)
    )
