"""The offices of people over time, as sentences about them name these and as the table of officeholders has them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick

from communique.language.offices import NamedOffice, offices_named
from communique.lexicon.officeholders import OfficeHolder, holders_of
from communique.model import Entry, Report
from communique.model.names import fold, name_parts, same_person

if TYPE_CHECKING:
    from communique.ledger.offices import Held

_Key = frozenset[str]
_LINKS = {"of", "for", "the", "and", "&", "de"}
_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")
"""Letters that ASCII lacks."""
_SPELT = {"defense": "defence"}


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that somebody holds or held.

    Attributes:
        parties: whose office it is; empty where nobody says so.
        since, until: EDTF day or year of taking and leaving it, from the table; None where that is not known.
        first_seen, last_seen: days of publication of the first and last sentence that names it; None for none.
        report: the last report with such a sentence.
    """

    office: str
    parties: tuple[str, ...]
    since: str | None = None
    until: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    report: Report | None = None

    @property
    def begins(self) -> str:
        """When it is first known of, as a string that sorts; empty where that is not known."""
        return self.since or self.first_seen or ""


class Mention(NamedTuple):
    """An office that a sentence of a report gives to somebody.

    Attributes:
        people: those who take part in the entry.
    """

    report: Report
    people: Sequence[str]
    named: NamedOffice


def offices_of(person: str, entries: Iterable[Entry], parties: Sequence[str] = ()) -> list[HeldOffice]:
    """The offices of a person, the latest first.

    Args:
        entries: those in which the person takes part; their sentences are gone through.
        parties: whom the person acts for; those of the same name who act for others are left out.
    """
    may_name = naming([person])
    return _offices(person, parties, [one for entry in entries for one in _mentions(entry, may_name)])


def mentions_in(held: Iterable["Held"], entries: Mapping[str, Entry]) -> list[Mention]:
    """The offices that were found in the sentences of entries when these were stored.

    Args:
        entries: by their ids.
    """
    return [Mention(one.report, people_in(entries[one.entry_id]), one.named) for one in held]


def offices_told(person: str, told: Iterable[Mention], parties: Sequence[str] = ()) -> list[HeldOffice]:
    """The same as :func:`offices_of`, by sentences that name any offices."""
    return _offices(person, parties, told)


def last_office_of_each(people: Mapping[str, Sequence[str]], told: Iterable[Mention]) -> dict[str, HeldOffice | None]:
    """The first of :func:`offices_of` of each of these people, by sentences that name any offices.

    Args:
        people: whom each of them acts for, by their names.
    """
    by_part: dict[str, list[Mention]] = defaultdict(list)
    for mention in told:
        for part in set(name_parts(mention.named.person)):
            by_part[part].append(mention)
    found = {}
    for person, parties in people.items():
        own = {id(mention): mention for part in name_parts(person) for mention in by_part.get(part, ())}
        found[person] = next(iter(_offices(person, parties, own.values())), None)
    return found


def _offices(person: str, parties: Sequence[str], mentions: Iterable[Mention]) -> list[HeldOffice]:
    """The offices of a person, the latest first, by sentences that name any offices."""
    found: dict[_Key, HeldOffice] = {}
    heads = set()
    meant = (one for one in mentions if _is_meant(person, one.named.person, one.people))
    for report, _, named in sorted(meant, key=_place):
        day, key = report.source.published, _key(named.office)
        known = found.get(key, HeldOffice(named.office, (), first_seen=day))
        found[key] = replace(
            known,
            parties=known.parties or named.parties,
            first_seen=known.first_seen or day,
            last_seen=day or known.last_seen,
            report=report,
        )
        heads |= {key} if named.is_head else set()
    # "secretary" is a shorter word for "secretary of defense"; a president is no vice president
    told = {key: one for key, one in found.items() if key in heads or not any(key < other for other in found)}
    held = _held(person, parties, told)
    seen = {_key(one.office) for one in held}
    every = [*held, *(one for key, one in told.items() if key not in seen)]
    return sorted(every, key=lambda one: (one.begins, one.office), reverse=True)


