"""dateparser's search for dates, as a process of its own in the environment of the peers.

Each line of standard input is ``[text, day]``, the day as ISO 8601 that relative times count from; each line of
standard output a list of ``[start, end, value]``: half-open character offsets, and the ISO date as precise as
dateparser says that the words are.
"""

import json
import sys
from datetime import datetime

from dateparser.date import DateDataParser
from dateparser.search import search_dates

_LENGTHS = {"year": 4, "month": 7}


def found_in(text: str, day: str) -> list[tuple[int, int, str]]:
    """The dates of a text by offsets and value."""
    settings = {"RELATIVE_BASE": datetime.fromisoformat(day)}
    again = DateDataParser(languages=["en"], settings=settings)
    dates = []
    end = 0
    for words, moment in search_dates(text, languages=["en"], settings=settings) or ():
        start = text.find(words, end)
        if start < 0:
            continue
        end = start + len(words)
        # The search gives a moment without its precision; the parser, asked about the words alone, tells it.
        period = again.get_date_data(words).period
        dates.append((start, end, moment.date().isoformat()[: _LENGTHS.get(period, 10)]))
    return dates


def main() -> None:
    """Answer each line."""
    for line in sys.stdin:
        print(json.dumps(found_in(*json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
