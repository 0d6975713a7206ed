"""Which documents are read at all, and what is kept of doubtful ones."""

import math

import pytest

from communique import extract
from communique.extraction.subject import UNRELATED, official_only, relevance
from communique.language.analysis import analyse
from communique.model import Agreement, AgreementStage, Document, Form, Span, Statement

MATCH = (
    "The striker scored twice in the second half as the home team beat the league leaders in front of a record crowd. "
    "The coach said his players had trained all season and promised to win the cup. Fans celebrated in the stadium "
    "long after the match. The captain, who had missed three games with an injury, will play again in the final on "
    "Saturday. The club signed a new goalkeeper before the transfer window closed, and expects to agree terms with two "
    "more players from Spain and Brazil."
)
TREATY = (
    "The foreign ministers of Norway and Chile met in Oslo on Tuesday and signed a defence cooperation agreement. The "
    "two governments will hold joint exercises, share intelligence and begin talks on the sale of patrol vessels. The "
    "Norwegian minister said her country stood ready to support the Chilean navy. Both sides agreed to meet again next "
    "year in Santiago and to raise the matter at the United Nations Security Council."
)


def test_sport_is_not_read_and_diplomacy_is() -> None:
    assert relevance(Document(text=MATCH)) < UNRELATED < relevance(Document(text=TREATY))
    assert extract(Document(text=MATCH)) == ()


@pytest.mark.parametrize(
    "document",
    [
        Document(text="The striker scored twice, said the coach of the team."),
        Document(text=MATCH, publisher="Ministry of Foreign Affairs of Japan"),
    ],
)
def test_short_texts_and_what_governments_publish_are_always_read(document: Document) -> None:
    assert relevance(document) == math.inf


def test_of_doubtful_documents_official_actors_are_kept() -> None:
    text = "Foreign Minister Anna Berg of Norway said so. Analyst Jan Vos agreed. Norway and Chile signed it."
    evidence = (Span(0, 10),)
    minister = Statement(speakers=("Anna Berg",), form=Form.INDIRECT, content="so", evidence=evidence)
    analyst = Statement(speakers=("Jan Vos",), form=Form.INDIRECT, content="it", evidence=evidence)
    treaty = Agreement(name="it", stage=AgreementStage.SIGNED, parties=("NO", "CL"), evidence=evidence)
    deal = Agreement(name="it", stage=AgreementStage.SIGNED, parties=("NO", "Acme Corp"), evidence=evidence)
    assert official_only(analyse(Document(text=text)), [minister, analyst, treaty, deal]) == (minister, treaty)
