"""The queue of doubtful cases, kept between answers: with many thousands it takes seconds to be put in order."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from communique.api import Ledger
from communique.api.pages import review_cases
from communique.views.doubts import Case
from communique.web.desk import Desk

NAME = "queue"
_CASES = "cases"
ACTORS = "actors-"
"""How what a case of two names is called begins."""
QUICK = 0.25
"""Seconds in which a queue may be put in order anew after each answer."""
PATCHED_SECONDS = 300
"""How long a queue that is slower is kept as it is, answers taken out, before it is put in order anew."""
DOCUMENTS = 20
"""Of how many more documents doubtful pairs are looked for whenever it is, where not all have been compared."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The cases that wait.

    Attributes:
        cases: by what they are called in addresses, in their order.
        whole: whether the pairs of all documents are among them.
        seconds: how long it took to put them in order.
        ordered: the moment when they were.
    """

    cases: Mapping[str, Case]
    whole: bool
    seconds: float
    ordered: float


def key_of(case: Case) -> str:
    """What a case is called in addresses; names, which may have any letters, by a digest of them."""
    if case.actors:
        return f"{ACTORS}{hashlib.sha256(json.dumps(case.actors).encode()).hexdigest()[:12]}"
    return "~".join(case.records or filter(None, (case.entries[0], (case.dispute or "").replace(" ", "-"))))


def waiting(desk: Desk, ledger: Ledger) -> Waiting:
    """All cases on which nobody decided yet; news of the last minutes may be missing from many.

    What news or an answer mean for other cases of a long queue is told when that is put in order anew; until then such
    a case shows how its entries stand.
    """
    before: Waiting | None = desk.last(NAME)
    if before is not None and before.cases and _is_kept(before):
        return before
    with desk.alone_with(NAME) as free:
        if before is not None and before.cases and not free:
            return before  # somebody else is putting it in order
        return desk.remembered(ledger, NAME, lambda: _in_order(desk, ledger))


def renewed(desk: Desk, ledger: Ledger) -> Waiting:
    """The same put in order now."""
    found = _in_order(desk, ledger)
    desk.keep(ledger, NAME, found)
    return found


def all_cases(desk: Desk, ledger: Ledger) -> list[Case]:
    """All cases on which nobody decided yet, as the ledger is now; the pairs of all documents are compared for it."""
    found: list[Case] = desk.remembered(ledger, _CASES, lambda: review_cases(ledger))
    return found


def _in_order(desk: Desk, ledger: Ledger) -> Waiting:
    began = time.monotonic()
    whole = ledger.weighed()
    cases = {key_of(one): one for one in (all_cases(desk, ledger) if whole else review_cases(ledger, DOCUMENTS))}
    ended = time.monotonic()
    return Waiting(cases, whole or ledger.weighed(), ended - began, ended)


def _is_kept(queue: Waiting) -> bool:
    return queue.seconds > QUICK and time.monotonic() - queue.ordered < PATCHED_SECONDS


def answered(desk: Desk, ledger: Ledger, before: Waiting, key: str) -> Waiting:
    """The queue after an answer."""
    if _is_kept(before):
        left = {name: case for name, case in before.cases.items() if name != key}
        desk.keep(ledger, NAME, replace(before, cases=left))
    return waiting(desk, ledger)
