"""The portfolio: all changes of all sessions. What is stuck, what works, what repeats, who is missing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from promote_tui.session.due import Due
from promote_tui.session.portfolio import Change, Portfolio, Source, portfolio
from promote_tui.session.portfolio_counts import Group, are_stuck
from promote_tui.session.saved import SavedSession
from promote_tui.session.text import number_of
from promote_tui.session.themes import Theme, themes
from promote_tui.session.year import Year, last_year
from promote_tui.store.library import Card, LibraryError
from promote_tui.ui import portfolio_rows
from promote_tui.ui.change_page import ChangePage
from promote_tui.ui.keys import key
from promote_tui.ui.portfolio_rows import QUESTIONS, VIEWS, Page, Target, View
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import note
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand, TitleLine
from promote_tui.ui.widgets.item_list import ItemList
from promote_tui.ui.widgets.view_line import ViewLine

_SAY_SECONDS = 0.25
"""Seconds between two words on how far reading is."""


@dataclass(frozen=True)
class _Read:
    """What was read: the portfolio, its last year, and its themes once they are found."""

    all: Portfolio
    year: tuple[Year, list[Year]]
    themes: list[Theme] | None = None


class PortfolioPage(RoomScreen):
    """All changes in six views; Enter on a number shows its changes, Enter on a change opens its session.

    ``saved`` yields the saved sessions and is called on a thread; ``open_path`` opens a file and returns
    why not, or nothing.
    """

    INSTEAD = "1 to 6 change the view, Esc goes back."
    help_title = "All changes"
    BINDINGS = [
        *(
            key(str(number), f"view('{view}')", name, f"go to {name}", footer=False)
            for number, (view, name) in enumerate(VIEWS.items(), 1)
        ),
        Binding("right,tab", "turn(1)", show=False),
        Binding("left,shift+tab", "turn(-1)", show=False),
        key("enter", "open", "open", "open what is highlighted: a change, or the changes of a number"),
        key("escape", "back", "back", "show all changes again, or go back to the sessions"),
        key("space", "closer", "closer", "all that is known of the highlighted change", shown="Space"),
        key("q", "close", "sessions", "go back to the sessions", footer=False),
        key("b", "app.curtain", "curtain", "blank the screen at once", shown="b F2", footer=False),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(
        self,
        saved: Callable[[], Iterable[tuple[Card, SavedSession]]],
        open_change: Callable[[Path, str, Due | None], Awaitable[str]],
    ) -> None:
        super().__init__()
        self._saved, self._open_change = saved, open_change
        self._view: View = "overview"
        self._only: list[Group] = []
        """Which changes are shown: those of all these groups."""
        self._read: _Read | None = None
        self._count = 0
        self._left = False
        self._targets: dict[str, Target] = {}
        self._highlights: dict[View, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out title, views, question, rows, message and keys."""
        yield TitleLine()
        yield ViewLine(VIEWS.items())
        yield MessageLine(id="rule")
        yield QuestionBand()
        yield ItemList(id="portfolio")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Say that all is being read."""
        self.query_one(TitleLine).title = "All changes"
        keys = self.hints_of_keys()
        self.query_one(KeyHints).show([Hint("1-6", "view", "turn(1)"), *keys[:-1]], keys[-1])
        self.query_one(ItemList).focus()
        self.show()
        self.set_interval(_SAY_SECONDS, self._say_how_far)
        self.run_worker(self._look(), exit_on_error=False)

    def on_unmount(self) -> None:
        """Stop reading."""
        self._left = True

    # ---- reading

    async def _look(self) -> None:
        """Read all sessions once: opening one of them leads away from this page."""
        today = self.room.today()
        try:
            read = await asyncio.to_thread(self._collect, today)
        except LibraryError as error:
            self._read = _Read(portfolio((), today), last_year((), today), [])
            self.refuse(str(error))
            self.show()
            return
        self._read = read
        self.say("")
        self.show()
        found = await asyncio.to_thread(themes, read.all)
        self._read = _Read(read.all, read.year, found)
        self.show()

    def _collect(self, today: date) -> _Read:
        """Return what the saved sessions say; a call for a thread, which ends early when nobody waits."""
        sources: list[Source] = []
        for card, saved in self._saved():
            if self._left:
                break
            sources.append(Source(str(card.path), saved, card.put_away))
            self._count = len(sources)
        found = portfolio(sources, today)
        return _Read(found, last_year(found.sources, today))

    def _say_how_far(self) -> None:
        if self._read is None and self._count:
            self.say(f"Reading… {number_of(self._count, 'session')} so far.")

    # ---- what is shown

    @property
    def is_ready(self) -> bool:
        """Say whether all has been read and looked at."""
        return self._read is not None and self._read.themes is not None

    @property
    def _shown(self) -> Portfolio:
        """Return the portfolio with only the changes that are asked for."""
        read = self._read
        assert read is not None  # noqa: S101 - shown only once it is read
        if not self._only:
            return read.all
        keys = set.intersection(*({one.key for one in group.changes} for group in self._only))
        return read.all.narrowed(lambda one: one.key in keys)

    def show(self) -> None:
        """Show the view that is chosen."""
        line, title, rows = self.query_one(ViewLine), self.query_one(TitleLine), self.query_one(ItemList)
        line.view = self._view
        band = self.query_one(QuestionBand)
        band.question = QUESTIONS[self._view]
        # the overview asks four questions of its own, and all four answers are to be seen at once
        band.display = bool(band.question)
        if self._read is None:
            rows.show([note("Reading…")])
            return
        shown = self._shown
        title.team = f"only: {', '.join(group.name for group in self._only)}" if self._only else ""
        sessions, changes = len(shown.sources), len(shown.changes)
        title.state = f"{number_of(sessions, 'session')}   {number_of(changes, 'change')}"
        line.counts = {"stuck": are_stuck(shown.changes), "changes": changes}
        page = self._page(shown, self._read)
        self._targets = page.targets
        rows.show(page.rows)

    def _page(self, shown: Portfolio, read: _Read) -> Page:
        match self._view:
            case "overview":
                return portfolio_rows.overview(shown, read.themes, read.year)
            case "stuck":
                return portfolio_rows.stalled(shown)
            case "counts":
                return portfolio_rows.counts(shown)
            case "themes":
                return portfolio_rows.repeating(read.themes, len(read.all.sources))
            case "voices":
                return portfolio_rows.voices(shown, read.year)
            case "changes":
                return portfolio_rows.changes(shown)

    # ---- keys

    def action_view(self, view: View) -> None:
        """Go to a view; where it was left, the highlight is still there."""
        rows = self.query_one(ItemList)
        self._highlights[self._view] = rows.highlighted
        self._view = view
        self.say("")
        self.show()
        rows.highlighted = self._highlights.get(view, "") or next(iter(self._targets), "")

    @on(ViewLine.Clicked)
    def view_clicked(self, event: ViewLine.Clicked) -> None:
        """Go to the view that was clicked."""
        self.action_view(cast("View", event.view))

    def action_turn(self, by: int) -> None:
        """Go to the next view, or the one before."""
        names = list(VIEWS)
        self.action_view(names[(names.index(self._view) + by) % len(names)])

    @property
    def _target(self) -> Target | None:
        return self._targets.get(self.query_one(ItemList).highlighted)

    @on(ItemList.Chosen)
    async def action_open(self) -> None:
        """Open the session of the highlighted change, or show the changes of the highlighted number."""
        if self.app.screen is not self:  # Enter pressed twice opens it once
            return
        target = self._target
        if isinstance(target, Change):
            await self.open(target)
        elif isinstance(target, Group):
            self._show_only(target)
        elif target and target != self._view:
            self.action_view(target)
        elif target:
            self.refuse("There is nothing to open here.")

    async def open(self, change: Change) -> None:
        """Open the session of a change."""
        due = change.next if change.next and change.next.day <= self.room.today() else None
        self.refuse(await self._open_change(Path(change.source.key), change.saved.promise.id, due))

    def _show_only(self, group: Group) -> None:
        if not group.changes:
            self.refuse("There is no such change.")
            return
        self._only.append(group)
        self.action_view("changes")
        self.query_one(ItemList).action_first()
        self.say(f"Only: {', '.join(one.name for one in self._only)}.   Esc shows more again.")

    def action_closer(self) -> None:
        """Show all that is known of the highlighted change."""
        target = self._target
        if isinstance(target, Change):
            self.app.push_screen(ChangePage(target, self.open))
        else:
            self.refuse("Highlight a change first. 6 lists them.")

    def action_back(self) -> None:
        """Show more changes again; when all are shown, go back to the sessions."""
        if self._only:
            self._only.pop()
            self.say("")
            self.show()
        else:
            self.action_close()

    def action_close(self) -> None:
        """Go back to the sessions."""
        self.dismiss()
