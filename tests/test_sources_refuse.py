"""Bad input: one clear sentence that says what to do, of the right class, and never anything else."""

import io
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import CommuniqueError, SourceError, UsageError
from communique.sources import SIZE_LIMIT, discover, read

BROKEN_FILES: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "is empty"),
    ("empty.html", b"", "is empty"),
    ("blank.txt", b" \n\t\r\n ", "only blank space"),
    ("only-a-mark.txt", b"\xef\xbb\xbf", "only blank space"),
    ("latin.txt", b"The caf\xe9 talks ended.", "not valid UTF-8 at byte offset 7"),
    ("cut.txt", "The talks in Nîmes".encode()[:15], "not valid UTF-8 at byte offset 14"),
    ("marked.txt", b"\xef\xbb\xbfThe caf\xe9", "not valid UTF-8 at byte offset 10"),
    ("odd.txt", b"\xff\xfeT\x00h", "not valid UTF-16-LE at byte offset 4"),
    ("program.txt", b"\x7fELF\x02\x01\x00\x00", "is a program, which is not read"),
    ("bytes.txt", b"They met.\x00\x01", "binary (a zero byte at offset 9)"),
    ("letter.md", b"PK\x03\x04\x14\x00", "is damaged or cut off"),
    ("ledger.txt", b"SQLite format 3\x00", "is a database, which is not read"),
    ("picture.html", b"\x89PNG\r\n\x1a\n", "is a picture, which is not read"),
    ("latin.html", b"<html><body><p>caf\xe9</p></body></html>", "not valid UTF-8 at byte offset 18"),
    ("codec.html", b"<html><meta charset='rot13'><p>caf\xe9</p></html>", "not valid UTF-8 at byte offset 34"),
    ("claim.html", b"<html><meta charset='gb2312'><p>caf\xe9</p></html>", "not valid UTF-8 at byte offset 35"),
    ("bare.html", b"<html><head><title>Talks</title></head><body></body></html>", "has no main text"),
    ("script.html", b"<html><body><script>var talks = 1</script></body></html>", "has no main text"),
    ("cut.json", b'{"text": "They met', "is not valid JSON (Unterminated string"),
    ("list.json", b'["They met."]', "give one object whose `text` is a string"),
    ("textless.json", b'{"title": "Talks"}', "give one object whose `text` is a string"),
    ("number.json", b'{"text": 7}', "give one object whose `text` is a string"),
    ("empty-text.json", b'{"text": ""}', "only blank space"),
    ("title.json", b'{"text": "They met.", "title": ["Talks"]}', "has a `title` that is no string"),
    ("date.json", b'{"text": "They met.", "published": "2 July"}', "is no date ('2 July')"),
    ("deep.json", b"[" * 200_000, "is not JSON that can be read"),
    ("half.json", b'{"text": "They \\ud800 met."}', "no valid character at offset 5"),
    ("zero.json", b'{"text": "They \\u0000 met."}', "no valid character at offset 5"),
    ("colon.md", b"---\ntitle: Talks: the end\n---\nThey met.", "not valid YAML at line 2"),
    ("day.md", b"---\npublished: 2025-02-30\n---\nThey met.", "is no date ('2025-02-30')"),
    ("word.md", b"---\npublished: someday\n---\nThey met.", "is no date ('someday')"),
    ("future.md", b"---\npublished: 2999-01-01\n---\nThey met.", "lies in the future"),
    ("front.md", b"---\ntitle: Talks\n---\n", "only blank space"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BROKEN_FILES, ids=[name for name, _, _ in BROKEN_FILES])
def test_a_file_that_is_no_document(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read(str(path))
    message = str(caught.value)
    assert sentence in message
    assert name in message
    assert ": " in message and message.endswith(".") and "\n" not in message
    assert caught.value.exit_code == 1


def test_a_missing_file(tmp_path: Path) -> None:
    for request in (lambda path: read(path), lambda path: discover([path])):
        with pytest.raises(UsageError, match=r"There is no file .*gone\.txt: check the path\."):
            request(str(tmp_path / "gone.txt"))


def test_a_directory_where_a_file_is_meant(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a directory: give a file"):
        read(str(tmp_path))


def test_a_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_text("They met.")
    with pytest.raises(UsageError, match=r"There is no document in the folder .*\.md"):
        discover([str(tmp_path)])


def test_an_unknown_extension_hides_no_text(tmp_path: Path) -> None:
    path = tmp_path / "readout.v2"
    path.write_text("They met.")
    assert read(str(path)).text == "They met."


@pytest.mark.parametrize("path", ["a\x00b.txt", "n" * 300 + ".txt"], ids=["zero", "long"])
def test_a_path_that_no_file_can_have(path: str) -> None:
    for refused in (read, lambda path: discover([path])):
        with pytest.raises(UsageError, match="can't be opened"):
            refused(path)


def test_a_text_of_50_mb_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "archive.txt"
    with path.open("wb") as file:
        file.write(b"They met. ")
        file.truncate(50_000_000)
    with pytest.raises(SourceError, match=r"larger than 20 MB, the limit for one document: split it"):
        read(str(path))


def test_standard_input_above_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a" * (SIZE_LIMIT + 1))))
    with pytest.raises(SourceError, match="standard input is larger than 20 MB"):
        read("-")


def test_standard_input_without_a_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(SourceError, match="standard input is empty"):
        read("-")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("They met.")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UsageError, match=r"secret\.txt may not be read: ask for the permission"):
        read(str(path))


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        ((date.today() + timedelta(days=2)).isoformat(), "--published lies in the future"),
        ("2999", "--published lies in the future"),
        ("2025-02-30", "--published is no date ('2025-02-30')"),
        ("2025-13", "--published is no date"),
        ("0000-01-01", "--published is no date"),
        ("02/07/2025", "--published is no date"),
        ("2 July 2025", "--published is no date"),
        ("yesterday", "--published is no date"),
        ("", "--published is no date"),
        ("٢٠٢٥", "--published is no date"),
    ],
)
def test_a_date_of_publication_that_cannot_be(tmp_path: Path, published: str, sentence: str) -> None:
    path = tmp_path / "readout.txt"
    path.write_text("They met.")
    with pytest.raises(UsageError) as caught:
        read(str(path), published=published)
    assert str(caught.value).startswith(sentence)
    assert caught.value.exit_code == 2


@settings(deadline=None)  # the first of a kind loads its parser
@given(data=st.binary(max_size=300), extension=st.sampled_from(["", ".txt", ".md", ".html", ".json"]))
def test_any_bytes_are_a_document_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, extension: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"bytes{extension}"
    path.write_bytes(data)
    try:
        document = read(str(path))
    except CommuniqueError as error:
        assert str(error).endswith(".")
    else:
        assert document.text.strip()
        document.text.encode("utf-8")
