"""Which language a text is in."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_TAG = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
_SAMPLE = 3000
_CERTAINTY = 0.5
"""A headline of seven English words gets 0.98, a lone surname in Latin letters 0.03 (py3langid 0.4)."""


def language_of(text: str, declared: str | None) -> str | None:
    """ISO 639-1 code of the language that the text plainly is in, else of the declared tag; None where undetermined.

    What is declared (``en-US`` gives ``en``) is believed of texts that are not plain: templates and exports declare one
    language for everything.
    """
    tag = _TAG.fullmatch(declared.strip()) if declared else None
    code, probability = _identifier().classify(text.strip()[:_SAMPLE])
    if probability >= _CERTAINTY and len(code) == 2:
        return str(code)
    return tag.group(1).lower() if tag else None


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
