"""Actors in a document: states, organisations, companies, offices, people, and the words that stand for them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from communique.language.affiliation import affiliate
from communique.language.drafts import Draft
from communique.language.firms import find_firms
from communique.language.mentions import ActorKind, ActorMention
from communique.language.names import person_verbs
from communique.language.origin import DATELINE_AFTER, origin_of
from communique.language.people import find_people
from communique.language.reference import resolve
from communique.language.registry import Naming, Registry
from communique.language.terms import Hit, find_terms
from communique.language.titles import Title, find_titles
from communique.language.unlisted import find_unlisted
from communique.language.unnamed import find_unnamed
from communique.language.untitled import find_again
from communique.lexicon.actors import TermKind, definite_nouns
from communique.lexicon.tables import rows
from communique.model import Document, Span

_KINDS = {
    TermKind.STATE: ActorKind.STATE,
    TermKind.ORGANISATION: ActorKind.ORGANISATION,
    TermKind.BODY: ActorKind.ORGANISATION,
    TermKind.COMPANY: ActorKind.COMPANY,
}
_PRONOUNS = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "they": ("they", "them", "their", "theirs", "themselves"),
    "we": ("we", "us", "our", "ours", "ourselves"),
    "I": ("I", "me", "my"),
    "it": ("it", "its", "itself"),
}
_PRONOUN_CLASS = {form: name for name, words in _PRONOUNS.items() for w in words for form in (w, w.capitalize())}
_PRONOUN = re.compile(rf"\b(?:{'|'.join(sorted(_PRONOUN_CLASS, key=len, reverse=True))})\b")
_BOTH = re.compile(r"\b(Both) (?:also |then )?([a-z]+)\b")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|outside|inside|from|of|around|through|via|into)(?: the)? $", re.IGNORECASE)
_SEAT_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|outside|inside|to)(?: the)? $", re.IGNORECASE)
_DEFINITE = re.compile(rf"\b[Tt]he ({'|'.join(definite_nouns())})\b(?! (?:of )?[A-Z])")
_COMPANY = re.compile(rf"\b[Tt]he (?:{'|'.join(row['noun'] for row in rows('company_nouns'))})\b(?! of\b)")
_AUXILIARIES = frozenset(
    "has had have is was will would could should may can did does and in of also then that to on".split()
)
_ACRONYM = re.compile(r" \((?:the )?[“\"]?([A-Z][A-Za-z+\d-]{1,9})[”\"]?\)")


def find_actors(document: Document, sentences: Sequence[Span]) -> tuple[ActorMention, ...]:
    """Every mention of an actor in the document's text, in order of start, none overlapping another.

    Args:
        document: its text is searched; title and publisher tell who issues it and who its pair is.
        sentences: the sentences of the text, as half-open character offsets, in order.
    """
    text = document.text
    hits = find_terms(text)
    origin = origin_of(document, hits)
    titles = find_titles(text, hits)
    registry = Registry()
    namings = find_people(text, hits, titles, registry)
    namings += find_again(text, namings, titles, hits, registry)
    namings.sort(key=lambda naming: naming.start)
    affiliate(text, namings, hits, registry, origin, document.published)
    drafts = _without_overlap(
        [
            *(_from_naming(text, naming) for naming in namings),
            *_bodies(text, titles),
            *_from_hits(text, hits),
            *_acronyms(text, hits),
            *find_firms(text, hits),
        ],
        [*_pronouns(text), *_definite_nouns(text)],
    )
    resolve(text, drafts, sentences, origin, registry)
    known = [draft.mention() for draft in drafts]
    known += find_unlisted(text, known, document.published)
    unnamed = list(find_unnamed(text, known))
    known = [mention for mention in known if not any(mention.span.overlaps(other.span) for other in unnamed)]
    return tuple(sorted([*known, *unnamed], key=lambda mention: mention.span))


def _from_naming(text: str, naming: Naming) -> Draft:
    title = naming.title
    parties = title.parties if title and len(title.parties) == 1 else ()
    core, ranks = (title.core, title.ranks) if title else ("", ())
    if naming.person is None:
        rule = "office.with-state" if parties else "office.definite"
        return Draft(naming.start, naming.end, ActorKind.OFFICE, rule, parties, (), core, naming.definite, 0, "", ranks)
    rule = "person.office-name" if title else "person.name"
    if text[naming.end : naming.end + 1] == ":" and (not naming.start or text[naming.start - 1] == "\n"):
        rule = "person.turn"
    return Draft(naming.start, naming.end, ActorKind.PERSON, rule, (), (naming.person,), core, ranks=ranks)


def _bodies(text: str, titles: Iterable[Title]) -> Iterable[Draft]:
    for title in titles:
        if title.ranks != ("body",):
            continue
        parties = title.parties if len(title.parties) == 1 else ()
        definite = text[max(0, title.start - 4) : title.start].lower() == "the "
        if parties or ((definite or not title.bare) and text[title.start].isupper()) or _acts(text, title, definite):
            rule = "body.with-state" if parties else "body.definite"
            yield Draft(title.start, title.end, ActorKind.ORGANISATION, rule, parties, (), title.core, definite)


def _acts(text: str, title: Title, definite: bool) -> bool:
    """Whether a body in small letters stands for itself ("the ministry said") and describes nothing else."""
    after = re.compile(r"[ -]([a-z]+)").match(text, title.end)
    return definite and (after is None or after[1] in person_verbs() or after[1] in _AUXILIARIES)


def _from_hits(text: str, hits: Iterable[Hit]) -> Iterable[Draft]:
    ambiguous_for = {
        p for h in hits if h.term.kind is TermKind.STATE and len(h.term.parties) == 1 for p in h.term.parties
    }
    for hit in hits:
        term = hit.term
        if term.kind is TermKind.GROUP:
            yield Draft(hit.start, hit.end, ActorKind.GROUP, term.rule, number=term.number, detail=term.detail)
        elif term.kind in _KINDS:
            parties = term.parties
            if len(parties) > 1:
                parties = tuple(p for p in parties if p in ambiguous_for)
                parties = parties if len(parties) == 1 else ()
            rule = term.rule
            if rule in ("state.capital", "state.seat") and _is_place(text, hit):
                rule, parties = f"{rule}-place", ()
            yield Draft(hit.start, hit.end, _KINDS[term.kind], rule, parties)


def _is_place(text: str, hit: Hit) -> bool:
    """Whether a capital is where something happens ("in Tokyo", a dateline) and not who acts ("Tokyo said")."""
    before = text[max(0, hit.start - 14) : hit.start]
    pattern = _PLACE_BEFORE if hit.term.rule == "state.capital" else _SEAT_PLACE_BEFORE
    if pattern.search(before):
        return True
    opens_line = hit.start == 0 or text[hit.start - 1] == "\n"
    return opens_line and DATELINE_AFTER.match(text, hit.end) is not None


def _acronyms(text: str, hits: Sequence[Hit]) -> Iterable[Draft]:
    """Short forms that the document itself gives: "the Ruritanian Cyber Agency (RCA)" has no table to stand in."""
    meanings: dict[str, Hit] = {}
    for hit in hits:
        if hit.term.kind in _KINDS and hit.term.rule != "state.demonym":
            given = _ACRONYM.match(text, hit.end)
            if given and given[1].upper() == given[1] and _initials_fit(given[1], text[hit.start : hit.end]):
                meanings.setdefault(given[1], hit)
    if not meanings:
        return
    for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, meanings))})\b", text):
        hit = meanings[match[0]]
        if len(hit.term.parties) == 1:
            yield Draft(match.start(), match.end(), _KINDS[hit.term.kind], "acronym.in-text", hit.term.parties)


def _initials_fit(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym start words of the name in their order, beginning with its first."""
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w*|(?<=[a-z])[A-Z]", name))
    return len(initials) > 1 and acronym[0] == initials[0] and len(set(acronym) - set(initials)) <= 1


