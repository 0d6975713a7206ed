"""Who takes part in entries: states, organisations and people, and when they were first and last seen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from communique.ledger import Actor, People, Reported
from communique.ledger.meaning import NOTHING, Meanings
from communique.lexicon.tables import rows
from communique.model import Entry, Kind
from communique.model.names import name_parts, same_person
from communique.resolve.claims import days


def acts_for(name: str, people: People) -> tuple[str, ...]:
    """Whom a speaker acts for in a document that names these people; a party acts for itself.

    Args:
        name: a person as the document names them, or a party.
        people: whom the document's people act for; one that could be two of them acts for nobody.
    """
    if name in people:
        return people[name]
    if name in _states() or name in _organisations():
        return (name,)
    found = {parties for known, parties in people.items() if same_person(name, known)}
    return found.pop() if len(found) == 1 else ()


def actors(entries: Iterable[Entry], reported: Iterable[Reported], meanings: Meanings = NOTHING) -> tuple[Actor, ...]:
    """All actors of the entries, by kind and name; each person once, by the fullest name.

    Args:
        meanings: whom names mean by decision.
    """
    parties_of = _affiliations(reported)
    entries = tuple(entries)
    full = full_names({name for entry in entries for name in people_in(entry)}, meanings)
    seen: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        named = {(kind_of(party), party) for party in entry.parties}
        for actor in named | {("person", full[name]) for name in people_in(entry)}:
            seen[actor].append(entry)
    aliases: dict[str, list[str]] = defaultdict(list)
    for name, fullest in full.items():
        aliases[fullest].append(name)
    found = []
    for (kind, name), taking_part in sorted(seen.items()):
        dates = [known[0].isoformat() for e in taking_part for r in e.history if (known := days(r.ordered_by))]
        found.append(
            Actor(
                name=name,
                kind=kind,
                parties=mostly(parties_of[alias] for alias in aliases[name]) if kind == "person" else (),
                entries=len(taking_part),
                first_seen=min(dates, default=None),
                last_seen=max(dates, default=None),
            )
        )
    return tuple(found)


@cache
def _states() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("states"))


@cache
def _organisations() -> frozenset[str]:
    return frozenset(row["name"] for table in ("organisations", "companies") for row in rows(table))


def kind_of(party: str) -> str:
    """What a party is called as an actor."""
    return "state" if party in _states() else "organisation"


def people_in(entry: Entry) -> Sequence[str]:
    """The people who take part in an entry, or speak in it."""
    if entry.kind is Kind.STATEMENT:
        return [name for name in entry.fields["speakers"] if name not in _states() | _organisations()]
    return entry.fields["people"] if entry.kind is Kind.ENGAGEMENT else ()


def _affiliations(reported: Iterable[Reported]) -> dict[str, Counter[str]]:
    """For each name, how many documents let its bearer act for which party."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for people, meant in {one.source.document_id: (one.people, one.meant) for one in reported}.values():
        for name, parties in people.items():
            found[meant.here_called(name)].update({meant.party(party) for party in parties})
    return found


def mostly(documents: Iterable[Counter[str]]) -> tuple[str, ...]:
    """Parties that at least half as many documents name as the one named most: a misread one drops out."""
    counts = sum(documents, Counter[str]())
    return tuple(sorted(party for party, number in counts.items() if 2 * number >= max(counts.values())))


def full_names(names: Iterable[str], meanings: Meanings = NOTHING) -> dict[str, str]:
    """For each name the fullest form that it may stand for; the name itself where it could be several people.

    Args:
        meanings: whom names mean by decision; the names that it is about have an answer, too.
    """
    about = {*meanings.people, *meanings.people.values(), *(name for pair in meanings.apart for name in pair)}
    given = {*names, *about, *meanings.others, *meanings.others.values()}
    full = _fullest(given - meanings.others.keys(), meanings.apart)
    # two that somebody told apart may still have one fuller name: that is then the one's whose name is nearer to it
    pairs = [sorted(pair, key=lambda name: (len(name), name)) for pair in meanings.apart]
    if met := [(one, other) for one, other in pairs if one in full and full[one] == full.get(other)]:
        full = _fullest(full, meanings.apart | {frozenset((one, full[other])) for one, other in met})
    shared = set(meanings.others.values())
    full = {name: name if fullest in shared else fullest for name, fullest in full.items()}
    full |= {name: name for name in meanings.others}
    heads = _heads(full, meanings.people)
    return {name: heads.get(fullest, fullest) for name, fullest in full.items()}


def _heads(full: Mapping[str, str], means: Mapping[str, str]) -> dict[str, str]:
    """For each person who is somebody else by decision, by the fullest names of both, that one."""
    found: dict[str, str] = {}
    for name, other in sorted(means.items()):
        if name in full and other in full:
            mine, theirs = (found.get(full[one], full[one]) for one in (name, other))
            if mine != theirs:
                found |= dict.fromkeys((mine, *(k for k, head in found.items() if head == mine)), theirs)
    return found


def _fullest(names: Iterable[str], apart: frozenset[frozenset[str]]) -> dict[str, str]:
    by_part: dict[str, list[str]] = defaultdict(list)
    ordered = sorted(names, key=_fullness)
    rank = {name: at for at, name in enumerate(ordered)}
    for name in ordered:
        parts = name_parts(name)
        for part in {*parts[:1], *parts[-1:]}:
            by_part[part].append(name)

    def alike(one: str, other: str) -> bool:
        return same_person(one, other) and frozenset((one, other)) not in apart

    full: dict[str, str] = {}
    for name in reversed(ordered):
        known = {n for part in name_parts(name) for n in by_part[part]}
        same = {n for n in known if rank[n] > rank[name] and alike(name, n)}
        longest = max(same, key=rank.__getitem__, default=name)
        fullest = full.get(longest, longest)
        one = all(alike(longest, other) for other in same) and (fullest == longest or alike(name, fullest))
        full[name] = fullest if one else name
    return full


def _fullness(name: str) -> tuple[int, bool, int, str]:
    """What puts names in order: longer ones go after shorter ones, and plainly written ones after others as long."""
    shouted = any(len(word) > 2 and word.isupper() for word in name.split())
    return len(name), not shouted, sum(not letter.isascii() for letter in name), name
