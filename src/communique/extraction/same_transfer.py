"""What speaks for two mentions of items telling of one transfer, and what against it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.extraction import fields
from communique.extraction.grouping import groups, weights
from communique.extraction.items import ItemMention
from communique.extraction.stages import stage_probabilities
from communique.extraction.words import contained, overlap
from communique.language.phrases import find_phrases
from communique.model import Kind, Span
from communique.reader import Proposals

STAGE_QUESTION = "transfer-stage"
LOOK_BACK = 100
"""How many mentions back one is compared: no document tells of one transfer again after so many others."""
LIKELY = 0.15
"""How probable a party has to be to be compared where none is told for certain."""
_ANOTHER = re.compile(r"\b(?:another|separate(?:ly)?|second|third|also|earlier|previous(?:ly)?|other)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:while|but|which|after|whereas|and (?:has|is|was|will))\b")
_BESIDE = 12
"""Characters between two items that are named in one breath: "tanks and howitzers"."""
_ROLES = ("supplier", "recipient")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention with what is compared of it.

    Attributes:
        stages: the probability of each, cues of the sentence counted in; they add up to 1.
        likeliest: for each role the party that most probably fills it, however uncertain.
    """

    mention: ItemMention
    stages: dict[str, float]
    date: str | None
    likeliest: dict[str, str | None]

    @property
    def stage(self) -> str:
        """The likeliest stage."""
        return max(self.stages, key=lambda stage: self.stages[stage])


def of_one_transfer(proposals: Proposals, mentions: Sequence[ItemMention]) -> list[list[int]]:
    """The mentions by the transfer they tell of, in order of its first mention."""
    learned = weights(Kind.TRANSFER)
    seen = pair_features(proposals, mentions)
    return groups(len(mentions), {pair: learned.log_odds(found) for pair, found in seen.items()}, learned.limit)


def pair_features(proposals: Proposals, mentions: Sequence[ItemMention]) -> dict[tuple[int, int], dict[str, float]]:
    """What is seen of two mentions, by name, for all pairs that are compared, the earlier mention first."""
    seen = [_seen(proposals, mention) for mention in mentions]
    return {
        (i, j): _features(proposals, seen[i], seen[j])
        for j in range(len(seen))
        for i in range(max(0, j - LOOK_BACK), j)
    }


def _seen(proposals: Proposals, mention: ItemMention) -> _Seen:
    proposal = mention.proposal
    stages = stage_probabilities(proposals, [proposal], Kind.TRANSFER, STAGE_QUESTION)
    total = sum(stages.values()) or 1.0
    best = {role: next(iter(proposal.roles.get(role, ())), None) for role in _ROLES}
    return _Seen(
        mention,
        {stage: probability / total for stage, probability in stages.items()},
        fields.date_of(proposal.roles, "date"),
        {role: filler.key if filler and filler.probability > LIKELY else None for role, filler in best.items()},
    )


def _features(proposals: Proposals, earlier: _Seen, later: _Seen) -> dict[str, float]:
    a, b = earlier.mention, later.mention
    gap = b.proposal.sentence - a.proposal.sentence
    names = [
        *_distance(gap),
        *_items(earlier, later),
        *_parties(a, b, gap),
        *(f"{role}: likeliest differ" for role in _ROLES if _differ(earlier.likeliest[role], later.likeliest[role])),
        *_values("quantity", a.item.quantity, b.item.quantity),
        *_values("date", earlier.date, later.date),
        *_words(proposals, a, b, gap),
    ]
    if earlier.stage == later.stage:
        names.append("stage: same")
    alike = sum(earlier.stages[stage] * later.stages.get(stage, 0.0) for stage in earlier.stages)
    return dict.fromkeys(names, 1.0) | {"stage: alike": alike}


def _distance(gap: int) -> list[str]:
    return ["same sentence" if gap == 0 else "next sentence" if gap == 1 else "near" if gap <= 3 else "far"]


def _items(earlier: _Seen, later: _Seen) -> list[str]:
    a, b = earlier.mention, later.mention
    shorter, longer = sorted((a.item.what, b.item.what), key=len)
    shared = overlap(shorter, longer)
    other = "item: other, same sentence" if a.proposal.sentence == b.proposal.sentence else "item: other, elsewhere"
    found = ["item: same" if shared == 1 else "item: contained" if contained(shorter, longer) == 1 else "item: alike"]
    found = found if shared else ["item: other", other]
    if shared and _differ(a.item.quantity, b.item.quantity):
        found.append("item: alike, quantities differ")
    if b.item.what.islower():
        found.append("item: no name")
    if b.refers_back:
        found.append("item: named before")
        if b.proposal.sentence - a.proposal.sentence <= 1:
            found.append("item: named just before")
    return found


def _parties(a: ItemMention, b: ItemMention, gap: int) -> list[str]:
    found = []
    for role, one, other in (("supplier", a.supplier, b.supplier), ("recipient", a.recipient, b.recipient)):
        if one and other:
            shared = set(one) & set(other)
            found.append(
                f"{role}: same" if set(one) == set(other) else f"{role}: shared" if shared else f"{role}: differ"
            )
    if gap == 0 and "recipient: differ" in found:
        found.append("recipient: differ, same sentence")
    return found


def _values(name: str, one: object, other: object) -> list[str]:
    if one and other:
        return [f"{name}: differ" if one != other else f"{name}: same"]
    return [f"{name}: one"] if one or other else []


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


def _words(proposals: Proposals, a: ItemMention, b: ItemMention, gap: int) -> list[str]:
    """What the words between tell: "it includes", "another", "while"."""
    text, sentence = proposals.analysis.document.text, proposals.analysis.sentences[b.proposal.sentence]
    between = Span(a.proposal.span.end, b.proposal.span.start) if gap == 0 else Span(sentence.start, sentence.end)
    found = ["words: package"] if find_phrases("package_words", text, sentence) else []
    if _ANOTHER.search(text, between.start, b.proposal.span.start):
        found.append("words: another")
    if gap == 0:
        words = text[between.start : between.end]
        found += ["words: semicolon"] if ";" in words else []
        found += ["words: clause"] if _CLAUSE.search(words) else []
        found += ["words: beside"] if len(words) < _BESIDE else []
    return found
