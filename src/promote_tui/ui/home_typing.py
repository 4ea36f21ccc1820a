"""What is typed at home: a capture line that comes when something is asked, and goes afterwards."""

from typing import TYPE_CHECKING, Any

from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.widgets.bands import KeyHints
from promote_tui.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from collections.abc import Callable

    from promote_tui.ui.asking import Ask
    from promote_tui.ui.widgets.capture_line import CaptureLine


class HomeTyping(RoomScreen):
    """A screen that asks questions in turn and then does what they were asked for."""

    _done: Any = None

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on."""
        raise NotImplementedError

    def show_hints(self) -> None:
        """Show the keys that work now."""
        raise NotImplementedError

    async def _ask(self, done: Any, *asks: "Callable[[], Ask]") -> None:
        from promote_tui.ui.widgets.capture_line import CaptureLine  # noqa: PLC0415 - not for the first paint

        found = list(self.query(CaptureLine))
        if found:
            line = found[0]
        else:
            line = CaptureLine("")
            await self.mount(line, before=self.query_one(KeyHints))
        self._done = done
        line.start_asking(asks)

    @property
    def _line(self) -> "CaptureLine":
        from promote_tui.ui.widgets.capture_line import CaptureLine  # noqa: PLC0415

        return self.query_one(CaptureLine)

    async def on_capture_line_asking(self, event: Any) -> None:
        """Show the question being answered; after the last one do what was asked for."""
        if event.ask:
            self.say(event.ask.question, ".accent")
            return
        if not self.query("#capture"):  # gone already: Escape was pressed twice
            return
        self.say("")
        self.set_focus(self.active_list)
        await self._line.remove()
        self.show_hints()
        done, self._done = self._done, None
        if done:
            await done()

    def on_capture_line_noticed(self, event: Any) -> None:
        """Say what the line looks like to the privacy guard."""
        self.warn_of(event.warning)
        self.show_hints()

    def on_typing_refused(self, event: Any) -> None:
        """Say why typing was not taken."""
        self.refuse(event.why)

    def on_typing_left(self) -> None:
        """Stop asking: a new session is not started after all."""
        self.action_stop_typing()

    def action_stop_typing(self) -> None:
        """Stop asking, forgetting what was asked for."""
        if not self.query("#capture"):
            return
        self._done = None
        self._line.clear()
        self._line.post_message(self._line.Asking(None))

    def action_keep_typed(self) -> None:
        """Keep what was typed, as Enter does."""
        self._line.typing.action_keep()

    def action_mask_typed(self) -> None:
        """Mask what looks like an identifier, as F3 does."""
        self._line.mask()
