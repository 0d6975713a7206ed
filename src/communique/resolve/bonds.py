"""What analysts have decided about records: which make one thing, which don't, which are no evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from communique.model import Action, Decision


@dataclass(frozen=True, slots=True)
class Bonds:
    """Decisions as they bear on which records make one entry.

    Attributes:
        together: pairs of record ids that are of one thing, whatever else speaks against it.
        apart: for a record id, those of things that are another.
        rejected: ids of records that are no evidence of anything.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()

    def of(self, record: str) -> set[str]:
        """The records that are declared to be of one thing with this one."""
        return {other for pair in self.together if record in pair for other in pair if other != record}


def bonds_of(decisions: Iterable[Decision]) -> Bonds:
    """What decisions in force say of records; of two that contradict each other the later one holds."""
    declared: dict[frozenset[str], Action] = {}
    rejected: dict[str, bool] = {}
    for decision in sorted(decisions, key=lambda one: one.number):
        match decision.action:
            case Action.REJECT | Action.CONFIRM:
                rejected |= dict.fromkeys(decision.records, decision.action is Action.REJECT)
            case Action.SAME | Action.DIFFERENT:
                for one in decision.records:
                    for other in decision.others:
                        declared.pop(frozenset((one, other)), None)
                        declared[frozenset((one, other))] = decision.action
            case _:
                pass
    apart: dict[str, set[str]] = {}
    for pair, action in declared.items():
        if action is Action.DIFFERENT and len(pair) == 2:
            one, other = sorted(pair)
            apart.setdefault(one, set()).add(other)
            apart.setdefault(other, set()).add(one)
    together = [sorted(pair) for pair, action in declared.items() if action is Action.SAME and len(pair) == 2]
    return Bonds(
        together=tuple((one, other) for one, other in together),
        apart={record: frozenset(others) for record, others in apart.items()},
        rejected=frozenset(record for record, no_evidence in rejected.items() if no_evidence),
    )
