"""What is not saved yet, kept on this computer a moment after it was typed, for after a crash."""

import contextlib
import itertools
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from promote_tui.session.model import Session
from promote_tui.store import durable, places, slot_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.own_files import is_id, read_own
from promote_tui.store.session_file import CannotReadError, read_bytes
from promote_tui.store.slot_text import Slot, Typed

__all__ = ["Recorder", "Slot", "Slots", "Typed", "left_over"]

_NAMES = "abcdefgh"
"""Two take turns; the others are for when one of them is not ours to write over."""
_MARK = 160
"""How many bytes at the head tell one slot from every other: its number and time are among them."""
_EVERY = 0.25
"""Seconds from one write to the next."""
_RETRY = 5.0
_PATIENCE = 1.0
"""How many seconds ``write_now`` waits for a write that another thread is at."""
_Note = tuple[Session, tuple[Typed, ...], str, Path]


class Slots:
    """The recovery slots of the session of this id; ``folder`` is the one of all recoveries.

    Several files may hold one session: those of another file than ``path`` are left as they are, unless
    that file is gone.
    They are written in place and in turns, so that one of them is always whole. A slot that another
    program wrote meanwhile, or that this one does not understand, is left as it is.
    """

    def __init__(self, id: str, folder: Path | None = None, path: Path | None = None) -> None:
        self.id = id
        self._path = path
        self._place = (folder or places.recovery_folder()) / (id if is_id(id) else "none")
        self._marks: dict[str, bytes] | None = None
        self._numbers: dict[str, int] = {}
        self._next = itertools.count(1)
        self._busy: set[str] = set()

    def newest(self) -> Slot | None:
        """Return the newest slot that is whole and understood; None when there is none."""
        return max(filter(self._is_ours, self.all()), key=_age, default=None)

    def all(self) -> list[Slot]:
        """Return the slots that are whole and understood, of whatever file."""
        return [slot for name in _NAMES if (slot := self._read(name)[1])]

    def _is_ours(self, slot: Slot) -> bool:
        return self._path in (None, slot.path) or not os.path.lexists(slot.path)

    def write(self, session: Session, typed: Iterable[Typed], base: str, path: Path, now: datetime) -> None:
        """Write a slot and return once it is on the disk; the newest so far stays. Raises NotSavedError."""
        if session.id != self.id or not is_id(self.id):
            raise NotSavedError("This is another session than the one whose work is kept here.")
        try:
            durable.make_folder(self._place)
            marks = self._marks = self._look() if self._marks is None else self._marks
            name, number = self._free(marks), next(self._next)
            data = slot_text.write(session, typed, base, path, now, number)
            self._busy.add(name)
            try:
                _overwrite(self._place / name, data, new=not marks[name])
                self._numbers[name] = number
            finally:
                self._busy.discard(name)
                marks[name] = self._mark(name) or b""
        except OSError as error:
            raise NotSavedError(durable.reason(error, self._place.parent)) from error

    def clear(self) -> None:
        """Remove the slots: all is saved. What another program wrote meanwhile, or may still need, stays."""
        for name, mark in (self._look() if self._marks is None else self._marks).items():
            if mark and self._mark(name) == mark:
                with contextlib.suppress(OSError):
                    (self._place / name).unlink()
        with contextlib.suppress(OSError):
            self._place.rmdir()
        self._marks, self._numbers = None, {}

    def _read(self, name: str) -> tuple[bytes, Slot | None]:
        try:
            data = read_own(self._place / name, slot_text.LARGEST)
        except OSError:
            return b"", None
        slot = slot_text.read(data) if slot_text.is_whole(data) else None
        return data, slot if slot and slot.session.id == self.id else None

    def _look(self) -> dict[str, bytes]:
        """Return the marks of the slots that may be written over: ours, damaged ones, those not there."""
        marks = {}
        for name in _NAMES:
            data, slot = self._read(name)
            if slot:
                self._numbers[name] = slot.number
            if self._is_ours(slot) if slot else not slot_text.is_whole(data):
                marks[name] = data[:_MARK]
        self._next = itertools.count(max(self._numbers.values(), default=0) + 1)
        return marks

    def _mark(self, name: str) -> bytes | None:
        """Return how a slot begins now: nothing when it is not there, None when it is no file."""
        try:
            return read_own(self._place / name, _MARK - 1)
        except FileNotFoundError:
            return b""
        except OSError:
            return None

    def _free(self, marks: dict[str, bytes]) -> str:
        newest = max(self._numbers, key=lambda name: self._numbers[name], default="")
        for name, mark in marks.items():
            if name not in (newest, *self._busy) and self._mark(name) == mark:
                return name
        raise NotSavedError("recovery: every place is taken by another program.")


