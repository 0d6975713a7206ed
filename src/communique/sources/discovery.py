"""Folders into the files of documents in them."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from communique.model import UsageError
from communique.sources.kinds import EXTENSIONS
from communique.sources.loading import shown, unusable


def discover(paths: Iterable[str]) -> list[str]:
    """The files that the paths mean, each once: files and ``-`` as given, folders by the documents in them.

    A folder stands for all files below it with an extension of :data:`EXTENSIONS`, in order of their paths; hidden
    files and folders are passed over, and links to folders are not followed.

    Raises:
        UsageError: a path is missing, a folder may not be read, or there is no document in it.
    """
    found: dict[str, None] = {}
    for path in paths:
        if path != "-" and _is_folder(path):
            inside = sorted(_walk(path))
            if not inside:
                read = ", ".join(sorted(EXTENSIONS))
                raise UsageError(f"There is no document in the folder {shown(path)}: files with {read} are read.")
            found.update(dict.fromkeys(inside))
        else:
            found[path] = None
    return list(found)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except (OSError, ValueError) as error:
        raise unusable(path, error) from None


def _walk(folder: str) -> Iterator[str]:
    def refuse(error: OSError) -> None:
        raise unusable(str(error.filename), error)

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and PurePath(name).suffix.lower() in EXTENSIONS:
                yield os.path.join(parent, name)  # noqa: PTH118 - the path stays as the user began it
