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
from promote_tui.ui.rows import columns
from promote_tui.ui.widgets.item_list import ItemList, Row

_PIECE = 300
"""Most characters of a row: a long comment is read row by row."""


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
        """Show what waits now; the place is kept, so that the next one moves up."""
        here = self.here
        self._waiting = waiting
        if here is None:
            return
        self._place = next((n for n, entry in enumerate(waiting) if entry.id == here.id), self._place)
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

    def mask(self) -> None:
        """Take the entry with what looks like an identifier masked, or as it came."""
        self._masked = not self._masked
        self._draw()

    def _begin(self) -> None:
        entry = self.here
        self._masked = False
        self._voice = (entry.voice if entry else None) or "patient"
        self._draw()

    def _draw(self) -> None:
        entry = self.here
        if entry is None:
            return
        place = f"Inbox, {self._place + 1} of {len(self._waiting)}"
        came = ", ".join(filter(None, [entry.source, spoken(entry.received_on) if entry.received_on else ""]))
        self.query_one("#inbox-title", Static).update(
            assembled((place, ".strong"), (f"   {came}" if came else "", ".muted"))
        )
        pieces = textwrap.wrap(one_line(self.words), _PIECE) or [""]
        rows = [Row(f"inbox:{n}", (piece,), partial(_wrapped, piece)) for n, piece in enumerate(pieces)]
        choice = Content("   ").join(
            plain(voice.upper(), "accent") if voice == self._voice else plain(voice, "muted")
            for voice in VOICES
        )
        rows[0] = Row(rows[0].key, rows[0].of, rows[0].draw, turns=True)
        rows.append(
            Row(
                "inbox:voice",
                (self._voice,),
                lambda width: columns([("Whose is it?", "muted"), choice], [14, width - 17], 1),
                turns=True,
            )
        )
        if warning := privacy.warning(self.words):
            rows.append(Row("", (warning,), partial(_warned, f"{warning} k masks it.")))
        self.entries.show(rows)
        self.entries.highlighted = "inbox:0"


def _wrapped(piece: str, width: int) -> Sequence[Content]:
    return plain(piece).wrap(width - 1)


def _warned(warning: str, width: int) -> Sequence[Content]:
    return plain(warning, "warn").wrap(width - 1)
