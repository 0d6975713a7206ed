"""Where a document comes from, as far as that says who "we" and "the President" are: its issuer and its pair."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.language.people import find_people
from communique.language.registry import Registry
from communique.language.terms import Hit, find_terms
from communique.language.titles import find_titles
from communique.lexicon.actors import TermKind, members_of
from communique.model import Document

_JOINT = re.compile(
    r"\b(?:joint|leaders[’']?|ministerial|trilateral|quadrilateral|summit)\b.*"
    r"\b(?:statement|declaration|communiqu[eé]|vision|fact sheet|press release|readout)\b|\bcommuniqu[eé]\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"\b(?:statement|declaration|communiqu[eé])\b", re.IGNORECASE)
_FEW = 6  # a group of so few speaks as its members ("we" of AUKUS), a larger one as itself (G7)
_OPENING = 400  # characters in which a text says who "we" are
_LONGEST_LIST = 500
_WE = re.compile(r"(?:^|[\n.)–—]\s*)[“\"]?We, (?=the |[A-Z])")
_FIRST_VERB = re.compile(
    r"\s(?:have|has|met|meet|are|were|gathered|convened|agreed?|today|join(?:ed)?|issue|adopt|announce|reaffirm|affirm"
    r"|condemn|welcome|declare|express|recall|reiterate|commit|resolve|call|stand|abhor|emphasi[sz]e|underline)\b"
)
_LINE_MARK = 2  # a bullet or bracket may stand before a dateline
DATELINE_AFTER = re.compile(
    r"(?:, [A-Z][\w.]+(?: \d{1,2})?)? ?(?:\([^)]*\) ?)?[—–-] ?|, \d{1,2} [A-Z]|, [A-Z]\w+ \d{1,2}(?: [—–-]|:)"
)
"""What follows a place that heads a report: "TOKYO, March 3 –", "Jakarta (ANTARA) –"."""
_NAMING_RULES = {"state.name", "state.demonym", "state.people", "state.seat"}


@dataclass(frozen=True, slots=True)
class Origin:
    """What title and publisher say.

    Attributes:
        issuer: the party whose government or organisation publishes the text; empty for the press.
        joint: those who speak together in a joint statement, in the order of the title; empty otherwise.
        pair: the parties that the title and the issuer name, whatever the kind of text.
        home: the state in whose capital a report about it is datelined; None elsewhere.
        people: the people whom the title names, with what it says of them.
    """

    issuer: tuple[str, ...]
    joint: tuple[str, ...]
    pair: tuple[str, ...]
    home: str | None
    people: Registry


def origin_of(document: Document, text_hits: Sequence[Hit]) -> Origin:
    """Read title, publisher and dateline of a document, whose text's terms are given."""
    issuer = _issuer(document.publisher or "")
    title = document.title or ""
    hits = find_terms(title)
    people = Registry()
    find_people(title, hits, find_titles(title, hits), people)
    named = _parties(hits)
    joint = named if _JOINT.search(title) and (len(named) > 1 or _speaks_as_one(hits)) else ()
    word = _STATEMENT.search(title)
    authors = [hit for hit in hits if word and hit.end <= word.start()]
    if _speaks_as_one(authors):  # "G7 Statement on Ukraine": Ukraine is its subject, the issuer one of many
        joint = _parties(authors)
    joint = joint or _we_who_speak(document.text, text_hits)
    if len(joint) == 1 and 0 < len(members_of(joint[0])) <= _FEW:
        joint = members_of(joint[0])
    pair = _pair(issuer, named)
    home = None if issuer else _home(document.text, text_hits, pair)
    return Origin(issuer, joint, joint or pair, home, people)


def _we_who_speak(text: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Those whom a text in the first person names as it opens: "We, the leaders of France and Germany, have met"."""
    we = _WE.search(text, 0, _OPENING)
    verb = _FIRST_VERB.search(text, we.end(), we.end() + _LONGEST_LIST) if we else None
    if we is None or verb is None:
        return ()
    return _parties([hit for hit in hits if we.end() <= hit.start and hit.end <= verb.start()])


def _pair(issuer: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    """Issuer and named parties; where the issuer belongs to the one group named, that group's members, if few."""
    if len(named) == 1 and issuer and issuer[0] in members_of(named[0]):
        return members_of(named[0]) if len(members_of(named[0])) <= _FEW else ()
    return tuple(dict.fromkeys((*issuer, *named)))


def _home(text: str, hits: Sequence[Hit], pair: tuple[str, ...]) -> str | None:
    first = next((hit for hit in hits if hit.term.rule == "state.capital"), None)
    if first is None or first.start > _LINE_MARK or len(first.term.parties) != 1:
        return None
    if not text[: first.end].isupper() and DATELINE_AFTER.match(text, first.end) is None:
        return None
    state = first.term.parties[0]
    return state if state in pair or not pair else None


def _issuer(publisher: str) -> tuple[str, ...]:
    parties = _parties(find_terms(publisher), {"state.capital", "body.name", "organisation.name"})
    return parties if len(parties) == 1 else ()


def _parties(hits: list[Hit], further: set[str] | None = None) -> tuple[str, ...]:
    rules = _NAMING_RULES | {"organisation.name", "body.name"} | (further or set())
    found = [h.term.parties[0] for h in hits if h.term.rule in rules and len(h.term.parties) == 1]
    return tuple(dict.fromkeys(found))


def _speaks_as_one(hits: list[Hit]) -> bool:
    return any(
        h.term.kind is TermKind.ORGANISATION and h.term.detail in ("group", "association", "union", "pact", "alliance")
        for h in hits
    )
