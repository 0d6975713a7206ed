"""Finding the lexicon's terms in a text: longest match, whole words, with the traps of case and names minded."""

import re
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from communique.lexicon.actors import Term, TermKind, actor_terms, office_words

_OPPOSED = re.compile(r"(?:\b(?:non|anti|pro|ex|post|pre|un)[-‑–])$", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'-]*) $")
_PREPOSITIONS = frozenset({"of", "to", "in", "from", "for", "with", "and"})
_WORD_AFTER = re.compile(r" ([^\W\d_][\w’'-]*)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at its place, ``text[start:end]``."""

    start: int
    end: int
    term: Term


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[Term, ...]]:
    terms = actor_terms()
    automaton = ahocorasick_rs.AhoCorasick(list(terms), matchkind=ahocorasick_rs.MatchKind.Standard)
    return automaton, tuple(terms.values())


def find_terms(text: str) -> list[Hit]:
    """The terms of the lexicon in a text, in order, none overlapping another; the longest at each place."""
    automaton, terms = _automaton()
    size = len(text)
    whole = []
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if (start and text[start - 1].isalnum() and text[start].isalnum()) or (end < size and text[end].isalnum()):
            continue
        whole.append((start, -end, index))
    whole.sort()
    hits: list[Hit] = []
    last = 0
    for start, negated, index in whole:
        if start < last:
            continue
        last = -negated
        hits.append(Hit(start, last, terms[index]))
    return [hit for hit in hits if not _is_trap(text, hit)]


def _is_trap(text: str, hit: Hit) -> bool:
    if hit.term.kind is TermKind.NOT_AN_ACTOR:
        return False
    before = text[max(0, hit.start - 6) : hit.start]
    if before[-1:] in "-‑–" and _OPPOSED.search(before):
        return True
    return hit.term.personal and _reads_as_a_name(text, hit)


def _reads_as_a_name(text: str, hit: Hit) -> bool:
    """Whether a capitalised word that no term starts or ends with stands beside it: "Chad Bown", "Michael Jordan"."""
    if hit.term.rule in ("state.demonym", "state.people", "state.capital"):
        return False
    firsts, lasts = _edge_words()
    after = _WORD_AFTER.match(text, hit.end)
    before = _WORD_BEFORE.search(text[max(0, hit.start - 25) : hit.start])
    if after and _is_name_word(after[1]) and after[1] not in firsts and after[1].lower() not in _title_words():
        return before is None or before[1] not in _PREPOSITIONS
    if before is None or not _is_name_word(before[1]) or before[1] in lasts or before[1].lower() in _title_words():
        return False
    opening = hit.start - len(before[0])
    return opening > 1 and text[opening - 1] == " " and text[opening - 2].islower()


def _is_name_word(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


@cache
def _edge_words() -> tuple[frozenset[str], frozenset[str]]:
    """The first and the last words of all terms."""
    words = [form.split() for form in actor_terms() if form]
    return frozenset(w[0] for w in words), frozenset(w[-1] for w in words)


@cache
def _title_words() -> frozenset[str]:
    return office_words("portfolio") | office_words("prefix")
