"""Why a record is told and why its fields have their values, as data and as rows beneath the record."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from communique.model import Reason, Record, Report, Span, field_names
from communique.views.quotes import clip

WORDS_SHOWN = 60
"""Characters of the words seen; the sentence above has them whole."""
_MAIN = ("name", "action", "content", "items")
"""The field whose words the reader proposed: told first, and bold in the sentence."""
_RETOLD = ("name", "action", "content")
"""One thing in other words at each mention."""
_ONE_TO_ONE = str.maketrans("\n\t", "  ")
"""Line breaks as blanks, so that offsets stay."""


def reasons_to_json(record: Record, text: str) -> list[dict[str, Any]]:
    """The reasons of a record as plain JSON data, in the order of its fields.

    Args:
        text: of the document, for the words that the reasons rest on.
    """
    return [
        {
            "field": reason.field,
            "value": reason.detail,
            "rule": reason.rule,
            "probability": None if reason.probability is None else round(reason.probability, 3),
            "grounded_by": reason.grounded_by,
            "words": text[reason.span.start : reason.span.end] if reason.span else None,
            "start": reason.span.start if reason.span else None,
            "end": reason.span.end if reason.span else None,
        }
        for reason in ordered(record)
    ]


def ordered(record: Record) -> list[Reason]:
    """The reasons by field: for the record, for the words that it is about, then in the order of its fields."""
    names = ["kind", *sorted(field_names(record.kind), key=lambda name: name not in _MAIN)]
    return sorted(record.reasons, key=lambda reason: names.index(reason.field))


def explained(report: Report, text: str) -> list[RenderableType]:
    """The sentences of a report in full, the words that count marked in them, and a row for each reason.

    Args:
        text: of the report's document.
    """
    source, record = report.source, report.record
    parts: list[RenderableType] = [
        _sentence(quote, span, record.reasons) for quote, span in zip(source.quotes, source.spans, strict=True)
    ]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold", ratio=3)
    table.add_column(style="dim", overflow="fold", ratio=2)
    if record.confidence is not None:
        table.add_row(Text("confidence"), Text(f"{record.confidence:.3f}"), Text())
    last = ""
    for field, reason, among in _strongest(ordered(record)):
        label = "" if field == last else field
        table.add_row(Text(label), _seen(reason, text), Text(_why(reason, among)))
        last = field
    return [*parts, table]


def _strongest(reasons: Sequence[Reason]) -> Iterable[tuple[str, Reason, int]]:
    """Of the reasons of one field, value and rule the most probable, and of how many it is that."""

    def alike(reason: Reason) -> tuple[str, str, str]:
        return reason.field, "" if reason.field in _RETOLD else reason.detail, reason.rule

    for field, found in groupby(reasons, key=lambda reason: reason.field):
        for _, group in groupby(sorted(found, key=alike), key=alike):
            members = list(group)
            yield field, max(members, key=lambda reason: reason.probability or 0.0), len(members)


def _sentence(quote: str, span: Span, reasons: Iterable[Reason]) -> Text:
    """A sentence with the words that reasons rest on: bold what it is about, coloured who, when and what else."""
    text = Text(f"“{quote.translate(_ONE_TO_ONE)}”", style="dim")
    for reason in reasons:
        if reason.span and reason.field != "kind" and span.overlaps(reason.span):
            style = "not dim bold" if reason.field in _MAIN else "not dim cyan"
            text.stylize(style, reason.span.start - span.start + 1, reason.span.end - span.start + 1)
    return text


def _seen(reason: Reason, text: str) -> Text:
    """The value, and the words it was read from with their offsets."""
    seen = reason.span if reason.field != "kind" else None
    words = text[seen.start : seen.end] if seen else ""
    value = "" if words == reason.detail else reason.detail
    shown = Text(value)
    if words:
        shown.append(f"{' ' if value else ''}“{clip(words, limit=WORDS_SHOWN)}”", style="cyan" if value else "bold")
    elif reason.grounded_by == "title":
        shown.append(" in the title", style="dim")
    if reason.span:
        shown.append(f" {reason.span.start}–{reason.span.end}", style="dim")
    return shown


def _why(reason: Reason, among: int) -> str:
    head = reason.rule if reason.probability is None else f"{reason.rule} {reason.probability:.2f}"
    others = f"best of {among}" if among > 1 else ""
    return ", ".join(filter(None, (head, reason.grounded_by or "", others)))
