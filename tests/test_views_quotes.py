import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.views.quotes import clip, locate

LONG = (
    "Hegseth said the United States hopes to complete several major pending defense sales to India, to expand "
    "industrial cooperation and co-production networks, to strengthen interoperability between the forces, and to "
    "sign a new ten-year framework for the partnership before the end of the year."
)


def test_a_short_sentence_stays_whole_on_one_line() -> None:
    assert clip("They met\nin  Manila.", "Manila") == "They met in Manila."


@pytest.mark.parametrize(
    ("anchors", "beginning", "end"),
    [
        (("complete several major pending defense sales to India",), "Hegseth said", "networks …"),
        (("sign a new ten-year framework",), "… ", "before the end of the year."),
        ((), "Hegseth said", "networks …"),
        (("nothing of the kind",), "Hegseth said", "networks …"),
    ],
)
def test_a_long_sentence_is_cut_between_clauses(anchors: tuple[str, ...], beginning: str, end: str) -> None:
    shown = clip(LONG, *anchors, limit=180)
    assert shown.startswith(beginning)
    assert shown.endswith(end)
    assert all(anchor in shown for anchor in anchors if anchor in LONG)


def test_several_anchors_all_stay() -> None:
    shown = clip(LONG, "expand industrial cooperation", "strengthen interoperability", limit=150)
    assert "expand industrial cooperation" in shown
    assert "strengthen interoperability" in shown


def test_words_are_found_whatever_their_case_and_spacing() -> None:
    assert locate("The new\nframework  agreement.", "New Framework Agreement") == (4, 28)
    assert locate("The new framework.", "") is None


_TEXT = st.text(alphabet="ab ,;:—()\n\t", max_size=120)


@given(_TEXT, st.lists(_TEXT, max_size=3), st.integers(1, 60))
def test_what_is_left_is_a_passage_of_the_sentence(sentence: str, anchors: list[str], limit: int) -> None:
    whole = " ".join(sentence.split())
    shown = clip(sentence, *anchors, limit=limit)
    kept = shown.removeprefix("… ").removesuffix(" …")
    assert kept.strip() in whole
    assert len(kept) <= max(limit, 0)
    assert (shown == whole) == (len(whole) <= limit)
