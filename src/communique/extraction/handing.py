"""From whom and to whom a thing passes, where grammar tells it: "X supplied six guns to Y", "bought from X"."""

import re
from functools import cache

from communique.language.mentions import ActorKind, ActorMention, Analysis
from communique.lexicon.tables import forms, rows
from communique.model import Span

_PARTIES = {ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.COMPANY, ActorKind.OFFICE}
_AUXILIARY = re.compile(
    r"(?:\s|\b(?:has|have|had|is|are|was|were|will|would|could|may|might|can|should|shall|not|to|also|since|already"
    r"|first|then|been|be|want(?:s|ed)?|hope[sd]?|plan(?:s|ned)?|intend(?:s|ed)?|wish(?:es|ed)?|seeks?|sought|agreed|decided"
    r"|express(?:es|ed)|an|interest(?:ed)? in"
    r"|expects?|expected|going|in talks|considering|negotiating|about|due|set|ready|yet|\w+ly)\b)*",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_VERBAL = re.compile(r"\b(?:to|will|would|could|may|might|can|cannot|not|should|shall)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
"""What makes a verb of a form that may be a noun: "to order", "will request"."""
_BOUNDARY = re.compile(r"[;:]|,(?=\s)|\b(?:but|which|who|whose|that|while|after|before|whereas)\b", re.IGNORECASE)
_CONTRACT = re.compile(
    r"\b(?:signed|concluded|signs|concludes|sign|conclude|inked|closed)\s+(?:an?|the|its)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:contract|deal|order)\b",
    re.IGNORECASE,
)
_AS_ADJECTIVE = re.compile(r"U\.?S\.?|UK|EU")
_ATTRIBUTES = re.compile(r"\s+(?:(?!(?:for|of|to|by|in|with|from|and|the|an?|or|at|on|that|as)\b)[\w-]+\s+)?")
"""What may stand between an adjective of origin and the item: one more attribute."""
_NOT_ANOTHER_VERB = r"(?!\s+(?:up|in|way)\b)"
"""Who "gave up" or "gave way" gave nothing."""
_RELATIVE = re.compile(r"(?:\s[a-z-]+){0,2}?,?\s(?:that|which)\s(?:the\s)?")
_FARTHEST = 120


def told_roles(analysis: Analysis, sentence: Span, item: Span) -> dict[str, ActorMention]:
    """The supplier and the recipient of an item as the words of its sentence tell them, each where they do."""
    text = analysis.document.text
    actors = [a for a in analysis.actors_in(sentence) if _is_party(a)]
    found: dict[str, ActorMention] = {}
    for subject, pattern in _verbs():
        other = "recipient" if subject == "supplier" else "supplier"
        for match in pattern.finditer(text, sentence.start, sentence.end):
            verb = Span(*match.span())
            passive = match.lastgroup == "past" and _PASSIVE.search(text, sentence.start, verb.start) is not None
            told_of = None if passive else _of_relative_clause(text, actors, item, verb)
            if not (told_of or _governs(text, verb, item) or (passive and _governs(text, item, verb))):
                continue
            if match.lastgroup == "base" and not _VERBAL.search(text, sentence.start, verb.start):
                continue
            if told_of:
                agent: ActorMention | None = told_of
            elif passive or verb.start > item.end:
                agent = _behind(text, actors, verb.end, r"\s+by\s+(?:the\s+)?")
            else:
                agent = _before(text, actors, verb.start)
            if agent:
                found.setdefault(subject, agent)
            prepositions = r"\bto\s+(?:the\s+)?" if other == "recipient" else r"\bfrom\s+(?:the\s+)?"
            far = _after(text, actors, max(verb.end, item.end), prepositions, sentence.end)
            if far:
                found.setdefault(other, far)
    for role, actor in _of_contract(text, sentence, item, actors).items():
        found.setdefault(role, actor)
    return found


def _of_contract(text: str, sentence: Span, item: Span, actors: list[ActorMention]) -> dict[str, ActorMention]:
    """Who buys and who sells by "signed a contract with": a firm sells; of two states the first one buys."""
    for match in _CONTRACT.finditer(text, sentence.start, sentence.end):
        signer = _before(text, actors, match.start())
        other = _after(text, actors, match.end(), r"\bwith\s+(?:the\s+)?", sentence.end)
        if signer and other and max(item.start, other.span.start) - match.end() <= _FARTHEST:
            sells = signer.kind is ActorKind.COMPANY and other.kind is not ActorKind.COMPANY
            return {"supplier": signer, "recipient": other} if sells else {"supplier": other, "recipient": signer}
    return {}


def maker(analysis: Analysis, sentence: Span, item: Span) -> ActorMention | None:
    """The state or firm that an item is named by: "Turkish drones", "the Airbus A400M", not "Peru's frigates"."""
    text = analysis.document.text
    for actor in analysis.actors:
        named = (
            actor.kind is ActorKind.COMPANY
            or actor.rule == "state.demonym"
            or _AS_ADJECTIVE.fullmatch(text[actor.span.start : actor.span.end])
        )
        if named and actor.parties and sentence.contains(actor.span):
            before = actor.span.end <= item.start and _ATTRIBUTES.fullmatch(text, actor.span.end, item.start)
            if before or (actor.span.start == item.start and text[actor.span.end : actor.span.end + 1] == " "):
                return actor
    return None


def _is_party(actor: ActorMention) -> bool:
    """Whether words name a state, body or firm, or a person who is known to act for one."""
    return bool(actor.parties) and (
        actor.kind in _PARTIES or (actor.kind is ActorKind.PERSON and actor.parties != actor.people)
    )


def _governs(text: str, one: Span, other: Span) -> bool:
    between = text[one.end : other.start]
    return one.end <= other.start and len(between) <= _FARTHEST and not _BOUNDARY.search(between)


def _of_relative_clause(text: str, actors: list[ActorMention], item: Span, verb: Span) -> ActorMention | None:
    """Whose verb it is in a clause that tells of the item before it: "the missiles that Oslo bought from Lima"."""
    agent = _before(text, actors, verb.start) if verb.start > item.end else None
    return agent if agent and _RELATIVE.fullmatch(text, item.end, agent.span.start) else None


def _before(text: str, actors: list[ActorMention], verb: int) -> ActorMention | None:
    """The actor whose verb this is: nothing but auxiliaries stands between."""
    near = [a for a in actors if a.span.end <= verb and _AUXILIARY.fullmatch(text, a.span.end, verb)]
    return near[-1] if near else None


def _behind(text: str, actors: list[ActorMention], verb: int, link: str) -> ActorMention | None:
    return next((a for a in actors if re.fullmatch(link, text[verb : a.span.start], re.IGNORECASE)), None)


def _after(text: str, actors: list[ActorMention], start: int, preposition: str, end: int) -> ActorMention | None:
    """The actor behind a preposition that follows the item in its clause."""
    for actor in actors:
        if start <= actor.span.start < end:
            between = text[start : actor.span.start]
            if re.search(preposition + "$", between, re.IGNORECASE) and not _BOUNDARY.search(between):
                return actor
    return None


@cache
def _verbs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for subject in ("supplier", "recipient"):
        table = [row for row in rows("transfer_verbs") if row["subject"] == subject]
        past = "|".join(form for row in table for form in forms(row, "past"))
        base = "|".join(row["base"] for row in table)
        continuous = "|".join(form for row in table for form in forms(row, "continuous"))
        pattern = rf"\b(?:(?P<past>{past})|(?P<base>{base})|(?P<continuous>{continuous}))\b{_NOT_ANOTHER_VERB}"
        found.append((subject, re.compile(pattern, re.IGNORECASE)))
    return tuple(found)
