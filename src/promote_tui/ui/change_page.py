"""The page of all that is known of one change, over the portfolio."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from promote_tui.session.portfolio import Change
from promote_tui.ui.change_rows import all_of
from promote_tui.ui.keys import key
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand
from promote_tui.ui.widgets.item_list import ItemList


class ChangePage(RoomScreen, ModalScreen[None]):
    """All that is known of one change; ``go_on`` is called to open its session, once this has closed."""

    INSTEAD = "Esc goes back."
    BINDINGS = [
        key("enter", "open", "open", "open the session"),
        Binding("escape,q,space", "close", show=False),
    ]

    def __init__(self, change: Change, go_on: Callable[[Change], object]) -> None:
        super().__init__()
        self._change, self._go_on = change, go_on

    def compose(self) -> ComposeResult:
        """Lay out what is known and the keys."""
        yield QuestionBand()
        yield ItemList(id="change")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show what is known."""
        self.query_one(QuestionBand).question = "What is known of this change?"
        self.query_one(KeyHints).show(
            [Hint("Enter", "open the session", "open"), Hint("↑↓", "walk", "walk")],
            Hint("Esc", "back", "close"),
        )
        self.query_one(ItemList).show(all_of(self._change, self.room.today()))
        self.query_one(ItemList).focus()

    @on(ItemList.Chosen)
    def action_open(self) -> None:
        """Open the session of the change."""
        self.dismiss()
        self.app.call_later(self._go_on, self._change)

    def action_walk(self) -> None:
        """Highlight the next row."""
        self.query_one(ItemList).action_down()

    def action_close(self) -> None:
        """Go back to the changes."""
        self.dismiss()
