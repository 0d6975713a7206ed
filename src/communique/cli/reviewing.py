"""``communique review``: doubtful cases, one key a decision."""

import sys
from typing import TYPE_CHECKING

import typer

from communique.cli.deciding import ByOption, name_of_analyst
from communique.cli.opening import open_to_write
from communique.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption
from communique.cli.output import complain, print_json, print_page
from communique.model import Action, UsageError

if TYPE_CHECKING:
    from communique.api import Ledger
    from communique.views.doubts import Question

_WHY = "review"
_QUIT = "q"


def review(by: ByOption = None, ledger: LedgerOption = DEFAULT_LEDGER, output: FormatOption = Format.TEXT) -> None:
    """Walk through doubtful cases, one key a decision.

    First entries of which it is doubtful whether they are one thing, then those on which sources contradict each other,
    then those that the reader is not sure of. Each answer is a decision as by `same`, `different`, `set`, `confirm` or
    `reject`. Without a terminal the keys are read from standard input.

    JSON: a list of all cases, {question ("same", "disputed" or "right"), entry_ids, record_ids, probability, field,
    claims, quotes}; nothing is asked.
    """
    with open_to_write(ledger) as opened:
        questions = _questions(opened)
        if output is Format.JSON:
            from communique.views.doubts import question_to_json

            print_json([question_to_json(question) for question in questions])
        elif questions:
            _walk(opened, questions, name_of_analyst(by))
        else:
            complain(f"Nothing in {ledger} is doubtful that nobody decided on yet.")


def _questions(ledger: "Ledger") -> "list[Question]":
    """All doubtful cases on which nobody decided yet."""
    from communique.views.doubts import entry_questions, pair_questions

    entries = list(ledger.export())
    holders = {r.source.record_id: e for e in entries for r in e.history if r.record.kind is e.kind}
    decided = {
        frozenset(state.entry_ids)
        for state in ledger.decisions()
        if state.undone_by is None and state.decision.action in (Action.SAME, Action.DIFFERENT)
    }
    pairs = pair_questions(ledger.doubtful(), holders)
    doubtful = [pair for pair in pairs if frozenset(entry.id for entry in pair.entries) not in decided]
    return [*doubtful, *entry_questions(entries)]


def _walk(ledger: "Ledger", questions: "list[Question]", by: str) -> None:
    from communique.views.doubts import choices, question_page

    made: list[tuple[int, int]] = []
    at = answered = 0
    while at < len(questions):
        question = questions[at]
        if not _stands(ledger, question):
            at += 1
            continue
        typer.echo(f"\n{at + 1} of {len(questions)}")
        print_page(question_page(question))
        keys = choices(question)
        typer.echo("  ".join(f"[{key}] {words}" for key, words in keys))
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
    typer.echo(f"{answered} decision{'' if answered == 1 else 's'}; `communique decisions` lists them.")


def _stands(ledger: "Ledger", question: "Question") -> bool:
    """Whether earlier answers have left what the question is about."""
    try:
        return all(ledger.entry(record) for record in question.records)
    except UsageError:
        return False


def _decide(ledger: "Ledger", question: "Question", key: str, by: str) -> int:
    records = question.records
    if question.asks_for_one_thing:
        decide = ledger.same if key == "y" else ledger.different
        return decide(records[0], records[1], by=by, why=_WHY).number
    entry = ledger.entry(records[0]).id
    if key == "y":
        return ledger.confirm(entry, by=by, why=_WHY).number
    if question.dispute is not None:
        value = question.dispute.claims[int(key) - 1].value
        return ledger.set(entry, question.dispute.field, value, by=by, why=_WHY).number
    return ledger.reject(entry, by=by, why=_WHY).number


def _key(allowed: set[str]) -> str:
    """The next key that means something; the end of the input quits."""
    while True:
        key = (typer.getchar() if sys.stdin.isatty() else sys.stdin.read(1)).casefold()
        if key in ("", "\x03", "\x04"):
            return _QUIT
        if key in allowed:
            return key
