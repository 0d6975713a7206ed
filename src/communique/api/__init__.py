"""The Python door: a ledger as an object, and extraction from single documents."""

from communique.api.ledger import Ledger
from communique.api.reading import extract, read

__all__ = ["Ledger", "extract", "read"]
