"""Archives: what comes out of each kind, how it is called, and what is refused."""

import gzip
import io
import random
import resource
import tarfile
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard
from tests.packed_samples import COMPRESSIONS, crawl, record, tarred, wacz, zipped

from communique.model import Document, SourceError
from communique.sources import Item, Problem, documents_of, items_of, read
from communique.sources.budget import MOST_NESTING

TEXT = b"The ministers met in Examplia."
FILES = {
    "talks/readout.txt": TEXT,
    "../../outside.md": b"# Talks\n\nThey met.",
    "talks/": b"",
    "style.css": b"p {}",
    ".hidden.txt": TEXT,
    "__MACOSX/readout.txt": TEXT,
    "empty.txt": b"",
    "bidi\u202etxt.txt": TEXT,
}
TOLD = [
    ("!talks/readout.txt", TEXT),
    ("!../../outside.md", b"# Talks\n\nThey met."),
    ("!style.css", "has an extension that is not read"),
    ("!empty.txt", "is empty"),
    ("!bidi\ufffdtxt.txt", TEXT),
]


def _found(folder: Path, name: str, content: bytes) -> list[Item | Problem]:
    path = folder / name
    path.write_bytes(content)
    return list(items_of(str(path)))


def _told(folder: Path, name: str, content: bytes) -> list[tuple[str, bytes | str]]:
    """The end of each name from the archive's own on, with the bytes or the reason."""
    start = len(str(folder / name))
    return [
        (one.name[start:], one.data if isinstance(one, Item) else one.reason) for one in _found(folder, name, content)
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(FILES)),
        ("a.dat", zipped(FILES, zipfile.ZIP_STORED)),
        ("a.lzma.zip", zipped(FILES, zipfile.ZIP_LZMA)),
        ("a.tar", tarred(FILES)),
        ("old.tar", tarred(FILES, tarfile.GNU_FORMAT)),
        *((f"a.tar.{suffix}", pack(tarred(FILES))) for suffix, pack in COMPRESSIONS.items()),
        ("a.tgz", gzip.compress(tarred(FILES))),
    ],
)
def test_what_an_archive_holds(tmp_path: Path, name: str, content: bytes) -> None:
    told = _told(tmp_path, name, content)
    assert [name for name, _ in told] == [name for name, _ in TOLD]
    for (_, said), (_, expected) in zip(told, TOLD, strict=True):
        assert said == expected if isinstance(expected, bytes) else expected in str(said)
    assert not (tmp_path.parent.parent / "outside.md").exists()
    assert list(tmp_path.iterdir()) == [tmp_path / name]


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_a_single_compressed_file_is_called_as_within(tmp_path: Path, suffix: str) -> None:
    content = COMPRESSIONS[suffix](b"# Talks\n\nThey *met*.")
    assert _told(tmp_path, f"readout.md.{suffix}", content) == [("!readout.md", b"# Talks\n\nThey *met*.")]
    assert read(str(tmp_path / f"readout.md.{suffix}")).text == "They met."


def test_documents_of_a_zip_format_are_documents(tmp_path: Path) -> None:
    letter = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    assert _told(tmp_path, "a.zip", zipped({"letter.docx": letter})) == [("!letter.docx", letter)]
    assert _told(tmp_path, "letter.docx", letter) == [("", letter)]


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = zipped({"day.tar.xz": COMPRESSIONS["xz"](tarred({"readout.txt": TEXT}))})
    assert _told(tmp_path, "year.zip", zipped({"month.zip": inner})) == [("!month.zip!day.tar.xz!readout.txt", TEXT)]


def test_nesting_ends(tmp_path: Path) -> None:
    content = TEXT
    for _ in range(MOST_NESTING):
        content = gzip.compress(content)
    assert [data for _, data in _told(tmp_path, "deep", content)] == [TEXT]
    [problem] = _found(tmp_path, "deeper", gzip.compress(content))
    assert isinstance(problem, Problem)
    assert f"more than {MOST_NESTING} archives within each other: unpack some" in problem.reason


