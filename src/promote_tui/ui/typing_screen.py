"""A screen of a session with its capture line: adding lines, asking questions, making changes."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on

from promote_tui.session import privacy
from promote_tui.session.edits import items, parking
from promote_tui.session.model import Session
from promote_tui.session.shorthand import spread
from promote_tui.session.text import number_of, one_line
from promote_tui.ui.asking import Ask
from promote_tui.ui.fields import Field, asks_from
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.widgets.capture_line import CaptureLine
from promote_tui.ui.widgets.item_list import ItemList
from promote_tui.ui.widgets.typing_area import Typing

_WALKING = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
_LONGEST_WORDS = 40
ALL_ASKED = "That was the last question."


class TypingScreen(RoomScreen):
    """What typing does on a screen; which lists there are is up to the screen."""

    ADDS: ClassVar[str]
    """What a line adds, in words for undo, such as ``a step``."""
    INSTEAD = "i to type, ? shows every key."

    def __init__(self) -> None:
        super().__init__()
        self._newest = False
        self._active: ItemList | None = None
        self._farewell = ""
        self._refused_line = ""
        """A half-typed line that stood in the way of leaving once."""
        self._afterwards: Callable[[], Awaitable[None]] | None = None

    @property
    def session(self) -> Session:
        """Return the session that the room works on."""
        return self.room.session

    @property
    def capture(self) -> CaptureLine:
        """Return the capture line."""
        return self.query_one(CaptureLine)

    @property
    def lists(self) -> list[ItemList]:
        """Return the lists of this screen that can be seen."""
        return [found for found in self.query(ItemList) if found.display]

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on: the one in focus, else the last that was."""
        focused = self.focused
        if isinstance(focused, ItemList):
            return focused
        return self._active if self._active and self._active.display else self.lists[0]

    def show_hints(self) -> None:
        """Show the keys that work now."""
        raise NotImplementedError

    # ---- changes

    def edit(self, words: str, change: Callable[[Session], Session]) -> str:
        """Make a change, named in words; return the sentence that refuses it, or nothing."""
        return self.room.edit(words, change)

    def do(self, words: str, change: Callable[[Session], Session], said: str = "") -> bool:
        """Make a change from a key of the list and name it: no stray key goes unseen. Or say why not."""
        why = self.edit(words, change)
        if why:
            self.refuse(why)
        else:
            self.say(f"{said or words[:1].upper() + words[1:]}   u undo")
        return not why

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds what a captured line says."""
        raise NotImplementedError

    def lines_of(self, text: str, pasted: str) -> list[str]:
        """Return the lines of a paste after what was typed already."""
        return spread(text, pasted)

    def take_line(self, text: str, pasted: str) -> str:
        """Add a captured line, or each line of a paste in one step that can be undone; return why not."""
        lines = self.lines_of(text, pasted) if pasted else [text]

        def change(session: Session) -> Session:
            for place, line in enumerate(lines, 1):
                try:
                    session = self.add(line)(session)
                except items.EditError as error:
                    if len(lines) == 1:
                        raise
                    raise items.EditError(f"Line {place} of the paste: {error}") from None
            return session

        words = f"add {self.ADDS}" if len(lines) == 1 else f"add {number_of(len(lines), 'line')}"
        self._newest = True
        why = self.edit(words, change)
        self._newest = False
        if not why:
            self.say_added(lines)
        return why

    def say_added(self, lines: Sequence[str]) -> None:
        """Say how many lines were added, and what some of them look like to the privacy guard."""
        telling = sum(1 for line in lines if privacy.find(line))
        added = f"{number_of(len(lines), 'line')} added." if len(lines) > 1 else ""
        if telling:
            if added:
                self.refuse(f"{added} {telling} could show who a person is.   k in the list masks one")
            else:
                self.refuse("Kept. It could show who a person is.   F3 masks it   Ctrl+Z takes back")
        else:
            self.say(f"{added}   Ctrl+Z undo" if added else "")

    def commit_pending(self) -> str:
        """Keep whatever is half-typed; return why it was refused, which has then been said."""
        if not self.capture.stop_asking():
            return "An answer was refused."
        # a line that a question had put aside, and words refused as an answer, are in the line now
        text = self.capture.text.strip()
        one_key = len(text) <= 1 and text.isascii()  # one letter is a key that was meant for the list
        if not one_key and (why := self._keep_line(text)):
            self.refuse(why)
            return why
        self.capture.taken()
        return ""

    def _keep_line(self, text: str) -> str:
        """Add a half-typed line, or park it when that was refused once; return why it was refused."""
        why = self.edit(f"add {self.ADDS}", self.add(text))
        if not why:
            self.room.keep_word(f"Your half-typed line was kept as {self.ADDS}: {cut(text)}")
        elif text != self._refused_line:
            self._refused_line = text
            why = f"{why} Leaving once more parks these words."
        else:
            why = self.edit("park something", partial(parking.park_text, words=text, because="for later"))
            if not why:
                self.room.keep_word(f"Your half-typed line is parked in 1 Choose: {cut(text)}")
        return why

    def commit_answer(self) -> bool:
        """Keep an answer that was begun; False when it was refused. A half-typed new line just stays."""
        return self.capture.stop_asking()

    def forget(self) -> None:
        """Forget what belongs to the session that was open before."""
        self.capture.clear()
        self.say("")
        for found in self.query(ItemList):
            found.show([])  # what was highlighted there

    # ---- questions

    @on(CaptureLine.Asking)
    def show_asking(self, event: CaptureLine.Asking) -> None:
        """Show the question being answered; after the last one the list is active again."""
        label = self.capture.emptied()
        emptied = f"{label}: emptied.   u puts it back" if label else ""
        if event.ask:
            said = f"{label}: emptied." if label else ""
            self.say("   ".join(words for words in (said, event.ask.question) if words), ".accent")
            self.point_at(event.ask.key)
        else:
            self.say(self.last_word() or emptied or (ALL_ASKED if event.all_asked else ""))
            if isinstance(self.focused, Typing):
                self.set_focus(self.active_list)  # at once: a next question may follow
            self.asked_all()
            if event.all_asked and self._afterwards:
                self.call_later(self._afterwards)
            self._afterwards = None
        self.show_hints()

    def point_at(self, key: str) -> None:
        """Highlight the row that a question is about, if it is in the list that keys work on."""
        if any(row.key == key for row in self.active_list.rows if row.key):
            self.active_list.highlighted = key

    def last_word(self) -> str:
        """Return what is said when no more is asked."""
        said, self._farewell = self._farewell, ""
        return said

    def asked_all(self) -> None:
        """Do what follows when the last question is answered."""

    @on(CaptureLine.Noticed)
    def show_warning(self, event: CaptureLine.Noticed) -> None:
        """Say what the line looks like to the privacy guard, and offer to mask it."""
        self.warn_of(event.warning)
        self.show_hints()

    @on(CaptureLine.MaskNewest)
    async def mask_newest(self) -> None:
        """Mask what was added last, which is highlighted."""
        await self.run_action("mask")

    @on(Typing.Refused)
    def show_refusal(self, event: Typing.Refused) -> None:
        """Say why typing was not taken."""
        self.refuse(event.why)

    def ask(self, *asks: Ask, then: Callable[[], Awaitable[None]] | None = None) -> None:
        """Ask questions in the capture line, one after the other.

        ``then`` is done when Enter answered the last of several; whoever leaves before wants it no more.
        """
        self._afterwards = then
        self.capture.start_asking([partial(lambda one: one, one) for one in asks])

    def ask_fields(self, fields: Callable[[], Sequence[Field]], start: str, keys: Sequence[str] = ()) -> None:
        """Ask for fields in turn, from the one whose key is ``start``, or only those named."""
        self.capture.start_asking(asks_from(fields, start, self.edit, self.room.today(), keys))

    def words_of(self, id: str) -> str:
        """Return the beginning of an item's words, for a message."""
        item = items.find(self.session, id)
        names = ("text", "title", "name")
        return cut(next(getattr(item, name) for name in names if name in type(item).model_fields))

    # ---- moving between typing and list

    @on(Typing.Left)
    def leave_typing(self, event: Typing.Left) -> None:
        """Go from the capture line to the list, keeping an answer that was begun."""
        self._keep_answer()
        if self.capture.ask:
            return
        self.set_focus(self.active_list)
        if event.then:
            self.app.call_later(self.app.simulate_key, event.then)

    def _keep_answer(self) -> None:
        """Keep an answer that was begun and say so; one that is refused twice goes back to the line."""
        ask, text = self.capture.ask, self.capture.text
        if ask is None or text == ask.start:
            self.capture.stop_asking()
        elif self.capture.was_refused:
            kept = self.capture.keeps_refused
            there = ": the words are in the line, i goes there" if kept else ""
            self._farewell = f"Not kept as an answer{there}."
            self.capture.stop_asking()
        elif self.capture.stop_asking():
            became = "kept" if text.strip() else "emptied"
            self._farewell = self._farewell or f"{ask.label}: {became}.   u puts it back"

    @on(Typing.Paged)
    def page_list(self, event: Typing.Paged) -> None:
        """Scroll the list while typing."""
        self.active_list.action_page(event.by)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember the list that keys work on, and show the keys that work now."""
        if isinstance(event.widget, ItemList):
            self._active = event.widget
            # told late, when the room may be at the next question already: only a list in focus ends one
            if self.focused is event.widget:
                self._keep_answer()
        self.show_hints()

    def on_key(self, event: events.Key) -> None:
        """Clear what was said when the room walks on."""
        if isinstance(self.focused, ItemList) and event.key in _WALKING:
            self.say("")

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted while the list is active to the capture line."""
        if isinstance(self.focused, ItemList):
            self.action_type()
            if not self.room.looking:
                self.capture.typing.take(event.text)

    def action_type(self) -> None:
        """Go to the capture line, or say why nothing is typed."""
        if self.room.looking:
            self.refuse(self.room.read_only)
        else:
            self.set_focus(self.capture.typing)

    def action_mask_typed(self) -> None:
        """Mask what looks like an identifier, as F3 does."""
        self.capture.mask()

    def action_keep_typed(self) -> None:
        """Keep what was typed, as Enter does."""
        self.capture.typing.action_keep()


def cut(text: str) -> str:
    """Return the beginning of a text on one line, at most 40 characters, for a message."""
    words = one_line(text)
    return words if len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 1].rstrip()}…"
