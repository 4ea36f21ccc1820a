"""The session that is open: its only copy, undo and redo, and its saving. Knows no screen."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from promote_tui.session.agenda import after_moving
from promote_tui.session.edits import choose
from promote_tui.session.edits.agenda import move, stop_left_running
from promote_tui.session.edits.details import stamped
from promote_tui.session.edits.items import EditError
from promote_tui.session.history import History
from promote_tui.session.model import Session, Stage
from promote_tui.store.durable import NotSavedError
from promote_tui.store.inbox import Inbox
from promote_tui.store.saver import Saver, SaveReport
from promote_tui.store.session_file import SessionFile
from promote_tui.ui.timer import Countdown


class OpenSession:
    """A session file at work: ``session`` is the only copy of what the room said.

    ``report`` is called from the saver's thread with what became of each save.
    """

    def __init__(
        self, file: SessionFile, now: Callable[[], datetime], report: Callable[[SaveReport], None]
    ) -> None:
        if file.reading.session is None:
            raise ValueError("a file with mistakes in it cannot be worked on")
        self.session: Session = stop_left_running(file.reading.session)
        self.countdown: Countdown | None = None
        """What the room counts down; not kept in the file."""
        self.read_only = file.read_only
        self.touched = False
        """Whether anything was changed since the file was opened: looking alone does not rewrite it."""
        self.saver = Saver(file, now, report)
        self._now = now
        self._history = History()

    def edit(self, words: str, change: Callable[[Session], Session]) -> str:
        """Make a change, named in words such as ``add a step``; return the sentence that refuses it.

        A change without words is no part of what undo takes back.
        """
        if self.read_only:
            return self.read_only
        try:
            changed = change(self.session)
        except EditError as error:
            return str(error)
        if changed != self.session:
            if words:
                self._history = self._history.after(self.session, words)
            self._put(changed)
        return ""

    def travel(self, *, back: bool) -> tuple[str, Stage]:
        """Take the last change back, or do it again; return what it was, in words or none, and its stage."""
        stage = self._history.stage(back=back) or self.session.stage
        found = self._history.undo(self.session) if back else self._history.redo(self.session)
        if found is None:
            return "", stage
        self._history, session, words = found
        # the room stays where it is, and time goes on; only what was said changes
        stays = {"stage": self.session.stage, "agenda": self.session.agenda}
        self._put(session.model_copy(update=stays))
        return words, stage

    def go_to(self, stage: Stage) -> str:
        """Note that the room is at another stage; return what that means for the time, if anything."""
        if self.read_only:
            return ""
        before, now = self.session, self._now()
        if (running := self.countdown) and (running.of_stage or running.at(now).is_over):
            self.countdown = None
        self.session = move(before, stage, now)
        if self.touched:
            self._put(self.session)
        return after_moving(before, self.session, now)

    def save(self) -> None:
        """Have the session saved as it is now."""
        self.saver.save(self.session)

    def settle_inbox(self, folder: Path) -> str:
        """Take out of the inbox in a folder what this session dealt with; return why not, or nothing.

        Only when the session is saved as it is: what was taken but never saved stays in the inbox.
        """
        done, inbox = choose.from_inbox(self.session), Inbox(folder)
        try:
            if any(entry.id in done for entry in inbox.entries()):
                inbox.remove(done)
        except NotSavedError as error:
            return f"What was taken from the inbox is still there. {error}"
        return ""

    def ids(self) -> set[str]:
        """Return the ids of everything that stands in a list of the session."""
        lists = ("candidates", "stories", "steps", "future_steps", "ideas", "parked", "initiatives")
        return {item.id for name in lists for item in getattr(self.session, name)}

    def _put(self, session: Session) -> None:
        self.session = stamped(session, self._now())
        self.touched = True
