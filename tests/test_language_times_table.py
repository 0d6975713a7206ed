"""Times as official texts and news write them, each with its date; the documents are of Wednesday, 2 July 2025."""

import pytest

from communique.language.sentences import split
from communique.language.times import find_times

PUBLISHED = "2025-07-02"

DAYS = [
    ("The ministers met on Tuesday evening local time.", "2025-07-01"),
    ("The ministers met late on Monday night.", "2025-06-30"),
    ("The envoy landed on Sunday morning.", "2025-06-29"),
    ("The envoy lands on Sunday.", "2025-06-29"),
    ("The envoy will land on Sunday.", "2025-07-06"),
    ("The envoy is due to land on Sunday.", "2025-07-06"),
    ("The visit had been due to begin on Sunday, but the minister fell ill.", "2025-07-06"),
    ("The visit was to have begun on Friday.", "2025-07-04"),
    ("Talks planned for Thursday were called off.", "2025-07-03"),
    ("Speaking on Monday, the premier promised to visit Vilnius.", "2025-06-30"),
    ("They parted last Thursday.", "2025-06-26"),
    ("They reconvene this coming Thursday.", "2025-07-03"),
    ("They reconvene next Thursday.", "2025-07-03"),
    ("They signed it on Tuesday last week.", "2025-06-24"),
    ("They will sign it on Tuesday next week.", "2025-07-08"),
    ("The ship sailed the day before yesterday.", "2025-06-30"),
    ("The ship sails the day after tomorrow.", "2025-07-04"),
    ("The call took place this morning.", "2025-07-02"),
    ("The call took place last night.", "2025-07-01"),
    ("The embassy reopened ten days ago.", "2025-06-22"),
    ("The embassy reopened on 13 June.", "2025-06-13"),
    ("The embassy reopened on June 13th.", "2025-06-13"),
    ("The embassy reopened on Friday, 13 June.", "2025-06-13"),
    ("The embassy reopened on the 13th of June 2025.", "2025-06-13"),
    ("Done at Riga, this 13th day of June, 2025.", "2025-06-13"),
    ("The embassy reopened on 13.06.2025.", "2025-06-13"),
    ("The embassy reopened on 6/13/2025.", "2025-06-13"),
    ("The embassy reopened on 13/6/2025.", "2025-06-13"),
    ("The embassy will reopen on 13 January.", "2026-01-13"),
    ("The embassy closed on 13 December.", "2024-12-13"),
    ("The dividend will be paid on 15 December.", "2025-12-15"),
    ("The 10 March agreement holds.", "2025-03-10"),
    ("The truce has held since 3 August.", "2024-08-03"),
]

STRETCHES = [
    ("They met from Monday to Wednesday.", "2025-06-30/2025-07-02"),
    ("They will meet from Monday to Wednesday next week.", "2025-07-07/2025-07-09"),
    ("They met on 3 and 4 May.", "2025-05-03/2025-05-04"),
    ("They met from 28 June to 1 July.", "2025-06-28/2025-07-01"),
    ("They met between 28 May and 2 June 2024.", "2024-05-28/2024-06-02"),
    ("They met on May 28-30, 2024.", "2024-05-28/2024-05-30"),
    ("They met in the week of 9 June.", "2025-06-09/2025-06-15"),
    ("They met last week.", "2025-06-23/2025-06-29"),
    ("They will meet early next week.", "2025-07-07/2025-07-13"),
    ("They will meet later this week.", "2025-07-02/2025-07-06"),
    ("They met earlier this week.", "2025-06-30/2025-07-02"),
    ("They met over the weekend.", "2025-06-28/2025-06-29"),
    ("They will meet at the weekend.", "2025-07-05/2025-07-06"),
    ("They met last weekend.", "2025-06-28/2025-06-29"),
    ("The plan runs from 2026 to 2030.", "2026/2030"),
    ("The plan for 2026-2030 is settled.", "2026/2030"),
    ("The exercise runs from 30 September to 4 October.", "2025-09-30/2025-10-04"),
]

