"""Which kind a file is of, and what is said of those that are not read."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from tests.packed_samples import zipped

from communique.model import Document, SourceError, UsageError
from communique.sources import Item, Origin, Problem, discover, documents_of, items_of, names_of, read
from communique.sources.kinds import EXTENSIONS, PARSERS, kind_of

MAIL = b"Received: by example.org\r\n with a folded line\r\nFrom: press@example.org\r\nSubject: Talks\r\n\r\nThey met."


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        # content speaks louder than a name
        ("page.txt", b"<!DOCTYPE html><html><p>They met.", "html"),
        ("page.pdf", b"\n <!-- saved --> <html><p>They met.", "html"),
        ("page.xml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
        ("scan.txt", b"\xef\xbb\xbf%PDF-1.7", "pdf"),
        ("letter.pdf", b"{\\rtf1\\ansi They met.}", "rtf"),
        ("letter.zip", zipped({"word/document.xml": b"", "[Content_Types].xml": b""}), "docx"),
        ("letter.doc", zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), "odt"),
        ("news", b'<?xml version="1.0"?>\n<!-- a --><?style b?><rss version="2.0">', "feed"),
        ("news.html", b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        ("data.txt", b'{"text": "They met."}', "json"),
        ("data.json", b'{"text": "They met."}\n{"text": "They parted."}\n', "jsonl"),
        ("data.json", b'{"text": "' + b"They met. " * 20_000 + b'"}\n{"text": "x"}', "jsonl"),
        ("data.jsonl", b'{"body": "They met."}', "jsonl"),
        ("data.json", b'[ {"text": "They met."} ]', "jsonl"),
        ("table", b"date;title;text\n2025;Talks;They met.", "csv"),
        ("message.txt", MAIL, "email"),
        ("box", b"From a@example.org Wed Jul  2 10:00:00 2025\n" + MAIL, "mbox"),
        ("page.bin", "<html><p>Müller".encode("utf-16"), "html"),
        # where it says nothing, the name does
        ("a.md", b"They met.", "markdown"),
        ("a.MARKDOWN", b"They met.", "markdown"),
        ("a.html", b"<p>They met.", "html"),
        ("a.csv", b"one,two\n1,2", "csv"),
        ("a.txt", b"---\ntitle: Talks\n---\nThey met.", "plain"),
        ("a", b"---\ntitle: Talks\n---\nThey met.", "markdown"),
        ("a.v2", b"They met.", "plain"),
        ("a.pdf", b"They met.", "plain"),
        ("a", b"<They> met.", "plain"),
        ("a", b"[They] met.", "plain"),
        ("a", b"From now on, in 2025, they meet.\nText: none.", "plain"),
        ("a", b"Subject: talks\nFrom: the minister\n\nThey met.", "plain"),
        ("a", b"Text, body and soul, 2025.\nThey met.", "plain"),
        ("a", b"BZhang met Li.", "plain"),
        ("a", b"WARC/1.0 is a format.", "plain"),
    ],
)
def test_kinds(name: str, data: bytes, kind: str) -> None:
    assert kind_of(Item(name=name, data=data)) == kind


@pytest.mark.parametrize(
    ("media_type", "name", "kind"),
    [
        ("text/html; charset=utf-8", "http://example.org/a", "html"),
        ("TEXT/HTML", "http://example.org/a.txt", "html"),
        ("text/plain", "http://example.org/a", "plain"),
        ("text/plain", "notes.md", "markdown"),
        ("application/octet-stream", "notes.md", "markdown"),
        ("text/csv", "http://example.org/a", "csv"),
    ],
)
def test_the_media_type_speaks_before_the_extension(media_type: str, name: str, kind: str) -> None:
    assert kind_of(Item(name=name, data=b"They met.", media_type=media_type)) == kind


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("map.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "is a picture, which is not read: give its words"),
        ("map.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "is a picture"),
        ("map.xml", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "is a picture"),
        ("map.png", b"They met.", "is a picture"),
        ("talk.mp3", b"They met.", "is a sound recording, which is not read: give a transcript"),
        ("talk", b"RIFF\x00\x00\x00\x00WAVEfmt \x00", "is a sound recording"),
        ("talk", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "is a video"),
        ("sales", zipped({"xl/workbook.xml": b"", "[Content_Types].xml": b""}), "is a spreadsheet"),
        ("sales", zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "is a spreadsheet"),
        ("talk", zipped({"ppt/presentation.xml": b""}), "is a presentation, which is not read: export it as PDF"),
        ("book", zipped({"mimetype": b"application/epub+zip"}), "is an e-book"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "is an old Office document"),
        ("tool", b"\x7fELF\x02\x01\x01\x00", "is a program"),
        ("tool.txt", b"MZ\x90\x00\x03\x00", "is a program"),
        ("a.zip", b"7z\xbc\xaf\x27\x1c\x00", "is an archive of a kind that is not unpacked"),
        ("map", b'<?xml version="1.0"?><urlset xmlns="x">', "is a sitemap, a list of addresses"),
        ("a.xml", b'<?xml version="1.0"?><TEI>', "is XML of a kind that is not read"),
        ("a.zip", b"PK\x03\x04 and no more", "is damaged or cut off"),
    ],
)
def test_what_is_not_read_is_named(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError) as caught:
        kind_of(Item(name=name, data=data))
    assert str(caught.value).startswith(f"{name} {sentence}")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "start", [b"<!-- -->" * 5_000, b"<?xml version='1.0'?>" + b"<!-- --><?a?>" * 4_000, b"a: b\n " * 9_000]
)
def test_long_beginnings_take_no_time(start: bytes) -> None:
    assert kind_of(Item(name="a", data=start + b"x")) == "plain"


def test_every_parser_is_there() -> None:
    for module in PARSERS.values():
        assert callable(import_module(f"communique.sources.{module}").parse)
    assert set(EXTENSIONS.values()) >= set(PARSERS)


@pytest.mark.parametrize(
    ("data", "media_type", "text"),
    [
        ("Čas".encode("cp1250"), "text/plain; charset=windows-1250", "Čas"),
        ("“Talks”".encode("cp1252"), "text/plain; charset=ISO-8859-1", "“Talks”"),
        ("Dār es-Salaam".encode(), "text/plain; charset=ISO-8859-1", "Dār es-Salaam"),
        ("They met.".encode("utf-16-le"), "text/plain; charset=utf-16le", "They met."),
        (b"They met.", "text/plain; charset=utf-16", "They met."),
        ("東京".encode("iso2022_jp"), 'text/plain; charset="iso-2022-jp"', "東京"),
        (b"They met.", "text/plain; charset=rot13", "They met."),
        (b"They met.", "text/plain; charset=", "They met."),
    ],
)
def test_charsets_that_the_transport_states(data: bytes, media_type: str, text: str) -> None:
    [document] = documents_of(Item(name="a", data=data, media_type=media_type))
    assert isinstance(document, Document)
    assert document.text == text


ROWS = [
    {"id": "a", "text": "They met.", "url": "http://example.org/list"},
    {"id": "b", "text": "They \x00 met."},
    {"id": "c", "text": "They parted.", "url": "http://example.org/list"},
    {"id": "d", "text": "They will meet.", "published": "2999-01-01"},
]
LINES = "\n".join(json.dumps(row) for row in ROWS).encode()


def test_one_faulty_document_among_several_is_a_problem_in_its_place() -> None:
    found = documents_of(Item(name="rows.jsonl", data=LINES))
    assert [type(one) for one in found] == [Document, Problem, Document, Problem]
    documents = [one for one in found if isinstance(one, Document)]
    assert [document.source for document in documents] == ["rows.jsonl#a", "rows.jsonl#c"]
    assert len({document.key for document in documents}) == 2
    assert "rows.jsonl#d lies in the future" in found[3].reason if isinstance(found[3], Problem) else False


def test_several_documents_take_no_single_title() -> None:
    with pytest.raises(UsageError, match="holds 4 documents: give --title and --url for a single one only"):
        documents_of(Item(name="rows.jsonl", data=LINES), Origin(title="Talks"))
    found = documents_of(Item(name="rows.jsonl", data=LINES), Origin(publisher="Ministry", published="2025-07"))
    assert {one.publisher for one in found if isinstance(one, Document)} == {"Ministry"}
    assert isinstance(found[3], Document) and found[3].published == "2025-07"


def test_a_file_of_several_documents_is_no_single_one(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(LINES)
    with pytest.raises(SourceError, match="holds 4 documents: add them to a ledger with `communique add`"):
        read(str(tmp_path / "rows.jsonl"))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("", ["[odd].txt", "a/b/q.HTML", "a/z.md", "x.txt"]),
        ("*", ["[odd].txt", "a/b/q.HTML", "a/z.md", "x.txt", "y.py"]),
        ("**", ["[odd].txt", "a/b/q.HTML", "a/z.md", "x.txt"]),
        ("**/*", ["[odd].txt", "a/b/q.HTML", "a/z.md", "x.txt", "y.py"]),
        ("**/*.md", ["a/z.md"]),
        ("*/*.md", ["a/z.md"]),
        ("?.*", ["x.txt", "y.py"]),
        ("[odd].txt", ["[odd].txt"]),
        (".h/*", [".h/n.txt"]),
    ],
)
def test_folders_and_patterns(tmp_path: Path, pattern: str, found: list[str]) -> None:
    for name in ("x.txt", "y.py", "a/z.md", "a/b/q.HTML", ".h/n.txt", "[odd].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("They met.")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    names = discover(
        [str(tmp_path / pattern), str(tmp_path / "x.txt")] if found[0] != ".h/n.txt" else [str(tmp_path / pattern)]
    )
    assert [str(Path(name).relative_to(tmp_path)) for name in dict.fromkeys(names)] == found + (
        ["x.txt"] if "x.txt" not in found and found[0] != ".h/n.txt" else []
    )


def test_what_a_folder_holds_besides_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_text("They met.")
    (tmp_path / "talks.txt").write_text("They met.")
    skipped, name = names_of(str(tmp_path))
    assert name == str(tmp_path / "talks.txt")
    assert isinstance(skipped, Problem) and skipped.passed_over
    assert "notes.py has an extension that is not read in folders: give it by name" in skipped.reason


@pytest.mark.parametrize("word", ["-", "https://example.org/*?page=[1]", "http://example.org"])
def test_standard_input_and_addresses_stand_for_themselves(word: str) -> None:
    assert list(names_of(word)) == [word]


@pytest.mark.parametrize("pattern", ["*.none", "a**b/*"])
def test_patterns_that_fit_nothing(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(UsageError, match=r"No file fits the pattern|is no pattern"):
        discover([str(tmp_path / pattern)])


def test_items_of_a_name_that_is_none() -> None:
    [problem] = items_of("gone.txt")
    assert problem == Problem("gone.txt", "There is no file gone.txt: check the path.")
