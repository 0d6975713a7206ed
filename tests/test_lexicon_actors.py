"""The tables of actors: complete where a standard exists, and every row shown at work by its own example."""

import pycountry
import pytest

from communique.language import sentences
from communique.language.actors import find_actors
from communique.language.mentions import ActorMention
from communique.lexicon.actors import actor_terms, heads_of, members_of
from communique.lexicon.tables import forms, rows
from communique.model import Document


def mentions(text: str) -> tuple[ActorMention, ...]:
    return find_actors(Document(text=text), sentences.split(text))


def said(text: str, mention: ActorMention) -> str:
    return text[mention.span.start : mention.span.end]


def test_every_state_of_iso_3166_1_has_a_row() -> None:
    codes = [row["code"] for row in rows("states")]
    assert len(codes) == len(set(codes))
    assert set(codes) == {country.alpha_2 for country in pycountry.countries} | {"XK"}


def test_the_names_of_iso_3166_1_are_known() -> None:
    terms = actor_terms()
    names = {c.alpha_2: getattr(c, "common_name", c.name) for c in pycountry.countries}
    missing = {}
    for code, name in names.items():
        plain = name.split(",")[0] if name.split(",")[0] not in ("Congo", "Korea", "Virgin Islands") else None
        if plain is not None and plain not in terms and name not in terms:
            missing[code] = name
    assert missing == {}


def test_there_are_organisations_bodies_and_companies_of_the_whole_world() -> None:
    assert len(rows("organisations")) >= 260
    assert len(rows("companies")) >= 450
    assert len({row["state"] for row in rows("government_bodies")}) >= 140
    assert sum(1 for row in rows("states") if row["seats"]) >= 100


def test_no_form_names_two_things() -> None:
    owners: dict[str, str] = {}
    for table in ("organisations", "government_bodies", "companies"):
        for row in rows(table):
            for form in (row["name"], *(forms(row, "aliases") if "aliases" in row else ())):
                assert owners.setdefault(form, f"{table} {row['name']}") == f"{table} {row['name']}", form


def test_members_are_states_of_the_table() -> None:
    codes = {row["code"] for row in rows("states")}
    for row in rows("organisations"):
        assert set(members_of(row["name"])) <= codes, row["name"]
    assert len(members_of("NATO")) == 32
    assert len(members_of("EU")) == 27


def test_heads_are_offices_of_the_table() -> None:
    offices = {row["title"] for row in rows("offices")}
    for row in rows("states"):
        assert set(heads_of(row["code"])) <= offices, row["code"]


@pytest.mark.parametrize("row", rows("states"), ids=lambda row: row["code"])
def test_example_of_a_state(row: dict[str, str]) -> None:
    found = mentions(row["example"])
    assert found, row["example"]
    named = [m for m in found if m.rule == "state.name" and m.parties == (row["code"],)]
    assert named, (row["example"], found)
    others = {party for m in found for party in m.parties} - {row["code"]}
    assert not others, (row["example"], found)
    if row["capital"]:
        assert any(m.rule == "state.capital" and m.parties == (row["code"],) for m in found) or "The " in row["example"]


@pytest.mark.parametrize("row", rows("states"), ids=lambda row: row["code"])
def test_every_name_of_a_state_stands_for_it(row: dict[str, str]) -> None:
    terms = actor_terms()
    for column in ("name", "official", "aliases", "adjectives", "people", "capital", "seats"):
        for form in forms(row, column):
            assert row["code"] in terms[form].parties or terms[form].rule != "state.name", form


@pytest.mark.parametrize("row", rows("organisations"), ids=lambda row: row["name"])
def test_example_of_an_organisation(row: dict[str, str]) -> None:
    assert any(m.parties == (row["name"],) for m in mentions(row["example"])), mentions(row["example"])


@pytest.mark.parametrize("row", rows("government_bodies"), ids=lambda row: row["name"])
def test_example_of_a_government_body(row: dict[str, str]) -> None:
    assert any(m.parties == (row["state"],) for m in mentions(row["example"])), mentions(row["example"])


@pytest.mark.parametrize("row", rows("companies"), ids=lambda row: row["name"])
def test_example_of_a_company(row: dict[str, str]) -> None:
    assert any(m.parties == (row["name"],) for m in mentions(row["example"])), mentions(row["example"])


