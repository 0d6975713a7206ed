"""An entry in words: its headline, its chain of stages, and where each report stands."""

from dataclasses import dataclass
from itertools import groupby

from communique.model import Entry, Kind, Report, Standing, standing_of
from communique.views.dates import in_words


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of an entry's history with the reports that tell of it, the one to quote first.

    Attributes:
        date: EDTF date of the stage from the first report that gives one, else None.
    """

    stage: str
    date: str | None
    reports: tuple[Report, ...]


def headline(entry: Entry) -> str:
    """What the entry is, in one line: what was promised, who spoke, or the name of the thing."""
    if entry.kind is Kind.UNDERTAKING:
        action = str(entry.fields.get("action") or entry.title)
        return action[:1].upper() + action[1:]
    if entry.kind is Kind.STATEMENT:
        return ", ".join(entry.fields.get("speakers") or entry.parties) or "Speaker not named"
    return entry.title


def anchor(report: Report) -> str:
    """The words of the sentence that carry the record: they stay when the sentence is shortened."""
    for name in ("action", "content", "name"):
        if value := getattr(report.record, name, None):
            return str(value)
    items = getattr(report.record, "items", ())
    return str(items[0].what) if items else ""


def steps(entry: Entry) -> tuple[Step, ...]:
    """The history as a chain: neighbouring reports of one stage are one step."""
    chain = []
    for stage, found in groupby(entry.history, key=lambda report: report.stage or ""):
        reports = sorted(found, key=lambda report: report.date is None)
        chain.append(Step(stage, reports[0].date, tuple(reports)))
    return tuple(chain)


def chain_words(entry: Entry, arrow: str) -> str:
    """The stages from first to last; a single one without its day, which stands beside it."""
    chain = steps(entry)
    if len(chain) > 1:
        return arrow.join(_step_words(entry, step.stage, step.date, step.reports[0]) for step in chain)
    stage = (entry.stage or entry.standing.value).replace("-", " ")
    undated = bool(chain) and chain[0].date is None and entry.kind is not Kind.UNDERTAKING
    return f"{stage}, as reported" if undated else stage


def report_words(entry: Entry, report: Report) -> str:
    """One report's stage and day, as in the chain."""
    return _step_words(entry, report.stage or "said", report.date, report)


def source_words(report: Report) -> str:
    """Publisher and day of publication, or what else is known of where the sentence stands."""
    source = report.source
    named = source.publisher or source.title or source.url or f"document {source.document_id}"
    return f"{named}, {source.published}" if source.published else named


def _step_words(entry: Entry, stage: str, day: str | None, report: Report) -> str:
    """A stage with its day: reached, expected ("for"), or known from the day of the report alone."""
    words = stage.replace("-", " ")
    if day is None:
        published = report.source.published
        return f"{words}, reported {in_words(published)}" if published else words
    spoken = in_words(day)
    ahead = entry.kind is not Kind.STATEMENT and standing_of(entry.kind, stage) is Standing.PROSPECTIVE
    return f"{words} for {spoken}" if ahead and not spoken.startswith(("by ", "from ")) else f"{words} {spoken}"
