"""Move a file to a free name: it has a name at every moment, and no other file is ever replaced."""

import contextlib
import sys
from collections.abc import Iterable
from pathlib import Path

from promote_tui.store import durable
from promote_tui.store.durable import NotSavedError


def move(source: Path, target: Path) -> None:
    """Move a file and return once that is on the disk.

    Raises FileExistsError when the name is taken, NotSavedError otherwise; the file is then where it was.
    """
    try:
        durable.claim(source, target)
        try:
            durable.flush_folder(target.parent)
            _take_old_name(source, target)
        except (OSError, NotSavedError):
            _undo(source, target)
            raise
    except FileExistsError:
        raise
    except OSError as error:
        raise NotSavedError(durable.reason(error, source)) from error
    # at worst a power cut now brings the old name back beside the new one
    with contextlib.suppress(OSError):
        durable.flush_folder(source.parent)


def to_first_free(source: Path, names: Iterable[Path]) -> Path:
    """Move a file to the first of these names that is free, or leave it where one of them is its own.

    Returns where it is then. Raises NotSavedError, also when every name is taken.
    """
    for target in names:
        if _is_there_already(source, target):
            return source
        try:
            move(source, target)
        except FileExistsError:
            continue
        return target
    raise NotSavedError(f"{source.name}: there are too many files of this name already.")


def _is_there_already(source: Path, target: Path) -> bool:
    """Say whether a name is the file's own, perhaps in other letters: some systems take them for the same."""
    if source == target:
        return True
    try:
        same_folder = source.parent == target.parent
        return same_folder and source.name.casefold() == target.name.casefold() and source.samefile(target)
    except OSError:
        return False


def _take_old_name(source: Path, target: Path) -> None:
    """Remove the old name where it is still there, unless somebody has put another file under it."""
    if sys.platform == "win32":
        return
    try:
        there, moved = durable.system.lstat(source), durable.system.lstat(target)
    except FileNotFoundError:
        return
    if (there.st_dev, there.st_ino) != (moved.st_dev, moved.st_ino):
        raise NotSavedError(f"{source.name} was changed by someone else.")
    durable.system.unlink(source)


def _undo(source: Path, target: Path) -> None:
    """Take the new name away again; where it is the only one, the file gets its old name back."""
    with contextlib.suppress(OSError, NotSavedError):
        try:
            durable.claim(target, source)
        except FileExistsError:
            durable.system.unlink(target)
        else:
            _take_old_name(target, source)
