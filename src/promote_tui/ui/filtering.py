"""A page that says which sessions home lists: one team, one stage, one owner, one rating."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from promote_tui.session.stages import NUMBERED, SIGNS, STANDINGS
from promote_tui.session.text import number_of
from promote_tui.store.catalogue import Wanted
from promote_tui.ui.background import in_background
from promote_tui.ui.keys import key
from promote_tui.ui.plain import plain
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import columns, gap, note
from promote_tui.ui.widgets.bands import KeyHints, MessageLine, TitleLine
from promote_tui.ui.widgets.item_list import ItemList, Row

_LABELS = {
    "team": "Team",
    "stage": "Stage",
    "phase": "Part",
    "owner": "Owner",
    "rating": "Rating",
    "status": "Status",
}
"""What a list can be narrowed by, in the order of the page."""
_WORDS: dict[str, dict[str, str]] = {
    "stage": {str(stage): words for stage, words in NUMBERED.items()},
    "rating": {str(rating or "none"): words for rating, words in SIGNS.items()},
    "status": {str(status): words for status, words in STANDINGS.items()},
}
_PUT_AWAY = "put-away"


def words_of(what: str, value: str) -> str:
    """Return how a value reads on screen, such as ``■ Red``."""
    return _WORDS.get(what, {}).get(value, value)


def narrowed_by(wanted: Wanted) -> str:
    """Return by what a list is narrowed, beside the words that are searched for; empty when by nothing."""
    said = [words_of(what, value) for what in _LABELS if (value := getattr(wanted, what))]
    return ", ".join([*said, *(["put away"] if wanted.put_away else [])])


class Filtering(RoomScreen):
    """What the list of sessions can be narrowed by; Enter opens a row, and takes a value or gives it back.

    ``choices`` returns the values that one of them has and in how many sessions; ``narrow`` is called
    with what is wanted now, each time that it changes, and returns how many sessions are left.
    """

    INSTEAD: ClassVar[str] = "Enter opens and takes, Esc goes back."
    BINDINGS = [
        key("enter", "choose", "open, take", "see the values of a row; take one, or give it back"),
        key("x,delete", "clear", "clear", "narrow the list no more by this"),
        Binding("right", "choose", show=False),
        key("q,f,escape", "close", "back", "back to the sessions", shown="q"),
        key("b", "app.curtain", "curtain", "blank the screen at once", shown="b F2", footer=False),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(
        self,
        wanted: Wanted,
        choices: Callable[[str, Wanted], Sequence[tuple[str, int]]],
        narrow: Callable[[Wanted], int],
    ) -> None:
        super().__init__()
        self._wanted, self._choices, self._narrow = wanted, choices, narrow
        self._open, self._values, self._left = "", [("", 0)], -1

    def compose(self) -> ComposeResult:
        """Lay out title, list, message and keys."""
        yield TitleLine()
        yield MessageLine(id="rule")
        yield ItemList(id="filters")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show what the list is narrowed by now."""
        self.query_one(TitleLine).title = "Which sessions?"
        hints = self.hints_of_keys()
        self.query_one(KeyHints).show(hints[:-1], hints[-1])
        self.set_focus(self.active_list)
        self._take(self._wanted)

    @property
    def active_list(self) -> ItemList:
        """Return the list of what can be chosen."""
        return self.query_one("#filters", ItemList)

    def show(self) -> None:
        """Show each row with its value, and the values of the one that is open."""
        rows = []
        for what, label in _LABELS.items():
            value = getattr(self._wanted, what)
            rows.append(_row(what, label, words_of(what, value) if value else "all", bool(value)))
            if what == self._open:
                rows += [
                    _value_row(f"{what}={one}", words_of(what, one), count, one == value)
                    for one, count in self._values
                ] or [note("         Nothing to choose from yet.")]
        rows.append(_row(_PUT_AWAY, "Put away", "only those" if self._wanted.put_away else "no", False))
        left = number_of(self._left, "session") if self._left >= 0 else ""
        self.active_list.show([*rows, gap(), note(f"{left} in the list" if left else "")])

    def _take(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.show()
        self.in_turn("count", self._count)

    async def _count(self) -> None:
        self._left = await in_background(partial(self._narrow, self._wanted))
        self.show()

    async def _unfold(self, what: str) -> None:
        self._values = list(await in_background(partial(self._choices, what, self._wanted)))
        self._open = what
        self.show()

    @on(ItemList.Chosen)
    def chosen(self, event: ItemList.Chosen) -> None:
        """Open or close a row; take a value or give it back."""
        what, _, value = event.key.partition("=")
        if what == _PUT_AWAY:
            self._take(replace(self._wanted, put_away=not self._wanted.put_away))
        elif "=" in event.key:
            has = getattr(self._wanted, what) == value
            self._open, self.active_list.highlighted = "", what
            narrower: dict[str, Any] = {what: "" if has else value}
            self._take(replace(self._wanted, **narrower))
        elif what == self._open:
            self._open = ""
            self.show()
        elif what:
            self.in_turn("unfold", partial(self._unfold, what))

    def action_choose(self) -> None:
        """Open the highlighted row, or take its value."""
        self.active_list.action_choose()

    def action_clear(self) -> None:
        """Narrow the list no more by what the highlighted row says."""
        what = self.active_list.highlighted.partition("=")[0]
        self._open, self.active_list.highlighted = "", what
        cleared: dict[str, Any] = {"put_away": False} if what == _PUT_AWAY else {what: ""}
        self._take(replace(self._wanted, **cleared))

    def action_close(self) -> None:
        """Go back to the sessions; an open row is closed first by Escape alone."""
        self.app.pop_screen()

    @property
    def help_title(self) -> str:
        """Return what the help page is called."""
        return "Which sessions?"


def _row(key: str, label: str, words: str, strong: bool) -> Row:
    return Row(key, (label, words, strong), partial(_draw, label, words, strong))


def _draw(label: str, words: str, strong: bool, width: int) -> list[Content]:
    return columns([label, (words, "accent" if strong else "muted")], [10, width - 12])


def _value_row(key: str, words: str, count: int, taken: bool) -> Row:
    return Row(key, (words, count, taken), partial(_draw_value, words, count, taken))


def _draw_value(words: str, count: int, taken: bool, width: int) -> list[Content]:
    sessions = number_of(count, "session")
    sign = plain("●" if taken else "○", "accent" if taken else "muted")
    return columns(["", sign, words, (sessions, "muted")], [2, 1, width - 3 - 16 - 4, 14])
