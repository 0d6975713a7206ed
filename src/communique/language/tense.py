"""Whether the words around a time speak of what was or of what is to come."""

import re
from bisect import bisect_left
from typing import Literal

Tense = Literal["past", "future", "planned", "before"]
"""What was, what is to come, or what had been planned, which may be either: "had been due to begin on Sunday";
"before" is what can't lie ahead even by days: "since August"."""

_CUE = re.compile(
    r"\b(?:(?P<planned>(?:had\ been|was|were)\ (?:due|set|scheduled|expected|planned|slated)(?:\ (?:to"
    r"|for)\b)?(?:\ be\b)?(?:\ [a-z]+)?|(?<!is\ )(?<!are\ )(?<!be\ )(?:planned|set|scheduled|slated)\ for\b"
    r"|(?:agreed|arranged|fixed|earmarked)(?:\ on|\ upon)?\ for\b"
    r"|(?:was|were)\ to\ have(?:\ been)?\ [a-z]+)"
    r"|(?P<turn>(?:(?:agreed|agree|decided|committed|pledged|promised|vowed|offered|resolved|was|were|hoped|wanted"
    r"|sought)"
    r"\ to\ (?:be\ )?[a-z]+)|(?:proposed|invited)\b)"
    r"|(?P<future>to\ be\ [a-z]+(?:ed|en|ld|de|ne|ut)\b|(?:will|shall|would|may|might|could|should|upcoming"
    r"|forthcoming|scheduled|due|slated|expected|planned|"
    r"planning|plans?|intends?|expects?|hopes?|aims?|set\ (?:to|for)|going\ to|about\ to|supposed\ to|payable"
    r"|(?:proposal|offer|promise|pledge|commitment|agreement|deal|decision|mandate)(?=\ to\ [a-z])|ready"
    r"|looks?\ forward|looking\ forward|invitation|"
    r"(?:is|are|wants?|seeks?)(?=\ to\ [a-z])|begins?|starts?|arrives?|opens?|takes\ place|leaves|departs"
    r"|travels|flies|gathers?|convenes?|meets|inspects|attends|receives|hears|joins|continues(?=\ (?:on\ )?to\b)"
    r"|on\ the\ agenda|envisaged|foreseen)\b"
    r"(?:\ [a-z]+ly)?(?:\ (?:not|also))?(?:\ to\b)?(?:\ be\ [a-z]+|\ be\b)?(?:\ [a-z]+(?:ed|en|ld|de|ne)\b)?)"
    r"|(?P<over>(?:said|says|met|held|was|were|had|has|have|did|took|came|went|gave|made|told|began|spoke|led|sent"
    r"|brought|"
    r"won|saw|left|flew|drew|struck|put|broke|fell|rose|ran|wrote|built|bought|sold|became|got|grew|kept|lost|paid"
    r"|hit|sought|"
    r"stood|spent|withdrew|undertook|underwent|fought|found|laid|swore|threw|upheld|oversaw|chose|ago|previously"
    r"|earlier|"
    r"(?<!\bthe\ )(?<!\ba\ )(?<!\ban\ )(?<!\bof\ )[a-z]{2,}ed)\b))|(?:’|')ll\b"
)


def cues(sentence: str) -> tuple[list[int], list[tuple[Tense, Tense]]]:
    """The words of the sentence that carry tense: their offsets, and what each says of times before and behind it.

    "They agreed on Monday to meet in May": what stands before "agreed to" is past, what stands behind it is to come.
    """
    offsets: list[int] = []
    tenses: list[tuple[Tense, Tense]] = []
    for match in _CUE.finditer(sentence):
        offsets.append(match.start())
        if match["turn"]:
            tenses.append(("past", "future"))
        else:
            tense: Tense = "planned" if match["planned"] else "past" if match["over"] else "future"
            tenses.append((tense, tense))
    return offsets, tenses


def tense_at(found: tuple[list[int], list[tuple[Tense, Tense]]], offset: int) -> Tense | None:
    """The tense that the nearest cue before the offset gives, else the first one behind it, else None."""
    offsets, tenses = found
    before = bisect_left(offsets, offset)
    if before:
        return tenses[before - 1][1]
    return tenses[0][0] if tenses else None
