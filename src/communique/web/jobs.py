"""Batches of documents that were sent: one is read at a time, in processes of its own, and the others wait in line."""

import logging
import secrets
import shutil
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from communique.api import Ledger
from communique.api.uploading import Upload, sender_name
from communique.intake import Crew, prepare
from communique.ledger import Taken
from communique.model import CommuniqueError
from communique.sources import Origin
from communique.sources.item import name_of_label

_LOG = logging.getLogger(__name__)
MOST_WAITING = 20
"""Batches that may wait in line."""
KEPT, KEPT_SECONDS = 50, 3600
"""How many batches are remembered when they are done, and how long their files are, where some could not be read."""
_FAULT = "This is a fault of communique: please report it."


class State(StrEnum):
    """How far a batch has come."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class LineFullError(CommuniqueError):
    """So many batches wait that no other one is taken."""


@dataclass(slots=True)
class Job:
    """One batch.

    Attributes:
        given: the files that were sent, or one address.
        folder: where the files are, None where there are none any more.
        by: the name of whoever sent it, as far as it is known.
        now: the name of what is being read.
        taken: what became of each document.
        problem: why the whole batch was not read to its end.
    """

    given: Sequence[Upload] | str
    origin: Origin
    by: str = ""
    folder: Path | None = None
    ungated: bool = False
    retry: bool = False
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    state: State = State.WAITING
    now: str = ""
    taken: list[Taken] = field(default_factory=list)
    problem: str = ""
    ended: float = 0.0
    stopping: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it."""
        return self.state in (State.DONE, State.STOPPED, State.FAILED)

    def of(self, *outcomes: str) -> list[Taken]:
        """The documents of which one of these things became."""
        return [one for one in tuple(self.taken) if one.outcome in outcomes]

    @property
    def names(self) -> list[str]:
        """What was given, as whoever sent it calls it."""
        return [self.given] if isinstance(self.given, str) else [sender_name(one.name) for one in self.given]

    @property
    def begun(self) -> int:
        """Of how many of the things that were given it is known what became of them."""
        if isinstance(self.given, str):
            return min(1, len(self.taken))
        items = {name_of_label(one.item).partition("!")[0] for one in tuple(self.taken)}
        return sum(one.name in items for one in self.given)


class Jobs:
    """All batches of this program, and the thread that reads them.

    Args:
        ledger: the ledger, as pages ask for it.
    """

    def __init__(self, ledger: Callable[[], AbstractContextManager[Ledger]]) -> None:
        self._ledger = ledger
        self._changed = threading.Condition()
        self._line: deque[Job] = deque()
        self._jobs: dict[str, Job] = {}
        self._crew: Crew | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def folder(self) -> Path:
        """A new folder that nobody else may look into."""
        return Path(tempfile.mkdtemp(prefix="communique-"))

    def add(self, job: Job) -> Job:
        """Put a batch in line.

        Raises:
            LineFullError: too many wait, or the program is about to end.
        """
        self._forget_old()
        with self._changed:
            if self._closed or len(self._line) >= MOST_WAITING:
                raise LineFullError(f"{len(self._line)} batches wait to be read: send this one when they are done.")
            self._jobs[job.id] = job
            self._line.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="reads what was sent", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return job

    def get(self, job_id: str) -> Job | None:
        """The batch with this id, as long as it is remembered."""
        return self._jobs.get(job_id)

    def every(self) -> list[Job]:
        """All that are remembered, the latest first."""
        return list(reversed(tuple(self._jobs.values())))

    def ahead(self, job: Job) -> int:
        """How many batches are read before a waiting one."""
        with self._changed:
            if job not in self._line:
                return 0
            return self._line.index(job) + (1 if self._crew is not None else 0)

    def stop(self, job: Job) -> None:
        """Read no further in a batch; what was added stays."""
        with self._changed:
            job.stopping = True
            if job in self._line:
                self._line.remove(job)
                self._end(job, State.STOPPED)
            elif job.state is State.READING and self._crew is not None:
                self._crew.close()

    def close(self) -> None:
        """Read nothing more, and take all files away."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for job in self.every():
            if not job.is_over:
                self.stop(job)
        if self._thread is not None:
            self._thread.join(timeout=10)
        for job in self.every():
            _remove(job)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                self._read(job)
                self._end(job, State.STOPPED if job.stopping else State.DONE)
            except Exception as error:
                if not job.stopping:
                    job.problem = str(error) if isinstance(error, CommuniqueError) else _FAULT
                    if job.problem == _FAULT:
                        _LOG.error("a batch of documents could not be read", exc_info=error)
                self._end(job, State.STOPPED if job.stopping else State.FAILED)

    def _next(self) -> Job | None:
        with self._changed:
            while not self._line and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            job = self._line.popleft()
            job.state = State.READING
            self._crew = Crew(prepare)
            return job

    def _read(self, job: Job) -> None:
        crew = self._crew
        if crew is None or job.stopping:
            return
        try:
            with self._ledger() as ledger:
                for taken in _taken(ledger, job, crew):
                    if job.stopping:
                        return
                    job.taken.append(taken)
                ledger.refresh()
        finally:
            self._crew = None
            crew.close()

    def _end(self, job: Job, state: State) -> None:
        job.now, job.ended, job.state = "", time.monotonic(), state
        if not job.of("failed", "passed over"):
            _remove(job)

    def _forget_old(self) -> None:
        """Take away files that wait in vain to be tried again, and forget the oldest batches."""
        over = [job for job in tuple(self._jobs.values()) if job.is_over]
        for job in over:
            if time.monotonic() - job.ended > KEPT_SECONDS:
                _remove(job)
        for job in over[: max(0, len(over) - KEPT)]:
            _remove(job)
            self._jobs.pop(job.id, None)


def _taken(ledger: Ledger, job: Job, crew: Crew) -> Iterator[Taken]:
    def begun(name: str) -> None:
        job.now = sender_name(name)

    origin = job.origin
    about: dict[str, Any] = asdict(origin)
    if isinstance(job.given, str):
        retry, ungated = job.retry, job.ungated
        return ledger.add_paths([job.given], **about, ungated=ungated, retry=retry, begun=begun, crew=crew)
    return ledger.add_uploads(job.given, **about, ungated=job.ungated, begun=begun, crew=crew)


def _remove(job: Job) -> None:
    """Take the files of a batch away."""
    folder, job.folder = job.folder, None
    if folder is not None:
        with suppress(OSError):
            shutil.rmtree(folder)
