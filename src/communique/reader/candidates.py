"""Candidates: the mentions of a window that may fill a role, as the network sees them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communique.language.mentions import ActorKind, ActorMention, Analysis
from communique.model import Span
from communique.reader.labels import CANDIDATE_KINDS, TIME_ROLES
from communique.reader.windows import TITLE, Window

WHOLE_TOKENS = (0, 1)
_NAMED_AS_SUCH = ("body.", "state.seat")
_SEAT = re.compile(
    r" in [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?= (?:\w+ly )?(?:has |had |also |then )?(?:[a-z]+ed|said|says|told)\b|[.,;])"
)
"""Where a ministry sits belongs to its name where it speaks: "the Defence Ministry in Prague said"."""
_GOVERNMENT = re.compile(r"\b(?:government|administration)$", re.IGNORECASE)
_DETERMINER = re.compile(r"^(?:the|an?|its|his|her|their|our)\s+", re.IGNORECASE)
MAX_UNNAMED = 4
"""How many of the document's most frequent parties stay candidates in a window that does not name them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of a window, or the window itself, that may fill a role.

    Attributes:
        tokens: half-open range of the window's tokens.
        sentence: index of the sentence, :data:`TITLE` for the title and the window itself.
        kind: index into :data:`CANDIDATE_KINDS`.
        parties: as in :class:`ActorMention`; empty for times.
        people: as in :class:`ActorMention`.
        speakers: whom the words name as speakers, see :func:`speakers_of`.
        edtf: the date that a time resolves to.
        span: where the words stand in the document's text; None for the title and the window itself.
    """

    tokens: tuple[int, int]
    sentence: int
    kind: int
    parties: tuple[str, ...]
    people: tuple[str, ...]
    speakers: tuple[str, ...] = ()
    edtf: str | None = None
    span: Span | None = None

    @property
    def is_time(self) -> bool:
        """Whether the words name a time and not an actor."""
        return CANDIDATE_KINDS[self.kind] == "time"


def frequent_parties(analysis: Analysis) -> list[str]:
    """The document's parties, most frequent first, those of the title before all others; no unlisted names."""
    known = [actor for actor in analysis.actors if actor.kind is not ActorKind.NAME]
    counts = Counter(party for actor in known for party in actor.parties)
    for actor in analysis.title_actors:
        for party in actor.parties if actor.kind is not ActorKind.NAME else ():
            counts[party] += len(analysis.actors)
    return sorted(counts, key=lambda party: (-counts[party], party))


def find_candidates(analysis: Analysis, window: Window, frequent: Sequence[str]) -> list[Candidate]:
    """All candidates of one window.

    Args:
        frequent: from :func:`frequent_parties`, made once for the document.
    """
    text, title = analysis.document.text, analysis.document.title or ""
    found = []
    part = window.span
    for actor in analysis.actors_touching(part):
        if tokens := window.token_range(actor.span):
            found.append(_of_actor(actor, tokens, window.sentence_at(tokens[0]), text, actor.span))
    for time in analysis.times:
        if time.edtf and time.span.overlaps(part) and (tokens := window.token_range(time.span)):
            kind = CANDIDATE_KINDS.index("time")
            found.append(Candidate(tokens, window.sentence_at(tokens[0]), kind, (), (), (), time.edtf, time.span))
    for actor in analysis.title_actors:
        if tokens := window.title_range(actor.span):
            found.append(_of_actor(actor, tokens, TITLE, title, None))
    named = {party for candidate in found for party in candidate.parties}
    whole = CANDIDATE_KINDS.index("whole")
    for party in [p for p in frequent if p not in named][:MAX_UNNAMED]:
        found.append(Candidate(WHOLE_TOKENS, TITLE, whole, (party,), (), (party,)))
    return found


def _of_actor(actor: ActorMention, tokens: tuple[int, int], sentence: int, text: str, span: Span | None) -> Candidate:
    kind = CANDIDATE_KINDS.index(actor.kind.value)
    return Candidate(tokens, sentence, kind, actor.parties, actor.people, speakers_of(actor, text), None, span)


def speakers_of(actor: ActorMention, text: str) -> tuple[str, ...]:
    """Whom a mention names as speakers: people; a ministry, firm or seat of power by its name; else parties.

    A government speaks as its state ("the Biden administration"), "the company" as the firm that it stands for.
    """
    if actor.people:
        return actor.people
    government = _GOVERNMENT.search(text, actor.span.start, actor.span.end)
    if actor.parties and (government or actor.rule == "company.definite"):
        return actor.parties
    if actor.kind in (ActorKind.OFFICE, ActorKind.COMPANY) or actor.rule.startswith(_NAMED_AS_SUCH):
        seat = _SEAT.match(text, actor.span.end) if actor.rule.startswith("body.") else None
        name = _DETERMINER.sub("", text[actor.span.start : seat.end() if seat else actor.span.end])
        return (name,) if name else ()
    return actor.parties


def role_keys(role: str, candidate: Candidate) -> tuple[str, ...]:
    """The keys under which a candidate counts for a role: dates, names of speakers or people, or parties."""
    if role in TIME_ROLES:
        return (candidate.edtf,) if candidate.edtf else ()
    if role == "speaker":
        return candidate.speakers
    return candidate.people if role == "person" else candidate.parties
