"""Actors in running text: who is named, whom they stand for, and whom words that name nobody mean."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language import sentences
from communique.language.actors import find_actors
from communique.language.analysis import analyse
from communique.language.mentions import ActorMention
from communique.model import Document


def mentions(text: str, title: str | None = None, publisher: str | None = None) -> tuple[ActorMention, ...]:
    return find_actors(Document(text=text, title=title, publisher=publisher), sentences.split(text))


def read(text: str, title: str | None = None, publisher: str | None = None) -> list[tuple[str, str, str]]:
    """Each mention as (words, parties, people), the latter two joined by spaces and commas."""
    return [
        (text[m.span.start : m.span.end], " ".join(m.parties), ", ".join(m.people))
        for m in mentions(text, title, publisher)
    ]


NAMED = [
    (
        "U.S. Defense Secretary Pete Hegseth met India's Minister of External Affairs S. Jaishankar.",
        [
            ("U.S. Defense Secretary Pete Hegseth", "US", "Pete Hegseth"),
            ("India's Minister of External Affairs S. Jaishankar", "IN", "S. Jaishankar"),
        ],
    ),
    (
        "Prime Minister Narendra Modi of India spoke.",
        [("Prime Minister Narendra Modi of India", "IN", "Narendra Modi")],
    ),
    (
        "Troels Lund Poulsen, the Danish defence minister, signed.",
        [("Troels Lund Poulsen, the Danish defence minister", "DK", "Troels Lund Poulsen")],
    ),
    (
        "Foreign Minister Penny Wong of Australia received her Philippine counterpart, Enrique Manalo, on Monday.",
        [
            ("Foreign Minister Penny Wong of Australia", "AU", "Penny Wong"),
            ("her", "AU", "Penny Wong"),
            ("Philippine counterpart, Enrique Manalo", "PH", "Enrique Manalo"),
        ],
    ),
    (
        "Saudi Crown Prince Mohammed bin Salman received UAE Foreign Minister Abdullah bin Zayed Al Nahyan.",
        [
            ("Saudi Crown Prince Mohammed bin Salman", "SA", "Mohammed bin Salman"),
            ("UAE Foreign Minister Abdullah bin Zayed Al Nahyan", "AE", "Abdullah bin Zayed Al Nahyan"),
        ],
    ),
    (
        "Vietnam's General Secretary Nguyễn Phú Trọng welcomed him.",
        [("Vietnam's General Secretary Nguyễn Phú Trọng", "VN", "Nguyễn Phú Trọng"), ("him", "VN", "Nguyễn Phú Trọng")],
    ),
    (
        "Australian Deputy Prime Minister and Minister for Defence Richard Marles spoke.",
        [("Australian Deputy Prime Minister and Minister for Defence Richard Marles", "AU", "Richard Marles")],
    ),
    (
        "Presidents Klaus Iohannis of Romania and Andrzej Duda of Poland hosted.",
        [
            ("Presidents Klaus Iohannis of Romania", "RO", "Klaus Iohannis"),
            ("Andrzej Duda of Poland", "PL", "Andrzej Duda"),
        ],
    ),
    ("Lt. Gen. Omar Bradley flew to Oslo.", [("Lt. Gen. Omar Bradley", "", "Omar Bradley"), ("Oslo", "NO", "")]),
    (
        "Indian Navy Chief Admiral Dinesh Tripathi spoke.",
        [("Indian Navy Chief Admiral Dinesh Tripathi", "IN", "Dinesh Tripathi")],
    ),
    (
        "Minister of Foreign Affairs Park Jin left the Park Hotel.",
        [("Minister of Foreign Affairs Park Jin", "", "Park Jin")],
    ),
    ("NATO Secretary General Mark Rutte spoke.", [("NATO Secretary General Mark Rutte", "NATO", "Mark Rutte")]),
    ("Saab CEO Micael Johansson spoke.", [("Saab CEO Micael Johansson", "Saab", "Micael Johansson")]),
    ("The Danish Ministry of Defence said so.", [("Danish Ministry of Defence", "DK", "")]),
    ("The Ministry of Defence of Japan said so.", [("Ministry of Defence of Japan", "JP", "")]),
    ("The United States and Japan signed.", [("United States", "US", ""), ("Japan", "JP", "")]),
    ("The US-Japan alliance matters to us.", [("US", "US", ""), ("Japan", "JP", ""), ("us", "", "")]),
    (
        "U.S. Ambassador to India Eric Garcetti spoke.",
        [("U.S. Ambassador to India Eric Garcetti", "US", "Eric Garcetti")],
    ),
    (
        "Israel's Benjamin Netanyahu said no.",
        [("Israel", "IL", ""), ("Benjamin Netanyahu", "IL", "Benjamin Netanyahu")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_named_actors(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(text) == expected


TRAPS = [
    ("Michael Jordan and Chad Bown met.", ""),
    ("The plant is in Atlanta, Georgia.", ""),
    ("Warships crossed the Indian Ocean, the South China Sea and the Taiwan Strait.", ""),
    ("The Gulf of Mexico borders New Mexico not at all.", ""),
    ("The governor of American Samoa agreed.", "AS"),
    ("Turkey, Niger and Papua New Guinea voted for it, South Africa against.", "TR NE PG ZA"),
    ("Korea is divided.", ""),
    ("South Korea said that Korean firms would bid.", "KR"),
    ("Congo is a river.", ""),
    ("Anti-American and non-NATO voices were heard.", ""),
    ("They joined us.", ""),
    ("The USS George Washington sailed.", ""),
    ("The ministers met in Tokyo.", ""),
    ("Tokyo said it would pay.", "JP"),
    ("Relations with the Kremlin are cool.", "RU"),
    ("A meeting at the Pentagon followed.", ""),
    ("The Pentagon confirmed it.", "US"),
    ("TOKYO, March 3 – The yen fell.", ""),
    ("The Polish President polished his speech in Polish.", "PL"),
]


@pytest.mark.parametrize(("text", "parties"), TRAPS, ids=lambda value: value[:40])
def test_names_that_mislead(text: str, parties: str) -> None:
    found = dict.fromkeys(p for m in mentions(text) if m.kind not in ("pronoun", "name") for p in m.parties)
    assert " ".join(found) == parties


def test_a_capital_is_marked_as_place_or_government() -> None:
    rules = [m.rule for m in mentions("Tokyo told Manila that they would meet in Jakarta.")]
    assert rules == ["state.capital", "state.capital", "pronoun.they", "state.capital-place"]


FREDERIKSEN = "Danish Prime Minister Mette Frederiksen"
PAIR = f"{FREDERIKSEN} met King Felipe VI of Spain."
BOTH = "Mette Frederiksen, Felipe VI"
IWAYA = "Secretary Rubio met Japan's Foreign Minister Takeshi Iwaya."
TURNS = "PRESIDENT OBAMA: Thank you. I am glad.\nPRIME MINISTER STUBB: We agree."

REFERENCES = [
    # (text, words that refer, parties, people)
    ("U.S. Defense Secretary Pete Hegseth spoke. Hegseth left.", "Hegseth", "US", "Pete Hegseth"),
    (f"{IWAYA} Mr. Iwaya agreed.", "Mr. Iwaya", "JP", "Takeshi Iwaya"),
    (f"{FREDERIKSEN} spoke. She thanked Kyiv.", "She", "DK", "Mette Frederiksen"),
    (f"{FREDERIKSEN} spoke. The prime minister left.", "prime minister", "DK", "Mette Frederiksen"),
    (f"{PAIR} The two leaders agreed.", "The two leaders", "DK ES", BOTH),
    (f"{PAIR} They agreed.", "They", "DK ES", BOTH),
    ("Japan and Peru held talks. Both sides agreed.", "Both sides", "JP PE", ""),
    ("Japan said that it would pay.", "it", "JP", ""),
    ("Peru and Chile built a port; but Japan announced in May that it would not pay.", "it", "JP", ""),
    (f"{PAIR} Frederiksen told Felipe VI that she would pay.", "she", "DK", "Mette Frederiksen"),
    ("Airbus opened a plant. Norway was glad. The company will train welders.", "The company", "Airbus", ""),
    ("President Harris thanked President Duda for his gift. She left.", "She", "", "Harris"),
    ("Foreign Minister Santiago Vega met Ana Ruiz. He left.", "He", "", "Santiago Vega"),
    ("At talks with President Ana Ruiz, Premier Luis Soto spoke. Earlier he met envoys.", "he", "", "Luis Soto"),
    ("Mr. Vega met Ms. Ruiz. Mr. Vega spoke. He left. He ate. He slept. Earlier she met envoys.", "she", "", "Ruiz"),
    ("President Ursula von der Leyen spoke. “Yes,” said von der Leyen.", "von der Leyen", "", "Ursula von der Leyen"),
    ("A senior Norwegian official said that talks would go on.", "senior Norwegian official", "NO", ""),
    ("The Norwegian Ministry of Defence agreed. The ministry will pay.", "ministry", "NO", ""),
    ("NATO met in Vilnius. The Alliance agreed.", "The Alliance", "NATO", ""),
    ("“We will pay,” Swedish Defence Minister Pål Jonson said.", "We", "SE", ""),
    (TURNS, "I", "", "Obama"),
    (
        "Prime Minister Anthony Albanese met his PNG counterpart, James Marape. Marape spoke. The prime minister left.",
        "prime minister",
        "PG",
        "James Marape",
    ),
    (
        "The foreign ministers of Peru and Chile, Ana Ruiz and Luis Soto, met. The Chilean minister left.",
        "Chilean minister",
        "CL",
        "Luis Soto",
    ),
    (
        f"{PAIR} Ministers Ana Ruiz of Peru and Luis Soto of Chile signed. Both leaders agreed.",
        "Both leaders",
        "DK ES",
        BOTH,
    ),
    (f"{PAIR} It rained. Both urged calm.", "Both", "DK ES", BOTH),
]


@pytest.mark.parametrize(("text", "words", "parties", "people"), REFERENCES)
def test_words_that_refer(text: str, words: str, parties: str, people: str) -> None:
    found = [(p, n) for w, p, n in read(text) if w == words]
    assert found == [(parties, people)], read(text)


def test_the_door_gives_sentences_and_all_mentions() -> None:
    document = Document(text="Tokyo paid $5 million for two MQ-9B drones on Friday. It agreed.", published="2025-03-03")
    analysis = analyse(document)
    assert len(analysis.sentences) == 2
    assert [m.parties for m in analysis.actors] == [("JP",), ("JP",)]
    assert analysis.times and analysis.money and analysis.equipment


@pytest.mark.parametrize(
    "text",
    [
        "Prime\u00a0Minister Penny Wong of Australia met Vice\nChancellor Enrique\u202fManalo of Germany.",
        "Prime Minister Penny Wong of Australia met Vice Chancellor Enrique\nManalo of\u00a0Germany.",
    ],
)
def test_names_run_over_wrapped_lines_and_spaces_that_break_no_line(text: str) -> None:
    found = analyse(Document(text=text)).actors
    assert [(m.people, m.parties) for m in found] == [(("Penny Wong",), ("AU",)), (("Enrique Manalo",), ("DE",))]


def test_nothing_is_guessed_where_readings_compete() -> None:
    text = "Japan, Peru and Chile held talks. Both sides agreed. The minister left."
    assert ("Both sides", "", "") in read(text)
    assert all(parties == "" for words, parties, _ in read(text) if words == "minister")


def test_we_is_the_issuer_or_all_parties_of_a_joint_statement() -> None:
    text = "We condemn the attack."
    assert read(text, publisher="The White House") == [("We", "US", "")]
    assert read(text, title="Joint Statement of Japan and the Philippines") == [("We", "JP PH", "")]
    assert read(text, title="Joint Leaders Statement on AUKUS", publisher="The White House") == [("We", "AU GB US", "")]
    assert read(text, title="G7 Leaders’ Statement") == [("We", "G7", "")]
    assert read(text) == [("We", "", "")]
    leaders = "We, the leaders of France and Germany, met today. We agree."
    assert [parties for words, parties, _ in read(leaders) if words == "We"] == ["FR DE", "FR DE"]


def test_what_a_speaker_says_that_we_agreed_both_sides_did() -> None:
    text = "PRESIDENT RAMOS: We also agreed to share the water. We will build a dam."
    title = "Remarks by President Ramos of the Philippines and Prime Minister Kan of Japan"
    found = [set(parties.split()) for words, parties, _ in read(text, title=title) if words == "We"]
    assert found == [{"PH", "JP"}, {"PH"}]


def test_a_bare_title_belongs_to_the_issuing_state_only_if_it_has_that_office() -> None:
    text = "President Truman received Prime Minister Attlee."
    assert read(text, publisher="The White House") == [
        ("President Truman", "US", "Truman"),
        ("Prime Minister Attlee", "", "Attlee"),
    ]
    assert read(text) == [("President Truman", "", "Truman"), ("Prime Minister Attlee", "", "Attlee")]


def test_the_title_tells_whom_a_person_represents() -> None:
    text = "President Truman received Prime Minister Attlee."
    title = "Readout of President Truman's Call with Prime Minister Clement Attlee of the United Kingdom"
    assert read(text, title, "The White House")[1] == ("Prime Minister Attlee", "GB", "Attlee")


WORDS = ["the", "The", "United", "States", "US", "U.S.", "Prime", "Minister", "of", "Modi", "India's", "and", ",", ".",
         "two", "leaders", "They", "President", "Jr.", "al-Sisi", "“We", "said”", "Ministry", "Ş", "é", "\n", "(NATO)",
         "Presidents", "counterpart", ":", "Tokyo", "Mr.", "H.E.", "General", "Secretary", "for", "'s"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_mentions_are_in_order_disjoint_and_within_the_text(text: str) -> None:
    found = mentions(text, title=text, publisher=text)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
    for mention in found:
        words = text[mention.span.start : mention.span.end]
        assert words == words.strip() and mention.span.end <= len(text)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    mentions(text)