MONTHS = [
    ("They met earlier this month.", "2025-07"),
    ("They will meet later this month.", "2025-07"),
    ("They met last month.", "2025-06"),
    ("They met in March.", "2025-03"),
    ("They met in October.", "2024-10"),
    ("They will meet in October.", "2025-10"),
    ("They will meet next March.", "2026-03"),
    ("They met last April.", "2025-04"),
    ("They met in mid-June.", "2025-06"),
    ("They met in early May.", "2025-05"),
    ("They met at the end of May.", "2025-05"),
    ("They will meet at the end of the month.", "2025-07"),
    ("A round planned for mid-February was cancelled when the raids began.", "2025-02"),
    ("The statement of the April summit will be issued soon.", "2025-04"),
    ("The treaty has been in force since August 2020.", "2020-08"),
    ("They met in April of that year.", None),
    ("It was signed at the end of 2024.", "2024-12"),
    ("It was signed at year-end.", "2025-12"),
]

YEARS = [
    ("It will be signed later this year.", "2025-07/2025-12"),
    ("It will be signed later in the year.", "2025-07/2025-12"),
    ("It was signed earlier this year.", "2025-01/2025-07"),
    ("It was signed early this year.", "2025-01/2025-04"),
    ("It was signed last year.", "2024"),
    ("It will be signed next year.", "2026"),
    ("It will be signed early next year.", "2026"),
    ("It will be signed in the first half of next year.", "2026-01/2026-06"),
    ("It will be signed in the second half of 2026.", "2026-07/2026-12"),
    ("It will be signed in mid-2026.", "2026-05/2026-08"),
    ("It will be signed in late 2026.", "2026-10/2026-12"),
    ("It was signed two years ago.", "2023"),
    ("The bases were leased in the 1990s.", "1990/1999"),
    ("The bases were leased in the nineties.", "1990/1999"),
    ("The bases were leased in the early 1990s.", "1990/1993"),
    ("The bases were leased in the late eighties.", "1987/1989"),
    ("The border was drawn in the 19th century.", "1800/1899"),
    ("Frigates arrive in the early 2030s.", "2030/2033"),
    ("It was the first visit since 2013.", "2013"),
]

QUARTERS_AND_SEASONS = [
    ("Deliveries begin in Q3 2026.", "2026-07/2026-09"),
    ("Deliveries begin in the third quarter of 2026.", "2026-07/2026-09"),
    ("Deliveries will begin in the fourth quarter.", "2025-10/2025-12"),
    ("Deliveries will begin in the first quarter.", "2026-01/2026-03"),
    ("Deliveries began in the first quarter.", "2025-01/2025-03"),
    ("Deliveries began in the fourth quarter.", "2024-10/2024-12"),
    ("Deliveries rose in last year's fourth quarter.", "2024-10/2024-12"),
    ("Deliveries begin in next year's first quarter.", "2026-01/2026-03"),
    ("First-quarter deliveries rose.", "2025-01/2025-03"),
    ("Deliveries rose last quarter.", "2025-04/2025-06"),
    ("They will meet this autumn.", "2025-23"),
    ("They will meet in the autumn.", "2025-23"),
    ("They will meet next spring.", "2026-21"),
    ("They met last summer.", "2024-22"),
    ("They met in winter 2024.", "2024-24"),
    ("They met in the spring of 2023.", "2023-21"),
]

FISCAL = [
    ("The sum is for fiscal year 2026.", "2026"),
    ("The sum is for FY2026.", "2026"),
    ("The sum is for FY 2025-26.", "2025/2026"),
    ("The sum is for fiscal year 2029-30.", "2029/2030"),
    ("The sum is due by fiscal year 2029-30.", "../2030"),
    ("The sum is for the current financial year.", "2025/2026"),
    ("The sum is due by the end of the current financial year.", "../2026"),
    ("The sum is for the next financial year.", "2026/2027"),
    ("The sum was for the last financial year.", "2024/2025"),
    ("The sum is for the current fiscal year.", None),
]

