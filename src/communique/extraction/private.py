"""Voices that speak for no party: the analyst, the correspondent, the witness. The guide takes them for no speakers."""

import re
from collections.abc import Sequence
from functools import cache

from communique.language.attributions import attribution_of
from communique.language.mentions import ActorKind, Analysis
from communique.lexicon.tables import forms, rows
from communique.reader import SpanProposal

_LOOK_BACK, _LOOK_AHEAD = 60, 80


def is_private_source(analysis: Analysis, said: SpanProposal) -> bool:
    """Whether the sentence of words that are said gives them to private voices: "Analysts", "critics of the plan".

    Of five such sentences in the annotated documents none has a statement.
    """
    text, sentence = analysis.document.text, analysis.sentences[said.sentence]
    told = attribution_of(text, sentence, said.span)
    if told is None or told.source is None or not sentence.contains(told.source):
        return False
    return _opening().match(text, told.source.start, told.source.end) is not None


def are_private(analysis: Analysis, speakers: Sequence[str]) -> bool:
    """Whether a document calls all speakers private voices, and lets none of them act for a party."""
    return bool(speakers) and all(_is_private(analysis, speaker) for speaker in speakers)


def _is_private(analysis: Analysis, speaker: str) -> bool:
    text = analysis.document.text
    own = [actor for actor in analysis.actors if actor.people == (speaker,)]
    if any(actor.parties and actor.parties != actor.people for actor in own):
        return False
    return any(
        _before().search(text, max(0, actor.span.start - _LOOK_BACK), actor.span.end)
        or _behind().match(text, actor.span.start, min(len(text), actor.span.end + _LOOK_AHEAD))
        for actor in own
        if actor.kind is ActorKind.PERSON
    )


@cache
def _words() -> str:
    found = {re.escape(form) for row in rows("private_voices") for form in forms(row)}
    return "|".join(sorted(found, key=lambda form: (-len(form), form)))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:[\w’'-]+\s){{0,2}}?(?i:{_words()})\b")


@cache
def _before() -> re.Pattern[str]:
    """The words right before a name, with those of the title that may belong to the mention."""
    return re.compile(rf"\b(?i:{_words()})\s(?:[a-z]+\s){{0,2}}(?:[A-Z][\w’'-]+\s?){{1,4}}$")


@cache
def _behind() -> re.Pattern[str]:
    """What follows a name, whose mention may hold the first word of it: "Ada Holm, head" of "head of research"."""
    return re.compile(rf"(?:[\w.’'-]+\s?){{1,5}},\s(?:an?\s|the\s)?(?:[\w’'-]+\s){{0,4}}?(?i:{_words()})\b")
