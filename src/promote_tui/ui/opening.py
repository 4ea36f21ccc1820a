"""Opening a session, whatever became of its file, and leaving it with everything kept."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual.timer import Timer

from promote_tui.session.due import FINE_TUNE, Due
from promote_tui.session.stages import NUMBERED, STAGES
from promote_tui.store.library import Card, Library, LibraryError
from promote_tui.ui.background import in_background
from promote_tui.ui.session_app import LOOKING, SessionApp

if TYPE_CHECKING:
    from promote_tui.session.model import Stage
    from promote_tui.session.questions import Questions
    from promote_tui.store.question_texts import QuestionTexts
    from promote_tui.store.safety_net import SafetyNet
    from promote_tui.store.saver import SaveReport
    from promote_tui.store.session_file import SessionFile
    from promote_tui.store.session_lock import SessionLock
    from promote_tui.ui.checkin_keys import CheckinKeys
    from promote_tui.ui.messages import SaveDone
    from promote_tui.ui.stage_screen import StageScreen

SETTLE_SECONDS = 10.0
"""How long leaving waits for the disk."""
_ARRIVAL_SECONDS = 1.0
_LOOK_SECONDS = 2.0
"""How often a session that another window has open is looked at."""
OPEN_ELSEWHERE = "This session is open in another window of this computer, so it is for reading only here."


class OpeningApp(SessionApp):
    """A program that opens the sessions of a library and leaves them again."""

    def __init__(self, library: Library, now: Callable[[], datetime], *, demo: bool) -> None:
        super().__init__(now, demo=demo)
        self.library = library
        self.parting_words = ""
        self._questions_told = False
        self.lock: SessionLock | None = None
        self._watch: Timer | None = None

    @cached_property
    def question_texts(self) -> "QuestionTexts":
        """Return the questions, and what is wrong in the trust's own file of them."""
        from promote_tui.store.places import own_questions  # noqa: PLC0415 - not for the first paint
        from promote_tui.store.question_texts import with_own  # noqa: PLC0415

        return with_own(own_questions())

    @property
    def questions(self) -> "Questions":
        """Return the questions that the room is asked."""
        return self.question_texts.questions

    # ---- opening

    async def open_path(self, path: Path, *, looking: bool = False) -> str:
        """Open a session file, to change it or to look back; return why not, as lines, or nothing."""
        from promote_tui.store.session_file import CannotReadError, SessionFile  # noqa: PLC0415 - pydantic

        try:
            file = await in_background(SessionFile.open, path)
        except CannotReadError as error:
            return str(error)
        if file.reading.session is None:
            return "\n".join(problem.sentence(path.name) for problem in file.reading.errors)
        await self.open_file(file, looking=looking)
        return ""

    async def open_due(self, path: Path, due: Due) -> str:
        """Open a session file at the first question of a check-in that is due, or the part to fine tune.

        Returns why it cannot be opened, as lines, or nothing.
        """
        if why := await self.open_path(path):
            return why
        said, tuning = self.stage_screen.said, due.what == FINE_TUNE
        await self.go_to_stage("review" if tuning else "own")
        screen = self.stage_screen
        screen.highlight_any({f"{due.id}:part/{due.place}" if tuning else due.id})
        if self.read_only:
            screen.refuse(said)
            return ""
        screen.say(said)
        # the file may have changed since home read it
        there = any(one.id == due.id for one in self.session.initiatives)
        if there and due.what != FINE_TUNE:
            cast("CheckinKeys", screen).check_in_on(due.id, due.what)
        return ""

    async def open_change(self, path: Path, id: str, due: Due | None = None) -> str:
        """Open a session file at one of its changes, or what is due of it; return why not, or nothing."""
        if due:
            return await self.open_due(path, due)
        if why := await self.open_path(path):
            return why
        await self.go_to_stage("own")
        self.stage_screen.highlight_any({id})
        return ""

    async def open_file(self, file: "SessionFile", *, looking: bool = False) -> None:
        """Show an open file's session: at the stage where the room left it, or to look back at the first."""
        await self._take_up(file, looking=looking)
        for stage in self._stages():
            stage.forget()
        await self._begin_at(STAGES[0] if looking else None)

    async def _take_up(self, file: "SessionFile", *, looking: bool = False) -> None:
        """Make a file's session the one that is open."""
        from promote_tui.ui.open_session import OpenSession  # noqa: PLC0415 - pydantic

        net = await in_background(self._spread_net, file, looking=looking)
        self.opened = OpenSession(file, self.now, self._report_save, net, looking=looking)
        trouble = "" if self.read_only == LOOKING else self.read_only
        state = "for reading only" if trouble else "saved"
        self._set_state("looking back" if looking else state, trouble=bool(trouble))
        self._troubles = {"reading": trouble}

    async def _begin_at(self, stage: "Stage | None") -> None:
        """Show the session that was opened, at a stage or where the room left it, with what was not kept."""
        file = self.saver.file
        recovered, half_typed = self._at_work.recover(), self._at_work.stages_left
        if stage and stage != self.session.stage:
            self._at_work.go_to(stage)
        if not self.in_session:
            await self.push_screen(stage or self.session.stage)
        screen = self._as_stage(self.screen)
        screen.show(self.session)
        screen.arrive()
        if self.read_only:
            if self.lock:
                self._watch = self.set_interval(_LOOK_SECONDS, self._look_at_lock)
            return
        notes = self._given_back(recovered, half_typed)
        notes += [problem.sentence(file.path.name) for problem in file.reading.problems[:1]]
        notes += self._wrong_in_questions()
        if file.written_by_hand:
            notes.append("This file was written by hand. Its exact text is kept before it is first changed.")
        screen.say("   ".join(notes))
        if recovered:
            self._changed()
        if self.session.initiatives:
            self.run_worker(self._say_where_it_goes_on(), exit_on_error=False)

    def _spread_net(self, file: "SessionFile", *, looking: bool) -> "SafetyNet | None":
        """Take the file's lock and look for what a crash left behind; None where nothing is to be kept."""
        from promote_tui.store.safety_net import SafetyNet  # noqa: PLC0415 - pydantic
        from promote_tui.store.session_lock import SessionLock  # noqa: PLC0415

        self.lock = None
        if looking:
            file.read_only = file.read_only or self._open_elsewhere(file.path) or LOOKING
            return None
        if file.read_only or self.demo:
            return None
        self.lock = SessionLock(file.path)
        if self.lock.take():
            return SafetyNet(file, self.now)
        file.read_only = OPEN_ELSEWHERE
        return None

    def _open_elsewhere(self, path: Path) -> str:
        """Return that another window has a file open, if one has; its lock is only looked at."""
        from promote_tui.store.session_lock import SessionLock  # noqa: PLC0415 - pydantic

        return "" if self.demo or SessionLock(path).is_free() else OPEN_ELSEWHERE

    def on_save_done(self, event: "SaveDone") -> None:
        """Take the lock of the file that the session goes on in, if it is another one now."""
        saved = event.report.saved
        if saved and self.lock and not self.read_only and saved.path != self.lock.path:
            from promote_tui.store.session_lock import SessionLock  # noqa: PLC0415 - pydantic

            self.lock.release()
            self.lock = SessionLock(saved.path)
            self.lock.take()

    def release_lock(self) -> None:
        """Let other windows have the session."""
        if self._watch:
            self._watch.stop()
        if self.lock:
            self.lock.release()

    def _look_at_lock(self) -> None:
        """Say when the other window with this session is closed."""
        if self.lock and self.lock.is_free():
            self.warn("reading", "The other window with this session is closed. Esc, then T goes on here.")

    def _given_back(self, recovered: bool, half_typed: Sequence["Stage"]) -> list[str]:
        """Return what was not kept when the program was cut off last time, as sentences."""
        net = self._at_work.net
        if net is None or net.found.kept_at is None:
            return []
        from promote_tui.ui.versions import said_at  # noqa: PLC0415 - hardly ever needed

        when = f" ({said_at(net.found.kept_at, self.now())})"
        said = []
        if recovered:
            said.append(f"What was not saved last time is back{when}.   u takes it out")
        if net.found.aside:
            said.append(
                f"The file was changed elsewhere since. What was not saved{when} is kept: V shows it."
            )
        if self.session.stage in half_typed:
            said.append("The words in the line were half-typed.")
        if elsewhere := [NUMBERED[stage] for stage in half_typed if stage != self.session.stage]:
            said.append(f"Half-typed words wait in {', '.join(elsewhere)}.")
        return said

    async def _say_where_it_goes_on(self) -> None:
        """Say in which session of the library the changes of the open one are carried on, if there is one.

        The room need not wait for it: a large library takes a second to read.
        """
        opened, screen = self.opened, self.stage_screen
        said, id = screen.said, self.session.id
        next_one = await in_background(self._carried_on_in, id)
        if next_one and self.opened is opened and screen in self.screen_stack and screen.said == said:
            goes_on = f"What is open here goes on in {next_one.named}."
            screen.say("   ".join(words for words in (said, goes_on) if words))

    def _carried_on_in(self, id: str) -> "Card | None":
        with contextlib.suppress(LibraryError):
            self.library.catalogue.refresh()
        return self.library.catalogue.carried_on_in(id)

    def _wrong_in_questions(self) -> list[str]:
        """Return the first mistake in the trust's own questions, once: the rest of that file is in use."""
        problems = [] if self._questions_told else self.question_texts.problems
        self._questions_told = True
        if not problems:
            return []
        more = f" ({len(problems)} mistakes: promote check questions.toml)" if len(problems) > 1 else ""
        return [f"{problems[0].sentence('questions.toml')}{more}"]

    def _report_save(self, report: "SaveReport") -> None:
        """Pass a report from the saver's thread on to the screen's."""
        from promote_tui.ui.messages import SaveDone  # noqa: PLC0415

        self.post_message(SaveDone(report))

    # ---- leaving

    async def action_home(self) -> None:
        """Keep everything and go back to the sessions."""
        if not self.in_session or await self._let_go():
            while len(self.screen_stack) > 1:
                await self.pop_screen()

    async def action_quit(self) -> None:
        """Keep everything and leave the program."""
        if not self.in_session or await self._let_go():
            self.exit(0, message=Text(self.parting_words.partition(":")[0]) if self.parting_words else None)

    async def _let_go(self) -> bool:
        """Keep what is half-typed and wait for the save; False when something still needs a person."""
        await self._typed_ahead()
        if self.read_only:
            if self.stage_screen.capture.text.strip() and not self._leave_anyway:
                self._leave_anyway = True
                self.stage_screen.refuse(
                    "The words in the line are kept nowhere: this session is for reading only here."
                    " Once more leaves without them."
                )
                return False
            self._leave_anyway = False
            await asyncio.to_thread(self._at_work.leave, all_saved=True)
            self.release_lock()
            return True
        for screen in self._stages():
            if why := screen.commit_pending():
                await self.go_to_stage(screen.STAGE)
                self.stage_screen.refuse(why)
                return False
        from promote_tui.session.edits import agenda  # noqa: PLC0415 - pydantic

        self.edit("", lambda session: agenda.pause(session, self.now()))
        if self.save_trouble:
            self._at_work.save()
        self.saver.recheck()
        why = await asyncio.to_thread(self.saver.settle, SETTLE_SECONDS)
        if why and not self._leave_anyway:
            self._leave_anyway = True
            self.say_not_saved(why)
            self.stage_screen.refuse("Not everything is saved. Once more leaves without saving.")
            return False
        self._leave_anyway = False
        await asyncio.to_thread(self._at_work.leave, all_saved=not why)
        self.release_lock()
        if why:
            self.keep_word(
                "What is not saved is kept on this computer, and is back when you open the session."
            )
        elif self.saver.file.path.parent != self.library.folder and not self.demo:
            self.keep_word(f"“{self.session.title}” is in another folder: {self.saver.file.path}")
        # what was taken but never saved stays in the inbox
        if not why and (why := await asyncio.to_thread(self._at_work.settle_inbox, self.library.folder)):
            self.keep_word(why)
        return True

    def keep_word(self, words: str) -> None:
        """Have a sentence said at home, when this session is left."""
        self.parting_words = words

    async def _typed_ahead(self) -> None:
        """Wait until the keys that were pressed before this one have arrived where they belong."""
        arrived = asyncio.Event()
        if self.focused is not None and self.focused.call_later(arrived.set):
            # not for ever: what has the focus may be closing, or wait for us
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_ARRIVAL_SECONDS):
                    await arrived.wait()

    def _stages(self) -> "list[StageScreen]":
        """Return the stages that were looked at since the program began, the one in view first."""
        names = [name for name in self.SCREENS if self.is_screen_installed(name)]
        found = [self._as_stage(screen) for name in names if (screen := self.get_screen(name)).is_mounted]
        return sorted(found, key=lambda screen: screen not in self.screen_stack)
