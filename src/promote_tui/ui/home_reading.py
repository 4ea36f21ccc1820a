"""How home is read: what the catalogue knows at once, then the folder, on threads that may hang."""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from promote_tui.store import durable
from promote_tui.store.library import LibraryError
from promote_tui.ui.background import in_background
from promote_tui.ui.due_rows import first_to_do, key_of
from promote_tui.ui.home_showing import HomeShowing, Read
from promote_tui.ui.session_rows import sessions_title
from promote_tui.ui.widgets.bands import TitleLine

if TYPE_CHECKING:
    from promote_tui.store.catalogue import Wanted

_FIRST = 100
"""Sessions that are shown before all of them are: more than fit any screen."""
_FOUND = 200
"""Most sessions that a search lists; the next word narrows it."""
_DUE = 60
"""Promises that are read for the lines above the sessions."""
_SLOW_SECONDS = 1.5
"""From then on home says that it waits for the folder."""
_AGAIN_SECONDS = 3.0
"""After that a folder that could not be read is tried again."""
_TELL_SECONDS = 0.3
"""How often home says how far the reading has come."""


def _load_what_comes_next() -> None:
    """Load what the next key may need: what is typed meanwhile would not arrive."""
    from promote_tui.ui.widgets import capture_line  # noqa: F401, PLC0415 - pydantic: not for the first paint


