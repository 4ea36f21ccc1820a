"""The page on which sessions come in from a folder or a .zip: how far it is, then what became of each."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from promote_tui.store.library import LibraryError
from promote_tui.store.taking_in import Became, Found, Report, take_in
from promote_tui.ui.background import in_background
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import columns, gap, heading, note, warned
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand
from promote_tui.ui.widgets.item_list import ItemList, Row

_MOST_ROWS = 200
"""Rows of files that are shown; the sentences above them count all."""
_LOOK_SECONDS = 0.2
_WORDS: dict[Became, tuple[str, str]] = {
    "taken": ("taken in", ""),
    "newer": ("newer than yours: lies beside it", ""),
    "older": ("older than yours: lies beside it", ""),
    "conflict": ("not the same as yours: lies beside it", ""),
    "not taken": ("not taken in", "warn"),
    "same": ("here already", "muted"),
    "not a session": ("no session", "muted"),
}
"""What the room reads for each, in the order of the list, and its style."""


class TakingIn(RoomScreen, ModalScreen[None]):
    """Takes sessions in, and shows what became of each; Esc stops it, then goes back.

    ``point_at`` is called with the file of the session that is chosen with Enter.
    """

    INSTEAD = "Esc goes back."
    BINDINGS = [Binding("escape,q", "close", show=False)]

    def __init__(self, source: Path, point_at: Callable[[Path], object]) -> None:
        super().__init__()
        self._source, self._point_at = source, point_at
        self._stop = threading.Event()
        self._counts = (0, 0)
        self._report: Report | None = None

    def compose(self) -> ComposeResult:
        """Lay out what is asked, the files and the keys."""
        yield QuestionBand()
        yield ItemList(id="files")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin; the page need not wait for it."""
        self.query_one(QuestionBand).question = f"Sessions from {self._source.name or self._source}"
        self.query_one(KeyHints).show([], Hint("Esc", "stop", "close"))
        self.query_one(ItemList).focus()
        self._say_how_far()
        self.set_interval(_LOOK_SECONDS, self._say_how_far)
        self.run_worker(self._take_in(), exit_on_error=False)

    def on_unmount(self) -> None:
        """Stop after the file at hand: the program is left."""
        self._stop.set()

    async def _take_in(self) -> None:
        library, now = self.room.library, self.room.now()
        trouble = ""
        try:
            self._report = await in_background(take_in, self._source, library, now, self._count, self._stop)
        except LibraryError as error:
            self._report, trouble = Report(), str(error)
        self.say("")
        if trouble:
            self.query_one(ItemList).show([warned(trouble)])
        else:
            self._show(self._report)
        taken = [Hint("Enter", "go to it", "choose")] if self._report.taken else []
        self.query_one(KeyHints).show([*taken, Hint("↑↓", "walk", "walk")], Hint("Esc", "back", "close"))

    def _count(self, done: int, of: int) -> None:
        """Remember how far it is; called on another thread."""
        self._counts = (done, of)

    def _say_how_far(self) -> None:
        if self._report is None:
            done, of = self._counts
            how_far = f"{done} of {of} files" if of else "looking"
            self.say(f"Taking sessions in: {how_far}…   Esc stops")

    def _show(self, report: Report) -> None:
        rows: list[Row] = [heading("What came of it"), *map(note, report.sentences(naming=False))]
        found = sorted(report.found, key=lambda one: list(_WORDS).index(one.became))
        if found:
            rows += [gap(), heading("Files")]
        rows += [_row(number, one) for number, one in enumerate(found[:_MOST_ROWS])]
        if len(found) > _MOST_ROWS:
            rows.append(note(f"and {len(found) - _MOST_ROWS} more"))
        self._rows = found[:_MOST_ROWS]
        self.query_one(ItemList).show(rows)

    @on(ItemList.Chosen)
    def action_choose(self) -> None:
        """Go back to home, to the session of the highlighted file."""
        key = self.query_one(ItemList).highlighted
        found = self._rows[int(key)] if key else None
        if found is None or found.path is None:
            self.refuse("Nothing of this file was taken in.")
            return
        self._point_at(found.path)
        self.dismiss()

    def action_walk(self) -> None:
        """Highlight the next row."""
        self.query_one(ItemList).action_down()

    def action_close(self) -> None:
        """Stop taking in, or go back once it has ended."""
        if self._report is None:
            self._stop.set()
            self.say("Stopping after this file…")
        else:
            self.dismiss()


def _row(number: int, found: Found) -> Row:
    return Row(str(number), (found,), partial(_draw, found))


def _draw(found: Found, width: int) -> list[Content]:
    words, style = _WORDS[found.became]
    name = max(16, width // 2)
    told = f"{words}: {found.why}" if found.why else words
    return columns([found.name, (told, style)], [name, max(10, width - name - 3)])
