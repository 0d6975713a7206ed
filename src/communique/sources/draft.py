"""What a format gives of a document, before the user's own word and the checks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text and data of origin as a file states them, unchecked.

    Attributes:
        published: as written in the file, in any notation that begins with an ISO 8601 date.
        language: a language tag such as ``en`` or ``en-US``.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
