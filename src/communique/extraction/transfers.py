"""Transfers: defence articles, services or production rights that pass from supplier to recipient."""

from collections.abc import Sequence

from communique.extraction import fields, grounds
from communique.extraction.fields import BY_SOMEBODY
from communique.extraction.handing import maker, told_roles
from communique.extraction.items import ItemMention, item_mentions
from communique.extraction.named import mean_fillers
from communique.extraction.partial import with_deliveries
from communique.extraction.same_transfer import STAGE_QUESTION, of_one_transfer
from communique.extraction.stages import bears_on, stage_probabilities, stage_reasons
from communique.extraction.words import contained, overlap
from communique.language.mentions import ActorMention, Analysis
from communique.language.phrases import find_phrases
from communique.model import Item, Kind, Money, Reason, Span, Transfer, TransferStage
from communique.reader import Filler, Proposals, Roles, SpanProposal

SAME_ITEM = 0.6
LEAST_STAGE = 0.02
"""Below this probability even the likeliest stage is none: the likely ones are told as unreal ("never delivered")."""
SURELY_DATED = 0.6
"""How probable a date has to be at a stage that seldom has one: held-out dates 163 right, 157 with no such limit."""
_UNDATED = (TransferStage.CONSIDERED, TransferStage.IN_SERVICE)
_OTHER_ROLE = {"supplier": "recipient", "recipient": "supplier"}
_NEEDED = {"supplier": BY_SOMEBODY, "recipient": BY_SOMEBODY}


def transfers(proposals: Proposals) -> list[Transfer]:
    """One transfer for the items that pass together, in order of first mention."""
    mentions = item_mentions(proposals)
    groups = [[mentions[i] for i in group] for group in of_one_transfer(proposals, mentions)]
    told = ((group, _transfer(proposals, group)) for group in groups)
    return [
        part
        for group, found in told
        if found is not None
        for part in with_deliveries(proposals, [listed.proposal for listed in group], found)
    ]


def _same_item(a: Item, b: Item) -> bool:
    shorter, longer = sorted((a.what, b.what), key=len)
    return overlap(a.what, b.what) >= SAME_ITEM or contained(shorter, longer) == 1.0


def _transfer(proposals: Proposals, group: Sequence[ItemMention]) -> Transfer | None:
    """The transfer that mentions tell of; None where no stage is left of those that it may have come to."""
    analysis = proposals.analysis
    told = [listed.proposal.roles for listed in group]
    roles: Roles = {role: mean_fillers(told, role) for role in ("supplier", "recipient", "date")}
    by_grammar, told_why = _by_grammar(proposals, group, roles)
    roles = _without_the_other(roles, by_grammar) | by_grammar
    mentions = [listed.proposal for listed in group]
    stages = stage_probabilities(proposals, mentions, Kind.TRANSFER, STAGE_QUESTION)
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
        *stage_reasons(proposals, mentions, Kind.TRANSFER, STAGE_QUESTION, stage, stages[stage]),
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


def _by_grammar(proposals: Proposals, group: Sequence[ItemMention], roles: Roles) -> tuple[Roles, tuple[Reason, ...]]:
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


def _items(group: Sequence[ItemMention]) -> tuple[Item, ...]:
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