def _overwrite(path: Path, data: bytes, *, new: bool) -> None:
    """Write over a slot in place: no rename, which a scanner could block."""
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o600), "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(data)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    if new:
        durable.flush_folder(path.parent)
        durable.flush_folder(path.parent.parent)


class Recorder:
    """A thread that keeps the newest work in the slots: at once, then at most every quarter of a second.

    Nothing here raises: ``failed`` is the sentence why the newest work is not kept, or nothing.
    ``note`` and ``write_now`` may be called from any thread, and where a signal is handled.
    """

    def __init__(self, slots: Slots, clock: Callable[[], datetime]) -> None:
        self.failed = ""
        self._slots = slots
        self._clock = clock
        # one reference and a queue that may be filled within itself: a signal may come at any moment
        self._newest: _Note | None = None
        self._written: _Note | None = None
        self._wake: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._closed = False
        self._writing = threading.Lock()
        threading.Thread(target=self._run, name="promote-recorder", daemon=True).start()

    def note(self, session: Session, typed: Iterable[Typed], base: str, path: Path) -> None:
        """Have this kept soon; returns at once."""
        self._newest = (session, tuple(typed), base, path)
        self._wake.put(None)

    def write_now(self) -> None:
        """Keep what was noted last, if it is not kept yet, and return once it is on the disk.

        When another write takes too long this one goes to a slot of its own beside it.
        """
        held = self._writing.acquire(timeout=_PATIENCE)
        try:
            self._write()
        finally:
            if held:
                self._writing.release()

    def close(self, clear: bool) -> None:
        """Stop, and remove the slots if all is saved; else keep what was noted last."""
        if not clear:
            self.write_now()
        self._closed = True
        self._wake.put(None)
        # the disk may not answer any more: what is left then is found to be saved at the next start
        if clear and self._writing.acquire(timeout=_PATIENCE):
            with contextlib.suppress(Exception):
                self._slots.clear()
            self._writing.release()

    def _run(self) -> None:
        while not self._closed:
            with contextlib.suppress(queue.Empty):
                self._wake.get(timeout=_RETRY if self.failed else None)
            with contextlib.suppress(queue.Empty):
                while True:
                    self._wake.get_nowait()
            with self._writing:
                self._write()
            time.sleep(_EVERY)

    def _write(self) -> None:
        note = self._newest
        if self._closed or note is None or note is self._written:
            return
        try:
            self._slots.write(*note, self._clock())
            self._written, self.failed = note, ""
        except NotSavedError as error:
            self.failed = str(error)
        except Exception as error:  # the work goes on whatever happens here
            self.failed = f"recovery: not kept ({type(error).__name__})."


def left_over(now: datetime, folder: Path | None = None) -> list[Slot]:
    """Return the newest slot of every file whose last work is not in it, newest first.

    Unreadable ones are passed over. Reads the session files, so call it on a thread. A session that
    is open in another program may be among them.
    """
    place = folder or places.recovery_folder()
    try:
        ids = sorted(path.name for path in place.iterdir() if is_id(path.name))
    except OSError:
        return []
    newest = {(id, slot.path): slot for id in ids for slot in sorted(Slots(id, place).all(), key=_age)}
    slots = [slot for slot in newest.values() if not _is_saved(slot)]
    # a clock that was put back since must not keep one on top for ever
    return sorted(slots, key=lambda slot: min(slot.kept_at, now), reverse=True)


def _age(slot: Slot) -> tuple[int, datetime]:
    return slot.number, slot.kept_at


def _is_saved(slot: Slot) -> bool:
    try:
        return slot.is_in(read_bytes(slot.path))
    except (CannotReadError, ValueError):  # a name that no system takes is the name of no file
        return False
