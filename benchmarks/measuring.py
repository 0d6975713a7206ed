"""Commands as measured by the benchmark: how long they take, and the memory of all their processes."""

import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

LOOK_EVERY = 1.0
"""Seconds between two looks at the memory, each of which takes some hundredths of a second of a core."""
_ONE_WORKER = "import os; os.cpu_count = lambda: 1; "
_COMMAND = "from communique.cli.app import main; main()"


@dataclass(slots=True)
class Run:
    """What a command took: wall seconds, and megabytes resident at each look, pages shared by processes once."""

    wall: float = 0.0
    megabytes: list[float] = field(default_factory=list)
    output: str = ""

    def peak(self, first: float = 0.0, last: float = 1.0) -> float:
        """The most memory in a part of the run, 0 where it could not be measured."""
        count = len(self.megabytes)
        return max(self.megabytes[int(first * count) : max(1, int(last * count))], default=0.0)


def add(paths: list[str], ledger: Path, *, one_worker: bool = False, memory: bool = False) -> Run:
    """``communique add``, by all cores or by one worker; its memory is looked at only where asked for.

    Raises:
        RuntimeError: it failed.
    """
    command = [sys.executable, "-c", (_ONE_WORKER if one_worker else "") + _COMMAND]
    run, started = Run(), time.perf_counter()
    with (ledger.parent / "output.txt").open("w+") as output:
        process = subprocess.Popen(
            [*command, "add", "--ledger", str(ledger), "--format", "json", *paths],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while memory and process.poll() is None:
            run.megabytes.append(_megabytes(process.pid))
            time.sleep(LOOK_EVERY)
        process.wait()
        run.wall = time.perf_counter() - started
        output.seek(0)
        run.output = output.read()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"communique add failed: {run.output[-500:]}")
    return run


def _megabytes(pid: int) -> float:
    """Proportional set size of a process and all its descendants; 0 where the system does not tell."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            for thread in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (thread / "children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return total / 1024
