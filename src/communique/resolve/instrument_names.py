"""What the names of agreements and initiatives tell: the words that are their own, of which sort they are, of whom."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from communique.language.terms import Hit, find_terms
from communique.lexicon.actors import TermKind
from communique.lexicon.tables import forms, rows
from communique.model import Agreement, Initiative, Source
from communique.resolve.claims import Claim, Days, days
from communique.resolve.groupings import parties_of, words_of
from communique.resolve.standing import standing_instrument
from communique.resolve.words import (
    acronyms,
    content_words,
    contracted,
    initials,
    listed,
    misspelt,
    ordered_words,
    plain,
    spelt_acronyms,
    state_words,
)

_SUBJECT = re.compile(r"\b(?:on|for|regarding|concerning|about|towards?|to)\b")
_FOR_STATE = re.compile(r"\b(?:for|with|between|in)\s+(?:the\s+)?([A-Z].*?)\s*(?:\([^()]*\))?$")
YEAR = re.compile(r"(?:19|20)\d\d")
_REMEMBERED = re.compile(r"\b(?:anniversary|(?:years?|months?|weeks?)\s+(?:ago|since|after))\b", re.IGNORECASE)
"""What tells that the day of the document is that on which something is remembered, and not that of its making."""
_SETTLED = {"agreed", "signed", "launched"}
_TO_COME = {"proposed", "negotiating"}
_NAMED_STATES = frozenset({"state.name", "state.demonym", "state.people"})
"""Rules of terms that name a state itself; that of its capital may be the name of an instrument signed there."""
_LEAST_ACRONYM = 3
_TELLING_ACRONYM = 4
"""Letters of an acronym that few others share."""


class Name(NamedTuple):
    """A name and what goes with it.

    Attributes:
        words: its words apart from those of parties and of the sort of instrument.
        heads: nouns of the sort of instrument before the name comes to its subject.
        acronyms: those that it is or carries, and those of its own words.
        spelt: those that it is or carries.
        initials: the first letters of its words with a capital.
        stands_for: for the acronyms of its own words, those words.
        whole: all its words but those of parties.
        opening: those before it comes to its subject: "Americas Partnership" of that for Economic Prosperity.
        about: the states that it names.
        states: those with or for which it is, as the name says.
        spoken: where it has no word of its own, the states that its sentences and title name.
        settled: when it was settled.
        moment: when it was settled, else when it was spoken of.
        there: whether it is told of as something that is there already.
        standing: the well-known instrument that it means, if it does.
    """

    words: frozenset[str]
    heads: frozenset[str]
    acronyms: frozenset[str]
    spelt: frozenset[str]
    initials: str
    stands_for: tuple[tuple[str, frozenset[str]], ...]
    whole: frozenset[str]
    opening: frozenset[str]
    about: frozenset[str]
    states: frozenset[str]
    spoken: frozenset[str]
    parties: frozenset[str]
    settled: Days | None
    moment: Days | None
    agreement: bool
    there: bool
    standing: str | None = None

    @property
    def mutual(self) -> bool:
        """Whether it is an instrument between two, of which others have their like."""
        of_many = not self.heads.isdisjoint(listed("universal")) or not self.words.isdisjoint(listed("continents"))
        # A declaration with a title of its own is joined by many, of whom a document names some, unless it is joint.
        titled = self.declaratory and len(self.own) > 1 and self.heads.isdisjoint(listed("joint"))
        return self.agreement and len(self.parties) == 2 and not of_many and not titled

    @property
    def own(self) -> frozenset[str]:
        """The words that few other names share."""
        return self.words - listed("weak")

    @property
    def declaratory(self) -> bool:
        """Whether the instrument is issued once, on one day."""
        return not self.heads.isdisjoint(listed("declaratory"))


class _Words(NamedTuple):
    """What a name tells by itself; see :class:`Name`."""

    heads: frozenset[str]
    whole: tuple[str, ...]
    opening: frozenset[str]
    about: frozenset[str]
    states: frozenset[str]


def name_of(claim: Claim) -> Name:
    """What the name of the agreement or initiative that a record reports tells."""
    record = claim.reported.record
    assert isinstance(record, Agreement | Initiative)
    name = contracted(record.name)
    known = standing_instrument(plain(name))
    if known is not None:
        return _well_known(known)
    told = _told(name)
    organisations = _organisations(record, told)
    words = frozenset(told.whole) - organisations - listed("heads")
    armistice = not told.heads.isdisjoint(listed("armistices")) and not _telling_of_armistice(words)
    if armistice:
        words = frozenset()
    elif not words:
        words = frozenset(told.whole) - listed("heads")
    spoken = frozenset[str]() if words - listed("weak") else _spoken_of(claim.reported.source)
    spoken = spoken.union(record.parties) if armistice else spoken
    source = claim.reported.source
    remembered = record.date == source.published and any(map(_REMEMBERED.search, source.quotes))
    settled = days(record.date) if record.stage in _SETTLED and not remembered else None
    stands_for = _stands_for(name, organisations)
    spelt = spelt_acronyms(name) - listed("heads") - organisations - state_words()
    formed = acronyms(name) | {acronym for acronym, _ in stands_for if len(acronym) >= _TELLING_ACRONYM}
    return Name(
        words=words,
        heads=told.heads,
        acronyms=spelt | (formed - listed("heads") - organisations - state_words()),
        spelt=spelt,
        initials=initials(name),
        stands_for=stands_for,
        whole=frozenset(told.whole),
        opening=told.opening,
        about=told.about,
        states=told.states,
        spoken=spoken,
        # A name that tells two states tells whose it is, better than a sentence in which others are named too.
        parties=told.about if armistice or len(told.about) > 1 else parties_of(record.parties) or spoken,
        settled=settled,
        moment=settled or claim.published,
        agreement=isinstance(record, Agreement),
        there=record.stage not in _TO_COME,
    )


def _well_known(standing: str) -> Name:
    none = frozenset[str]()
    return Name(none, none, none, none, "", (), none, none, none, none, none, none, None, None, True, True, standing)


@lru_cache(maxsize=65536)
def _told(full: str) -> _Words:
    name = plain(full)
    hits = _states(name)
    bare = _without(name, hits)
    main = _SUBJECT.split(bare, maxsplit=1)[0]
    whole = tuple(word for word in ordered_words(bare) if word not in listed("fillers"))
    opening = content_words(main) - listed("fillers")
    return _Words(
        heads=opening & listed("heads") or frozenset(whole) & listed("heads"),
        whole=whole,
        opening=opening,
        about=frozenset(party for hit in hits for party in hit.term.parties),
        states=_states_after(name),
    )


def _states(text: str) -> list[Hit]:
    """Where a text names states by their names, adjectives or peoples."""
    return [h for h in find_terms(text) if h.term.kind is TermKind.STATE and h.term.rule in _NAMED_STATES]


def _without(text: str, hits: list[Hit]) -> str:
    for hit in reversed(hits):
        text = f"{text[: hit.start]} {text[hit.end :]}"
    return text


def _organisations(record: Agreement | Initiative, told: _Words) -> frozenset[str]:
    """The words for organisations in a name that say whose it is, and not that it is the organisation: "AUKUS"."""
    if isinstance(record, Agreement):
        return organisation_words()
    found = words_of(record.parties)
    own = frozenset(told.whole) - found - listed("heads") - listed("weak")
    return found if own else frozenset()


def _telling_of_armistice(words: frozenset[str]) -> frozenset[str]:
    """The words that tell one from others besides where it is, how long it lasts and how lasting it is."""
    return frozenset(word for word in words - listed("weak") - listed("of_armistices") if not word.isdigit())


def _spoken_of(source: Source) -> frozenset[str]:
    """The states that the sentences and the title of their document name."""
    return _states_in(" ".join((*source.quotes, source.title or "")))


@lru_cache(maxsize=65536)
def _states_in(text: str) -> frozenset[str]:
    return frozenset(party for hit in _states(text) for party in hit.term.parties)


@lru_cache(maxsize=65536)
def _states_after(name: str) -> frozenset[str]:
    """The states that stand last in a name, after "for", "with" or "in": "Partnership for Indonesia"."""
    last = _FOR_STATE.search(name)
    if last is None:
        return frozenset()
    hits = find_terms(last[1])
    whole = any((hit.start, hit.end) == (0, len(last[1])) for hit in hits)
    return frozenset(party for hit in hits for party in hit.term.parties) if whole else frozenset()


@lru_cache(maxsize=65536)
def _stands_for(name: str, organisations: frozenset[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """The acronyms that a name's own words make, with those words: all of them, its opening, those that tell.

    "AIM" is the opening of the Agriculture Innovation Mission for Climate, "CET" tells the Critical and Emerging
    Technology Working Group of the Quad from its others.
    """
    told = _told(name)
    opening = tuple(word for word in told.whole if word in told.opening)
    telling = tuple(word for word in told.whole if word not in listed("heads") and word not in organisations)
    runs = (telling, opening, told.whole)
    found = {"".join(word[0] for word in run): frozenset(run) - listed("heads") for run in runs}
    return tuple((acronym, words) for acronym, words in found.items() if len(acronym) >= _LEAST_ACRONYM)


@cache
def organisation_words() -> frozenset[str]:
    """The names of one word for organisations."""
    names = [row["name"] for row in rows("organisations")]
    names += [alias for row in rows("organisations") for alias in forms(row, "aliases")]
    return frozenset(words[0] for name in names if len(words := ordered_words(name)) == 1)


def spelt_out(one: Name, other: Name) -> Name:
    """The name with an acronym of words of the other, or a letter for one of them, as the other has them."""
    words = one.words
    for acronym, meant in other.stands_for:
        # "IPEF" with words that the framework's name lacks is something of the framework.
        if acronym in words and words - {acronym} <= other.words:
            words = words - {acronym} | meant
    for letter in [word for word in words if len(word) == 1 and word.isalpha()]:
        words = words - {letter} | {word for word in other.words if word.startswith(letter)}
    return one._replace(words=words) if words != one.words else one


def spelt_in_full(one: Name, other: Name) -> bool:
    """Whether one has beside it an acronym that all words of the other make."""
    letters = len(other.whole)
    beside = one.spelt - one.words
    return letters >= _TELLING_ACRONYM and any(a in beside and len(a) == letters for a, _ in other.stands_for)


def opens(small: Name, large: Name) -> bool:
    """Whether one name is the other's up to its subject, "Americas Partnership" of that for Economic Prosperity.

    Without words of its own it is that of the same parties. "The agreement of the forum on trade" is not the forum.
    """
    short, long = sorted((small, large), key=lambda name: (len(name.whole), sorted(name.whole)))
    if not short.words or short.whole == long.whole or (long.whole - long.opening) & listed("heads"):
        return False
    if without_years(short.whole) != without_years(long.opening):
        return False
    return bool(short.own) or (short.parties == long.parties and len(short.parties) > 1)


def without_years(words: frozenset[str]) -> frozenset[str]:
    """The words without years."""
    return frozenset(word for word in words if not YEAR.fullmatch(word))


def spelt_alike(one: Name, other: Name) -> Name:
    """The other name with words that are misspelt in either as the one has them."""
    lacking, beyond = one.words - other.words, other.words - one.words
    if not lacking or len(lacking) != len(beyond) or len(lacking) > 2:
        return other
    pairs = {word: meant for word in beyond for meant in lacking if misspelt(word, meant)}
    return other._replace(words=frozenset(pairs.get(word, word) for word in other.words)) if pairs else other
