"""Write a file so that it survives a crash: whole and old, or whole and new, never anything between."""

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable
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


class OvertakenError(NotSavedError):
    """The file was written, and read back it holds other bytes: another program was faster."""


class System:
    """Every call to the operating system that reading and writing a file makes, and nothing more.

    It is here so that a test can put another one in its place, whose N-th call fails or is the last.
    """

    def open(self, path: Path, flags: int) -> int:
        """Open a file, a new one for this account alone."""
        return os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of the bytes and return how many."""
        return os.write(descriptor, data)

    def read(self, descriptor: int, most: int) -> bytes:
        """Read some bytes, none at the end."""
        return os.read(descriptor, most)

    def fsync(self, descriptor: int) -> None:
        """Wait until what was written is on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a file."""
        os.close(descriptor)

    def fstat(self, descriptor: int) -> os.stat_result:
        """Look at what was opened."""
        return os.fstat(descriptor)

    def stat(self, path: Path) -> os.stat_result:
        """Look at what a name leads to."""
        return path.stat()

    def lstat(self, path: Path) -> os.stat_result:
        """Look at what stands under a name, links themselves."""
        return path.lstat()

    def replace(self, source: Path, target: Path) -> None:
        """Move a file, over another one if there is one."""
        source.replace(target)

    def rename(self, source: Path, target: Path) -> None:
        """Move a file; on Windows to a free name only."""
        source.rename(target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name, a free one."""
        os.link(source, target)

    def unlink(self, path: Path) -> None:
        """Remove a name."""
        path.unlink()


system = System()


def write(path: Path, data: bytes, in_the_way: Callable[[], object] = lambda: False) -> None:
    """Replace the file at ``path`` by ``data`` and return once it is on the disk and was read back.

    The bytes go to a new file in the same folder, are flushed to the disk, and take the place of
    the old file in one move, whose folder is flushed too. Raises NotSavedError; the old file is
    then untouched, or, when only the last check failed, the new one is in its place. Raises
    OvertakenError when another program's bytes are in its place by then, or when ``in_the_way``, asked
    at the last moment, says that the old file is not to be replaced.
    """
    try:
        temporary = _temporary(path, data)
        try:
            if in_the_way():
                raise OvertakenError(f"{path.name} was changed by someone else.")
            _patiently(system.replace, temporary, path)
        except (OSError, NotSavedError):
            _forget(temporary)
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
        claim(temporary, path)
        try:
            _confirm(path, data)
        except OSError:
            # it may not last, so it is not there: the next try can have the name
            _forget(path)
            raise
    except FileExistsError:
        raise
    except OSError as error:
        raise NotSavedError(reason(error, path)) from error
    finally:
        _forget(temporary)


def read(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file, at most ``most``, and never wait for a pipe or a device.

    Raises OSError: IsADirectoryError for a folder, ENXIO for what else is no regular file.
    """
    descriptor = system.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        kind = system.fstat(descriptor).st_mode
        if not stat.S_ISREG(kind):
            code = errno.EISDIR if stat.S_ISDIR(kind) else errno.ENXIO
            raise OSError(code, os.strerror(code))
        pieces = []
        while most > 0 and (piece := system.read(descriptor, most)):
            pieces.append(piece)
            most -= len(piece)
        return b"".join(pieces)
    finally:
        system.close(descriptor)


def _confirm(path: Path, data: bytes) -> None:
    """Make a name just given last, and see that the bytes are there."""
    flush_folder(path.parent)
    if read(path, len(data) + 1) != data:
        raise OvertakenError(f"{path.name} did not read back as it was written.")


def _forget(path: Path) -> None:
    """Remove a file of our own, if it can be."""
    with contextlib.suppress(OSError):
        system.unlink(path)


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
    """Write ``data`` to a new file beside ``path``, flushed to the disk.

    Each try gets a new file: after a flush that failed, one that succeeds on the same file says nothing.
    """
    temporary = temporary_name(path.parent)
    descriptor = system.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0))
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[system.write(descriptor, left) :]
            system.fsync(descriptor)
        finally:
            system.close(descriptor)
    except OSError:
        _forget(temporary)
        raise
    return temporary


def claim(temporary: Path, path: Path) -> None:
    """Give a file of ours a free name; raises FileExistsError when it is taken, else OSError."""
    if sys.platform == "win32":
        _patiently(system.rename, temporary, path)
        return
    try:
        system.link(temporary, path)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        # a file system without hard links: claim the name first, then replace our own empty file
        descriptor = system.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            system.close(descriptor)
            system.replace(temporary, path)
        except OSError:
            _forget(path)
            raise


def _patiently(move: Callable[[Path, Path], None], source: Path, target: Path) -> None:
    """Move a file, with patience for a scanner that holds it on Windows."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            move(source, target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _BUSY or time.monotonic() > until:
                raise
            time.sleep(0.05)


def flush_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk: without it a new file may be gone after a power cut."""
    if sys.platform == "win32":
        return
    descriptor = system.open(folder, os.O_RDONLY)
    try:
        system.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FLUSH:
            raise
    finally:
        system.close(descriptor)


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
        "ENFILE": "too many files are open",
        "ENXIO": "what stands under that name is not a file",
        "ENAMETOOLONG": "the name is too long",
    }
    code = errno.errorcode.get(error.errno or 0, "")
    return f"{path.name}: {words.get(code, (error.strerror or 'the system refused').lower())}."
