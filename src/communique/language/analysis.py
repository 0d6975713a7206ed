"""The language room's one door: a document with its sentences and everything that is mentioned in them."""

from communique.language.actors import find_actors
from communique.language.equipment import find_equipment
from communique.language.mentions import Analysis
from communique.language.money import find_money
from communique.language.sentences import split
from communique.language.times import find_times
from communique.model import Document


def analyse(document: Document) -> Analysis:
    """Split a document into sentences and find actors, times, money and equipment in it.

    Times are resolved against the document's day of publication.
    """
    text = document.text
    sentences = split(text)
    return Analysis(
        document=document,
        sentences=sentences,
        actors=find_actors(document, sentences),
        times=find_times(text, sentences, document.published),
        money=find_money(text),
        equipment=find_equipment(text),
    )
