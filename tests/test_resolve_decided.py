"""What people decide about an entry is laid over what its records say."""

from typing import Any

import pytest

from communique.model import Action, Decision, Entry, Standing
from communique.resolve.merging import entry_id, entry_of
from test_resolve_history import Told, items, told_by

PACT: list[Told] = [
    ("2024-07-08", "signed", {"parties": ["JP", "PH"], "date": "2024-07-08"}),
    ("2024-07-20", "signed", {"parties": ["JP", "PH"], "date": "2024-07-05"}),
]
SALE: list[Told] = [("2024-07-08", "approved", items("F-16", 20))]
PROMISE: list[Told] = [("2024-07-08", "open", {"by": ["US"], "to": ["PL"]})]


def decide(
    number: int, action: Action, records: tuple[str, ...], field: str | None = None, value: Any = None
) -> Decision:
    return Decision(number=number, action=action, records=records, field=field, value=value, by="A", why="", at="2025")


def entry_with(kind: str, told: list[Told], *made: tuple[str, Any]) -> Entry:
    """The entry with values set by decisions 1, 2 and so on, the last of them first."""
    claims = [told_by(kind, published, stage, **fields) for published, stage, fields in told]
    record = (min(claims).reported.source.record_id,)
    decisions = [decide(n, Action.SET, record, field, value) for n, (field, value) in enumerate(made, 1)]
    return entry_of(claims, reversed(decisions))


@pytest.mark.parametrize(
    ("kind", "told", "made", "expected"),
    [
        ("agreement", PACT, [("stage", "in-force")], {"stage": "in-force", "standing": Standing.REALISED}),
        ("agreement", PACT, [("stage", "ended")], {"stage": "ended", "standing": Standing.ENDED}),
        ("agreement", PACT, [("stage", "ended"), ("stage", "suspended")], {"stage": "suspended"}),
        ("agreement", PACT, [("name", "Visiting Forces Accord")], {"title": "Visiting Forces Accord"}),
        ("agreement", PACT, [("title", "The Pact"), ("name", "Accord")], {"title": "The Pact"}),
        ("agreement", PACT, [("parties", ["JP", "PH", "AU"])], {"parties": ("JP", "PH", "AU")}),
        # a value that somebody chose is no longer disputed
        ("agreement", PACT, [("date", "2024-07-07")], {"date": "2024-07-07", "disputes": ()}),
        ("transfer", SALE, [("recipient", ["RO"])], {"parties": ("US", "RO"), "title": "F-16 x20, US to RO"}),
        ("undertaking", PROMISE, [("status", "abandoned")], {"stage": "abandoned", "standing": Standing.ENDED}),
        ("undertaking", PROMISE, [("due", "2026")], {"stage": "open"}),
    ],
)  # fmt: skip
def test_values_that_were_set(
    kind: str, told: list[Told], made: list[tuple[str, Any]], expected: dict[str, Any]
) -> None:
    found = entry_with(kind, told, *made)
    assert {name: getattr(found, name) for name in expected} == expected
    assert found.decisions == tuple(range(1, len(made) + 1))
    field, value = made[-1]
    assert found.fields.get(field, value) == value
    assert found.history == entry_with(kind, told).history


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stage", "delivered"),
        ("status", "open"),
        ("place", "Tokyo"),
        ("parties", "JP"),
        ("name", ["Pact"]),
        ("title", 3),
    ],
)
def test_values_that_the_kind_cannot_have_change_nothing(field: str, value: Any) -> None:
    assert entry_with("agreement", PACT, (field, value)) == entry_with("agreement", PACT)


def test_confirmed_and_joined_entries_say_which_decisions_shaped_them() -> None:
    claims = [told_by("agreement", published, stage, **fields) for published, stage, fields in PACT]
    first, second = (c.reported.source.record_id for c in sorted(claims))
    decisions = [
        decide(4, Action.CONFIRM, (second,)),
        Decision(number=2, action=Action.SAME, records=(first,), others=(second,), by="A", why="", at="2025"),
        decide(3, Action.CONFIRM, ("R-of-something-else",)),
        decide(5, Action.SET, ("R-of-something-else",), "stage", "ended"),
    ]
    found = entry_of(claims, decisions)
    assert (found.confirmed, found.decisions, found.stage) == (True, (2, 4), "signed")
    assert not entry_of(claims).confirmed


def test_an_entry_has_the_id_that_its_earliest_record_implies() -> None:
    claims = [told_by("agreement", published, stage, **fields) for published, stage, fields in PACT]
    earliest = entry_of(claims[:1])
    assert entry_of(claims).id == entry_of(claims[::-1]).id == earliest.id
    assert earliest.id == entry_id(earliest.kind, claims[0].reported.source.record_id)
    assert earliest.id.startswith("A-") and len(earliest.id) == len("A-3f9c2b1d07")
