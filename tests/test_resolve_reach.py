"""What a change reaches, what analysts declare, and why two records are one thing or two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ledger import Reported
from communique.model import Action, Decision, Entry, Kind, TransferStage
from communique.resolve import affected, keys, resolve, why
from ledger_samples import ALL, FIRST_STATEMENT, HOPE, SECOND_STATEMENT, SIGNED, Sample, sample, told
from test_resolve_entries import reported


def decided(
    number: int, action: Action, one: list[Reported], other: list[Reported] | None = None, **fields: object
) -> Decision:
    ids = tuple(r.source.record_id for r in one)
    others = tuple(r.source.record_id for r in other or ())
    return Decision(
        number=number, action=action, records=ids, others=others, by="analyst", why="", at="2026-01-01", **fields
    )  # type: ignore[arg-type]


def of_kind(found: list[Reported] | tuple[Reported, ...], kind: Kind) -> list[Reported]:
    return [one for one in found if one.record.kind is kind]


def unlinked(entries: tuple[Entry, ...]) -> set[tuple[str, tuple[str, ...]]]:
    """The entries as sets of their own records, without what linking adds to the histories of promises."""
    return {(e.id, tuple(sorted({r.source.record_id for r in e.history if r.record.kind is e.kind}))) for e in entries}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(range(len(ALL))), unique=True, min_size=1), st.data())
def test_what_a_change_reaches_is_all_that_it_changes(chosen: list[int], data: st.DataObject) -> None:
    """Entries of before that a document does not reach, with those made anew of what it reaches, are all entries."""
    new = data.draw(st.sampled_from(chosen))
    known = reported(ALL[i] for i in chosen if i != new)
    added = reported([ALL[new]])
    by_key: dict[str, list[Reported]] = {}
    for one in [*known, *added]:
        for key in keys(one):
            by_key.setdefault(key, []).append(one)
    reached = affected(added, lambda wanted: [one for key in sorted(wanted) for one in by_key.get(key, ())])
    ids = {one.source.record_id for one in reached}
    kept = {(e, records) for e, records in unlinked(resolve(known)) if ids.isdisjoint(records)}
    assert kept | unlinked(resolve(reached)) == unlinked(resolve([*known, *added]))


def test_a_record_is_found_by_its_own_id() -> None:
    for one in reported(ALL):
        assert keys(one)[0] == one.source.record_id


def statements_of(*samples: Sample, decisions: tuple[Decision, ...] = ()) -> list[Entry]:
    return [e for e in resolve(reported(samples), decisions) if e.kind is Kind.AGREEMENT]


def test_declared_the_same_they_are_one_whatever_their_dates() -> None:
    first, second = (of_kind(reported([s]), Kind.AGREEMENT) for s in (FIRST_STATEMENT, SECOND_STATEMENT))
    assert len(statements_of(FIRST_STATEMENT, SECOND_STATEMENT)) == 2
    same = decided(1, Action.SAME, first, second)
    assert len(statements_of(FIRST_STATEMENT, SECOND_STATEMENT, decisions=(same,))) == 1
    later = decided(2, Action.DIFFERENT, second, first)
    assert len(statements_of(FIRST_STATEMENT, SECOND_STATEMENT, decisions=(same, later))) == 2


def test_declared_different_they_are_two_though_all_else_agrees() -> None:
    hope, signed = (of_kind(reported([s]), Kind.AGREEMENT) for s in (HOPE, SIGNED))
    assert len(statements_of(HOPE, SIGNED)) == 1
    assert len(statements_of(HOPE, SIGNED, decisions=(decided(1, Action.DIFFERENT, hope, signed),))) == 2


def test_what_is_rejected_makes_no_entry_until_it_is_confirmed() -> None:
    signed = of_kind(reported([SIGNED]), Kind.AGREEMENT)
    rejected = decided(1, Action.REJECT, signed)
    assert statements_of(SIGNED, decisions=(rejected,)) == []
    assert len(statements_of(SIGNED, decisions=(rejected, decided(2, Action.CONFIRM, signed)))) == 1


def test_a_declared_bond_carries_a_change_to_the_other_side() -> None:
    first, second = (of_kind(reported([s]), Kind.AGREEMENT) for s in (FIRST_STATEMENT, SECOND_STATEMENT))
    everything = {key: [one] for one in (*first, *second) for key in keys(one)}
    same = decided(1, Action.SAME, first, second)

    def reach(*decisions: Decision) -> set[str]:
        found = affected(first, lambda wanted: [r for key in wanted for r in everything.get(key, ())], decisions)
        return {one.source.record_id for one in found}

    assert len(reach()) == 1 and len(reach(same)) == 2


def test_why_names_what_speaks_for_and_against() -> None:
    hope, signed = (of_kind(reported([s]), Kind.AGREEMENT) for s in (HOPE, SIGNED))
    found = why(hope, signed)
    assert found.same and found.probability > 0.5
    assert {"telling words", "same parties"} <= {feature.name for feature in found.features}
    assert found.total == pytest.approx(sum(feature.weight for feature in found.features))
    assert list(found.features) == sorted(found.features, key=lambda f: -abs(f.weight))


def test_why_tells_a_contradiction_first() -> None:
    def order(published: str, quantity: int) -> Sample:
        fields = {"what": "P-8I aircraft", "quantity": quantity, "supplier": ("US",), "recipient": ("IN",)}
        stage = TransferStage.CONTRACTED
        return sample(published, ("India ordered aircraft.", [told("transfer", stage=stage, **fields)]))

    four, eight = (of_kind(reported([s]), Kind.TRANSFER) for s in (order("2016-07-27", 4), order("2009-01-05", 8)))
    found = why(four, eight)
    assert not found.same
    assert (found.features[0].name, found.features[0].detail) == ("contradiction", "other quantities")


def test_why_refuses_records_of_different_kinds() -> None:
    found = reported([SIGNED])
    with pytest.raises(ValueError, match="one kind"):
        why(of_kind(found, Kind.AGREEMENT), [one for one in reported(ALL) if one.record.kind is Kind.STATEMENT][:1])
