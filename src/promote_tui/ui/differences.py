"""The page of what differs between a session now and another state of it: take it over, or go back."""

from collections.abc import Callable
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from promote_tui.session.differences import IN_ORDER, Difference, What, differences
from promote_tui.session.edits.taking_over import as_it_was, take_over, take_over_all
from promote_tui.session.model import Session
from promote_tui.ui.keys import key
from promote_tui.ui.plain import plain
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import Cell, columns, gap, heading, note
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand
from promote_tui.ui.widgets.item_list import ItemList, Row

_HEADINGS: dict[What, str] = {
    "only there": "Only there: missing here",
    "different": "Different",
    "only here": "Only here",
}
_WIDE = 76
"""Columns from which the keys have room to be told in full."""
COPY = "C goes on in a copy of it."
"""What is offered where nothing can be taken over."""


class DifferencesPage(RoomScreen, ModalScreen[None]):
    """What differs between now and another state; Enter takes one thing over.

    ``name`` says which state it is, ``now`` returns the session as it is. With a sentence in
    ``why_not`` nothing can be taken over, and ``go_on`` is called when a copy of the state is wanted; None
    where nothing is to be written.
    """

    INSTEAD = "Esc goes back."
    BINDINGS = [
        Binding("escape,q,V", "close", show=False),
        key("A", "all", "all missing", "take over all that is missing here"),
        key("B", "whole", "back to it", "go back to this state as a whole"),
        key("u,ctrl+z", "undo", "undo", "take the last change back"),
        key("U,ctrl+y", "redo", "redo", "do again what was taken back"),
        key("C", "copy", "go on in a copy", "write this state to a new file and go on there"),
    ]

    def __init__(
        self,
        name: str,
        there: Session,
        now: Callable[[], Session],
        why_not: str,
        go_on: Callable[[Session], object] | None,
    ) -> None:
        super().__init__()
        self._called, self._there, self._now = name, there, now
        self._why_not, self._go_on = why_not, go_on
        self._found: dict[str, Difference] = {}

    def compose(self) -> ComposeResult:
        """Lay out the question, the differences and the keys."""
        yield QuestionBand()
        yield ItemList(id="differences")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show what differs."""
        ask = "what differs?" if self._why_not else "what do you want back?"
        self.query_one(QuestionBand).question = f"Now, and {self._called}: {ask}"
        self.query_one(ItemList).focus()
        self.show()
        self.refuse(self._why_not)

    def on_resize(self) -> None:
        """Name the keys as fully as there is room."""
        wide = self.size.width >= _WIDE
        take = [
            Hint("Enter", "take over" if wide else "take", "take"),
            Hint("A", "all missing" if wide else "missing", "all"),
            Hint("B", "all as it was" if wide else "all", "whole"),
            Hint("u", "undo", "undo"),
        ]
        copy = [Hint("C", "go on in a copy of it" if wide else "go on in a copy", "copy")]
        copy = copy if self._go_on else [Hint("↑↓", "walk", "walk")]
        self.query_one(KeyHints).show(copy if self._why_not else take, Hint("Esc", "back", "close"))

    def show(self) -> None:
        """Show what differs now, what is missing first."""
        found = differences(self._now(), self._there)
        self._found = {one.id: one for one in found}
        rows: list[Row] = []
        for what in IN_ORDER:
            some = [one for one in found if one.what == what]
            if some:
                rows += [gap()] if rows else []
                rows += [heading(_HEADINGS[what], str(len(some)))]
                rows += [Row(one.id, (one,), partial(_draw, one)) for one in some]
        self.query_one(ItemList).show(rows or [note("Nothing differs. This is how it is now.")])

    @on(ItemList.Chosen)
    def action_take(self) -> None:
        """Take the highlighted thing over."""
        one = self._found.get(self.query_one(ItemList).highlighted)
        if one is None:
            self.refuse("There is nothing to take over.")
        else:
            edit = partial(take_over, there=self._there, difference=one)
            self._edit(f"take over {one.kind}", edit, "Taken over")

    def action_all(self) -> None:
        """Take over all that is missing."""
        edit = partial(take_over_all, there=self._there)
        self._edit("take over all that was missing", edit, "All that was missing is here")

    def action_whole(self) -> None:
        """Go back to this state as a whole."""
        edit = partial(as_it_was, there=self._there)
        self._edit(f"go back to {self._called}", edit, "All is as it was")

    def _edit(self, words: str, change: Callable[[Session], Session], done: str) -> None:
        if self._why_not:
            self.refuse(f"{self._why_not} {COPY}" if self._go_on else self._why_not)
            return
        why = self.room.edit(words, change)
        self.show()
        if why:
            self.refuse(why)
        else:
            self.say(f"{done}.   u undo")

    def action_undo(self) -> None:
        """Take the last change back."""
        self._travel(self.room.action_undo)

    def action_redo(self) -> None:
        """Do the change again that was taken back last."""
        self._travel(self.room.action_redo)

    def _travel(self, go: Callable[[], None]) -> None:
        if self._why_not:
            self.refuse(self._why_not)
            return
        go()
        self.show()
        self.say(self.room.stage_screen.said)

    def action_copy(self) -> None:
        """Go on in a copy, where nothing can be taken over."""
        if not self._why_not:
            self.refuse("No copy is needed. B brings all of it back, and u undoes that.")
            return
        if self._go_on is None:
            self.refuse(self._why_not)
            return
        self.dismiss()
        self.app.call_later(self._go_on, self._there)

    def action_walk(self) -> None:
        """Highlight the next row."""
        self.query_one(ItemList).action_down()

    def action_close(self) -> None:
        """Go back to the earlier versions."""
        self.dismiss()


def _draw(one: Difference, width: int) -> list[Content]:
    """Draw a difference: what it is, its words, and each field that is not the same."""
    kind = 22 if width >= _WIDE else 16
    rest = width - kind - 2
    changed = one.here != one.there and one.what == "different" and not one.details
    words = "" if changed else one.there or one.here
    lines = columns([(one.kind, "muted"), (words, "strong")], [kind, rest])
    if one.under:
        lines += columns(["", (f"of the change “{one.under}”", "muted")], [kind, rest])
    pairs = [("", one.here, one.there)] if changed else []
    pairs += [(field.label, field.here, field.there) for field in one.details]
    for label, here, there in pairs:
        for name, side, said in ((f"  {label}", "now", here), ("", "there", there)):
            cells: list[Cell] = [
                (name, "muted"),
                (side, "muted"),
                plain(said) if said else plain("nothing", "muted"),
            ]
            lines += columns(cells, [kind, 5, rest - 7])
    return lines
