"""Saves a session off the screen's thread: one queue of one, the newest version wins."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from promote_tui.session.model import Session
from promote_tui.store.durable import NotSavedError
from promote_tui.store.session_file import Saved, SessionFile

RETRY_SECONDS = 5.0
"""How long a failed save waits before it is tried again."""


@dataclass(frozen=True)
class SaveReport:
    """What became of the newest save: ``saved`` or the sentence in ``failed``, and what was saved."""

    session: Session
    saved: Saved | None
    failed: str = ""


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
        self._waiting: Session | None = None
        self._busy = False
        self._failed = ""
        self._closing = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="promote-saver", daemon=True)
        self._thread.start()

    def save(self, session: Session) -> None:
        """Ask for this version to be saved soon; returns at once."""
        with self._changed:
            self._waiting = session
            self._failed = ""
            self._changed.notify_all()

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
        return self._busy or self._waiting is not None

    def _run(self) -> None:
        while (session := self._next()) is not None:
            try:
                saved: Saved | None = self.file.save(session, self._clock())
                failed = ""
            except NotSavedError as error:
                saved, failed = None, str(error)
            except Exception as error:  # this thread must outlive anything
                saved, failed = None, f"The session could not be saved ({type(error).__name__})."
            with self._changed:
                self._busy, self._failed = False, failed
                if failed and self._waiting is None:
                    self._waiting = session
                elif failed:
                    self._failed = ""
                self._changed.notify_all()
            with contextlib.suppress(Exception):  # who listens may be gone; saving goes on
                self._report(SaveReport(session, saved, failed))

    def _next(self) -> Session | None:
        """Wait for the next version to save; None when the saver is closed."""
        with self._changed:
            if self._failed and not self._closing:
                self._changed.wait_for(lambda: self._closing or not self._failed, RETRY_SECONDS)
            self._changed.wait_for(lambda: self._closing or self._waiting is not None)
            if self._closing:
                return None
            session, self._waiting, self._busy = self._waiting, None, True
            return session
