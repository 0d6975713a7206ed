"""Who deals with whom, as a drawing: parties on a ring, those that deal most with each other side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, log2, radians, sin
from typing import Any

from communique.ledger.dealings import Tie
from communique.model import Kind

WIDTH, HEIGHT, RADIUS = 1000, 1000, 305
"""The drawing, and the ring in it, in pixels."""
MOST_PARTIES, MOST_TIES = 36, 110
"""What a ring has room for; the table beside it has more."""
_BOW = 0.55
"""How far a line bends to the middle: 0 is straight, 1 goes through it."""
_APART = 5.0
"""Pixels between the lines of two kinds, where they bend."""
_THICKEST = 7.0
"""Pixels of the thickest line."""
_SEED = 1
"""Of the search for groups of parties, so that the same dealings make the same drawing."""


@dataclass(frozen=True, slots=True)
class Node:
    """A party on the ring.

    Attributes:
        label_x, label_y, turn, anchor: where its name stands, by how many degrees it is turned, and which end is there.
    """

    party: str
    entries: int
    x: float
    y: float
    size: float
    label_x: float
    label_y: float
    turn: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """The entries of one kind that two parties have between them, as a path."""

    parties: tuple[str, str]
    kind: Kind
    entries: int
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Ring:
    """The drawing.

    Attributes:
        left_out: how many parties it has no room for.
    """

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_out: int


def ring_of(ties: Sequence[Tie], focus: str | None = None) -> Ring:
    """The parties that deal most, on a ring, and what they have between them.

    Args:
        ties: those with most entries first.
        focus: a party that is shown in any case.
    """
    weights: dict[str, int] = defaultdict(int)
    for tie in ties:
        entries = tie.entries
        for party in tie.parties:
            weights[party] += entries
    shown = [party for party, _ in sorted(weights.items(), key=lambda each: (each[0] != focus, -each[1], each[0]))]
    shown = shown[:MOST_PARTIES]
    among = set(shown)
    drawn = [tie for tie in ties if among.issuperset(tie.parties)][:MOST_TIES]
    order = _side_by_side(shown, drawn)
    places = {party: _place(number, len(order)) for number, party in enumerate(order)}
    most = max(weights.values(), default=1)
    nodes = tuple(_node(party, weights[party], places[party], most) for party in order)
    thickest = max((number for tie in drawn for number in tie.kinds.values()), default=1)
    # thick lines first, so that thin ones stay visible above them
    lines = tuple(line for tie in drawn for line in _lines(tie, places, thickest))
    return Ring(nodes, lines, len(weights) - len(shown))


def _side_by_side(parties: Sequence[str], ties: Sequence[Tie]) -> list[str]:
    """The parties by groups that deal with each other, the weightiest group and in it the weightiest party first."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(parties)
    graph.add_weighted_edges_from((*tie.parties, log2(1 + tie.entries)) for tie in ties)
    position = {party: number for number, party in enumerate(parties)}
    groups = nx.community.louvain_communities(graph, seed=_SEED)
    ordered = sorted((sorted(group, key=position.__getitem__) for group in groups), key=lambda one: position[one[0]])
    return [party for group in ordered for party in group]


def _place(number: int, of: int) -> float:
    """The angle of a place on the ring, in degrees clockwise from the top."""
    return 360 * number / max(of, 1)


def _point(angle: float, radius: float) -> tuple[float, float]:
    turn = radians(angle)
    return WIDTH / 2 + radius * sin(turn), HEIGHT / 2 - radius * cos(turn)


def _node(party: str, entries: int, angle: float, most: int) -> Node:
    x, y = _point(angle, RADIUS)
    label_x, label_y = _point(angle, RADIUS + 16)
    left = angle > 180
    return Node(
        party=party,
        entries=entries,
        x=round(x, 1),
        y=round(y, 1),
        size=round(4 + 7 * (entries / most) ** 0.5, 1),
        label_x=round(label_x, 1),
        label_y=round(label_y, 1),
        turn=round(angle + 90 if left else angle - 90, 1),
        anchor="end" if left else "start",
    )


def _lines(tie: Tie, places: dict[str, float], thickest: int) -> Iterable[Line]:
    """One path for each kind, bent to the middle of the ring and a little apart from each other.

    Args:
        thickest: the number of entries that has the thickest line; a line is as thick as the root of its number.
    """
    (ax, ay), (bx, by) = (_point(places[party], RADIUS) for party in tie.parties)
    length = hypot(bx - ax, by - ay) or 1.0
    across = -(by - ay) / length, (bx - ax) / length
    middle = (
        (ax + bx) / 2 + ((WIDTH - ax - bx) / 2) * _BOW,
        (ay + by) / 2 + ((HEIGHT - ay - by) / 2) * _BOW,
    )
    for number, (kind, entries) in enumerate(tie.kinds.items()):
        aside = (number - (len(tie.kinds) - 1) / 2) * _APART * 2
        x, y = middle[0] + across[0] * aside, middle[1] + across[1] * aside
        path = f"M{ax:.1f} {ay:.1f}Q{x:.1f} {y:.1f} {bx:.1f} {by:.1f}"
        yield Line(tie.parties, kind, entries, path, round(0.6 + _THICKEST * (entries / thickest) ** 0.5, 2))


def network_to_json(ties: Sequence[Tie]) -> list[dict[str, Any]]:
    """The pairs as plain JSON data."""
    return [
        {
            "parties": list(tie.parties),
            "entries": tie.entries,
            "kinds": {kind.value: number for kind, number in tie.kinds.items()},
            "last_day": tie.last_day or None,
        }
        for tie in ties
    ]
