"""What is to be watched, as a TOML file lists it."""

import difflib
import fnmatch
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from communique.model import UsageError
from communique.sources.loading import unusable
from communique.sources.web import address_fault


class WatchKind(StrEnum):
    """How a place tells what is new there."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """One place to look for documents.

    Attributes:
        place: an address, or the absolute path of a folder.
        publisher: who issues what is found there, over what it says itself.
        include: patterns of addresses or paths, of which one has to fit; all fit where there is none.
        exclude: patterns of which none may fit.
        since: how far back to go, as a day, or as the time before the day of asking.
        every: the time between two looks; None leaves it to the program.
    """

    kind: WatchKind
    place: str
    publisher: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: date | timedelta | None = None
    every: timedelta | None = None

    def wants(self, name: str) -> bool:
        """Whether the patterns let an address or path pass; case does not matter."""
        return (not self.include or _fits(name, self.include)) and not _fits(name, self.exclude)

    def first_day(self, today: date) -> date | None:
        """The first day of publication that is wanted."""
        return today - self.since if isinstance(self.since, timedelta) else self.since


_MOST = 1_000_000
"""Bytes of a list; one with ten thousand sources has less."""
_WEB_KEYS = ("publisher", "include", "exclude", "since", "every")
_KEYS = {
    WatchKind.FEED: _WEB_KEYS,
    WatchKind.SITEMAP: _WEB_KEYS,
    WatchKind.PAGE: ("publisher", "every"),
    WatchKind.FOLDER: ("publisher", "include", "exclude", "every"),
}
_UNITS = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_TIME = re.compile(r"(\d{1,5}) ?(minute|hour|day|week)s?")
_KINDS = ", ".join(WatchKind)


def read_watchlist(path: Path) -> tuple[WatchedSource, ...]:
    """The sources that a file lists, in its order; folders are looked for beside the file.

    Raises:
        UsageError: the file can't be read, or a key in it is at fault; the message names the source and the key.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
        if len(data) > _MOST:
            raise UsageError(f"{path} is larger than {_MOST // 1_000_000} MB: give a list of sources.")
        listed = tomllib.loads(data.decode("utf-8"))
    except (OSError, ValueError) as error:
        if isinstance(error, tomllib.TOMLDecodeError | UnicodeDecodeError):
            raise UsageError(f"{path} is no TOML: {error}.") from None
        raise unusable(str(path), error) from None
    except RecursionError:
        raise UsageError(f"{path} is nested too deeply: give a list of sources.") from None
    for key in listed:
        if key != "source":
            raise UsageError(f"{path}: there is no key {key!r} at the top; begin each source with [[source]].")
    entries = listed.get("source")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(
            f"{path} lists no source: begin each with [[source]] and name its {_KINDS.replace(', f', ' or f')}."
        )
    found = tuple(_source(entry, f"{path}, source {number}", path.parent) for number, entry in enumerate(entries, 1))
    _refuse_twins(found, path)
    return found


def _source(entry: dict[str, Any], where: str, folder: Path) -> WatchedSource:
    kinds = [kind for kind in WatchKind if kind in entry]
    if len(kinds) != 1:
        named = " and ".join(kinds) if kinds else "none"
        raise UsageError(f"{where}: it has to have exactly one of the keys {_KINDS}; it has {named}.")
    (kind,) = kinds
    place = _text(entry, kind, where)
    where = f"{where} ({place[:100]})"
    for key in entry:
        if key != kind and key not in _KEYS[kind]:
            raise UsageError(f"{where}: {_unknown(key, kind)}")
    publisher = _text(entry, "publisher", where) if "publisher" in entry else None
    return WatchedSource(
        kind=kind,
        place=_place(kind, place, where, folder),
        publisher=publisher,
        include=_patterns(entry, "include", where),
        exclude=_patterns(entry, "exclude", where),
        since=_since(entry.get("since"), where),
        every=_every(entry.get("every"), where),
    )


def _unknown(key: str, kind: WatchKind) -> str:
    if key in _WEB_KEYS:
        return f"a {kind} takes no {key!r}; it takes {', '.join(_KEYS[kind])}."
    near = difflib.get_close_matches(key, _KEYS[kind], 1)
    meant = f"did you mean {near[0]!r}?" if near else f"a {kind} takes {', '.join(_KEYS[kind])}."
    return f"there is no key {key!r}; {meant}"


def _place(kind: WatchKind, place: str, where: str, folder: Path) -> str:
    if kind is WatchKind.FOLDER:
        return str((folder / Path(place).expanduser()).absolute())
    if fault := address_fault(place):
        raise UsageError(f"{where}: {kind} {fault}.")
    return place


def _text(entry: dict[str, Any], key: str, where: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{where}: {key} has to be a text in quotation marks.")
    if any(not letter.isprintable() for letter in value):
        raise UsageError(f"{where}: {key} holds a character that can't be printed; remove it.")
    return value.strip()


def _patterns(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise UsageError(f'{where}: {key} has to be a list of patterns, such as ["*/news/*", "*readout*"].')
    return tuple(value)


def _since(value: object, where: str) -> date | timedelta | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # then it is a length of time
    return _length(value, f'{where}: since has to be a day or a time, such as "2025-01-31" or "30 days".')


def _every(value: object, where: str) -> timedelta | None:
    return (
        None if value is None else _length(value, f'{where}: every has to be a time, such as "30 minutes" or "1 day".')
    )


def _length(value: object, message: str) -> timedelta:
    match = _TIME.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0:
        raise UsageError(message)
    return timedelta(minutes=int(match[1]) * _UNITS[match[2]])


def _refuse_twins(sources: tuple[WatchedSource, ...], path: Path) -> None:
    seen = dict[str, int]()
    for number, source in enumerate(sources, 1):
        if source.place in seen:
            raise UsageError(
                f"{path}: sources {seen[source.place]} and {number} are the same ({source.place}); keep one."
            )
        seen[source.place] = number


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    lowered = name.lower()
    return any(fnmatch.fnmatchcase(lowered, pattern.lower()) for pattern in patterns)
