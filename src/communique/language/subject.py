"""What a text is about, told by its words: weights of single words that ``training/subject.py`` learned.

Two questions are asked. Is it about the dealings of states or about politics at all, and not about sport, business
or stars? And is it a report on the party politics of one country alone, and not on dealings between several?
"""

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

FILE = Path(__file__).with_name("subject.json")
_WORD = re.compile(r"[a-z][a-z-]+")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A bias and the weight of each word that tells, as log-odds for the dealings of states."""

    bias: float
    words: dict[str, float]

    def log_odds(self, words: frozenset[str]) -> float:
        """How likely a text with these words is about the dealings of states."""
        # a sum that does not depend on the order of a set: the same text has the same odds in every run
        return math.fsum((self.bias, *map(self.words.__getitem__, self.words.keys() & words)))

    def telling(self, words: frozenset[str], count: int = 3) -> list[str]:
        """The words that speak most against it."""
        return list(islice((word for word in _against(self) if word in words), count))


@cache
def _against(weights: Weights) -> tuple[str, ...]:
    """The words that speak against it, those that do so most first."""
    return tuple(word for weight, word in sorted((w, word) for word, w in weights.words.items()) if weight < 0)


def words_of(text: str) -> frozenset[str]:
    """The words by which a subject is told, each once."""
    return frozenset(_WORD.findall(text.lower()))


@cache
def weights(question: str) -> Weights:
    """The weights of a question: ``dealings`` against other subjects, or against ``domestic`` politics.

    Raises:
        KeyError: there is no such question.
    """
    stored = json.loads(FILE.read_text(encoding="utf-8"))[question]
    return Weights(stored["bias"], stored["words"])
