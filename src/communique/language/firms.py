"""Companies that no table lists, known by their legal form: "Redwood Avionics GmbH", and the bare name after it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from communique.language.drafts import Draft
from communique.language.mentions import ActorKind
from communique.language.names import UPPER
from communique.language.terms import Hit
from communique.lexicon.actors import TermKind
from communique.lexicon.tables import rows


def find_firms(text: str, hits: Sequence[Hit]) -> Iterator[Draft]:
    """Names before a legal form, and the same names elsewhere in the text; the party is the name without the form.

    A name that holds one of the lexicon's own companies or organisations is left to the lexicon.
    """
    known = {hit.start for hit in hits if hit.term.kind in (TermKind.COMPANY, TermKind.ORGANISATION)}
    names: dict[str, None] = {}
    for match in _with_form().finditer(text):
        name = match["name"]
        if known.isdisjoint(range(*match.span("name"))):
            names[name] = None
            yield Draft(match.start(), match.end(), ActorKind.COMPANY, "company.legal-form", (name,))
    if names:
        again = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
        for match in again.finditer(text):
            yield Draft(match.start(), match.end(), ActorKind.COMPANY, "company.named-before", (match[0],))


@cache
def _with_form() -> re.Pattern[str]:
    forms = "|".join(sorted((re.escape(row["suffix"]) for row in rows("corporate_suffixes")), key=len, reverse=True))
    word = rf"(?!The )[{UPPER}][\w&’'-]*"
    return re.compile(rf"(?<![\w.])(?P<name>{word}(?: (?:& |of )?{word}){{0,5}}?),? (?:{forms})(?!\w)")
