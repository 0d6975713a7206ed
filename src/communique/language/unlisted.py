"""Names that no table and no rule knows: a movement, a firm, a person without a title.

Who they are is not known, only that they are named; whether they fill a role is for the reader to tell by what the
sentence says of them.
"""

import re
from collections.abc import Iterator, Sequence

from communique.language.mentions import ActorKind, ActorMention
from communique.language.untitled import capitalised_runs
from communique.model import Span

_SHORT_FORM = re.compile(r" \((?:the )?[“\"‘']?([A-Z][A-Za-z]{1,8}[A-Z])[”\"’']?\)")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:\n•–—-][\"”’)]?\s+[\"“‘(]?)$")
_REACH = 6


def find_unlisted(text: str, known: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """Names of two or more words beside the mentions already known, and the short forms that the text gives them.

    Both as a party and as a person they go by their own words; a party by its short form where it has one.
    """
    taken = [(mention.span.start, mention.span.end) for mention in known]
    short_forms: dict[str, str] = {}
    for start, end in capitalised_runs(text, list(taken)):
        name = text[start:end]
        if " " not in name or _one_word_opens(text, start, name):
            continue
        given = _SHORT_FORM.match(text, end)
        party = given[1] if given else name
        if given:
            short_forms[given[1]] = name
        taken.append((start, end))
        yield ActorMention(Span(start, end), ActorKind.NAME, (party,), (name,), "name.unlisted")
    if short_forms:
        for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, short_forms))})(?!\w)", text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                span, name = Span(*match.span()), short_forms[match[0]]
                yield ActorMention(span, ActorKind.NAME, (match[0],), (name,), "name.short-form")


def _one_word_opens(text: str, start: int, name: str) -> bool:
    """Whether a name of two words begins with the sentence, so that its first may be capitalised for that alone."""
    return name.count(" ") == 1 and _OPENS_SENTENCE.search(text, max(0, start - _REACH), start) is not None
