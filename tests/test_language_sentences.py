import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language.sentences import split
from communique.lexicon.tables import rows


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


WHOLE = [
    "The U.S. Secretary of State met Lt. Col. Anna Berg and Gen. Paul Rao in Oslo.",
    "S. Jaishankar flew to Washington, D.C. on Jan. 5 for talks.",
    "The deal is worth $1.5 bn. according to the ministry.",
    "Article No. 4 covers supplies, e.g. fuel and spare parts.",
    "Talks open at 9 a.m. EST on Friday.",
    '"We will be there!" she said.',
    "Would they come? asked nobody in particular.".replace("?", ","),
    "They waited ... and then signed.",
    "The rate rose by 3.5 per cent under art. 12 of the pact.",
    "JOHN F. KENNEDY signed it.",
    "Leaders of the Japan-U.S. Alliance met.",
    "Prime Minister Ito (pictured) and Sen. Mary T. Jones spoke.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


PARTS = [
    ("They met. They left.", ["They met.", "They left."]),
    ('"We agreed." He left.', ['"We agreed."', "He left."]),
    ("“We agreed.” “You did?” Both left.", ["“We agreed.”", "“You did?”", "Both left."]),
    ("They live in the U.S. The talks are over.", ["They live in the U.S.", "The talks are over."]),
    ("It is due in the 2030s. Later ones follow.", ["It is due in the 2030s.", "Later ones follow."]),
    ("It ended (at last.) Both left.", ["It ended (at last.)", "Both left."]),
    ("Trade and Defence\nThe ministers met in Oslo.", ["Trade and Defence", "The ministers met in Oslo."]),
    ("They agreed to:\n- sign the pact\n- open a port", ["They agreed to:", "- sign the pact", "- open a port"]),
    ("They agreed to:\n• sign;\n• open a port.", ["They agreed to:", "• sign;", "• open a port."]),
    ("Q: Will you go?\nMR. LUND: Yes. Soon.", ["Q: Will you go?", "MR. LUND: Yes.", "Soon."]),
    ("1. The sides met. 2. They agreed.", ["1. The sides met.", "2. They agreed."]),
    ("# Readout\n\nThey met.", ["# Readout", "They met."]),
    ("  They met. \r\n\r\n They left.  ", ["They met.", "They left."]),
    ("They met.[1] They left.", ["They met.[1]", "They left."]),
    ("They met.They left.", ["They met.", "They left."]),
    ("It is done… Now we go on. What next?! Nothing.", ["It is done…", "Now we go on.", "What next?!", "Nothing."]),
    (
        "The foreign ministers of the two countries met in Oslo on Monday and\n"
        "Tuesday for talks about the port that the northern company wants to\n"
        "build. They agreed to meet again.\n\nA second paragraph follows here.",
        [
            "The foreign ministers of the two countries met in Oslo on Monday and\n"
            "Tuesday for talks about the port that the northern company wants to\nbuild.",
            "They agreed to meet again.",
            "A second paragraph follows here.",
        ],
    ),
    ("", []),
    (" \n\t\n ", []),
    ("...", ["..."]),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("row", rows("abbreviations"), ids=lambda row: row["form"])
def test_each_abbreviation_keeps_its_example_whole(row: dict[str, str]) -> None:
    assert row["form"] in row["example"]
    assert sentences(row["example"]) == [row["example"]]


PIECES = st.sampled_from([*'aB. \n?!"”()-•:1…', "U.S.", "Mr.", "\n\n", "\r\n", "The ", "\u2028", "\x00", "é", "No. 5"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_sentences_are_ordered_disjoint_and_cover_everything(text: str) -> None:
    spans = split(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    covered = "".join(text[s.start : s.end] for s in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in spans)


@pytest.mark.parametrize("piece", ["word ", ".", ". ", ".)", "a\n", "\n ", "A. ", "a.B", "(", '"', "..)) "])
def test_time_grows_linearly_on_hostile_text(piece: str) -> None:
    # A quadratic step would take minutes here, not the fraction of a second that a linear one takes.
    text = piece * 50_000
    assert sum(s.end - s.start for s in split(text)) <= len(text)
