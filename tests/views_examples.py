"""A small ledger by hand, in its own words about real public events, for the tests of views and commands."""

from typing import Any

from communique.model import (
    Document,
    Entry,
    Kind,
    Record,
    Report,
    Source,
    Span,
    Standing,
    record_from_json,
    record_to_json,
    standing_of,
)

FEBRUARY = (
    "President Donald Trump received Prime Minister Narendra Modi at the White House on 13 February.",
    "The two leaders announced plans to sign this year a new ten-year Framework for the U.S.-India Major Defense "
    "Partnership in the 21st Century.",
    "They launched the Autonomous Systems Industry Alliance (ASIA), which is to scale industry partnerships and "
    "production in the Indo-Pacific.",
    "India intends to buy six additional P-8I maritime patrol aircraft, and both sides expect the terms to be settled.",
)
JULY = (
    "Defense Secretary Pete Hegseth met India's External Affairs Minister S. Jaishankar at the Pentagon on Tuesday.",
    "Hegseth said the United States hopes to complete several major pending defense sales to India, to expand "
    "industrial cooperation and co-production networks, to strengthen interoperability between the forces, and to "
    "sign a new ten-year Framework for the U.S.-India Major Defense Partnership before the end of the year.",
    "“Our defence partnership is today one of the most consequential pillars of the relationship,” Jaishankar said.",
    "Officials expect the next INDUS-X summit to be held later this year.",
    "India has folded C-130J, C-17 and Apache aircraft into its inventory.",
)
OCTOBER = (
    "Raksha Mantri Rajnath Singh met Secretary of War Pete Hegseth in Kuala Lumpur on Friday.",
    "On the margins of the ASEAN defence ministers' gathering they signed the Framework for the U.S.-India Major "
    "Defence Partnership, which sets the course of cooperation for the next ten years.",
    "Singh said that the signing opens a new chapter in an already strong defence partnership.",
    "India pledged to settle the terms of further co-production before March 2026.",
)
NOVEMBER = ("HAL ordered 113 F404-GE-IN20 engines from GE Aerospace on Friday, with deliveries from 2027 to 2032.",)
SENTENCES = (*FEBRUARY, *JULY, *OCTOBER, *NOVEMBER)
DOCUMENTS = {
    "d1": Document(
        title="Joint statement after talks at the White House",
        publisher="The White House",
        published="2025-02-13",
        url="https://example.org/february",
        text=" ".join(FEBRUARY),
    ),
    "d2": Document(
        title="Hegseth hosts Jaishankar at the Pentagon",
        publisher="U.S. Department of Defense",
        published="2025-07-02",
        url="https://example.org/july",
        text=" ".join(JULY),
    ),
    "d3": Document(
        title="India and the United States sign ten-year defence framework",
        publisher="Ministry of Defence, India",
        published="2025-10-31",
        url="https://example.org/october",
        text=" ".join(OCTOBER),
    ),
    "d4": Document(
        title="HAL orders engines",
        publisher="Hindustan Aeronautics Limited",
        published="2025-11-07",
        text=" ".join(NOVEMBER),
    ),
}


def spans(document: Document, *beginnings: str) -> list[dict[str, int]]:
    """Evidence in JSON form: the sentences of the document that begin so."""
    found = []
    for beginning in beginnings:
        sentence = next(s for s in SENTENCES if s.startswith(beginning) and s in document.text)
        start = document.text.index(sentence)
        found.append({"start": start, "end": start + len(sentence)})
    return found


def report(document_id: str, beginning: str, kind: str, **fields: Any) -> Report:
    """One report as the ledger hands it out, its sentence found by its beginning."""
    document = DOCUMENTS[document_id]
    evidence = spans(document, beginning)
    record: Record = record_from_json({"kind": kind, **fields, "evidence": evidence})
    stage = fields.get("stage") or fields.get("status")
    return Report(
        stage=stage,
        date=fields.get("date"),
        ordered_by=fields.get("date") or document.published,
        record=record,
        source=Source(
            record_id=f"{document_id}-{evidence[0]['start']}",
            document_id=document_id,
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            url=document.url,
            quotes=tuple(document.text[e["start"] : e["end"]] for e in evidence),
            spans=tuple(Span(e["start"], e["end"]) for e in evidence),
        ),
    )


def entry(number: str, title: str, *history: Report) -> Entry:
    """An entry from its reports, oldest first; its fields are those of the last one."""
    last = history[-1]
    fields = record_to_json(last.record)
    sides = ("parties", "supplier", "recipient", "by", "to")
    kind = Kind(fields.pop("kind"))
    fields.pop("evidence")
    return Entry(
        id=number,
        kind=kind,
        title=title,
        parties=tuple(dict.fromkeys(p for side in sides for p in fields.get(side) or ())),
        stage=last.stage,
        standing=standing_of(kind, last.stage) if last.stage else Standing.REALISED,
        date=last.date,
        fields=fields,
        history=history,
    )


