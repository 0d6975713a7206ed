"""What an action promises: the stages of what things, by which words, and which numbers it names.

The verbs stand in ``lexicon/promise_verbs.csv``, each with the kind of thing and the stage that it promises;
rows without a kind are words that may stand before the verb. A verb promises where it opens the action ("sign
the pact", "work towards signing the pact"), or stands in a passive ("the pact is to be signed"); one whose row
says ``any`` does so wherever it stands ("deliveries are to begin").
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from communique.language.numbers import find_numbers
from communique.lexicon.tables import rows
from communique.model import Kind
from communique.resolve.words import content_words, ordered_words

_NOT = re.compile(r"\b(?:not|no|never|none|neither|nor|nobody|without|refrain|stop|refuse)\b|n[’']t\b", re.IGNORECASE)
"""What makes of a promise one to leave something undone: no stage fulfils it."""
_AGAIN_AND_AGAIN = re.compile(
    r"\b(?:every|each|annual|annually|regular|regularly|yearly|twice|monthly|continue|continuing)\b", re.IGNORECASE
)
"""What makes of it one that no single event fulfils."""
_PART = re.compile(r"\b(?:begin|beginning|begun|start|starting|started|first|initial|next|commence)\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:remaining|remainder|rest|last|final|additional|further|more|another|second)\b", re.IGNORECASE)
_SIZE = re.compile(r"\b[A-Za-z]+-?\d[\w-]*|\b\d+[A-Z]\w*|\b\d+(?:\.\d+)?[\s-]?mm\b")
"""Numbers that are part of a name ("F-16") or a calibre, and no count."""
_TAKES = re.compile(r"\b(?:receive|receiving|take delivery|taking delivery|arrive|be delivered)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:be|being|been|is|are|get|gets)\s+(?:\w+ly\s+)?([^\W\d_]+)", re.IGNORECASE)
_SIDE_MATTERS = re.compile(
    r"\s(?:as soon as|so that|in order to|which|whose|who|after|before|once|when|while|until|if|because|whereby|through"
    r"|following|pending|in return for|in exchange for|as part of|alongside|along with|in line with|in accordance with"
    r"|to (?:facilitate|determine|ensure|enhance|help|support|allow|enable|strengthen|improve|address|combat|counter"
    r"|boost|promote|finance))\s.*",
    re.IGNORECASE | re.DOTALL,
)
"""What follows the thing that is promised: conditions, purposes, circumstances, which may name other things."""
_FUNCTION_WORD = frozenset({"to", "on", "of", "the", "a", "an", "and", "also", "with", "into", "for", "both"})
_TOKEN = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Promised:
    """What an action promises.

    Attributes:
        text: the action without conditions, purposes and circumstances.
        stages: for each kind of thing that it may be about, the stage that it promises.
        words: the words of the text in the form in which names are compared.
        numbers: whole numbers in it, those of years left out.
        part: whether a beginning is all that is promised ("begin deliveries", "deliver the first three").
        rest: whether it speaks of more of the same, whose number is not that of the whole.
        takes: whether who promises is to get something, "receive", "take delivery".
    """

    text: str
    stages: dict[Kind, str]
    words: frozenset[str]
    numbers: frozenset[int]
    part: bool
    rest: bool
    takes: bool


@lru_cache(maxsize=16384)
def promised(action: str) -> Promised | None:
    """What an action promises; None for a promise to leave something undone, or to do it again and again."""
    if _NOT.search(action) or _AGAIN_AND_AGAIN.search(action):
        return None
    text = _SIDE_MATTERS.sub("", action)
    values = (number.value for number in find_numbers(_SIZE.sub(" ", action)))
    return Promised(
        text=text,
        stages=_stages(action),
        words=content_words(text),
        numbers=frozenset(int(value) for value in values if value == int(value) and not 1900 <= value <= 2100),
        part=_PART.search(action) is not None,
        rest=_REST.search(action) is not None,
        takes=_TAKES.search(action) is not None,
    )


def _stages(action: str) -> dict[Kind, str]:
    """The stages that the leading verb, a passive or a verb that may stand anywhere promises."""
    opening, anywhere, light = _table()
    tokens = [token.lower() for token in _TOKEN.findall(action)]
    at = 0
    while at < len(tokens) and (tokens[at] in _FUNCTION_WORD or _stem(tokens[at]) in light):
        if _matching(tokens, at, opening):
            break
        at += 1
    found = _matching(tokens, at, opening)
    for match in _PASSIVE.finditer(action):
        found = found or _matching([match[1].lower()], 0, opening)
    for place in range(len(tokens)):
        found = found or _matching(tokens, place, anywhere)
    return found


def _matching(tokens: list[str], at: int, table: dict[tuple[str, ...], dict[Kind, str]]) -> dict[Kind, str]:
    """The stages of the longest form that begins at a token; other words may stand between its parts."""
    if at >= len(tokens):
        return {}
    stems = [_stem(token) for token in tokens[at : at + 8]]
    if tokens[at].endswith("s") and not tokens[at].endswith("ss") and table is _table()[0]:
        return {}  # "orders of jets", "transfers": things, and no verb in the form in which one promises
    fitting = [form for form in table if form[0] == stems[0] and all(part in stems for part in form[1:])]
    return table[max(fitting, key=len)] if fitting else {}


@cache
def _table() -> tuple[dict[tuple[str, ...], dict[Kind, str]], dict[tuple[str, ...], dict[Kind, str]], frozenset[str]]:
    """The forms that open an action, those that may stand anywhere, and the words that may stand before either."""
    opening: dict[tuple[str, ...], dict[Kind, str]] = {}
    anywhere: dict[tuple[str, ...], dict[Kind, str]] = {}
    light = set()
    for row in rows("promise_verbs"):
        form = tuple(_stem(word) for word in row["form"].split())
        if not row["kind"]:
            light.add(form[0])
            continue
        for table in (opening, anywhere) if row["place"] == "any" else (opening,):
            table.setdefault(form, {})[Kind(row["kind"])] = row["stage"]
    return opening, anywhere, frozenset(light)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    return next(iter(ordered_words(word)), word)
