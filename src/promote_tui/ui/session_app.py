"""The open session at work: the one door for every change, undo, the way from stage to stage, saving."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from promote_tui.session.stages import NUMBERED, number
from promote_tui.ui.safe_app import SafeApp

if TYPE_CHECKING:
    from promote_tui.session.model import Session, Stage
    from promote_tui.store.recovery import Typed
    from promote_tui.store.saver import Saver
    from promote_tui.ui.messages import SaveDone
    from promote_tui.ui.open_session import OpenSession
    from promote_tui.ui.stage_screen import StageScreen

_LAST_SECONDS = 2.0


CHANGED = "This file was changed elsewhere. What you see is how it was before: q, then Enter, opens it anew."
LOOKING = "Looking back. e starts editing."
"""Why nothing changes in a session that is looked back at and could be changed."""
TROUBLES = ("saving", "reading", "changed", "space", "recovery")
"""What the room can have to know for as long as it lasts, the most pressing first."""


class SessionApp(SafeApp):
    """A program that holds a session.

    ``opened`` holds the session. Screens show it and call ``edit``; undo and redo go the same way.
    ``now`` tells the time and is given, so that tests can live through months.
    """

    def __init__(self, now: Callable[[], datetime], *, demo: bool) -> None:
        super().__init__()
        self.now = now
        self.demo = demo
        self.opened: OpenSession | None = None
        self.save_state = ""
        self.save_trouble = False
        self._leave_anyway = False
        self._troubles: dict[str, str] = {}

    def today(self) -> date:
        """Return the day it is."""
        return self.now().date()

    @staticmethod
    def _as_stage(screen: Screen[Any]) -> "StageScreen":
        from promote_tui.ui.stage_screen import StageScreen  # noqa: PLC0415

        assert isinstance(screen, StageScreen)  # noqa: S101 - the screens above
        return screen

    @property
    def in_session(self) -> bool:
        """Say whether a session is open."""
        return self.opened is not None and any(hasattr(screen, "STAGE") for screen in self.screen_stack)

    @property
    def _at_work(self) -> "OpenSession":
        assert self.opened is not None  # noqa: S101 - stages are shown of an open session only
        return self.opened

    @property
    def session(self) -> "Session":
        """Return the session that is open."""
        return self._at_work.session

    @property
    def saver(self) -> "Saver":
        """Return what saves the session that is open."""
        return self._at_work.saver

    @property
    def read_only(self) -> str:
        """Return why the open session may only be looked at; nothing when it may be changed."""
        return self.opened.read_only if self.opened else ""

    @property
    def looking(self) -> bool:
        """Say whether the open session is looked back at: nothing in it can change."""
        return self.opened is not None and self.opened.looking

    @property
    def stage_screen(self) -> "StageScreen":
        """Return the stage that is open, also when help lies over it."""
        return self._as_stage(next(screen for screen in self.screen_stack if hasattr(screen, "STAGE")))

    # ---- the one door for changes

    def edit(self, words: str, change: "Callable[[Session], Session]") -> str:
        """Make a change, named in words such as ``add a step``; return the sentence that refuses it."""
        before = self.session
        why = self._at_work.edit(words, change)
        if self.session is not before:
            self._changed()
        return why

    def _changed(self) -> None:
        """Show the session as it is now, then have it saved."""
        self._leave_anyway = False
        self._set_state("saving…")
        self.stage_screen.show(self.session)
        self._at_work.save()

    def action_undo(self) -> None:
        """Take the last change back."""
        self._travel(back=True)

    def action_redo(self) -> None:
        """Do the change again that was taken back last."""
        self._travel(back=False)

    def _travel(self, *, back: bool) -> None:
        if not self.in_session or not self.stage_screen.commit_answer():
            return
        before = self._at_work.ids()
        words, stage = self._at_work.travel(back=back)
        if not words:
            self.stage_screen.refuse(f"There is nothing to {'undo' if back else 'redo'}.")
            return
        self._changed()
        self.stage_screen.highlight_any(self._at_work.ids() - before)
        typing = self.focused is not None and self.focused.id == "typing"
        redo = "Ctrl+Y redo" if typing else "U redo"
        where = "" if stage == self.session.stage else f" in {NUMBERED[stage]}"
        self.stage_screen.say(f"Undone{where}: {words}.   {redo}" if back else f"Done again{where}: {words}.")

    async def go_to_stage(self, stage: "Stage") -> None:
        """Go to another stage; leaving one unfinished is answered with what is missing, never blocked."""
        old = self.stage_screen
        if stage == old.STAGE or not old.commit_answer():
            return
        missing = old.on_leaving() if number(stage) > number(old.STAGE) else ""
        here = old.item_here
        time = self._at_work.go_to(stage)
        await self.switch_screen(stage)
        if self._at_work.touched:
            self._changed()
        else:
            self.stage_screen.show(self.session)
        self.stage_screen.arrive()
        self.stage_screen.stay_with(here)
        self.stage_screen.say("   ".join(words for words in (time, missing) if words))

    # ---- saving

    def on_save_done(self, event: "SaveDone") -> None:
        """Show what became of a save."""
        report = event.report
        if not self.is_running or not self.in_session or report.session.id != self.session.id:
            return
        self.warn("space", report.nearly_full)
        self.warn("changed", CHANGED if report.changed_elsewhere else "")
        if report.failed:
            self.say_not_saved(report.failed)
            return
        if net := self._at_work.net:
            self.warn("recovery", net.trouble)
        if report.saved is None:  # that was a look
            return
        self.warn("saving", "")
        if report.saved.note:
            compares = "   V compares them" if " conflict " in report.saved.path.stem else ""
            self.stage_screen.refuse(f"{report.saved.note}{compares}")
        if report.session is self.session:
            self._set_state(f"saved {self.now():%H:%M}")
        self._at_work.note()  # a crash from now on is one of the version that was saved just now

    @property
    def banner(self) -> str:
        """Return what the room has to know for as long as it lasts; nothing when all is well."""
        return "   ".join(words for kind in TROUBLES if (words := self._troubles.get(kind)))

    def warn(self, kind: str, words: str) -> None:
        """Show a trouble for as long as it lasts; no words end it. The kinds are those of ``TROUBLES``."""
        if self._troubles.get(kind, "") == words:
            return
        self._troubles[kind] = words
        if self.in_session and self.stage_screen.is_mounted:
            self.stage_screen.show_state()

    def say_not_saved(self, why: str) -> None:
        """Say why the session is not saved, for as long as that lasts."""
        self.warn("saving", f"Not saved: {why} It is tried again by itself. W saves in another folder.")
        self._set_state("NOT SAVED", trouble=True)

    def write_recovery(self) -> None:
        """Write down what is open and half-typed, beside its file."""
        if self.opened and self.opened.net:
            self.opened.net.write_now()

    def note_typing(self, stage: "Stage", half_typed: Sequence[tuple[str, str]]) -> None:
        """Have what is half-typed at a stage survive a crash: the labels of questions, and the texts."""
        self._at_work.half_typed(stage, half_typed)

    def typing_left(self, stage: "Stage") -> "Sequence[Typed]":
        """Return what was half-typed at a stage when the program was cut off; it is given back once."""
        return self._at_work.typing_left(stage)

    def keep_now(self) -> None:
        """Have the session saved before this returns, if the disk answers within two seconds."""
        self.write_recovery()
        if self.opened and not self.read_only:
            if self.save_trouble:
                self.opened.save()
            self.saver.settle(_LAST_SECONDS)

    def _set_state(self, words: str, *, trouble: bool = False) -> None:
        told = trouble or self.looking
        self.save_state = "an example: nothing is kept" if self.demo and not told else words
        self.save_trouble = trouble
        if self.in_session and self.stage_screen.is_mounted:
            self.stage_screen.show_state()