def _undertaking(number: str, document: str, beginning: str, **fields: Any) -> Entry:
    return entry(number, fields["action"], report(document, beginning, "undertaking", **fields))


US_IN = ["US", "IN"]
HOPES = {"by": ["US"], "to": ["IN"], "strength": "aspiration", "status": "open"}
NAME = "Framework for the U.S.-India Major Defence Partnership"
ENTRIES = [
    entry(
        "E-10000001",
        "Meeting of Donald Trump and Narendra Modi, White House",
        report("d1", "President", "engagement", type="meeting", stage="held", parties=US_IN, date="2025-02-13",
               people=["Donald Trump", "Narendra Modi"], place="White House"),
    ),
    entry(
        "E-10000002",
        "Meeting of Pete Hegseth and S. Jaishankar, Pentagon",
        report("d2", "Defense", "engagement", type="meeting", stage="held", parties=US_IN, date="2025-07-01",
               people=["Pete Hegseth", "S. Jaishankar"], place="Pentagon"),
    ),
    entry(
        "E-10000003",
        "Meeting of Rajnath Singh and Pete Hegseth, Kuala Lumpur",
        report("d3", "Raksha", "engagement", type="meeting", stage="held", parties=US_IN, date="2025-10-31",
               people=["Rajnath Singh", "Pete Hegseth"], place="Kuala Lumpur"),
    ),
    entry(
        "E-10000004",
        "INDUS-X summit",
        report("d2", "Officials", "engagement", type="summit", stage="planned", parties=US_IN, date="2025-07/2025-12"),
    ),
    entry(
        "A-20000001",
        NAME,
        report("d1", "The two leaders", "agreement", stage="proposed", parties=US_IN,
               name="Framework for the U.S.-India Major Defense Partnership in the 21st Century"),
        report("d2", "Hegseth said", "agreement", stage="proposed", parties=US_IN,
               name="new ten-year Framework for the U.S.-India Major Defense Partnership"),
        report("d3", "On the margins", "agreement", stage="signed", parties=US_IN, date="2025-10-31", name=NAME),
    ),
    entry(
        "T-30000001",
        "6 P-8I to India",
        report("d1", "India intends", "transfer", stage="considered", supplier=["US"], recipient=["IN"],
               items=[{"what": "P-8I", "quantity": 6}]),
    ),
    entry(
        "T-30000002",
        "C-130J, C-17 and Apache to India",
        report("d2", "India has", "transfer", stage="in-service", supplier=["US"], recipient=["IN"],
               items=[{"what": "C-130J"}, {"what": "C-17"}, {"what": "Apache"}]),
    ),
    entry(
        "T-30000003",
        "113 F404-GE-IN20 engines to Hindustan Aeronautics Limited",
        report("d4", "HAL", "transfer", stage="contracted", supplier=["GE Aerospace", "US"], recipient=["IN"],
               items=[{"what": "F404-GE-IN20", "quantity": 113}], date="2025-11-07",
               value={"amount": 1000000000, "currency": "USD"}),
    ),
    entry(
        "I-40000001",
        "Autonomous Systems Industry Alliance (ASIA)",
        report("d1", "They launched", "initiative", name="Autonomous Systems Industry Alliance (ASIA)",
               stage="launched", parties=US_IN, date="2025-02-13"),
    ),
    _undertaking("U-50000001", "d2", "Hegseth said", **HOPES,
                 action="complete several major pending defense sales to India"),
    _undertaking("U-50000002", "d2", "Hegseth said", **HOPES,
                 action="expand industrial cooperation and co-production networks"),
    _undertaking("U-50000003", "d2", "Hegseth said", **HOPES, action="strengthen interoperability between the forces"),
    _undertaking("U-50000004", "d2", "Hegseth said", **{**HOPES, "status": "fulfilled"}, due="2025-07/2025-12",
                 action="sign a new ten-year Framework for the U.S.-India Major Defense Partnership"),
    _undertaking("U-50000005", "d3", "India pledged", by=["IN"], to=[], strength="commitment", status="open",
                 due="../2026-02", action="settle the terms of further co-production"),
    entry(
        "S-60000001",
        "S. Jaishankar",
        report("d2", "“Our", "statement", speakers=["S. Jaishankar"], form="direct",
               content="Our defence partnership is today one of the most consequential pillars of the relationship"),
    ),
    entry(
        "S-60000002",
        "Rajnath Singh",
        report("d3", "Singh said", "statement", speakers=["Rajnath Singh"], form="indirect",
               content="the signing opens a new chapter in an already strong defence partnership"),
    ),
]  # fmt: skip


def records_by_document() -> dict[str, list[Record]]:
    """What each document reports, for tests that put the same things into a real ledger."""
    found: dict[str, list[Record]] = {document_id: [] for document_id in DOCUMENTS}
    for each in ENTRIES:
        for told in each.history:
            found[told.source.document_id].append(told.record)
    return found
