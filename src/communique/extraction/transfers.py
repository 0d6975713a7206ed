"""Transfers: defence articles, services or production rights that pass from supplier to recipient."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.extraction import fields, grounds
from communique.extraction.fields import BY_SOMEBODY
from communique.extraction.handing import maker, told_roles
from communique.extraction.named import mean_fillers
from communique.extraction.partial import with_deliveries
from communique.extraction.quotations import without_marks
from communique.extraction.stages import bears_on, stage_probabilities, stage_reasons
from communique.extraction.words import contained, overlap
from communique.language.mentions import ActorKind, ActorMention, Analysis, EquipmentMention
from communique.language.phrases import find_phrases
from communique.language.quantities import find_quantities
from communique.model import Item, Kind, Money, Reason, Span, Transfer, TransferStage
from communique.reader import Filler, Proposals, Roles, SpanProposal

SAME_ITEM = 0.6
LEAST_STAGE = 0.02
"""Below this probability even the likeliest stage is none: the likely ones are told as unreal ("never delivered")."""
SURELY_DATED = 0.6
"""How probable a date has to be at a stage that seldom has one: held-out dates 163 right, 157 with no such limit."""
_UNDATED = (TransferStage.CONSIDERED, TransferStage.IN_SERVICE)
_QUESTION = "transfer-stage"
_PRONOUNS = frozenset("it one ones them they these this those that others both all some which such".split())
_NOTHING = re.compile(r"no\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:the|an?|some|its|their|his|our|this|these|those|further|additional)\s+)+", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|these|those|both|its|their)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?:\s\(\d[\d,]*\))?\s(?:(?!(?:of|to|in|and|or|for|with|from|at|by|on|as|more|the|which)\b)[a-z]+(?:-[a-z]+)*\s){0,2}"
)
_LOOK_BACK = 40
_NOT_HANDED_OVER = (ActorKind.COMPANY, ActorKind.ORGANISATION, ActorKind.NAME, ActorKind.PERSON)
_OTHER_ROLE = {"supplier": "recipient", "recipient": "supplier"}
_NEEDED = {"supplier": BY_SOMEBODY, "recipient": BY_SOMEBODY}


@dataclass(frozen=True, slots=True)
class _Listed:
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


def transfers(proposals: Proposals) -> list[Transfer]:
    """One transfer for the items that pass together, in order of first mention."""
    groups: list[list[_Listed]] = []
    for proposal in proposals.of_layer("item"):
        listed = _listed(proposals, proposal)
        if listed is None:
            continue
        home = next((g for g in groups if any(_together(other, listed) for other in g)), None)
        if home is None and groups and _goes_on(proposals.analysis, groups[-1][-1], listed):
            home = groups[-1]
        if home is None:
            groups.append([listed])
        else:
            home.append(listed)
    told = ((group, _transfer(proposals, group)) for group in groups)
    return [
        part
        for group, found in told
        if found is not None
        for part in with_deliveries(proposals, [listed.proposal for listed in group], found)
    ]


def _listed(proposals: Proposals, proposal: SpanProposal) -> _Listed | None:
    item = None if _is_no_item(proposals, proposal) else _item(proposals, proposal)
    if item is None:
        return None
    supplier = fields.keys(proposal.roles, "supplier")
    if not supplier:
        made = maker(proposals.analysis, proposals.analysis.sentences[proposal.sentence], proposal.span)
        supplier = made.parties if made else ()
    text, start = proposals.analysis.document.text, proposal.span.start
    refers_back = item[0].what.islower() and bool(_DEFINITE.search(text, max(0, start - _LOOK_BACK), start))
    return _Listed(*item, proposal, supplier, fields.keys(proposal.roles, "recipient"), refers_back)


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


def _together(a: _Listed, b: _Listed) -> bool:
    """Whether two mentions are of one transfer: one item again, or one sentence's items at one stage."""
    if not (_compatible(a.supplier, b.supplier) and _compatible(a.recipient, b.recipient)):
        return False
    if a.proposal.sentence == b.proposal.sentence:
        return a.proposal.best(_QUESTION) == b.proposal.best(_QUESTION)
    return _same_item(a.item, b.item)


def _goes_on(analysis: Analysis, earlier: _Listed, later: _Listed) -> bool:
    """Whether a mention goes on about the transfer named last: "the tanks", "it includes training and spare parts"."""
    if not (_compatible(earlier.supplier, later.supplier) and _compatible(earlier.recipient, later.recipient)):
        return False
    near = later.proposal.sentence - earlier.proposal.sentence <= 1
    told = analysis.sentences[later.proposal.sentence]
    return later.refers_back or (near and bool(find_phrases("package_words", analysis.document.text, told)))


def _compatible(a: Sequence[str], b: Sequence[str]) -> bool:
    return not a or not b or bool(set(a) & set(b))


def _same_item(a: Item, b: Item) -> bool:
    shorter, longer = sorted((a.what, b.what), key=len)
    return overlap(a.what, b.what) >= SAME_ITEM or contained(shorter, longer) == 1.0


