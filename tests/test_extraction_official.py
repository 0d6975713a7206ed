"""What is kept of documents that are read though they seem to be about something else than dealings of states."""

import pytest

from communique.extraction.official import official_only
from communique.language.analysis import analyse
from communique.model import (
    Agreement,
    AgreementStage,
    Document,
    Form,
    Record,
    Span,
    Statement,
    Status,
    Strength,
    Undertaking,
)

TEXT = (
    "Foreign Minister Anna Berg of Norway said that Chile would join. Analyst Jan Vos of Norway agreed about Chile. "
    "Anna Berg said that taxes would fall. Norway and Chile signed it. Norway will send doctors to Peru. "
    "Norway will send doctors to its islands."
)


def _evidence(beginning: str) -> tuple[Span, ...]:
    start = TEXT.index(beginning)
    return (Span(start, start + len(beginning)),)


def _said(beginning: str, speaker: str) -> Statement:
    return Statement(speakers=(speaker,), form=Form.INDIRECT, content="so", evidence=_evidence(beginning))


def _signed(*parties: str) -> Agreement:
    return Agreement(name="it", stage=AgreementStage.SIGNED, parties=parties, evidence=_evidence("Norway and Chile"))


def _promised(beginning: str) -> Undertaking:
    return Undertaking(
        action="so", by=("NO",), strength=Strength.COMMITMENT, status=Status.OPEN, evidence=_evidence(beginning)
    )


@pytest.mark.parametrize(
    ("record", "is_kept"),
    [
        (_said("Foreign Minister", "Anna Berg"), True),
        (_said("Analyst", "Jan Vos"), False),
        (_said("Anna Berg said", "Anna Berg"), False),
        (_signed("NO", "CL"), True),
        (_signed("NO", "Acme Corp"), False),
        (_promised("Norway will send doctors to Peru"), True),
        (_promised("Norway will send doctors to its"), False),
    ],
)
def test_of_other_subjects_dealings_of_official_actors_are_kept(record: Record, is_kept: bool) -> None:
    assert official_only(analyse(Document(text=TEXT)), [record]) == ((record,) if is_kept else ())
