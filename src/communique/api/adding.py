"""Adding whatever is given, in bulk: each item through the processes that read it, each document into the ledger."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from communique.ledger import SEVERAL, Read, Store, StoredDocument, Taken
from communique.ledger.intake import foreign
from communique.model import Document, SourceError

if TYPE_CHECKING:
    from communique.intake import Call, Candidate, Crew, Reading
    from communique.sources import Item, Origin, Problem

_NOTES = 100
"""Outcomes without a document of their own that are noted together; a kill makes the next run see them again."""
_FAILED, _PASSED_OVER, _UNREAD = "failed", "passed over", "unread"


_END = object()
"""Stands behind the last document of an item that holds several, and behind the last item of a name."""


class Batch:
    """One run over names of things to read; its outcomes come in the order of what was given.

    Args:
        ungated: read what the gate would pass over, too.
        retry: try again what failed before, though it has not changed.
        allow_private: fetch from addresses of private networks, too.
        begun: called with the name of each item that is handed out to be read.
    """

    def __init__(
        self,
        store: Store,
        crew: "Crew",
        origin: "Origin",
        producer: str,
        *,
        ungated: bool = False,
        retry: bool = False,
        allow_private: bool = False,
        begun: Callable[[str], None] | None = None,
    ) -> None:
        self._store, self._crew, self._origin, self._producer = store, crew, origin, producer
        self._ungated, self._retry, self._allow_private, self._begun = ungated, retry, allow_private, begun
        self._started = store.now()
        self._notes: list[Taken] = []

    def run(self, names: Iterable[str]) -> Iterator[Taken]:
        """What becomes of each document behind the names.

        Raises:
            ModelError: the reader's weights are missing or damaged.
            LedgerError: the ledger can't be written.
        """
        return self._run(self._items(names))

    def run_items(self, items: Iterable[tuple[str, "Item | Problem", "Origin"]]) -> Iterator[Taken]:
        """What becomes of each document in items that are there already.

        Args:
            items: what each came from (the address of a page, the path of a file that holds several), its bytes or why
                there are none, and the caller's own word of it.

        Raises:
            ModelError, LedgerError: as :meth:`run`.
        """
        return self._run(self._item(name, item, origin) for name, item, origin in items)

    def _run(self, items: Iterable[tuple[Taken, Any]]) -> Iterator[Taken]:
        try:
            for (taken, document), found in self._crew.results(self._documents(items)):
                told = self._put_away(taken, document, found)
                if told is not None:
                    yield told
        finally:
            self._flush()

    def _items(self, names: Iterable[str]) -> Iterator[tuple[Taken, Any]]:
        """Every item with what it takes to know its documents; one that was taken before with what was noted of it."""
        from communique.intake import items

        for name in names:
            taken = Taken(item=name, origin=_storable(name), digest=None, given=_stated(self._origin), outcome="")
            for item in items(name, self._crew, allow_private=self._allow_private):
                taken, step = self._item(name, item, self._origin)
                yield taken, step
            if self._retry or taken.item != name:
                yield replace(taken, digest=None), (_END,)

    def _item(self, name: str, item: "Item | Problem", origin: "Origin") -> tuple[Taken, Any]:
        """An item with what it takes to know its documents."""
        from communique.intake import Call, Given, parse
        from communique.sources import Problem

        self._begin(item.name)
        taken = Taken(item=item.name, origin=_storable(name), digest=None, given=_stated(origin), outcome="")
        if isinstance(item, Problem):
            return taken, (item,)
        taken = replace(taken, item=item.label)
        taken = replace(taken, digest=_digest(item, taken.given))
        return taken, self._taken_before(taken) or Call(parse, Given(item, origin))

    def _begin(self, name: str) -> None:
        if self._begun is not None:
            self._begun(name)

    def _documents(self, items: Iterable[tuple[Taken, Any]]) -> Iterator[tuple[tuple[Taken, Document | None], Any]]:
        """Every document with what it takes to know what becomes of it, and the ends of what holds several."""
        from communique.intake import Broken, Candidate

        for taken, found in self._crew.results(items):
            parts = (found,) if isinstance(found, Broken) else tuple(found)
            several = len(parts) > 1 and not isinstance(parts[0], Taken)
            for number, one in enumerate(parts, start=1):
                own = replace(taken, part=_part(one, taken.item, number)) if several else taken
                if isinstance(one, Candidate):
                    yield (own, one.document), self._step(one)
                else:
                    yield (own, None), one
            if several:
                yield (taken, None), _END

    def _step(self, candidate: "Candidate") -> "Call[Reading] | Candidate | Reading":
        from communique.intake import Call, Reading, read

        document = candidate.document
        if not document.is_english or self._store.current(document) is not None:
            return Reading((), {})
        if candidate.left_out is not None and not self._ungated and not self._store.holds(document):
            return candidate
        return Call(read, document)

    def _put_away(self, taken: Taken, document: Document | None, found: object) -> Taken | None:
        """Put a document into the ledger, or note why there is none."""
        from communique.intake import Broken, Candidate, Reading
        from communique.sources import Problem

        match found:
            case Reading() if document is not None:
                return self._stored(taken, document, found)
            case Taken():
                known = found.document_id is not None and found.outcome != _UNREAD
                return replace(found, outcome="known") if known else found
            case Candidate():
                told = replace(taken, outcome=_PASSED_OVER, title=found.document.title, reason=found.left_out)
                self._note(told)
                return told
            case Problem(passed_over=True):
                told = replace(taken, outcome=_PASSED_OVER, reason=found.reason)
                self._note(told)
                return told
            case Problem():
                return self._failed(taken, found.reason)
            case Broken():
                return self._failed(taken, f"{taken.name} {found.reason}")
            case _:
                self._end(taken)
                return None

    def _stored(self, taken: Taken, document: Document, reading: "Reading") -> Taken:
        told = replace(taken, title=document.title)
        if not document.is_english:
            told = replace(told, outcome=_UNREAD, reason=foreign(taken.name, document.language))
        added = self._store.add(document, reading.records, reading.people, None if _is_piped(taken) else told)
        outcome = told.outcome or added.outcome
        return replace(told, outcome=outcome, document_id=added.document_id, records=added.records)

    def _failed(self, taken: Taken, reason: str) -> Taken:
        told = replace(taken, outcome=_FAILED, reason=reason)
        self._note(told)
        self._flush()
        return told

    def _end(self, taken: Taken) -> None:
        """Forget what was noted behind a name and did not come again."""
        self._flush()
        if _is_piped(taken):
            return
        if taken.digest is None:
            self._store.forget_failed(taken.origin, self._started, tried=self._retry)
        else:
            self._store.end_item(replace(taken, outcome=SEVERAL))

    def _taken_before(self, taken: Taken) -> list[Taken]:
        """What became of the item when it was taken before, where doing it again would give the same."""
        if _is_piped(taken) or taken.digest is None:
            return []
        found = self._store.taken_before(taken.item, taken.digest)
        for one in found:
            if one.outcome == _FAILED and (self._retry or one.producer != self._producer):
                return []
            if one.outcome == _PASSED_OVER and self._ungated:
                return []
        return found

    def _note(self, taken: Taken) -> None:
        if not _is_piped(taken):
            self._notes.append(taken)
        if len(self._notes) >= _NOTES:
            self._flush()

    def _flush(self) -> None:
        if self._notes:
            self._store.note(self._notes)
            self._notes.clear()


def _is_piped(taken: Taken) -> bool:
    """Whether it came by standard input, of which nothing can be had again."""
    return taken.origin == "-"


def _stated(origin: "Origin") -> str:
    """The caller's own word, as the ledger notes it."""
    return json.dumps({k: v for k, v in asdict(origin).items() if v is not None}, ensure_ascii=False)