def succession(one: Sequence[HeldOffice], other: Sequence[HeldOffice]) -> tuple[HeldOffice, HeldOffice] | None:
    """The office that one of two people held first and the other one after; None where there is none.

    Args:
        one, other: the offices of each, as :func:`offices_of` gives them.
    """
    for first, then in ((a, b) for each, beside in ((one, other), (other, one)) for a in each for b in beside):
        same = _key(first.office) == _key(then.office) and not set(first.parties).isdisjoint(then.parties)
        if same and first.until and then.since and _is_over(first.until, then.since):
            return first, then
    return None


def _is_over(until: str, since: str) -> bool:
    """Whether a term that ended on one EDTF day or in one year was over by another."""
    return until[: len(since)] <= since[: len(until)]


def naming(people: Iterable[str]) -> Callable[[str], bool]:
    """What tells quickly of a text that it names none of these people, and so none of their offices."""
    ends = {part for person in people for part in (*name_parts(person)[:1], *name_parts(person)[-1:])}
    automaton = AhoCorasick(sorted(part for part in ends if len(part) > 1))

    @lru_cache(maxsize=8192)
    def may_name(text: str) -> bool:
        plain = fold(text) if _LETTERS.search(text) else text.lower()
        return bool(automaton.find_matches_as_indexes(plain.replace("-", "")))

    return may_name


def people_in(entry: Entry) -> Sequence[str]:
    """Those who take part in an entry or speak."""
    return [*(entry.fields.get("people") or ()), *(entry.fields.get("speakers") or ())]


def _key(office: str) -> _Key:
    """The words of an office that tell it from others: a defence minister is a minister of defense."""
    return frozenset(_SPELT.get(word, word) for word in office.split() if word not in _LINKS)


def _place(mention: Mention) -> tuple[str, str]:
    """Where a mention stands among others: by publication."""
    source = mention.report.source
    return source.published or "", source.record_id


def _mentions(entry: Entry, may_name: Callable[[str], bool]) -> list[Mention]:
    """The offices that those sentences of an entry name that may name the people in question.

    Finding offices in a sentence takes long, and most sentences name nobody.
    """
    people = people_in(entry)
    quoted = [(report, quote) for report in entry.history for quote in report.source.quotes if may_name(quote)]
    return [Mention(report, people, named) for report, quote in quoted for named in _offices_in(quote)]


@lru_cache(maxsize=8192)
def _offices_in(quote: str) -> tuple[NamedOffice, ...]:
    """The offices in a sentence, which is gone through for everybody who may be meant."""
    return tuple(offices_named(quote))


def _is_meant(person: str, named: str, people: Sequence[str]) -> bool:
    """Whether a name stands for a person: a full name with a given name in common, or a surname of nobody else."""
    if not same_person(named, person):
        return False
    mine, words = name_parts(person), name_parts(named)
    if len(words) < 2 or len(mine) < 2:
        return all(same_person(other, person) for other in people if same_person(named, other))
    given = {*words[:-1], *(word[0] for word in words[:-1])}
    return any(part in given or part[0] in words[:-1] for part in mine[:-1]) or set(mine) == set(words)


def _held(person: str, parties: Sequence[str], told: dict[_Key, HeldOffice]) -> list[HeldOffice]:
    """Terms of the table; only a full name tells whose they are."""
    if " " not in person.strip():
        return []
    terms = [one for one in holders_of(person) if same_person(one.name, person) and one.state in parties]
    held = []
    for one in terms:
        seen = told.get(_key(one.office))
        within = (
            seen and one.since <= (seen.last_seen or "") and (not one.until or (seen.first_seen or "") <= one.until)
        )
        known = seen if seen and within else HeldOffice(one.office, ())
        held.append(replace(known, parties=(one.state,), since=one.since or None, until=one.until or None))
    return held


def _overlap(term: OfficeHolder, seen: HeldOffice) -> bool:
    """Whether a term of the table may be what sentences saw."""
    return term.since <= (seen.last_seen or "") and (not term.until or (seen.first_seen or "") <= term.until)
