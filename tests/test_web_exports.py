"""What is on screen as files: the same selection, in forms that other programs read, harmless in all of them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from markdown_it import MarkdownIt
from starlette.testclient import TestClient
from tests.web_samples import HARM, client, make_ledger, markup

from cli_door import run
from communique.views.papers import Sheet
from communique.views.papers_text import as_csv

PAGES = (
    "/entries",
    "/search?q=framework",
    "/relationships/US/IN/brief",
    "/relationships/US/IN/timeline",
    "/relationships/IN/JP/brief",
    "/changes",
    "/documents",
    "/actors",
    "/relationships",
    "/network",
    "/map",
)
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(make_ledger(tmp_path_factory.mktemp("web") / "ledger.db")) as found:
        yield found


def address(page: str, form: str) -> str:
    path, mark, query = page.partition("?")
    return f"{path}.{form}{mark}{query}"


def table(asker: TestClient, page: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(asker.get(address(page, "csv")).content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_a_file_in_each_form_and_the_same_one_again(asker: TestClient, page: str, form: str) -> None:
    answer = asker.get(address(page, form))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == TYPES[form]
    assert answer.headers["content-disposition"].startswith('attachment; filename="communique-')
    assert answer.headers["content-disposition"].endswith(f'.{form}"')
    assert asker.get(address(page, form)).content == answer.content
    again = asker.get(address(page, form), headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_sheet_has_the_entries_of_the_page(asker: TestClient) -> None:
    rows = table(asker, "/entries?kind=undertaking&party=US&party=IN")
    answer = asker.get("/api/entries?kind=undertaking&party=US&party=IN&limit=200").json()
    assert [row["id"] for row in rows] == [one["id"] for one in answer["items"]]
    for row, one in zip(rows, answer["items"], strict=True):
        assert row["action"] == one["fields"]["action"]
        assert row["by"] == "; ".join(one["fields"]["by"])
        assert row["strength"] == (one["fields"]["strength"] or "")


def test_lines_end_as_rfc_4180_has_it_and_nothing_is_a_formula() -> None:
    text = as_csv(
        Sheet(("a", "b"), [["=1+1", "+1"], ["-x", "@y"], ["\tz", 'say "no"\nto it'], [" =2", ["=a", "b"]], [-3, None]])
    )
    assert text.count("\r\n") == 6
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1:4] == [["'=1+1", "'+1"], ["'-x", "'@y"], ["'\tz", 'say "no"\nto it']]
    assert rows[4:] == [["' =2", "'=a; b"], ["-3", ""]]


def test_markdown_cites_every_sentence_and_runs_nothing(asker: TestClient) -> None:
    text = asker.get("/relationships/IN/JP/brief.md").text
    assert "script" in text  # a document says so
    page = MarkdownIt("commonmark").render(text)
    tags = markup(page)
    assert {name for name, _ in tags} <= {"h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "a", "em"}
    assert all(str(attributes["href"]).startswith("http") for name, attributes in tags if name == "a")
    paper = asker.get("/relationships/US/IN/brief.md").text
    cited = {int(one.split("\\]")[0]) for one in paper.split("\\[")[1:]}
    listed = paper.split("## Sources")[1].strip().splitlines()
    assert cited == set(range(1, len(listed) + 1))


def test_a_word_file_opens_has_its_sources_and_no_harm(asker: TestClient) -> None:
    for page in ("/relationships/US/IN/brief.docx", "/relationships/IN/JP/brief.docx", "/entries.docx"):
        content = asker.get(page).content
        document = docx.Document(io.BytesIO(content))
        assert any(one.text == "Sources" for one in document.paragraphs)
        targets = [one.target_ref for one in document.part.rels.values() if one.is_external]
        assert all(target.startswith(("http://", "https://")) for target in targets)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert packed.namelist()[0] == "[Content_Types].xml"
            assert {one.date_time[0] for one in packed.infolist()} == {2000}


def test_a_search_is_narrowed_in_the_file_as_on_the_page(asker: TestClient) -> None:
    every, kept = table(asker, "/search?q=framework"), table(asker, "/search?q=framework&kind=undertaking")
    assert 0 < len(kept) < len(every)
    assert all("undertaking" in row["kinds"] for row in kept)


def test_json_is_what_the_api_answers(asker: TestClient) -> None:
    for page, api in (
        ("/network", "/api/network"),
        ("/map", "/api/map"),
        ("/relationships/US/IN/brief", "/api/relationships/US/IN"),
    ):
        assert json.loads(asker.get(f"{page}.json").content) == asker.get(api).json()


@pytest.mark.parametrize(
    "page",
    ["/entries.exe", "/entries.csv?kind=treaty", "/network.csv?least=0", "/map.csv?since=soon", "/search.pdf?q=a"],
)
def test_what_is_no_file_is_told(asker: TestClient, page: str) -> None:
    assert asker.get(page).status_code in (400, 404)


def test_harm_in_a_document_stays_words(asker: TestClient) -> None:
    rows = table(asker, "/entries?party=IN&party=JP")
    assert any(HARM[:20] in row["quote"] for row in rows)
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_an_entry_is_a_file_with_all_its_sentences(asker: TestClient) -> None:
    entry = max(asker.get("/api/entries?limit=200").json()["items"], key=lambda one: len(one["history"]))
    for form in TYPES:
        assert asker.get(f"/entries/{entry['id']}.{form}").status_code == 200
    text = asker.get(f"/entries/{entry['id']}.docx").content
    told = " ".join(one.text for one in docx.Document(io.BytesIO(text)).paragraphs)
    assert all(" ".join(quote.split()) in told for report in entry["history"] for quote in report["source"]["quotes"])
    assert asker.get("/entries/A-00000000.csv").status_code == 404


def test_the_command_writes_the_same_files(asker: TestClient, tmp_path: Path) -> None:
    ledger = asker.app.state.desk.place  # type: ignore[attr-defined]
    for form in ("csv", "md", "docx"):
        path = tmp_path / f"brief.{form}"
        assert run("brief", "US", "IN", "--ledger", str(ledger), "--output", str(path)).code == 0
        assert path.read_bytes() == asker.get(f"/relationships/US/IN/brief.{form}").content
    refused = run("brief", "US", "IN", "--ledger", str(ledger), "--output", str(tmp_path / "brief.pdf"))
    assert refused.code == 2
    assert "ending" in refused.err


def test_an_empty_ledger_has_empty_files(tmp_path: Path) -> None:
    with client(make_ledger(tmp_path / "empty.db", empty=True)) as asker:
        for page in ("/entries", "/search?q=a", "/changes", "/network", "/map"):
            for form in TYPES:
                assert asker.get(address(page, form)).status_code == 200
