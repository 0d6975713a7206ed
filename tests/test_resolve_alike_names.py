"""Names that are alike though rules take them for two actors'."""

import pytest

from communique.resolve.alike_names import organisations_alike, pairs_of_people, people_alike


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Anna Larvik", "Ana Larwick", "spelling"),
        ("Hamad bin Rashid", "Hamad bin Rashid Al Marri", "part"),
        ("Irfan Osman", "Mohamed Irfan Osman", "part"),
        ("Miguel Gonzales", "Miguel Gonzalez", "letters"),
        ("Rajesh Singh", "Rajnath Singh", None),
        ("Anna Larvik", "Bo Larvik", None),
        ("Larvik", "Larwick", None),
    ],
)
def test_people(one: str, other: str, how: str | None) -> None:
    assert people_alike(one, other) == people_alike(other, one) == how
    if how:
        assert list(pairs_of_people([one, other])) == [tuple(sorted((one, other)))]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Frobnitz", "Frobnitz Ltd.", "part"),
        ("Frobnitz Aero", "Frobnitz Aerospace", "spelling"),
        ("Frobnitz", "Frobnitz Marine Systems", "part"),
        ("FMS", "Frobnitz Marine Systems", "part"),
        ("Frobnitz Marine", "Frobnits Marine", "spelling"),
        ("Frobnitz Marine", "Frobnitz Radar", None),
        ("Northern Register", "Northern Reserve", None),
        ("World Bank", "World Bank", None),
        ("NATO", "North Atlantic Council", None),
    ],
)
def test_organisations(one: str, other: str, how: str | None) -> None:
    assert organisations_alike(one, other) == organisations_alike(other, one) == how
