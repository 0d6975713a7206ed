"""Names that no table and no rule knows: a movement, a firm, a person without a title.

Who they are is not known, only that they are named; whether they fill a role is for the reader to tell by what the
sentence says of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from communique.language.affiliation import party_in_office
from communique.language.mentions import ActorKind, ActorMention
from communique.language.untitled import capitalised_runs
from communique.model import Span

_EXPLANATION = re.compile(r" of (?:the )?|,(?: the)? [a-z][a-z ]{2,50}? (?:of|at|for) (?:the )?|, (?:the )?")
_DESCRIBES = re.compile(r"-(?:level|led|based|backed|class|wide|style)\b")
_SHORT_FORM = re.compile(r" \((?:the )?[“\"‘']?([A-Z][A-Za-z]{1,8}[A-Z])[”\"’']?\)")


def find_unlisted(text: str, known: Sequence[ActorMention], published: str | None) -> Iterator[ActorMention]:
    """Names of two or more words beside the mentions already known, and the short forms that the text gives them.

    Both as a party and as a person they go by their own words; a party by its short form where it has one.
    """
    taken = [(mention.span.start, mention.span.end) for mention in known]
    by_start = {mention.span.start: mention for mention in known}
    short_forms: dict[str, str] = {}
    for start, end in capitalised_runs(text, list(taken)):
        name = text[start:end]
        if " " not in name or _DESCRIBES.search(text, start, end + 1):
            continue
        taken.append((start, end))
        if state := party_in_office(name, published):
            yield ActorMention(Span(start, end), ActorKind.PERSON, state, (name,), "person.in-office")
            continue
        if parties := _explained(text, end, by_start):
            yield ActorMention(Span(start, end), ActorKind.PERSON, parties, (name,), "person.explained")
            continue
        given = _SHORT_FORM.match(text, end)
        party = given[1] if given else name
        if given:
            short_forms[given[1]] = name
        yield ActorMention(Span(start, end), ActorKind.NAME, (party,), (name,), "name.unlisted")
    if short_forms:
        for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, short_forms))})(?!\w)", text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                span, name = Span(*match.span()), short_forms[match[0]]
                yield ActorMention(span, ActorKind.NAME, (match[0],), (name,), "name.short-form")


def _explained(text: str, end: int, by_start: Mapping[int, ActorMention]) -> tuple[str, ...]:
    """Whom a name stands for by what follows: "John Kirby of the White House", "Moshe Levy of IAI"."""
    after = _EXPLANATION.match(text, end)
    mention = by_start.get(after.end()) if after else None
    return mention.parties if mention and len(mention.parties) == 1 else ()
