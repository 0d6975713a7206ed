"""Entries follow new documents while pages go on showing what the ledger says as yet."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

PATIENCE = 5.0
"""Seconds for which whoever finds entries out of date waits for them; nobody else does."""


class Follower:
    """Brings entries up to date in a thread beside those that make pages.

    Args:
        refresh: brings them up to date.
    """

    def __init__(self, refresh: Callable[[], None]) -> None:
        self._refresh = refresh
        self._alone = threading.Lock()

    def follow(self) -> None:
        """Have entries brought up to date, and wait for that a while; where it is under way already, don't.

        Raises:
            LedgerError: it could not be done.
        """
        if not self._alone.acquire(blocking=False):
            return
        done: Future[None] = Future()
        threading.Thread(target=self._work, args=(done,), daemon=True).start()
        with suppress(TimeoutError):
            done.result(PATIENCE)

    def _work(self, done: Future[None]) -> None:
        problem = None
        try:
            self._refresh()
        except Exception as error:
            problem = error
        finally:
            self._alone.release()
        if problem is None:
            done.set_result(None)
        else:
            done.set_exception(problem)
