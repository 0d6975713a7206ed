"""Pages over the whole ledger: who deals with whom, where, and what changed; and what is shown as files."""

from fastapi import APIRouter

from communique.web import digest, exports, exports_lists, network, places, timelines

router = APIRouter()
# files first: "2025-10-31.csv" would pass for the name of a day
for part in (
    exports.router,
    exports_lists.router,
    network.router,
    network.data_router,
    places.router,
    places.data_router,
    timelines.router,
    digest.router,
    digest.data_router,
):
    router.include_router(part)
