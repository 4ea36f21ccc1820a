"""The one place for typing: takes new items, answers and corrections; Enter keeps, nothing is lost."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static, TextArea

from promote_tui.session.text import LONGEST, one_line, tidy, without_unshowable
from promote_tui.ui.asking import Ask
from promote_tui.ui.plain import plain


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

    def action_leave(self) -> None:
        """Go to the list; the text stays."""
        self.post_message(self.Left())

    def action_up(self) -> None:
        """Go up a line of the text; from the first to the list, or to the question before."""
        if not self.navigator.is_first_wrapped_line(self.cursor_location):
            self.action_cursor_up()
        elif self._line.ask:
            self._line.walk(-1)
        else:
            self.post_message(self.Left())

    def action_down(self) -> None:
        """Go down a line of the text; from the last to the list, or to the question after."""
        if not self.navigator.is_last_wrapped_line(self.cursor_location):
            self.action_cursor_down()
        elif self._line.ask:
            self._line.walk(1)
        else:
            self.post_message(self.Left())

    def action_edge(self, row: int) -> None:
        """Go to the beginning (0) or the end (-1) of the text, however it wraps."""
        self.move_cursor((0, 0) if row == 0 else self.document.end)

    def action_page(self, by: int) -> None:
        """Scroll the list."""
        self.post_message(self.Paged(by))

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
        spaces count as not printable, but belong to many scripts and to emoji.
        """
        if event.key == "enter":
            self.action_keep()
        elif event.key.startswith("alt+") and event.is_printable:
            self.post_message(self.Left(event.key))
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


class CaptureLine(Horizontal):
    """A prompt and the text being typed, for capturing or for answering a row of questions.

    ``take`` adds a line, or what was typed and the lines pasted after it; it returns the sentence that
    refuses them. While questions are asked, answers go to them.
    """

    @dataclass
    class Asking(Message):
        """Another question is asked, or (``ask`` None) no more."""

        ask: Ask | None

    def __init__(self, hint: str, take: Callable[[str, str], str] = lambda _line, _pasted: "") -> None:
        super().__init__(id="capture")
        self._hint = hint
        self._take = take
        self._asks: list[Callable[[], Ask | None]] = []
        self._place = -1
        self.ask: Ask | None = None
        self._stash = ""
        self._refused_text: str | None = None
        self._why = ""

    def compose(self) -> ComposeResult:
        """Lay out the prompt and the text."""
        yield Static("›", id="prompt")
        yield Typing(self)

    def on_mount(self) -> None:
        """Show the hint."""
        self._dress()

    @property
    def typing(self) -> Typing:
        """Return the text being typed."""
        return self.query_one(Typing)

    @property
    def text(self) -> str:
        """Return what stands in the line."""
        return self.typing.text

    def hint(self, hint: str) -> None:
        """Show another fixed hint in the empty line."""
        self._hint = hint
        self._dress()

    def _dress(self) -> None:
        """Show the prompt and the hint for what the line is doing now."""
        typing, active = self.typing, self.typing.has_focus
        self.set_class(active, "-active")
        if self.ask:
            label, hint = f"{self.ask.label} ›", self.ask.hint
        else:
            label, hint = "›", self._hint
        self.query_one("#prompt", Static).update(plain(label, "bold" if active else ""))
        typing.placeholder = plain(hint if active else "i to type")

    def on_resize(self) -> None:
        """Give a text that wraps anew the lines it needs."""
        self.call_after_refresh(self.typing.refresh, layout=True)

    def on_descendant_focus(self) -> None:
        """Brighten the line."""
        self._dress()

    def on_descendant_blur(self) -> None:
        """Dim the line; an answer begun is kept as it stands."""
        self._dress()

    # ---- capturing

    def taken(self) -> None:
        """Empty the line: what stood in it is kept."""
        self.typing.put("")
        self._refused_text = None

    def keep(self) -> None:
        """Answer the question with the line, or hand it over."""
        if self.ask:
            if self.answer():
                self._go(1)
        elif self.text.strip():
            self._hand_over("")

    def take_lines(self, pasted: str) -> None:
        """Take several lines: one item each when capturing, one answer when asked."""
        if self.ask:
            self.typing.replace(one_line(pasted), *self.typing.selection)
        else:
            self._hand_over(pasted)

    def _hand_over(self, pasted: str) -> None:
        """Have the line added; when it is refused it stays."""
        why = self._take(self.text, pasted)
        if why:
            self.post_message(Typing.Refused(why))
        else:
            self.taken()

    # ---- answering

    def start_asking(self, asks: Sequence[Callable[[], Ask | None]]) -> None:
        """Ask these questions in turn; each is made when its turn comes, None is passed over."""
        if self.ask is None:
            self._stash = self.text
        self._asks, self._place = list(asks), -1
        self._go(1)
        if self.ask:
            self.typing.focus()

    @property
    def several(self) -> bool:
        """Say whether more than one question is asked."""
        return len(self._asks) > 1

    def walk(self, by: int) -> None:
        """Keep the answer and go to the next (1) or last (-1) question; nothing happens at the ends."""
        if self.answer() and self._found(by):
            self._go(by)

    def _found(self, by: int) -> tuple[int, Ask] | None:
        """Return the nearest question in one direction, with its place."""
        place = self._place + by
        while 0 <= place < len(self._asks):
            if ask := self._asks[place]():
                return place, ask
            place += by
        return None

    def _go(self, by: int) -> None:
        """Ask the nearest question in one direction; past the last one there are no more."""
        self._refused_text = None
        found = self._found(by)
        if found:
            self._place, self.ask = found
            self.typing.put(self.ask.start)
        elif self.ask is not None:
            self._asks, self.ask = [], None
            self.typing.put(self._stash)
            self._stash = ""
        self._dress()
        self.post_message(self.Asking(self.ask))

    def answer(self) -> bool:
        """Keep the answer as it stands; False (and the question stays) when it was refused."""
        if self.ask and self.ask.needed and not self.text.strip():
            self._why = self.ask.needed
            self.post_message(Typing.Refused(self._why))
            return False
        if self.ask is None or self.text == self.ask.start:
            return True
        why = self._why = self.ask.answer(self.text)
        if why:
            self._refused_text = self.text
            self.post_message(Typing.Refused(why))
        return not why

    @property
    def was_refused(self) -> bool:
        """Say whether the answer as it stands was refused already."""
        return self._refused_text is not None and self.text == self._refused_text

    def stop_asking(self) -> bool:
        """Keep the answer and ask no more; False when it was refused.

        Asked twice it gives way, and the words that were refused stay in the line: nothing typed is lost.
        """
        if self.ask is None:
            return True
        if self.was_refused:
            self._stash = " ".join(part for part in (self._stash, self.text) if part)
        elif not self.answer():
            self.post_message(Typing.Refused(f"{self._why} Esc again ends the question."))
            return False
        self._place = len(self._asks)
        self._go(1)
        return True

    def clear(self) -> None:
        """Forget everything: another session is shown."""
        self._asks, self._place, self.ask, self._stash = [], -1, None, ""
        self.taken()
        self._dress()
