"""Work apart keeps the order, takes things as they are needed, and outlives whatever a process does."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from communique.intake import ADDRESS_SPACE, Broken, Call, Crew
from communique.model import ModelError, SourceError

CPU_SECONDS, WALL_SECONDS = 1, 30.0


def double(number: int) -> int:
    return 2 * number


def wait(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def count_up(_: None) -> None:
    for _number in count():
        pass


def die(sign: int) -> None:
    os.kill(os.getpid(), sign)


def take(size: int) -> int:
    return len(bytes(size))


def fail(error: Exception) -> None:
    raise error


def print_and_give(text: str) -> str:
    print(text, flush=True)
    os.write(1, text.encode())
    return text


def unreadable(_: None) -> Any:
    return lambda: None


def process(_: None) -> int:
    return os.getpid()


def hold(pipe: Path) -> None:
    """Keep a pipe open for ten minutes."""
    with pipe.open("w"):
        time.sleep(600)


def numbers(most: int) -> Iterator[int]:
    yield from range(most)


def make(path: Path) -> bool:
    path.touch()
    return True


def wait_for(path: Path) -> bool:
    while not path.exists():
        time.sleep(0.01)
    return True


def numbers_then_death(most: int) -> Iterator[int]:
    yield from range(most)
    os._exit(3)


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    with Crew(cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS) as crew:
        yield crew


def test_results_come_in_the_order_of_the_steps(crew: Crew) -> None:
    steps = [(number, Call(wait, 0.02 * (7 - number)) if number % 2 else -number) for number in range(8)]
    found = list(crew.results(steps))
    assert [key for key, _ in found] == list(range(8))
    assert [result for _, result in found] == [0, 0.12, -2, 0.08, -4, 0.04, -6, 0.0]


def test_a_long_one_in_front_keeps_nobody_idle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    mark = tmp_path / "made by the last"
    steps = [
        (0, Call(wait_for, mark)),
        *((number, Call(double, number)) for number in range(1, 12)),
        (12, Call(make, mark)),
    ]
    with Crew(cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS) as crew:
        assert [result for _, result in crew.results(steps)] == [True, *range(2, 24, 2), True]


def test_an_endless_source_is_read_only_as_far_as_needed(crew: Crew) -> None:
    taken = []

    def source() -> Iterator[tuple[int, Call[int]]]:
        for number in count():
            taken.append(number)
            yield number, Call(double, number)

    assert [result for _, result in islice(crew.results(source()), 3)] == [0, 2, 4]
    assert len(taken) < 100


def test_whole_runs_can_stand_behind_each_other(crew: Crew) -> None:
    doubled = crew.results((number, Call(double, number)) for number in range(50))
    again = crew.results((key, Call(double, result)) for key, result in doubled)
    assert [result for _, result in again] == [4 * number for number in range(50)]


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (Call(die, 9), "ended the process that was to read it (SIGKILL)"),
        (Call(die, 11), "ended the process that was to read it (SIGSEGV)"),
        (Call(count_up, None), "took longer than 1 seconds of computing"),
        (Call(take, 2 * ADDRESS_SPACE), "needs more than 4 GB of memory"),
        (Call(fail, ValueError("no\nway")), "a fault of communique (ValueError no way)"),
        (Call(fail, RecursionError()), "a fault of communique (RecursionError)"),
        (Call(unreadable, None), "a fault of communique"),
        (Call(eval, "__import__('sys').exit(3)"), "ended the process that was to read it (exit code 3)"),
    ],
)
def test_one_that_breaks_has_a_reason_and_stops_no_other(crew: Crew, call: Call[Any], reason: str) -> None:
    steps = [(0, Call(double, 1)), (1, call), (2, Call(double, 2)), (3, Call(double, 3))]
    started = time.monotonic()
    found = [result for _, result in crew.results(steps)]
    assert time.monotonic() - started < 20 * WALL_SECONDS
    assert [found[0], *found[2:]] == [2, 4, 6]
    assert isinstance(found[1], Broken) and reason in found[1].reason
    assert "\n" not in found[1].reason and found[1].reason.endswith(".")


def test_one_that_waits_for_too_long_is_given_up_and_stops_no_other() -> None:
    steps = [(0, Call(len, "a")), (1, Call(time.sleep, 60.0)), (2, Call(len, "abc"))]
    with Crew(wall_seconds=2.0) as crew:
        first, second, third = (result for _, result in crew.results(steps))
    assert (first, third) == (1, 3)
    assert isinstance(second, Broken) and "took longer than 2 seconds and was given up" in second.reason


def test_an_error_for_the_user_is_raised_at_its_turn(crew: Crew) -> None:
    seen = []
    with pytest.raises(ModelError, match="no weights"):
        for key, _ in crew.results([(0, 1), (1, Call(double, 2)), (2, Call(fail, ModelError("no weights")))]):
            seen.append(key)
    assert seen == [0, 1]
    with pytest.raises(SourceError):
        crew.call(Call(fail, SourceError("empty")))


def test_what_is_printed_does_not_reach_the_conversation(crew: Crew) -> None:
    assert crew.call(Call(print_and_give, "met")) == "met"


def test_a_large_result_comes_whole(crew: Crew) -> None:
    assert crew.call(Call(take, 30_000_000)) == 30_000_000
    assert crew.call(Call(bytes, 30_000_000)) == bytes(30_000_000)


@pytest.mark.parametrize(("function", "ended"), [(numbers, ""), (numbers_then_death, "(exit code 3)")])
def test_what_comes_one_by_one_is_given_up_to_its_end(crew: Crew, function: Any, ended: str) -> None:
    found = list(crew.each(Call(function, 5)))
    assert found[:5] == [0, 1, 2, 3, 4]
    assert len(found) == 5 + bool(ended)
    assert all(isinstance(one, Broken) and ended in one.reason for one in found[5:])


def test_what_nobody_asks_for_is_not_made(crew: Crew) -> None:
    endless = crew.each(Call(numbers, 10**12))
    assert list(islice(endless, 1000)) == list(range(1000))
    endless.close()


def test_no_process_outlives_its_crew() -> None:
    with Crew(cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS) as crew:
        pids = {crew.call(Call(process, None))}
        waiting = crew.results([(0, Call(process, None)), (1, Call(wait, 60.0))])
        pids.add(next(waiting)[1])
        started = time.monotonic()
    assert time.monotonic() - started < WALL_SECONDS
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


_HOLDING = """
import sys
from pathlib import Path
from communique.intake import Call, Crew
from test_intake_apart import hold
with Crew() as crew:
    crew.call(Call(hold, Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")
def test_no_process_outlives_a_program_that_is_killed(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    program = subprocess.Popen([sys.executable, "-c", _HOLDING, str(pipe)], cwd=Path(__file__).parent)
    with pipe.open("rb") as held:  # once the process at work has opened it, too
        program.send_signal(signal.SIGKILL)
        program.wait()
        assert select.select([held], [], [], WALL_SECONDS)[0], "the process ends and its side of the pipe with it"
        assert held.read() == b""
