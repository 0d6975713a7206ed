"""Names of persons by their shape: where one that starts here ends, and which words of it identify the person."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from communique.lexicon.tables import forms, rows

UPPER = "".join(
    chr(code) for start, stop in ((0x41, 0x5B), (0xC0, 0x250), (0x1E00, 0x1F00)) for code in range(start, stop)
    if chr(code).isupper()
)  # fmt: skip


@cache
def name_words(key: str) -> frozenset[str]:
    """The words that ``names.toml`` lists under a key: ``particles``, ``suffixes``, ``ends``."""
    return frozenset(_table()[key])


@cache
def person_verbs() -> frozenset[str]:
    """Forms of verbs of speech and meeting, which make a capitalised pair before them a person."""
    return frozenset(row["form"] for row in rows("person_verbs"))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("communique.lexicon").joinpath("names.toml").read_text(encoding="utf-8"))


@cache
def name_pattern() -> re.Pattern[str]:
    """A run of capitalised words, initials and particles that a name can be."""
    table = _table()
    joined = "|".join(table["joined"])
    particles = "|".join(table["particles"])
    suffixes = "|".join(re.escape(suffix) for suffix in table["suffixes"])
    word = rf"(?!(?:Jr|Sr)\b)[{UPPER}][^\W\d_]*(?:['’‘`ʻ](?!s\b)[^\W\d_]+|-[^\W\d_]+)*(?:['’](?= (?:{joined})-))?"
    initial = rf"(?:[{UPPER}]\.(?:-?[{UPPER}]\.)*)"
    linked = rf"(?:(?:{particles}) ){{0,2}}(?:{initial}|(?:{joined})-{word}|{word})"
    suffix = rf"(?:,? (?:{suffixes})(?![^\W_]))?"
    opening = rf"(?:(?:de|van|von|bin|al|el|della|di|da|ter|der) )?(?:{initial}|(?:{joined}|Al|El)-{word}|{word})"
    return re.compile(rf"(?<![\w’'-]){opening}(?: {linked}){{0,6}}{suffix}")


def opens_no_name(word: str) -> bool:
    """Whether a capitalised word can't be the first of a name."""
    return word in name_words("ends") and word not in _families()


@cache
def _families() -> frozenset[str]:
    """Family names that stand first, some of which are also words that end a name: "Park Jin"."""
    return frozenset(
        form for row in rows("officeholders") for form in forms(row, "forms") if row["name"].startswith(f"{form} ")
    )


def name_at(text: str, start: int, stop: int) -> int:
    """End of the name that starts at ``start`` and may not pass ``stop``; ``start`` itself where none does."""
    match = name_pattern().match(text, start, stop)
    return start if match is None else trimmed(text, start, match.end())


def trimmed(text: str, start: int, end: int) -> int:
    """End of the part of a capitalised run that can be a name: up to the first word that no name holds."""
    return start + _trimmed(text[start:end])


@lru_cache(maxsize=4096)
def _trimmed(run: str) -> int:
    """How many characters of a run can be a name: several rules ask it of the names that a text goes on using."""
    ends = name_words("ends")
    words = re.split(r"( )", run)
    position = last = 0
    for word in words:
        if word != " ":
            bare = word.rstrip(",")
            shouted = len(bare) > 1 and bare.isascii() and bare.isalpha() and bare.isupper()
            ending = opens_no_name(bare) if position == 0 else bare in ends
            if ending and run[:last] in ends:
                return 0  # "Park Hotel"
            if ending or (shouted and position > 0 and not _can_be_shouted(words)):
                break
            last = position + len(word)
        position += len(word)
    kept = run[:last].rstrip(" ,")
    while kept and kept.rsplit(" ", 1)[-1] in name_words("particles") and " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return len(kept)


def _can_be_shouted(words: list[str]) -> bool:
    """Surnames in capitals ("Fumio KISHIDA") and suffixes ("III") are names; "Modi USA" is not."""
    return any(len(word) > 3 and word.isupper() for word in words) or any(w in name_words("suffixes") for w in words)


def keys_of(name: str) -> tuple[str, ...]:
    """The words of a name by which it is recognised again: without initials, particles, suffixes, case and accents."""
    return _keys(name)


@cache
def _keys(name: str) -> tuple[str, ...]:
    skipped = name_words("particles") | name_words("suffixes")
    kept = []
    for word in name.replace(",", "").split():
        if word in skipped or word.endswith(".") or len(word) < 2:
            continue
        plain = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ı", "i").replace("ł", "l"))
        plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip("'-")
        kept.append(re.sub(r"^(?:al|el|as|ar|an|ad|az|ash|at)-", "", plain))
    return tuple(kept)
