"""The curtain: the whole screen blank but for the time of day, until somebody says that it may be shown."""

from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from promote_tui.ui.big_letters import large
from promote_tui.ui.plain import plain
from promote_tui.ui.themes import ROLES

if TYPE_CHECKING:
    from promote_tui.ui.room import Room

_ASKED = "Show the screen again?\nEnter or y shows it. Anything else keeps it closed."
"""What any key or click asks first."""
_WIDEST = 50
"""Columns that the time takes at most: it is there to be found, not to be looked at."""


class Curtain(Screen[None]):
    """An empty screen. No key of the program works while it is closed, see ``PromoteApp.check_action``."""

    COMPONENT_CLASSES = set(ROLES)

    def __init__(self) -> None:
        super().__init__(id="curtain")
        self._asked = False

    def compose(self) -> ComposeResult:
        """Lay out nothing but the place for the time."""
        yield Static(id="veil")

    def on_mount(self) -> None:
        """Show the time, and keep it right."""
        self.set_interval(5, self.draw)
        self.draw()

    def on_resize(self) -> None:
        """Fit the new size."""
        self.draw()

    def draw(self) -> None:
        """Show the time of day, and the question once it is asked."""
        time = f"{cast('Room', self.app).now():%H:%M}"
        width, height = self.app.size
        lines = large(time, min(width, _WIDEST), height - 6) or [time]
        asked = [plain(""), *(plain(line, ".muted") for line in _ASKED.split("\n"))] if self._asked else []
        self.query_one("#veil", Static).update(Content("\n").join([*(plain(line) for line in lines), *asked]))

    def on_key(self, event: events.Key) -> None:
        """Ask before showing; only Enter or y then shows."""
        event.stop()
        if self._asked and event.key in ("enter", "y", "Y"):
            self.dismiss()
        else:
            self._ask()

    def on_click(self) -> None:
        """Ask before showing."""
        self._ask()

    def _ask(self) -> None:
        self._asked = not self._asked
        self.draw()
