"""Which offices a text gives the people whom it names."""

from functools import lru_cache
from typing import NamedTuple

from communique.language.people import find_people
from communique.language.registry import Registry
from communique.language.terms import find_terms
from communique.language.titles import find_titles


class NamedOffice(NamedTuple):
    """An office beside a name.

    Attributes:
        person: the name, without title.
        office: in lower case and without its state, such as ``minister of external affairs``.
        parties: whose office it is, where the text says so beside it.
        is_head: whether it is that of a head of state or government.
    """

    person: str
    office: str
    parties: tuple[str, ...]
    is_head: bool


@lru_cache(maxsize=8192)
def offices_named(text: str) -> tuple[NamedOffice, ...]:
    """The offices of people who are named beside them, in order.

    >>> offices_named("Swedish Defence Minister Pål Jonson signed the order.")[0].office
    'defence minister'
    """
    hits = find_terms(text)
    namings = find_people(text, hits, find_titles(text, hits), Registry())
    return tuple(
        NamedOffice(one.person.name, one.title.core.removeprefix("new "), one.title.parties, "head" in one.title.ranks)
        for one in namings
        if one.person is not None and one.title is not None
        if one.title.core and not one.title.ranks[-1].startswith("honorific")
    )
