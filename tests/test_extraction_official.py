"""What is kept of documents that may be about something else than dealings of states."""

from communique.extraction.official import official_only
from communique.language.analysis import analyse
from communique.model import Agreement, AgreementStage, Document, Form, Span, Statement


def test_of_doubtful_documents_official_actors_are_kept() -> None:
    text = "Foreign Minister Anna Berg of Norway said so. Analyst Jan Vos agreed. Norway and Chile signed it."
    evidence = (Span(0, 10),)
    minister = Statement(speakers=("Anna Berg",), form=Form.INDIRECT, content="so", evidence=evidence)
    analyst = Statement(speakers=("Jan Vos",), form=Form.INDIRECT, content="it", evidence=evidence)
    treaty = Agreement(name="it", stage=AgreementStage.SIGNED, parties=("NO", "CL"), evidence=evidence)
    deal = Agreement(name="it", stage=AgreementStage.SIGNED, parties=("NO", "Acme Corp"), evidence=evidence)
    assert official_only(analyse(Document(text=text)), [minister, analyst, treaty, deal]) == (minister, treaty)
