"""Words that name actors, as terms ready to be matched: states, organisations, companies, offices, groups.

The knowledge stands in the tables ``states``, ``organisations``, ``government_bodies``, ``companies``,
``offices``, ``office_words``, ``group_phrases``, ``definite_nouns`` and ``not_actors``;
this module only gives it types.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

from communique.lexicon.tables import forms, rows


class TermKind(Enum):
    """What a term names; ``NOT_AN_ACTOR`` shields longer names that contain one ("Indian Ocean")."""

    STATE = auto()
    ORGANISATION = auto()
    BODY = auto()
    COMPANY = auto()
    OFFICE = auto()
    GENERIC_BODY = auto()
    GROUP = auto()
    NOT_AN_ACTOR = auto()


@dataclass(frozen=True, slots=True)
class Term:
    """What one form of words means.

    Attributes:
        parties: whom it stands for; several where the form alone does not decide between them ("Congo").
        rule: id of the rule that a mention of it carries, e.g. ``state.demonym``.
        detail: offices: the rank; groups: whom they refer to (``people`` or ``parties``).
        grammar: offices: ``free`` stands alone or with a state on either side, ``portfolio`` needs a state, portfolio
            or name beside it, ``name`` only goes before a name.
        number: groups: how many they count, 0 where they do not say.
        personal: also a given name or surname, so that neighbouring capitalised words speak against it.
    """

    kind: TermKind
    parties: tuple[str, ...]
    rule: str
    detail: str = ""
    grammar: str = ""
    number: int = 0
    personal: bool = False


_STATE_COLUMNS = (
    ("name", "state.name"),
    ("official", "state.name"),
    ("aliases", "state.name"),
    ("adjectives", "state.demonym"),
    ("people", "state.people"),
    ("capital", "state.capital"),
    ("seats", "state.seat"),
)
_SHORTEST_SHOUTED = 4
_MEETING = {"group", "pact", "association", "alliance", "union", "community", "forum", "council", "organisation"}
_LEADERS_OF = ("leaders of", "foreign ministers of", "heads of state and government of", "countries of")


@cache
def actor_terms() -> dict[str, Term]:
    """Every form with its meaning; forms are matched as written, variants of case and apostrophe included."""
    terms: dict[str, Term] = {}
    for make in (_companies, _bodies, _organisations, _states, _groups, _offices, _shields):
        for form, term in make():
            for variant in (form, form.replace("'", "’")):
                terms[variant] = term
    return terms


@cache
def office_words(kind: str) -> frozenset[str]:
    """Words that extend a title in lower case: ``portfolio`` ("foreign", "trade") or ``prefix`` ("deputy")."""
    return frozenset(row["word"] for row in rows("office_words") if row["class"] == kind)


@cache
def heads_of(code: str) -> tuple[str, ...]:
    """The highest offices that the state has ("president", "prime minister"); empty where the table is silent."""
    return next((forms(row, "heads") for row in rows("states") if row["code"] == code), ())


@cache
def sole_states() -> dict[str, str]:
    """Offices of one state alone ("external affairs minister"), in lower case, with its code."""
    return {row["title"]: row["state"] for row in rows("offices") if row["state"]}


@cache
def cabinet_of(code: str) -> tuple[str, ...]:
    """What members of the state's cabinet are called: ``minister``, ``secretary`` or both."""
    return next((forms(row, "cabinet") for row in rows("states") if row["code"] == code), ())


@cache
def members_of(organisation: str) -> tuple[str, ...]:
    """ISO codes of the members of an organisation that acts as a party; empty where the table is silent."""
    return next((tuple(row["members"].split()) for row in rows("organisations") if row["name"] == organisation), ())


@cache
def definite_nouns() -> dict[str, tuple[str, ...]]:
    """Nouns that with an article stand for an actor named before ("the Alliance"), and the actors they can mean."""
    return {row["noun"]: forms(row, "candidates") for row in rows("definite_nouns")}


