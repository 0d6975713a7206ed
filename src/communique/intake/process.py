"""One process that does what it is asked over a pipe, within limits of time and memory."""

import contextlib
import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, BinaryIO, NoReturn

from communique.model import CommuniqueError, ModelError

CPU_SECONDS = 60
"""Processor time for one document, and for an archive from one member to the next; a book of 400 pages takes 20."""
WALL_SECONDS = 300.0
"""Wall time for the same: what waits for something is given up, what shares a busy machine with others is not."""
ADDRESS_SPACE = 4 << 30
"""Bytes of address space of one process; reading takes 0.5 GB of it and touches half of that."""

_START_SECONDS = 300.0
"""Wall time in which a process has to start, on however busy a machine."""
_END_SECONDS = 2.0
_BOOT = "import sys; sys.path[:] = {path!r}; from communique.intake.process import serve; serve()"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""Documents are read side by side instead; and each thread of 64 would take its share of the address space."""
_GAVE, _RAISED, _BROKE, _DONE = "gave", "raised", "broke", "done"
_Answer = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a call gave nothing: a sentence without its subject, the name of what was read."""

    reason: str


class Process:
    """An interpreter that calls functions of modules, one at a time.

    Args:
        path: where it looks for modules.
        cpu_seconds: processor time that one call may take, where the system can hold to it (not on Windows).
        wall_seconds: wall time that one call may take.
    """

    def __init__(self, path: Sequence[str], cpu_seconds: int, wall_seconds: float) -> None:
        self._cpu_seconds, self._wall_seconds = cpu_seconds, wall_seconds
        # -P and a path of our own: nothing is imported from the folder that the user happens to stand in. A group of
        # its own, so that Ctrl-C reaches the main process alone, which ends this one.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT.format(path=list(path))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ONE_THREAD,
            process_group=0 if os.name == "posix" else None,
        )
        self._unheard = 1
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._overran = False

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def prepare(self, function: Callable[[], object]) -> None:
        """Have a function called before anything else; what it gives or raises goes unheard."""
        with contextlib.suppress(OSError):
            self._send(_prepared, function)
            self._unheard += 1

    def call(self, function: Callable[[Any], Any], argument: Any) -> Any:
        """What the function gives for the argument, or a :class:`Broken`.

        Raises:
            ModelError: the process can't be started.
            CommuniqueError: the function raised it.
        """
        self._get_ready()
        try:
            self._send(_called, function, argument, self._cpu_seconds)
        except OSError:
            return self._died()
        return self._told(self._answer(self._wall_seconds))

    def each(self, function: Callable[[Any], Iterable[Any]], argument: Any) -> Iterator[Any]:
        """What the function gives for the argument, one by one, within the limits each; a :class:`Broken` ends it.

        Raises:
            ModelError: the process can't be started.
        """
        self._get_ready()
        try:
            self._send(_iterated, function, argument, self._cpu_seconds)
        except OSError:
            yield self._died()
            return
        while (answer := self._answer(self._wall_seconds))[0] != _DONE:
            found = self._told(answer)
            yield found
            if isinstance(found, Broken):
                return

    def end_if_overrun(self) -> None:
        """End the process if it has been at work on one thing for too long."""
        with self._lock:
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._overran = True
                self.end()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()

    def close(self) -> None:
        """Let go of a process that has ended or was told to."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._process.wait()

    def _send(self, *message: Any) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        # Wrapped, so that what can't be unpickled there is an answer and does not leave the pipe in the middle of it.
        pickle.dump(pickle.dumps(message, pickle.HIGHEST_PROTOCOL), pipe, pickle.HIGHEST_PROTOCOL)
        pipe.flush()

    def _get_ready(self) -> None:
        """Hear that the process has started and prepared itself, which counts against no document."""
        while self._unheard:
            how, what = self._answer(_START_SECONDS)
            if how == _BROKE:
                raise ModelError(f"The process that is to read documents {what} Install communique again.")
            self._unheard -= 1

    def _answer(self, seconds: float) -> _Answer:
        assert self._process.stdout is not None
        with self._lock:
            self._deadline = time.monotonic() + seconds
        try:
            answer: _Answer = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            return _BROKE, self._died().reason
        finally:
            with self._lock:
                self._deadline = None
        return answer

    def _told(self, answer: _Answer) -> Any:
        how, what = answer
        if how == _RAISED:
            raise what
        return Broken(what) if how == _BROKE else what

    def _died(self) -> Broken:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)  # its pipe is closed before its exit code is known
        self._process.kill()
        code = self._process.wait()
        if self._overran or -code == getattr(signal, "SIGXCPU", None):
            most = (
                f"{self._wall_seconds:g} seconds" if self._overran else f"{self._cpu_seconds} seconds of computing time"
            )
            return Broken(f"took longer than {most} and was given up: split it, or give it as plain text.")
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"exit code {code}"
        return Broken(f"ended the process that was to read it ({name}): give it as plain text, or try it again.")


def serve() -> NoReturn:
    """Do what is asked on standard input until that ends, and answer on standard output: a process as a whole."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)  # a library that reads or prints something does not meddle with the conversation
    _limit_memory()
    messages: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked, messages), daemon=True).start()
    _write(answers, (_DONE, None))
    while True:
        try:
            handle, *rest = pickle.loads(messages.get())
            found: Iterable[_Answer] = handle(*rest)
            for answer in found:
                _write(answers, answer)
        except CommuniqueError as error:
            _write(answers, (_RAISED, error))
        except MemoryError:
            _write(answers, (_BROKE, f"needs more than {ADDRESS_SPACE >> 30} GB of memory to be read: split it."))
        except Exception as error:
            told = " ".join(f"{type(error).__name__} {error}".split())[:200]
            _write(answers, (_BROKE, f"can't be read by a fault of communique ({told}): please report it."))


def _listen(asked: BinaryIO, messages: "SimpleQueue[bytes]") -> None:
    """Take what is asked; when nobody is there to ask any more, end the process, whatever it is doing for nobody."""
    code = 1
    try:
        while True:
            messages.put(pickle.load(asked))
    except EOFError:
        code = 0
    finally:
        os._exit(code)


def _write(answers: BinaryIO, answer: _Answer) -> None:
    answers.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    answers.flush()


def _prepared(function: Callable[[], object]) -> Iterator[_Answer]:
    with contextlib.suppress(Exception):
        function()
    yield _DONE, None


def _called(function: Callable[[Any], Any], argument: Any, seconds: int) -> Iterator[_Answer]:
    _limit_time(seconds)
    yield _GAVE, function(argument)


def _iterated(function: Callable[[Any], Iterable[Any]], argument: Any, seconds: int) -> Iterator[_Answer]:
    _limit_time(seconds)
    for found in function(argument):
        yield _GAVE, found
        _limit_time(seconds)
    yield _DONE, None


def _limit_memory() -> None:
    """Refuse memory beyond the limit where the system can (not on Windows; macOS does not hold to it)."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, ADDRESS_SPACE), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _limit_time(seconds: int) -> None:
    """Have the system end this process when it has computed for so long from now on, whether or not anybody watches."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), hard))
