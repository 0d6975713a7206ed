"""The gate: whether a text can hold anything for the ledger, told in microseconds, before anything of it is parsed.

It judges by words alone: those that tell the subject (:mod:`communique.language.subject`) and the names of states and
organisations, found by one automaton over the lexicon. It is made to let pass what it is not sure of. Texts that say
too little to tell and what governments and international bodies publish themselves always pass.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from communique.language.subject import weights, words_of
from communique.language.terms import find_terms
from communique.lexicon.actors import TermKind
from communique.model import Document, Span

UNRELATED = 0.5
"""Below these log-odds a document is about something else, as 97% of 849 articles outside politics are that nothing was
learned from."""
DOUBTFUL = 2.0
"""Below these log-odds only what stands beside mentions of actors is read."""
PLAINLY_UNRELATED, OFFICIAL_VOICE = -2.0, 3.5
"""A text that is not plainly about something else is read all the same if it is so unlike reports on party politics:
governments speak of prices and of companies, too."""
DOMESTIC = 2.0
"""Below these log-odds a text is a report on the politics of one country: of 178 articles on those in Britain that
nothing was learned from and that name others in passing 176 are. All 178 are left out, and of 1,383 annotated documents
none that has a record."""
FEW, WORDS_FOR_EACH = 5, 50
"""Fewer mentions of further states and organisations than this, or than one in so many words, are made in passing. Of
1,767 annotated documents the same 3 with records are left out from 75 words down to 50, and one more with 40. Of
2,095 articles of general news 50 leaves out 11 more than 75: all on politics in Britain, one of them tells of a pledge
to an international fund."""
TOO_SHORT = 60
"""Fewer words than this say too little of the subject."""
_LONG = 20
"""Characters that a word has at most on average, with the blanks around it."""
_PARTIES = (TermKind.STATE, TermKind.ORGANISATION, TermKind.BODY)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate makes of a document.

    Attributes:
        left_out: why it can hold nothing for the ledger, one sentence; None where it may.
        doubtful: only what stands beside mentions of actors may be of use.
    """

    left_out: str | None = None
    doubtful: bool = False


def judge(document: Document) -> Verdict:
    """Whether a document may hold anything for the ledger, and if so whether there is doubt."""
    if _is_short(document.text) or _is_official(document.publisher):
        return Verdict()
    words = words_of(f"{document.title or ''} {document.text}")
    dealings, abroad = weights("dealings"), weights("domestic")
    about = dealings.log_odds(words)
    if about < PLAINLY_UNRELATED or (about < UNRELATED and not _may_be_dealings(words, document.text)):
        told = ", ".join(dealings.telling(words))
        return Verdict(f"Its words are those of another subject than the dealings of states ({told}).", doubtful=True)
    beyond = abroad.log_odds(words)
    if beyond >= DOMESTIC and (about >= DOUBTFUL or beyond >= OFFICIAL_VOICE):
        return Verdict(doubtful=about < DOUBTFUL)
    home, further = _further_parties(document.text)
    if not _are_few(further, document.text):
        return Verdict(doubtful=True)
    others = f"names no state or organisation beside {home}" if home else "names no state or organisation"
    if further:
        others = f"names states or organisations beside {home} only {further} time{'s' if further > 1 else ''}"
    told = ", ".join((abroad if beyond < DOMESTIC else dealings).telling(words))
    return Verdict(f"It {others}, and its words are not those of dealings between states ({told}).", doubtful=True)


def _may_be_dealings(words: frozenset[str], text: str) -> bool:
    """Whether a text on another subject speaks as governments do, and of others than one state more than once.

    Of 1,383 annotated documents with 20,304 records, one with 11 does not and is left out.
    """
    return weights("domestic").log_odds(words) >= OFFICIAL_VOICE and _further_parties(text)[1] > 1


def names_few_others(text: str) -> bool:
    """Whether a text names states and organisations beside the one that it names most often in passing only."""
    return _are_few(_further_parties(text)[1], text)


def _are_few(further: int, text: str) -> bool:
    return further < FEW or further < len(text.split()) / WORDS_FOR_EACH


def _is_short(text: str) -> bool:
    return len(text) < _LONG * TOO_SHORT and len(text.split()) < TOO_SHORT


def _further_parties(text: str) -> tuple[str, int]:
    """The state or organisation that a text names most often, "" for none, and how often it names others.

    An ambiguous name counts for the first that it can mean.
    """
    hits = find_terms(text)
    named = Counter(hit.term.parties[0] for hit in hits if hit.term.kind in _PARTIES and hit.term.parties)
    home, at_home = named.most_common(1)[0] if named else ("", 0)
    return home, named.total() - at_home


def sentences_near_actors(text: str, sentences: Sequence[Span]) -> frozenset[int]:
    """The numbers of the sentences that name an actor by a word of the lexicon, each with its neighbours.

    What actors say and do stands there: of 627 annotated records in doubtful documents the reader finds 539 so, and 554
    in the whole of them.
    """
    starts = [hit.start for hit in find_terms(text) if hit.term.kind is not TermKind.NOT_AN_ACTOR]
    near: set[int] = set()
    at = 0
    for number, sentence in enumerate(sentences):
        while at < len(starts) and starts[at] < sentence.start:
            at += 1
        if at < len(starts) and starts[at] < sentence.end:
            near.update((number - 1, number, number + 1))
    return frozenset(number for number in near if 0 <= number < len(sentences))


@cache
def _is_official(publisher: str | None) -> bool:
    """Whether a publisher is a state's government or an international body."""
    if not publisher:
        return False
    from communique.language.analysis import analyse
    from communique.language.mentions import ActorKind

    official = (ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.OFFICE)
    return any(actor.kind in official and actor.parties for actor in analyse(Document(text=publisher)).actors)
