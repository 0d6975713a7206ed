"""Where a text says who says something: the verb of speech and its source beside given words.

"The minister *said* that talks would go on", "..., *said* the minister", "*according to* the ministry, ...": given the
words that are said, the verb and its subject are found by position, without a parse.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from communique.lexicon.tables import forms, rows
from communique.model import Span

_AUXILIARIES = (
    r"(?:(?:has|have|had|is|are|was|were|would|will|did|does|do|could|may|might|be|been|being|not|never|also|then|"
    r"later|once|again|previously|often|now|just|further|first|\w+ly)\s)*"
)
_MARKS = " ,.?!\"'”’`—–-"
_BEHIND = 90
_PARAGRAPHS = 3
_COLON = re.compile(r":[\s“\"‘’']*$")
_CLOSED = re.compile(r"(?:[”\"]|'')\s$")
_CONJUNCTION = re.compile(r"\b(?:and|but|or|then|also)$")
_CLAUSE = re.compile(
    r"[;:—–()“”\"]|\s-{1,2}\s|''|``|(?<!\w)(?:that|because|while|when|if|although|though|whether|where|after|before|as)\s|"
    r",\s(?:and|but|or|so)\s"
)
_OPENER = re.compile(
    r"(?:(?:and|but|yet|so|on|in|at|during|after|before|by|last|this|earlier|later|meanwhile|however|still|also)\b[^,]*,\s*)+"
    r"|(?:and|but|yet|so|or)\s+",
    re.IGNORECASE,
)
_SOURCE_END = re.compile(
    r"[.,;:—–()“”\"\n]|''|``|\s-{1,2}\s|\s(?:who|in|on|at|as|during|after|before|while|when|to|about|and|last|this|of\s(?:his|her|their|its)"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|earlier)\b"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The verb of speech and the words that name who speaks; ``source`` is None where the subject is left out."""

    cue: Span
    source: Span | None


@cache
def _verbs() -> re.Pattern[str]:
    """Verbs of speech in lower case, since "State" and "Post" are names, with what belongs to their form."""
    words = sorted((form for row in rows("speech_verbs") for form in forms(row)), key=len, reverse=True)
    return re.compile(rf"\b{_AUXILIARIES}(?:{'|'.join(words)})\b")


_ACCORDING = re.compile(r"\b[Aa]ccording to\b")
_QUOTATION = re.compile(r"“[^“”\n]*”?|\"[^\"\n]*\"?|``[^\n]*?''|(?<!\w)''[^\n]*?''")


def attribution_of(text: str, sentence: Span, content: Span) -> Attribution | None:
    """The attribution of words; None where no verb of speech stands beside them.

    Args:
        sentence: in which the content starts.
        content: the words that are said, half-open offsets.
    """
    start = text.rfind("\n", 0, content.start) + 1
    stop = text.find("\n", max(content.end, sentence.end))
    paragraph = Span(start, stop if stop > 0 else len(text))
    quotations = [Span(*m.span()) for m in _QUOTATION.finditer(text, paragraph.start, paragraph.end)]
    own = next((q for q in quotations if q.start <= content.start < q.end), None)
    others = [q for q in quotations if q is not own]
    said = Span(own.start, max(own.end, content.end)) if own else content
    return (
        _according(text, sentence, said)
        or _before(text, sentence.start, said, others)
        or _behind(text, said, paragraph.end, others)
        or _turn(text, sentence, content)
        or (_going_on(text, paragraph.start, said, others) if own else None)
    )


def _according(text: str, sentence: Span, content: Span) -> Attribution | None:
    for start, end in ((sentence.start, content.start), (content.end, min(len(text), content.end + _BEHIND))):
        match = _ACCORDING.search(text, start, max(start, end))
        if match and (start == sentence.start or match.start() - start <= 3):
            source = _right_of(text, match.end(), max(end, match.end()))
            return Attribution(Span(*match.span()), source) if source else None
    return None


def _before(text: str, start: int, content: Span, quotations: Sequence[Span]) -> Attribution | None:
    """The last verb of speech between an offset and the content."""
    found = [m for m in _verbs().finditer(text, start, max(start, content.start)) if not _inside(m, quotations)]
    if not found:
        return None
    verb = found[-1]
    if _CLOSED.search(text, max(start, verb.start() - 3), verb.start()):  # "…," said the envoy. "He will stay."
        return Attribution(Span(*verb.span()), _right_of(text, verb.end(), content.start))
    return Attribution(Span(*verb.span()), _subject(text, start, verb))


def _subject(text: str, start: int, verb: re.Match[str]) -> Span | None:
    """What stands before a verb in its clause, without the conjunction of "left Riga but said"."""
    found = _left_of(text, start, verb.start())
    trailing = _CONJUNCTION.search(text, found.start, found.end) if found else None
    return _tight(text, found.start, trailing.start()) if found and trailing else found


def _behind(text: str, content: Span, end: int, quotations: Sequence[Span]) -> Attribution | None:
    """ "..., said the minister" and "..., the minister said" right behind the content."""
    end = min([content.end + _BEHIND, end, *(q.start for q in quotations if q.start >= content.end)])
    verb = _verbs().search(text, content.end, max(end, content.end))
    if verb is None:
        return None
    between = text[content.end : verb.start()].strip(_MARKS)
    if between:
        start = text.index(between, content.end)
        return Attribution(Span(*verb.span()), _left_of(text, start, verb.start()))
    return Attribution(Span(*verb.span()), _right_of(text, verb.end(), max(end, verb.end())))


def _turn(text: str, sentence: Span, content: Span) -> Attribution | None:
    """ "The minister: talks will go on", as headlines and transcripts have it."""
    match = _COLON.search(text, sentence.start, content.start)
    source = _tight(text, sentence.start, match.start()) if match else None
    return Attribution(Span(match.start(), match.start() + 1), source) if match and source else None


def _going_on(text: str, start: int, content: Span, quotations: Sequence[Span]) -> Attribution | None:
    """A quotation without a verb of its own goes on with what is said before it, up to two paragraphs back."""
    for _ in range(_PARAGRAPHS):
        found = _before(text, start, content, quotations)
        if found or start == 0:
            return found
        stop = start
        start = text.rfind("\n", 0, len(text[:stop].rstrip())) + 1
        quotations = [*quotations, *(Span(*m.span()) for m in _QUOTATION.finditer(text, start, stop))]
    return None


def _inside(verb: re.Match[str], quotations: Sequence[Span]) -> bool:
    return any(q.start < verb.start() < q.end for q in quotations)


def _left_of(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that ends at an offset: back to the clause's start, without what opens it."""
    for boundary in _CLAUSE.finditer(text, start, end):
        if boundary.end() < end - 1:
            start = boundary.end()
    opener = _OPENER.match(text, start, end)
    if opener and opener.end() < end:
        start = opener.end()
    return _tight(text, start, end)


def _right_of(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that begins at an offset."""
    while start < end and text[start] == " ":
        start += 1
    stop = _SOURCE_END.search(text, start + 1, end)
    return _tight(text, start, stop.start() if stop else end)


def _tight(text: str, start: int, end: int) -> Span | None:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end) if start < end else None
