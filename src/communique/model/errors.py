"""Errors that a user can act on, split by who has to act.

Each message is one sentence that says what is wrong and what to do next.
"""


class CommuniqueError(Exception):
    """Root of all errors that the package raises on purpose; ``exit_code`` is what a command ends with."""

    exit_code = 1


class UsageError(CommuniqueError):
    """The request itself is wrong: a missing file, an impossible date, an unknown option value."""

    exit_code = 2


class SourceError(CommuniqueError):
    """A source can't be read as a document: binary, empty, too large, undecodable."""


class ModelError(CommuniqueError):
    """The reader's weights are missing or damaged: the installation needs mending."""


class LedgerError(CommuniqueError):
    """The ledger can't be used: no ledger, out of reach, from a newer version, read-only, damaged."""


class ConflictError(CommuniqueError):
    """What was looked at before deciding has changed since: somebody has to look again."""
