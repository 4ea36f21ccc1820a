"""The facilitator's second window: it follows the room's session, and only the facilitator sees it."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from promote_tui.session.model import Session, Stage
from promote_tui.session.questions import Questions
from promote_tui.session.script import Part, script_of
from promote_tui.session.stages import NUMBERED, STAGES
from promote_tui.store.followed import Followed
from promote_tui.store.places import own_questions
from promote_tui.store.question_texts import with_own
from promote_tui.ui.help import SAFE, Help
from promote_tui.ui.keys import key
from promote_tui.ui.leaving import Leaving
from promote_tui.ui.plain import plain
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import columns
from promote_tui.ui.safe_app import SafeApp
from promote_tui.ui.widgets.bands import KeyHints, MessageLine, TitleLine
from promote_tui.ui.widgets.stage_ribbon import StageRibbon

_SECONDS = 1.0
_WIDEST = 100


class Script(RoomScreen):
    """The script of the stage that the room is at, or of another one looked ahead at."""

    BINDINGS = [
        key("down", "scroll(1)", "scroll", "scroll; Page Up and Page Down a page", shown="↑↓"),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
        *(
            key(f"{place}", f"ahead('{stage}')", "look ahead", "look at another stage", shown="1-5")
            if place == 1
            else Binding(f"{place}", f"ahead('{stage}')", show=False)
            for place, stage in enumerate(STAGES, 1)
        ),
        key("0,escape", "back", "back", "back to the stage that the room is at"),
        key("c", "app.colours", "colours", "light or dark colours"),
        key("q", "app.quit", "leave", "close this window; the room's goes on"),
        key("question_mark,f1", "help", "help", "every key of this window"),
    ]

    def __init__(self, followed: Followed, questions: Questions, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._followed, self._questions, self._now = followed, questions, now
        self._ahead: Stage | None = None
        self._drawn: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out title, ribbon, the script, a message and the keys."""
        yield TitleLine()
        yield StageRibbon()
        yield MessageLine(id="rule")
        with VerticalScroll(id="page-body", can_focus=False):
            yield Static(id="page-text")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show the script, and go on showing it as the room and the clock go on."""
        hints = self.hints_of_keys()
        self.query_one(KeyHints).show(hints[:-1], hints[-1])
        self.show()
        self.set_interval(_SECONDS, self.show)

    def on_resize(self) -> None:
        """Wrap the text to the new width."""
        self.show()

    @property
    def _session(self) -> Session:
        return self._followed.seen.session

    @property
    def _stage(self) -> Stage:
        return self._ahead or self._session.stage

    def show(self) -> None:
        """Show the session as it is now; what stays the same is not drawn again."""
        seen = self._followed.seen
        title = self.query_one(TitleLine)
        title.title, title.team, title.state = seen.session.title, seen.session.team, "for you alone"
        ribbon = self.query_one(StageRibbon)
        if ribbon.stage != seen.session.stage:
            ribbon.stage = seen.session.stage
            self.action_end(-1)
        if seen.trouble:
            self.refuse(seen.trouble)
        elif self._ahead:
            self.say(f"The room is at {NUMBERED[seen.session.stage]}. 0 goes back there.")
        else:
            self.say("")
        parts = script_of(seen.session, self._stage, self._questions, self._now())
        wanted = (self._stage, parts, self.size.width)
        if wanted != self._drawn:
            self._drawn = wanted
            width = max(20, min(_WIDEST, self.size.width - 6))
            text = _draw(NUMBERED[self._stage], parts, width)
            self.query_one("#page-text", Static).update(Content("\n").join(text))

    # ---- keys

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#page-body").scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by pages."""
        self.action_scroll(by * max(1, self.query_one("#page-body").size.height - 2))

    def action_end(self, by: int) -> None:
        """Scroll to the beginning (-1) or the end (1)."""
        body = self.query_one("#page-body")
        body.scroll_to(y=0 if by < 0 else body.max_scroll_y, animate=False)

    def action_ahead(self, stage: Stage) -> None:
        """Look at another stage; the room stays where it is."""
        self._ahead = stage if stage != self._session.stage else None
        self.show()
        self.action_end(-1)

    def action_back(self) -> None:
        """Look at the stage that the room is at."""
        self.action_ahead(self._session.stage)

    @on(StageRibbon.Clicked)
    def ribbon_clicked(self, event: StageRibbon.Clicked) -> None:
        """Look at the clicked stage."""
        self.action_ahead(event.stage)

    def action_help(self) -> None:
        """Show every key of this window."""
        keys = [(one.key_display or "", one.tooltip) for one in self.keys_shown() if one.tooltip]
        self.app.push_screen(Help("Help: the facilitator's window", [*keys, ("", ""), (SAFE, "")]))


def _draw(title: str, parts: Sequence[Part], width: int) -> list[Content]:
    lines = [plain(title, ".accent")]
    for part in parts:
        if part.glance:
            lines += columns([(part.heading, ".muted"), "\n".join(part.lines)], [13, width - 15])
            continue
        lines += [Content(""), plain(part.heading, ".strong")]
        for line in part.lines:
            lines += columns([("·", ".line"), line], [1, width - 2], 1)
    return [*lines, Content(""), *plain(SAFE, ".muted").wrap(width)]


class ScriptApp(SafeApp):
    """Follows a session file on a thread of its own: it is read again when it changes, never written."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        path: Path,
        session: Session,
        *,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        every: float = _SECONDS,
    ) -> None:
        """Take the file with the session that it held, and how many seconds pass between two looks."""
        super().__init__()
        self._followed = Followed(path, session)
        self._now, self._every = now, every
        self._left = threading.Event()

    def get_default_screen(self) -> Screen[None]:
        """Return the script, the only screen."""
        return Script(self._followed, with_own(own_questions()).questions, self._now)

    def on_mount(self) -> None:
        """Begin to follow."""
        threading.Thread(target=self._follow, name="promote-script", daemon=True).start()

    def on_unmount(self) -> None:
        """Stop following."""
        self._left.set()

    def action_help_quit(self) -> None:
        """Pass Ctrl+C by: q closes the window, as its last line says."""

    def _follow(self) -> None:
        while not self._left.wait(self._every):
            self._followed.look()


def run(path: Path, session: Session) -> int:
    """Show the script on this terminal until it is left; return the exit status."""
    app = ScriptApp(path, session)
    with Leaving(app):
        left = app.run()
    return left if left is not None else app.return_code or 0
