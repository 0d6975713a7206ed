"""Annotated documents told anew about others: states, firms and equipment change places with others of their kind.

So the reader learns what is said of a supplier, and not that suppliers are American. Every form of a name is exchanged
for the same form of the other ("India", "Indian", "New Delhi" for "Peru", "Peruvian", "Lima"), in the text and in the
records alike, sentence by sentence, so that evidence stays where it was.
"""

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from communique.lexicon.tables import forms, rows

STATE_COLUMNS = ("name", "adjectives", "people", "capital")
SHARE = 0.7
"""How many of a document's states, firms and pieces of equipment are exchanged."""
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
STRAIGHTENED = 0.2
"""How many documents have their quotation marks written as a typewriter would."""
PARTY_FIELDS = ("parties", "supplier", "recipient", "by", "to", "speakers")
WORD_FIELDS = ("name", "action", "content", "place")


@cache
def _states() -> dict[str, tuple[str, ...]]:
    """By ISO code the first name, demonym, people and capital, of states that have all four."""
    table = {}
    for row in rows("states"):
        kinds = tuple(next(iter(forms(row, column)), "") for column in STATE_COLUMNS)
        if all(kinds) and len(set(kinds)) == len(kinds):
            table[row["code"]] = kinds
    return table


@cache
def _equipment() -> dict[str, tuple[str, ...]]:
    """By category the designations that stand for themselves."""
    table: dict[str, list[str]] = {}
    for row in rows("equipment"):
        table.setdefault(row["category"], []).append(row["designation"])
    return {category: tuple(names) for category, names in table.items()}


def exchanged(gold: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The document with others in the place of some of those it tells of.

    A state that the text names by other words too (an official name, a ministry, a seat of power), and that of the
    publisher, stay: they would keep their place in these words only, and the records would say what the text does not.
    """
    words, codes = _exchanges(gold, rng)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?!\w)")
    straight = rng.random() < STRAIGHTENED

    def anew(text: str | None) -> str | None:
        if text is None:
            return None
        text = pattern.sub(lambda match: words[match.group()], text) if words else text
        return text.translate(_STRAIGHT) if straight else text

    text, at, sentences = "", 0, []
    for start, end in gold["sentences"]:
        text += anew(gold["text"][at:start]) or ""
        sentence = anew(gold["text"][start:end]) or ""
        sentences.append([len(text), len(text) + len(sentence)])
        text, at = text + sentence, end
    text += anew(gold["text"][at:]) or ""
    records = []
    for record in gold["records"]:
        told = dict(record)
        for name in PARTY_FIELDS:
            if name in told:
                told[name] = [codes.get(value, anew(value)) for value in told[name]]
        for name in WORD_FIELDS:
            if name in told:
                told[name] = anew(told[name])
        if "people" in told:
            told["people"] = [anew(value) for value in told["people"]]
        if "items" in told:
            told["items"] = [{**item, "what": anew(item["what"])} for item in told["items"]]
        records.append(told)
    return {**gold, "title": anew(gold["title"]), "text": text, "sentences": sentences, "records": records}


def _exchanges(gold: dict[str, Any], rng: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """Words for words, and ISO codes for ISO codes."""
    text = f"{gold['title'] or ''}\n{gold['text']}"
    words: dict[str, str] = {}
    codes: dict[str, str] = {}
    named = {code: kinds for code, kinds in _states().items() if any(_stands(kind, text) for kind in kinds)}
    free = [code for code in sorted(_states()) if code not in named]
    for code, kinds in named.items():
        if rng.random() < SHARE and not _named_otherwise(code, text, gold["publisher"] or ""):
            other = free.pop(rng.randrange(len(free)))
            codes[code] = other
            words |= dict(zip(kinds, _states()[other], strict=True))
    _exchange_names(text, [row["name"] for row in rows("companies")], words, rng)
    for names in _equipment().values():
        _exchange_names(text, names, words, rng)
    return words, codes


def _exchange_names(text: str, names: Sequence[str], words: dict[str, str], rng: random.Random) -> None:
    free = [name for name in names if name not in text]
    for name in names:
        if free and _stands(name, text) and rng.random() < SHARE:
            words[name] = free.pop(rng.randrange(len(free)))


def _stands(word: str, text: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


@cache
def _other_forms() -> Mapping[str, tuple[str, ...]]:
    """By ISO code the forms that are not exchanged: official names, aliases, seats of power, government bodies."""
    table: dict[str, list[str]] = {}
    for row in rows("states"):
        firsts = {next(iter(forms(row, column)), "") for column in STATE_COLUMNS}
        columns = (*STATE_COLUMNS, "official", "aliases", "seats")
        table[row["code"]] = [form for column in columns for form in forms(row, column) if form not in firsts]
    for row in rows("government_bodies"):
        table.setdefault(row["state"], []).extend((row["name"], *forms(row, "aliases")))
    return {code: tuple(found) for code, found in table.items()}


def _named_otherwise(code: str, text: str, publisher: str) -> bool:
    if any(_stands(form, text) for form in _other_forms().get(code, ())):
        return True
    return any(_stands(form, publisher) for form in (*_states()[code], *_other_forms().get(code, ())))
