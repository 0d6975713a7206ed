"""Whether words of signature tell of a fact, or only of what is to come, is hoped for or did not happen."""

import re
from functools import cache

from communique.lexicon.tables import forms, rows
from communique.model import Span

_BEFORE = (
    r"(?:to|will|would|could|may|might|can|cannot|should|shall|not|never|nor|yet to|n't)\s+"
    r"(?:(?!only\b)\w+ly\s+)?(?:be\s+|been\s+|have\s+|have\s+been\s+)?"
)
_AHEAD = r"(?:look(?:s|ed|ing)?\s+forward\s+to|hop(?:e|es|ed|ing)\s+for|awaits?|pending)\s+(?:the\s+)?(?:\w+ly\s+)?"


_ENDS_BEFORE = re.compile(rf"\b{_BEFORE}$", re.IGNORECASE)
_LONGEST_BEFORE = 40


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of signature as unreal, and as any."""
    table = rows("signature_verbs")
    base = "|".join(row["base"] for row in table)
    past = "|".join(form for row in table for form in forms(row, "past"))
    gerund = "|".join(form for row in table for form in forms(row, "gerund"))
    unreal = re.compile(rf"(?:\b{_BEFORE}(?:{base}|{past})|\b{_AHEAD}(?:{gerund}|signature))\b", re.IGNORECASE)
    told = re.compile(rf"\b(?:{past}|{gerund}|signature|signs|concludes)\b", re.IGNORECASE)
    return unreal, told


def signature_is_unreal(text: str, sentence: Span) -> bool:
    """Whether a sentence speaks of a signature that is to come, is hoped for or did not happen.

    "Will sign", "hopes to conclude", "was not signed" and "look forward to signing" do.
    """
    return _patterns()[0].search(text, sentence.start, sentence.end) is not None


def signature_is_fact(text: str, sentence: Span) -> bool:
    """Whether a sentence speaks of signing, concluding or ratifying as of a fact, beside what is unreal in it."""
    unreal, told = _patterns()
    found = [Span(*m.span()) for m in unreal.finditer(text, sentence.start, sentence.end)]
    facts = (Span(*m.span()) for m in told.finditer(text, sentence.start, sentence.end))
    return any(not any(span.contains(fact) for span in found) for fact in facts)


def unreal_before(text: str, start: int, offset: int) -> bool:
    """Whether the words between ``start`` and a verb at ``offset`` make it a thing to come or one that was not.

    "Will be", "to", "could have been" and "not" do, directly before the verb.
    """
    return _ENDS_BEFORE.search(text, max(start, offset - _LONGEST_BEFORE), offset) is not None
