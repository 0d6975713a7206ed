"""One line that names an entry."""

from collections.abc import Sequence
from typing import Any

from communique.model import Kind

_CLIP = 90
"""Characters of a statement's content in its title."""
_ITEMS = 3
"""Items of a transfer in its title."""


def title(kind: Kind, fields: dict[str, Any]) -> str:
    """One line that names the thing."""
    match kind:
        case Kind.ENGAGEMENT:
            parts = (_listing(fields["parties"]) + ": " + fields["type"], fields["date"], fields["place"])
            return ", ".join(part for part in parts if part).removeprefix(": ")
        case Kind.TRANSFER:
            items = ", ".join(_item(item) for item in fields["items"][:_ITEMS]) or "defence items"
            items += f" and {len(fields['items']) - _ITEMS} more" if len(fields["items"]) > _ITEMS else ""
            sides = (_listing(fields["supplier"]), "to " + _listing(fields["recipient"]))
            return ", ".join((items, " ".join(side for side in sides if side not in ("", "to ")))).removesuffix(", ")
        case Kind.UNDERTAKING:
            return str(fields["action"])
        case Kind.STATEMENT:
            return f"{_listing(fields['speakers'])}: {_clipped(fields['content'])}".removeprefix(": ")
        case Kind.AGREEMENT | Kind.INITIATIVE:
            return str(fields["name"])


def _listing(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _item(item: dict[str, Any]) -> str:
    return f"{item['what']} x{item['quantity']}" if item["quantity"] is not None else str(item["what"])


def _clipped(content: str) -> str:
    if len(content) <= _CLIP:
        return content
    return content[:_CLIP].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
