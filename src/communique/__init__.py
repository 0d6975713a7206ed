"""communique reads what governments announce, promise, sign, sell and deliver, and keeps a ledger of it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.api import Ledger, extract, read
    from communique.model import Document

__all__ = ["Document", "Ledger", "extract", "read"]

_HOMES = {
    "Document": "communique.model",
    "Ledger": "communique.api",
    "extract": "communique.api",
    "read": "communique.api",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
