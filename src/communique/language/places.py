"""Places that no table of states knows: towns, rivers, provinces, bases, by the words that stand around them."""

import re
from collections.abc import Sequence

from communique.language.mentions import ActorKind, ActorMention, TimeMention
from communique.language.names import name_words
from communique.language.untitled import capitalised_runs
from communique.model import Span

_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|throughout|into|toward|towards|(?:north|south|east|west|cit(?:y|ies)"
    r"|towns?|villages?|provinces?|ports?|districts?|islands?|regions?|capital|outskirts|suburbs?) of)"
    r"(?: the)?(?: (?:north|south|east|west|northern|southern|eastern|western|central|old|nearby|downtown))? $",
    re.IGNORECASE,
)
_KINDS = (
    "Airbase|Airfield|Airport|Base|Basin|Bay|Bridge|Camp|Canal|Channel|City|Coast|County|Dam|Desert|District|Governorate"
    "|Gulf|Harbor|Harbour|Island|Islands|Lake|Mountains|Ocean|Peninsula|Port|Province|Region|River|Sea|Square|Strait"
    "|Street|Town|Valley|Village"
)
_KIND_BEHIND = re.compile(rf"(?: (?:{_KINDS})\b)*")
"""Words that end the name of a person but not that of a place."""
_ENDS_AS_PLACE = re.compile(rf"\b(?:{_KINDS})$")
_NAME_OF_KIND = re.compile(rf"\b(?:{_KINDS}) of (?:the )?$")


def find_places(text: str, actors: Sequence[ActorMention], times: Sequence[TimeMention]) -> tuple[Span, ...]:
    """Places beside those that are mentions of states, in order: told by a preposition, a word for their kind, or both.

    A name that is a place once is one wherever the text has it again.
    """
    known = [a.span for a in actors if a.kind not in (ActorKind.NAME, ActorKind.PRONOUN)] + [t.span for t in times]
    taken = sorted((span.start, span.end) for span in known)
    runs = [(start, _whole(text, end)) for start, end in capitalised_runs(text, taken)]
    runs = [(start, end) for start, end in runs if text[start:end] not in name_words("ends")]
    names = {text[start:end] for start, end in runs if _is_place(text, start, end)}
    return tuple(Span(start, end) for start, end in runs if text[start:end] in names)


def _whole(text: str, end: int) -> int:
    behind = _KIND_BEHIND.match(text, end)
    return behind.end() if behind else end


def _is_place(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start]
    return bool(_BEFORE.search(before) or _ENDS_AS_PLACE.search(text[start:end]) or _NAME_OF_KIND.search(before))
