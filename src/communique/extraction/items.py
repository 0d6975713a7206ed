"""Mentions of items that pass from one to another: what they name, how many, and by and to whom where that is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.extraction import fields, grounds
from communique.extraction.handing import maker
from communique.extraction.quotations import without_marks
from communique.language.mentions import ActorKind, EquipmentMention
from communique.language.phrases import find_phrases
from communique.language.quantities import find_quantities
from communique.model import Item, Reason, Span
from communique.reader import Proposals, SpanProposal

_PRONOUNS = frozenset("it one ones them they these this those that others both all some which such".split())
_NOTHING = re.compile(r"no\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:the|an?|some|its|their|his|our|this|these|those|further|additional)\s+)+", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|these|those|both|its|their)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?:\s\(\d[\d,]*\))?\s(?:(?!(?:of|to|in|and|or|for|with|from|at|by|on|as|more|the|which)\b)[a-z]+(?:-[a-z]+)*\s){0,2}"
)
_LOOK_BACK = 40
_NOT_HANDED_OVER = (ActorKind.COMPANY, ActorKind.ORGANISATION, ActorKind.NAME, ActorKind.PERSON)


@dataclass(frozen=True, slots=True)
class ItemMention:
    """One mention of an item with the proposal it came from, and who hands it over and receives it where that is told.

    Attributes:
        refers_back: it is no more than "the tanks" or "both ships", words for what was named before.
    """

    item: Item
    reason: Reason
    proposal: SpanProposal
    supplier: tuple[str, ...]
    recipient: tuple[str, ...]
    refers_back: bool


def item_mentions(proposals: Proposals) -> list[ItemMention]:
    """All mentions of items that the reader proposes, without those that can't pass, in order of their offsets."""
    found = (_mention(proposals, proposal) for proposal in proposals.of_layer("item"))
    return [mention for mention in found if mention is not None]


def _mention(proposals: Proposals, proposal: SpanProposal) -> ItemMention | None:
    item = None if _is_no_item(proposals, proposal) else _item(proposals, proposal)
    if item is None:
        return None
    supplier = fields.keys(proposal.roles, "supplier")
    if not supplier:
        made = maker(proposals.analysis, proposals.analysis.sentences[proposal.sentence], proposal.span)
        supplier = made.parties if made else ()
    text, start = proposals.analysis.document.text, proposal.span.start
    refers_back = item[0].what.islower() and bool(_DEFINITE.search(text, max(0, start - _LOOK_BACK), start))
    return ItemMention(*item, proposal, supplier, fields.keys(proposal.roles, "recipient"), refers_back)


def _is_no_item(proposals: Proposals, proposal: SpanProposal) -> bool:
    """Whether the words are an amount of money, of an instrument, or mostly the name of a firm, a body or a person."""
    analysis, span = proposals.analysis, proposal.span
    instruments = find_phrases("instruments", analysis.document.text, analysis.sentences[proposal.sentence])
    if any(amount.span.overlaps(span) for amount in analysis.money) or any(i.contains(span) for i in instruments):
        return True
    if any(known.span.overlaps(span) for known in analysis.equipment):
        return False
    named = (a.span for a in analysis.actors_in(span) if a.kind in _NOT_HANDED_OVER)
    return sum(name.end - name.start for name in named) > (span.end - span.start) / 2


def _item(proposals: Proposals, proposal: SpanProposal) -> tuple[Item, Reason] | None:
    """The item a span names: the bare designator where the equipment tables or shapes know one, else its own words."""
    text = proposals.analysis.document.text
    inner = without_marks(text, proposal.span)
    if inner is None:
        return None
    known = [e for e in proposals.analysis.equipment if e.span.overlaps(inner)]
    designated = next((e for e in known if any(c.isdigit() for c in e.what) or e.what.isupper()), None)
    named = designated or next((e for e in known if e.span.start <= inner.start and e.span.end >= inner.end), None)
    if named:
        quantity = named.quantity or _counted_before(text, proposals.analysis.sentences[proposal.sentence], named.span)
        return Item(named.what, quantity), grounds.of_span("items", proposal, inner, named.what, named.rule)
    counted = _counted(known, inner) or _counted_before(text, proposals.analysis.sentences[proposal.sentence], inner)
    words = _ARTICLE.sub("", text[inner.start : inner.end])
    first = next(iter(find_quantities(words)), None)
    if first and first.span.start == 0 and first.span.end < len(words):
        words, counted = words[first.span.end :].lstrip(), counted or first.number
    if not words or words.lower() in _PRONOUNS or _NOTHING.match(words):
        return None
    return Item(words, counted), grounds.of_span("items", proposal, inner, words)


def _counted(known: Sequence[EquipmentMention], span: Span) -> int | None:
    """How many, where the tables know the head of the phrase and a number stands before it."""
    return next((e.quantity for e in known if e.quantity is not None and e.span.end <= span.end), None)


def _counted_before(text: str, sentence: Span, item: Span) -> int | None:
    """The number before an item, with up to two words of description between: "six (6) used patrol boats"."""
    start = max(sentence.start, item.start - _LOOK_BACK)
    before = text[start : item.start]
    told = [q for q in find_quantities(before + "items") if _DESCRIBED.fullmatch(before, q.span.end)]
    return told[-1].number if told else None
