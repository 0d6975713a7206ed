"""The shapes in which times are written, as one pattern built from the words of ``lexicon/time_words.csv``."""

import re
from functools import cache

from communique.lexicon.tables import forms, rows

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d,.]\d|\d|%)"
_YEAR = r"(?:1[89]|20)\d\d(?![\d%]|,\d|\.\d)"
_TO = r"\s?(?:-|‑|–|—|/|to|until|till|through|and|&)\s?"
_STRETCH = r"(?:day|month|year|week|morning|afternoon|evening|night)"
_UNIT = r"(?:day|week|month|quarter|year|decade)"
_PART = (
    r"(?:the\s)?(?:very\s)?(?P<part>early|mid|middle|late|(?:(?:start|close)(?!\s(?:this|last|next)\s)|beginning|end)(?!\sin\s)|(?:first|second|latter)\shalf|"
    r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th)\squarter|Q[1-4]|H[12])(?:[\s-](?:of\s"
    r"|in\s)?(?:the\s(?:month\sof\s)?)?|(?:’|')s\s)?"
)
_BEHIND_DAY = "the|he|she|they|it|both|his|her|its|their|an?|two|to|in|at|with|and|by|as|for|from"
_TAIL = r"(?:,?\s(?:of\s|in\s)?(?P<{0}>(?:this|last|next|that|the\ssame|the\sfollowing|the\sprevious)\syear))"


@cache
def values(kind: str) -> dict[str, int]:
    """The number that each word of a class stands for, by the word in lower case."""
    return {
        form.lower(): int(row["value"]) for row in rows("time_words") if row["class"] == kind for form in forms(row)
    }


def words(kind: str) -> str:
    """The words of a class as alternatives, the longest first."""
    found = [form for row in rows("time_words") if row["class"] == kind for form in forms(row)]
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(found, key=len, reverse=True))


@cache
def count_words() -> str:
    """Numbers as they stand before units of time, as alternatives."""
    found = [row["form"] for row in rows("number_words") if row["class"] in ("unit", "ten", "collective")]
    return r"\d{1,3}|an?(?:\sfurther|nother)?|the|" + "|".join(sorted(found, key=len, reverse=True))


