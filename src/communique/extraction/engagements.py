"""Engagements: occasions on which representatives interact, each told in one or more sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from communique.extraction import fields, grounds, occasions
from communique.extraction.durations import whole_time
from communique.extraction.fields import AS_TOLD, BETWEEN_TWO
from communique.extraction.parties import governments_first, without_hosts
from communique.extraction.quotations import without_marks
from communique.extraction.several import Part, apart
from communique.extraction.venues import gathering, of_gathering, place_name, venue
from communique.language.modality import signature_is_fact
from communique.language.phrases import find_phrases
from communique.language.unreal import CONCESSION, asked_for, disclaimed, within
from communique.model import Engagement, EngagementStage, EngagementType, Kind, Reason, Span
from communique.model.names import same_person
from communique.reader import Filler, Proposals, Roles, SentenceProposal
from communique.reader.labels import ENGAGEMENT_STAGES, ENGAGEMENT_TYPES

TOLD = 0.5
"""How probable it has to be that a sentence tells of an engagement of a type."""
GOES_ON = 0.3
"""Below this probability a sentence opens no engagement though it names another date."""
FIRST = 0.5
"""From this probability on a sentence opens a new engagement even where one of its type is known."""
SOMEBODY_ELSE = 0.3
"""The same where it names somebody who is not known to take part: of 17 such sentences 11 did."""
SAME_BY_ANOTHER_NAME = 0.1
"""Below this probability a sentence goes on about an engagement of another type: "the leaders met" about a summit. Of
16 such sentences 13 did."""
ALSO = 0.9
"""How probable a second type has to be that is no :data:`_BESIDE`: of 39 sentences with two such only 4 tell of two."""
NAMED_ELSEWHERE = 0.7
"""How probable it has to be that somebody takes part whom only another sentence names: "a delegation held talks". On
held-out documents as many people are right as without it, and fewer wrong."""
_BESIDE = (EngagementType.VISIT, EngagementType.EXERCISE)
"""What goes on beside other engagements: a visit and the talks held during it are two."""
_REFERS = re.compile(r"(?:the\s+)?same\s")
"""Words for a place that only say that it was named before."""
_FIELDS = {"party": "parties", "person": "people", "date": "date"}


@dataclass(slots=True)
class _Occasion:
    """What has been read of one engagement so far."""

    type: str
    stage: str
    parties: tuple[str, ...]
    people: tuple[str, ...]
    date: str | None
    place: str | None
    sentences: list[int]
    reasons: tuple[Reason, ...] = field(default=())


def engagements(proposals: Proposals) -> list[Engagement]:
    """One engagement for each occasion, in order of first mention."""
    found: list[_Occasion] = []
    for told in proposals.sentences:
        for kind in _types(proposals, told):
            own: list[_Occasion] = []
            for part in _parts(proposals, told, kind):
                new = _occasion(proposals, told, kind, part)
                earlier = [o for o in found if o not in own]
                home = _attended(proposals, earlier, new) or _home(earlier, new, told.answers[f"first:{kind}"])
                if home is None:
                    found.append(new)
                else:
                    _add(home, new)
                own.append(home or new)
    return [_engagement(proposals, occasion) for occasion in found if occasion.parties or occasion.people]


def _types(proposals: Proposals, told: SentenceProposal) -> list[str]:
    """The types of engagement that a sentence tells of: all probable ones, else the likeliest if it tells of any."""
    asked = [kind for kind in ENGAGEMENT_TYPES if kind in told.engagements]
    if not asked:
        return []
    text, sentence = proposals.analysis.document.text, proposals.analysis.sentences[told.sentence]
    if disclaimed("engagement", text, sentence) and not _cancelled(text, sentence):
        return []
    probable = _one_of_a_kind([kind for kind in asked if told.answers[f"type:{kind}"] >= TOLD], told)
    if told.answers["kind:engagement"] < TOLD:
        return probable
    cued = [kind for kind in occasions.cued_types(proposals, told.sentence) if kind not in probable]
    types = [*dict.fromkeys(cued), *probable] or [max(asked, key=lambda kind: told.answers[f"type:{kind}"])]
    return [kind for kind in types if kind != EngagementType.CEREMONY or not _only_signs(text, sentence)]


def _one_of_a_kind(types: list[str], told: SentenceProposal) -> list[str]:
    """The types without less probable words for the same occasion: a summit is no meeting besides."""
    rivals = [kind for kind in types if kind not in _BESIDE]
    likeliest = max(rivals, key=lambda kind: told.answers[f"type:{kind}"], default=None)
    return [k for k in types if k in _BESIDE or k == likeliest or told.answers[f"type:{k}"] >= ALSO]


def _only_signs(text: str, sentence: Span) -> bool:
    """Whether a sentence tells of a signature and of no ceremony: signing alone makes none, says the guide."""
    return signature_is_fact(text, sentence) and not find_phrases("ceremony_words", text, sentence)


def _parts(proposals: Proposals, told: SentenceProposal, kind: str) -> list[Part]:
    """What a sentence tells of each occasion of a type."""
    asked = kind if kind in told.engagements else max(told.engagements, key=lambda k: told.answers[f"type:{k}"])
    sentence = proposals.analysis.sentences[told.sentence]
    there = gathering(proposals.analysis.document.text, sentence) if kind == EngagementType.SUMMIT else None
    if there and len(_types(proposals, told)) > 1:
        return [Part(sentence, of_gathering(proposals.analysis, there, told.engagements[asked]))]
    return apart(proposals.analysis, sentence, kind, told.engagements[asked])


def _occasion(proposals: Proposals, told: SentenceProposal, kind: str, part: Part) -> _Occasion:
    stage, staged = _stage(proposals, told, kind, part.roles)
    held = stage == EngagementStage.HELD
    date = occasions.date_of(proposals, part.roles, told.sentence, held=held)
    if date and stage == EngagementStage.PLANNED:
        date = occasions.to_come(proposals.analysis, date)
    people = _near(part.roles, proposals.analysis.sentences[told.sentence])
    roles = part.roles | {"date": (date,) if date else (), "person": people}
    needed = BETWEEN_TWO if fields.keys(roles, "party") else AS_TOLD
    place, placed = _place(proposals, told.sentence, part.span)
    why = (
        *grounds.of_sentences(proposals, (told.sentence,), Kind.ENGAGEMENT),
        Reason(field="type", rule="reader.type", detail=kind, probability=told.answers[f"type:{kind}"]),
        staged,
        *grounds.of_fillers(roles, _FIELDS, proposals.analysis, {"party": needed}),
        *placed,
    )
    return _Occasion(
        type=kind,
        stage=stage,
        parties=governments_first(proposals.analysis, fields.keys(roles, "party", needed)),
        people=fields.people(roles, "person"),
        date=date.key if date else None,
        place=place,
        sentences=[told.sentence],
        reasons=why,
    )


def _near(roles: Roles, sentence: Span) -> tuple[Filler, ...]:
    """Those who may take part, without those named elsewhere of whom it is doubtful."""
    return tuple(
        filler
        for filler in roles.get("person", ())
        if filler.span is None or sentence.contains(filler.span) or filler.probability >= NAMED_ELSEWHERE
    )


def _stage(proposals: Proposals, told: SentenceProposal, kind: str, roles: Roles) -> tuple[str, Reason]:
    """The likeliest stage, unless the sentence has words of cancellation, which are too rare to be learned.

    Of the engagements of the annotated documents whose sentence has such words, 11 of 13 are cancelled.
    """
    likeliest = max(ENGAGEMENT_STAGES, key=lambda s: told.answers[f"stage:{s}"])
    analysis = proposals.analysis
    sentence = analysis.sentences[told.sentence]
    met = occasions.met_already(proposals, told.sentence, kind)
    cancelled = _cancelled(analysis.document.text, sentence)
    if cancelled and not met:
        stage = EngagementStage.CANCELLED.value
        return stage, Reason(field="stage", rule="words.cancellations", detail=stage, span=cancelled[0])
    invited = asked_for("engagement", analysis.document.text, sentence)
    if invited:
        stage = EngagementStage.PLANNED.value
        return stage, Reason(field="stage", rule="words.unreal_cues", detail=stage, span=invited)
    coming = occasions.still_to_come(analysis.document.text, sentence, kind)
    if coming:
        stage = EngagementStage.PLANNED.value
        return stage, Reason(field="stage", rule="words.coming", detail=stage, span=coming)
    if met and likeliest == EngagementStage.PLANNED:
        stage = EngagementStage.HELD.value
        return stage, Reason(field="stage", rule="words.encounters", detail=stage, span=met)
    ahead = occasions.lies_ahead(proposals, roles, told.sentence)
    if ahead and not met and likeliest == EngagementStage.HELD:
        stage = EngagementStage.PLANNED.value
        return stage, Reason(field="stage", rule="stage.ahead", detail=stage, span=ahead)
    probability = told.answers[f"stage:{likeliest}"]
    return likeliest, Reason(field="stage", rule="reader.stage", detail=likeliest, probability=probability)


def _cancelled(text: str, sentence: Span) -> list[Span]:
    """The words of a sentence that call its occasion off, not those of what was so in spite of it: "although ..."."""
    found = find_phrases("cancellations", text, sentence)
    return [words for words in found if not within(text, sentence, words, frozenset({CONCESSION}))]


def _place(proposals: Proposals, sentence: int, part: Span) -> tuple[str | None, tuple[Reason, ...]]:
    """The first place that the sentence gives: what stands farther on is often the place of something else."""
    text = proposals.analysis.document.text
    places = [
        p for p in proposals.of_layer("place") if p.sentence == sentence and not _REFERS.match(text, p.span.start)
    ]
    best = min(places, key=lambda p: (not part.contains(p.span), p.span), default=None)
    span = without_marks(text, best.span) if best else None
    if best is None or span is None:
        return None, ()
    place = place_name(text, span)
    return place, (grounds.of_span("place", best, span, place),)


def _home(found: Sequence[_Occasion], new: _Occasion, first: float) -> _Occasion | None:
    """The engagement that a sentence goes on about, if it does not open another."""
    same_type = [o for o in reversed(found) if o.type == new.type]
    fitting = [o for o in same_type if _fits(o, new)]
    if not fitting and first < GOES_ON:  # a date in passing: "the talks build on the statement of May"
        fitting = [o for o in same_type if o.stage == new.stage and set(o.parties) & set(new.parties)]
    if not fitting and first < SAME_BY_ANOTHER_NAME:
        fitting = [o for o in reversed(found) if o.stage == new.stage and set(o.parties) & set(new.parties)]
        fitting = [o for o in fitting if _same_date(o, new)]
    if not fitting:
        return None
    home = fitting[0]
    if first >= SOMEBODY_ELSE and home.people and not _all_known(home, new):
        return None
    return home if first < FIRST or _agrees(home, new) else None


def _attended(proposals: Proposals, found: Sequence[_Occasion], new: _Occasion) -> _Occasion | None:
    """The engagement told of in the sentence before, where this one only names who else was there.

    "Their Indian counterparts were ..." opens no engagement, whatever day or type it might be taken to be of.
    """
    text, (at,) = proposals.analysis.document.text, new.sentences
    before = next((o for o in reversed(found) if o.sentences[-1] == at - 1), None)
    if before is None or before.stage != new.stage or not set(before.parties) & set(new.parties):
        return None
    return before if find_phrases("attendance_words", text, proposals.analysis.sentences[at]) else None


def _all_known(old: _Occasion, new: _Occasion) -> bool:
    return all(any(same_person(name, other) for other in old.people) for name in new.people)


def _same_date(old: _Occasion, new: _Occasion) -> bool:
    return old.date is None or new.date is None or old.date == new.date


def _fits(old: _Occasion, new: _Occasion) -> bool:
    """Whether nothing that the two say speaks against their being one occasion."""
    parties = not old.parties or not new.parties or bool(set(old.parties) & set(new.parties))
    stages = old.stage == new.stage or new.date is None
    return parties and _same_date(old, new) and stages


def _agrees(old: _Occasion, new: _Occasion) -> bool:
    """Whether a sentence that seems to open an engagement names the date or a person of a known one."""
    if old.date and old.date == new.date:
        return True
    return any(same_person(a, b) for a in old.people for b in new.people)


def _add(old: _Occasion, new: _Occasion) -> None:
    old.reasons += tuple(r for r in new.reasons if r.field in ("kind", "type", "people") or not getattr(old, r.field))
    old.sentences += [s for s in new.sentences if s not in old.sentences]
    old.parties = old.parties or new.parties
    old.people = fields.unique_people((*old.people, *new.people))
    old.date = old.date or new.date
    old.place = old.place or new.place


def _engagement(proposals: Proposals, occasion: _Occasion) -> Engagement:
    sentences: tuple[Span, ...] = proposals.analysis.sentences
    evidence = tuple(sentences[i] for i in sorted(occasion.sentences))
    people, spoken_for = occasions.present(proposals.analysis, occasion.people, evidence)
    kind, stage = EngagementType(occasion.type), EngagementStage(occasion.stage)
    date = whole_time(proposals.analysis.document.text, evidence, kind, occasion.date)
    place, placed = (occasion.place, ()) if occasion.place else venue(proposals.analysis, kind, stage, evidence)
    return Engagement(
        type=kind,
        stage=stage,
        parties=without_hosts(
            proposals.analysis, kind, tuple(dict.fromkeys((*occasion.parties, *spoken_for))), evidence
        ),
        people=people,
        date=date,
        place=place,
        evidence=evidence,
        reasons=(*_dated(occasion, date), *placed),
    )


def _dated(occasion: _Occasion, date: str | None) -> tuple[Reason, ...]:
    """The reasons of an occasion, those for a day standing for all the days that it lasted."""
    if date == occasion.date or date is None:
        return occasion.reasons
    return tuple(
        replace(r, detail=date) if r.field == "date" and r.detail == occasion.date else r for r in occasion.reasons
    )
