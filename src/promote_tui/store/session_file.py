"""One open session file: read it, guard it against others, save it."""

import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from promote_tui.session.model import Session
from promote_tui.store import durable, places, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.toml_text import Reading

_LONGEST_STEM = 200


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
        # a pipe or a device could keep us waiting for ever: look before reading
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            kind = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(kind):
                raise CannotReadError(f"{path.name} is a folder, not a session file.")
            if not stat.S_ISREG(kind):
                raise CannotReadError(f"{path.name} is not a file.")
            with open(descriptor, "rb", closefd=False) as file:
                return file.read(most + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError as error:
        raise CannotReadError(f"There is no file {path}.") from error
    except OSError as error:
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
    _known: frozenset[str] = frozenset()
    _original: bytes | None = field(default=None, repr=False)

    @classmethod
    def open(cls, path: Path) -> "SessionFile":
        """Open a file; ``reading`` says what was found. Raises CannotReadError."""
        data = read_bytes(path)
        reading = toml_text.read(data)
        file = cls(path, reading, _known=_only(data))
        session = reading.session
        if session is None:
            file.read_only = "This file has mistakes in it, so it is not changed."
        elif reading.newer:
            file.read_only = (
                "A newer version of this program wrote this file, so it is opened for reading only."
            )
        elif path.is_symlink():
            file.read_only = "This file is a link to another place, so it is opened for reading only."
        elif not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            file.read_only = "This file or its folder cannot be written to, so it is opened for reading only."
        elif toml_text.write(session).encode() != data:
            file._original = data
        return file

    @classmethod
    def create(cls, path: Path, session: Session) -> "SessionFile":
        """Write a new file, which must not be there yet; raises FileExistsError or NotSavedError."""
        data = _bytes(session)
        durable.create(path, data)
        return cls(path, Reading(session), _known=_only(data))

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
        if self._changed_by_others():
            return self._save_conflict_copy(data, now)
        note = self._keep_original(session)
        # should the disk fail at the last moment, both the old version and this one are ours
        self._known |= _only(data)
        durable.write(self.path, data)
        self._known, self._original = _only(data), None
        return Saved(self.path, note)

    def _changed_by_others(self) -> bool:
        """Say whether the file is not as we last saw it; one that is gone is nobody's loss to replace."""
        try:
            if self.path.is_symlink():
                raise NotSavedError(f"{self.path.name} has become a link to another place.")
            return self.path.exists() and _fingerprint(read_bytes(self.path)) not in self._known
        except CannotReadError as error:
            raise NotSavedError(str(error)) from error
        except OSError as error:
            raise NotSavedError(durable.reason(error, self.path)) from error

    def _save_conflict_copy(self, data: bytes, now: datetime) -> Saved:
        theirs = self.path.name
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
            self.path, self._known, self._original = copy, _only(data), None
            return Saved(
                copy, f"{theirs} was changed by someone else. Both are kept: yours goes on as {copy.name}."
            )
        raise NotSavedError(f"{theirs} was changed by someone else, and there are too many copies already.")

    def _keep_original(self, session: Session) -> str:
        """Keep the exact bytes of a file written by hand, once, before they are rewritten."""
        if self._original is None:
            return ""
        folder = places.history_folder() / session.id
        kept = folder / f"{_fingerprint(self._original)[:16]}.toml"
        try:
            durable.make_folder(folder)
            if not kept.exists() or kept.read_bytes() != self._original:
                durable.write(kept, self._original)
        except (OSError, NotSavedError) as error:
            why = durable.reason(error, folder) if isinstance(error, OSError) else str(error)
            raise NotSavedError(f"The file as it was could not be kept: {why}") from error
        return f"The file was written by hand; as it was it is kept in {kept}."


def _bytes(session: Session) -> bytes:
    """Return the bytes of a session, checked to read back as the same session."""
    data = toml_text.write(session).encode()
    if len(data) > toml_text.LARGEST:
        raise NotSavedError(f"The session is larger than {toml_text.LARGEST // 1_000_000} MB.")
    if toml_text.read(data).session != session:
        raise NotSavedError("The session does not read back as it is, so it was not written.")
    return data


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _only(data: bytes) -> frozenset[str]:
    return frozenset((_fingerprint(data),))
