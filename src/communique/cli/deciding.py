"""``communique confirm``, ``reject``, ``set``, ``same``, ``different``, ``undo`` and ``decisions``."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.opening import open_ledger, open_to_write
from communique.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption
from communique.cli.output import complain, print_json, print_line, print_page
from communique.cli.values import value_of
from communique.model import Decision, Place, UsageError

if TYPE_CHECKING:
    from communique.api import Ledger

_NAME = "An entry's identifier, or a record's (R-...), or how it begins."
EntryArgument = Annotated[str, typer.Argument(metavar="ENTRY", help=_NAME)]
OneArgument = Annotated[
    str, typer.Argument(metavar="A", help=f"{_NAME[:-1]}; or the name of a person, state or organisation.")
]
OtherArgument = Annotated[str, typer.Argument(metavar="B", help="The other one.")]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by", envvar="COMMUNIQUE_ANALYST", metavar="NAME", help="Who decides. [default: the name you logged in with]"
    ),
]
WhyOption = Annotated[str, typer.Option("--why", metavar="WORDS", help="On what grounds, for those who read it later.")]


def confirm(
    entry: EntryArgument,
    by: ByOption = None,
    why: WhyOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Say that an entry is right.

    It is never marked as doubtful again. A record that was rejected counts again.

    JSON: an object with "decision" ({number, action, records, others, field, value, undoes, by, why, at}) and
    "changes", as in `log`.
    """
    _decide(ledger, output, lambda opened: opened.confirm(entry, by=name_of_analyst(by), why=why))


def reject(
    entry: EntryArgument,
    by: ByOption = None,
    why: WhyOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Say that an entry, or one record, is wrong.

    Its records are kept, but are evidence of nothing. Records that come later, in other documents, are not concerned.

    JSON: an object with "decision" and "changes", as in `confirm`.
    """
    _decide(ledger, output, lambda opened: opened.reject(entry, by=name_of_analyst(by), why=why))


def set_field(
    entry: EntryArgument,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="title, stage, date, place, parties, items, ...")],
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="A word, a date, a list with commas, an amount; none for unknown.")
    ],
    by: ByOption = None,
    why: WhyOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Give a field of an entry a value, whatever documents say.

    Parties are given by name or code, items as in "6 P-8I, MQ-9B", money as in "$3.5 billion", dates as in 2025-10-31,
    2025-10 or ../2030. Of an undertaking, refers_to takes the entry that it is about.

    JSON: an object with "decision" and "changes", as in `confirm`.
    """

    def decide(opened: "Ledger") -> Decision:
        kind = opened.kind_of(entry)
        return opened.set(entry, field, value_of(kind, field, value, opened.parties()), by=name_of_analyst(by), why=why)

    _decide(ledger, output, decide)


def same(
    one: OneArgument,
    other: OtherArgument,
    by: ByOption = None,
    why: WhyOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Say that two entries, or two actors, are one.

    The older identifier stays, and the other one leads there. So does the older of two names, but one that tables know
    goes before. Who follows in an office is another person: that is said, and it is still yours to decide.

    A person or organisation, and an entry: there, too, a name that stands for several means this one.

    JSON: an object with "decision" and "changes", as in `confirm`.
    """

    def decide(opened: "Ledger") -> Decision:
        if told := opened.follows_in_office(one, other):
            complain(f"{told}. From now on what either did and said is told of one; `communique undo` parts them.")
        return opened.same(one, other, by=name_of_analyst(by), why=why)

    _decide(ledger, output, decide)


def different(
    one: OneArgument,
    other: OtherArgument,
    by: ByOption = None,
    why: WhyOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Say that two entries, or two actors, are two.

    Two that have become one are named by the identifiers or names that they had before, or by two of their records.

    A person or organisation, and an entry or a record: in its documents the name means another one, who is given a name
    of their own. Where a document lets people of that name act for a party that only one of the two acts for, it is
    that one.

    JSON: an object with "decision" and "changes", as in `confirm`.
    """
    _decide(ledger, output, lambda opened: opened.different(one, other, by=name_of_analyst(by), why=why))


def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="NUMBER", help="The decision's number. [default: the last one that holds]")
    ] = None,
    by: ByOption = None,
    why: WhyOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    output: FormatOption = Format.TEXT,
) -> None:
    """Undo a decision.

    Nothing is deleted: that it was undone is a decision too, and can be undone itself.

    JSON: an object with "decision" and "changes", as in `confirm`.
    """
    _decide(ledger, output, lambda opened: opened.undo(number, by=name_of_analyst(by), why=why))


def decisions(ledger: LedgerOption = DEFAULT_LEDGER, output: FormatOption = Format.TEXT) -> None:
    """List all decisions and what became of them.

    Those that were undone are marked, and orphaned ones, of which the evidence is in no document any more.

    JSON: a list of decisions as in `confirm`, each with "entry_ids" (what it bears on now), "undone_by" (a number or
    null), "orphaned", and "actors", the names by which those go now that it is about. On actors "field" is "people" or
    "parties", and "value" {names, parties}: the two names, and for whom the second one of one name acts.
    """
    with open_ledger(ledger) as opened:
        states = opened.decisions()
    from communique.views.logbook import decisions_page, state_to_json

    if output is Format.JSON:
        print_json([state_to_json(state) for state in states])
    elif states:
        print_page(decisions_page(states))
    else:
        complain(f"Nothing was decided in {ledger} yet: see `communique review`.")


def _decide(place: Place, output: Format, decide: Callable[["Ledger"], Decision]) -> None:
    with open_to_write(place) as opened:
        made = decide(opened)
        changes = opened.log(cause=f"decision {made.number}")
        titles = opened.titles({change.entry_id for change in changes} | {str(c.after) for c in changes})
        (state,) = (state for state in opened.decisions() if state.decision.number == made.number)
    from communique.views.logbook import change_to_json, change_words, decision_to_json, decision_words

    if output is Format.JSON:
        print_json({"decision": decision_to_json(made), "changes": [change_to_json(change) for change in changes]})
        return
    print_line(f"Decision {made.number}: {decision_words(state)}.")
    for change in changes:
        print_line(f"  {change_words(change, titles)}")
    if not changes:
        print_line("  No entry changes.")


def name_of_analyst(given: str | None) -> str:
    """Who decides: the name that was given, else that of the login.

    Raises:
        UsageError: there is neither.
    """
    if given is not None:
        return given
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise UsageError("Nobody is logged in: say who decides with --by.") from None
