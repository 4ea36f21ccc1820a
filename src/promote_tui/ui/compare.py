"""Two sessions beside each other, then and now; nothing can be changed here."""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import App, ComposeResult

from promote_tui.session.compare import compare, in_turn
from promote_tui.session.model import Session
from promote_tui.session.text import one_line
from promote_tui.store import toml_text
from promote_tui.store.session_file import CannotReadError, read_bytes
from promote_tui.ui.background import in_background
from promote_tui.ui.compare_rows import compared_rows, seen_in
from promote_tui.ui.focus import FocusView
from promote_tui.ui.keys import key
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.widgets.bands import KeyHints, MessageLine, TitleLine
from promote_tui.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from pathlib import Path

    from promote_tui.store.library import Card

Side = tuple[Session, str]
"""A session, and the name of its file."""


class Compare(RoomScreen):
    """What two sessions say of one process, the earlier one first."""

    help_title = "Two sessions, then and now"
    BINDINGS = [
        key("f", "enlarge", "focus", "one row, as large as the screen allows; Enter does so too"),
        key("b", "app.curtain", "curtain", "blank the screen at once", shown="b F2", footer=False),
        key("q,escape", "close", "back", "back to where you were", shown="q Esc"),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(self, one: Side, other: Side) -> None:
        """Take two sessions in any order; their days say which is the earlier one."""
        super().__init__()
        first, _ = in_turn(one[0], other[0])
        self._sides = (one, other) if first is one[0] else (other, one)
        self._found = compare(self._sides[0][0], self._sides[1][0])

    def compose(self) -> ComposeResult:
        """Lay out title, rows, message and key hints."""
        yield TitleLine()
        yield MessageLine(id="rule")
        yield ItemList(id="compared")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show both."""
        title, hints = self.query_one(TitleLine), self.hints_of_keys()
        title.title, title.state = "Then and now", "nothing is changed here"
        self.query_one(KeyHints).show(hints[:-1], hints[-1])
        self.active_list.focus()
        self.show()

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on."""
        return self.query_one("#compared", ItemList)

    def show(self) -> None:
        """Show what differs."""
        (_, was), (now, name) = self._sides
        self.query_one(TitleLine).team = one_line(now.process.name)
        self.active_list.show(compared_rows(self._found, (was, name), self.room.today()))

    @on(ItemList.Chosen)
    def action_enlarge(self) -> None:
        """Show the highlighted row as large as the screen allows."""
        if self.app.screen is self:  # Enter pressed twice opens it once
            self.app.push_screen(FocusView(self.active_list, lambda row: seen_in(self._found, row)))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


async def show_compared(app: App[Any], one: "Card", other: "Card") -> str:
    """Read two session files and show them beside each other; return why not, or nothing.

    They are only read: nothing is locked, and nothing is written.
    """
    sides: list[Side] = []
    for card in (one, other):
        session, why = await in_background(_read, card.path)
        if session is None:
            return f"{card.path.name} cannot be compared. {why[:1].upper()}{why[1:]}"
        sides.append((session, card.path.name))
    app.push_screen(Compare(*sides))
    return ""


def _read(path: "Path") -> tuple[Session | None, str]:
    """Return the session that a file holds, or none and the sentence that says why; a call for a thread."""
    try:
        reading = toml_text.read(read_bytes(path))
    except CannotReadError as error:
        return None, str(error)
    if reading.cut_short:  # else what is missing would be said to be gone
        return None, "The end of this file is missing. V shows its earlier versions."
    if reading.newer:
        return None, "A newer version of this program wrote it."
    return reading.session, "" if reading.session else f"{reading.errors[0].message.rstrip('.')}."
