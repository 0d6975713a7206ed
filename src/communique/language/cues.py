"""What words tell outright: the stage of a thing ("took delivery"), the strength of an undertaking ("pledged")."""

import re
from collections import defaultdict
from functools import cache

from communique.language.unreal import is_told
from communique.lexicon.tables import rows
from communique.model import Span


def told_stages(table: str, text: str, within: Span) -> dict[str, Span]:
    """The stages that the cues of ``lexicon/<table>.csv`` tell in a part of the text, each with its first cue.

    Cues that only speak of what is to come or did not happen ("will be delivered", "was not signed") tell nothing.

    Raises:
        FileNotFoundError: there is no such table.
    """
    found: dict[str, Span] = {}
    for stage, pattern in _stages(table):
        for match in pattern.finditer(text, within.start, within.end):
            cue = Span(*match.span())
            if is_told(text, within, cue):
                found[stage] = cue
                break
    return found


def told_strength(text: str, start: int, end: int) -> tuple[str, Span] | None:
    """The strength that the last cue in ``text[start:end]``, the words before an action, tells, with that cue.

    None where there is no cue, or one that leaves it open ("would").
    Of 2,010 annotated actions with such a cue before them in their sentence it tells 96% right.
    """
    pattern, strengths = _strengths()
    last = None
    for match in pattern.finditer(text, start, end):
        last = match
    strength = strengths[last[0].lower()] if last else ""
    return (strength, Span(*last.span())) if last and strength else None


def _any_of(forms: list[str]) -> re.Pattern[str]:
    """Any of the forms as whole words, the longest first."""
    words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _stages(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each stage a pattern of all words that tell it; rows without stage only tell what kind of thing it is."""
    forms: dict[str, list[str]] = defaultdict(list)
    for row in rows(table):
        if row["stage"]:
            forms[row["stage"]].append(row["form"])
    return tuple((stage, _any_of(words)) for stage, words in forms.items())


@cache
def _strengths() -> tuple[re.Pattern[str], dict[str, str]]:
    """All words of strength, and what each tells; those that tell nothing keep earlier ones from telling."""
    strengths = {row["form"].lower(): row["strength"] for row in rows("strength_cues")}
    return _any_of(list(strengths)), strengths