DEADLINES = [
    ("It is due by 2030.", "../2030"),
    ("It is due by the end of 2030.", "../2030"),
    ("It is due by the end of this month.", "../2025-07"),
    ("It is due by the end of the decade.", "../2029"),
    ("It is due before the end of the year.", "../2025"),
    ("It is due by mid-2026.", "../2026-08"),
    ("It is due no later than 1 March 2026.", "../2026-03-01"),
    ("It is due by Friday.", "../2025-07-04"),
    ("It is due by next spring.", "../2026-21"),
    ("It is due within two weeks.", "../2025-07-16"),
    ("It is due within 90 days.", "../2025-09-30"),
    ("It is due within the next two years.", "../2027-07"),
    ("They will spend it over the next decade.", "2025-07/2035-07"),
    ("They will spend it over the next five years.", "../2030-07"),
    ("It may start as early as 2027.", "2027/.."),
    ("It will apply from 2027 onwards.", "2027/.."),
    ("The deal to finish it within a month stands.", "../2025-08"),
]

WITHOUT_DATE = [
    "They spoke on the sidelines of the General Assembly.",
    "They spoke on the margins of the summit.",
    "They will meet in the coming weeks.",
    "They will meet over the next few days.",
    "They have met over the past several months.",
    "They met a few years ago.",
    "They will meet in the months to come.",
    "They will meet at the earliest opportunity.",
    "They will meet in due course.",
    "They are now in talks.",
    "They are currently in talks.",
    "They will consult in the near term.",
    "They look to a partnership fit for the 21st century.",
    "The first ship arrived within two months.",
    "It was the first such visit in seven years.",
    "They signed it on that day.",
    "They opened it that Saturday.",
    "The embassy reopened on 6/7/2025.",
    "They face a long winter.",
    "Prices may fall in turn.",
    "Troops march in step.",
]

TABLE = [*DAYS, *STRETCHES, *MONTHS, *YEARS, *QUARTERS_AND_SEASONS, *FISCAL, *DEADLINES]


def dates(text: str, published: str | None = PUBLISHED) -> list[str]:
    """The dates that the times of a text resolve to."""
    return [time.edtf for time in find_times(text, split(text), published) if time.edtf]


@pytest.mark.parametrize(("text", "edtf"), TABLE)
def test_each_time_means_its_date(text: str, edtf: str | None) -> None:
    assert dates(text) == ([edtf] if edtf else [])


@pytest.mark.parametrize("text", WITHOUT_DATE)
def test_the_day_of_publication_never_stands_in_for_a_date(text: str) -> None:
    assert dates(text) == []


STORIES = [
    (
        "The navies met in Cork in February 2024. That September they met again.",
        ["2024-02", "2024-09"],
    ),
    (
        "The treaty was signed on Friday, 4 April 2025. That Saturday the ministers flew home.",
        ["2025-04-04", "2025-04-05"],
    ),
    (
        "The convoy reached the port on 12 June. Later in the day it was unloaded.",
        ["2025-06-12", "2025-06-12"],
    ),
    (
        "The accord was reached on 4 March 2024. A year later it was in force.",
        ["2024-03-04", "2025"],
    ),
    (
        "Exports fell in the third quarter of 2024. A year earlier they had risen.",
        ["2024-07/2024-09", "2023-07/2023-09"],
    ),
    (
        "It was agreed in May 2019. Later in the year it was signed.",
        ["2019-05", "2019-05/2019-12"],
    ),
]


@pytest.mark.parametrize(("text", "edtf"), STORIES)
def test_times_count_from_those_told_before(text: str, edtf: list[str]) -> None:
    assert dates(text) == edtf


def test_a_dateline_with_its_year_takes_the_place_of_an_unknown_publication() -> None:
    text = "TUNIS, 8 October 2021 - The commission signed the plan today. It meets again next week."
    assert dates(text, None) == ["2021-10-08", "2021-10-08", "2021-10-11/2021-10-17"]


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) + len(WITHOUT_DATE) + len(STORIES) >= 120
