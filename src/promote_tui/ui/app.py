"""The application: its screens, help and palette."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from promote_tui.store.library import Library
from promote_tui.ui import keys
from promote_tui.ui.home import Home
from promote_tui.ui.leaving import Leaving
from promote_tui.ui.new_sessions import NewSessions
from promote_tui.ui.opening import SETTLE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from promote_tui.session.saved import SavedIdea, SavedSession
    from promote_tui.store.library import Card
    from promote_tui.store.session_file import SessionFile

_MOST_ALIKE = 60
"""Ideas that may be like another one and are looked at closely."""

keys.hear_alt_letters()


def _stage(module: str, name: str) -> Callable[[], Screen[Any]]:
    """Return a maker of a stage's screen that imports it only when the room goes there."""

    def make() -> Screen[Any]:
        from importlib import import_module  # noqa: PLC0415 - home is painted first

        screen: Screen[Any] = getattr(import_module(f"promote_tui.ui.{module}"), name)()
        return screen

    return make


class PromoteApp(NewSessions):
    """The program on screen: home, the stages, opening and leaving a session, help and palette."""

    SCREENS = {
        "choose": _stage("choose", "Choose"),
        "map": _stage("map", "Map"),
        "ideas": _stage("ideas", "Ideas"),
        "own": _stage("own", "Own"),
        "review": _stage("review", "Review"),
    }
    BINDINGS = [
        Binding("f1", "help", show=False),
        Binding("ctrl+z", "undo", show=False),
        Binding("ctrl+y", "redo", show=False),
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("f2,alt+b", "curtain", show=False, priority=True),
    ]

    def __init__(
        self,
        library: Library,
        *,
        file: "SessionFile | None" = None,
        demo: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        super().__init__(library, now, demo=demo)
        self._own_library = library
        self._file_to_open = file

    def get_default_screen(self) -> Screen[Any]:
        """Return home, the screen that everything starts from."""
        return Home()

    async def on_mount(self) -> None:
        """Open the file that was named on the command line, before anything is drawn."""
        if self._file_to_open:
            await self.open_file(self._file_to_open)

    @property
    def visiting(self) -> bool:
        """Say whether the worked examples are looked at from home, which is where leaving them leads."""
        return self.demo and self._own_library is not self.library

    async def toggle_examples(self) -> None:
        """Go to a throw-away copy of the worked examples, or back to the sessions."""
        if self.visiting:
            self.library, self.demo = self._own_library, False
            return
        from promote_tui.store.examples import throw_away_copy  # noqa: PLC0415 - only when asked for

        self._own_library = self.library
        self.library = Library(await asyncio.to_thread(throw_away_copy), throw_away=True)
        self.demo = True

    # ---- other sessions

    def ideas_with(self, stems: "Sequence[str]") -> "Sequence[tuple[Card, SavedSession, SavedIdea]]":
        """Return ideas of saved sessions that share words, the most promising first."""
        return self.library.catalogue.ideas_with(stems, limit=_MOST_ALIKE)

    def saved_sessions(self) -> "Iterable[tuple[Card, SavedSession]]":
        """Return what is known of each saved session."""
        return self.library.catalogue.saved()

    # ---- help, palette, the end

    def action_help(self) -> None:
        """Show every key of this screen; once more closes it."""
        from promote_tui.ui.help import Help  # noqa: PLC0415 - not for the first paint

        if isinstance(self.screen, Help):
            self.pop_screen()
        elif not self.screen.is_modal:
            self.push_screen(Help.for_screen(self.screen))

    def action_curtain(self) -> None:
        """Blank the screen."""
        from promote_tui.ui.curtain import Curtain  # noqa: PLC0415 - not for the first paint

        self.push_screen(Curtain())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let nothing that the program can do through a closed curtain."""
        return not (self.screen_stack and self.screen.id == "curtain")

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C alone does not, it copies."""
        if self.in_session:
            self.stage_screen.say("Ctrl+Q leaves the program, q in the list goes home.")

    def action_command_palette(self) -> None:
        """Open the list of commands."""
        from promote_tui.ui.palette import Palette  # noqa: PLC0415 - not for the first paint

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def get_system_commands(self, screen: Screen[Any]) -> "Iterable[SystemCommand]":  # noqa: ARG002
        """Yield the commands of the palette."""
        yield SystemCommand(
            "Light colours" if self.is_dark else "Dark colours",
            "for a bright room, or a dark one",
            self.action_colours,
        )
        yield SystemCommand("Help", "every key of this screen", self.action_help)
        yield SystemCommand("Curtain", "blank the screen when someone walks in", self.action_curtain)
        if self.in_session:
            yield from self.stage_screen.tools()
            yield SystemCommand("Home", "save and go back to the sessions", self.action_home)
            yield SystemCommand(
                "Earlier versions, other files", "compare, take over", self.stage_screen.action_versions
            )
        if self.in_session and not self.looking:
            yield SystemCommand(
                "Save elsewhere",
                "go on in a file in another folder",
                self.stage_screen.action_save_elsewhere,
            )
            yield SystemCommand(
                "Details", "title, team, day, who is in the room", self.stage_screen.action_details
            )
        yield SystemCommand("Leave", "save and leave the program", self.action_quit)


def run(library: Library, *, file: "SessionFile | None" = None, demo: bool = False) -> int:
    """Run the program on this terminal until it is left; return its exit status."""
    app = PromoteApp(library, file=file, demo=demo)
    with Leaving(app):
        left = app.run()
        if app.opened:
            app.saver.settle(SETTLE_SECONDS)
    return left if left is not None else app.return_code or 0
