"""Documents in which one minister has two spellings, one name two bearers, and one company two names."""

from ledger_samples import Sample, sample, told


def meeting(day: str, sentence: str, parties: tuple[str, str], people: tuple[str, ...]) -> Sample:
    """A document that reports a meeting, published on its day."""
    return sample(day, (sentence, [told("engagement", parties=parties, people=people, date=day)]), source=f"{day}.txt")


OSLO = meeting(
    "2031-01-02",
    "Foreign Minister Anna Larvik of Norway met Minister Bo Nilsen of Denmark in Oslo.",
    ("NO", "DK"),
    ("Anna Larvik", "Bo Nilsen"),
)
ROME = meeting(
    "2031-03-02",
    "Foreign Minister Ana Larwick of Norway met Minister Tomas Urban of Austria in Rome.",
    ("NO", "AT"),
    ("Ana Larwick", "Tomas Urban"),
)
BERN = meeting(
    "2031-05-02",
    "Larwick of Norway and Minister Lin Mei of China met in Bern.",
    ("NO", "CN"),
    ("Larwick", "Lin Mei"),
)
JAKARTA = meeting(
    "2031-06-02",
    "Minister Lin Mei of Singapore met Minister Sari Dewi of Indonesia in Jakarta.",
    ("SG", "ID"),
    ("Lin Mei", "Sari Dewi"),
)
MANILA = meeting(
    "2031-09-02",
    "Minister Lin Mei of Singapore met Minister Jun Reyes of the Philippines in Manila.",
    ("SG", "PH"),
    ("Lin Mei", "Jun Reyes"),
)
CEBU = meeting("2031-10-02", "Lin Mei was seen with ministers in Cebu.", ("PH", "VN"), ("Lin Mei",))
PACT, PACT_LATER = (
    sample(
        day,
        (
            f"{company} and Norway {stage} the Fjord Radar Pact.",
            [told("agreement", name="Fjord Radar Pact", stage=stage, parties=("NO", company))],
        ),
        source=f"{day}.txt",
    )
    for day, company, stage in (
        ("2031-07-02", "Frobnitz Aero", "signed"),
        ("2031-08-02", "Frobnitz Aerospace", "renewed"),
    )
)
EVERY = (OSLO, ROME, BERN, JAKARTA, PACT, PACT_LATER)


def company(day: str, sentence: str, state: str, name: str) -> Sample:
    """A document that reports what a company of this name agreed on with a state."""
    agreed = told("agreement", name=name, stage="signed", parties=(state, "Nordbank"))
    return sample(day, (sentence, [agreed]), source=f"bank-{day}.txt")


NORDBANK = company("2031-04-01", "Norway and Nordbank signed the Harbour Loan.", "NO", "Harbour Loan")
NORDBANK_OF_CHILE = company("2031-04-02", "Chile and Nordbank signed the Copper Loan.", "CL", "Copper Loan")
NORDBANK_AGAIN = company("2031-04-03", "Chile and Nordbank signed the Railway Loan.", "CL", "Railway Loan")
