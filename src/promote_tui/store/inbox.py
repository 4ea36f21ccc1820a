"""The inbox of a library: what was jotted or imported since last time, in one file beside the sessions."""

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from promote_tui.session.edits.items import EditError
from promote_tui.store import durable, inbox_text, places, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.inbox_text import Contents, Draft, Entry, Kind, Reading
from promote_tui.store.problems import Problem
from promote_tui.store.session_file import CannotReadError, read_bytes

_PATIENCE = 2.0
"""How many seconds a change waits for another program that is changing the inbox."""


@dataclass(frozen=True)
class Added:
    """What became of drafts: the new entries, and how many were or had been in the inbox already."""

    new: tuple[Entry, ...]
    already: int


@dataclass(frozen=True)
class Inbox:
    """The inbox in a folder of sessions; neither need exist yet.

    Each change reads the file, changes it and writes it under a lock, so that two programs lose
    nothing of one another's. A file with mistakes in it, or of a newer program, is never written.
    """

    folder: Path

    @property
    def path(self) -> Path:
        """Return the file of the inbox."""
        return self.folder / places.INBOX

    def read(self) -> Reading:
        """Read the file; one that is not there is an empty inbox. Raises nothing: see ``problems``."""
        if not os.path.lexists(self.path):
            return Reading(inbox_text.empty())
        try:
            return inbox_text.read(read_bytes(self.path))
        except CannotReadError as error:
            why = str(error).removeprefix(self.path.name).strip(" :.")
            return Reading(None, (Problem("error", why),))

    def look(self) -> tuple[tuple[Entry, ...], str]:
        """Return what waits and why the inbox cannot be used, if so, in one reading of the file."""
        reading = self.read()
        return reading.contents.entries if reading.contents else (), self._trouble(reading)

    def entries(self) -> tuple[Entry, ...]:
        """Return what waits, in the order it came in; nothing when the file has mistakes in it."""
        return self.look()[0]

    def trouble(self) -> str:
        """Return why the inbox cannot be used, as a sentence with its file and line; empty when it can."""
        return self.look()[1]

    def add(self, drafts: Iterable[Draft], kind: Kind) -> Added:
        """Add what never came in before; raises NotSavedError, and then nothing was added."""
        drafts = tuple(drafts)
        before, after = self._change(lambda contents: inbox_text.with_new(contents, drafts, kind))
        new = after.entries[len(before.entries) :]
        return Added(new, len(drafts) - len(new))

    def remove(self, ids: Collection[str]) -> None:
        """Remove what was taken, parked or thrown away, for good; raises NotSavedError."""
        self._change(lambda contents: inbox_text.without(contents, ids))

    def _change(self, change: Callable[[Contents], Contents]) -> tuple[Contents, Contents]:
        with self._locked():
            reading = self.read()
            before, trouble = reading.contents, self._trouble(reading)
            if trouble or before is None:
                raise NotSavedError(f"{trouble} The inbox was not changed.")
            if self.path.is_symlink():
                raise NotSavedError(f"{self.path.name} is a link to another place, so it is not changed.")
            try:
                after = change(before)
            except EditError as error:
                raise NotSavedError(f"{self.path.name}: {error}") from None
            if after != before:
                self._write(_bytes(after))
        return before, after

    def _write(self, data: bytes) -> None:
        try:
            durable.make_folder(self.folder)
        except OSError as error:
            raise NotSavedError(durable.reason(error, self.path)) from error
        durable.write(self.path, data)

    def _trouble(self, reading: Reading) -> str:
        if reading.contents and reading.contents.version <= inbox_text.VERSION:
            return ""
        first = reading.problems[0].sentence(self.path.name)
        others = len(reading.problems) - 1
        return f"{first}{f' (and {others} more)' if others else ''}."

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of this inbox. It lies on this computer: locks on a share are not to be trusted."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 - only where something is changed

        file = places.lock_file("inbox", self.path)
        try:
            durable.make_folder(file.parent)
            lock = FileLock(file, timeout=_PATIENCE, mode=0o600)
            lock.acquire()
        except Timeout:
            raise NotSavedError(
                f"Another program is changing {self.path.name}. Try again in a moment."
            ) from None
        except OSError as error:
            raise NotSavedError(durable.reason(error, self.path)) from error
        try:
            yield
        finally:
            lock.release()


def _bytes(contents: Contents) -> bytes:
    """Return the bytes of an inbox, checked to read back as the same one."""
    data = inbox_text.write(contents).encode()
    if len(data) > toml_text.LARGEST:
        raise NotSavedError(f"The inbox would be larger than {toml_text.LARGEST // 1_000_000} MB.")
    if inbox_text.read(data).contents != contents:
        raise NotSavedError("The inbox does not read back as it is, so it was not written.")
    return data
