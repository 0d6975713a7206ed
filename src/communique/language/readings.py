"""What rules of reference look at: the mentions so far, where the document comes from, its people and its voices."""

from collections.abc import Sequence

from communique.language.antecedents import Context, people_in, reporting
from communique.language.drafts import Draft
from communique.language.origin import Origin
from communique.language.registry import Person, Registry
from communique.language.speakers import Voices

_OTHER_WORDS = {"premier": "prime minister", "head of state": "president"}
_BY_RANK = {"leader": {"head"}, "chief": {"minister", "military"}}


class Reading:
    """What the rules look at: the drafts so far, the document's origin and people, and whose words are read."""

    def __init__(self, text: str, context: Context, origin: Origin, registry: Registry, voices: Voices) -> None:
        self.context, self.origin, self.registry, self.voices = context, origin, registry, voices
        self.text = text
        self._holders: dict[str, list[Person]] = {}
        self.principals = _principals(context, origin, registry)

    def holders(self, core: str) -> list[Person]:
        """The people of the document who hold an office of these words."""
        if core not in self._holders:
            self._holders[core] = [p for p in self.registry.people if _holds(p, core)]
        return self._holders[core]

    def reporting(self, draft: Draft, sentence: int) -> Draft | None:
        """Who is the subject of the verb of speech whose clause a pronoun opens."""
        return reporting(self.text, self.context.same_sentence(sentence, draft.start), draft.start)

    def nominative(self, draft: Draft) -> bool:
        """Whether a pronoun is the subject of its clause."""
        return self.text[draft.start : draft.end].lower() in ("he", "she", "i")


def _principals(context: Context, origin: Origin, registry: Registry) -> list[Person]:
    """The two people of different parties whom the title, else the first sentence that does, sets side by side."""
    titled = [p for p in (registry.find(t.name) for t in origin.people.people) if p is not None]
    if len(sides(titled)) == 2:
        return sides(titled)
    for drafts in context.by_sentence[:3]:
        found = sides(people_in(drafts))
        if len(found) == 2:
            return found
    return []


def sides(people: Sequence[Person]) -> list[Person]:
    """The first person of each party; people without a known party each count as a side."""
    seen: dict[tuple[str, ...] | int, Person] = {}
    for person in people:
        seen.setdefault(person.parties or id(person), person)
    return list(seen.values())


def _holds(person: Person, core: str) -> bool:
    if core in _BY_RANK:
        return not person.ranks.isdisjoint(_BY_RANK[core])
    core = _OTHER_WORDS.get(core, core)
    words = set(core.replace("-", " ").split()) - {"the", "of", "for", "and"}
    if "vice" not in words and "deputy" not in words:
        cores = [c for c in person.cores if not c.startswith(("vice", "deputy", "former"))]
    else:
        cores = list(person.cores)
    return any(words <= set(held.replace("-", " ").split()) for held in cores) and not (
        core in ("minister", "secretary") and person.cores <= {"prime minister", "press secretary"}
    )
