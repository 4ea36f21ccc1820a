"""The text being typed, in the one line where everything is typed."""

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea

from promote_tui.session.text import LONGEST, tidy, without_unshowable

if TYPE_CHECKING:
    from promote_tui.ui.widgets.capture_line import CaptureLine


class Typing(TextArea):
    """The text being typed: Enter keeps it, Up and Down leave at the edges, long lines wrap."""

    BINDINGS = [
        Binding("up", "up", show=False),
        Binding("down", "down", show=False),
        Binding("escape,tab,shift+tab", "leave", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("f3", "mask", show=False),
    ]

    @dataclass
    class Left(Message):
        """Escape, or Up or Down at the edge of the text; ``then`` is a key meant for the list."""

        then: str = ""

    @dataclass
    class Paged(Message):
        """Page Up or Page Down: the list scrolls, the text stays."""

        by: int

    @dataclass
    class Refused(Message):
        """Something could not be taken, and why."""

        why: str

    def __init__(self, line: "CaptureLine") -> None:
        """Take the line that keeps what is typed: at once, or keys typed ahead would get into it."""
        self._line = line
        super().__init__(
            id="typing",
            compact=True,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
        )

    def action_keep(self) -> None:
        """Keep what was typed."""
        self._line.keep()

    def action_mask(self) -> None:
        """Mask what looks like an identifier."""
        self._line.mask()

    def action_leave(self) -> None:
        """Go to the list; the text stays."""
        self.post_message(self.Left())

    def action_up(self) -> None:
        """Go up a line of the text; from the first to the list, or to the question before."""
        if not self.navigator.is_first_wrapped_line(self.cursor_location):
            self.action_cursor_up()
        elif self._line.ask and not self._line.ask.live:
            self._line.walk(-1)
        else:
            self.post_message(self.Left())

    def action_down(self) -> None:
        """Go down a line of the text; from the last to the list, or to the question after."""
        if not self.navigator.is_last_wrapped_line(self.cursor_location):
            self.action_cursor_down()
        elif self._line.ask and not self._line.ask.live:
            self._line.walk(1)
        else:
            self.post_message(self.Left())

    def action_edge(self, row: int) -> None:
        """Go to the beginning (0) or the end (-1) of the text, however it wraps."""
        self.move_cursor((0, 0) if row == 0 else self.document.end)

    def action_page(self, by: int) -> None:
        """Scroll the list."""
        self.post_message(self.Paged(by))

    def action_delete_to_start_of_line(self) -> None:
        """Clear all that stands in the line, however it wraps; like any typing it can be taken back."""
        if self.text:
            self.clear()

    async def action_undo(self) -> None:  # type: ignore[override]
        """Take back typing; when there is none to take back, the last change of the session."""
        if self.history.undo_stack:
            super().action_undo()
        elif self._line.ask:
            self.post_message(
                self.Refused("Nothing was typed here. Esc first, then u takes the last change back.")
            )
        else:
            await self.run_action("app.undo")

    async def action_redo(self) -> None:  # type: ignore[override]
        """Type again what was taken back; else do the session's change again."""
        if self.history.redo_stack:
            super().action_redo()
        else:
            await self.run_action("app.redo")

    async def _on_key(self, event: events.Key) -> None:
        """Keep with Enter, leave with Alt and a letter, and take the characters that TextArea would drop.

        Escape and a letter in a hurry arrive as Alt and the letter: the list is meant. Joiners and wide
        spaces count as not printable, but belong to many scripts and to emoji. Keys with a meaning here
        act at once: by way of the screen they would come after letters that were typed after them.
        """
        if event.key == "enter":
            self.action_keep()
        elif event.key.startswith("alt+") and event.is_printable:
            self.post_message(self.Left(event.key))
        elif bound := self._bindings.key_to_bindings.get(event.key):
            await self.run_action(bound[0].action)
        elif event.character and unicodedata.category(event.character) in ("Cf", "Zs"):
            self.replace(without_unshowable(event.character)[0], *self.selection)
        else:
            return
        event.stop()
        event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste: one line goes into the text, several become items, too much is refused."""
        event.stop()
        event.prevent_default()
        self.take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the program."""
        self.take(self.app.clipboard)

    def take(self, pasted: str) -> None:
        """Take pasted text as ``_on_paste`` says."""
        text, left_out = without_unshowable(tidy(pasted))
        longest = max(map(len, text.split("\n")), default=0)
        if longest + len(self.text) > LONGEST:
            self.post_message(
                self.Refused(
                    f"That is {longest:,} characters in one line; {LONGEST:,} fit. Nothing was pasted."
                )
            )
            return
        if left_out:
            self.post_message(self.Refused(f"{left_out} control characters in the paste were left out."))
        if "\n" in text.strip("\n"):
            self._line.take_lines(text)
        else:
            self.replace(text.strip("\n"), *self.selection)

    def put(self, text: str) -> None:
        """Put text into the line, ready to be changed, with nothing to undo."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)
        self.move_cursor(self.document.end)