@pytest.mark.parametrize("row", rows("corporate_suffixes"), ids=lambda row: row["suffix"])
def test_example_of_a_legal_form(row: dict[str, str]) -> None:
    (mention,) = mentions(row["example"])
    assert (mention.kind, mention.parties) == ("company", ("Redwood Avionics",))


@pytest.mark.parametrize("row", rows("offices"), ids=lambda row: row["title"])
def test_example_of_an_office(row: dict[str, str]) -> None:
    """The office is part of one mention, never a word left over beside the state or the name."""
    text = row["example"]
    start = text.lower().index(row["title"].lower())
    covering = [m for m in mentions(text) if m.span.start <= start and start + len(row["title"]) <= m.span.end]
    assert covering, mentions(text)
    assert covering[0].kind in ("person", "office", "organisation")


@pytest.mark.parametrize("row", rows("office_words"), ids=lambda row: row["word"])
def test_example_of_a_word_in_titles(row: dict[str, str]) -> None:
    (mention,) = mentions(row["example"])
    assert said(row["example"], mention) == row["example"].removeprefix("the ")
    assert mention.parties == ("NO",)


@pytest.mark.parametrize("row", rows("group_phrases"), ids=lambda row: row["form"])
def test_example_of_a_group(row: dict[str, str]) -> None:
    text = row["example"]
    group = next(m for m in mentions(text) if m.kind == "group")
    assert said(text, group).lower() == row["form"].lower()
    number = int(row["number"]) or 2
    assert len(group.parties) == number, mentions(text)
    if row["refers"] == "people":
        assert len(group.people) == number


@pytest.mark.parametrize("row", rows("definite_nouns"), ids=lambda row: row["noun"])
def test_example_of_a_definite_noun(row: dict[str, str]) -> None:
    found = [m for m in mentions(row["example"]) if said(row["example"], m).lower() == f"the {row['noun'].lower()}"]
    assert len(found) == 1 and len(found[0].parties) == 1, mentions(row["example"])
    assert found[0].parties[0] in forms(row, "candidates")


@pytest.mark.parametrize("row", rows("company_nouns"), ids=lambda row: row["noun"])
def test_example_of_a_noun_for_companies(row: dict[str, str]) -> None:
    first, *others = mentions(row["example"])
    meant = next(m for m in others if said(row["example"], m) == f"The {row['noun']}")
    assert meant.parties == first.parties


@pytest.mark.parametrize("row", rows("not_actors"), ids=lambda row: row["phrase"])
def test_a_name_that_only_contains_an_actor_is_none(row: dict[str, str]) -> None:
    assert [m for m in mentions(row["example"]) if m.kind != "name"] == []


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("The Quad leaders met in Delaware on Saturday.", "Quad"),
        ("G7 leaders agreed to keep the fund.", "G7"),
        ("The leaders of the Quad will meet in autumn.", "Quad"),
        ("On Friday the foreign ministers of ASEAN adopted the text.", "ASEAN"),
        ("The heads of state and government of BRICS issued a declaration.", "BRICS"),
    ],
)
def test_leaders_of_a_group_are_the_group(text: str, group: str) -> None:
    first = mentions(text)[0]
    assert first.parties == (group,), mentions(text)


@pytest.mark.parametrize(
    ("organisation", "number"),
    [("African Union", 55), ("ASEAN", 11), ("Arab League", 22), ("G7", 7), ("GCC", 6), ("G20", 19), ("Quad", 4),
     ("CARICOM", 15), ("Pacific Islands Forum", 18), ("CPTPP", 12), ("RCEP", 15), ("APEC", 21), ("BRICS", 10)],
)  # fmt: skip
def test_groups_have_all_their_states(organisation: str, number: int) -> None:
    members = members_of(organisation)
    assert len(members) == len(set(members)) == number


@pytest.mark.parametrize("row", rows("person_verbs"), ids=lambda row: row["form"])
def test_who_stands_before_a_verb_of_speech_is_a_person(row: dict[str, str]) -> None:
    assert f" {row['form']} " in row["example"]
    assert mentions(row["example"])[0].kind == "person", mentions(row["example"])
