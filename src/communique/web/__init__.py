"""The ledger on screen: a local web application whose pages are rendered here and need no script."""

from communique.web.app import create_app, prepare

__all__ = ["create_app", "prepare"]
