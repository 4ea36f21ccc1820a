"""One open session file: read it, guard it against others, save it."""

import errno
import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from promote_tui.session.model import Session
from promote_tui.store import durable, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.seal import sealed
from promote_tui.store.toml_text import Reading
from promote_tui.store.versions import Versions

_LONGEST_STEM = 200
_CLOUD_MARKS = 0x1000 | 0x40000 | 0x400000
"""What Windows writes on such a file: offline, recalled when opened, recalled when read."""


class CannotReadError(Exception):
    """A file could not be read from the disk; the message is a sentence."""


@dataclass(frozen=True)
class Saved:
    """What a save came to: where the session is now, and a sentence when that needs one."""

    path: Path
    note: str = ""


def read_bytes(path: Path, most: int = toml_text.LARGEST) -> bytes:
    """Return the bytes of a file, one more than ``most`` if it is larger; raises CannotReadError."""
    try:
        return durable.read(path, most + 1)
    except FileNotFoundError as error:
        raise CannotReadError(f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise CannotReadError(f"{path.name} is a folder, not a session file.") from error
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise CannotReadError(f"{path.name} is not a file.") from error
        raise CannotReadError(durable.reason(error, path).replace(" write there", " read it")) from error


@dataclass
class SessionFile:
    """A session file that is open: what we believe stands on the disk, and how to replace it.

    Never overwrites a version it has not seen: when the file changed behind our back the session
    goes to a conflict copy beside it, and on from there.
    """

    path: Path
    reading: Reading
    read_only: str = ""
    """Why this file may only be looked at, as a sentence; empty when it may be changed."""
    known_hash: str = ""
    """The sha256, in hex digits, of the file as we last read it or saved it for certain."""
    changed_elsewhere: bool = False
    """Whether the file is not as we read it, though nothing was saved here: see ``recheck``."""
    _saved_here: bool = False
    _attempted: frozenset[str] = frozenset()
    _original: bytes | None = field(default=None, repr=False)

    @classmethod
    def open(cls, path: Path) -> "SessionFile":
        """Open a file; ``reading`` says what was found. Raises CannotReadError."""
        # asked first: reading fetches such a file, so that afterwards it does not look like one
        in_the_cloud = _is_in_the_cloud(path)
        data = read_bytes(path)
        reading = toml_text.read(data)
        file = cls(path, reading, _why_read_only(path, reading, in_the_cloud), _fingerprint(data))
        if reading.session and not file.read_only and _is_laid_out_otherwise(reading.session, reading, data):
            file._original = data
        return file

    @classmethod
    def create(cls, path: Path, session: Session) -> "SessionFile":
        """Write a new file, which must not be there yet; raises FileExistsError or NotSavedError."""
        data = _bytes(session)
        durable.create(path, data)
        return cls(path, Reading(session, seal="whole"), known_hash=_fingerprint(data), _saved_here=True)

    @property
    def written_by_hand(self) -> bool:
        """Say whether the file holds layout or comments that a save cannot keep."""
        return self._original is not None

    def save(self, session: Session, now: datetime) -> Saved:
        """Write the session and return once it is safe on the disk and was read back.

        ``now`` names a conflict copy. Raises NotSavedError; the file is then as it was.
        """
        if self.read_only:
            raise NotSavedError(self.read_only)
        data = _bytes(session)
        # asked before and right before the move: to write and to flush takes time
        put = partial(durable.write, in_the_way=self._in_the_way)
        try:
            why = self._in_the_way()
        except FileNotFoundError:  # nobody's loss to write again, unless somebody makes it just now
            why, put = "", partial(durable.create)
        if not why:
            note = self._keep_original(session)
            # should the disk fail at the last moment, both the old version and this one are ours
            self._attempted |= {_fingerprint(data)}
            try:
                put(self.path, data)
            except (durable.OvertakenError, FileExistsError):
                why = f"{self.path.name} was changed by someone else."
            else:
                return self._goes_on(self.path, data, note)
        return self._save_conflict_copy(data, now, why)

    def recheck(self, session: Session, now: datetime) -> Saved | None:
        """Look whether the file is still as we know it; ``session`` is what it should hold.

        When something was saved here before, a file that is gone is written again, and of one that is
        not ours any more this session becomes a conflict copy. Otherwise there is nothing of ours to
        lose, and ``changed_elsewhere`` tells. Returns None when nothing was written. Raises NotSavedError.
        """
        if not self._saved_here:
            self.changed_elsewhere = self._is_changed()
            return None
        note = ""
        try:
            if not self._in_the_way():
                return None
        except FileNotFoundError:
            note = f"{self.path.name} was gone, so it was written again."
        saved = self.save(session, now)
        return Saved(saved.path, saved.note or note)

    def _is_changed(self) -> bool:
        try:
            return _fingerprint(read_bytes(self.path)) != self.known_hash
        except CannotReadError:
            return True

    def _in_the_way(self) -> str:
        """Return why the file must not be replaced, as a sentence; nothing when it is as we know it.

        Raises FileNotFoundError when it is gone, NotSavedError when it cannot be looked at.
        """
        name = self.path.name
        try:
            found = durable.system.lstat(self.path)
            if stat.S_ISLNK(found.st_mode):
                return f"{name} has become a link to another place."
            if not stat.S_ISREG(found.st_mode):
                return f"{name} is not a file any more."
            if _has_cloud_mark(found):
                return f"{name} is kept in the cloud only."
            if not os.access(self.path, os.W_OK):
                return f"{name} may not be written to any more."
            data = durable.read(self.path, toml_text.LARGEST + 1)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise NotSavedError(durable.reason(error, self.path)) from error
        # an empty file is somebody's too: it may be about to be written
        ours = _fingerprint(data) in {self.known_hash, *self._attempted}
        return "" if ours else f"{name} was changed by someone else."

    def _goes_on(self, path: Path, data: bytes, note: str) -> Saved:
        """Note that the session stands at ``path`` now, for certain."""
        self.path, self.known_hash = path, _fingerprint(data)
        self.changed_elsewhere, self._saved_here = False, True
        self._attempted, self._original = frozenset(), None
        return Saved(path, note)

    def _save_conflict_copy(self, data: bytes, now: datetime, why: str) -> Saved:
        stem = re.sub(" conflict [0-9 -]*$", "", self.path.stem)
        # no system takes names of more than 255 bytes
        stem = stem.encode(errors="ignore")[:_LONGEST_STEM].decode(errors="ignore")
        stem = f"{stem} conflict {now:%Y-%m-%d %H%M%S}"
        for number in range(1, 100):
            copy = self.path.with_name(f"{stem}{f' {number}' if number > 1 else ''}.toml")
            try:
                durable.create(copy, data)
            except FileExistsError:
                continue
            return self._goes_on(copy, data, f"{why} Both are kept: yours goes on as {copy.name}.")
        raise NotSavedError(f"{why} There are too many copies already.")

    def _keep_original(self, session: Session) -> str:
        """Keep the exact bytes of a file written by hand, once, before they are rewritten."""
        if self._original is None:
            return ""
        try:
            kept = Versions(session.id).keep_original(self._original)
        except NotSavedError as error:
            raise NotSavedError(f"The file as it was could not be kept: {error}") from error
        return f"The file was written by hand; as it was it is kept in {kept}."


def _bytes(session: Session) -> bytes:
    """Return the bytes of a session, checked to read back as the same session."""
    data = sealed(toml_text.write(session))
    if len(data) > toml_text.LARGEST:
        raise NotSavedError(f"The session is larger than {toml_text.LARGEST // 1_000_000} MB.")
    if toml_text.read(data).session != session:
        raise NotSavedError("The session does not read back as it is, so it was not written.")
    return data


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_laid_out_otherwise(session: Session, reading: Reading, data: bytes) -> bool:
    """Say whether a save would lose what a person, or an older program, wrote into the file."""
    return reading.older or (reading.seal != "whole" and toml_text.write(session).encode() != data)


def _why_read_only(path: Path, reading: Reading, in_the_cloud: bool) -> str:
    """Return why a file may only be looked at, as a sentence; nothing when it may be changed."""
    if reading.cut_short:
        return (
            "This file was cut short: its end is missing. It is opened for reading only, and nothing in it"
            " is changed. V shows earlier versions."
        )
    if reading.session is None:
        return "This file has mistakes in it, so it is not changed."
    if reading.newer:
        return "A newer version of this program wrote this file, so it is opened for reading only."
    if path.is_symlink():
        return "This file is a link to another place, so it is opened for reading only."
    if in_the_cloud:
        return (
            "This file was not on this computer yet, so it is opened for reading only."
            " Open it again when it has come down from the cloud."
        )
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        return "This file or its folder cannot be written to, so it is opened for reading only."
    return ""


def _is_in_the_cloud(path: Path) -> bool:
    try:
        return _has_cloud_mark(durable.system.stat(path))
    except (OSError, ValueError):  # what is wrong with it is said when it is read
        return False


def _has_cloud_mark(found: os.stat_result) -> bool:
    """Say whether Windows keeps only the name of a file on this computer, not what it holds."""
    return bool(getattr(found, "st_file_attributes", 0) & _CLOUD_MARKS)
