"""Records and what follows from them in one SQLite file, with full-text search and integrity checks."""

from communique.ledger.intake import SEVERAL
from communique.ledger.listings import entry_query
from communique.ledger.naming import Named
from communique.ledger.shapes import (
    Actor,
    Added,
    Aspects,
    Change,
    DecisionState,
    Derivation,
    Difference,
    Doubted,
    Fate,
    Finding,
    Hit,
    Lookup,
    Outcome,
    People,
    Reported,
    Rereading,
    Revision,
    RevisionComparison,
    StoredDocument,
    Taken,
)
from communique.ledger.store import Read, Store

__all__ = [
    "SEVERAL",
    "Actor",
    "Added",
    "Aspects",
    "Change",
    "DecisionState",
    "Derivation",
    "Difference",
    "Doubted",
    "Fate",
    "Finding",
    "Hit",
    "Lookup",
    "Named",
    "Outcome",
    "People",
    "Read",
    "Reported",
    "Rereading",
    "Revision",
    "RevisionComparison",
    "Store",
    "StoredDocument",
    "Taken",
    "entry_query",
]
