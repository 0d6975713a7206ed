"""When an occasion is, as the sentences of a report tell: by the days that they name, or not on the day of a talk."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from communique.language.times import find_times
from communique.model import Span
from communique.resolve.claims import days, length

_TODAY = re.compile(r"\b(?:[Tt]oday|[Tt]onight|[Tt]his\s+(?:morning|afternoon|evening)|now)\b")
_TALKED = re.compile(
    r"\b(?:spoke|called|phone|thank(?:s|ed)|congratulated|commended|applauded|appreciated|recalled|reflected|welcomed|"
    r"reviewed|discussed|talked|reaffirmed|noted|noting|underscored|emphasized|expressed)\b"
)
"""What those who talk about an occasion do: the day of the talk is not that of the occasion."""
_TOOK_PART = re.compile(
    r"\b(?:met|attend(?:s|ed)?|join(?:s|ed)?|conven(?:es|ed)|host(?:s|ed)|participated|gather(?:s|ed)?|held|holds|opened|"
    r"addressed|visited|travel(?:l?ed|s)|arriv(?:es|ed)|"
    r"(?:is|are|was|were)\s+(?:attend|join|conven|host|gather|hold|visit|travell?|arriv)ing)\b"
)
"""What those who are there do."""
_UPCOMING = re.compile(
    r"\b(?:upcoming|forthcoming|look(?:s|ed|ing)?\s+forward|ahead\s+of|preparations?|later\s+this)\b"
)
_LOOKED_BACK = re.compile(r"\b(?:success(?:ful)?|follow(?:ed|ing)?[\s-]+up|participation\s+in|outcomes?)\b")
_CAME_OF_IT = re.compile(
    r"(?<!\bbe )\b(?:made|announced|launched|adopted|agreed|signed|issued|unveiled|established|concluded|reached|"
    r"set\s+out|committed\s+to(?:\s+\w+)?|started|created|decided|begun|pledged|endorsed|discussed|demonstrated)\s+"
    r"(?:\w+\s+){0,3}?(?:at|during|since|following)\s+(?:the|his|her|its|our|their|last|this)\b"
    r"(?:[^.;:]|(?<=[A-Z])\.){0,60}?\b(?:[Ss]ummit|[Cc]onference|[Ff]orum|[Mm]eeting|[Vv]isit)"
)
"""What came of an occasion, "the commitments made at the Lakes Summit": it is over."""
_MENTIONED_TYPES = frozenset({"summit", "visit"})
"""Types of occasions of which people talk at others."""
_DAY = 1


class Timing(NamedTuple):
    """The time of an occasion as its sentences tell it.

    Attributes:
        day: the time that they tell, where the record has none of its own or only the document's.
        undated: whether only the document has the day that the record gives.
        mentioned: whether it is only talked about on the day that the record gives.
        upcoming: whether it is to come, other than the record has it.
        over: whether it is looked back on, or something is told to have come of it, other than the record has it.
    """

    day: str | None
    undated: bool
    mentioned: bool
    upcoming: bool
    over: bool


def timing_of(
    record_type: str, date: str | None, stage: str, naming_it: Sequence[str], quoted: str, published: str | None
) -> Timing:
    """What the sentences tell of the time of an occasion.

    Args:
        date: what the record gives.
        naming_it: the sentences that name it, all of them where none does.
        quoted: all sentences.
        published: the day of the document.
    """
    today = date is not None and date == published
    mentioned = today and record_type in _MENTIONED_TYPES and _only_mentioned(quoted)
    day = _other_time(quoted, published) if mentioned else _time(date, stage, naming_it, published)
    to_come = mentioned and _UPCOMING.search(quoted) is not None
    came = stage == "planned" and _CAME_OF_IT.search(quoted) is not None and _UPCOMING.search(quoted) is None
    return Timing(
        day=day,
        undated=mentioned or (stage == "planned" and today and not _TODAY.search(quoted)),
        mentioned=mentioned,
        upcoming=to_come or (not came and _is_ahead(day, published)),
        over=came or (mentioned and not to_come and _LOOKED_BACK.search(quoted) is not None),
    )


def _time(date: str | None, stage: str, quotes: Sequence[str], published: str | None) -> str | None:
    if date is not None and date != published:
        return None
    mentions = next(filter(None, (_mentioned(quote, published) for quote in quotes)), frozenset[str]())
    if date in mentions or len(mentions) != 1:
        return None
    (only,) = mentions
    when, now = days(only), days(published)
    if when is None or now is None or (date is not None and length(when) > _DAY):
        return None
    fits = when[1] >= now[0] or stage != "planned"
    return only if fits or date is not None else None


def _is_ahead(day: str | None, published: str | None) -> bool:
    """Whether a time begins after the day of publication."""
    when, now = days(day), days(published)
    return when is not None and now is not None and when[0] > now[1]


def _only_mentioned(quoted: str) -> bool:
    """Whether those who talked about the occasion, and not those who were there, are what the sentences tell of."""
    return _TALKED.search(quoted) is not None and _TOOK_PART.search(quoted) is None


def _other_time(quoted: str, published: str | None) -> str | None:
    """The one time beside the day of publication that the sentences tell."""
    told = _mentioned(quoted, published) - {published}
    return next(iter(told)) if len(told) == 1 else None


def _mentioned(quote: str, published: str | None) -> frozenset[str]:
    """The times that a sentence tells, deadlines left out."""
    found = find_times(quote, (Span(0, len(quote)),), published)
    return frozenset(t.edtf for t in found if t.edtf is not None and not t.rule.endswith((".until", ".since")))
