"""Speakers without a name: "a ministry source told ...", "officials said", "according to diplomats"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from communique.language.mentions import ActorKind, ActorMention
from communique.lexicon.tables import forms, rows
from communique.model import Span

_MODIFIERS = 3
_NO_MODIFIERS = (
    "the a an this that these those his her its their our some many several two three other another and or but of in "
    "on at to by from for with as when while where which who whom according said says told"
).split()


def find_unnamed(text: str, known: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """Nouns for those who speak in another's name, beside a verb of speech, where no mention is known yet.

    A group that is known ("the officials") but stands for nobody in particular is found again as a speaker.
    """
    taken = [m.span for m in known if m.people or m.parties]
    for pattern in _patterns():
        for match in pattern.finditer(text):
            span = Span(*match.span("who"))
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield ActorMention(span, ActorKind.OFFICE, (), (), "office.unnamed")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Such nouns before a verb of speech, and after "according to"."""
    nouns, verbs = _alternatives("unnamed_speakers"), _alternatives("speech_verbs")
    modifier = rf"(?!(?:{'|'.join(_NO_MODIFIERS)})\b)[a-z][a-z-]+ "
    who = rf"(?P<who>(?:{modifier}){{0,{_MODIFIERS}}}(?i:{nouns}))(?!\w)"
    where = r"(?: (?:in|at|from|for) (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)?)?"
    between = r"(?:,? (?:has|had|have|also|later|then|again|on \w+day))*"
    return (
        re.compile(rf"(?<![\w-]){who}(?={where}{between} (?:{verbs})\b)"),
        re.compile(rf"\b[Aa]ccording to (?:the |an? |two |several )?{who}"),
    )


def _alternatives(table: str) -> str:
    found = {re.escape(form) for row in rows(table) for form in forms(row)}
    return "|".join(sorted(found, key=lambda form: (-len(form), form)))
