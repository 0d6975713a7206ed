"""Pages over the whole ledger: who deals with whom, where, and what changed; and what is shown as files."""

from fastapi import APIRouter

from communique.web import network

router = APIRouter()
for part in (network.router, network.data_router):
    router.include_router(part)
