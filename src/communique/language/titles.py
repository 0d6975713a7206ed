"""Titles of office with what belongs to them: prefix, portfolio and state on either side of the office's name.

"U.S. Secretary of Defense", "India's Minister of External Affairs", "the Danish defence minister", "Deputy Prime
Minister and Minister for Defence", "Ministry of Defence of Japan".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.language.terms import Hit
from communique.lexicon.actors import TermKind, office_words

_OWNERS = {TermKind.STATE, TermKind.ORGANISATION, TermKind.BODY, TermKind.COMPANY}
_TITLES = {TermKind.OFFICE, TermKind.GENERIC_BODY}
_BESIDE = {" ", ") ", "'s ", "’s ", "' ", "’ "}
_OF = re.compile(r",? (?:of|for)(?: the)? ")
_OF_OWNER = re.compile(r" (?:of|for|from)(?: the| His Majesty['’]s| Her Majesty['’]s)? ")
_TO = re.compile(r" to(?: the)? ")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_BETWEEN_WORDS = re.compile(r" and the | & | and |, and |, | of the | for the | of | for | ")
_LAST_WORD = re.compile(r"([^\s(\"“”]+)[ -]$")
_SECOND_RANK = ("deputy", "vice", "first deputy", "general secretary", "former", "state")
_JOINING = {" ", ", ", " and ", ", and ", " & ", " and the "}


@dataclass(frozen=True, slots=True)
class Title:
    """One or more titles of one office holder, or a body of government by its common noun.

    Attributes:
        start: offset of its first word, a state before it included; an article is not.
        end: offset after its last word.
        parties: whom the state, organisation or company beside it stands for; empty where none does.
        ranks: the ranks of the offices, in order.
        core: the offices in lower case without state, e.g. ``minister of defence``.
        bare: whether it is nothing but an office's name: no state, no portfolio.
        grammar: the grammar of the first office, as in the table.
    """

    start: int
    end: int
    parties: tuple[str, ...]
    ranks: tuple[str, ...]
    core: str
    bare: bool
    grammar: str
    rule: str


def find_titles(text: str, hits: Sequence[Hit]) -> list[Title]:
    """All titles of a text in order; those that one person bears side by side are one."""
    starts = {hit.start: hit for hit in hits}
    titles: list[Title] = []
    previous_owner: Hit | None = None
    covered = 0
    for hit in hits:
        if hit.term.kind in _OWNERS:
            previous_owner = hit
        if hit.term.kind not in _TITLES or hit.start < covered:
            continue
        title = _whole_title(text, hit, previous_owner, starts, covered)
        covered = title.end
        if titles and _same_holder(text, titles[-1], title):
            titles[-1] = _joined(text, titles[-1], title)
        else:
            titles.append(title)
    return titles


def _whole_title(text: str, hit: Hit, owner: Hit | None, starts: dict[int, Hit], floor: int) -> Title:
    floor = max(floor, owner.end if owner else 0)
    grammar = hit.term.grammar
    left = hit.start if grammar == "name" else _left_of(text, hit.start, floor)
    right = hit.end if grammar == "name" else _portfolio_after(text, hit.end, starts)
    core = text[left:right].lower()
    start, end = left, right
    parties: tuple[str, ...] = ()
    if owner is not None and text[owner.end : left] in _BESIDE and hit.term.detail[:9] != "honorific":
        start, parties = owner.start, owner.term.parties
    if grammar != "name" or hit.term.detail == "rank":
        end, after = _owner_after(text, right, starts)
        parties = parties or after
    bare = not parties and left == hit.start and right == hit.end
    return Title(start, end, parties, (hit.term.detail,), core, bare, grammar, hit.term.rule)


def _left_of(text: str, start: int, floor: int) -> int:
    portfolio, prefix = office_words("portfolio"), office_words("prefix")
    position = start
    while True:
        match = _LAST_WORD.search(text, max(floor, position - 40), position)
        if match is None:
            return position
        word = match[1].lower()
        if word in portfolio or word in prefix:
            position = match.start(1)
        elif word in ("and", "&") or (word.endswith(",") and word[:-1] in portfolio):
            further = match.start(1) if word.endswith(",") else _left_word_is_portfolio(text, match.start(1), floor)
            if further is None or position == start:
                return position
            position = further
        else:
            return position


def _left_word_is_portfolio(text: str, position: int, floor: int) -> int | None:
    match = _LAST_WORD.search(text, max(floor, position - 40), position)
    if match is None or not match[1][0].isupper() or match[1].strip(",").lower() not in office_words("portfolio"):
        return None
    return match.start(1)


def _portfolio_after(text: str, end: int, starts: dict[int, Hit]) -> int:
    """End of "of Foreign Affairs and Trade" after an office, or ``end``."""
    opening = _OF.match(text, end)
    if opening is None:
        return end
    portfolio = office_words("portfolio")
    last, position = end, opening.end()
    while True:
        word = _WORD.match(text, position)
        bare = word[0].removesuffix("'s").removesuffix("’s").removesuffix("’").lower() if word else ""
        if word is None or bare not in portfolio or _longer_owner(starts, position, word.end()):
            return last
        last = position + len(word[0].removesuffix("'s").removesuffix("’s"))
        between = _BETWEEN_WORDS.match(text, last)
        if between is None or (between[0].startswith(",") and not _portfolio_follows(text, between.end())):
            return last
        position = between.end()


def _portfolio_follows(text: str, position: int) -> bool:
    word = _WORD.match(text, position)
    return word is not None and word[0][0].isupper() and word[0].lower() in office_words("portfolio")


def _longer_owner(starts: dict[int, Hit], position: int, end: int) -> bool:
    """Whether a state or organisation of several words starts here: "European Union", not "Commonwealth"."""
    hit = starts.get(position)
    return hit is not None and hit.term.kind in _OWNERS and hit.end > end


def _owner_after(text: str, end: int, starts: dict[int, Hit]) -> tuple[int, tuple[str, ...]]:
    """The end of "of the Republic of Korea" after a title and whom it names; "to India" is passed over."""
    parties: tuple[str, ...] = ()
    opening = _OF_OWNER.match(text, end)
    owner = starts.get(opening.end()) if opening else None
    if owner is not None and owner.term.kind in _OWNERS:
        end, parties = owner.end, owner.term.parties
    posting = _TO.match(text, end)
    owner = starts.get(posting.end()) if posting else None
    if owner is not None and owner.term.kind in _OWNERS:
        end = owner.end
    return end, parties


def _same_holder(text: str, first: Title, second: Title) -> bool:
    gap = text[first.end : second.start]
    if first.ranks == ("body",) and gap == " " and "body" not in second.ranks:
        return True
    if (
        "plural" in (first.grammar, second.grammar)
        or gap not in _JOINING
        or "body" in (first.ranks[-1], second.ranks[-1])
    ):
        return False
    if second.ranks[0].startswith(("honorific", "rank")) or first.ranks[-1].startswith(("honorific", "rank")):
        return gap in (" ", ", ")
    if gap == " ":
        return True
    if gap == ", ":
        return not first.bare and not second.bare and text[second.end : second.end + 1] in (" ", ",")
    one_of_a_pair = first.ranks[-1] == "head" and not first.core.startswith(_SECOND_RANK)
    conflicting = bool(first.parties and second.parties and first.parties != second.parties)
    return not one_of_a_pair and not conflicting and text[second.end : second.end + 2][1:].isupper()


def _joined(text: str, first: Title, second: Title) -> Title:
    return replace(
        first,
        end=second.end,
        parties=first.parties or second.parties,
        ranks=tuple(rank for rank in first.ranks if rank != "body") + second.ranks,
        core=f"{first.core} {second.core}",
        bare=first.bare and second.bare,
        grammar=second.grammar if first.grammar in ("name", "body") else first.grammar,
        rule=second.rule if first.grammar in ("name", "body") else first.rule,
    )
