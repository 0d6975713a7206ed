"""What the answer about a day or a week looks like."""

from pydantic import Field

from communique.web.answers_entries import Answer


class DigestLine(Answer):
    """One thing that happened to an entry."""

    entry_id: str
    what: str
    at: str
    cause: str
    told: str = Field(description="The same in words.")


class DigestGroup(Answer):
    """What happened between two parties."""

    parties: list[str] | None = Field(description="Null for what has more parties than two, or fewer.")
    counts: dict[str, int] = Field(description="How many entries each thing happened to.")
    changes: list[DigestLine]
    more: int = Field(description="How many entries are only counted.")


class Digest(Answer):
    """What happened to entries in a day or a week."""

    period: str
    first: str
    last: str
    documents: int = Field(description="How many came in.")
    counts: dict[str, int]
    relationships: list[DigestGroup]
    hidden: int = Field(description="How many relationships are not told of.")
