import re

import pytest

from communique.language.attributions import attribution_of
from communique.language.sentences import split
from communique.lexicon.tables import forms, rows
from communique.model import Span

ATTRIBUTIONS = [
    ("The minister said that talks would go on.", "talks would go on", "said", "The minister"),
    ("On Monday, the minister said that talks would go on.", "talks would go on", "said", "the minister"),
    ("Talks will go on, the minister said.", "Talks will go on", "said", "the minister"),
    ("“Talks will go on,” said the minister in Riga.", "Talks will go on", "said", "the minister"),
    ("“Talks will go on,” the minister told reporters.", "Talks will go on", "told", "the minister"),
    ("The envoy has repeatedly denied that he left.", "he left", "has repeatedly denied", "The envoy"),
    ("According to the ministry, talks will go on.", "talks will go on", "According to", "the ministry"),
    ("Talks will go on, according to the ministry.", "Talks will go on", "according to", "the ministry"),
    ("The envoy: talks will go on", "talks will go on", ":", "The envoy"),
    ("He left, and she told them that talks would go on.", "talks would go on", "told", "she"),
    ("“I know him,” she said. “He will stay.”", "He will stay", "said", "she"),
    ("“I know him,” the envoy said.\n\n“He will stay. He must.”", "He will stay. He must", "said", "the envoy"),
    ("“I know him,” said the envoy. “He will stay.”", "He will stay", "said", "the envoy"),
    ("The envoy left Riga, saying that talks would go on.", "talks would go on", "saying", "The envoy left Riga"),
    ("The envoy left Riga but said that talks would go on.", "talks would go on", "said", "The envoy left Riga"),
    ("Talks will go on in Riga.", "Talks will go on", None, None),
]


@pytest.mark.parametrize(("text", "content", "cue", "source"), ATTRIBUTIONS)
def test_the_verb_of_speech_and_its_subject_stand_beside_the_words(
    text: str, content: str, cue: str | None, source: str | None
) -> None:
    start = text.index(content)
    said = Span(start, start + len(content))
    sentence = next(s for s in split(text) if s.overlaps(said))
    found = attribution_of(text, sentence, said)
    if found is None:
        assert cue is None
    else:
        assert text[found.cue.start : found.cue.end] == cue
        assert (text[found.source.start : found.source.end] if found.source else None) == source


@pytest.mark.parametrize("row", rows("speech_verbs"), ids=lambda row: row["forms"])
def test_each_verb_of_speech_is_found_in_its_example(row: dict[str, str]) -> None:
    text = row["example"]
    verb = re.search(rf"\b(?:{'|'.join(forms(row))})\b", text)
    assert verb is not None
    found = attribution_of(text, Span(0, len(text)), Span(verb.end() + 1, len(text) - 1))
    assert found is not None and found.source is not None
    assert text[found.cue.start : found.cue.end] == verb[0]
    assert text[found.source.start : found.source.end] == "The minister"
