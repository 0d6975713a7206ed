"""Statements: words attributed to one or more speakers."""

from collections.abc import Sequence
from dataclasses import replace

from communique.extraction import fields, grounds
from communique.extraction.private import are_private, is_private_source
from communique.extraction.quotations import MOSTLY, quoted_share, starts_turn, without_marks
from communique.language.attributions import attribution_of
from communique.language.mentions import Analysis
from communique.model import Form, Kind, Reason, Span, Statement
from communique.reader import Filler, Proposals, SpanProposal

LIKELY_ENOUGH = 0.2
"""A statement has a speaker: where none is probable, the likeliest is taken down to this probability."""


def statements(proposals: Proposals) -> list[Statement]:
    """One statement for each span of content, in the order of the text, without those of private voices."""
    analysis = proposals.analysis
    found: list[Statement] = []
    told: list[Statement] = []
    for span in proposals.of_layer("content"):
        statement = _statement(proposals, span, found)
        if statement:
            found.append(statement)
            if not is_private_source(analysis, span) and not are_private(analysis, statement.speakers):
                told.append(statement)
    return told


def _statement(proposals: Proposals, proposal: SpanProposal, earlier: Sequence[Statement]) -> Statement | None:
    analysis = proposals.analysis
    text = analysis.document.text
    content = without_marks(text, proposal.span)
    if content is None:
        return None
    sentence = analysis.sentences[proposal.sentence]
    form, formed = _form(text, sentence, proposal.span, content)
    speakers, why = _speakers(proposal, sentence, analysis)
    if not speakers and earlier:
        last = earlier[-1]
        if analysis.sentences.index(sentence) - analysis.sentences.index(last.evidence[-1]) <= 1:
            speakers = last.speakers
            why = tuple(Reason(field="speakers", rule="speakers.go-on", detail=speaker) for speaker in speakers)
    words = text[content.start : content.end]
    proposed = (
        *grounds.of_sentences(proposals, (proposal.sentence,), Kind.STATEMENT),
        grounds.of_span("content", proposal, content, words),
    )
    return Statement(
        speakers=speakers,
        form=form,
        content=words,
        evidence=fields.evidence(analysis, [proposal.span]),
        reasons=(*proposed, *_attributed(text, sentence, content), *why, formed),
    )


def _attributed(text: str, sentence: Span, content: Span) -> tuple[Reason, ...]:
    """The verb of speech beside the words, where there is one."""
    found = attribution_of(text, sentence, content)
    if found is None:
        return ()
    cue = text[found.cue.start : found.cue.end]
    return (Reason(field="content", rule="words.speech_verbs", detail=cue, span=found.cue),)


def _form(text: str, sentence: Span, span: Span, content: Span) -> tuple[Form, Reason]:
    """Whether the words are the speaker's own, by quotation marks or a transcript's turn."""
    form, rule = Form.INDIRECT, "form.no-quotation-marks"
    if quoted_share(text, content) >= MOSTLY:
        form, rule = Form.DIRECT, "form.quotation-marks"
    elif starts_turn(text, sentence, span):
        form, rule = Form.DIRECT, "form.turn-of-transcript"
    return form, Reason(field="form", rule=rule, detail=form.value)


def _speakers(proposal: SpanProposal, sentence: Span, analysis: Analysis) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    text, content = analysis.document.text, proposal.span
    chosen = fields.fillers(proposal.roles, "speaker")
    beside = [f for f in chosen if _is_named_in(_clause(text, sentence, content), f, analysis, content)]
    here = beside or [f for f in chosen if _is_named_in(sentence, f, analysis)]
    chosen = here or chosen  # who is named beside the words says them, not who spoke before
    if any(f.is_person for f in chosen):  # people speak for the states that are named beside them
        chosen = [f for f in chosen if f.is_person]
    elif people := _people_beside(_clause(text, sentence, content), chosen, analysis, content):
        chosen = people
    if chosen:
        chosen = [_by_full_name(f, analysis) for f in chosen]
        why = tuple(grounds.of_filler(f, "speaker", "speakers", analysis) for f in chosen)
        return fields.unique_people(f.key for f in chosen), why
    best = next(iter(proposal.roles.get("speaker", ())), None)
    if best and best.probability >= LIKELY_ENOUGH:
        chosen = fields.with_companions([best], proposal.roles["speaker"])
        why = tuple(grounds.of_filler(f, "speaker", "speakers", analysis) for f in chosen)
        return tuple(f.key for f in chosen), why
    return (), ()


def _people_beside(part: Span, chosen: Sequence[Filler], analysis: Analysis, said: Span) -> list[Filler]:
    """The people for whom words like "the two leaders" stand, where their states would be the speakers."""
    parties = {filler.key for filler in chosen}
    groups = (a for a in analysis.actors_in(part) if len(a.people) > 1)
    group = next((a for a in groups if parties and parties == set(a.parties) and not said.contains(a.span)), None)
    probability = min((filler.probability for filler in chosen), default=0.0)
    return [Filler(person, probability, group.span, is_person=True) for person in group.people] if group else []


def _by_full_name(speaker: Filler, analysis: Analysis) -> Filler:
    """A body that is called no more than "the ministry", by the name that it had last."""
    text, span = analysis.document.text, speaker.span
    if span is None or " " in speaker.key:
        return speaker
    if not any(actor.span == span and actor.rule == "body.definite" for actor in analysis.actors_in(span)):
        return speaker
    for actor in reversed(analysis.actors):
        words = text[actor.span.start : actor.span.end]
        earlier = actor.span.end <= span.start and actor.rule.startswith("body.")
        if earlier and " " in words and speaker.key.lower() in words.lower().split():
            return replace(speaker, key=words)
    return speaker


def _clause(text: str, sentence: Span, content: Span) -> Span:
    """The part of a sentence between semicolons in which words are said: "A denied it; B called it a lie"."""
    start = max(sentence.start, text.rfind(";", sentence.start, content.start) + 1)
    stop = text.find(";", content.end, max(sentence.end, content.end))
    return Span(start, stop if stop > 0 else max(sentence.end, content.end))


def _is_named_in(part: Span, filler: Filler, analysis: Analysis, said: Span | None = None) -> bool:
    """Whether a mention in a part of the text stands for a speaker: a name, "he", "the two leaders".

    Args:
        said: the words that are said, whose own mentions don't count.
    """
    mentions = [a for a in analysis.actors_in(part) if not (said and said.contains(a.span))]
    return any(filler.key in (*a.people, *a.parties) or filler.span == a.span for a in mentions)
