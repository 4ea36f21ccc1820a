"""What our programs on screen share: colours, the last gate for text, an end that shows nothing typed."""

import contextlib
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import constants
from textual.app import App
from textual.filter import LineFilter

from promote_tui.session.text import made_visible
from promote_tui.ui.plain import NoControls
from promote_tui.ui.themes import DARK, LIGHT
from promote_tui.ui.widgets import scroll_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from textual.driver import Driver

SORRY = "Something went wrong in promote, and it had to close. What was saved is safe."

scroll_bar.install()


def _write_nothing_down() -> None:
    """Leave out what Textual does for its developers: logs, key records and pictures hold what was typed."""
    os.environ.pop("TEXTUAL", None)
    named: Any = constants
    named.LOG_FILE, named.DEBUG, named.SCREENSHOT_DELAY, named.PRESS = None, False, -1, ""


_write_nothing_down()


class SafeApp(App[int]):
    """A program in our two themes whose screen and whose errors let nothing act on a terminal."""

    TITLE = "promote"
    CSS_PATH = "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.last_words = ""
        """What is said when an error has ended the program."""

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """Return the filters of what is drawn, ours last."""
        return [*super().get_line_filters(), NoControls()]

    @property
    def is_dark(self) -> bool:
        """Say whether the dark colours are in use."""
        return self.theme == DARK.name

    def action_colours(self) -> None:
        """Change between dark and light colours."""
        self.theme = LIGHT.name if self.is_dark else DARK.name

    # ---- leaving, whatever happens

    def get_driver_class(self) -> "type[Driver]":
        """Return what talks to the terminal, in our own way of listening to it."""
        from promote_tui.ui.terminal_input import driver_for  # noqa: PLC0415 - Textual imports its own here

        return driver_for(super().get_driver_class())

    def keep_now(self) -> None:
        """Keep what is open; called from any thread, whatever state the screens are in."""

    def write_recovery(self) -> None:
        """Write down what is open, beside its file; called from any thread."""

    def _handle_exception(self, error: Exception) -> None:
        """End on an error of ours: work is kept, and nothing that people typed is printed."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            with contextlib.suppress(Exception):
                self.write_recovery()
            self._say_goodbye(getattr(error, "error", error))
        self._close_messages_no_wait()

    def _say_goodbye(self, error: BaseException) -> None:
        from promote_tui.store import crash_reports  # noqa: PLC0415 - hardly ever needed

        where = [f"  {place}" for place in crash_reports.places_of(error)[-8:]]
        report = crash_reports.write(error, datetime.now().astimezone())
        lines = [SORRY, f"{type(error).__name__}, at:", *where]
        if report:
            lines.append(f"A report of this, without anything that was typed: {report}")
        self.last_words = made_visible("\n".join(lines)) + "\n"
        self._exit_renderables.insert(0, Text(self.last_words.rstrip()))

    def _fatal_error(self) -> None:
        """End on an error that Textual found."""
        self._handle_exception(sys.exc_info()[1] or RuntimeError())  # type: ignore[arg-type]

    def panic(self, *renderables: "RenderableType") -> None:  # noqa: ARG002 - they may show what was typed
        """End on an error that Textual would print."""
        self._handle_exception(RuntimeError())

    def _print_error_renderables(self) -> None:
        """Print what is said in the end, the first word of several."""
        del self._exit_renderables[1:]
        super()._print_error_renderables()

    # ---- no second way out for what is on the screen

    def save_screenshot(self, *_args: Any, **_named: Any) -> str:
        """Save no picture of what people typed."""
        return ""

    def deliver_screenshot(self, *_args: Any, **_named: Any) -> str | None:
        """Save no picture of what people typed."""
        return None
