"""Documents with their records, written for the tests about public events."""

from communique.model import (
    Agreement,
    AgreementStage,
    Document,
    Engagement,
    EngagementStage,
    EngagementType,
    Form,
    Item,
    Record,
    Span,
    Statement,
    Status,
    Strength,
    Transfer,
    TransferStage,
    Undertaking,
)

Sample = tuple[Document, tuple[Record, ...]]


def sample(published: str | None, *sentences: tuple[str, list[dict[str, object]]], source: str | None = None) -> Sample:
    """A document of these sentences, each with the records that it is evidence of, as keyword arguments."""
    text = " ".join(sentence for sentence, _ in sentences)
    records: list[Record] = []
    at = 0
    for sentence, found in sentences:
        records += [build(Span(at, at + len(sentence)), **fields) for fields in found]
        at += len(sentence) + 1
    document = Document(text=text, title=sentences[0][0], published=published, source=source or f"{published}: {text}")
    return document, tuple(records)


def told(kind: str, **fields: object) -> dict[str, object]:
    """The fields of a record that a sentence is evidence of."""
    return {"kind": kind, **fields}


def build(span: Span, **fields: object) -> Record:
    kind, values = fields.pop("kind"), {"evidence": (span,), **fields}
    match kind:
        case "engagement":
            defaults = {"type": EngagementType.MEETING, "stage": EngagementStage.HELD}
            return Engagement(**(defaults | values))  # type: ignore[arg-type]
        case "agreement":
            return Agreement(**({"stage": AgreementStage.SIGNED} | values))  # type: ignore[arg-type]
        case "transfer":
            what = values.pop("what")
            quantity = values.pop("quantity", None)
            items = tuple(Item(one, quantity) for one in str(what).split(" + "))  # type: ignore[arg-type]
            return Transfer(**({"stage": TransferStage.CONTRACTED, "items": items} | values))  # type: ignore[arg-type]
        case "undertaking":
            return Undertaking(**({"strength": Strength.INTENTION, "status": Status.OPEN} | values))  # type: ignore[arg-type]
        case _:
            return Statement(**({"form": Form.INDIRECT} | values))  # type: ignore[arg-type]


US_IN = ("US", "IN")

HOPE = sample(
    "2025-07-02",
    (
        "Hegseth received Jaishankar at the Pentagon on Tuesday.",
        [
            told(
                "engagement",
                parties=US_IN,
                people=("Pete Hegseth", "S. Jaishankar"),
                date="2025-07-01",
                place="Pentagon",
            )
        ],
    ),
    (
        "The United States hopes to sign the 10-Year Defense Framework agreement with India this year.",
        [
            told(
                "agreement",
                name="10-Year Defense Framework agreement",
                stage=AgreementStage.PROPOSED,
                parties=US_IN,
                date="2025-07/2025-12",
            ),
            told(
                "undertaking",
                action="sign the 10-Year Defense Framework agreement",
                by=("US",),
                to=("IN",),
                strength=Strength.ASPIRATION,
                due="2025-07/2025-12",
            ),
        ],
    ),
    (
        "Six P-8I patrol aircraft remain on offer.",
        [
            told(
                "transfer", what="P-8I", quantity=6, supplier=("US",), recipient=("IN",), stage=TransferStage.CONSIDERED
            )
        ],
    ),
    (
        "India has long flown the P-8I.",
        [told("transfer", what="P-8I", supplier=("US",), recipient=("IN",), stage=TransferStage.IN_SERVICE)],
    ),
    (
        "Hegseth said ties had never been closer.",
        [told("statement", speakers=("Hegseth",), content="ties had never been closer")],
    ),
    source="hope.txt",
)
SIGNED = sample(
    "2025-11-01",
    (
        "In Kuala Lumpur the ministers signed the 10-year Framework for the U.S.-India Major Defense Partnership.",
        [
            told(
                "agreement",
                name="10-year Framework for the U.S.-India Major Defense Partnership",
                parties=US_IN,
                date="2025-10-31",
            )
        ],
    ),
    (
        "It was their first meeting since July.",
        [
            told(
                "engagement",
                parties=US_IN,
                people=("Hegseth", "Rajnath Singh"),
                date="2025-10-31",
                place="Kuala Lumpur",
            )
        ],
    ),
    source="signed.txt",
)
RECALLED = sample(
    "2025-12-15",
    (
        "Officials went over the proposed ten-year defence framework again, and over the July talks at the Pentagon.",
        [
            told("agreement", name="ten-year defence framework", stage=AgreementStage.PROPOSED, parties=US_IN),
            told("engagement", parties=US_IN, people=("Jaishankar",), date="2025-07", place="Pentagon"),
        ],
    ),
    source="recalled.txt",
)
FIRST_STATEMENT = sample(
    "2025-02-14",
    (
        "The two leaders issued a joint statement in Washington on 13 February.",
        [told("agreement", name="joint statement", stage=AgreementStage.AGREED, parties=US_IN, date="2025-02-13")],
    ),
    source="february.txt",
)
SECOND_STATEMENT = sample(
    "2023-06-23",
    (
        "A joint statement followed the visit of June 2023.",
        [told("agreement", name="joint statement", stage=AgreementStage.AGREED, parties=US_IN, date="2023-06-22")],
    ),
    source="june.txt",
)
ACCESS = sample(
    "2024-07-08",
    (
        "Japan and the Philippines signed their Reciprocal Access Agreement (RAA) in Manila.",
        [told("agreement", name="Reciprocal Access Agreement (RAA)", parties=("JP", "PH"), date="2024-07-08")],
    ),
    source="access.txt",
)
IN_FORCE = sample(
    "2025-09-11",
    (
        "The Japan-Philippines RAA took effect on 11 September.",
        [
            told(
                "agreement",
                name="Japan-Philippines RAA",
                stage=AgreementStage.IN_FORCE,
                parties=("PH", "JP"),
                date="2025-09-11",
            )
        ],
    ),
    source="force.txt",
)
ALL: tuple[Sample, ...] = (HOPE, SIGNED, RECALLED, FIRST_STATEMENT, SECOND_STATEMENT, ACCESS, IN_FORCE)