PAGES = [
    record("http://example.org/1", b"<p>one"),
    record("http://example.org/2", b"5\r\n<p>tw\r\n1\r\no\r\n0\r\n\r\n", headers="Transfer-Encoding: chunked\r\n"),
    record("http://example.org/3.html", gzip.compress(b"<p>three"), headers="Content-Encoding: gzip\r\n"),
    record("http://example.org/4.html", zlib.compress(b"<p>four"), headers="Content-Encoding: deflate\r\n"),
    record("http://example.org/5.html", brotli.compress(b"<p>five"), headers="Content-Encoding: br\r\n"),
    record("http://example.org/6.html", b"<p>six", headers="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    record("http://example.org/gone", b"<p>gone", status="404 Not Found"),
    record("http://example.org/map.png", b"\x89PNG", headers="Content-Type: image/png\r\n"),
    record("http://example.org/robots.txt", b"User-agent: *", headers="Content-Type: text/plain\r\n"),
    record("http://example.org/7", b"<p>seven", kind="resource"),
    record("http://example.org/8", b"<p>eight", kind="request"),
]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_pages_of_a_crawl(tmp_path: Path, suffix: str) -> None:
    pack = COMPRESSIONS[suffix[1:]] if suffix else bytes
    found = _found(tmp_path, f"crawl.warc{suffix}", b"".join(pack(page) for page in PAGES))
    assert [(one.url, one.data) for one in found if isinstance(one, Item)] == [
        ("http://example.org/1", b"<p>one"),
        ("http://example.org/3.html", b"<p>three"),
        ("http://example.org/4.html", b"<p>four"),
        ("http://example.org/5.html", b"<p>five"),
        ("http://example.org/6.html", b"<p>six"),
        ("http://example.org/7", b"<p>seven"),
    ]
    assert len(found) == 6
    assert found[0].name.endswith(f"crawl.warc{suffix}!http://example.org/1")


def test_a_page_of_a_crawl_has_its_address_and_charset() -> None:
    item = Item(name="w", data="<html><p>The café talks.".encode("cp1252"), url="http://example.org/1")
    [document] = documents_of(Item(name="w", data=item.data, url=item.url, media_type="text/html; charset=latin1"))
    assert isinstance(document, Document)
    assert (document.text, document.url, document.key) == ("The café talks.", "http://example.org/1", item.url)


def test_pages_of_a_wacz(tmp_path: Path) -> None:
    told = _told(tmp_path, "site.wacz", wacz(3))
    assert [name for name, _ in told] == [f"!archive/data.warc.gz!http://example.org/{n}" for n in range(3)]


def test_a_dictionary_in_front_of_zstandard_frames(tmp_path: Path) -> None:
    samples = [record(f"http://example.org/{n}", b"<p>The ministers met. " * n) for n in range(1, 200)]
    dictionary = zstandard.train_dictionary(4096, samples)
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    for raw in (dictionary.as_bytes(), zstandard.compress(dictionary.as_bytes())):
        content = b"\x5d\x2a\x4d\x18" + len(raw).to_bytes(4, "little") + raw
        content += b"".join(packer.compress(sample) for sample in samples[:3])
        assert len(_told(tmp_path, "crawl.warc.zst", content)) == 3


def _overwritten(content: bytes, place: int) -> bytes:
    return content[:place] + b"\xff" * 30 + content[place + 30 :]


@pytest.mark.parametrize(
    ("name", "content", "intact"),
    [
        ("a.zip", _overwritten(zipped({f"{n}.txt": TEXT * 3 for n in range(5)}, 0), 300), 4),
        ("a.tar", _overwritten(tarred({f"{n}.txt": TEXT for n in range(5)}), 1024), 4),
        ("a.warc.gz", _overwritten(crawl(5, gzip.compress), 500), 4),
        ("a.warc.zst", _overwritten(crawl(5, zstandard.compress), 500), 4),
        ("a.warc", crawl(5)[:-40], 4),
        ("a.warc.gz", crawl(5, gzip.compress)[:-40], 4),
        ("a.tar", tarred({f"{n}.txt": TEXT * 100 for n in range(3)})[:-10_000], 2),
    ],
)
def test_damage_costs_one_member(tmp_path: Path, name: str, content: bytes, intact: int) -> None:
    found = _found(tmp_path, name, content)
    assert sum(isinstance(one, Item) for one in found) == intact
    reasons = [one.reason for one in found if isinstance(one, Problem)]
    assert reasons and all("is damaged or cut off: fetch or save it again." in reason for reason in reasons)


def test_an_encrypted_member_is_said_to_be(tmp_path: Path) -> None:
    content = bytearray(zipped({"secret.txt": TEXT, "open.txt": TEXT}))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    problem, item = _found(tmp_path, "a.zip", bytes(content))
    assert isinstance(problem, Problem) and "is encrypted: unpack it with its password" in problem.reason
    assert isinstance(item, Item)


def test_a_member_without_a_name(tmp_path: Path) -> None:
    content = bytearray(zipped({"a": TEXT}))
    central = content.find(b"PK\x01\x02")
    for place in (26, central + 28):
        content[place : place + 4] = b"\x00\x00\x01\x00"  # no name, and an extra field of one byte in its place
    assert _told(tmp_path, "a.zip", bytes(content)) == [("!", TEXT)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.gz", gzip.compress(bytes(120_000_000), 1)),
        ("bomb.zst", zstandard.compress(bytes(120_000_000), 1)),
        ("bomb.zip", zipped({"zeros.txt": bytes(120_000_000)})),
        ("bomb.tar.gz", gzip.compress(tarred({f"{n}.txt": bytes(12_000_000) for n in range(10)}), 9)),
    ],
)
def test_bombs(tmp_path: Path, name: str, content: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    last = _found(tmp_path, name, content)[-1]
    assert isinstance(last, Problem)
    assert "larger than 20 MB" in last.reason or "as only a bomb does" in last.reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


def test_a_crawl_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    page = random.Random(5).randbytes(1_000_000)
    packed = gzip.compress(record("http://example.org/1", page), 1)
    with path.open("wb") as file:
        for _ in range(60):
            file.write(packed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(isinstance(one, Item) for one in items_of(str(path))) == 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kilobytes


@pytest.mark.parametrize("content", [zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES))])
def test_archives_on_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    found = list(items_of("-"))
    assert [one.name for one in found] == [f"standard input{name}" for name, _ in TOLD]
    assert isinstance(found[0], Item)
    [document] = documents_of(found[0])
    assert isinstance(document, Document) and document.source == "-"


def test_an_archive_is_no_single_document(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"1.txt": TEXT, "2.txt": TEXT}))
    with pytest.raises(SourceError, match="holds several documents: add them to a ledger with `communique add`"):
        read(str(tmp_path / "a.zip"))
    (tmp_path / "none.zip").write_bytes(zipped({}))
    with pytest.raises(SourceError, match="is an archive without a document in it"):
        read(str(tmp_path / "none.zip"))
