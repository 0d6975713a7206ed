"""The form that stands open on the page of an actor: whom it is one with, and which reports mean somebody else."""

from dataclasses import dataclass
from typing import Literal

from communique.api import Ledger
from communique.ledger import Actor
from communique.model.names import fold, name_parts, same_person
from communique.resolve.compare import Comparison
from communique.views.chains import report_words
from communique.web import words
from communique.web.desk import Desk
from communique.web.opened import Asked, Option

ActorAction = Literal["join", "separate"]
ACTIONS: dict[ActorAction, tuple[str, str]] = {"join": ("Same as another", "s"), "separate": ("Separate", "d")}
"""What can be decided on an actor: what it is called on its page, and its key."""
OFFERED, READ = 12, 100
"""Actors that are offered, and entries of somebody whose reports are."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An actor beside another one, and what makes them one or two.

    Attributes:
        follows: that one followed the other one in an office; None where nothing tells so.
    """

    sides: tuple[Actor, Actor]
    compared: Comparison
    follows: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorForm:
    """An open form.

    Attributes:
        beside: of ``join``, the actor beside the other one.
        candidates: of ``join``, actors with names like it.
        options: of ``separate``, the reports to choose from.
        others: of ``separate``, those of this name who have one of their own already.
    """

    asked: Asked
    action: ActorAction
    beside: Beside | None = None
    candidates: tuple[Actor, ...] = ()
    options: tuple[Option, ...] = ()
    others: tuple[str, ...] = ()


def opened(desk: Desk, ledger: Ledger, who: Actor, action: ActorAction | None, asked: Asked) -> ActorForm | None:
    """The form that is asked for, None where none is."""
    if action == "separate" and who.kind != "state":
        return ActorForm(
            asked=asked,
            action=action,
            options=_reports(ledger, who),
            others=tuple(ledger.namesakes(who.kind, who.name)),
        )
    if action != "join":
        return None
    other = _other(ledger, who, asked.other) if asked.other else None
    if other is not None:
        compared = ledger.why(who.name, other.name)
        beside = Beside((who, other), compared, ledger.follows_in_office(who.name, other.name))
        return ActorForm(asked=asked, action=action, beside=beside)
    every = desk.remembered(ledger, "actors", ledger.actors)
    return ActorForm(asked=asked, action=action, candidates=tuple(_candidates(every, who, asked.other)))


def _other(ledger: Ledger, who: Actor, typed: str) -> Actor | None:
    """The other actor of this sort that is called exactly so."""
    found = ledger.actor_named(who.kind, typed)
    return found if found is not None and found.name != who.name else None


def _candidates(every: list[Actor], who: Actor, typed: str) -> list[Actor]:
    """Actors of the same sort whose names have something in common with this one's, or with what was typed."""
    person = who.kind == "person"
    wanted = set(name_parts(typed or who.name))
    found = [
        (len(wanted & set(name_parts(words.called(one.name)))), one)
        for one in every
        if one.name != who.name and (one.kind == "person") == person
    ]
    alike = [(number + same_person(one.name, who.name), one) for number, one in found if number]
    if not alike and typed:
        alike = [(1, one) for _, one in found if fold(typed) in fold(words.called(one.name))]
    return [one for _, one in sorted(alike, key=lambda each: (-each[0], -each[1].entries, each[1].name))[:OFFERED]]


def _reports(ledger: Ledger, who: Actor) -> tuple[Option, ...]:
    """The latest reports that name an actor, the latest first."""
    if who.kind == "person":
        entries = ledger.of_person(who.name, limit=READ).items
    else:
        entries = ledger.some_entries(parties=(who.name,), limit=READ).items
    own = [(entry, report) for entry in entries for report in entry.history if report.record.kind is entry.kind]
    naming = ledger.reports_naming(who.kind, who.name, [report.source.record_id for _, report in own])
    return tuple(
        Option(report.source.record_id, f"{entry.title}: {report_words(entry, report)}", words.passage(report))
        for entry, report in own
        if report.source.record_id in naming
    )