def _pronouns(text: str) -> Iterable[Draft]:
    for match in _PRONOUN.finditer(text):
        name = _PRONOUN_CLASS[match[0]]
        if name == "I" and match[0] == "I" and text[match.end() : match.end() + 1] in (".", "-", ")"):
            continue
        yield Draft(match.start(), match.end(), ActorKind.PRONOUN, f"pronoun.{name}", detail=name)
    for match in _BOTH.finditer(text):
        if match[2] in person_verbs():
            yield Draft(match.start(1), match.end(1), ActorKind.PRONOUN, "pronoun.they", detail="they")


def _definite_nouns(text: str) -> Iterable[Draft]:
    for match in _DEFINITE.finditer(text):
        yield Draft(match.start(), match.end(), ActorKind.ORGANISATION, "organisation.definite", core=match[1])
    for match in _COMPANY.finditer(text):
        yield Draft(match.start(), match.end(), ActorKind.COMPANY, "company.definite")


def _without_overlap(first: list[Draft], second: list[Draft]) -> list[Draft]:
    """All drafts in order of start; earlier groups win over later ones, longer over shorter."""
    kept: list[Draft] = []
    starts: list[int] = []
    for draft in sorted(first, key=lambda d: (d.kind is not ActorKind.PERSON, d.start - d.end)):
        _insert(kept, starts, draft)
    for draft in second:
        _insert(kept, starts, draft)
    return kept


def _insert(kept: list[Draft], starts: list[int], draft: Draft) -> None:
    place = bisect_right(starts, draft.start)
    if (place and kept[place - 1].end > draft.start) or (place < len(kept) and kept[place].start < draft.end):
        return
    kept.insert(place, draft)
    starts.insert(place, draft.start)
