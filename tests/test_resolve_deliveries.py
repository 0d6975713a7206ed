"""When two reports tell of one sale or gift: lines of a list are one package."""

from communique.model import Entry, Kind, TransferStage
from ledger_samples import Sample, sample, told
from test_resolve_entries import entries


def _list(published: str, *lines: str) -> Sample:
    """A document with a list of goods, a record a line."""
    fields = {"supplier": ("NO",), "recipient": ("KE",), "stage": TransferStage.APPROVED}
    return sample(
        published, *((line, [told("transfer", what=line.split(" ", 1)[1].rstrip(";."), **fields)]) for line in lines)
    )


def _goods(entry: Entry) -> set[str]:
    return {item.split(";")[0] for report in entry.history for item in report.source.quotes}


def test_lines_of_a_list_are_one_package() -> None:
    (package,) = entries(
        _list("2022-03-01", "800 harbour radios;", "40 patrol boats;", "9,000 life jackets."), kind=Kind.TRANSFER
    )
    assert _goods(package) == {"800 harbour radios", "40 patrol boats", "9,000 life jackets."}


def test_the_list_of_another_day_is_another_package() -> None:
    lists = [_list(day, "800 harbour radios;", "40 patrol boats;") for day in ("2022-03-01", "2022-05-01")]
    assert len(entries(*lists, kind=Kind.TRANSFER)) == 2


def test_lists_with_other_sentences_between_them_are_two() -> None:
    between = ("Kenya has thanked Norway for all that it had given in the years before. " * 3, [])
    first, second = (_list("2022-03-01", line) for line in ("800 harbour radios;", "40 patrol boats;"))
    lines = [
        (one[0].text, [told("transfer", what="goods", supplier=("NO",), recipient=("KE",))]) for one in (first, second)
    ]
    assert len(entries(sample("2022-03-01", lines[0], between, lines[1]), kind=Kind.TRANSFER)) == 2
