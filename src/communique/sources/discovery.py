"""From what a user names to the names of single sources: folders and patterns into their files, all else as it is."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from functools import cache
from glob import has_magic
from pathlib import Path, PurePath

from communique.model import UsageError
from communique.sources.item import Problem
from communique.sources.kinds import EXTENSIONS
from communique.sources.loading import shown, unusable
from communique.sources.opening import is_address


def names_of(given: str) -> Iterator[str | Problem]:
    """The sources that one word means, lazily, in order of their paths.

    A file, ``-`` and an http(s) address stand for themselves. A folder stands for all files below it that have an
    extension of :data:`EXTENSIONS`; of other files a Problem says that they are passed over. A pattern with ``*``,
    ``?``, ``[...]`` or ``**`` (any depth of folders) stands for the files that it fits, whatever their extension, and
    for what is below the folders that it fits. Hidden files and folders are passed over unless they are named, and
    links to folders are not followed.

    Raises:
        UsageError: what was given does not exist, can't be read, or stands for no document.
    """
    if given == "-" or is_address(given):
        yield given
        return
    if _is_pattern(given):
        yield from _matching(given)
    elif _is_folder(given):
        yield from _inside(given)
    else:
        yield given


def discover(given: Iterable[str]) -> list[str]:
    """The sources that all the words mean, each once, as :func:`names_of` finds them.

    Raises:
        UsageError: as :func:`names_of`.
    """
    names = (name for word in given for name in names_of(word))
    return list(dict.fromkeys(name for name in names if isinstance(name, str)))


def files_below(folder: str) -> list[str]:
    """The files of a folder that :func:`names_of` would find, in order of their paths; an empty folder has none.

    Raises:
        UsageError: there is no such folder, or it can't be read.
    """
    if not _is_folder(folder):
        raise UsageError(f"{shown(folder)} is no folder: give the path of one.")
    return [name for name in _walk(folder) if isinstance(name, str)]


def _is_pattern(given: str) -> bool:
    """Whether special characters are meant as such: a file of that very name is a file."""
    return has_magic(given) and not os.path.lexists(given)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and os.path.lexists(path):
            return False  # a link that leads nowhere stops nothing else: opening it will tell
        raise unusable(path, error) from None


def _is_pipe_or_device(path: str) -> bool:
    mode = _mode(path)
    return mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _mode(path: str) -> int | None:
    """What a path leads to; None for a link that leads nowhere, or back to itself."""
    try:
        return Path(path).stat().st_mode
    except OSError:
        return None


def _matching(pattern: str) -> Iterator[str | Problem]:
    seen: set[str] = set()
    parts = PurePath(pattern).parts
    every_file = "**" in parts and parts[-1] == "*"  # the folders' files then come by themselves
    for path in sorted(_fitting(pattern)):
        if not path.is_dir():
            below: Iterator[str | Problem] = iter([str(path)])
        else:
            below = iter([]) if every_file else _walk(str(path))
        for name in below:
            key = name.name if isinstance(name, Problem) else name
            if key not in seen:
                seen.add(key)
                yield name
    if not seen:
        raise UsageError(f"No file fits the pattern {shown(pattern)}: check it, or give a folder.")


def _fitting(pattern: str) -> Iterator[Path]:
    """The files and folders that a pattern fits; hidden ones only where the pattern names them."""
    path = PurePath(pattern)
    if path.name == "**":
        path = path.parent
    inner = path.relative_to(path.anchor)
    named = {part for part in path.parts if part.startswith(".")}
    try:
        for found in Path(path.anchor).glob(str(inner)) if inner.parts else [Path(path.anchor)]:
            if not any(part.startswith(".") and part not in named for part in found.parts):
                yield found
    except (ValueError, OSError, re.error):
        raise UsageError(
            f"{shown(pattern)} is no pattern: write * for any name and /**/ for folders of any depth."
        ) from None


def _inside(folder: str) -> Iterator[str | Problem]:
    found = False
    for name in _walk(folder):
        found = found or isinstance(name, str)
        yield name
    if not found:
        raise UsageError(f"There is no document in the folder {shown(folder)}: files with {_extensions()} are read.")


def _walk(folder: str) -> Iterator[str | Problem]:
    """All files below a folder, in order of their paths; a folder below it that can't be read is a Problem.

    Raises:
        UsageError: the folder itself can't be read.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (OSError, ValueError) as error:
        raise unusable(folder, error) from None
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = os.path.join(folder, entry.name)  # noqa: PTH118 - the path stays as the user began it
        if entry.is_dir(follow_symlinks=False):
            try:
                yield from _walk(path)
            except UsageError as error:
                yield Problem(shown(path), str(error))
        elif _is_pipe_or_device(path):
            yield Problem(shown(path), f"{shown(path)} is no file but a pipe or a device: it is not read.", True)
        elif PurePath(entry.name).suffix.lower() in EXTENSIONS:
            yield path
        elif not stat.S_ISDIR(_mode(path) or 0):
            reason = f"{shown(path)} has an extension that is not read in folders: give it by name to read it."
            yield Problem(shown(path), reason, passed_over=True)


@cache
def _extensions() -> str:
    return ", ".join(sorted(EXTENSIONS))
