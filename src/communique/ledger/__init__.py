"""Records and what follows from them in one SQLite file, with full-text search and integrity checks."""

from communique.ledger.reading import entry_query
from communique.ledger.shapes import (
    Actor,
    Added,
    Derivation,
    Derived,
    Finding,
    Hit,
    Outcome,
    People,
    Reported,
    StoredDocument,
)
from communique.ledger.store import Store

__all__ = [
    "Actor",
    "Added",
    "Derivation",
    "Derived",
    "Finding",
    "Hit",
    "Outcome",
    "People",
    "Reported",
    "Store",
    "StoredDocument",
    "entry_query",
]
