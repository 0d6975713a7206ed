"""Who held which office of which state, and when: the people whom official texts name without their country.

The knowledge stands in the table ``officeholders``: heads of state and government since about 1990, for the states
most in the news also ministers of foreign affairs and defence, and the heads of the largest organisations. It is
not complete: that a name is missing says nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from communique.lexicon.tables import forms, rows
from communique.model.names import fold


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """One term of a person in an office.

    Attributes:
        state: ISO code, or short name of an organisation.
        office: title in lower case, as in the table ``offices``, with its portfolio ("defence minister").
        name: the usual full name.
        since: EDTF year or day of taking office.
        until: EDTF year or day of leaving it; empty where the person held it when the row was written.
    """

    state: str
    office: str
    name: str
    since: str
    until: str


def holders_of(name: str, day: str | None = None) -> tuple[OfficeHolder, ...]:
    """All whom a name can mean among those in office on a day, in the order of the table.

    Several people of one surname all come back: it is for the caller to weigh them or to leave the matter open.

    Args:
        name: a surname ("Putin", "Xi") or a full name in any usual form ("Joseph R. Biden", "V. Putin"), no title.
        day: EDTF day, month or year on which the office is held; None asks for any time.
    """
    words = _words(name)
    found: set[int] = set()
    for size in range(len(words), 0, -1):
        for start in {0, len(words) - size}:
            given = words[:start] + words[start + size :]
            for number, known in _by_form().get(words[start : start + size], ()):
                if all(_agrees(word, known) for word in given[:1]) and _in_office(_holders()[number][0], day):
                    found.add(number)
        if found:
            break
    return tuple(_holders()[number][0] for number in sorted(found))


def _agrees(given: str, known: frozenset[str]) -> bool:
    """Whether a given name or initial is one of the person's names."""
    return given in known or (len(given) == 1 and any(word[0] == given for word in known))


def _in_office(holder: OfficeHolder, day: str | None) -> bool:
    if day is None:
        return True
    began = holder.since[: len(day)] <= day[: len(holder.since)]
    return began and (not holder.until or day[: len(holder.until)] <= holder.until[: len(day)])


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for part in fold(name).replace("-", " ").split() if (word := part.strip(".,’'")))


@cache
def _holders() -> tuple[tuple[OfficeHolder, tuple[str, ...]], ...]:
    """Each row with all forms of its name."""
    return tuple(
        (
            OfficeHolder(row["state"], row["office"], row["name"], row["since"], row["until"]),
            (row["name"], *forms(row)),
        )
        for row in rows("officeholders")
    )


@cache
def _by_form() -> dict[tuple[str, ...], list[tuple[int, frozenset[str]]]]:
    """The numbers of the rows by each form of the name in words, with all words by which the person is called."""
    index: dict[tuple[str, ...], list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for number, (_, known) in enumerate(_holders()):
        words = frozenset(word for form in known for word in _words(form))
        for form in dict.fromkeys(_words(form) for form in known):
            index[form].append((number, words))
    return dict(index)
