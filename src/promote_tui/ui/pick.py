"""A page of choices over a stage: Enter takes and gives back, as many as are wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from promote_tui.ui.plain import plain
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import Cell, columns, heading
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand
from promote_tui.ui.widgets.item_list import ItemList, Row


@dataclass(frozen=True)
class Choice:
    """Something that can be picked; without a key it is the heading of those that follow."""

    key: str
    words: str
    note: str = ""
    picked: bool = False


_SIGNS = "123456789abcdfghjklmnoprstuvwxz"
"""Keys that pick the first choices at once: all that close nothing."""


class Pick(RoomScreen, ModalScreen[None]):
    """Choices to pick from; ``turn`` picks one or gives it back, and returns why not.

    ``changed`` is how often that was done.
    """

    INSTEAD = "Enter takes and gives back, Esc is done."
    BINDINGS = [
        Binding("escape,q,y,e", "close", show=False),
        Binding("space", "turn", show=False),
        *(Binding(f"{sign},alt+{sign}", f"pick({n})", show=False) for n, sign in enumerate(_SIGNS)),
    ]

    def __init__(
        self, question: str, choices: Callable[[], Sequence[Choice]], turn: Callable[[str], str]
    ) -> None:
        super().__init__()
        self._question, self._choices, self._turn = question, choices, turn
        self.changed = 0

    def compose(self) -> ComposeResult:
        """Lay out the question, the choices and the keys."""
        yield QuestionBand()
        yield ItemList(id="choices")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show the choices."""
        self.query_one(QuestionBand).question = self._question
        keys = [
            Hint("Enter", "take, give back", "turn"),
            Hint("↑↓", "walk", "walk"),
            Hint("1-9 a-z", "take at once", "turn"),
        ]
        self.query_one(KeyHints).show(keys, Hint("Esc", "done", "close"))
        self.show()
        self.query_one(ItemList).focus()

    def show(self) -> None:
        """Show what is picked now."""
        signs = iter(_SIGNS)
        rows: list[Row] = []
        for choice in self._choices():
            if choice.key:
                of = (choice, next(signs, ""))
                rows.append(Row(choice.key, of, partial(_draw, *of)))
            else:
                rows.append(heading(choice.words))
        self.query_one(ItemList).show(rows)

    @on(ItemList.Chosen)
    def chosen(self, event: ItemList.Chosen) -> None:
        """Pick, or give back."""
        why = self._turn(event.key) if event.key else ""
        self.changed += not why
        self.refuse(why)
        self.show()

    def action_turn(self) -> None:
        """Pick the highlighted choice, or give it back."""
        self.query_one(ItemList).action_choose()

    def action_pick(self, place: int) -> None:
        """Pick, or give back, the choice at a place, counting from 0."""
        keys = [choice.key for choice in self._choices() if choice.key]
        if place < len(keys):
            self.query_one(ItemList).highlighted = keys[place]
            self.action_turn()

    def action_walk(self) -> None:
        """Highlight the next choice."""
        self.query_one(ItemList).action_down()

    def action_close(self) -> None:
        """Go back to the stage."""
        self.dismiss()


def _draw(choice: Choice, sign: str, width: int) -> list[Content]:
    box = plain("[■]", "accent") if choice.picked else plain("[ ]", "muted")
    cells: list[Cell] = [(sign, "key"), box, choice.words, (choice.note, "muted")]
    return columns(cells, [1, 3, width - 22, 12 if choice.note else 0], 1)
