"""What came in since last time, read one by one beside the stories."""

import textwrap
from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from promote_tui.session import privacy
from promote_tui.session.model import VOICES, Voice
from promote_tui.session.schedule import spoken
from promote_tui.session.text import one_line
from promote_tui.store.inbox_text import Entry
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, warned
from promote_tui.ui.widgets.item_list import ItemList, Row

_LINES = 3
"""Lines of a row at most: a long comment is read row by row."""
_AROUND = 6
"""Columns of the screen that a line of it cannot have."""


class InboxPanel(Vertical):
    """One entry of the inbox in full, with the group that it is taken as; hidden until it is opened."""

    def __init__(self) -> None:
        super().__init__(id="inbox-panel")
        self._waiting: Sequence[Entry] = ()
        self._place = 0
        self._voice: Voice = "patient"
        self._masked = False
        self.display = False

    def compose(self) -> ComposeResult:
        """Lay out the title and the entry."""
        yield Static(id="inbox-title")
        yield ItemList(id="inbox", of_one_item=True)

    @property
    def entries(self) -> ItemList:
        """Return the list that shows the entry."""
        return self.query_one(ItemList)

    @property
    def here(self) -> Entry | None:
        """Return the entry that is read; None when the inbox is closed or empty."""
        return self._waiting[self._place] if self.display and self._waiting else None

    @property
    def words(self) -> str:
        """Return the words of the entry as they would be taken."""
        entry = self.here
        return "" if entry is None else privacy.mask(entry.text) if self._masked else entry.text

    @property
    def voice(self) -> Voice:
        """Return the group that the entry is taken as."""
        return self._voice

    def open(self) -> None:
        """Show the first entry and make it the one that keys work on."""
        self.display = True
        self._place = 0
        self._begin()
        self.entries.focus()

    def show(self, waiting: Sequence[Entry]) -> None:
        """Show what waits now: the next one moves up, and a single one that came back is shown again."""
        here, before = self.here, {entry.id for entry in self._waiting}
        self._waiting = waiting
        if here is None:
            return
        back = [entry.id for entry in waiting if entry.id not in before]
        wanted = back[0] if len(back) == 1 else here.id
        self._place = next((n for n, entry in enumerate(waiting) if entry.id == wanted), self._place)
        self._place = min(self._place, max(0, len(waiting) - 1))
        if self.here is None:
            self.display = False
        elif self.here.id == here.id:
            self._draw()
        else:
            self._begin()

    def walk(self, by: int) -> bool:
        """Go to the next (1) or last (-1) entry; False when there is none."""
        if not 0 <= self._place + by < len(self._waiting):
            return False
        self._place += by
        self._begin()
        return True

    def turn_voice(self, by: int) -> None:
        """Take the entry as another group's."""
        self._voice = VOICES[(VOICES.index(self._voice) + by) % len(VOICES)]
        self._draw()

    def mask(self) -> bool:
        """Take the entry with what looks like an identifier masked, or as it came; False if nothing does."""
        if not self._masked and not privacy.find(self.words):
            return False
        self._masked = not self._masked
        self._draw()
        return True

    def on_resize(self) -> None:
        """Wrap the entry to the new width."""
        self._draw()

    def _begin(self) -> None:
        entry = self.here
        self._masked = False
        self._voice = (entry.voice if entry else None) or "patient"
        self._draw()
        self.entries.highlighted = "inbox:0"

    def _draw(self) -> None:
        entry = self.here
        if entry is None:
            return
        place = f"Inbox, {self._place + 1} of {len(self._waiting)}"
        came = ", ".join(
            filter(None, [one_line(entry.source), spoken(entry.received_on) if entry.received_on else ""])
        )
        self.query_one("#inbox-title", Static).update(
            assembled((place, ".strong"), (f"   {came}" if came else "", ".muted"))
        )
        rows = [warned(f"{warning} k masks it.")] if (warning := privacy.warning(self.words)) else []
        lines = textwrap.wrap(one_line(self.words), self.app.size.width - _AROUND) or [""]
        for n in range(0, len(lines), _LINES):
            piece = " ".join(lines[n : n + _LINES])
            rows.append(Row(f"inbox:{n}", (piece,), partial(_wrapped, piece), turns=True))
        choice = Content("   ").join(
            plain(voice.upper(), "accent") if voice == self._voice else plain(voice, "muted")
            for voice in VOICES
        )
        rows.append(
            Row(
                "inbox:voice",
                (self._voice,),
                lambda width: columns([("Whose is it?", "muted"), choice], [14, width - 17], 1),
                turns=True,
            )
        )
        self.entries.show(rows)


def _wrapped(piece: str, width: int) -> Sequence[Content]:
    return plain(piece).wrap(width - 1)
