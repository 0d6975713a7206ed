"""Records and what follows from them in one SQLite file, with full-text search and integrity checks."""

from communique.ledger.naming import Named
from communique.ledger.reading import entry_query
from communique.ledger.shapes import (
    Actor,
    Added,
    Change,
    DecisionState,
    Derivation,
    Difference,
    Finding,
    Hit,
    Lookup,
    Outcome,
    People,
    Reported,
    Rereading,
    StoredDocument,
)
from communique.ledger.store import Read, Store

__all__ = [
    "Actor",
    "Added",
    "Change",
    "DecisionState",
    "Derivation",
    "Difference",
    "Finding",
    "Hit",
    "Lookup",
    "Named",
    "Outcome",
    "People",
    "Read",
    "Reported",
    "Rereading",
    "Store",
    "StoredDocument",
    "entry_query",
]
