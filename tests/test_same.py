"""The measure of sameness: its figures on cases worked out by hand, and the labelled records it rests on."""

import json
from collections import defaultdict

import pytest
from benchmarks.briefings import Read
from benchmarks.same import ANNOTATED, HALVES, Placed, annotated, errors, figures, placed
from benchmarks.same_gold import GOLD, Labelled, found_in, labelled

from communique.model import (
    Agreement,
    AgreementStage,
    Document,
    Initiative,
    InitiativeStage,
    Kind,
    Record,
    Span,
    Status,
    Strength,
    Undertaking,
)


def _label(thing: str, at: int = 0, name: str = "", block: str = "initiative/some") -> Labelled:
    span = Span(at, at + 10)
    return Labelled(
        block=block, thing=thing, document="d", published="2021-01-01", evidence=(span,), says={"name": name}
    )


def _placed(*pairs: tuple[str, str]) -> list[Placed]:
    return [Placed(_label(thing), entry) for thing, entry in pairs]


@pytest.mark.parametrize(
    ("found", "pairwise", "b_cubed"),
    [
        (_placed(("a", "1"), ("a", "1"), ("b", "2")), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)),
        # one thing in two entries: one pair of three is joined, rightly
        (_placed(("a", "1"), ("a", "1"), ("a", "2")), (1.0, 1 / 3, 1 / 2), (1.0, 5 / 9, 5 / 7)),
        # two things in one entry: three pairs are joined, one of them rightly
        (_placed(("a", "1"), ("a", "1"), ("b", "1")), (1 / 3, 1.0, 1 / 2), (5 / 9, 1.0, 5 / 7)),
    ],
)
def test_figures(found: list[Placed], pairwise: tuple[float, ...], b_cubed: tuple[float, ...]) -> None:
    measured = figures(found)
    assert measured.pairwise == pytest.approx(pairwise)
    assert measured.b_cubed == pytest.approx(b_cubed)


def test_records_of_different_blocks_are_no_pair() -> None:
    one, other = Placed(_label("a"), "1"), Placed(_label("a", block="initiative/other"), "2")
    assert figures([one, other]).pairs == (0, 0, 0, 0)


def test_an_error_names_what_was_joined_or_parted_and_counts_its_pairs() -> None:
    found = _placed(("a", "1"), ("a", "2"), ("a", "2"), ("b", "2"))
    assert [(e.what, e.pairs, e.one.thing, e.other.thing) for e in errors(found)] == [
        ("parted", 2, "a", "a"),
        ("joined", 2, "a", "b"),
    ]


def _initiative(name: str, at: int) -> Initiative:
    return Initiative(name=name, stage=InitiativeStage.ACTIVE, evidence=(Span(at, at + 10),))


def test_labelled_records_are_found_by_evidence_and_words() -> None:
    records = [_initiative("Harbour Fund", 0), _initiative("Harbour Forum", 0), _initiative("Harbour Forum", 50)]
    wanted = [_label("forum", 0, "Harbour Forum"), _label("fund", 2, "Harbour Fund"), _label("gone", 80, "Gone")]
    assert found_in(wanted, records) == {0: 1, 1: 0}


def test_another_record_of_the_same_sentence_is_not_taken_for_the_labelled_one() -> None:
    assert found_in([_label("fund", 0, "Harbour Fund")], [_initiative("Mountain Railway Dialogue", 0)]) == {}


def test_a_record_that_shows_a_promise_kept_belongs_to_what_was_promised() -> None:
    def read(name: str, published: str, text: str, *records: Record) -> Read:
        document = Document(
            text=text, title=name, publisher="Harbour News", published=published, url=None, language="en"
        )
        return Read(name, document, records, {})

    evidence = (Span(0, 40),)
    promise = Undertaking(
        by=("FI", "SE"),
        action="sign the Gulf of Bothnia Rescue Treaty",
        strength=Strength.COMMITMENT,
        status=Status.OPEN,
        evidence=evidence,
    )
    stages = (AgreementStage.NEGOTIATING, AgreementStage.SIGNED)
    coming, signed = (
        Agreement(name="Gulf of Bothnia Rescue Treaty", parties=("FI", "SE"), stage=stage, evidence=evidence)
        for stage in stages
    )
    reads = [
        read("one", "2021-01-01", "They will sign the Gulf of Bothnia Rescue Treaty in May.", promise, coming),
        read("other", "2021-05-01", "Finland and Sweden signed the Gulf of Bothnia Rescue Treaty.", signed),
    ]
    says = {"name": "Gulf of Bothnia Rescue Treaty"}
    labels = [
        Labelled(block="agreement/a", thing="t", document=r.id, published="2021", evidence=evidence, says=says)
        for r in reads
    ]
    assert figures(placed(labels, reads)).pairs == (1, 1, 1, 1)


def test_halves_share_no_block_and_every_kind_is_in_both() -> None:
    blocks = [{(one.block, one.kind) for one in labelled(GOLD / f"{half}.jsonl")} for half in HALVES]
    assert len(set.union(*blocks)) == sum(map(len, blocks))
    for half in blocks:
        assert {kind for _, kind in half} == {kind.value for kind in Kind}


def test_labelled_records_hold_few_words_and_stand_once_in_a_block() -> None:
    seen = defaultdict(set)
    for half in HALVES:
        for line in (GOLD / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            place = (row["doc"], json.dumps(row["at"]), json.dumps(row["says"]))
            assert place not in seen[row["block"]]
            seen[row["block"]].add(place)
            words = {"action": 8, "content": 8, "name": 12}
            assert all(len(str(row["says"].get(name, "")).split()) <= most for name, most in words.items())


def test_annotated_documents_hold_their_floor() -> None:
    """Of the labelled records those in annotated documents, which lie in this repository with their records."""
    labels = [one for one in labelled(GOLD / "further.jsonl") if one.document.startswith(ANNOTATED)]
    measured = figures(placed(labels, annotated(labels)))
    assert measured.pairwise[2] >= 0.80
    assert measured.b_cubed[2] >= 0.96