@cache
def time_pattern() -> re.Pattern[str]:
    """All shapes; the name of the first group that matched with prefix ``r_`` is the rule."""
    month = rf"(?:{words('month')})\b(?:(?<=\b\w\w\w)(?<!May)\.|(?<=\bSept)\.)?"
    weekday = rf"(?:{words('weekday')})\b"
    season = rf"(?:{words('season')})\b"
    count = rf"(?:{count_words()})"
    lead = rf"(?:{weekday},?\s(?:the\s)?)?"
    rules = {
        "figures": rf"(?P<n1>\d{{1,2}})(?P<ndot>[./])(?P<n2>\d{{1,2}})(?P=ndot)(?P<n3>{_YEAR})(?!\w|[./]\d)",
        "iso": rf"(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)",
        "days_month": rf"{lead}(?P<a1>{_DAY}){_TO}(?:{weekday},?\s)?(?P<a2>{_DAY})\s(?:of\s)?(?P<am>{month})"
        rf"(?:,?\s(?P<ay>{_YEAR})|{_TAIL.format('at')})?",
        "month_days": rf"{lead}(?P<bm>{month})\s(?P<b1>{_DAY}){_TO}(?P<b2>{_DAY})(?!\s?(?:{words('month')}))"
        rf"(?:,?\s(?P<by>{_YEAR})|{_TAIL.format('bt')})?",
        "day_month": rf"{lead}(?:(?:this|the)\s(?={_DAY}\sday\s))?(?P<c1>{_DAY})\s(?:day\s)?(?:of\s)?"
        rf"(?P<cm>{month})(?:,?\s(?P<cy>{_YEAR})|{_TAIL.format('ct')})?",
        "month_day": rf"{lead}(?P<dm>{month})\s(?P<d1>{_DAY})(?:,?\s(?P<dy>{_YEAR})|{_TAIL.format('dt')})?",
        "day_alone": rf"the\s(?P<od>(?:[12]?\d|3[01])(?:st|nd|rd|th))"
        rf"(?=[,.;)]|\s(?:[A-Z](?!\w+\sof\b)|(?:{_BEHIND_DAY})\b)|$)",
        "month_year": rf"(?:{_PART.replace('part', 'epart')})?(?P<em>{month}),?\s(?:of\s)?(?P<ey>{_YEAR})",
        "month": rf"(?:{_PART.replace('part', 'fpart')})?(?:(?P<fwhich>this|last|next|this\spast"
        rf"|coming|that)\s)?(?P<fm>{month})"
        rf"{_TAIL.format('ft')}?(?![\w’'-]*\w)",
        "weekday_slash": rf"{weekday}(?:\s(?:morning|afternoon|evening"
        rf"|night))?\s\((?P<g1>\d{{1,2}})/(?P<g2>\d{{1,2}})\)",
        "weekday": rf"(?:(?P<hwhich>last|next|this|this\scoming|coming|this\spast|that)\s)?(?P<hd>{weekday})"
        r"(?:\s(?:morning|afternoon|evening|night)\b)?(?:\s(?:last|next)\sweek)?(?:\slocal\stime\b)?",
        "season_year": rf"(?:{_PART.replace('part', 'ipart')}|(?:in|by|during|over|until|since)\sthe\s)?"
        rf"(?P<is>{season})(?:\s(?:of\s)?|,\s)(?P<iy>{_YEAR})",
        "season": rf"(?:{_PART.replace('part', 'jpart')}|(?:in|by|during|over|until|since)\sthe\s)?"
        rf"(?:(?P<jwhich>this|last|next|this\spast|this\scoming|the\scoming)\s)?(?P<js>{season})",
        "fiscal_named": r"(?:the\s)?(?P<ywhich>this|last|next|current|coming|previous|ongoing)\s"
        r"(?P<yu>fiscal|financial)\syear(?![\w-])",
        "fiscal": rf"(?:(?P<ka>(?i:fiscal|financial)\s[Yy]ears?|[Ff]iscal(?=\s20)|FY)[\s-]?(?P<k1>{_YEAR}|(?<=FY)\d\d"
        rf"|(?<=FY\s)\d\d)(?:[-–/](?P<k2>\d{{4}}|\d\d)(?!\d))?)",
        "century": r"the\s(?P<century>1[0-9]|2[01])(?:th|st)\scentury",
        "decade_words": rf"(?:{_PART.replace('part', 'dpart')}|the\s)(?P<tens>{words('decade')})\b",
        "decade": rf"(?:{_PART.replace('part', 'lpart')})?(?P<ld>(?:1[89]|20)\d0)(?:’|')?s\b",
        "years": rf"(?P<m1>{_YEAR})\s?[-‑–—/]\s?(?P<m2>{_YEAR}|\d\d(?![\d-]))",
        "part_year": rf"{_PART.replace('part', 'npart')}(?:(?P<ny>{_YEAR})|(?P<nwhich>this|last|next|the|that"
        rf"|the\scoming|the\scurrent|the\ssame|the\sfollowing)?\s?"
        rf"(?P<nunit>year|month|week|decade))(?![\w-])",
        "quarter": rf"(?:(?:the|its|their|our)\s)?(?:(?P<wy>{_YEAR})\s"
        r"|(?P<wwhich>this|last|next|that)\syear(?:’|')s\s)?(?:(?P<wfiscal>fiscal)[\s-])?"
        r"(?:(?P<wo>first|second|third|fourth|final)[\s-](?P<wu>quarter|half)|(?P<wq>Q[1-4]))"
        rf"(?:\sof\s(?:fiscal\s)?(?:(?P<wz>{_YEAR})))?(?![\w-])",
        "in_the": r"(?P<zshift>earlier|later|early|late)\sin\sthe\s(?P<zu>day|week|month|year|decade)(?![\w-])",
        "weekend": r"the\s(?P<weekend>weekend)\b",
        "year_end": r"(?:the\s)?(?:year[\s-]end|year(?:’|')s\send)",
        "day": r"(?i:(?P<oday>the\sday\sbefore\syesterday|the\sday\safter\stomorrow|yesterday|tomorrow|(?:earlier\s"
        r"|later\s)?today|tonight"
        r"|this\s(?:morning|afternoon|evening)|last\snight))\b",
        "same": rf"(?:(?P<psame>the\ssame|that|that\svery|the\svery\ssame)\s(?P<pu>{_STRETCH})(?![\w’'-])"
        rf"|the\s(?P<pnext>next|following|previous)\s(?P<pnu>{_STRETCH})(?![\w-])"
        rf"|(?:the|a)\s(?P<pbu>{_STRETCH})\s(?P<pbefore>before|earlier|later|after)\b)",
        "this": r"(?:(?P<qshift>earlier|later|early|late|later\sin|earlier\sin)\s)?(?P<qwhich>this|last|next"
        r"|this\scoming|this\spast|the\scoming|the\spast|the\scurrent|coming)\s"
        r"(?P<qu>week|weekend|month|quarter|year|decade)(?![\w-])",
        "ago": rf"(?:(?P<rn>{count})|(?P<rhalf>half\sa))[\s-](?P<ru>{_UNIT})s?\s(?P<rdir>ago|earlier|before|later"
        rf"|from\snow|after\sthat|on)\b",
        "few": r"(?:(?:(?:in|over|during|for|within|across)\s)?(?:the\s)?(?:next|coming|past|last|following|previous)\s"
        r"(?:few|several|couple\sof|number\sof)\s(?:day|week|month|year|decade)s"
        r"|(?:(?:a\sfew|several|some|many)\s)?(?:days|weeks|months|years|decades)\s(?:ago|earlier|later|before)"
        r"|(?:days|weeks|months|years|decades)\sto\scome)\b",
        "year_back": r"(?P<back>year)-(?:earlier|ago)\b",
        "within": rf"(?i:within|inside)\s(?:the\snext\s|a\speriod\sof\s)?(?P<sn>{count})[\s-](?:calendar\s"
        rf"|working\s|business\s)?(?P<su>{_UNIT})s?\b",
        "span": rf"(?:(?i:over|in|during|for|across|through|throughout|within)\s)?the\s(?P<tdir>next|coming|past"
        rf"|last|following|previous)\s(?P<tn>{count})\s(?P<tu>{_UNIT})s?\b"
        rf"|(?:(?i:over|in|during|across|within)\s)the\s(?P<vdir>next|coming|past|last)\s(?P<vu>{_UNIT})\b(?!\sof\b)",
        "in": rf"\bin\s(?!the\s)(?P<xn>{count})\s(?P<xu>{_UNIT})s?(?:(?:’|')?\stime)?(?=[.,;)]|\stime|$)",
        "vague": rf"(?i:{words('vague')})\b",
        "year": rf"(?<![\w$€£¥₹/+.,-])(?P<yy>{_YEAR})(?!\s?(?:%|per\scent|percent"
        rf"|km|mm|kg|MW|GW|troops|soldiers|people|tons|tonnes|miles|rounds))(?![\w+/-]|[‑–—]\d)",
    }
    body = "|".join(rf"(?P<r_{name}>{shape})" for name, shape in rules.items())
    return re.compile(rf"(?<![\w$€£¥₹-])(?:{body})")


