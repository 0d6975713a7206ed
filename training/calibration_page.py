"""Figures of ``docs/confidence.md``: reliability, expected calibration error, and precision at each threshold."""

from collections.abc import Sequence
from dataclasses import dataclass

from communique.model import Kind

BEGIN, END = "<!-- figures: written by training.calibrate -->", "<!-- end of figures -->"
BINS = 10
THRESHOLDS = (0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A record's probability before and after calibration, and whether an annotated record matches it."""

    kind: Kind
    before: float
    after: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Records of like probability: how many, their mean probability, the share that is right."""

    count: int
    said: float
    right: float


def bins(pairs: Sequence[tuple[float, bool]]) -> list[Bin | None]:
    """Ten bins of equal width over (probability, right); None for an empty one."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for probability, right in pairs:
        groups[min(int(probability * BINS), BINS - 1)].append((probability, right))
    return [
        Bin(len(g), sum(p for p, _ in g) / len(g), sum(right for _, right in g) / len(g)) if g else None for g in groups
    ]


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: mean distance of said and true share over the bins, weighed by their records."""
    filled = [one for one in bins(pairs) if one]
    return sum(one.count * abs(one.said - one.right) for one in filled) / max(1, len(pairs))


def figures(unseen: Sequence[Judged], checked: Sequence[Judged], documents: int) -> str:
    """All tables as Markdown.

    Args:
        unseen: cross-validated judgements of the held-out documents.
        checked: judgements of documents that nothing was fitted on; may be empty.
        documents: how many documents are held out.
    """
    parts = [
        f"Fitted and measured on {len(unseen)} records from {documents} documents that the reader of these figures was "
        "not trained on; each record is judged by a map fitted on other documents.",
        _errors(unseen, checked),
        "**Reliability**, all kinds together: of the records that say so much, so many are right.",
        _reliability(unseen),
        "**Precision at a threshold**, with the share of all records that is left, on the held-out documents.",
        _precision(unseen),
    ]
    return "\n\n".join(parts)


def with_figures(page: str, new: str) -> str:
    """The page with new figures between its two marks.

    Raises:
        ValueError: the page does not have the marks.
    """
    start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:start]}\n\n{new}\n\n{page[end:]}"


def _after(found: Sequence[Judged]) -> list[tuple[float, bool]]:
    return [(one.after, one.right) for one in found]


def _of(found: Sequence[Judged], kind: Kind) -> list[Judged]:
    return [one for one in found if one.kind is kind]


def _errors(unseen: Sequence[Judged], checked: Sequence[Judged]) -> str:
    lines = [
        "| kind | records | right | error before | error after | development set: records | right | error after |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows = [(kind.value, _of(unseen, kind), _of(checked, kind)) for kind in Kind]
    for name, mine, other in [*rows, ("**all**", list(unseen), list(checked))]:
        before = calibration_error([(one.before, one.right) for one in mine])
        own = f"{len(mine)} | {_share(mine)} | {before:.3f} | {calibration_error(_after(mine)):.3f}"
        there = f"{len(other)} | {_share(other)} | {calibration_error(_after(other)):.3f}" if other else "| |"
        lines.append(f"| {name} | {own} | {there} |")
    return "\n".join(lines)


def _share(found: Sequence[Judged]) -> str:
    return f"{sum(one.right for one in found) / len(found):.2f}" if found else ""


def _reliability(found: Sequence[Judged]) -> str:
    lines = ["| confidence | records | mean confidence | right | |", "|---|---|---|---|---|"]
    for number, one in enumerate(bins(_after(found))):
        span = f"{number / BINS:.1f} to {(number + 1) / BINS:.1f}"
        bar = "█" * round(one.right * 20) if one else ""
        lines.append(
            f"| {span} | {one.count} | {one.said:.2f} | {one.right:.2f} | {bar} |" if one else f"| {span} | 0 | | | |"
        )
    return "\n".join(lines)


def _precision(found: Sequence[Judged]) -> str:
    heads = "".join(f" at {limit} | left |" for limit in THRESHOLDS)
    lines = [f"| kind | all | below 0.5 |{heads}", "|---|---|---|" + "---|---|" * len(THRESHOLDS)]
    for name, mine in [*((kind.value, _of(found, kind)) for kind in Kind), ("**all**", list(found))]:
        cells = [_share(mine), _share([one for one in mine if one.after < THRESHOLDS[0]])]
        for limit in THRESHOLDS:
            kept = [one for one in mine if one.after >= limit]
            cells += [_share(kept), f"{100 * len(kept) / max(1, len(mine)):.0f}%"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def diagram(found: Sequence[Judged]) -> str:
    """The reliability diagram as SVG: share that is right over what was said, before and after."""
    side, edge = 320, 48
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" '
        'font-family="sans-serif" font-size="12" role="img" '
        'aria-label="Share of records that is right, by confidence">',
        f'<rect width="{side + 2 * edge}" height="{side + 2 * edge}" fill="white"/>',
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#888"/>',
        f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#bbb" stroke-dasharray="4 4"/>',
    ]
    for tick in (0, 0.5, 1):
        x, y = edge + tick * side, edge + side - tick * side
        parts.append(f'<text x="{x:.0f}" y="{edge + side + 18}" text-anchor="middle">{tick}</text>')
        parts.append(f'<text x="{edge - 8}" y="{y + 4:.0f}" text-anchor="end">{tick}</text>')
    middle = edge + side / 2
    parts += [
        f'<text x="{middle:.0f}" y="{edge + side + 38}" text-anchor="middle">confidence</text>',
        f'<text x="14" y="{middle:.0f}" text-anchor="middle" transform="rotate(-90 14 {middle:.0f})">right</text>',
    ]
    before = [(one.before, one.right) for one in found]
    for name, pairs, colour, row in (("before", before, "#c44", 0), ("calibrated", _after(found), "#27a", 1)):
        points = [(edge + b.said * side, edge + side - b.right * side, b.count) for b in bins(pairs) if b]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        most = max(count for _, _, count in points)
        for x, y, count in points:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + 6 * (count / most) ** 0.5:.1f}" fill="{colour}"/>')
        parts.append(f'<text x="{edge + 12}" y="{edge + 20 + 18 * row}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
