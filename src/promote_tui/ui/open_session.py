"""The session that is open: its only copy, undo and redo, and its saving. Knows no screen."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

from promote_tui.session.agenda import after_moving
from promote_tui.session.edits import choose
from promote_tui.session.edits.agenda import move, stop_left_running
from promote_tui.session.edits.details import stamped
from promote_tui.session.edits.items import EditError
from promote_tui.session.history import History
from promote_tui.session.model import Session, Stage
from promote_tui.session.stages import STAGES
from promote_tui.store.durable import NotSavedError
from promote_tui.store.inbox import Inbox
from promote_tui.store.recovery import Typed
from promote_tui.store.safety_net import SafetyNet
from promote_tui.store.saver import Saver, SaveReport
from promote_tui.store.session_file import SessionFile
from promote_tui.store.versions import is_due
from promote_tui.ui.timer import Countdown


class OpenSession:
    """A session file at work: ``session`` is the only copy of what the room said.

    ``report`` is called from the saver's thread with what became of each save.
    """

    def __init__(
        self,
        file: SessionFile,
        now: Callable[[], datetime],
        report: Callable[[SaveReport], None],
        net: SafetyNet | None = None,
        *,
        looking: bool = False,
    ) -> None:
        if file.reading.session is None:
            raise ValueError("a file with mistakes in it cannot be worked on")
        self.session: Session = stop_left_running(file.reading.session)
        self.countdown: Countdown | None = None
        """What the room counts down; not kept in the file."""
        self.read_only = file.read_only
        self.looking = looking
        """Whether the session is looked back at from its first stage to its last."""
        self.touched = False
        """Whether anything was changed since the file was opened: looking alone does not rewrite it."""
        self.saver = Saver(file, now, report)
        self.net = net
        """What outlives a crash; nothing of an example, or of a session for reading only."""
        self._now = now
        self._history = net.history if net else History()
        found = net.found.typed if net else ()
        self._left = {one.stage: tuple(each for each in found if each.stage == one.stage) for one in found}
        self._typed: dict[Stage, tuple[Typed, ...]] = dict(self._left)
        # the exact text of a file written by hand is kept anyway
        self._version_at = now() if file.written_by_hand else None

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
        # the room stays where it is, and time and changes go on; only what was said is as before
        stays = {name: getattr(self.session, name) for name in ("stage", "agenda", "revision")}
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

    # ---- what outlives a crash

    def recover(self) -> bool:
        """Go on with what a program that was cut off had not saved; False when there is nothing of it."""
        found = self.net.found.session if self.net else None
        return bool(found) and not self.edit("what was not saved last time", lambda _: cast(Session, found))

    def typing_left(self, stage: Stage) -> tuple[Typed, ...]:
        """Return what was half-typed at a stage when the program was cut off; it is given back once."""
        return self._left.pop(stage, ())

    @property
    def stages_left(self) -> list[Stage]:
        """Return the stages at which half-typed words wait to be given back."""
        return [stage for stage in STAGES if stage in self._left]

    def half_typed(self, stage: Stage, said: Sequence[tuple[str, str]]) -> None:
        """Note what is half-typed at a stage: the labels of questions, and the texts."""
        typed = tuple(Typed(stage, text, label) for label, text in said)
        if typed != self._typed.get(stage, ()):
            self._typed[stage] = typed
            self.note()

    def note(self) -> None:
        """Have everything up to now survive a crash."""
        if self.net:
            typed = [one for typed in self._typed.values() for one in typed]
            self.net.note(self.session, typed, self.saver.file)

    def leave(self, *, all_saved: bool) -> None:
        """End the work: keep the state it ends at, and undo, for the next time."""
        self.saver.close()
        if self.net:
            if self.touched:
                self.net.keep_version(self.session, self._history)
            self.net.close(all_saved=all_saved)

    def _put(self, session: Session) -> None:
        now = self._now()
        if self.net and is_due(self._version_at, now):
            self._version_at = now
            self.net.keep_version(self.session, self._history)
        self.session = stamped(session, now)
        self.touched = True
        self.note()
