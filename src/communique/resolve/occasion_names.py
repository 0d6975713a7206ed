"""The names of occasions in the sentences that tell of them: "the Quad's Tokyo summit", "the second dialogue"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from communique.resolve.words import listed, ordered_words, state_words

_NOUN = r"(?:summits?|meetings?|dialogues?|conferences?|consultations|talks|calls?|convening|forums?)"
_NAMED = re.compile(
    rf"(?P<before>(?:[\w.’'&/-]+\s+){{1,7}}(?:\([\w-]+\)\s+)?)(?i:{_NOUN})\b"
    rf"(?P<after>(?:\s+(?:of|at|for|on)\s+(?:the\s+)?(?:[A-Z][\w.-]+\s*)+)*)"
    rf"(?P<more>(?:\s*and\s+[A-Z][\w-]+)?)(?:\s*\((?P<short>[A-Z]{{3,}})\))?"
)
_HOSTED = re.compile(r"\bhost(?:s|ed|ing)?\s+(?:of\s+)?(?:the\s+)?(?P<name>[A-Z][A-Za-z]*[A-Z0-9]+)\b(?!\s+[A-Z])")
"""What an organisation's gathering is called where it is told who hosts it: "hosting APEC next year"."""
_BESIDE = re.compile(r"\b(?:margins?|sidelines?)\s+of\b")
"""What stands before the name of an occasion beside which the one that is told of took place."""
_BEFORE = re.compile(r"\b(?:ahead|advance)\s+of\b")
_NUMBERED = re.compile(r"\b(?P<series>COP|MC)[\s-]?(?P<number>\d\d?)\b")
"""Conferences that go by a number in their series."""
_THEIR_OWN = re.compile(r"\b(?:met|held\s+(?:a|an|their)|hosted)\b")
"""What tells of another occasion, at which a conference is spoken of."""
_NOT_AT = re.compile(
    r"\b(?:(?:margins?|sidelines?)\s+of|(?:ahead|advance)\s+of|before|until|since|days\s+left)\b[^,;]*$"
)
"""What stands before the number of a conference at which what a sentence tells of did not take place."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(rf"^(?:{'|'.join(_ORDINALS)}|first-ever|\d+(?:st|nd|rd|th))$")
_ADJECTIVES = frozenset(
    "annual bilateral extraordinary historic in-person inaugural joint last latest leader level next recent special "
    "upcoming virtual".split()
)
_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
_SIDES = ("trilateral", "quadrilateral")
_REFERS = re.compile(r"\b(?:[Tt]his|[Tt]he|[Tt]oday[’']s)\s+(?:[Ss]ummit|[Cc]onference)\b")
"""What means the occasion that the document is about: "the Summit will focus on"."""


class Naming(NamedTuple):
    """The name under which an occasion goes.

    Attributes:
        words: words of all names that are told.
        number: its number in a series; empty where none is told.
        conference: the series and number of the conference that it is ("COP28"), where no other name is told.
        beside: whether it took place on the margins of another.
    """

    words: frozenset[str]
    number: str
    conference: str
    beside: bool


@lru_cache(maxsize=32768)
def naming_of(quotes: Sequence[str], title: str, *, today: bool, coming: bool) -> Naming:
    """The name that the sentences tell; that of the title where they only refer to it.

    Args:
        quotes: the sentences.
        title: of their document.
        today: whether what they tell of took place on the day of publication, so not at what they look forward to.
        coming: whether it is a summit to come: "ahead of the summit" then names the summit itself.
    """
    names = list(_named(quotes, coming))
    conference = _conference(quotes, today)
    if not conference and not any(words for words, _ in names) and any(map(_REFERS.search, quotes)):
        names = list(_named([title], coming))
    if not any(words for words, _ in names):
        names += [(frozenset(ordered_words(m["name"])), "") for quote in quotes for m in _HOSTED.finditer(quote)]
    main = next((words for words, _ in names if words), frozenset[str]())
    numbers = [number for words, number in names if number and (words or not main)]
    beside = any(map(_BESIDE.search, quotes))
    return Naming(
        words=main.union(*(words for words, _ in names if not main.isdisjoint(words))),
        number=numbers[0] if numbers else "",
        conference=conference if main <= listed("conferences") and not (today and beside) else "",
        beside=beside,
    )


def _named(texts: Iterable[str], coming: bool) -> Iterator[tuple[frozenset[str], str]]:
    """The words and the number of the occasion that each text names first, by all names that have a word in common."""
    for text in texts:
        first = frozenset[str]()
        for words, number in _all_named(text, coming):
            first = first or words
            if not words or not first.isdisjoint(words):
                yield words, number


def _all_named(text: str, coming: bool) -> Iterator[tuple[frozenset[str], str]]:
    """The words and the number of each occasion that a text names."""
    for match in _NAMED.finditer(text):
        if not _BESIDE.search(match["before"]) and (coming or not _BEFORE.search(match["before"])):
            told = list(_own_words(match["before"]))
            numbers = [word for word in told if _ORDINAL.match(word)]
            beyond = (*_WORD.findall(match["after"] + match["more"]), match["short"] or "")
            names = (word for word in (*told, *beyond) if word[:1].isupper() or word in _SIDES)
            words = frozenset(form for word in names for form in ordered_words(word))
            # "The first Summit Chair" does not count summits.
            counts = numbers and not re.match(r"\s+[A-Z]", text[match.end() :])
            yield words - _no_names(), _counted(numbers[0]) if counts else ""


def _no_names() -> frozenset[str]:
    return listed("titles") | listed("stop") | (state_words() - listed("continents"))


def _own_words(before: str) -> Iterator[str]:
    """The words that belong to the noun they stand before: those with a capital, ordinals and adjectives among them."""
    words = before.split()
    for at in range(len(words) - 1, -1, -1):
        plain = words[at].strip("()")
        if _ORDINAL.match(plain.lower()):
            # "The President's first summit" is his.
            if not (at and re.search(r"[’']s?$|^(?:his|her|their|our)$", words[at - 1])):
                yield plain.lower()
        elif plain[:1].isupper() or plain in _SIDES:
            # "President Otieno's summit" is not called Otieno.
            if not (re.search(r"[’']s?$", plain) and at and words[at - 1].lower() in _titles()):
                yield from _WORD.findall(plain)
        elif plain.rstrip("’'s") not in _ADJECTIVES:
            return


def _titles() -> frozenset[str]:
    return frozenset(("president", "minister", "secretary", "chancellor", "premier", "advisor"))


def _counted(ordinal: str) -> str:
    plain = ordinal.removesuffix("-ever")
    return str(_ORDINALS.index(plain) + 1) if plain in _ORDINALS else plain[:-2]


def _conference(quotes: Sequence[str], today: bool) -> str:
    """The numbered conference that the first of the sentences with any tells of, where it is one alone."""
    beside = _NOT_AT if today else _BESIDE
    told_first = list(takewhile(lambda quote: not _NUMBERED.search(quote), quotes))
    if any(map(_THEIR_OWN.search, told_first)):
        return ""
    told = (
        {m["series"] + m["number"] for m in _NUMBERED.finditer(q) if not beside.search(q[: m.start()])} for q in quotes
    )
    found = next(filter(None, told), set[str]())
    return found.pop() if len(found) == 1 else ""
