"""A batch that is killed again and again loses nothing: ``python benchmarks/killed.py``.

Documents of two states each, many of which tell of the same things, are added in one process, the entries being
brought up to date now and then. It is killed (SIGKILL) after a random time, the ledger is checked as ``communique
doctor`` does, and the next process goes on. In the end the ledger's export is compared with an undisturbed run's.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from communique import Document, Ledger
from communique.model import (
    Agreement,
    AgreementStage,
    Engagement,
    EngagementStage,
    EngagementType,
    Record,
    Span,
    Status,
    Strength,
    Undertaking,
)
from communique.views import entry_to_json

REFRESHED_EVERY = 7
"""Documents after which the batch asks for the entries, so that kills hit derivations too."""
PAIRS = (("US", "IN"), ("JP", "PH"), ("PL", "FR"), ("AU", "GB"), ("KR", "US"), ("IN", "FR"))
NAMES = ("logistics support agreement", "visiting forces agreement", "maritime security arrangement")


def documents(number: int) -> Iterator[tuple[Document, tuple[Record, ...]]]:
    """Documents about a few things, so that many of them tell of the same one."""
    chance = random.Random(number)
    for at in range(number):
        parties = chance.choice(PAIRS)
        name, month, day = chance.choice(NAMES), chance.randint(1, 12), chance.randint(1, 28)
        stage = chance.choice((AgreementStage.NEGOTIATING, AgreementStage.SIGNED, AgreementStage.IN_FORCE))
        published = f"2024-{month:02}-{day:02}"
        sentences = (
            f"Ministers of {parties[0]} and {parties[1]} met on {published}.",
            f"They spoke of the {name}, which is {stage.value}.",
            f"They will sign the {name}.",
        )
        spans, start = [], 0
        for sentence in sentences:
            spans.append(Span(start, start + len(sentence)))
            start += len(sentence) + 1
        records: tuple[Record, ...] = (
            Engagement(
                type=EngagementType.MEETING,
                stage=EngagementStage.HELD,
                parties=parties,
                date=published,
                evidence=(spans[0],),
            ),
            Agreement(name=name, stage=stage, parties=parties, evidence=(spans[1],)),
            Undertaking(
                action=f"sign the {name}",
                by=parties[:1],
                to=parties[1:],
                strength=Strength.INTENTION,
                status=Status.OPEN,
                evidence=(spans[2],),
            ),
        )
        yield Document(text=" ".join(sentences), published=published, source=f"{at}.txt"), records


def add_all(path: Path, number: int) -> None:
    """Add the documents that are not there yet, bringing the entries up to date now and then."""
    with Ledger(path) as ledger:
        for at, (document, records) in enumerate(documents(number)):
            if ledger.add(document, records).outcome != "known" and at % REFRESHED_EVERY == 0:
                ledger.counts()


def exported(path: Path) -> str:
    """All entries as JSON lines."""
    with Ledger(path, read_only=True) as ledger:
        return "".join(json.dumps(entry_to_json(entry)) + "\n" for entry in ledger.export())


def killed_once(path: Path, number: int, seconds: float) -> bool:
    """Run the batch and kill it so long after it began; whether it was still running."""
    command = [sys.executable, __file__, "--add", str(path), "--documents", str(number)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return running


def measure(number: int, kills: int) -> bool:
    """Kill the batch so many times, and print what was found; whether nothing was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        whole, path = Path(folder) / "whole.db", Path(folder) / "killed.db"
        started = time.monotonic()
        add_all(whole, number)
        spent = time.monotonic() - started
        chance, findings, hits, left = random.Random(kills), [], 0, number
        for _ in range(kills):
            hits += killed_once(path, number, chance.uniform(0, 2 * spent / kills))
            with Ledger(path) as ledger:
                found = ledger.check()
                findings += found
                left = number - ledger.counts()["documents"] if not found else left
            if left == 0:
                path.unlink()  # the batch got through: the next one starts anew
        add_all(path, number)
        with Ledger(path) as ledger:
            findings += ledger.check()
        equal = exported(path) == exported(whole)
    print(f"{number} documents, {kills} kills, {hits} of them while the batch ran.")
    print(f"Wrong after a kill, as doctor sees it: {len(findings)}.")
    for finding in findings[:10]:
        print(f"  {finding.check}: {finding.message}")
    print(f"Export equal to that of an undisturbed run: {'yes' if equal else 'NO'}.")
    return equal and not findings


def main() -> None:
    """Measure, or add documents where another process measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--add", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.add is not None:
        print("ready", flush=True)
        add_all(given.add, given.documents)
    elif not measure(given.documents, given.kills):
        sys.exit(1)


if __name__ == "__main__":
    main()
