"""Whether the words around a time speak of what was or of what is to come."""

import re
from typing import Literal

Tense = Literal["past", "future"]

_CUE = re.compile(
    r"\b(?:(?P<future>(?:will|shall|would|may|might|could|should|upcoming|forthcoming|scheduled|due|slated|expected|planned|planning|"
    r"plans?|intends?|intend|expects?|expect|hopes?|aims?|set|going|about|looks?\ forward|looking\ forward|invited|invitation|proposed|"
    r"(?:is|are|was|were|agreed|agree|decided|committed|pledged|promised|vowed|wants?|seeks?)(?=\ to\ [a-z])|begins?|starts?|arrives?|opens?|takes\ place|"
    r"leaves|departs|runs)\b(?:\ [a-z]+ly)?(?:\ (?:not|also))?(?:\ to\b)?(?:\ be\b)?(?:\ [a-z]+(?:ed|en|ld|de|ne)\b)?|(?:’|')ll\b)"
    r"|(?P<past>(?:said|says|met|held|was|were|had|has|have|did|took|came|went|gave|made|told|began|spoke|led|sent|brought|won|saw|left|"
    r"flew|drew|struck|put|set\ out|broke|fell|rose|ran|wrote|built|bought|sold|ago|previously|earlier|[a-z]{2,}(?:ed|ied))\b))"
)


def cues(sentence: str) -> list[tuple[int, Tense]]:
    """The words of the sentence that carry tense, by offset."""
    return [(match.start(), "future" if match["future"] else "past") for match in _CUE.finditer(sentence)]


def tense_at(found: list[tuple[int, Tense]], offset: int) -> Tense | None:
    """The tense of the nearest cue before the offset, else of the first one behind it, else None."""
    before = [tense for place, tense in found if place < offset]
    if before:
        return before[-1]
    return found[0][1] if found else None