def _storable(name: str) -> str:
    """The name as a store takes it: bytes of a path that are no text are shown as such."""
    from communique.sources.loading import shown
    from communique.sources.origin import UNSTORABLE

    return shown(name) if UNSTORABLE.search(name) else name


def _digest(item: "Item", given: str) -> str:
    """SHA-256 of all that decides what an item gives."""
    about = json.dumps([given, item.media_type, item.url])
    return hashlib.sha256(about.encode() + b"\0" + item.data).hexdigest()


def _part(found: object, item: str, number: int) -> str:
    """What tells one of several documents in an item from the others."""
    from communique.intake import Candidate
    from communique.sources.item import name_of_label

    name = found.document.source if isinstance(found, Candidate) else getattr(found, "name", None)
    start = f"{name_of_label(item)}#"
    return name.removeprefix(start) if name is not None and name.startswith(start) else str(number)


def retry_failed(
    store: Store, crew: "Crew", producer: str, *, allow_private: bool, begun: Callable[[str], None] | None
) -> Iterator[Taken]:
    """Go again through every name behind which something failed; what becomes of that."""
    from communique.sources import Origin

    failed = store.failed()
    tried = {one.item for one in failed}
    for origin, given in dict.fromkeys((one.origin, one.given) for one in failed):
        batch = Batch(
            store,
            crew,
            Origin(**json.loads(given)),
            producer,
            retry=True,
            allow_private=allow_private,
            begun=begun,
        )
        for taken in batch.run([origin]):
            if taken.item in tried and taken.outcome != "known":
                yield taken


def read_again(crew: "Crew", documents: Iterable[StoredDocument]) -> Iterator[Read]:
    """Stored documents with what is found in them now; in one that is in another language nothing is looked for.

    Raises:
        SourceError: a document could not be read.
    """
    from communique.intake import Broken, Call, Reading, read

    def step(document: Document) -> "Call[Reading] | Reading":
        return Call(read, document) if document.is_english else Reading((), {})

    for one, found in crew.results((one, step(one.document)) for one in documents):
        if isinstance(found, Broken):
            raise SourceError(f"{one.document.title or one.document.key} {found.reason}")
        yield Read(one.id, one.document, found.records, found.people)
