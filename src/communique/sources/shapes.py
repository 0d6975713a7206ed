"""What a text plainly is by how it begins: a page, a feed, JSON, a table, an e-mail, a mailbox."""

import csv
import json
import re

_HTML = re.compile(r"(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(
    r"<\?xml\b[^>]*>\s*(?:(?>(?><!--.*?-->)|(?><\?.*?\?>)|(?><!DOCTYPE(?!\s+html)[^>\[]*+(?:\[.*?\]\s*)?>))\s*)*+",
    re.S | re.I,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_BARE_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b[^>]*(?:xmlns|version)", re.S)
_ROOTS = {
    "rss": "feed",
    "feed": "feed",
    "RDF": "feed",
    "html": "html",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "svg": "picture",
}
_JSON_OBJECT = re.compile(r'\{\s*"')
_JSON_ARRAY = re.compile(r"\[\s*\{\s*\"")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:#.*\r?\n)*[A-Za-z_]\w*[ \t]*:")
_MAILBOX = re.compile(r"From \S+ [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n>?[A-Za-z][A-Za-z0-9-]*:")
_MAIL_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_MAIL_TRACES = {"message-id", "mime-version", "received", "return-path", "delivered-to", "dkim-signature"}
_MOST_HEADERS = 60
_MAIL_HEADERS = {"from", "date", "subject", "to"}
_TEXT_COLUMNS = {"text", "body", "content", "article", "full_text", "fulltext"}
_CELL = re.compile(r"[^\W\d][\w .:/()#-]{0,58}(?<!\.)")


def kind_of_text(text: str) -> str | None:
    """The kind of a text by its first characters, None for prose and whatever does not show plainly what it is.

    JSON is told from JSON Lines by a first line that is whole and the beginning of a second.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _kind_of_markup(start)
    if _JSON_ARRAY.match(start):
        return "jsonl"
    if _JSON_OBJECT.match(start):
        return "jsonl" if _is_json_lines(start) else "json"
    if _MAILBOX.match(start):
        return "mbox"
    if _is_mail(start):
        return "email"
    return "csv" if _is_table(start) else None


def has_front_matter(text: str) -> bool:
    """Whether the text begins with YAML between rules, as Markdown with data of origin does."""
    return _FRONT_MATTER.match(text) is not None


def _kind_of_markup(text: str) -> str | None:
    declared = _XML.match(text)
    rest = text[declared.end() :] if declared else text
    if _HTML.match(rest):
        return "html"
    root = _ROOT.match(rest)
    if root is None or not (declared or _BARE_ROOT.match(rest)):
        return None
    return _ROOTS.get(root.group(1), "xml")


def _is_json_lines(text: str) -> bool:
    """Whether the first line is an object by itself and another one follows."""
    first, _, rest = text.partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _is_mail(text: str) -> bool:
    names: set[str] = set()
    header = _MAIL_HEADER.match(text)
    while header and len(names) < _MOST_HEADERS:
        names.add(header.group(1).lower())
        header = _MAIL_HEADER.match(text, header.end())
    return bool(names & _MAIL_TRACES) and bool(names & _MAIL_HEADERS)


def _is_table(text: str) -> bool:
    """Whether the first line names columns, one of them for a text, and the second is another row."""
    line, _, rest = text.partition("\n")
    line, second = line.rstrip("\r"), rest.partition("\n")[0]
    for delimiter in ",;\t|":
        if delimiter in line and delimiter in second:
            cells = _cells(line, delimiter)
            if len(cells) > 1 and all(_CELL.fullmatch(cell) for cell in cells):
                return bool({cell.lower() for cell in cells} & _TEXT_COLUMNS)
    return False


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []
