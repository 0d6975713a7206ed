"""``communique review``: doubtful cases, one key a decision."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from communique.cli.deciding import ByOption, name_of_analyst
from communique.cli.opening import open_to_write
from communique.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption
from communique.cli.output import complain, print_json, print_line, print_page
from communique.model import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from communique.api import Ledger
    from communique.views.doubts import Case, Question
    from communique.views.doubts_actors import ActorsQuestion

_WHY = "review"
_QUIT = "q"
_AT_ONCE = 500
"""Cases that are read together where all are wanted."""
_AT_FIRST = 20
"""Documents of which doubtful pairs are looked for before the first question, twice as many before the next."""


def review(by: ByOption = None, ledger: LedgerOption = DEFAULT_LEDGER, output: FormatOption = Format.TEXT) -> None:
    """Walk through doubtful cases, one key a decision.

    First entries of which it is doubtful whether they are one thing, then people and organisations of whom it is, then
    entries on which sources contradict each other, then those that the reader is not sure of. Each answer is a decision
    as by `same`, `different`, `set`, `confirm` or `reject`. Without a terminal the keys are read from standard input.

    JSON: a list of all cases, {question ("same", "actors", "disputed" or "right"), entry_ids, record_ids, probability,
    names (of actors, the two), field (of actors, "people" or "parties"), claims, quotes}; nothing is asked.
    """
    from communique.api.doubting import told_of_cases
    from communique.api.pages import review_cases

    with open_to_write(ledger) as opened:
        if output is Format.JSON:
            cases = review_cases(opened)
            parts = (cases[start : start + _AT_ONCE] for start in range(0, len(cases), _AT_ONCE))
            print_json([told for part in parts for told in told_of_cases(opened, part)])
        elif first := next(found := _found(opened), []):
            _walk(opened, first, found, name_of_analyst(by))
        else:
            complain(f"Nothing in {ledger} is doubtful that nobody decided on yet.")


def _found(ledger: "Ledger") -> "Iterator[list[Case]]":
    """The cases, some at a time: pairs of the latest documents first, of more and more of them, then all others."""
    from communique.api.pages import review_cases

    most = _AT_FIRST
    known: set[frozenset[str]] = set()
    complete = False
    while not complete:
        cases = review_cases(ledger, most)
        complete = ledger.weighed()
        pairs = [case for case in cases if case.is_of_pair and frozenset(case.entries) not in known]
        known.update(frozenset(case.entries) for case in pairs)
        fresh = [*pairs, *(case for case in cases if complete and not case.is_of_pair)]
        if fresh:
            yield fresh
        most *= 2


def _walk(ledger: "Ledger", cases: "list[Case]", more: "Iterator[list[Case]]", by: str) -> None:
    made: list[tuple[int, int]] = []
    at = answered = 0
    while at < len(cases) or (cases := [*cases, *next(more, [])])[at:]:
        question = _as_it_stands(ledger, cases[at])
        if question is None:
            at += 1
            continue
        print_line()
        print_line(f"{at + 1} of {len(cases)}{'' if ledger.weighed() else ' found so far'}")
        page, keys = _shown(question)
        print_page(page)
        print_line("  ".join(f"[{key}] {words}" for key, words in keys))
        key = _key({key for key, _ in keys})
        if key == _QUIT:
            break
        if key == "u":
            if made:
                at, number = made.pop()
                ledger.undo(number, by=by, why=_WHY)
                answered -= 1
            continue
        if key != "s":
            made.append((at, _decide(ledger, question, key, by)))
            answered += 1
        at += 1
    print_line(f"{answered} decision{'' if answered == 1 else 's'}; `communique decisions` lists them.")


def _shown(question: "Question | ActorsQuestion") -> "tuple[RenderableType, Sequence[tuple[str, str]]]":
    """The page of a question, and the keys that answer it."""
    from communique.views.doubts import choices, question_page
    from communique.views.doubts_actors import ActorsQuestion, actor_choices, actors_page

    if isinstance(question, ActorsQuestion):
        return actors_page(question), actor_choices()
    return question_page(question), choices(question)


def _as_it_stands(ledger: "Ledger", case: "Case") -> "Question | ActorsQuestion | None":
    """The case as a question, None where earlier answers have left nothing of it."""
    from communique.api.doubting import actors_question
    from communique.views.doubts import question_of

    if case.actors:
        return actors_question(ledger, case)
    try:
        return question_of(case, [ledger.entry(key) for key in case.records or case.entries])
    except UsageError:
        return None


def _decide(ledger: "Ledger", question: "Question | ActorsQuestion", key: str, by: str) -> int:
    from communique.views.doubts import settled
    from communique.views.doubts_actors import ActorsQuestion

    if isinstance(question, ActorsQuestion):
        decide = ledger.same if key == "y" else ledger.different
        return decide(*question.names, by=by, why=_WHY).number
    records = question.records
    if question.asks_for_one_thing:
        decide = ledger.same if key == "y" else ledger.different
        return decide(records[0], records[1], by=by, why=_WHY).number
    entry = ledger.entry(records[0]).id
    if key == "y":
        return ledger.confirm(entry, by=by, why=_WHY).number
    if question.dispute is not None:
        field, claim = question.dispute.field, question.dispute.claims[int(key) - 1]
        return ledger.set(entry, field, settled(ledger.entry(entry), field, claim.value), by=by, why=_WHY).number
    return ledger.reject(entry, by=by, why=_WHY).number


def _key(allowed: set[str]) -> str:
    """The next key that means something; the end of the input quits."""
    while True:
        key = (typer.getchar() if sys.stdin.isatty() else sys.stdin.read(1)).casefold()
        if key in ("", "\x03", "\x04"):
            return _QUIT
        if key in allowed:
            return key
