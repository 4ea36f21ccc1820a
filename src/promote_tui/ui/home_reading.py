"""What home shows, and how it is read: the catalogue at once, the folder behind it, passages, the preview."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from promote_tui.session.text import number_of
from promote_tui.store import durable
from promote_tui.store.library import Card, LibraryError
from promote_tui.ui.background import in_background
from promote_tui.ui.due_rows import all_promised, first_to_do, key_of, promised
from promote_tui.ui.home_typing import HomeTyping
from promote_tui.ui.rows import gap
from promote_tui.ui.session_rows import marked, nothing_yet, session_rows, sessions_title
from promote_tui.ui.widgets.bands import TitleLine
from promote_tui.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from textual.content import Content

    from promote_tui.session.due import Due, Standing
    from promote_tui.store.catalogue import Wanted

_FIRST = 100
"""Sessions that are shown before all of them are: more than fit any screen."""
_FOUND = 200
"""Most sessions that a search lists; the next word narrows it."""
_MOST_DUE = 300
"""Most promises that the page of all that is due lists."""
_SLOW_SECONDS = 1.5
"""From then on home says that it waits for the folder."""
_BESIDE = 100
"""Columns from which the preview stands beside the list without being asked for."""


@dataclass(frozen=True)
class _Shown:
    """What was read: the cards, how many there are in all, what is due, and how much of it."""

    cards: Sequence[Card] = ()
    found: int = 0
    total: int = 0
    dues: "Sequence[tuple[Card, Due]]" = ()
    counts: "dict[Standing, int]" = field(default_factory=dict)


class HomeReading(HomeTyping):
    """A screen that lists the sessions of a library: all of them, those with some words, of a team."""

    def __init__(self) -> None:
        super().__init__()
        self._read: _Shown | None = None
        """Nothing before the library was read for the first time."""
        self._reading = False
        """Whether the folder is being read: what is shown may be old."""
        self._reads = 0
        self._wanted: Wanted | None = None
        """Which sessions are listed; None: all of them."""
        self._searching = False
        self._waiting = 0
        self._progress = ""
        self._today = date.min
        self._all_due: Sequence[tuple[Card, Due]] = ()
        """All that is due, while that page is shown."""
        self._passages: dict[Path, Sequence[Content]] = {}
        self._previewing: bool | None = None
        """Whether the preview was asked for, or sent away; None: as the screen is wide."""
        self._seen: object = None
        """The session that was open when the library was shown last."""
        self._pointed: Path | None = None
        """The file that is to be highlighted when it is there."""

    @property
    def active_list(self) -> ItemList:
        """Return the list of sessions."""
        return self.query_one("#sessions", ItemList)

    @property
    def _cards(self) -> "Sequence[Card] | None":
        return self._read.cards if self._read else None

    @property
    def _dues(self) -> "Sequence[tuple[Card, Due]]":
        return self._all_due or (self._read.dues if self._read else ())

    def _card(self) -> Card | None:
        """Return the card of the highlighted row; that of something due is its session's."""
        key = self.active_list.highlighted
        of_due = next((card for card, due in self._dues if key_of(card, due) == key), None)
        return of_due or next((card for card in self._cards or [] if str(card.path) == key), None)

    # ---- reading

    def read(self) -> None:
        """Read the library on a thread and show it: what the catalogue knows at once, then the folder."""
        self._reading = True
        self._reads += 1
        self.in_turn("reading", partial(self._read_all, self._reads))

    async def _read_all(self, nth: int) -> None:
        try:
            await self._read_in_turn()
        finally:
            if nth == self._reads:
                self._reading = False

    async def _read_in_turn(self) -> None:
        library = self.room.library
        title = self.query_one(TitleLine)
        title.title = "PROMOTE: worked examples" if self.room.demo else "PROMOTE"
        title.state = "nothing is kept here" if self.room.demo else f"{library.folder}"
        self._today, trouble = self.room.today(), ""
        known = await in_background(self._ask_catalogue, _FIRST)
        if known.total:
            self._show_read(known)
        slow = self.set_timer(_SLOW_SECONDS, self._say_slow)
        try:
            await in_background(library.catalogue.refresh, self._tell_progress)
            await in_background(durable.sweep, library.folder, time.time())
            self._waiting = await in_background(library.waiting)
            trouble = await in_background(library.trouble)
        except LibraryError as error:
            trouble = str(error)
        slow.stop()
        self._progress = ""
        self._show_read(await in_background(self._ask_catalogue, None))
        if not self.is_attached:
            return
        if trouble:
            self.refuse(trouble)
        elif self.room.parting_words:
            self.say(self.room.parting_words)
        self.room.parting_words = ""
        self.call_after_refresh(self._look_for_work_left)

    def _ask_catalogue(self, most: int | None) -> _Shown:
        """Return what the catalogue knows now, at most so many sessions; called on a thread."""
        from promote_tui.store.catalogue import Wanted  # noqa: PLC0415 - after the first paint

        catalogue, wanted = self.room.library.catalogue, self._wanted or Wanted()
        cards = catalogue.cards(wanted, _FOUND if wanted.words else most)
        found = catalogue.count(wanted) if most or wanted.words else len(cards)
        total = catalogue.count(Wanted()) if wanted != Wanted() else found
        return _Shown(cards, found, total, catalogue.due(self._today, 60), catalogue.due_counts(self._today))

    def _tell_progress(self, done: int, of: int) -> None:
        """Say how far the reading has come, when it takes its time; called on a thread."""
        if of < _FIRST:
            return
        self.app.call_later(self._say_progress, f"reading {done:,} of {of:,}")

    def _say_progress(self, words: str) -> None:
        if self._reading and self.is_attached:
            self._progress = words
            if self._read and self._read.total:
                self.show()
            else:
                self.active_list.show([sessions_title(words)])

    def _say_slow(self) -> None:
        if not self._progress:
            self._say_progress("waiting for the folder")

    def _show_read(self, read: _Shown) -> None:
        if not self.is_attached:
            return
        self._read = read
        self._point_at_what_was_left()
        self.show()
        self.show_hints()

    def _point_at_what_was_left(self) -> None:
        """Highlight the session that the room comes from, or leave the highlight on what is due of it."""
        if self._pointed and any(card.path == self._pointed for card in self._cards or []):
            self.active_list.highlighted, self._pointed = str(self._pointed), None
        opened = self.room.opened
        if opened is None or opened is self._seen:
            return
        path = opened.saver.file.path
        if self._reading and not any(card.path == path for card in self._cards or []):
            return  # a new one: the folder is being read
        self._seen = opened
        rows, of_it = self.active_list, {key_of(card, due) for card, due in self._dues if card.path == path}
        now = rows.highlighted or first_to_do(self._dues, self._today)
        if now not in of_it and any(card.path == path for card in self._cards or []):
            rows.highlighted = str(path)

    def point_at(self, path: Path) -> None:
        """Highlight the session of a file, at once or when the library has been read."""
        self._pointed = path
        self.active_list.highlighted = str(path)

    def _look_for_work_left(self) -> None:
        self.in_turn("left", self.room.look_for_work_left)

    # ---- which sessions

    def _want(self, wanted: "Wanted | None") -> None:
        """List these sessions from now on."""
        self._wanted, self._all_due = wanted, ()
        self.in_turn("listing", self._list_anew)

    async def _list_anew(self) -> None:
        read = await in_background(self._ask_catalogue, None)
        self._passages = {}
        self._show_read(read)
        await self._find_passages()

    async def _find_passages(self) -> None:
        """Show where the words stand in the sessions that are found, the first ones first."""
        if not self._wanted or not self._wanted.words:
            return
        from promote_tui.store.passages import passages  # noqa: PLC0415 - only for a search

        words, cards = self._wanted.words, self._cards or []
        for start in range(0, len(cards), 10):
            some = cards[start : start + 10]
            for card in some:
                found = await in_background(passages, card.path, words, 3)
                self._passages[card.path] = [marked(one, words) for one in found if one != card.title]
            self.show()

    # ---- showing

    def show(self) -> None:
        """Show the sessions below what was promised, or all that is due, or what to do first."""
        read = self._read
        if read is None:
            return
        rows = self.active_list
        if self._all_due:
            more = len(self._all_due) - _MOST_DUE
            rows.show(all_promised(self._all_due[:_MOST_DUE], more, self._today))
        else:
            height = self.size.height
            some = bool(self._wanted)
            due = [] if some else promised(read.dues, read.counts, self._today, height)
            sessions = session_rows(read.cards, rows.size.width, self._passages if some else None)
            if not rows.highlighted:
                first = "" if some else first_to_do(read.dues, self._today)
                rows.highlighted = first or (sessions[0].key if sessions else "")
            nothing = [] if read.total or some else nothing_yet()
            rows.show([*due, sessions_title(self._found(read)), gap(), *(sessions or nothing)])
        self._show_preview()

    def _found(self, read: _Shown) -> str:
        """Return what stands above the sessions: how many, which, what is going on."""
        some, said = self._wanted, []
        if some:
            from promote_tui.ui.filtering import narrowed_by  # noqa: PLC0415 - only when it is narrowed

            words = [f"with “{some.words}”"] if some.words else []
            narrowed = ", ".join([*words, *filter(None, [narrowed_by(some)])])
            listed = f"the first {len(read.cards)} of " if len(read.cards) < read.found else ""
            said = [f"{listed}{number_of(read.found, 'session')} {narrowed}".strip(), "Esc shows all"]
        elif read.total:
            said = [number_of(read.total, "example" if self.room.demo else "session")]
            if self._waiting:
                said.append(f"{number_of(self._waiting, 'comment')} in the inbox")
        return "   ".join(filter(None, [*said, self._progress]))

    @property
    def _preview(self) -> bool:
        """Say whether the preview is to be seen."""
        wide = self.size.width >= _BESIDE if self._previewing is None else self._previewing
        return wide and not self._all_due and bool(self._read and self._read.cards)

    def _show_preview(self) -> None:
        """Show what is known of the highlighted session, if the preview is to be seen."""
        shelf = self.query_one("#shelf")
        shelf.set_class(self.size.width < _BESIDE, "-below")
        if not self._preview and not self.query("#preview"):
            return
        self.in_turn("preview", self._fill_preview)

    async def _fill_preview(self) -> None:
        from promote_tui.ui.preview import preview_rows  # noqa: PLC0415 - pydantic

        if not self.query("#preview"):
            pane = ItemList(id="preview")
            pane.can_focus = False
            await self.query_one("#shelf").mount(pane)
        pane = self.query_one("#preview", ItemList)
        pane.display = self._preview
        card = self._card()
        if not pane.display or card is None:
            pane.show([])
            return
        saved = await in_background(self.room.library.catalogue.saved_of, card.path)
        pane.show(preview_rows(card, saved, self._passages.get(card.path, ())))
        pane.scroll_to(y=0, animate=False)
