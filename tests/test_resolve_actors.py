"""By which of several names a person is known: the fullest that all of them may stand for."""

import pytest

from communique.resolve.actors import full_names


@pytest.mark.parametrize(
    ("names", "one"),
    [
        (("Larvik", "A. Larvik", "Anna Larvik"), True),
        (("Juan Peron", "Juan Perón"), True),
        (("MORITA Kenji", "Kenji Morita", "Morita Kenji", "Morita"), True),
        (("Joe Larvik", "Joseph R. Larvik", "Joseph R. Larvik, Jr."), True),
        (("Hadi Al-Amin", "Hadi al-Amin", "Hadi el Amin"), True),
        (("Anna Larvik", "Bo Larvik"), False),
        (("Anna Larvik", "Ana Larwick"), False),
    ],
)
def test_names_of_one_person_are_one_however_long_and_however_written(names: tuple[str, ...], one: bool) -> None:
    assert (len(set(full_names(names).values())) == 1) is one


def test_a_name_that_may_be_two_people_stands_for_itself() -> None:
    full = full_names(["Larvik", "Anna Larvik", "Bo Larvik"])
    assert full["Larvik"] == "Larvik"


def test_who_is_like_another_by_an_initial_alone_is_not_taken_for_a_third() -> None:
    full = full_names(["Mike Larvik", "M. Tia Larvik", "Mark Carl Larvik"])
    assert full["Mike Larvik"] == "Mike Larvik"


@pytest.mark.parametrize(
    ("names", "known_as"),
    [
        (("MORITA Kenji", "Morita Kenji"), "Morita Kenji"),
        (("Zuzana Capkova", "Zuzana Čapková"), "Zuzana Čapková"),
    ],
)
def test_of_names_as_long_the_one_that_is_plainly_written_stays(names: tuple[str, ...], known_as: str) -> None:
    assert set(full_names(names).values()) == {known_as}
