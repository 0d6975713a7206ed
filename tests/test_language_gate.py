"""What the gate lets pass, what it leaves out and why, and which sentences of doubtful documents are read."""

import pytest

from communique.extraction import extract
from communique.language.gate import Verdict, judge, sentences_near_actors
from communique.language.sentences import split
from communique.model import Document

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
CAMPAIGN = (
    "The Labour leader has told MPs that the party will fight the general election on schools and hospitals. Tories in "
    "the Commons said the plans would put up council tax, and the Lib Dems called them a gimmick. Speaking to party "
    "members in Leeds, he promised to cut waiting lists and to give parents a greater say. Backbenchers had warned him "
    "that voters in marginal seats were angry about tuition fees, and that the manifesto said too little on pensions. "
    "A poll published on Sunday puts Labour four points ahead."
)
READINESS = (
    "Today I signed an order that will keep our armed forces ready for whatever comes. My administration will invest "
    "in the men and women who serve, in their families, and in the shipyards that build the next submarines. I have "
    "asked the Secretary of Defense to report to Congress every month. Together with workers in every state we are "
    "strengthening the supply chains on which our national security depends, and we will not stop until the job is "
    "done. May God protect our troops."
)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        pytest.param(MATCH, False, id="sport"),
        pytest.param(CAMPAIGN, False, id="party politics of one country"),
        pytest.param(TREATY, True, id="diplomacy"),
        pytest.param(READINESS, True, id="what a government says of itself, though it names no other"),
    ],
)
def test_dealings_between_states_pass_and_other_subjects_do_not(text: str, passes: bool) -> None:
    assert (judge(Document(text=text)).left_out is None) == passes


def test_what_is_left_out_is_not_read_unless_it_is_forced_in() -> None:
    told = CAMPAIGN + " The Ministry of Defence of Norway said on Monday that it will buy six frigates from Spain."
    assert judge(Document(text=told)).left_out
    assert extract(Document(text=told)) == ()
    assert any("frigates" in told[r.evidence[0].start :] for r in extract(Document(text=told), ungated=True))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (MATCH, "Its words are those of another subject than the dealings of states ("),
        (CAMPAIGN, "It names no state or organisation, and its words are not those of dealings between states ("),
        (
            CAMPAIGN + " Britain gave way to France on fishing.",
            "It names states or organisations beside GB only 1 time, and its words are not those of dealings",
        ),
    ],
)
def test_reason_is_one_sentence_with_the_words_that_told(text: str, reason: str) -> None:
    told = judge(Document(text=text)).left_out or ""
    assert told.startswith(reason)
    assert told.endswith(").")


@pytest.mark.parametrize(
    "document",
    [
        Document(text="The striker scored twice, said the coach of the team."),
        Document(text=MATCH, publisher="Ministry of Foreign Affairs of Japan"),
    ],
)
def test_short_texts_and_what_governments_publish_always_pass(document: Document) -> None:
    assert judge(document) == Verdict()


def test_near_actors_are_sentences_that_name_one_and_their_neighbours() -> None:
    plain = "It rained all day."
    text = " ".join([plain, plain, "Norway's minister spoke.", plain, plain, plain])
    assert sentences_near_actors(text, split(text)) == {1, 2, 3}
    assert sentences_near_actors(plain, split(plain)) == frozenset()
