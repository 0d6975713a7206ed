"""CSV, JSON Lines, JSON arrays and objects: rows with named columns as documents."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import SourceError
from communique.sources import parse_csv, parse_json, parse_jsonl
from communique.sources.columns import COLUMNS
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from source_samples import LINES, TABLE


def _csv(data: str | bytes) -> list[Draft | Problem]:
    return list(parse_csv.parse(Item(name="t.csv", data=data.encode() if isinstance(data, str) else data)))


def _jsonl(data: bytes) -> list[Draft | Problem]:
    return list(parse_jsonl.parse(Item(name="t.jsonl", data=data)))


def _json(value: object) -> list[Draft | Problem]:
    return list(parse_json.parse(Item(name="t.json", data=json.dumps(value).encode())))


def test_a_table_from_a_spreadsheet() -> None:
    first, second = _csv(TABLE)
    assert isinstance(first, Draft) and isinstance(second, Draft)
    assert first.text == 'The two ministers met.\nThey "agreed".'
    assert (first.title, first.published, first.url) == ("Ministers meet; agree", "2025-07-01", "https://example.org/1")
    assert (second.text, second.url, second.part) == ("The office opened.\nIt has two rooms.", None, "18")


@pytest.mark.parametrize(("column", "name"), [(column, name) for column, names in COLUMNS.items() for name in names])
def test_every_name_of_a_column(column: str, name: str) -> None:
    value = "2025-07-01" if column == "published" else "They met." if column == "text" else "words"
    for spelling in (name, name.upper(), name.replace("_", " ").title(), name.replace("_", "-")):
        row = {"text": "They met.", spelling: value} if column != "text" else {spelling: value}
        (draft,) = _jsonl(json.dumps(row).encode())
        assert isinstance(draft, Draft)
        assert getattr(draft, "part" if column == "id" else column) == value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_of_the_names(delimiter: str) -> None:
    lines = [["id", "text", "date"], ["1", "They met", "2025-07-01"]]
    (draft,) = _csv("\n".join(delimiter.join(line) for line in lines))
    assert isinstance(draft, Draft) and (draft.text, draft.published) == ("They met", "2025-07-01")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("a,b\n1,2\n", "has no column of text (text, body, content), only a, b"),
        ("", "has no column of text (text, body, content), only unnamed ones"),
        ('text,x\n"They met', "is not valid CSV after row 1 (unexpected end of data)"),
        ('text,x\n"They" met,1', "is not valid CSV after row 1"),
        ("text,x\n,1\n", "holds no row with text"),
        ("text\n\x00", "is binary"),
    ],
)
def test_no_table(data: str, reason: str) -> None:
    with pytest.raises(SourceError) as error:
        _csv(data)
    assert str(error.value).startswith("t.csv") and reason in str(error.value)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("They met,03/04/2025", "The date of Row 3 of t.csv could be two ('03/04/2025')"),
        ("They met,soon", "The date of Row 3 of t.csv is no date ('soon')"),
        ("They met,and left,2025", "Row 3 of t.csv has 3 cells where the first line names 2"),
    ],
)
def test_a_bad_row_does_not_stop_a_table(row: str, reason: str) -> None:
    found = _csv(f"text,date\nOne.,2025\n{row}\nTwo.,2025-07\n")
    assert [isinstance(one, Problem) for one in found] == [False, True, False]
    assert isinstance(found[1], Problem) and found[1].name == "t.csv#row 3" and found[1].reason.startswith(reason)


def test_missing_values_are_missing() -> None:
    (draft,) = _csv("text,title,date,url,author\nThey met.,NaN,n/a,null,-\n")
    assert isinstance(draft, Draft)
    assert (draft.title, draft.published, draft.url, draft.author, draft.part) == (None, None, None, None, "row 2")


def test_the_same_id_twice_makes_two_parts() -> None:
    parts = [draft.part for draft in _csv("id,text\n7,One.\n7,Two.\n8,Three.\n") if isinstance(draft, Draft)]
    assert parts == ["7", "7 (2)", "8"]


def test_a_cell_of_a_megabyte() -> None:
    (draft,) = _csv("text,id\n" + "word " * 200_000 + ",1\n")
    assert isinstance(draft, Draft) and len(draft.text) == 1_000_000


def test_json_lines() -> None:
    first, second = _jsonl(LINES)
    assert isinstance(first, Draft) and isinstance(second, Draft)
    assert (first.text, first.title, first.published, first.part) == (
        "  They met.\r\nThey agreed.", "Talks", "2025-07-01", "17",
    )  # fmt: skip
    assert (second.text, second.author, second.language) == ("The office opened.", "Rosa Example", "en")


def test_a_bad_line_does_not_stop_json_lines() -> None:
    found = _jsonl(
        b'{"text": "One."}\n{bad\n[]\n7\n{"text": 7}\n\n{"text": "Two."}\n{"title": "None"}\n' + b"[" * 90_000
    )
    assert [type(one).__name__ for one in found] == ["Draft", *["Problem"] * 4, "Draft", "Problem"]
    assert all(one.reason.startswith("Line ") for one in found if isinstance(one, Problem))


def test_a_json_array_and_an_object_around_one() -> None:
    rows = [{"id": "a", "text": "One."}, {"id": "b", "content_html": "<p>Two.</p>"}]
    for found in (_jsonl(json.dumps(rows).encode()), _json({"version": "1", "items": rows}), _json(rows)):
        assert [(one.part, one.text) for one in found if isinstance(one, Draft)] == [("a", "One."), ("b", "Two.")]


@given(
    st.lists(
        st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip()), min_size=1, max_size=5
    )
)
def test_the_text_of_json_lines_is_exact(texts: list[str]) -> None:
    data = "\n".join(json.dumps({"text": f"a{text}"}, ensure_ascii=False) for text in texts).encode()
    assert [one.text for one in _jsonl(data) if isinstance(one, Draft)] == [f"a{text}" for text in texts]


def test_html_in_a_text_only_where_it_is_nothing_else() -> None:
    exact, seen = _jsonl(b'{"text": "a <b>c</b> <p>d"}\n{"text": "<p>a</p><p>b &amp; c</p>"}\n')
    assert isinstance(exact, Draft) and isinstance(seen, Draft)
    assert (exact.text, seen.text) == ("a <b>c</b> <p>d", "a\nb & c")
