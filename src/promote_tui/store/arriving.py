"""Files that come in from outside, out of a folder or a .zip: looked at with care, one at a time.

Nothing is unpacked: names of a .zip are only shown, so that none of them can lead anywhere, and of each
file no more is read than a session may hold.
"""

import contextlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from promote_tui.session.text import number_of
from promote_tui.store import durable, toml_text
from promote_tui.store.library import LibraryError
from promote_tui.store.places import ARCHIVE, INBOX

MOST = 20_000
"""Most files that are looked at."""
LARGEST_ZIP = 500_000_000
"""Most bytes of a .zip, and most that all its files may unpack to."""
_LONGEST_LIST = 10_000_000
"""Most bytes of the list of names in a .zip."""
_TAIL = 66_000
"""How far before its end a .zip says how long that list is."""
_END, _LARGE_END = re.compile(b"PK\x05\x06"), b"PK\x06\x07"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What is packed in other ways cannot be unpacked a little at a time."""
_ENCRYPTED = 1
_LEADS_OUT = re.compile(r"^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)|\0")


@dataclass(frozen=True)
class Arrival:
    """A file that is there to be taken in: its name as it is shown, and how it is read."""

    name: str
    read: Callable[[], tuple[bytes, str]]
    """Returns the bytes, or none and the sentence why not."""
    put_away: bool = False
    """Whether it lies among sessions that were put away."""

    @property
    def is_named_like_one(self) -> bool:
        """Say whether it is named like a session."""
        name = PurePosixPath(self.name).name.casefold()
        return name.endswith(".toml") and name != INBOX


Arrivals = tuple[Sequence[Arrival], str]
"""What there is, and the sentence why that is not everything, if so."""


@contextlib.contextmanager
def arrivals(source: Path) -> Iterator[Arrivals]:
    """Give what a folder and its sub-folders, or a .zip, holds; raises LibraryError when it is neither.

    Hidden files and what lies deeper in a folder are passed over.
    """
    with contextlib.ExitStack() as stack:
        try:
            if source.is_dir():
                found = _limited(_in_folder(source))
            else:
                found = _limited(_in_zip(stack.enter_context(_opened_zip(source))))
        except FileNotFoundError as error:
            raise LibraryError(f"There is no folder and no file {source}.") from error
        except OSError as error:
            raise LibraryError(_why(error, source)) from error
        except _NO_ZIP as error:
            raise LibraryError(f"{source.name} is neither a folder nor a .zip that can be read.") from error
        yield found


_NO_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, ValueError,
    OverflowError,
)  # fmt: skip
"""What comes of a file that is no .zip, or a damaged one."""


def _why(error: OSError, path: Path) -> str:
    return durable.reason(error, path).replace(" write there", " read it")


def _limited(found: Iterator[Arrival]) -> Arrivals:
    some: list[Arrival] = []
    for one in found:
        if len(some) == MOST:
            return some, f"There are more than {number_of(MOST, 'file')}. Only so many are looked at."
        some.append(one)
    return some, ""


# a folder


def _in_folder(folder: Path) -> Iterator[Arrival]:
    folders = [(folder, "")]
    for place, before in folders:
        try:
            with os.scandir(place) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            if not before:
                raise
            continue
        for entry in listed:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not before:
                    folders.append((Path(entry.path), f"{entry.name}/"))
                continue
            put_away = before.casefold() == f"{ARCHIVE}/"
            yield Arrival(f"{before}{entry.name}", _reader(Path(entry.path)), put_away)


def _reader(path: Path) -> Callable[[], tuple[bytes, str]]:
    def read() -> tuple[bytes, str]:
        try:
            before = durable.system.lstat(path)
            if not stat.S_ISREG(before.st_mode):
                return b"", "It is a link to another place, or no file."
            if before.st_size > toml_text.LARGEST:
                return b"", _TOO_LARGE
            data = durable.read(path, toml_text.LARGEST + 1)
            after = durable.system.lstat(path)
        except FileNotFoundError:
            return b"", "It has gone meanwhile."
        except OSError as error:
            return b"", _why(error, path)
        marks = [(found.st_mtime_ns, found.st_size, found.st_ino) for found in (before, after)]
        if marks[0] != marks[1] or len(data) != after.st_size:
            return b"", "It was changed while it was read. Try again."
        return data, ""

    return read


_TOO_LARGE = f"It is larger than {toml_text.LARGEST // 1_000_000} MB."


# a .zip


@contextlib.contextmanager
def _opened_zip(source: Path) -> Iterator[zipfile.ZipFile]:
    descriptor = durable.system.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise LibraryError(f"{source.name} is neither a folder nor a .zip.")
        if found.st_size > LARGEST_ZIP or _is_long(file, found.st_size):
            raise LibraryError(f"{source.name} is too large. Unpack it, then take the folder in.")
        with zipfile.ZipFile(file) as packed:
            yield packed


def _is_long(file: BinaryIO, size: int) -> bool:
    """Say whether the list of names is longer than any that we look at: it is read as a whole."""
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    lengths = (tail[end.start() + 12 : end.start() + 16] for end in _END.finditer(tail))
    return _LARGE_END in tail or any(int.from_bytes(one, "little") > _LONGEST_LIST for one in lengths)


def _in_zip(packed: zipfile.ZipFile) -> Iterator[Arrival]:
    unpack = _Unpacking(packed)
    for info in packed.infolist():
        name = info.orig_filename
        parts = name.replace("\\", "/").split("/")
        leads_out = _LEADS_OUT.search(name) is not None
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
        if leads_out or not (hidden or info.is_dir()):
            put_away = len(parts) > 1 and parts[-2].casefold() == ARCHIVE
            yield Arrival(name, partial(unpack, info, leads_out), put_away)


class _Unpacking:
    """Reads files out of a .zip, in all no more than ``LARGEST_ZIP`` bytes."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._left = LARGEST_ZIP

    def __call__(self, info: zipfile.ZipInfo, leads_out: bool) -> tuple[bytes, str]:
        if why := _why_not(info, leads_out):
            return b"", why
        if self._left <= 0:
            return b"", "The .zip holds more than can be taken in at once."
        try:
            with self._packed.open(info) as member:
                data = member.read(toml_text.LARGEST + 1)
        except (*_NO_ZIP, OSError):
            return b"", "It is damaged."
        self._left -= len(data)
        return (data, "") if len(data) <= toml_text.LARGEST else (b"", _TOO_LARGE)


def _why_not(info: zipfile.ZipInfo, leads_out: bool) -> str:
    """Return why a file in a .zip is not even unpacked, as a sentence; nothing when it may be."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if leads_out:
        return "Its name leads to another place."
    if kind not in (0, stat.S_IFREG):
        return "It is a link to another place, or no file."
    if info.flag_bits & _ENCRYPTED:
        return "It is locked with a password."
    if info.compress_type not in _PACKED:
        return "It is packed in a way that is not understood."
    return _TOO_LARGE if info.file_size > toml_text.LARGEST else ""