class HomeReading(HomeShowing):
    """A screen that reads a library whenever it comes into view."""

    def __init__(self) -> None:
        super().__init__()
        self._reads = 0
        self._reading = False
        """Whether the folder is being read: what is shown may be old."""
        self._told = 0.0
        self._all: Read | None = None
        """All sessions, as they were read last."""
        self._seen: object = None
        """The session that was open when the library was shown last."""
        self._pointed: Path | None = None
        """The file that is to be highlighted when it is there."""

    def read(self) -> None:
        """Read the library on a thread and show it: what the catalogue knows at once, then the folder."""
        self._reading = True
        self._reads += 1
        self.in_turn("reading", partial(self._read_all, self._reads))

    async def _read_all(self, nth: int) -> None:
        try:
            await self._read_in_turn()
        except Exception:  # what nobody thought of must not end the program in front of a room
            self._progress = ""
            self.show()
            self.refuse("The sessions could not be read just now. They are read again when home is.")
        finally:
            if nth == self._reads:
                self._reading = False

    async def _read_in_turn(self) -> None:
        library = self.room.library
        title = self.query_one(TitleLine)
        title.title = "PROMOTE: worked examples" if self.room.demo else "PROMOTE"
        title.state = "nothing is kept here" if self.room.demo else f"{library.folder}"
        if self._read is None:
            known = await in_background(self._ask_catalogue, _FIRST)
            if known.total:
                self._show_read(known)
        slow, trouble, changed = self.set_timer(_SLOW_SECONDS, self._say_slow), "", True
        try:
            changed = (await in_background(library.catalogue.refresh, self._tell_progress)).changed
            await in_background(durable.sweep, library.folder, time.time())
            self._waiting = await in_background(library.waiting)
            trouble = await in_background(library.trouble)
        except LibraryError as error:
            trouble = str(error)
            self.set_timer(_AGAIN_SECONDS, self.on_app_focus)
        slow.stop()
        self._progress = ""
        await self._list_anew(changed=changed)
        self._automatic = ""
        if not self.is_attached:
            return
        words = "   ".join(filter(None, [self.room.parting_words, trouble]))
        if trouble and trouble not in self.said:
            self.refuse(words)
        elif self.room.parting_words:
            self.say(words)
        self.room.parting_words = ""
        self.call_after_refresh(self.in_turn, "left", self.room.look_for_work_left)
        await in_background(_load_what_comes_next)

    def _ask_catalogue(self, most: int | None) -> Read:
        """Return what the catalogue knows now, at most so many sessions; called on a thread."""
        from promote_tui.store.catalogue import Wanted  # noqa: PLC0415 - after the first paint

        catalogue, wanted, today = self.room.library.catalogue, self._wanted or Wanted(), self.room.today()
        most = _FOUND if wanted.words else most
        cards = catalogue.cards(wanted, most)
        whole = most is None or len(cards) < most
        found = len(cards) if whole else catalogue.count(wanted)
        if self._wanted and self._read:  # a search: what is due is not shown
            before = self._read
            return Read(today, wanted, cards, whole, found, before.total, before.dues, before.counts)
        total = catalogue.count() if self._wanted else found
        dues, counts = catalogue.due(today, _DUE), catalogue.due_counts(today)
        return Read(today, wanted, cards, whole, found, total, dues, counts)

    # ---- how far it has come

    def _tell_progress(self, done: int, of: int) -> None:
        """Say how far the reading has come, when it takes its time; called on a thread."""
        if of < _FIRST:
            return
        if not done:  # the newest, or every one, is listed by its first lines now
            self.app.call_later(self._say_progress, f"reading {of:,} sessions")
            self.app.call_later(self.in_turn, "listing", self._list_anew)
        elif time.monotonic() > self._told + _TELL_SECONDS:
            self._told = time.monotonic()
            self.app.call_later(self._say_progress, f"reading {done:,} of {of:,}")

    def _say_progress(self, words: str) -> None:
        if self._reading and self.is_attached:
            self._progress, self._automatic = words, ""  # what is found from now on moves no highlight
            if self._read and self._read.total:
                self.show()
            else:
                self.active_list.show([sessions_title(words)])

    def on_app_focus(self) -> None:
        """Read the folder again when the room comes back to this window."""
        if self.app.screen is self and not self._reading:
            self.read()

    def _say_slow(self) -> None:
        if not self._progress:
            self._say_progress("waiting for the folder")

    # ---- which sessions

    def want(self, wanted: "Wanted | None") -> None:
        """List these sessions from now on; None: all of them."""
        self._wanted, self._all_due, self._passages = wanted, (), {}
        self.in_turn("listing", partial(self._list_anew, changed=self._reading))

    async def _list_anew(self, *, changed: bool = True) -> None:
        """List what is wanted as the catalogue knows it now, unless that is shown already."""
        from promote_tui.store.catalogue import Wanted  # noqa: PLC0415 - after the first paint

        now = (self.room.today(), self._wanted or Wanted())
        known = [
            one for one in (self._read, self._all) if one and one.whole and (one.today, one.wanted) == now
        ]
        read = known[0] if known and not changed else None
        if changed:
            self._all = None
        if read is None:
            read = await in_background(self._ask_catalogue, None)
            if self._all_due:
                self._all_due = await in_background(self.room.library.catalogue.due, read.today)
        if read.whole and not self._wanted:
            self._all = read
        self._show_read(read)

    def _show_read(self, read: Read) -> None:
        if not self.is_attached:
            return
        self._read = read
        self._point_at_what_was_left()
        self.show()
        self.show_hints()

    def _point_at_what_was_left(self) -> None:
        """Highlight the session that the room comes from, or leave the highlight on what is due of it."""
        there = self._read.by_key if self._read else {}
        if self._pointed and str(self._pointed) in there:
            self.active_list.highlighted, self._pointed = str(self._pointed), None
        opened = self.room.opened
        if opened is None or opened is self._seen:
            return
        path = opened.saver.file.path
        if self._reading and str(path) not in there:
            return  # a new one: the folder is being read
        self._seen = opened
        rows, of_it = self.active_list, {key_of(card, due) for card, due in self._dues if card.path == path}
        today = self._read.today if self._read else self.room.today()
        now = rows.highlighted or first_to_do(self._dues, today)
        if now not in of_it and str(path) in there:
            rows.highlighted = str(path)

    def point_at(self, path: Path) -> None:
        """Highlight the session of a file, at once or when the library has been read."""
        self._pointed = path
        self.active_list.highlighted = str(path)
