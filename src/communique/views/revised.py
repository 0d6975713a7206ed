"""What changed between two revisions of a document: its words, its records, and what followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from communique.language.sentences import split
from communique.model import Document, Span, record_to_json
from communique.views.logbook import change_to_json, state_to_json

if TYPE_CHECKING:
    from communique.ledger import Reported, RevisionComparison

LEAST_ALIKE = 0.5
"""Ratio (difflib, of words) from which on a sentence is another one changed, and not one in its place."""
ORIGIN = ("title", "publisher", "published", "url", "language")
"""What is told of a document besides its text."""

What = Literal["same", "removed", "added"]


class Words(NamedTuple):
    """Some words in a row that both revisions have, or only the first, or only the second."""

    what: What
    text: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """A sentence that is not the same in both.

    Attributes:
        before: where it stands in the text of the first revision, None where it is new.
        after: where in that of the second, None where it is gone.
        words: what it says, in order.
    """

    before: Span | None
    after: Span | None
    words: tuple[Words, ...]


def rewordings(before: str, after: str) -> list[Rewording]:
    """The sentences that changed, went or came, in their order; white space does not count."""
    old, new = _sentences(before), _sentences(after)
    matcher = SequenceMatcher(None, [words for _, words in old], [words for _, words in new], autojunk=False)
    return [
        changed
        for what, first, last, start, end in matcher.get_opcodes()
        if what != "equal"
        for changed in _changed(old[first:last], new[start:end])
    ]


def _sentences(text: str) -> list[tuple[Span, tuple[str, ...]]]:
    return [(span, tuple(text[span.start : span.end].split())) for span in split(text)]


_Sentence = tuple[Span, tuple[str, ...]]


def _changed(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> Iterator[Rewording]:
    """Sentences in the place of others: each beside the first one after the last that is like it."""
    at = 0
    for span, words in old:
        like = next((to for to in range(at, len(new)) if _ratio(words, new[to][1]) >= LEAST_ALIKE), None)
        if like is None:
            yield Rewording(span, None, (Words("removed", " ".join(words)),))
            continue
        yield from map(_added, new[at:like])
        yield Rewording(span, new[like][0], tuple(_words(words, new[like][1])))
        at = like + 1
    yield from map(_added, new[at:])


def _added(sentence: _Sentence) -> Rewording:
    return Rewording(None, sentence[0], (Words("added", " ".join(sentence[1])),))


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LEAST_ALIKE <= matcher.quick_ratio() else 0.0


def _words(old: Sequence[str], new: Sequence[str]) -> Iterator[Words]:
    for what, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Words("same", " ".join(old[first:last]))
            continue
        if last > first:
            yield Words("removed", " ".join(old[first:last]))
        if end > start:
            yield Words("added", " ".join(new[start:end]))


def origin_changes(before: Document, after: Document) -> Iterator[tuple[str, str | None, str | None]]:
    """What is told of the document besides its text and is not the same: field, value before, value after."""
    for name in ORIGIN:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield name, old, new


def revisions_to_json(compared: "RevisionComparison") -> dict[str, Any]:
    """The comparison as plain JSON data."""
    before, after = compared.before, compared.after
    turned = compared.records

    def record(one: "Reported") -> dict[str, Any]:
        entry = compared.entries.get(one.source.record_id)
        return {
            "id": one.source.record_id,
            "record": record_to_json(one.record),
            "quotes": list(one.source.quotes),
            "entry_id": entry.id if entry else None,
        }

    return {
        "document_id": compared.document_id,
        "revisions": compared.revisions,
        "from": {"number": before.number, "added_at": before.added_at, "current": before.current},
        "to": {"number": after.number, "added_at": after.added_at, "current": after.current},
        "origin": [
            {"field": name, "before": old, "after": new}
            for name, old, new in origin_changes(before.document, after.document)
        ],
        "sentences": [
            {
                "before": [one.before.start, one.before.end] if one.before else None,
                "after": [one.after.start, one.after.end] if one.after else None,
                "words": [{"what": words.what, "text": words.text} for words in one.words],
            }
            for one in rewordings(before.document.text, after.document.text)
        ],
        "records": {
            "kept": turned.kept,
            "vanished": [record(one) for one in turned.vanished],
            "changed": [{"before": record(old), "after": record(new)} for old, new in turned.changed],
            "came": [record(one) for one in turned.came],
        },
        "changes": [change_to_json(change) for change in compared.changes],
        "orphaned": [state_to_json(state) for state in compared.orphaned],
    }
