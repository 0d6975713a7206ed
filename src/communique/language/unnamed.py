"""Speakers without a name: "a ministry source told ...", "Danish officials said", "according to diplomats"."""

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
_MODIFIER = rf"(?!(?:{'|'.join(_NO_MODIFIERS)})\b)[a-z][a-z-]+ "
_LONGEST_MODIFIERS = 40


def find_unnamed(text: str, known: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """Nouns for those who speak in another's name, beside a verb of speech, where no mention is known yet.

    A group that is known ("the officials") but stands for nobody in particular is found again as a speaker. Whose
    officials they are belongs to them: of 25 annotated "Turkish official" and the like all speak under these words.
    """
    taken = [m.span for m in known if m.people or m.parties]
    ends = {m.span.end: m for m in known if m.parties and not m.people}
    for pattern in _patterns():
        for match in pattern.finditer(text):
            span = Span(*match.span("who"))
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                whose = ends.get(span.start - 1) if text[span.start - 1 : span.start] == " " else None
                start = _before_whose(text, whose.span.start) if whose else span.start
                parties = whose.parties if whose else ()
                yield ActorMention(Span(start, span.end), ActorKind.OFFICE, parties, (), "office.unnamed")


def _before_whose(text: str, start: int) -> int:
    """Where the words begin that come before a state or body: "senior" of "a senior Turkish official"."""
    modifiers = _modifiers().search(text, max(0, start - _LONGEST_MODIFIERS), start)
    return modifiers.start() if modifiers else start


@cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_MODIFIER}){{1,{_MODIFIERS}}}$")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Such nouns before a verb of speech, and after "according to"."""
    nouns, verbs = _alternatives("unnamed_speakers"), _alternatives("speech_verbs")
    who = rf"(?P<who>(?:{_MODIFIER}){{0,{_MODIFIERS}}}(?i:{nouns}))(?!\w)"
    where = r"(?: (?:in|at|from|for) (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)?)?"
    between = r"(?:,? (?:has|had|have|also|later|then|again|on \w+day))*"
    return (
        re.compile(rf"(?<![\w-]){who}(?={where}{between} (?:{verbs})\b)"),
        re.compile(rf"\b[Aa]ccording to (?:the |an? |two |several )?{who}"),
    )


def _alternatives(table: str) -> str:
    found = {re.escape(form) for row in rows(table) for form in forms(row)}
    return "|".join(sorted(found, key=lambda form: (-len(form), form)))
