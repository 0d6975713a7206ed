"""An entry in words: its headline, its chain of stages, and where each report stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from communique.model import (
    Agreement,
    Engagement,
    EngagementStage,
    Entry,
    Initiative,
    Kind,
    Report,
    Statement,
    Transfer,
    Undertaking,
    in_stages,
)
from communique.views.dates import has_passed, in_words, last_day

ITEMS_SHOWN = 3
"""Items of a transfer that its headline names; the sentences and ``show`` have the rest."""
SHORTEST_NAME = 4
"""Letters of a part of a name that is marked alone: shorter ones are initials, titles and particles."""
_BETWEEN = ("call", "dialogue", "correspondence", "exercise")


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of an entry's history with the reports that tell of it, the one to quote first.

    Attributes:
        date: EDTF date of the stage from the first report that gives one, else None.
    """

    stage: str
    date: str | None
    reports: tuple[Report, ...]


def headline(entry: Entry, name_of: Callable[[str], str] = str) -> str:
    """What the entry is, in one line: what was promised, who spoke, or the name of the thing.

    Args:
        name_of: what a reader calls a party, for its code.
    """
    if entry.kind is Kind.UNDERTAKING:
        action = str(entry.fields.get("action") or entry.title)
        return action[:1].upper() + action[1:]
    if entry.kind is Kind.STATEMENT:
        return _listed([name_of(one) for one in entry.fields.get("speakers") or entry.parties]) or "Speaker not named"
    if entry.kind is Kind.ENGAGEMENT:
        return _occasion(entry, name_of)
    title = _goods(entry, name_of) if entry.kind is Kind.TRANSFER else entry.title
    return title[:1].upper() + title[1:]


def _occasion(entry: Entry, name_of: Callable[[str], str]) -> str:
    """An engagement by its people where they are known, else by its parties, and its place."""
    fields = entry.fields
    occasion = str(fields.get("type") or entry.kind).capitalize()
    who = _listed(fields.get("people") or [name_of(party) for party in fields.get("parties") or ()])
    between = "between" if occasion.lower() in _BETWEEN and " and " in who else "of"
    place = f", {fields['place']}" if fields.get("place") else ""
    return (f"{occasion} {between} {who}" if who else occasion) + place


def _goods(entry: Entry, name_of: Callable[[str], str]) -> str:
    """A transfer by its first items and the two sides."""
    items = [
        f"{item['quantity']} {item['what']}" if item.get("quantity") else str(item["what"])
        for item in entry.fields.get("items") or ()
    ]
    if not items:
        return entry.title
    more = len(items) - ITEMS_SHOWN
    what = f"{', '.join(items[:ITEMS_SHOWN])} and {more} more" if more > 0 else _listed(items)
    supplier, recipient = (
        _listed([name_of(party) for party in entry.fields.get(side) or ()]) for side in ("supplier", "recipient")
    )
    sides = " ".join(part for part in (supplier, f"to {recipient}" if recipient else "") if part)
    return f"{what}, {sides}" if sides else what


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def anchors(report: Report) -> tuple[str, ...]:
    """The words of the sentence that carry the record: they stay when the sentence is shortened."""
    match report.record:
        case Engagement() as record:
            # a sentence may have the surname alone, which stands first or last
            names = [word for name in record.people for word in (name, *name.split()) if len(word) >= SHORTEST_NAME]
            return (*names, *([record.place] if record.place else []))
        case Agreement() | Initiative() as record:
            return (record.name,)
        case Transfer() as record:
            return tuple(item.what for item in record.items)
        case Undertaking() as record:
            return (record.action,)
        case Statement() as record:
            return (record.content,)


def steps(entry: Entry) -> tuple[Step, ...]:
    """The history as a chain: neighbouring reports of one stage are one step."""
    return tuple(Step(stage, reports[0].date, tuple(reports)) for stage, reports in in_stages(entry.history))


def chain_words(entry: Entry, arrow: str) -> str:
    """The stages from first to last; a single one without its day, which stands beside it.

    A stage that comes back after another one came again; one that somebody decided on stands last, without a day.
    """
    chain = steps(entry)
    told = [
        _step_words(entry, step.stage, step.date, step.reports[0], again=step.stage in {s.stage for s in chain[:at]})
        for at, step in enumerate(chain)
    ]
    if chain and entry.stage not in (None, chain[-1].stage):
        told.append(str(entry.stage).replace("-", " "))
    if len(told) > 1:
        return arrow.join(told)
    stage = (entry.stage or entry.standing.value).replace("-", " ")
    undated = bool(chain) and chain[0].date is None and entry.kind is not Kind.UNDERTAKING
    return f"{stage}, as reported" if undated else stage


def report_words(entry: Entry, report: Report) -> str:
    """One report's stage and day, as in the chain."""
    return _step_words(entry, report.stage or "said", report.date, report)


def source_words(report: Report, quote: int = 0) -> str:
    """Publisher and day of publication, or what else is known of where a sentence stands, and its page if it has one.

    Args:
        quote: which of the report's sentences, from 0 on.
    """
    source = report.source
    unnamed = f"document {source.document_id}" if source.document_id else "this document"
    named = source.publisher or source.title or source.url or unnamed
    page = f"p. {source.pages[quote]}" if source.pages else None
    return ", ".join(part for part in (named, source.published, page) if part)


def _step_words(entry: Entry, stage: str, day: str | None, report: Report, *, again: bool = False) -> str:
    """A stage with its day: reached, expected ("for") when published, or known from the day of the report alone."""
    words = stage.replace("-", " ") + (" again" if again else "")
    called_off = entry.kind is Kind.ENGAGEMENT and stage == EngagementStage.CANCELLED
    if day is None or called_off:  # the date of what was called off is the day it was planned for
        published = report.source.published
        return f"{words} (reported {in_words(published)})" if published else words
    spoken = in_words(day)
    if report.source.published is None or not has_passed(report.source.published, last_day(day) or date.min):
        return f"{words} {spoken}"
    return f"{words} {spoken}" if spoken.startswith(("by ", "from ")) else f"{words} for {spoken}"
