"""Who is meant by words that name nobody: "the two leaders", "they", "the minister", "we", "the Alliance"."""

from collections.abc import Sequence

from communique.language.drafts import Draft
from communique.language.origin import Origin
from communique.language.people import Registry
from communique.model import Span


def resolve(text: str, drafts: list[Draft], sentences: Sequence[Span], origin: Origin, registry: Registry) -> None:
    """Fill in parties and people of the drafts that have none, where the document leaves no doubt."""
