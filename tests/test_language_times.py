import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from communique.language.sentences import split
from communique.language.times import find_times
from communique.lexicon.tables import rows

WEDNESDAY = "2025-07-02"


def times(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str | None]]:
    return [(text[m.span.start : m.span.end], m.edtf) for m in find_times(text, split(text), published)]


ABSOLUTE = [
    ("They met on July 1, 2025.", "2025-07-01"),
    ("They met on 1 July 2025.", "2025-07-01"),
    ("They met on the 1st of July 2025.", "2025-07-01"),
    ("They met on Tuesday, July 1, 2025, in Oslo.", "2025-07-01"),
    ("They met on 2025-07-01.", "2025-07-01"),
    ("It was signed in February 2025.", "2025-02"),
    ("It was signed in 2019.", "2019"),
    ("They met from 3 to 5 May 2024.", "2024-05-03/2024-05-05"),
    ("They met on July 11-12, 2023.", "2023-07-11/2023-07-12"),
    ("They met on December 5 and 6, 2023.", "2023-12-05/2023-12-06"),
    ("They met from 28 June to 2 July 2024.", "2024-06-28/2024-07-02"),
    ("They met from June 28 to July 2, 2024.", "2024-06-28/2024-07-02"),
    ("They met from 30 December to 2 January 2024.", "2023-12-30/2024-01-02"),
    ("Ships arrive between 2025 and 2027.", "2025/2027"),
    ("Ships arrive from 2025 to 2027.", "2025/2027"),
    ("The plan covers 2025-29.", "2025/2029"),
    ("The plan covers fiscal year 2029-30.", "2029/2030"),
    ("It is due by fiscal year 2029-30.", "../2030"),
    ("It is due by 2030.", "../2030"),
    ("It is due by the year 2030.", "../2030"),
    ("Deliveries run from fiscal 2026 to fiscal 2028.", "2026/2028"),
    ("It is due no later than March 2026.", "../2026-03"),
    ("It is due before the end of 2026.", "../2026"),
    ("It has run since 2018.", "2018"),
    ("It may start as early as 2027.", "2027/.."),
    ("Pacts of the 1990s expired.", "1990/1999"),
    ("Boats arrive in the early 2030s.", "2030/2033"),
    ("Boats arrive in the late 2030s.", "2037/2039"),
    ("Boats arrive by the mid-2030s.", "../2036"),
    ("Talks open in Q3 2025.", "2025-07/2025-09"),
    ("Talks open in the first half of 2026.", "2026-01/2026-06"),
    ("Talks open in the fourth quarter of 2026.", "2026-10/2026-12"),
    ("Talks open in early 2026.", "2026"),
    ("The works start in 2026.", "2026"),
    ("Talks open in late 2026.", "2026-10/2026-12"),
    ("Talks open in mid-2027.", "2027-05/2027-08"),
    ("Talks open in spring 2026.", "2026-21"),
    ("Talks open in the autumn of 2026.", "2026-23"),
    ("Talks open in late December 2025.", "2025-12"),
]


@pytest.mark.parametrize(("text", "edtf"), ABSOLUTE)
@pytest.mark.parametrize("published", [WEDNESDAY, None])
def test_absolute_times_need_no_day_of_publication(text: str, edtf: str, published: str | None) -> None:
    assert [value for _, value in times(text, published)] == [edtf]


RELATIVE = [
    ("They met on Tuesday.", "2025-07-01"),
    ("They met on Wednesday.", "2025-07-02"),
    ("They met last Friday.", "2025-06-27"),
    ("They will meet on Friday.", "2025-07-04"),
    ("They will meet next Monday.", "2025-07-07"),
    ("Talks are scheduled for Friday.", "2025-07-04"),
    ("On Monday the ministry proposed talks.", "2025-06-30"),
    ("On Monday they agreed to widen the talks.", "2025-06-30"),
    ("The talks were held on Monday and Tuesday.", "2025-06-30/2025-07-01"),
    ("They spoke today.", "2025-07-02"),
    ("They spoke yesterday.", "2025-07-01"),
    ("They will speak tomorrow.", "2025-07-03"),
    ("They spoke last week.", "2025-06-23/2025-06-29"),
    ("They meet this week.", "2025-06-30/2025-07-06"),
    ("They will meet next week.", "2025-07-07/2025-07-13"),
    ("They will meet next month.", "2025-08"),
    ("They met last month.", "2025-06"),
    ("They will meet next year.", "2026"),
    ("They will sign it later this year.", "2025-07/2025-12"),
    ("They signed it earlier this year.", "2025-01/2025-07"),
    ("They will sign it this fall.", "2025-23"),
    ("It is to be done by the end of the year.", "../2025"),
    ("It is to be done by the end of this month.", "../2025-07"),
    ("It is to be done within five years.", "../2030-07"),
    ("It is to be done within 30 days.", "../2025-08-01"),
    ("They will work on it over the next decade.", "2025-07/2035-07"),
    ("They will spend it over the next three years.", "../2028-07"),
    ("They signed it two years ago.", "2023"),
    ("They met three days ago.", "2025-06-29"),
    ("They met on 1 July.", "2025-07-01"),
    ("They will meet on 15 January.", "2026-01-15"),
    ("They met on 15 December.", "2024-12-15"),
    ("They met in November.", "2024-11"),
    ("They will meet in November.", "2025-11"),
    ("They met in March last year.", "2024-03"),
    ("They met on 5/6 May.", "2025-05-05/2025-05-06"),
    ("They will meet in the last quarter of this year.", "2025-10/2025-12"),
    ("They will meet early next year.", "2026"),
    ("The ministers gather on Friday.", "2025-07-04"),
    ("On Monday she travels to Suva.", "2025-07-07"),
    ("A first patrol is envisaged for September.", "2025-09"),
    ("Talks were agreed on for October.", "2025-10"),
    ("The fund, which they proposed in September, is open.", "2024-09"),
    ("Oslo would receive a first cargo of liquefied gas in August.", "2025-08"),
    ("Deliveries start this year.", "2025"),
]


