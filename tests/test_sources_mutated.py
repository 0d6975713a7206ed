"""Damaged files of every format that holds documents: a document or one sentence, whatever is broken."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import source_samples as samples
from communique.model import SourceError
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem

FILES: dict[str, tuple[bytes, ...]] = {
    "docx": (samples.docx_file(),),
    "odt": (samples.odt_file(),),
    "rtf": (samples.RTF,),
    "email": (samples.BULLETIN, samples.FORWARD),
    "mbox": (samples.MAILBOX,),
    "csv": (samples.TABLE,),
    "jsonl": (samples.LINES,),
    "json": (b'{"items": [' + samples.LINES.strip().replace(b"\n", b",") + b"]}",),
    "feed": (samples.RSS, samples.ATOM),
}
PIECES = (
    *(b"\x00", b"\xff", b"\xed\xa0\x80", "\u202e".encode(), b"\xef\xbb\xbf", b"<", b">", b'"', b"{", b"}", b"[", b"]"),
    *(b"\\", b"\\u-1", b"\\bin9 ", b"&a;", b"&#0;", b"<!DOCTYPE a [<!ENTITY a 'b'>]>", b"]]>", b"--edge\n", b"\n\n"),
    *(b"Content-Type: message/rfc822\n\n", b"=?utf-8?q?=FF?=", b"\\ud800", b"1e999", b"A" * 5000, b"9" * 400),
)


DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_AS_GIVEN = ("csv", "json", "jsonl", "markdown", "plain")
"""Their text and front matter are taken as they stand; :func:`communique.sources.documents_of` checks them."""


@st.composite
def damaged(draw: st.DrawFn, kind: str) -> bytes:
    """A valid file with a few bytes flipped, cut, put in, doubled, or with its end missing."""
    data = bytearray(draw(st.sampled_from(FILES[kind])))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(("flip", "cut", "insert", "repeat", "end"))):
            case "flip" if place < len(data):
                data[place] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[place : place + draw(st.sampled_from((1, 3, 20, 400)))]
            case "insert":
                data[place:place] = draw(st.sampled_from(PIECES)) * draw(st.sampled_from((1, 1, 40)))
            case "repeat":
                data[place:place] = data[place : place + 200]
            case "end":
                del data[max(place, 10) :]
    return bytes(data)


def _parsed(kind: str, data: bytes) -> Iterator[Draft | Problem]:
    parse = cast(Callable[[Item], Iterator[Draft | Problem]], import_module(f"communique.sources.parse_{kind}").parse)
    return parse(Item(name="damaged", data=data))


def checked(kind: str, data: bytes) -> None:
    """Whatever the bytes, this kind of file gives documents fit to be kept, or one sentence."""
    try:
        found = list(_parsed(kind, data))
    except SourceError as error:
        assert re.match(r"(?s)(?:Row \d+ of |Entry \d+ of )?damaged\b.*\.$", str(error)) and "\n" not in str(error)
        return
    for one in found:
        if isinstance(one, Problem):
            assert one.reason.endswith(".") and "\n" not in one.reason
        else:
            assert kind in _AS_GIVEN or one.published is None or DAY.fullmatch(one.published)
            assert kind in _AS_GIVEN or not re.search("[\x00\ud800-\udfff\u202e]", one.text)


@pytest.mark.parametrize("kind", FILES)
def test_a_whole_file_is_read(kind: str) -> None:
    for data in FILES[kind]:
        assert any(isinstance(found, Draft) for found in _parsed(kind, data))


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_damaged_file_is_a_document_or_a_sentence(kind: str, data: st.DataObject) -> None:
    checked(kind, data.draw(damaged(kind)))


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("share", [0, 1, 10, 25, 50, 75, 90, 99])
def test_a_truncated_file_is_a_document_or_a_sentence(kind: str, share: int) -> None:
    for data in FILES[kind]:
        checked(kind, data[: len(data) * share // 100])


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("other", FILES)
def test_a_file_of_another_format_is_a_document_or_a_sentence(kind: str, other: str) -> None:
    checked(kind, FILES[other][0])


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("email", b"From: a@example.org\nDate: Tue, 01 Jul 2025 23:30:00 -0333333333333400\n\nThey met."),
        ("csv", b'agree";"The two ministers met.\r\nThey ""agreed"".";17\r\n'),
    ],
)
def test_what_fuzzing_found(kind: str, data: bytes) -> None:
    checked(kind, data)