def _states() -> Iterator[tuple[str, Term]]:
    owners: dict[str, list[str]] = {}
    for row in rows("states"):
        for column, _ in _STATE_COLUMNS:
            for form in forms(row, column):
                owners.setdefault(form, [])
                if row["code"] not in owners[form]:
                    owners[form].append(row["code"])
    for row in rows("states"):
        for column, rule in _STATE_COLUMNS:
            for form in forms(row, column):
                personal = row["personal"] == "yes" and column == "name"
                term = Term(TermKind.STATE, tuple(owners[form]), rule, personal=personal)
                yield form, term
                if len(form) >= _SHORTEST_SHOUTED:
                    yield form.upper(), term


def _organisations() -> Iterator[tuple[str, Term]]:
    for row in rows("organisations"):
        for form in (row["name"], *forms(row, "aliases")):
            term = Term(TermKind.ORGANISATION, (row["name"],), "organisation.name", detail=row["kind"])
            yield form, term
            if row["members"] and row["kind"] in _MEETING:
                for leaders in _leaders_of(form):
                    yield leaders, term


def _leaders_of(name: str) -> Iterator[str]:
    """ "The leaders of the G7": those who speak for a group of states are the group, and no leaders named before."""
    for words in _LEADERS_OF:
        for article in ("", "the "):
            yield f"the {words} {article}{name}"
            yield f"The {words} {article}{name}"


def _bodies() -> Iterator[tuple[str, Term]]:
    for row in rows("government_bodies"):
        for form in (row["name"], *forms(row, "aliases")):
            yield form, Term(TermKind.BODY, (row["state"],), "body.name")


def _companies() -> Iterator[tuple[str, Term]]:
    for row in rows("companies"):
        yield row["name"], Term(TermKind.COMPANY, (row["name"],), "company.name", personal=row["personal"] == "yes")


def _offices() -> Iterator[tuple[str, Term]]:
    for row in rows("offices"):
        title, grammar = row["title"], row["grammar"]
        kind = TermKind.GENERIC_BODY if grammar == "body" else TermKind.OFFICE
        term = Term(kind, (), f"office.{row['rank'].replace(' ', '-')}", detail=row["rank"], grammar=grammar)
        if grammar in ("free", "portfolio") and row["rank"] not in ("counterpart", "adviser") and " of " not in title:
            plural = f"{title.removesuffix('y')}ies" if title.endswith("y") else f"{title}s"
            yield from _cases_of_title(plural, replace(term, grammar="plural"))
        if title == "ceo":
            yield title.upper(), term
        elif title[0].isupper():
            yield title, term
            if row["rank"].startswith("honorific"):
                yield title.upper(), term
        else:
            yield from _cases_of_title(title, term)


def _cases_of_title(title: str, term: Term) -> Iterator[tuple[str, Term]]:
    small = {"of", "in", "d'affaires"}
    capitalised = " ".join(word if word in small else word[0].upper() + word[1:] for word in title.split())
    yield capitalised, term
    if term.detail.startswith(("head", "deputy", "minister", "organisation", "honorific")):
        yield title.upper(), term
    yield "-".join(part if part in small else part[0].upper() + part[1:] for part in capitalised.split("-")), term
    if term.detail != "rank":
        yield title, term
        yield title[0].upper() + title[1:], term


def _groups() -> Iterator[tuple[str, Term]]:
    for row in rows("group_phrases"):
        form, number = row["form"], int(row["number"])
        rule = "group." + form.removeprefix("the ").replace(" ", "-")
        term = Term(TermKind.GROUP, (), rule, detail=row["refers"], number=number)
        head, _, last = form.rpartition(" ")
        first, _, rest = form.partition(" ")
        for variant in (form, f"{head} {last.capitalize()}" if head else form, f"{first} {_each_capital(rest)}"):
            yield variant, term
            yield variant[0].upper() + variant[1:], term


def _each_capital(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] if word not in ("of", "and") else word for word in words.split(" "))


def _shields() -> Iterator[tuple[str, Term]]:
    for row in rows("not_actors"):
        yield row["phrase"], Term(TermKind.NOT_AN_ACTOR, (), "not-an-actor")
