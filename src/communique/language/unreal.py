"""What a sentence does not tell as fact: the reach of "not", "denied that", "if", "whether", "urged", "refused to".

The words stand in ``lexicon/unreal_cues.csv``, each with what it makes of what follows it and how far it reaches.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from communique.language.modality import unreal_before
from communique.lexicon.tables import forms, rows
from communique.model import Kind, Span

NEGATION, CONCESSION, CALL, REFUSAL = "negation", "concession", "call", "refusal"
QUESTION, DENIAL, REPLACED, PLAN = "question", "denial", "replaced", "plan"
DISCLAIMED = frozenset({NEGATION, DENIAL, QUESTION, REFUSAL, REPLACED})
"""What says that a thing was not, or leaves open whether it was."""
_CLAUSE_ENDS = re.compile(
    r"[,;:—–](?=\s)|\s(?:but|although|though|while|whereas|which|because|since|when)\s", re.IGNORECASE
)
_VERB_FAR = re.compile(r"(?:\s+(?!(?:was|were|is|are|has|had)\b)[\w’'-]+){0,3}\s*")
"""What may stand between a negation and its verb: "has not so far been signed"."""
_START = re.compile(r"n't(?!\w)|(?<!\w)(?:(?!n't(?!\w))[^\W\d_])+", re.IGNORECASE)
"""The words with which a cue can begin: whole ones, without the "n't" at their end, and that by itself."""
_ADDITIVE = re.compile(r"\s+(?:only|just|merely|least)\b", re.IGNORECASE)
"""What turns "not" into its opposite: "not only signed"."""
_SOMEBODY = r"(?:\s+(?!whether\b|if\b|about\b)[^\s,;]+){1,6}?\s+"
"""What ``*`` stands for in a form: who is urged or asked."""
_GAP = r"\s+[“‘\"']?"
"""What may stand between two words of a cue: dismissed as "false and fabricated"."""
_RELATIVE = re.compile(r"\b(?:that|which|who|whose)\b", re.IGNORECASE)
_GIVEN_UP = re.compile(r"\bbut\b", re.IGNORECASE)
"""What makes of a plan of the past one that came to nothing: "had hoped to sign, but"."""
_AS_GOOD = re.compile(
    r"\b(?:first|only|last|agreed|asked|requested|deal|contract|agreement|order)\s(?:[\w-]+\s){0,4}to\s+$",
    re.IGNORECASE,
)
"""What makes of "to buy" as much as a fact: "signed a deal to buy", "agreed in May to buy", "was the first to get"."""
_AUXILIARY = re.compile(r"\b(?:has|have|had|is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a sentence that a word makes unreal.

    Attributes:
        sense: negation, denial, question, condition, counterfactual, replaced, call, refusal, plan (one that was
            given up) or concession, which makes nothing unreal but tells only what stood against it.
        reach: "verb" and "subject" bear on one verb, "clause" and "sentence" on all that the span covers.
    """

    span: Span
    sense: str
    reach: str

    def governs(self, text: str, words: Span) -> bool:
        """Whether words are within reach: for a negation the next verb, or that of the subject behind it."""
        if not self.span.contains(words):
            return False
        between = text[self.span.start : words.start]
        if self.reach == "verb":
            return _VERB_FAR.fullmatch(between) is not None
        if self.reach == "subject":
            return _RELATIVE.search(between) is None or _AUXILIARY.search(between) is not None
        return True


def scopes(text: str, sentence: Span) -> tuple[Scope, ...]:
    """All that makes parts of a sentence unreal, in order; a question is so as a whole."""
    at = sentence.start
    return tuple(
        Scope(Span(scope.span.start + at, scope.span.end + at), scope.sense, scope.reach)
        for scope in _scopes_of(text[at : sentence.end])
    )


@lru_cache(maxsize=512)
def _scopes_of(sentence: str) -> tuple[Scope, ...]:
    """The scopes of a sentence by itself: it is asked about anew for each of its verbs."""
    found = []
    for match, (sense, reach) in _cues_in(sentence):
        if sense == NEGATION and _ADDITIVE.match(sentence, match.end()):
            continue
        end = _CLAUSE_ENDS.search(sentence, match.end()) if reach != "sentence" else None
        stop = end.start() if end else len(sentence)
        given_up = _GIVEN_UP.search(sentence, match.end()) if sense == PLAN else None
        if stop > match.end() and (sense != PLAN or given_up):
            found.append(Scope(Span(match.end(), stop), sense, reach))
    if sentence.rstrip("”’\"' ").endswith("?"):
        found.append(Scope(Span(0, len(sentence)), QUESTION, "sentence"))
    return tuple(found)


