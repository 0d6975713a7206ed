"""From fillers with probabilities to the values of fields."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.language.mentions import Analysis
from communique.model import Span
from communique.model.names import same_person
from communique.reader import Filler, Roles

PROBABLE = 0.5
"""How probable a filler has to be: for no role but times did another threshold do better on held-out documents."""
PROBABLE_TIME = 0.3
"""How probable a time has to be: on held-out documents fields 0.7950 with 0.5, 0.7974 with 0.35, 0.7980 with 0.3,
0.7984 with 0.25, 0.7973 with 0.15."""


@dataclass(frozen=True, slots=True)
class Needed:
    """How many fill a role at least: nobody agrees alone, and what is sold somebody sells.

    Where fewer are probable by themselves, the likeliest others join, as long as each is likelier than all that
    remain together.

    Attributes:
        count: how many there are at least.
        share: how many times likelier than all others together one has to be.
        probability: how probable each has to be by itself.
    """

    count: int = 0
    share: float = 1.0
    probability: float = 0.03


AS_TOLD = Needed()
BETWEEN_TWO = Needed(2)
BY_SOMEBODY = Needed(1)


def fillers(roles: Roles, role: str, needed: Needed = AS_TOLD) -> list[Filler]:
    """All fillers of a role that are probable enough or needed, in the order in which the text names them."""
    asked = sorted(roles.get(role, ()), key=lambda f: -f.probability)
    found = [f for f in asked if f.probability >= PROBABLE]
    others = [f for f in asked if f.probability < PROBABLE and not f.is_person]
    while len(found) < needed.count and others and _stands_out(others, needed):
        found.append(others.pop(0))
    found = with_companions(found, asked)
    return sorted(found, key=lambda f: (f.span is None, f.span or Span(0, 1), f.key))


def with_companions(found: Sequence[Filler], asked: Sequence[Filler]) -> list[Filler]:
    """The fillers with all others for whom their words stand: "both sides" are both."""
    together = {key for filler in found for key in filler.together}
    chosen = {filler.key for filler in found}
    return [*found, *(f for f in asked if f.key in together - chosen)]


def _stands_out(others: Sequence[Filler], needed: Needed) -> bool:
    """Whether the first of the fillers, the likeliest, is so by far."""
    best, *rest = (f.probability / (1 - f.probability) for f in others)
    return others[0].probability >= needed.probability and best >= needed.share * sum(rest)


def keys(roles: Roles, role: str, needed: Needed = AS_TOLD) -> tuple[str, ...]:
    """The parties or dates that fill a role, a firm that goes by two names once, by the shorter."""
    found = tuple(f.key for f in fillers(roles, role, needed))
    return tuple(name for name in found if not any(_is_short_for(other, name) for other in found))


def _is_short_for(short: str, name: str) -> bool:
    """Whether "Embraer" or "HAL" stands for "Embraer Defense & Security" or "Hindustan Aeronautics Limited"."""
    words = name.split()
    if len(words) < 2 or short == name:
        return False
    initials = "".join(word[0] for word in words if word[0].isupper())
    return words[: len(short.split())] == short.split() or (len(short) > 1 and initials.startswith(short))


def people(roles: Roles, role: str) -> tuple[str, ...]:
    """The names that fill a role, each person once by the fullest form."""
    return unique_people(keys(roles, role))


def unique_people(names: Iterable[str]) -> tuple[str, ...]:
    """Each person once, by the fullest form of the name, in order of first mention."""
    kept: list[str] = []
    for name in names:
        known = next((i for i, other in enumerate(kept) if same_person(name, other)), None)
        if known is None:
            kept.append(name)
        elif len(name) > len(kept[known]):
            kept[known] = name
    return tuple(kept)


def likeliest(roles: Roles, role: str, least: float = PROBABLE_TIME) -> Filler | None:
    """The time that most probably fills a role, if it is probable enough."""
    best = next(iter(roles.get(role, ())), None)
    return best if best and best.probability >= least else None


def date_of(roles: Roles, role: str) -> str | None:
    """The date that most probably fills a role."""
    best = likeliest(roles, role)
    return best.key if best else None


def evidence(analysis: Analysis, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences that the spans touch, in order."""
    touched: set[int] = set()
    for span in spans:
        first = bisect_right(analysis.sentences, span.start, key=lambda sentence: sentence.end)
        touched.update(range(first, bisect_left(analysis.sentences, span.end, key=lambda sentence: sentence.start)))
    return tuple(analysis.sentences[number] for number in sorted(touched))


def merge_evidence(*parts: Iterable[Span]) -> tuple[Span, ...]:
    """The union of sentences, in order."""
    return tuple(sorted({span for part in parts for span in part}))
