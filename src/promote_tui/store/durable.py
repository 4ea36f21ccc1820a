"""Write a file so that it survives a crash: whole and old, or whole and new, never anything between."""

import contextlib
import errno
import os
import re
import stat
import sys
import time
from pathlib import Path

# Windows: another program holds the file for a moment (access denied, sharing and lock violation,
# and "unable to remove the file to be replaced").
_BUSY = {5, 32, 33, 1175}
_PATIENCE = 3.0
PREFIX = ".promote-"
"""How the names of our temporary files begin; leftovers of a crash can be told by it."""
_OURS = re.compile(re.escape(PREFIX) + r"[0-9a-z-]+\.tmp")
_LEFT_OVER = 3_600.0
"""How many seconds old a temporary file is when nobody can be writing it any more."""
# what file systems answer that cannot flush a folder; nothing more can be done there
_NO_FOLDER_FLUSH = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}


class NotSavedError(Exception):
    """A file could not be written; the message is a sentence for the room."""


def write(path: Path, data: bytes) -> None:
    """Replace the file at ``path`` by ``data`` and return once it is on the disk and was read back.

    The bytes go to a new file in the same folder, are flushed to the disk, and take the place of
    the old file in one move, whose folder is flushed too. Raises NotSavedError; the old file is
    then untouched, or, when only the last check failed, the new one is in its place.
    """
    try:
        temporary = _temporary(path, data)
        try:
            _replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        _confirm(path, data)
    except OSError as error:
        raise NotSavedError(reason(error, path)) from error


def create(path: Path, data: bytes) -> None:
    """Write a file that must not be there yet; raises FileExistsError if it is, NotSavedError otherwise."""
    try:
        temporary = _temporary(path, data)
    except OSError as error:
        raise NotSavedError(reason(error, path)) from error
    try:
        _claim(temporary, path)
        try:
            _confirm(path, data)
        except OSError:
            # it may not last, so it is not there: the next try can have the name
            with contextlib.suppress(OSError):
                path.unlink()
            raise
    except FileExistsError:
        raise
    except OSError as error:
        raise NotSavedError(reason(error, path)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _confirm(path: Path, data: bytes) -> None:
    """Make a name just given last, and see that the bytes are there."""
    flush_folder(path.parent)
    if path.read_bytes() != data:
        raise NotSavedError(f"{path.name} did not read back as it was written.")


def temporary_name(folder: Path) -> Path:
    """Return a name in ``folder`` for a file that is not to stay; ``sweep`` knows it."""
    return folder / f"{PREFIX}{os.getpid()}-{time.monotonic_ns()}.tmp"


def sweep(folder: Path, now: float) -> int:
    """Remove temporary files that a crash left in ``folder`` over an hour before ``now``; return how many.

    ``now`` counts seconds as file times do. Only regular files under names of our own are touched;
    what cannot be removed stays.
    """
    removed = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not _OURS.fullmatch(entry.name):
                continue
            with contextlib.suppress(OSError):
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(found.st_mode) and now - found.st_mtime > _LEFT_OVER:
                    Path(entry.path).unlink()
                    removed += 1
    return removed


def make_folder(folder: Path) -> None:
    """Make a folder, and those around it that are missing, open to this account alone."""
    missing = [folder, *folder.parents]
    for place in reversed(missing[: next((n for n, at in enumerate(missing) if at.is_dir()), None)]):
        place.mkdir(exist_ok=True, mode=0o700)


def _temporary(path: Path, data: bytes) -> Path:
    """Write ``data`` to a new file beside ``path``, flushed to the disk."""
    temporary = temporary_name(path.parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with open(descriptor, "wb", closefd=True) as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _claim(temporary: Path, path: Path) -> None:
    """Give the temporary file its name, refusing when the name is taken."""
    if sys.platform == "win32":
        temporary.rename(path)
        return
    try:
        os.link(temporary, path)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        # a file system without hard links: claim the name first, then replace our own empty file
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink()
            raise


def _replace(temporary: Path, path: Path) -> None:
    """Move the new file over the old one, with patience for a scanner that holds it on Windows."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            temporary.replace(path)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _BUSY or time.monotonic() > until:
                raise
            time.sleep(0.05)


def flush_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk: without it a new file may be gone after a power cut."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FLUSH:
            raise
    finally:
        os.close(descriptor)


def reason(error: OSError, path: Path) -> str:
    """Say in plain words why a file could not be read or written."""
    words = {
        "ENOSPC": "the disk is full",
        "EDQUOT": "your share of the disk is full",
        "EACCES": "this account may not write there",
        "EPERM": "this account may not write there",
        "EROFS": "the folder is for reading only",
        "ENOENT": "the folder is no longer there",
        "ENOTDIR": "the folder is not a folder",
        "EISDIR": "there is a folder of that name",
        "EFBIG": "the file is larger than this account may write",
        "EIO": "the disk reports a fault",
        "EMFILE": "too many files are open",
        "ENAMETOOLONG": "the name is too long",
    }
    code = errno.errorcode.get(error.errno or 0, "")
    return f"{path.name}: {words.get(code, (error.strerror or 'the system refused').lower())}."
