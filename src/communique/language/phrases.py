"""Where the phrases of a table stand in a text."""

import re
from functools import cache

from communique.lexicon.tables import rows
from communique.model import Span


@cache
def _pattern(table: str) -> re.Pattern[str]:
    forms = sorted((row["form"] for row in rows(table)), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(form) for form in forms)})\b", re.IGNORECASE)


def find_phrases(table: str, text: str, within: Span) -> tuple[Span, ...]:
    """The phrases of ``lexicon/<table>.csv`` in a part of the text, the longest at each place, in order.

    Raises:
        FileNotFoundError: there is no such table.
    """
    return tuple(Span(*m.span()) for m in _pattern(table).finditer(text, within.start, within.end))
