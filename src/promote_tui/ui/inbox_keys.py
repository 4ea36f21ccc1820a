"""What keys do to an entry of the inbox while it is read: take it, park it, leave it out, mask it."""

from collections.abc import Sequence
from functools import partial

from textual import events, on

from promote_tui.session.edits import choose, parking
from promote_tui.session.model import Session
from promote_tui.store.inbox import Inbox
from promote_tui.store.inbox_text import Entry
from promote_tui.ui.background import in_background
from promote_tui.ui.choose_rows import inbox_row
from promote_tui.ui.rows import gap, warned
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.widgets.bands import Hint
from promote_tui.ui.widgets.inbox_panel import InboxPanel
from promote_tui.ui.widgets.item_list import ItemList, Row
from promote_tui.ui.widgets.typing_area import Typing


class InboxKeys(StageScreen):
    """A stage with an ``InboxPanel``. While an entry is read, the keys of a list mean that entry."""

    def __init__(self) -> None:
        super().__init__()
        self._inbox: tuple[Entry, ...] = ()
        self._trouble = ""

    @property
    def panel(self) -> InboxPanel:
        """Return the inbox."""
        return self.query_one(InboxPanel)

    @property
    def reading(self) -> bool:
        """Say whether keys mean the entry of the inbox that is read, also after typing."""
        entries = self.panel.entries
        typed_there = isinstance(self.focused, Typing) and self._active is entries
        return self.panel.display and (self.focused is entries or typed_there)

    def show_inbox(self, session: Session) -> Sequence[Row]:
        """Show the entry that is read; return the rows that offer the inbox above a list."""
        waiting = self._waiting(session)
        self.panel.show(waiting)
        if self.focused is self.panel.entries and not self.panel.display:
            self.set_focus(self.active_list)
        rows = [warned(self._trouble), gap()] if self._trouble and not self.room.looking else []
        return [*rows, *([inbox_row(len(waiting)), gap()] if waiting else [])]

    @on(events.ScreenResume)
    async def read_inbox(self) -> None:
        """Read what came in since last time; a file that cannot be read is named above the stories."""
        self._inbox, self._trouble = await in_background(Inbox(self.room.library.folder).look)
        self.show(self.session)

    def forget(self) -> None:
        """Forget what belongs to the session that was open before."""
        super().forget()
        self._inbox, self._trouble = (), ""
        self.panel.display = False

    def _waiting(self, session: Session) -> list[Entry]:
        """Return the entries of the inbox that this session has not dealt with; none while looking back."""
        if self.room.looking:
            return []
        done = choose.from_inbox(session)
        return [entry for entry in self._inbox if entry.id not in done]

    def _take(self) -> None:
        """Take the entry that is read as a story."""
        if entry := self.panel.here:
            words, voice = self.panel.words, self.panel.voice
            told = partial(choose.add_story, voice=voice, text=words, source=entry.source, inbox=entry.id)
            self.do("take a story from the inbox", told, f"Taken as a story: {voice}")

    @on(ItemList.Paged)
    def walk_inbox(self, event: ItemList.Paged) -> None:
        """Leave the entry for now and read the next (1) or last (-1) one."""
        if not self.panel.walk(event.by):
            self.say("That was the last one." if event.by > 0 else "That is the first one.")

    def action_walk_on(self) -> None:
        """Leave the entry for now and read the next one."""
        self.walk_inbox(ItemList.Paged(1))

    def turn(self, key: str, by: int) -> None:
        """Turn whose words the entry of the inbox holds, or a choice in place."""
        if self.reading:
            self.panel.turn_voice(by)
            self.say(f"Enter takes it as a story: {self.panel.voice}")
        else:
            super().turn(key, by)

    def action_park(self) -> None:
        """Park the entry that is read, or the highlighted item."""
        entry = self.panel.here
        if self.reading and entry:
            words, voice = self.panel.words, self.panel.voice
            self.do(
                "park from the inbox",
                lambda session: parking.park_text(session, words, "for later", voice=voice, inbox=entry.id),
                "Parked: it stands under the processes",
            )
        else:
            super().action_park()

    def action_remove(self) -> None:
        """Leave the entry that is read out for good, or remove the highlighted item."""
        entry = self.panel.here
        if self.reading and entry:
            self.do("leave out of the inbox", partial(choose.leave_out, id=entry.id), "Left out")
        elif self.active_list.highlighted == "inbox:":
            self.refuse("Enter reads the inbox; x there leaves a single one out.")
        else:
            super().action_remove()

    def action_mask(self) -> None:
        """Mask the entry that is read, or the highlighted item."""
        if self.reading and not self.panel.mask():
            self.refuse("Nothing here looks as if it could show who a person is.")
        elif self.reading:
            self.say("k shows it as it came, or masked")
        else:
            super().action_mask()

    def close_up(self) -> None:
        """Close the inbox."""
        self.panel.display = False
        self.set_focus(self.active_list)

    def list_hints(self) -> list[Hint]:
        """Return the hints of the lists, or those of the inbox."""
        if not self.reading:
            return super().list_hints()
        return [
            Hint("Enter", "take", "edit"),
            Hint("←→", "whose", "type"),
            Hint("p", "park", "park"),
            Hint("x", "leave out", "remove"),
            Hint("PgDn", "next", "walk_on"),
            Hint("Esc", "close", "leave_work"),
        ]

    def change(self, key: str) -> None:
        """Read the inbox, or take the entry that is read."""
        if key == "inbox:":
            self.panel.open()
        else:
            self._take()
