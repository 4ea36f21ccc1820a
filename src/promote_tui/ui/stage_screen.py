"""What the five stages share: the skeleton, the keys, and going from stage to stage."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from promote_tui.session.model import Session, Stage
from promote_tui.session.questions import moment_of
from promote_tui.session.stages import TITLES, number, open_ends
from promote_tui.ui.asking import Ask
from promote_tui.ui.keys import key
from promote_tui.ui.looking_back import LookingBack
from promote_tui.ui.tried_before import show_tried
from promote_tui.ui.widgets.bands import Banner, Hint, KeyHints, MessageLine, QuestionBand, TitleLine
from promote_tui.ui.widgets.capture_line import CaptureLine
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.stage_ribbon import StageRibbon
from promote_tui.ui.widgets.typing_area import Typing


class StageScreen(LookingBack):
    """One stage of a session.

    A stage shows the session in its lists (``show_work``), takes lines (``add``) and edits items;
    nothing is kept here but what is highlighted and half-typed.
    """

    STAGE: ClassVar[Stage]
    HOLDS: ClassVar[tuple[str, ...]]
    """The lists of the session that this stage shows."""
    HINT: ClassVar[str]
    """What the empty capture line says."""

    BINDINGS = [
        key("i", "type", "type", "type a new line"),
        key("enter", "edit", "edit", "change the highlighted item", footer=False),
        key("x,delete", "remove", "remove", "remove the highlighted item"),
        key("J,alt+down", "move(1)", "move", "move the item down or up (capital letters)", shown="J/K"),
        key("K,alt+up", "move(-1)", "move up", "", footer=False),
        key("u,ctrl+z", "app.undo", "undo", "take the last change back"),
        key("U,ctrl+y", "app.redo", "redo", "do it again", footer=False),
        key("p", "park", "park", "keep it aside; it stands under the processes of 1 Choose"),
        key("P", "park_words", "park new", "keep something new aside (a capital letter)", footer=False),
        key("y", "tie", "ties", "tie it to its stories, its step, its process", footer=False),
        key("n", "next_question", "next question", "ask the next question"),
        key("l", "thread", "thread", "what led here, and what came of it"),
        key(
            "B,f4",
            "tried",
            "tried before",
            "what other sessions tried, and what became of it (a capital letter; F4 also while typing)",
            shown="B F4",
        ),
        key("k", "mask", "mask", "take out what could show who a person is", footer=False),
        key("t", "timer", "timer", "minutes, a quiet minute, a round, a plan", footer=False),
        key("f", "focus_view", "focus", "one item as large as the screen allows", footer=False),
        key("b", "app.curtain", "curtain", "blank the screen at once", shown="b F2", footer=False),
        key("slash", "find", "find", "find words in the list", footer=False),
        key("V", "versions", "versions", "earlier versions, and other files of this session", footer=False),
        key("W", "save_elsewhere", "save elsewhere", "go on in a file in another folder", footer=False),
        key("T", "take_over", "take over", "go on here when another window has closed", footer=False),
        key("E", "details", "details", "title, team, day, who is in the room", footer=False),
        *(
            key(
                str(place),
                f"stage('{stage}')",
                "stage",
                "" if place > 1 else "go to a stage",
                shown="1-5",
                footer=False,
            )
            for place, stage in enumerate(TITLES, 1)
        ),
        key("escape", "leave_work", "back", "stop typing, or close what is open", footer=False),
        key("q", "app.home", "home", "save and go back to the sessions"),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._question = 0
        self._moment = ""

    # ---- skeleton

    def compose(self) -> ComposeResult:
        """Lay out title, ribbon, question, work, message, capture line and key hints."""
        yield TitleLine()
        yield StageRibbon()
        yield Banner()
        yield MessageLine(id="rule")
        yield QuestionBand()
        with Horizontal(id="work"):
            yield from self.compose_work()
        yield MessageLine(id="message")
        yield CaptureLine(self.HINT, self.take_line)
        yield KeyHints()

    def compose_work(self) -> ComposeResult:
        """Lay out the lists of this stage."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin with typing."""
        self.query_one(StageRibbon).stage = self.STAGE
        self.arrive()

    def arrive(self) -> None:
        """Begin in the list when there is something in it; an empty stage begins with typing.

        What was half-typed here when the program was cut off is given back.
        """
        if self.room.looking:
            self.set_focus(self.active_list)
        elif left := self.room.typing_left(self.STAGE):
            self.capture.put_back(" ".join(one.text for one in left))
            self.action_type()
        elif any(getattr(self.session, name) for name in self.HOLDS):
            self.set_focus(self.active_list)
        else:
            self.action_type()

    def on_screen_resume(self) -> None:
        """Show the session as it is now."""
        self.show(self.session)

    def show(self, session: Session) -> None:
        """Show a session: called when it changes and when this screen comes into view."""
        if not self.is_mounted:
            return
        self.show_work(session)
        self.show_state()
        self.show_question()
        self.show_hints()
        if self._newest:
            self._newest = False
            self.highlight_newest()

    def show_state(self) -> None:
        """Show title, saved state, and what the room has to know."""
        title = self.query_one(TitleLine)
        title.title, title.team = self.session.title, self.session.team
        title.state, title.trouble = self.room.save_state, self.room.save_trouble
        banner = self.query_one(Banner)
        banner.words, banner.quietly = self.room.banner, self.looking_words
        self.capture.take_no_typing(self.instead_of_typing)

    def show_work(self, session: Session) -> None:
        """Show the session in the lists of this stage."""
        raise NotImplementedError

    def highlight_newest(self) -> None:
        """Highlight the item that was just added."""
        self.active_list.highlight_last()

    def show_question(self) -> None:
        """Show the question of this moment."""
        moment = self.moment(self.session)
        if moment != self._moment:
            self._moment, self._question = moment, 0
        # a trust may have taken all of a stage's questions away
        questions = self.room.questions.at(self.STAGE, moment) or [""]
        here = self._question % len(questions)
        band = self.query_one(QuestionBand)
        band.question, band.place = questions[here], f"{here + 1} of {len(questions)}"

    def moment(self, session: Session) -> str:
        """Return what the room is doing now, as the question set calls it."""
        return moment_of(session, self.STAGE)

    def show_hints(self) -> None:
        """Show the keys that work now."""
        hints = self.query_one(KeyHints)
        last = Hint("?", "help", "app.help")
        if self.room.looking:
            hints.show(self.looking_hints(), last)
            return
        in_list = self.hints_of_keys()
        if not isinstance(self.focused, Typing):
            first = self.list_hints()
            taken = {hint.key for hint in first}
            hints.show([*first, *(hint for hint in in_list[:-1] if hint.key not in taken)], last)
        elif self.capture.warning:
            keys = [Hint("Enter", "keep", "keep_typed"), Hint("F3", "mask", "mask_typed")]
            hints.show([*keys, Hint("Ctrl+Z", "take back", "app.undo")], Hint("F1", "help", "app.help"))
        elif self.capture.ask:
            walk = [Hint("↑↓", "other questions", "type")] if self.capture.several else []
            keys = [Hint("Enter", "keep", "keep_typed"), Hint("Esc", "done", "leave_work"), *walk]
            hints.show(keys, Hint("F1", "help", "app.help"))
        else:
            keys = [Hint("Enter", "add", "keep_typed"), Hint("Esc", "list, then", "leave_work")]
            useful = [hint for hint in in_list if hint.action not in ("type", "app.help")][:4]
            hints.show([*keys, *useful], Hint("F1", "help", "app.help"))

    def list_hints(self) -> list[Hint]:
        """Return the hints that come first while the list is active."""
        return [Hint("Enter", "edit", "edit")]

    # ---- keys

    def action_leave_work(self) -> None:
        """Go from typing to the list; in the list, close what is open."""
        if isinstance(self.focused, Typing):
            self.capture.typing.action_leave()
        else:
            self.close_up()

    def close_up(self) -> None:
        """Close whatever is open in place."""

    def action_versions(self) -> None:
        """Show earlier versions of the session, and its other files."""
        if self.commit_answer():
            self.room.show_versions()

    def action_tried(self) -> None:
        """Show what other sessions tried, and what became of it."""
        show_tried(self)

    def action_save_elsewhere(self) -> None:
        """Ask for another folder, and go on in a new file there."""

        def go(folder: str) -> str:
            self.run_worker(save(folder), exit_on_error=False)
            return ""

        async def save(folder: str) -> None:
            if why := await self.room.save_elsewhere(folder):
                self.refuse(why)

        asked = "In which folder shall this session go on? A new file is made there."
        self.ask(Ask("Folder", asked, go, needed="Which folder shall it be? Esc leaves it."))

    async def action_take_over(self) -> None:
        """Go on here with a session that was open in another window."""
        if why := await self.room.take_over():
            self.refuse(why)

    async def action_stage(self, stage: Stage) -> None:
        """Go to another stage."""
        await self.room.go_to_stage(stage)

    @on(StageRibbon.Clicked)
    async def ribbon_clicked(self, event: StageRibbon.Clicked) -> None:
        """Go to the clicked stage."""
        await self.room.go_to_stage(event.stage)

    @on(CaptureLine.Asking)
    def ask_what_fits(self) -> None:
        """Show the question of this moment: what the capture line asks may be a moment of its own."""
        self.show_question()

    @on(QuestionBand.Clicked)
    def question_clicked(self) -> None:
        """Ask the next question."""
        self.action_next_question()

    def action_next_question(self) -> None:
        """Ask the next question of this moment."""
        self._question += 1
        self.show_question()

    def forget(self) -> None:
        """Forget what belongs to the session that was open before."""
        super().forget()
        self._question = 0
        for columns in self.query(Columns):
            columns.go_to(0, focus=False)

    @on(CaptureLine.Typed)
    def remember_typing(self) -> None:
        """Have what is half-typed survive a crash."""
        self.room.note_typing(self.STAGE, self.capture.half_typed)

    def on_leaving(self) -> str:
        """Return what this stage still lacks, as a sentence; what is looked back at lacks nothing."""
        return "" if self.room.looking else open_ends(self.session, self.STAGE)

    @property
    def help_title(self) -> str:
        """Return what the help page is called."""
        return f"{number(self.STAGE)} {TITLES[self.STAGE]}"

    def on_resize(self) -> None:
        """Show what fits the new size."""
        self.set_class(self.size.height < 22, "-short")