@pytest.mark.parametrize(("text", "edtf"), RELATIVE)
def test_relative_times_count_from_publication(text: str, edtf: str) -> None:
    assert [value for _, value in times(text)] == [edtf]


@pytest.mark.parametrize(("text", "_edtf"), RELATIVE)
def test_relative_times_stay_unresolved_without_publication(text: str, _edtf: str) -> None:
    assert all(value is None for _, value in times(text, None))


VAGUE = ["They will meet soon.", "They will meet in the coming months.", "They will meet in due course."]


@pytest.mark.parametrize("text", VAGUE)
def test_vague_times_have_no_value(text: str) -> None:
    assert [value for _, value in times(text)] == [None]


NO_TIMES = [
    "They back Agenda 2030.",
    "It costs $2030.",
    "They bought the Mirage 2000.",
    "Resolution 1973 stands.",
    "They sent 2,025 troops.",
    "They sent 1950 troops.",
    "They may march and fall.",
    "May they prosper.",
    "It grew by 5 percent.",
    "A second step follows.",
    "On 31 February 2024x",
    "On the 25th anniversary they sang.",
    "On the 30th Anniversary they sang.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_numbers_and_words_of_other_trades_are_no_times(text: str) -> None:
    assert [value for _, value in times(text) if value] == []


def test_times_lean_on_the_times_before_them() -> None:
    text = "They met on 4 March 2024. A treaty was signed on the same day, and two months later it was in force."
    assert [value for _, value in times(text)] == ["2024-03-04", "2024-03-04", "2024-05"]


AFTER_A_DAY = [
    ("on the 22nd it was signed", "2024-11-22"),
    ("that evening they dined", "2024-11-21"),
    ("the same night he left", "2024-11-21"),
    ("the next morning he left", "2024-11-22"),
    ("the evening before, they had dined", "2024-11-20"),
]


@pytest.mark.parametrize(("words", "edtf"), AFTER_A_DAY)
def test_days_and_parts_of_days_count_from_the_day_named_last(words: str, edtf: str) -> None:
    assert [value for _, value in times(f"They met on 21 November 2024, and {words}.")] == ["2024-11-21", edtf]


def test_a_day_of_a_month_that_nobody_named_stays_open() -> None:
    assert [value for _, value in times("They met on the 22nd, in Oslo.")] == [None]


def test_a_dateline_is_marked() -> None:
    text = "WASHINGTON, July 2 (Wire) - They met."
    (mention,) = find_times(text, split(text), WEDNESDAY)
    assert (mention.edtf, mention.rule) == ("2025-07-02", "time.dateline")


@pytest.mark.parametrize(("published", "edtf"), [("2015-11", "2015-11-22"), ("2015", "2015-11-22"), ("rubbish", None)])
def test_publication_of_any_precision(published: str, edtf: str | None) -> None:
    assert [value for _, value in times("They will meet on November 22.", published)] == [edtf]


@pytest.mark.parametrize("row", [r for r in rows("time_words") if r["class"] != "number"], ids=lambda r: r["forms"])
def test_each_word_of_time_is_found_in_its_example(row: dict[str, str]) -> None:
    assert len(times(row["example"])) == 1


@pytest.mark.parametrize("row", [r for r in rows("time_words") if r["class"] == "number"], ids=lambda r: r["forms"])
def test_numbers_behind_such_words_are_no_years(row: dict[str, str]) -> None:
    assert times(row["example"]) == []


PIECES = st.sampled_from(
    "on in by the of last next this May July 5 31 2024 2030s - – , . year week today and to early end since 1".split()
)


@given(
    st.lists(st.one_of(PIECES, st.text(max_size=4))).map(" ".join),
    st.sampled_from([None, "2025-07-02", "0001-01-01", "9999-12-31", "2024-02-29", "2025-13-01", ""]),
)
@example("this week", "9999-12-31")
@example("next week", "9999-12-31")
@example("last week", "0001-01-01")
@example("Tuesday to Monday", "0001-01-01")
def test_any_text_gives_ordered_disjoint_mentions(text: str, published: str | None) -> None:
    spans = [m.span for m in find_times(text, split(text), published)]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