def _transfer(proposals: Proposals, group: Sequence[_Listed]) -> Transfer | None:
    """The transfer that mentions tell of; None where no stage is left of those that it may have come to."""
    analysis = proposals.analysis
    told = [listed.proposal.roles for listed in group]
    roles: Roles = {role: mean_fillers(told, role) for role in ("supplier", "recipient", "date")}
    by_grammar, told_why = _by_grammar(proposals, group, roles)
    roles = _without_the_other(roles, by_grammar) | by_grammar
    mentions = [listed.proposal for listed in group]
    stages = stage_probabilities(proposals, mentions, Kind.TRANSFER, _QUESTION)
    stage = max(stages, key=lambda answer: stages[answer])
    if stages[stage] < LEAST_STAGE:
        return None
    goods = {equipment.what for equipment in analysis.equipment}
    supplier = tuple(party for party in fields.keys(roles, "supplier", BY_SOMEBODY) if party not in goods)
    recipient = tuple(party for party in fields.keys(roles, "recipient", BY_SOMEBODY) if party not in supplier)
    if stage == TransferStage.IN_SERVICE and not (supplier or recipient) and _is_retired(analysis, mentions):
        return None
    evidence = fields.evidence(analysis, [listed.proposal.span for listed in group])
    value, valued = _value(proposals, evidence)
    why = (
        *grounds.of_sentences(proposals, {mention.sentence for mention in mentions}, Kind.TRANSFER),
        *(listed.reason for listed in group),
        *stage_reasons(proposals, mentions, Kind.TRANSFER, _QUESTION, stage, stages[stage]),
        *grounds.of_fillers(roles, {name: name for name in roles if name not in by_grammar}, analysis, _NEEDED),
        *told_why,
        *valued,
    )
    return Transfer(
        stage=TransferStage(stage),
        supplier=supplier,
        recipient=recipient,
        items=_items(group),
        value=value,
        date=_date(roles, stage),
        evidence=evidence,
        reasons=why,
    )


def _without_the_other(roles: Roles, told: Roles) -> Roles:
    """What the reader proposes, without those whom grammar tells in the other role: nobody sells to himself."""
    sure = {role: {filler.key for filler in told.get(role, ())} for role in _OTHER_ROLE}
    return {
        role: tuple(f for f in found if f.key not in sure.get(_OTHER_ROLE.get(role, ""), ()))
        for role, found in roles.items()
    }


def _is_retired(analysis: Analysis, mentions: Sequence[SpanProposal]) -> bool:
    """Whether the words only tell how long equipment goes on in use: of four such on held-out documents none passes."""
    text = analysis.document.text
    return any(
        bears_on(text, cue, mention.span)
        for mention in mentions
        for cue in find_phrases("retirement_words", text, analysis.sentences[mention.sentence])
    )


def _date(roles: Roles, stage: str) -> str | None:
    """The day on which the stage was reached; of what is only considered or long in service few are told."""
    best = fields.likeliest(roles, "date")
    return best.key if best and (stage not in _UNDATED or best.probability >= SURELY_DATED) else None


def _by_grammar(proposals: Proposals, group: Sequence[_Listed], roles: Roles) -> tuple[Roles, tuple[Reason, ...]]:
    """Supplier and recipient as grammar tells them; the maker of an item is its supplier where nobody else is.

    Of 67 annotated suppliers and recipients that grammar tells it tells 62 right, more than the reader does.
    """
    analysis = proposals.analysis
    found: dict[str, ActorMention] = {}
    made = None
    for listed in group:
        sentence, item = analysis.sentences[listed.proposal.sentence], listed.proposal.span
        found = told_roles(analysis, sentence, item) | found
        made = made or maker(analysis, sentence, item)
    why = [(role, actor, "words.transfer_verbs") for role, actor in found.items()]
    if made and "supplier" not in found and not fields.keys(roles, "supplier"):
        why.append(("supplier", made, "supplier.maker"))
    fillers = {role: tuple(Filler(party, 1.0, actor.span) for party in actor.parties) for role, actor, _ in why}
    return fillers, tuple(
        Reason(field=role, rule=rule, detail=party, span=actor.span, grounded_by=actor.rule)
        for role, actor, rule in why
        for party in actor.parties
    )


def _items(group: Sequence[_Listed]) -> tuple[Item, ...]:
    """Each item once, with the quantity where any mention gives one."""
    kept: list[Item] = []
    named = [listed for listed in group if not listed.refers_back] or group
    for listed in named:
        known = next((i for i, item in enumerate(kept) if _same_item(item, listed.item)), None)
        if known is None:
            kept.append(listed.item)
        elif kept[known].quantity is None and listed.item.quantity is not None:
            kept[known] = Item(kept[known].what, listed.item.quantity)
    return tuple(kept)


def _value(proposals: Proposals, evidence: Sequence[Span]) -> tuple[Money | None, tuple[Reason, ...]]:
    """The first amount of money in the sentences that tell of the transfer."""
    told = (m for m in proposals.analysis.money if any(s.contains(m.span) for s in evidence))
    first = next(told, None)
    if first is None:
        return None, ()
    amount = f"{first.value.currency} {first.value.amount}"
    return first.value, (Reason(field="value", rule="value.first-amount", detail=amount, span=first.span),)