def is_told(text: str, sentence: Span, words: Span) -> bool:
    """Whether a verb or phrase at ``words`` is told as fact: not to come, not negated, denied, asked or supposed."""
    if unreal_before(text, sentence.start, words.start):
        return False
    return not any(s.sense != CONCESSION and s.governs(text, words) for s in scopes(text, sentence))


def unreal_stages(kind: str, text: str, sentence: Span) -> frozenset[str]:
    """The stages of a kind of record that a sentence tells by verbs, but never as fact.

    "Has not been delivered", "hopes to sign" and "denied having bought" are such.
    """
    unreal, told = set(), set()
    for stage, pattern in _verbs(kind):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if (
                kind == Kind.TRANSFER
                and match.lastgroup == "other"
                and _AS_GOOD.search(text, sentence.start, match.start())
            ):
                continue
            if not is_told(text, sentence, Span(*match.span())):
                unreal.add(stage)
            elif match.lastgroup == "past":
                told.add(stage)
    return frozenset(unreal - told)


def disclaimed(kind: str, text: str, sentence: Span) -> bool:
    """Whether a sentence has verbs of a kind of record, but all are negated, denied, refused or asked about."""
    found = _verbs_in(kind, text, sentence)
    against = [scope for scope in scopes(text, sentence) if scope.sense in DISCLAIMED]
    return bool(found) and all(any(scope.governs(text, verb) for scope in against) for verb in found)


def asked_for(kind: str, text: str, sentence: Span) -> Span | None:
    """What follows "urged", "asked", "invited", if the sentence has no other verbs of a kind of record."""
    found = _verbs_in(kind, text, sentence)
    calls = [within(text, sentence, verb, frozenset({CALL})) for verb in found]
    return calls[0].span if calls and calls[0] and all(calls) else None


def within(text: str, sentence: Span, words: Span, senses: frozenset[str]) -> Scope | None:
    """What of these senses reaches over the words, if anything does."""
    return next((s for s in scopes(text, sentence) if s.sense in senses and s.governs(text, words)), None)


def _verbs_in(kind: str, text: str, sentence: Span) -> list[Span]:
    return [Span(*m.span()) for _, verbs in _verbs(kind) for m in verbs.finditer(text, sentence.start, sentence.end)]


def _cues_in(sentence: str) -> Iterator[tuple[re.Match[str], tuple[str, str]]]:
    """The words of unreality from left to right, none overlapping another, each with sense and reach."""
    cues, last = _cues(), 0
    for start in _START.finditer(sentence):
        here = cues.get(start[0].lower()) if start.start() >= last else None
        match = here[0].match(sentence, start.start()) if here else None
        if here and match:
            last = match.end()
            yield match, here[1][int((match.lastgroup or "_0")[1:])]


@cache
def _cues() -> dict[str, tuple[re.Pattern[str], list[tuple[str, str]]]]:
    """By the first word of a form, any form, the longest first: its group is the number of its sense and reach."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in sorted(rows("unreal_cues"), key=lambda row: -len(row["form"])):
        first = _START.match(row["form"])
        found[first[0].lower() if first else row["form"]].append(row)
    cues = {}
    for word, table in found.items():
        parts = []
        for number, row in enumerate(table):
            words = re.escape(row["form"]).replace(r"\ \*\ ", _SOMEBODY).replace(r"\ ", _GAP)
            after = r"(?!\s+to\b)" if row["sense"] == "counterfactual" else ""
            parts.append(rf"(?P<_{number}>{words}(?!\w){after})")
        meanings = [(row["sense"], row["reach"]) for row in table]
        cues[word] = re.compile("|".join(parts), re.IGNORECASE), meanings
    return cues


@cache
def _verbs(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each stage its verbs; past forms alone can tell it as fact."""
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for row in rows("stage_verbs"):
        if row["kind"] == kind:
            found[row["stage"]][0].extend(forms(row, "past"))
            found[row["stage"]][1].extend((row["base"], *forms(row, "gerund")))
    return tuple(
        (stage, re.compile(rf"\b(?:(?P<past>{'|'.join(past)})|(?P<other>{'|'.join(other)}))\b", re.IGNORECASE))
        for stage, (past, other) in found.items()
    )
