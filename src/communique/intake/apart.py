"""Work apart: in processes of their own, so that no document can stop, slow or take along the others.

Each process talks over a pipe of its own, so that one that dies in the middle of a word spoils nothing for the rest
(a pool that shares its pipes hangs there). They are started as plain interpreters, neither forked from a program that
may have threads nor importing the caller's main module again, and are replaced as they die.
"""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from communique.intake.process import CPU_SECONDS, WALL_SECONDS, Broken, Process

_LOOK_EVERY = 0.2
"""Seconds between two looks at who has overrun."""
_AHEAD = 2
"""Calls for each process that are handed out and not yet done."""
_WAITING = 32
"""Results for each process that may wait for an earlier one."""

Key = TypeVar("Key")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Call(Generic[Result]):
    """A function of a module with its only argument, to be called in another process."""

    function: Callable[[Any], Result]
    argument: Any


class Crew:
    """Processes that work side by side, one for each core, as long as the context lasts.

    Args:
        prepare: called once in each process before its first work; the first process begins with it at once.
        cpu_seconds: processor time that a call may take.
        wall_seconds: wall time that a call may take.
    """

    def __init__(
        self,
        prepare: Callable[[], object] | None = None,
        *,
        cpu_seconds: int = CPU_SECONDS,
        wall_seconds: float = WALL_SECONDS,
    ) -> None:
        self.size = os.cpu_count() or 1
        self._prepare, self._cpu_seconds, self._wall_seconds = prepare, cpu_seconds, wall_seconds
        self._threads = ThreadPoolExecutor(self.size)
        self._lock = threading.Lock()
        self._processes: set[Process] = set()
        self._idle: deque[Process] = deque()
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()
        if prepare is not None:
            self._idle.append(self._start(prepare))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes at once, whatever they are doing."""
        with self._lock:
            self._ended.set()
            for process in self._processes:
                process.end()
        self._threads.shutdown(cancel_futures=True)
        for process in list(self._processes):
            self._forget(process)

    def call(self, call: Call[Result]) -> Result | Broken:
        """The result of one call, or why there is none.

        Raises:
            CommuniqueError: the function raised it.
        """
        process = self._take()
        if process is None:
            return Broken("was not read: reading was ended.")
        answer = process.call(call.function, call.argument)
        self._give_back(process)
        return answer  # type: ignore[no-any-return]

    def results(self, steps: Iterable[tuple[Key, Call[Result] | Result]]) -> Iterator[tuple[Key, Result | Broken]]:
        """Each step's key with its result, in the order of the steps; calls are made side by side.

        Steps are taken from the iterable as room comes free, so that it may be endless. One that is no call is its
        own result and only waits for its turn.

        Raises:
            CommuniqueError: a function raised it; when the turn of its step comes.
        """
        rest = iter(steps)
        waiting: deque[tuple[Key, Future[Result | Broken] | Result]] = deque()
        try:
            while True:
                while len(waiting) < _WAITING * self.size:
                    at_work = _not_done(waiting)
                    if len(at_work) >= _AHEAD * self.size:
                        break
                    if waiting and len(at_work) >= self.size and _is_done(waiting[0][1]):
                        break  # nobody is idle, so what is ready need not wait for a slow source
                    step = next(rest, None)
                    if step is None:
                        break
                    key, what = step
                    waiting.append((key, self._threads.submit(self.call, what) if isinstance(what, Call) else what))
                if not waiting:
                    return
                if not _is_done(waiting[0][1]):
                    # any that is done makes room for another, so that a long one in front keeps nobody idle
                    wait(_not_done(waiting), return_when=FIRST_COMPLETED)
                    continue
                key, found = waiting.popleft()
                yield key, found.result() if isinstance(found, Future) else found
        finally:
            for _, found in waiting:
                if isinstance(found, Future):
                    found.cancel()

    def each(self, call: Call[Iterable[Result]]) -> Iterator[Result | Broken]:
        """What a function gives one by one in a process of its own, which runs at most a pipe's length ahead.

        Where the process dies or overruns, the last thing given is the reason.
        """
        process = self._start(None)
        try:
            yield from process.each(call.function, call.argument)
        finally:
            process.end()
            self._forget(process)

    def _take(self) -> Process | None:
        while self._idle:
            process = self._idle.popleft()
            if process.is_alive:
                return process
            self._forget(process)
        return None if self._ended.is_set() else self._start(self._prepare)

    def _give_back(self, process: Process) -> None:
        if process.is_alive:
            self._idle.append(process)
        else:
            self._forget(process)

    def _start(self, prepare: Callable[[], object] | None) -> Process:
        process = Process(sys.path, self._cpu_seconds, self._wall_seconds)
        with self._lock:
            self._processes.add(process)
            if self._ended.is_set():
                process.end()
        if prepare is not None:
            process.prepare(prepare)
        return process

    def _forget(self, process: Process) -> None:
        with self._lock:
            self._processes.discard(process)
        process.close()

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_EVERY):
            with self._lock:
                for process in self._processes:
                    process.end_if_overrun()


def _is_done(found: object) -> bool:
    return not isinstance(found, Future) or found.done()


def _not_done(waiting: Iterable[tuple[object, object]]) -> list[Future[Any]]:
    return [found for _, found in waiting if isinstance(found, Future) and not found.done()]
