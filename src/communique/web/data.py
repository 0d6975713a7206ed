"""What all answers under ``/api`` have in common; the questions stand beside it by what they are about."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from communique.model.printable import as_json
from communique.resolve.compare import Comparison
from communique.web.answers_entries import ErrorAnswer

Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]
Name = Annotated[str, Query(max_length=300)]
Parties = Annotated[
    list[str] | None,
    Query(
        alias="party",
        max_length=20,
        description="By code or name; all of several take part.",
        examples=[["IN", "United States"]],
    ),
]


def api_router() -> APIRouter:
    """A router for questions, whose errors are described."""
    return APIRouter(
        prefix="/api",
        responses={
            304: {"description": "Unchanged since the answer whose ETag was sent with If-None-Match."},
            400: {"model": ErrorAnswer, "description": "Something that can't be asked."},
            401: {"description": "A token is needed, where others than this machine can ask."},
            404: {"model": ErrorAnswer, "description": "Nothing is called that."},
            503: {"model": ErrorAnswer, "description": "The ledger can't be used now."},
        },
    )


def answer(value: Any, status: int = 200, request: Request | None = None) -> Response:
    """The value as JSON, letters as they are and control characters spelt out."""
    headers = getattr(request.state, "validators", {}) if request is not None else {}
    return Response(as_json(value).encode("utf-8", "replace"), status, headers, "application/json")


def part(request: Request, total: int, limit: int, offset: int, items: list[Any], **more: Any) -> Response:
    """Some of many, with the address of the next ones."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name not in ("offset", "limit")]
    following = urlencode([*asked, ("limit", limit), ("offset", offset + limit)])
    address = f"{request.url.path}?{following}" if offset + limit < total else None
    found = {"total": total, "limit": limit, "offset": offset, "next": address, "items": items}
    return answer(found | more, request=request)


def compared(found: Comparison) -> dict[str, Any]:
    """What speaks for and against two being one."""
    features = [{"name": f.name, "weight": round(f.weight, 3), "detail": f.detail} for f in found.features]
    return {"features": features, "total": round(found.total, 3), "same": found.same}
