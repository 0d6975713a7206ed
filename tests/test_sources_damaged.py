"""Damaged archives and files of every kind: whatever the damage, items or sentences come out, and an end."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.packed_samples import COMPRESSIONS, crawl, tarred, wacz, zipped

from communique.model import SourceError
from communique.sources import SIZE_LIMIT, Item, items_of
from communique.sources.kinds import CONTAINERS, PARSERS, kind_of

FILES = {
    "a/readout.txt": b"They met.\n" * 20,
    "b.html": b"<html><p>They met." * 20,
    "c.zip": zipped({"d.md": b"They met."}),
}
ARCHIVES: dict[str, bytes] = {
    "a.zip": zipped(FILES),
    "stored.zip": zipped(FILES, 0),
    "a.wacz": wacz(3),
    "pax.tar": tarred({**FILES, "n" * 150: b"They met."}),
    "gnu.tar": tarred({**FILES, "n" * 150: b"They met."}, tarfile.GNU_FORMAT),
    "a.warc": crawl(3),
    **{f"a.tar.{name}": pack(tarred(FILES)) for name, pack in COMPRESSIONS.items()},
    **{f"readout.txt.{name}": pack(b"They met. " * 50) for name, pack in COMPRESSIONS.items()},
    **{f"a.warc.{name}": crawl(3, COMPRESSIONS[name]) for name in ("gz", "zst")},
}
BEGINNINGS: tuple[bytes, ...] = (
    b"<!doctype html><html><head></head><body><p>They met.",
    b'<?xml version="1.0"?><!-- a feed --><rss version="2.0"><channel>',
    b'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "b">]><urlset xmlns="x">',
    b'{"text": "They met."}\n{"text": "They parted."}\n',
    b'[{"text": "They met."}]',
    b"title,date,text\nTalks,2025-07-02,They met.\n",
    b"Message-ID: <1@example.org>\r\nFrom: a@example.org\r\n folded\r\n\r\nThey met.",
    b"From a@example.org Wed Jul  2 10:00:00 2025\nFrom: a@example.org\n\nThey met.",
    b"---\ntitle: Talks\n---\nThey met.",
    b"{\\rtf1 They met.}",
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",
    b"\xff\xfeT\x00h\x00e\x00y\x00",
)


@st.composite
def mutations(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """One of the seeds with some bytes overwritten, cut out, doubled, or cut off."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(0, 40))
        act = draw(st.sampled_from(("over", "out", "twice", "off")))
        if act == "over":
            piece = draw(st.binary(min_size=1, max_size=8))
            data[place : place + len(piece)] = piece
        elif act == "out":
            del data[place : place + length]
        elif act == "twice":
            data[place:place] = data[place : place + length] * draw(st.integers(1, 50))
        else:
            del data[place:]
    return bytes(data)


def check_items(path: Path, data: bytes) -> None:
    """Whatever the bytes, there is something to tell of them, and it is fit to be told."""
    path.write_bytes(data)
    found = list(items_of(str(path)))
    assert found
    for one in found:
        assert one.name.isprintable()
        if isinstance(one, Item):
            assert 0 < len(one.data) <= SIZE_LIMIT
        else:
            assert one.reason.endswith(".") and "\n" not in one.reason and ": " in one.reason


def check_kind(name: str, data: bytes) -> None:
    """Whatever the bytes, they are of a kind that is known, or a sentence says which they are of."""
    try:
        assert kind_of(Item(name=name, data=data)) in PARSERS.keys() | CONTAINERS
    except SourceError as error:
        assert str(error).startswith(name) and str(error).endswith(".")


@pytest.mark.parametrize("name", ARCHIVES)
def test_damaged_archives(name: str, tmp_path: Path) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=mutations((ARCHIVES[name],)))
    def check(data: bytes) -> None:
        check_items(tmp_path / name, data)

    check()


@settings(max_examples=100, deadline=None)
@given(
    data=st.one_of(mutations(BEGINNINGS), mutations(tuple(ARCHIVES.values())), st.binary(max_size=300)),
    extension=st.sampled_from(["", ".txt", ".html", ".xml", ".json", ".jsonl", ".csv", ".zip", ".png", ".xyz"]),
)
def test_damaged_beginnings(data: bytes, extension: str) -> None:
    check_kind(f"file{extension}", data)


def _flips(data: bytes, step: int) -> Iterator[bytes]:
    for place in range(0, len(data), step):
        yield data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


@pytest.mark.parametrize("name", ["a.zip", "pax.tar", "a.warc.gz", "a.warc.zst"])
def test_every_part_turned_over(name: str, tmp_path: Path) -> None:
    for data in _flips(ARCHIVES[name], max(1, len(ARCHIVES[name]) // 60)):
        check_items(tmp_path / name, data)
