"""Fuzz what reads files, each format for some minutes of processor time, guided by the branches reached (atheris).

usage: python benchmarks/fuzz.py [--seconds N] [FORMAT ...]

Whatever the bytes, a format gives documents that are fit to be kept, or one sentence. An input that gives anything
else is kept under ``build/fuzz/FORMAT/``, once for each place in the program that it breaks; what was found becomes a
test in ``tests/test_sources_damaged.py`` or ``tests/test_sources_mutated.py``. Needs ``benchmarks/fuzz.txt``.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.model import Document
    from communique.sources import Item

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

FOUND = ROOT / "build" / "fuzz"
SLOWEST = 20
"""Seconds that no small input may take."""
MOST_MEMORY = 2048
"""Megabytes."""
LONGEST = 65_536
"""Bytes of an input."""
TRIES = 5
"""How often a format is begun again after an input that took too long or too much memory."""
RUNS = "inputs tried:"

Check = Callable[[bytes], None]


def seeds() -> dict[str, tuple[bytes, ...]]:
    """Whole files of each format to begin from; of zipped ones the part that holds the words."""
    import zipfile
    from io import BytesIO

    import html_samples
    import pdf_samples
    import source_samples
    from test_sources_damaged import ARCHIVES
    from test_sources_mutated import FILES

    def member(data: bytes, name: str) -> bytes:
        return zipfile.ZipFile(BytesIO(data)).read(name)

    def drawn(canvas: "pdf_samples.Canvas") -> None:
        canvas.setPageCompression(0)
        pdf_samples.centred(canvas, "Joint communiqué")
        pdf_samples.lines(canvas, f"{source_samples.FIRST}\n\n{source_samples.SECOND}")

    pages = (html_samples.BLOCK_EDITOR, html_samples.GOVERNMENT_PORTAL, html_samples.BRIEFINGS, html_samples.CHAPTERS)
    sitemap = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc></url></urlset>'
    )
    archives: dict[str, list[bytes]] = {}
    for name, data in ARCHIVES.items():
        archives.setdefault(name.rpartition(".")[2], []).append(data)
    return (
        {kind: files for kind, files in FILES.items() if kind not in ("docx", "odt")}
        | {
            "html": tuple(page.encode() for page in pages),
            "pdf": (pdf_samples.drawn(drawn, drawn),),
            "docx": (member(source_samples.docx_file(), "word/document.xml"),),
            "odt": (member(source_samples.odt_file(), "content.xml"),),
            "markdown": (
                b"---\ntitle: Talks\ndate: 2025-07-01\n---\n# Talks\n\nThey *met* in [Oslo](https://a.example).\n",
            ),
            "plain": (html_samples.TEXT.encode(), html_samples.TEXT.encode("utf-16")),
            "sitemap": (sitemap.encode(), source_samples.RSS, source_samples.ATOM),
        }
        | {kind: tuple(files) for kind, files in archives.items()}
    )


def check_of(name: str) -> Check:
    """What has to hold of any bytes read as this format."""
    import source_samples
    import test_sources_damaged as damaged
    import test_sources_mutated as mutated
    from communique.model import SourceError
    from communique.sources.item import Item
    from communique.sources.listings import read_listing

    scratch = FOUND / name / "input"
    if name in ("docx", "odt"):
        whole = source_samples.docx_file() if name == "docx" else source_samples.odt_file()
        part = "word/document.xml" if name == "docx" else "content.xml"
        return lambda data: mutated.checked(name, source_samples.repacked(whole, {part: data}))
    if name == "sitemap":

        def listed(data: bytes) -> None:
            try:
                read_listing(Item(name="damaged", data=data, url="https://a.example/"))
            except SourceError as error:
                assert "\n" not in str(error)

        return listed
    if (ROOT / "src/communique/sources" / f"parse_{name}.py").exists():

        def read(data: bytes) -> None:
            mutated.checked(name, data)
            for document in _documents(Item(name="damaged", data=data)):
                assert document.published is None or mutated.DAY.fullmatch(document.published)
                document.text.encode("utf-8")

        return read
    return lambda data: damaged.check_items(scratch.with_suffix(f".{name}"), data)


def _documents(item: "Item") -> list["Document"]:
    """What the whole way from bytes to documents gives, whatever kind it takes them for."""
    from communique.model import Document, SourceError
    from communique.sources import documents_of

    try:
        return [found for found in documents_of(item) if isinstance(found, Document)]
    except SourceError as error:
        assert "\n" not in str(error)
        return []


def worker(name: str, seconds: int) -> None:
    """Fuzz one format in this process, which ends when its time is over or an input is too slow or too large."""
    import atheris

    with atheris.instrument_imports(include=["communique", "feedparser", "striprtf"]):
        import communique.sources

        for path in sorted(Path(communique.sources.__file__).parent.glob("*.py")):
            import_module(f"communique.sources.{path.stem}".removesuffix(".__init__"))
    folder = FOUND / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds()[name]):
        (corpus / f"seed-{number}").write_bytes(data)
    check = check_of(name)

    runs, started = count(), time.process_time()

    def once(data: bytes) -> None:
        if time.process_time() - started > seconds:
            print(f"{RUNS} {next(runs)}", file=sys.stderr, flush=True)
            os._exit(0)  # the fuzzer itself knows no limit of processor time
        next(runs)
        try:
            check(data)
        except Exception as error:
            _keep(folder, data, error)

    limits = (f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST_MEMORY}", f"-max_len={LONGEST}")
    atheris.Setup([name, *limits, f"-artifact_prefix={folder}/", str(corpus)], once)
    atheris.Fuzz()


def _keep(folder: Path, data: bytes, error: Exception) -> None:
    """Keep the first input for each place that breaks."""
    frames = traceback.extract_tb(error.__traceback__)
    place = hashlib.sha256(f"{type(error).__name__}{frames[-1].filename}{frames[-1].lineno}".encode()).hexdigest()[:12]
    kept = folder / f"broken-{place}"
    if not kept.exists():
        kept.write_bytes(data)
        kept.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=int, default=600, help="of processor time for each format")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    options = parser.parse_args()
    if options.worker:
        worker(options.worker, options.seconds)
        return
    known = seeds()
    if unknown := set(options.formats) - set(known):
        parser.error(f"there is no format {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    broken = 0
    for name in options.formats or known:
        (FOUND / name).mkdir(parents=True, exist_ok=True)
        runs = "an unknown number of"
        for _ in range(TRIES):
            command = [sys.executable, __file__, "--worker", name, "--seconds", str(options.seconds)]
            done = subprocess.run(
                command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, errors="replace"
            )
            told = [line.split() for line in done.stderr.splitlines() if line.startswith(RUNS)]
            (FOUND / name / "log.txt").write_text(done.stderr, encoding="utf-8")
            if told:
                runs = f"{int(told[0][-1]):,}"
                break
        kept = [
            path for path in (FOUND / name).iterdir() if path.name.startswith(("broken-", "timeout-", "oom-", "crash-"))
        ]
        kept = [path for path in kept if path.suffix != ".txt"]
        broken += len(kept)
        print(f"{name}: {runs} inputs in {options.seconds} s, {len(kept)} that break something", flush=True)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