_OPENERS = (
    "the a an this last next coming early earlier late later mid middle beginning start end close very half first"
    " second third fourth final q h fy fiscal financial year yesterday today tonight tomorrow within inside over in"
    " during for across through throughout by until since that latest current fiscal several some many its their"
    " our few ongoing years months weeks days decades"
)


@cache
def opening_words() -> frozenset[str]:
    """The words, in lower case, that a time can begin with."""
    kinds = ("month", "weekday", "season", "ordinal", "vague", "decade")
    found = {form.lower() for row in rows("time_words") if row["class"] in kinds for form in forms(row)}
    found |= {row["form"] for row in rows("number_words")}
    return frozenset({re.split(r"[\s-]", form)[0] for form in found} | set(_OPENERS.split()))


@cache
def capital_words() -> frozenset[str]:
    """Those of them, in lower case, that are written with a capital wherever they stand."""
    kinds = ("month", "weekday")
    found = {form.lower() for row in rows("time_words") if row["class"] in kinds for form in forms(row)}
    return frozenset(found | {"q", "h", "fy"})


@cache
def triggers() -> re.Pattern[str]:
    """What a sentence with a time contains at the least: a year, a month, a weekday or a word of time."""
    kinds = "|".join(words(kind) for kind in ("month", "weekday", "season"))
    units = (
        r"(?:yester|to|mid)?day|night|week|month|quarter|year|decade|morn|afternoon|evening|soon|short|recent"
        r"|due course|\d(?:st|nd|rd|th)\b|near|tomorrow|centur|\bnow\b|currently|present|\bpast\b|previous"
        r"|nineties|eighties|seventies|sixties|fifties"
    )
    return re.compile(rf"(?:1[89]|20)\d\d|FY|{kinds}|{units}|at a|\bearl|term|future|ahead|date")
