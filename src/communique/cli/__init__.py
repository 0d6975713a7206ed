"""The command line: thin doors onto the library, one file for each group of commands."""

from communique.cli.app import app, main

__all__ = ["app", "main"]
