"""Order does not matter: any subset of documents, in any order, at once or one by one, gives the same entries."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli_door import run
from communique import Ledger
from communique.model import Document, UsageError, record_from_json
from ledger_samples import ALL, Sample


def examples() -> Iterator[Sample]:
    """The example documents with the records that were annotated in them."""
    for path in sorted((Path(__file__).parent / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        about = {name: gold[name] for name in ("text", "title", "publisher", "published")}
        records = []
        for record in gold["records"]:
            spans = [gold["sentences"][number] for number in record["evidence"]]
            records.append(record_from_json(record | {"evidence": [{"start": a, "end": b} for a, b in spans]}))
        yield Document(**about, source=path.stem), tuple(records)


DOCUMENTS = (*ALL, *examples())
HAPPENS = ("add", "shorten", "reject", "same", "different", "undo", "doubt", "actors", "namesake")


def exported(batches: Sequence[Sequence[Sample]], *, checked: bool = False) -> str:
    """What a ledger exports to which these batches were added, its entries being asked for after each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with Ledger(path) as ledger:
            for batch in batches:
                for document, records in batch:
                    ledger.add(document, records)
                ledger.counts()
            assert not checked or ledger.check() == []
        return run("export", "--ledger", path).out


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_order_in_one_go_or_one_by_one(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(DOCUMENTS))), unique=True, min_size=1, max_size=12))
    other = data.draw(st.permutations(chosen))
    cuts = data.draw(st.sets(st.integers(1, len(chosen)), max_size=len(chosen)))
    ends = sorted({*cuts, len(chosen)})
    batches = [[DOCUMENTS[i] for i in other[a:b]] for a, b in zip([0, *ends], ends, strict=False)]
    assert exported(batches, checked=True) == exported([[DOCUMENTS[i] for i in sorted(chosen)]])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_is_done_in_part_is_what_would_be_done_as_a_whole(data: st.DataObject) -> None:
    """Documents, shortened revisions of them, decisions and undoing, in any order: a rebuild changes nothing."""
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.db") as ledger:
        for document, records in DOCUMENTS[: data.draw(st.integers(2, 8))]:
            ledger.add(document, records)
        for _ in range(data.draw(st.integers(1, 8))):
            what = data.draw(st.sampled_from(HAPPENS))
            entries = list(ledger.export())
            if what in ("add", "shorten"):
                document, records = data.draw(st.sampled_from(DOCUMENTS))
                kept = records if what == "add" else records[::2]
                ledger.add(replace(document, publisher=None if what == "add" else "Ministry"), kept)
            elif what == "doubt":
                ledger.doubtful(data.draw(st.sampled_from((None, 1, 2))))
            elif what == "undo" and any(state.undone_by is None for state in ledger.decisions()):
                chosen = [state.decision.number for state in ledger.decisions() if state.undone_by is None]
                ledger.undo(data.draw(st.sampled_from(chosen)), by="A. Nalyst")
            elif what == "reject" and entries:
                ledger.reject(data.draw(st.sampled_from(entries)).id, by="A. Nalyst")
            elif what == "actors":
                kind = data.draw(st.sampled_from(("person", "organisation")))
                names = [one.name for one in ledger.actors() if one.kind == kind]
                if len(names) > 1:
                    one, other = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
                    getattr(ledger, data.draw(st.sampled_from(("same", "different"))))(one, other, by="A. Nalyst")
            elif what == "namesake":
                told = [(name, e.id) for e in entries for name in e.fields.get("people") or ()]
                with suppress(UsageError):  # there may be no other report of somebody
                    ledger.different(*data.draw(st.sampled_from(told or [("nobody", "E-00")])), by="A. Nalyst")
            elif what in ("same", "different"):
                pairs = [(a.id, b.id) for a in entries for b in entries if a.kind is b.kind and a.id < b.id]
                if pairs:
                    getattr(ledger, what)(*data.draw(st.sampled_from(pairs)), by="A. Nalyst")
        ledger.doubtful()
        assert ledger.check() == []
        assert ledger.rebuild() == []


def test_doubtful_pairs_looked_for_some_documents_at_a_time_are_those_of_all(tmp_path: Path) -> None:
    with Ledger(tmp_path / "whole.db") as whole, Ledger(tmp_path / "parts.db") as parts:
        for document, records in DOCUMENTS:
            whole.add(document, records)
            parts.add(document, records)
        some = parts.doubtful(3)
        assert not parts.weighed()
        while not parts.weighed():
            some = parts.doubtful(5)
        assert some == whole.doubtful()


def test_what_happened_to_an_entry_that_comes_back_names_its_parties_again() -> None:
    (document, records), other = ALL[:2]
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.db") as ledger:
        for added in (document, records), other:
            ledger.add(*added)
        first = {entry.id for entry in ledger.export()}
        ledger.add(replace(document, publisher="Ministry"), records[::2])
        assert first > {entry.id for entry in ledger.export()} & first  # some are gone, or part of another one
        ledger.add(document, records)
        assert {entry.id for entry in ledger.export()} == first
        assert ledger.check() == []
