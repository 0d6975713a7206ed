"""All that makes entries of records, as one bundle of functions for the ledger."""

from collections.abc import Collection, Sequence

from communique.ledger import Derivation
from communique.ledger.shapes import Acting
from communique.model import Decision, Entry, Kind, Transfer
from communique.resolve.actors import actors, full_names, kind_of, mostly, people_in
from communique.resolve.links import far_parties_fit, linked, may_be_about
from communique.resolve.merging import entry_id
from communique.resolve.naming import common_words
from communique.resolve.outlining import outline
from communique.resolve.promised import promised
from communique.resolve.reach import affected, keys
from communique.resolve.unlinked import unlinked
from communique.resolve.why import doubts
from communique.resolve.words import content_words, listed

_WORD = "|"
"""What stands between parties and a word in a link key."""


def link(undertakings: Sequence[Entry], things: Sequence[Entry], decisions: Sequence[Decision]) -> list[Entry]:
    """The undertakings, linked to those of the things that they promise; see :mod:`communique.resolve.links`."""
    return [entry for entry in linked([*undertakings, *things], decisions) if entry.kind is Kind.UNDERTAKING]


def link_keys(entry: Entry) -> tuple[str, ...]:
    """What an undertaking and the thing that it promises have in common, see :mod:`communique.resolve.links`.

    That is a document, a party with a telling word, or all parties with the noun for the sort of instrument. An
    undertaking that somebody linked has the id of the thing, which is implied by one of the thing's records.
    """
    if entry.kind is Kind.STATEMENT:
        return ()
    found = [report.source.document_id for report in entry.history]
    if entry.kind is Kind.UNDERTAKING:
        read = promised(str(entry.fields["action"]))
        words = read.words if read else frozenset[str]()
        found += filter(None, [entry.fields.get("refers_to")])
    else:
        words = frozenset(word for told in _names(entry) for word in content_words(told))
        found += [entry_id(entry.kind, report.source.record_id) for report in entry.history]
    telling, sorts = sorted(words - common_words()), sorted(words & listed("heads"))
    parties = sorted(set(entry.parties))
    found += [f"{party}{_WORD}{word}" for party in parties for word in telling]
    found += [f"{','.join(parties)}{_WORD}{word}" for word in sorts if len(parties) > 1]
    return tuple(dict.fromkeys(found))


def may_meet(key: str, own: Collection[str], others: Collection[str], kind: Kind) -> bool:
    """Whether an undertaking may be about a thing of another document with which it shares this key.

    What shares more than words, a document or what somebody decided, is looked at closely in any case.
    """
    return _WORD not in key or far_parties_fit(own, others, kind)


def _names(thing: Entry) -> list[str]:
    """The words by which a thing is called."""
    if thing.kind is Kind.ENGAGEMENT:
        return [str(thing.fields["type"]), str(thing.fields["place"] or "")]
    records = [report.record for report in thing.history]
    return [
        " ".join(item.what for item in record.items) if isinstance(record, Transfer) else getattr(record, "name", "")
        for record in records
    ]


DERIVATION = Derivation(
    keys=keys,
    affected=affected,
    entries=unlinked,
    entry_id=entry_id,
    link_keys=link_keys,
    may_meet=may_meet,
    may_link=may_be_about,
    link=link,
    doubts=doubts,
    outline=outline,
    actors=actors,
    acting=Acting(people=people_in, kind=kind_of, full_names=full_names, mostly=mostly),
)
"""How entries follow from records and decisions."""
