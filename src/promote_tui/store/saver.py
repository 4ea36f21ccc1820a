"""Saves a session off the screen's thread: one queue of one, the newest version wins."""

import contextlib
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from promote_tui.session.model import Session
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library, LibraryError
from promote_tui.store.session_file import Saved, SessionFile

RETRY_SECONDS = 5.0
"""How long a failed save waits before it is tried again."""
LOW_SPACE = 50_000_000
"""With fewer bytes left than this, the disk is nearly full."""
_Job = tuple[Session, Callable[[Session, datetime], Saved | None]]
_ROOM_SECONDS = 60.0
"""How long what is known about the room on the disk is good for."""


@dataclass(frozen=True)
class SaveReport:
    """What became of the newest save: ``saved`` or the sentence in ``failed``, and what was saved.

    After a look that found the file changed, though nothing was saved here yet, neither is there.
    """

    session: Session
    saved: Saved | None
    failed: str = ""
    room_left: int | None = None
    """How many bytes are free on the disk, as was seen in the last minute; None when nobody knows."""
    changed_elsewhere: bool = False

    @property
    def nearly_full(self) -> str:
        """Say that the disk is nearly full, as a sentence; nothing when it is not."""
        if self.room_left is None or self.room_left >= LOW_SPACE:
            return ""
        return f"The disk is nearly full: there is room for {self.room_left // 1_000_000} MB more."


class Saver:
    """A thread that keeps one session file up to date.

    ``report`` is called on that thread after each save, also after one that failed; a failed one
    is tried again by itself until it works or a newer version takes its place.
    """

    def __init__(
        self, file: SessionFile, clock: Callable[[], datetime], report: Callable[[SaveReport], None]
    ) -> None:
        self.file = file
        self._clock = clock
        self._report = report
        self._newest = file.reading.session
        self._waiting: Session | None = None
        self._look = False
        self._busy = False
        self._failed = ""
        self._closing = False
        self._room: tuple[Path, float, int | None] | None = None
        self._changed = threading.Condition()
        self._start()

    def save(self, session: Session) -> None:
        """Ask for this version to be saved soon; returns at once."""
        with self._changed:
            self._newest = self._waiting = session
            self._failed = ""
            self._changed.notify_all()

    def recheck(self) -> None:
        """Ask for a look whether the file is still as it was saved; returns at once.

        What was found is reported like a save; nothing is reported when all is well.
        """
        with self._changed:
            self._look = self._newest is not None
            self._changed.notify_all()

    def save_copy(self, folder: Path) -> str:
        """Save the newest version into another folder, as a new file, and go on saving there.

        Returns why that failed, as a sentence, or nothing; then it is reported like a save. The disk of the
        old file may be hanging meanwhile. Waits for the new disk, so it is nothing for the screen's thread.
        """
        with self._changed:
            session = self._newest
        if self.file.read_only or session is None:
            return self.file.read_only
        try:
            file = Library(folder).add(session)
        except (LibraryError, NotSavedError) as error:
            return str(error)
        with self._changed:
            self.file, self._failed, self._busy, self._look = file, "", False, False
            if self._waiting is session:
                self._waiting = None
            # the old thread may never come back from the old disk
            self._start()
            self._changed.notify_all()
        saved = Saved(file.path, f"The session goes on as {file.path.name} in {folder}.")
        self._tell(SaveReport(session, saved, room_left=self._room_left()))
        return ""

    def settle(self, timeout: float) -> str:
        """Wait until nothing is left to save, at most ``timeout`` seconds; return why not, or nothing."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._failed) or not self._pending, timeout)
            if self._failed:
                return self._failed
            return "The disk has not answered yet." if self._pending else ""

    def close(self) -> None:
        """Stop the thread after the save it is at; call ``settle`` first."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()

    @property
    def _pending(self) -> bool:
        return self._busy or self._look or self._waiting is not None

    def _start(self) -> None:
        self._thread = threading.Thread(
            target=self._run, args=(self.file,), name="promote-saver", daemon=True
        )
        self._thread.start()

    def _run(self, file: SessionFile) -> None:
        while (job := self._next(file)) is not None:
            session, save = job
            was_changed = file.changed_elsewhere
            try:
                saved = save(session, self._clock())
                failed = ""
            except NotSavedError as error:
                saved, failed = None, str(error)
            except Exception as error:  # this thread must outlive anything
                saved, failed = None, f"The session could not be saved ({type(error).__name__})."
            with self._changed:
                if self.file is not file:
                    return
                self._busy, self._failed = False, failed
                if failed and self._waiting is None:
                    self._waiting = session
                elif failed:
                    self._failed = ""
                self._changed.notify_all()
            if saved or failed or file.changed_elsewhere != was_changed:
                self._tell(SaveReport(session, saved, failed, self._room_left(), file.changed_elsewhere))

    def _next(self, file: SessionFile) -> _Job | None:
        """Wait for the next version to save, or to look at; None when there is nothing more to do here."""
        with self._changed:
            if self._failed:
                self._changed.wait_for(lambda: self._is_over(file) or not self._failed, RETRY_SECONDS)
            self._changed.wait_for(lambda: self._is_over(file) or self._look or self._waiting is not None)
            if self._is_over(file):
                return None
            # a save looks too
            session, save = (self._waiting, file.save) if self._waiting else (self._newest, file.recheck)
            assert session is not None  # noqa: S101 - nothing is looked at before there is a session
            self._waiting, self._look, self._busy = None, False, True
            return session, save

    def _is_over(self, file: SessionFile) -> bool:
        return self._closing or self.file is not file

    def _tell(self, report: SaveReport) -> None:
        with contextlib.suppress(Exception):  # who listens may be gone; saving goes on
            self._report(report)

    def _room_left(self) -> int | None:
        """Return how many bytes are free where the file is, looked up once a minute."""
        folder, now = self.file.path.parent, time.monotonic()
        if self._room is None or self._room[0] != folder or now - self._room[1] >= _ROOM_SECONDS:
            free = None
            with contextlib.suppress(OSError):
                free = shutil.disk_usage(folder).free
            self._room = (folder, now, free)
        return self._room[2]
