"""By which names actors are known, and what people decided about these."""

from collections.abc import Collection, Mapping

from communique.api import deciding_actors
from communique.api.opening import OpenLedger
from communique.ledger import Actor
from communique.ledger.meaning import read_meanings
from communique.ledger.naming_actors import NamedActor, pair_named, records_naming
from communique.model import PARTIES, PEOPLE
from communique.resolve.doubtful_actors import ActorDoubt


class KnownActors(OpenLedger):
    """A ledger whose actors go by several names, or several by one, as people have decided."""

    def joined_parties(self) -> Mapping[str, str]:
        """Names of parties that somebody joined with others, each with the name of the one that it is part of."""
        return self._store.ask(read_meanings).parties

    def follows_in_office(self, one: str, other: str) -> str | None:
        """That one of two people followed the other one in an office, in a sentence; None where nothing tells so."""
        return self._store.ask(lambda connection: deciding_actors.follows_in_office(connection, one, other))

    def doubtful_actors(self) -> list[ActorDoubt]:
        """Pairs of names of which it is doubtful whether they are one actor's, the most doubtful first.

        Those on which somebody decided are left out.
        """
        return self._store.ask(deciding_actors.doubtful)

    def names_beside(self, one: str, other: str) -> tuple[NamedActor, NamedActor]:
        """The actors of two names, as they go by them now.

        Raises:
            UsageError: a name means nobody or several, or they are of two sorts.
        """
        return self._store.ask(lambda connection: pair_named(connection, one, other, read_meanings(connection)))

    def acts_for(self, name: str) -> tuple[str, ...]:
        """Those for whom most documents let the bearer of this name act, whoever else has another name of theirs."""
        return self._store.ask(lambda connection: deciding_actors.acts_for(connection, name))

    def names_of(self, actor: Actor) -> list[str]:
        """The other names by which documents call an actor, or did before somebody joined two."""
        return self._store.ask(lambda connection: deciding_actors.also_called(connection, actor))

    def namesakes(self, kind: str, name: str) -> list[str]:
        """The others who are called as a person or organisation is, by the names that were given to them."""
        return self._store.ask(lambda connection: deciding_actors.namesakes(connection, kind, name))

    def own_name(self, person: str) -> str:
        """The name by which documents call somebody who was given another one to be told from others of that name."""
        return self._store.ask(read_meanings).others.get(person, person)

    def reports_naming(self, kind: str, name: str, record_ids: Collection[str]) -> Collection[str]:
        """Those of these records that mean this actor by a name in them."""
        field = PEOPLE if kind == "person" else PARTIES
        return self._store.ask(lambda connection: records_naming(connection, record_ids, name, field, meant=True))

    def actor_named(self, kind: str, name: str) -> Actor | None:
        """The actor of a kind that is called so, or was before somebody joined it with another; None where none is."""
        return self._store.ask(lambda connection: deciding_actors.led_to(connection, kind, name))
