"""Turn annotated drafts, written by hand, into documents to train on.

usage: python -m training.annotate OUT_DIR DRAFT...

A draft is a text file with front matter, the text, a line ``+++`` and one JSON object a line for each
record. Fields that are left out are null or empty. Evidence is given in the text's own words: a list of
fragments, each of which occurs once in the text and stands for the sentences that it touches. Evidence of
a promise, a statement or an instrument may be left out: it is then where its words first stand::

    ---
    title: Saab and Colombia conclude contract for Gripen E/F
    publisher: communique examples
    published: 2025-11-15
    ---
    LINKÖPING, 15 November 2025 – Saab has signed a contract with ...

    +++
    {"kind": "transfer", "stage": "contracted", "supplier": ["Saab"], "evidence": ["has signed a contract"], ...}

A draft with a mistake is not written; its mistakes are told on standard error, and the exit code is 1.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import frontmatter

from communique.language.sentences import split
from communique.model import Kind, Record, Span, field_names, record_from_json
from communique.model.edtf import is_valid

FIELDS = {kind.value: field_names(kind) for kind in Kind}
LISTS = {
    cls.kind.value: {name for name, hint in get_type_hints(cls).items() if get_args(hint)[1:] == (...,)}
    for cls in get_args(Record)
}
WORDS = {"undertaking": "action", "statement": "content", "agreement": "name", "initiative": "name"}


def convert(name: str, draft: str) -> tuple[dict[str, Any], list[str]]:
    """A draft as an annotated document, and what is wrong with it, one sentence a mistake."""
    meta, rest = frontmatter.parse(draft)
    text, _, lines = f"{rest}\n".partition("\n+++\n")
    text = text.strip()
    sentences = split(text)
    mistakes = [f"no {key}" for key in ("title", "publisher", "published") if key not in meta]
    records = []
    for number, line in enumerate(filter(None, map(str.strip, lines.split("\n"))), 1):
        try:
            given = json.loads(line)
        except json.JSONDecodeError as error:
            mistakes.append(f"record {number}: no JSON ({error})")
            continue
        record = _complete(given)
        record["evidence"] = sorted({i for f in _fragments(record) for i in _touched(f, text, sentences)})
        mistakes += [f"record {number} ({record['kind']}): {m}" for m in _mistakes(given, record, text)]
        records.append(record)
    published = str(meta["published"]) if meta.get("published") else None
    document = {"id": name, "title": meta.get("title"), "publisher": meta.get("publisher"), "published": published}
    spans = [[s.start, s.end] for s in sentences]
    return {**document, "text": text, "sentences": spans, "records": records}, mistakes


def _complete(given: dict[str, Any]) -> dict[str, Any]:
    kind = given.get("kind", "")
    record = {"kind": kind} | {
        name: given.get(name, [] if name in LISTS[kind] else None) for name in FIELDS.get(kind, ())
    }
    record["items"] = [{"what": i["what"], "quantity": i.get("quantity")} for i in given.get("items", [])]
    if kind != "transfer":
        del record["items"]
    return record | {"evidence": given.get("evidence", [])}


def _fragments(record: dict[str, Any]) -> list[str]:
    words = record.get(WORDS.get(record["kind"], ""))
    return record["evidence"] or ([words] if words else [])


def _touched(fragment: str, text: str, sentences: Sequence[Span]) -> list[int]:
    start = text.find(fragment)
    return [i for i, s in enumerate(sentences) if start >= 0 and s.overlaps(Span(start, start + len(fragment)))]


def _mistakes(given: dict[str, Any], record: dict[str, Any], text: str) -> Iterator[str]:
    kind = record["kind"]
    if kind not in FIELDS:
        yield f"unknown kind {kind!r}"
        return
    yield from (f"no field {name!r}" for name in given if name not in (*FIELDS[kind], "kind", "evidence"))
    for fragment in given.get("evidence", []):
        if (count := text.count(fragment)) != 1:
            yield f"evidence occurs {count} times: {fragment!r}"
    words = record.get(WORDS.get(kind, ""))
    if kind in WORDS and (not words or words not in text):
        yield f"{WORDS[kind]} is not in the text: {words!r}"
    if not record["evidence"]:
        yield "no evidence"
        return
    for item in record.get("items", []):
        if item["what"] not in text:
            yield f"item is not in the text: {item['what']!r}"
    for person in [*record.get("people", []), *(s for s in record.get("speakers", []) if len(s) > 2)]:
        if person not in text:
            yield f"name is not in the text: {person!r}"
    for name in ("date", "due"):
        if record.get(name) and not is_valid(record[name]):
            yield f"{name} is no EDTF date: {record[name]!r}"
    try:
        record_from_json(record | {"evidence": [{"start": 0, "end": 1}]})
    except (ValueError, KeyError, TypeError) as error:
        yield str(error)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("drafts", type=Path, nargs="+")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    failed = 0
    for path in args.drafts:
        document, mistakes = convert(path.stem, path.read_text(encoding="utf-8"))
        for mistake in mistakes:
            print(f"{path.name}: {mistake}", file=sys.stderr)
        failed += bool(mistakes)
        if not mistakes:
            content = json.dumps(document, ensure_ascii=False, indent=1)
            (args.out / f"{path.stem}.json").write_text(content + "\n", encoding="utf-8")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
