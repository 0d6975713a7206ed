"""Decisions of several people on one entry: who has not seen it as it is has to look again."""

import threading
from collections.abc import Callable, Iterator

import pytest

from communique import Ledger
from communique.ledger import in_file, on_server
from communique.model import ConflictError, Decision, Entry, LedgerError, UsageError
from ledger_samples import ALL, US_IN, sample, told


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger(place) as opened:
        for document, records in ALL:
            opened.add(document, records)
        yield opened
        assert opened.check() == []


def framework(ledger: Ledger) -> Entry:
    (found,) = (e for e in ledger.entries(kind="agreement", parties=US_IN) if "ramework" in e.title)
    return found


def another(ledger: Ledger) -> Entry:
    return next(e for e in ledger.entries(kind="agreement", parties=US_IN) if "ramework" not in e.title)


def test_who_saw_the_entry_as_it_is_may_decide(ledger: Ledger) -> None:
    entry = framework(ledger)
    seen = ledger.version(entry.id)
    assert ledger.version(entry.id.lower()) == seen == ledger.version(entry.history[0].source.record_id)
    ledger.confirm(another(ledger).id, by="Ana")
    assert ledger.version(entry.id) == seen, "what is decided on another entry is of no concern"
    ledger.confirm(entry.id, by="Ben", expected=seen)
    assert framework(ledger).confirmed
    assert ledger.version(entry.id) != seen


@pytest.mark.parametrize(
    ("meanwhile", "told_of"),
    [
        (lambda ledger, key: ledger.confirm(key, by="Ana"), "Ana confirmed it (decision 1, "),
        (lambda ledger, key: ledger.set(key, "date", "2025-10", by="Ana"), "Ana set its date to 2025-10 (decision 1, "),
        (lambda ledger, key: ledger.reject(key, by="Ana"), "Ana rejected it or a report of it (decision 1, "),
        (
            lambda ledger, key: ledger.same(key, another(ledger).id, by="Ana"),
            "Ana said that it is one thing with another (decision 1, ",
        ),
    ],
)
def test_who_saw_it_otherwise_has_to_look_again(
    ledger: Ledger, meanwhile: Callable[[Ledger, str], Decision], told_of: str
) -> None:
    entry = framework(ledger)
    seen = ledger.version(entry.id)
    meanwhile(ledger, entry.id)
    for decide in (
        lambda: ledger.set(entry.id, "title", "Framework", by="Ben", expected=seen),
        lambda: ledger.confirm(entry.id, by="Ben", expected=seen),
        lambda: ledger.reject(entry.id, by="Ben", expected=seen),
        lambda: ledger.undo(1, by="Ben", expected=seen),
    ):
        with pytest.raises(ConflictError) as refused:
            decide()
        assert str(refused.value).startswith(f"{entry.id} has changed since you looked at it: {told_of}")
        assert str(refused.value).endswith(" UTC); look at it again, then decide.")
    assert len(ledger.decisions()) == 1


def test_what_was_undone_meanwhile(ledger: Ledger) -> None:
    entry = framework(ledger)
    ledger.confirm(entry.id, by="Ana")
    seen = ledger.version(entry.id)
    ledger.undo(1, by="Cy")
    with pytest.raises(ConflictError, match=r"Cy undid decision 1 \(decision 2, "):
        ledger.set(entry.id, "title", "Framework", by="Ben", expected=seen)


def test_a_document_that_came_meanwhile(ledger: Ledger) -> None:
    entry = framework(ledger)
    seen = ledger.version(entry.id)
    sentence = "India and the U.S. signed the Framework for the U.S.-India Major Defense Partnership in 2025."
    fields = told("agreement", name=entry.fields["name"], parties=US_IN, stage="signed", date="2025-10-30")
    added = ledger.add(*sample("2025-12-01", (sentence, [fields])))
    assert len(framework(ledger).history) == len(entry.history) + 1, "the sample is of the same agreement"
    with pytest.raises(ConflictError, match=f"document {added.document_id} changed|a document that tells of it came"):
        ledger.confirm(entry.id, by="Ben", expected=seen)


def test_a_pair_is_seen_together(ledger: Ledger) -> None:
    one, other = framework(ledger).id, another(ledger).id
    seen = ledger.version(one, other)
    ledger.confirm(other, by="Ana")
    with pytest.raises(ConflictError, match=f"{other} has changed since you looked at it: Ana confirmed it"):
        ledger.same(one, other, by="Ben", expected=seen)
    ledger.same(one, other, by="Ben", expected=ledger.version(one, other))


@pytest.mark.parametrize("wrong", ["", "A-1", "A-0123456789.1.2", "A-0123456789.1.2.0123456789ab+", "' OR 1=1"])
def test_what_is_no_version(ledger: Ledger, wrong: str) -> None:
    with pytest.raises(UsageError, match=r"is no version of an entry|There is no entry"):
        ledger.confirm(framework(ledger).id, by="Ben", expected=wrong)


def test_while_somebody_writes_for_long_readers_are_told_what_stands(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (in_file, on_server):
        monkeypatch.setattr(module, "BUSY_SECONDS", 1)
    with Ledger(place) as writer, Ledger(place) as reader:
        writer.add(*ALL[0])
        before = reader.entries()
        writer.add(*ALL[1])
        with writer._store._writing():
            assert reader.entries() == before
            with pytest.raises(LedgerError, match="Another program is writing"):
                reader.confirm(before[0].id, by="Ana")
        assert len(reader.entries()) > len(before)


def test_of_many_at_once_one_decides(ledger: Ledger, place: str) -> None:
    entry = framework(ledger)
    seen = ledger.version(entry.id)
    outcomes: list[object] = []

    def decide(number: int) -> None:
        with Ledger(place) as own:
            try:
                outcomes.append(own.set(entry.id, "title", f"Framework {number}", by=f"N{number}", expected=seen))
            except ConflictError as error:
                outcomes.append(error)

    people = [threading.Thread(target=decide, args=(number,)) for number in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    (made,) = (one for one in outcomes if isinstance(one, Decision))
    assert framework(ledger).title == made.value
    refused = [str(one) for one in outcomes if isinstance(one, ConflictError)]
    assert len(refused) == 5 and all(f"{made.by} set its title to {made.value}" in one for one in refused)
