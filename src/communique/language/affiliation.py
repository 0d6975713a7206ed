"""Whom a person represents when no title of theirs says so: by the document's title, lists and issuer."""

from collections.abc import Sequence
from itertools import pairwise

from communique.language.origin import Origin
from communique.language.registry import Naming, Person, Registry
from communique.language.terms import Hit
from communique.lexicon.actors import TermKind, cabinet_of, heads_of, sole_states
from communique.lexicon.officeholders import holders_of

_LIST_GAPS = {", ", " and ", ", and ", ", the ", " and the ", ", and the ", "; ", " as well as ", ", as well as "}
_OF_A_STATE = {"minister", "adviser", "envoy", "official", "spokesperson", "military", "rank", "deputy head", "royal"}


def affiliate(
    text: str, namings: Sequence[Naming], hits: Sequence[Hit], registry: Registry, origin: Origin, published: str | None
) -> None:
    """Give parties to people of the registry who have none, where the document leaves no doubt."""
    for person in registry.people:
        titled = origin.people.find(person.name)
        if titled is not None and titled.parties and not person.parties:
            person.parties = titled.parties
    _by_list(text, namings)
    _by_term_of_office(registry, published)
    if origin.issuer:
        _by_issuer(registry, origin)
    _by_sole_office(hits, registry)
    if origin.home is not None:
        _by_home(registry, origin.home)
    _by_pair(registry, origin)
    _by_surname(registry)


def party_in_office(name: str, published: str | None) -> tuple[str, ...]:
    """The one state or organisation whose office a person of this full name held when the document was published.

    Empty where no table knows the name, or the name can mean people of several states.
    """
    states = {holder.state for holder in holders_of(name, published)} if published else set()
    return tuple(states) if len(states) == 1 else ()


def _by_term_of_office(registry: Registry, published: str | None) -> None:
    """Whom everybody knows is named without a state: "President Vladimir Putin" in a text of the White House.

    A surname alone is enough only beside the title of the office that its holder had on the day of publication.
    """
    for person in registry.people:
        if person.parties or not published:
            continue
        if len(person.keys) > 1 and not person.cores:
            person.parties = party_in_office(person.name, published)
            continue
        offices = tuple(core for core in person.cores if core)
        holders = holders_of(person.name, published)
        states = {holder.state for holder in holders if holder.office.endswith(offices)}
        person.parties = tuple(states) if len(states) == 1 else ()


def _by_sole_office(hits: Sequence[Hit], registry: Registry) -> None:
    """An office that one state alone has tells the state, if the document names that state at all."""
    named = {h.term.parties[0] for h in hits if h.term.kind is TermKind.STATE}
    for person in registry.people:
        states = {state for core in person.cores for office, state in sole_states().items() if core.endswith(office)}
        if not person.parties and len(states) == 1 and states <= named:
            person.parties = tuple(states)


def _by_home(registry: Registry, home: str) -> None:
    """A report datelined in a capital, about that state, names the state's own officials without it."""
    taken = {core for person in registry.people if person.parties == (home,) for core in person.cores}
    for person in registry.people:
        if person.parties or not person.cores or person.cores & taken:
            continue
        if any(_belongs(core, person, home) for core in person.cores):
            person.parties = (home,)
            taken |= person.cores


def _by_pair(registry: Registry, origin: Origin) -> None:
    """Of the states in the title the one whose highest office this is, if only one of them is still without holder."""
    for person in sorted(registry.people, key=lambda p: p.first):
        if person.parties or "head" not in person.ranks or len(origin.pair) < 2:
            continue
        free = [
            state
            for state in origin.pair
            if heads_of(state)[:1] and heads_of(state)[0] in person.cores
            and not any(p.parties == (state,) and heads_of(state)[0] in p.cores for p in registry.people)
        ]  # fmt: skip
        if len(free) == 1:
            person.parties = (free[0],)


def _by_list(text: str, namings: Sequence[Naming]) -> None:
    """In "India's Prime Minister A, Foreign Minister B and Adviser C" the state holds for all but other heads."""
    for before, after in pairwise(namings):
        if before.person is None or after.person is None or after.person.parties or not before.person.parties:
            continue
        if after.title is None or "head" in after.title.ranks or text[before.end : after.start] not in _LIST_GAPS:
            continue
        if after.person.ranks & _OF_A_STATE and not after.person.cores & before.person.cores:
            after.person.parties = before.person.parties


def _by_issuer(registry: Registry, origin: Origin) -> None:
    """The first holder of an office that the issuing state has, and that no other person holds for it."""
    issuer = origin.issuer
    taken = {core for person in registry.people if person.parties == issuer for core in person.cores}
    in_title = [p for p in (registry.find(t.name) for t in origin.people.people) if p is not None]
    ordered = in_title + sorted((p for p in registry.people if p not in in_title), key=lambda p: p.first)
    for person in ordered:
        if person.parties or not person.cores or person.cores & taken:
            continue
        if any(_belongs(core, person, issuer[0]) for core in person.cores):
            person.parties = issuer
            taken |= person.cores


def _belongs(core: str, person: Person, issuer: str) -> bool:
    heads = heads_of(issuer)
    if "head" in person.ranks:
        return core in heads
    if person.ranks & {"deputy head"}:
        return core.replace("-", " ").removeprefix("vice ").removeprefix("deputy ") in heads
    if "minister" in person.ranks:
        return any(word in core for word in cabinet_of(issuer))
    return bool(person.ranks & {"adviser", "spokesperson"}) and len(issuer) == 2


def _by_surname(registry: Registry) -> None:
    """ "Joe Biden" and "Joseph R. Biden" with one office and surname are on one side."""
    for person in registry.people:
        if person.parties or len(person.keys) < 1:
            continue
        same = [p for p in registry.people if p.parties and p.keys[-1] == person.keys[-1] and p.cores & person.cores]
        if len(same) == 1:
            person.parties = same[0].parties
