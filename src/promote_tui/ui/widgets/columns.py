"""Lists side by side; on a narrow screen one at a time, the others as tabs with their counts."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from promote_tui.ui.plain import assembled
from promote_tui.ui.widgets.item_list import ItemList

Title = tuple[str, str]
"""What a column is called, and a quiet note such as its count."""


class ColumnTitle(Widget):
    """The title of one column; click it to go there."""

    title: reactive[Title] = reactive(("", ""), layout=True)

    def render(self) -> Content:
        """Draw the title."""
        name, note = self.title
        return assembled((name, ".strong"), (f"  {note}" if note else "", ".muted"))

    def on_click(self) -> None:
        """Go to this column's list."""
        if self.parent is not None:
            self.parent.query_one(ItemList).focus()


class Tabs(Widget):
    """All titles in one line, the column that is shown in the accent colour."""

    titles: reactive[Sequence[Title]] = reactive[Sequence[Title]]((), layout=True)
    here: reactive[int] = reactive(0)

    def _pieces(self) -> list[str]:
        marks = ["►" if place == self.here else "" for place in range(len(self.titles))]
        return [
            " ".join(part for part in (mark, name, note) if part)
            for mark, (name, note) in zip(marks, self.titles, strict=True)
        ]

    def render(self) -> Content:
        """Draw the titles."""
        parts: list[tuple[str, str]] = []
        for place, text in enumerate(self._pieces()):
            if parts:
                parts.append((" │ ", ".line"))
            parts.append((text, ".here" if place == self.here else ".muted"))
        return assembled(*parts)

    def on_click(self, event: events.Click) -> None:
        """Show the clicked column."""
        x = event.x - self.gutter.left
        for place, text in enumerate(self._pieces()):
            if 0 <= x < len(text) and isinstance(self.parent, Columns):
                self.parent.go_to(place)
            x -= len(text) + 3


class Columns(Vertical):
    """Lists side by side. ``narrow`` is the width in characters below which one has the room."""

    BINDINGS = [
        Binding("tab", "next(1)", show=False),
        Binding("shift+tab", "next(-1)", show=False),
        Binding("left", "column(-1)", show=False),
        Binding("right", "column(1)", show=False),
    ]

    def __init__(self, *ids: str, narrow: int, weighted: bool = False) -> None:
        super().__init__()
        self._ids = ids
        self._narrow = narrow
        self.set_class(weighted, "-weighted")
        self.here = 0
        self._alone = False

    def compose(self) -> ComposeResult:
        """Lay out the tabs, and each column with its title."""
        yield Tabs()
        with Horizontal(classes="columns"):
            for id in self._ids:
                with Vertical(classes="column"):
                    yield ColumnTitle()
                    yield ItemList(id=id)

    def on_mount(self) -> None:
        """Mark the first column."""
        self._mark()

    def show_titles(self, *titles: Title) -> None:
        """Show what the columns are called and hold."""
        self.query_one(Tabs).titles = titles
        for widget, title in zip(self.query(ColumnTitle), titles, strict=True):
            widget.title = title

    def leave_alone(self, *, alone: bool) -> None:
        """Give the first column the whole room, without a title, or show them all."""
        self._alone = alone
        self.set_class(alone, "-alone")
        if alone and self.here:
            self.go_to(0, focus=self.has_focus_within)

    @property
    def _last(self) -> int:
        return 0 if self._alone else len(self._ids) - 1

    def goes_on(self, by: int) -> bool:
        """Say whether there is one more column at the right (1) or left (-1)."""
        return 0 <= self.here + by <= self._last

    @property
    def active_list(self) -> ItemList:
        """Return the list of the column that keys work on."""
        return list(self.query(ItemList))[self.here]

    def go_to(self, place: int, *, focus: bool = True) -> None:
        """Make another column the one that keys work on; places count from 0 and stop at the ends."""
        self.here = max(0, min(self._last, place))
        self._mark()
        if focus:
            self.active_list.focus()

    def action_column(self, by: int) -> None:
        """Go to the column at the right (1) or left (-1)."""
        self.go_to(self.here + by)

    def action_next(self, by: int) -> None:
        """Go to the next column, after the last one on to typing."""
        if self.goes_on(by):
            self.go_to(self.here + by)
        elif not self.screen.query_one("#typing").can_focus:  # nothing is typed: round to the other end
            self.go_to(0 if by > 0 else self._last)
        elif by > 0:
            self.screen.focus_next("#typing")
        else:
            self.screen.focus_previous("#typing")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the focus."""
        if event.widget.id in self._ids:
            self.here = self._ids.index(event.widget.id)
            self._mark()

    def _mark(self) -> None:
        self.query_one(Tabs).here = self.here
        for found in self.query(ItemList):
            found.refresh()  # only the list that keys work on shows where they do
        for place, column in enumerate(self.query(".column")):
            column.set_class(place == self.here, "-here")
            column.set_class(place > 0, "-later")

    def on_resize(self, event: events.Resize) -> None:
        """Show the columns side by side, or one at a time."""
        self.set_class(event.size.width < self._narrow, "-narrow")
