"""Whether a source is official: a government, or the organisation that the thing is about."""

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

from communique.language.terms import find_terms
from communique.model import Source

_GOVERNMENT = frozenset({"state.seat", "body.name", "office.body", "office.head"})
"""Rules of the lexicon's terms that name a part of a government; a country's or capital's name may be a newspaper's."""
_BODIES = frozenset({"organisation.name", "company.name"})
_HOST = re.compile(r"(?:^|\.)(?:(?:gov|mil|gob|gouv|govt)(?:\.[a-z]{2})?|go\.[a-z]{2}|gc\.ca|admin\.ch|bund\.de)$")
"""Second-level domains that registries keep for governments, as in ``gov.in``, ``gouv.fr``, ``go.jp``."""


def is_official(source: Source, parties: Collection[str]) -> bool:
    """Whether a source speaks with authority about a thing with these parties."""
    government, bodies = _publisher(source.publisher or "")
    return government or not bodies.isdisjoint(parties) or _is_government_host(source.url)


@lru_cache(maxsize=4096)
def _publisher(name: str) -> tuple[bool, frozenset[str]]:
    """Whether a publisher is part of a government, and the organisations and companies that it names."""
    hits = find_terms(name)
    bodies = (party for hit in hits if hit.term.rule in _BODIES for party in hit.term.parties)
    return any(hit.term.rule in _GOVERNMENT for hit in hits), frozenset(bodies)


def _is_government_host(url: str | None) -> bool:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return False
    return _HOST.search(host) is not None
