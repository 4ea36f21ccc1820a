"""The views of a page in a line, each with its number, where the room is marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from promote_tui.ui.plain import assembled

_WIDE = 72


class ViewLine(Widget):
    """The views in a line, each with its number; click one to go there."""

    view: reactive[str] = reactive("")
    counts: reactive[Mapping[str, int]] = reactive(dict[str, int])
    """How much there is in a view; narrow screens leave it out."""

    def __init__(self, views: Iterable[tuple[str, str]]) -> None:
        """Take the views: each with its name."""
        super().__init__()
        self._views = tuple(views)

    @dataclass
    class Clicked(Message):
        """A view was clicked."""

        view: str

    def _pieces(self) -> list[tuple[str, str, str]]:
        wide = self.size.width >= _WIDE
        pieces: list[tuple[str, str, str]] = []
        for number, (view, name) in enumerate(self._views, 1):
            count = f" {self.counts[view]}" if wide and view in self.counts else ""
            said = f"{number} {name.upper() if view == self.view else name}{count}"
            pieces.append((view, said, ".here" if view == self.view else ".muted"))
        return pieces

    @property
    def _gap(self) -> int:
        return 2 if self.size.width >= _WIDE else 1

    def render(self) -> Content:
        """Draw the views."""
        return Content(" " * self._gap).join(assembled((said, style)) for _, said, style in self._pieces())

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked view."""
        x = event.x - self.gutter.left
        for view, said, _ in self._pieces():
            if 0 <= x < len(said):
                self.post_message(self.Clicked(view))
            x -= len(said) + self._gap
