"""A list of items drawn line by line, as long as you like: highlight, click, scroll, never recompose."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

_A_FEW = 5
"""Lines that an arrow scrolls within an item taller than the list."""
_MOST_DRAWN = 2_000
"""Rows kept as they were drawn, though they may not be in the list any more."""


class Row(NamedTuple):
    """One item of a list: its key, what it shows, and how that is drawn at a width.

    ``of`` decides whether a row has to be drawn again: rows whose ``of`` is equal look equal.
    A row with an empty key is a heading or a gap, and cannot be highlighted.
    """

    key: str
    of: tuple[object, ...]
    draw: Callable[[int], Sequence[Content]]
    turns: bool = False
    """Whether Left and Right turn it: a choice."""
    lines: int = 0
    """How many lines it takes, where that is known beforehand: such a row is drawn when it is first seen.

    A list of thousands needs that. 0 is any other row.
    """


class ItemList(ScrollView, can_focus=True):
    """Rows with one highlighted; posts ``Highlighted`` and, on Enter or a second click, ``Chosen``."""

    BINDINGS = [
        Binding("up", "up", show=False),
        Binding("down", "down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("enter", "choose", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
    ]
    COMPONENT_CLASSES = {"item-list--here", "item-list--marker"}
    _GUTTER = 2

    highlighted: reactive[str] = reactive("", repaint=False)
    """The key of the highlighted row; empty when there is none."""

    @dataclass
    class Highlighted(Message):
        """Another row is highlighted."""

        list: "ItemList"
        key: str

    @dataclass
    class Chosen(Message):
        """Enter, or a click on the row that is highlighted already."""

        list: "ItemList"
        key: str

    @dataclass
    class Turned(Message):
        """Left or Right on a row that turns."""

        list: "ItemList"
        key: str
        by: int

    @dataclass
    class Paged(Message):
        """Page Up or Page Down in a list that shows the fields of one item: the next item is meant."""

        by: int

    def __init__(self, *, id: str, of_one_item: bool = False) -> None:
        super().__init__(id=id)
        self.of_one_item = of_one_item
        self.rows: list[Row] = []
        self._drawn: dict[tuple[str, int], tuple[tuple[object, ...], Sequence[Content]]] = {}
        self._starts: list[int] = [0]
        self._place: dict[str, int] = {}
        self._width = 0

    # ---- what is shown

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the highlight stays on its item, or on its neighbour when it is gone."""
        old = self._place.get(self.highlighted, 0)
        self.rows = list(rows)
        self._place = {row.key: number for number, row in enumerate(self.rows) if row.key}
        self._lay_out()
        if self.highlighted not in self._place:
            self.highlighted = self._nearest(old)
        self.scroll_to_highlight()

    def redraw(self, rows: Sequence[Row]) -> None:
        """Show other words in some of the rows that are there, by their keys; nothing moves.

        They take as many lines as before.
        """
        for row in rows:
            if (place := self._place.get(row.key)) is not None:
                self.rows[place] = row
        self.refresh()

    def _nearest(self, place: int) -> str:
        keys = [row.key for row in self.rows[: place + 1] if row.key]
        after = [row.key for row in self.rows[place : place + 50] if row.key]
        return after[0] if after else keys[-1] if keys else next(iter(self._place), "")

    def _lay_out(self) -> None:
        """Work out on which line each row starts; only rows that changed are drawn again."""
        self._width = max(10, self.scrollable_content_region.width or self.size.width or 40)
        line, starts = 0, [0]
        for number, row in enumerate(self.rows):
            line += row.lines or len(self._lines_of(number))
            starts.append(line)
        self._starts = starts
        if len(self._drawn) > _MOST_DRAWN:
            self._drawn = {
                slot: kept for slot, kept in self._drawn.items() if slot[0] in self._place or not slot[0]
            }
        self._fit()
        self.refresh()

    def _lines_of(self, number: int) -> Sequence[Content]:
        """Return the lines of a row, drawn again only when it changed."""
        row = self.rows[number]
        slot, of = (row.key, 0 if row.key else number), (self._width, *row.of)
        kept = self._drawn.get(slot)
        if kept is None or kept[0] != of:
            lines = list(row.draw(self._width - self._GUTTER))
            if row.lines:
                lines = [*lines, *[Content("")] * row.lines][: row.lines]
            kept = self._drawn[slot] = of, lines or ([Content("")] if row.key else [])
        return kept[1]

    def _fit(self) -> None:
        """Leave room below the last row for a whole item to stand at the top when scrolled to the end."""
        lines, height = self._starts[-1], self.size.height
        if lines > height > 0:
            lines = self._starts[bisect_left(self._starts, lines - height)] + height
        self.virtual_size = Size(self._width, lines)

    def on_resize(self) -> None:
        """Draw anew for another width, keeping the highlight in view."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()
        self._fit()
        self.scroll_to_highlight()

    def notify_style_update(self) -> None:
        """Draw anew when the theme changes."""
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        line = y + self.scroll_offset.y
        base = self.visual_style
        width = self.size.width
        if self.scrollable_content_region.width != self._width:
            self.call_later(self.on_resize)
        if line >= self._starts[-1]:
            return Strip.blank(width, base.rich_style)
        number = bisect_right(self._starts, line) - 1
        row, first = self.rows[number], line == self._starts[number]
        here = bool(row.key) and row.key == self.highlighted
        content = self._lines_of(number)[line - self._starts[number]]
        if here and self.has_focus and (first or content.plain):
            base = self.get_visual_style("item-list--here")
        marker = ""
        if here and first and (self.has_focus or getattr(self.screen, "active_list", self) is self):
            marker = "►" if self.has_focus else "·"
        marker_style = base + self.get_visual_style("item-list--marker", partial=True)
        segments = [Segment(marker.ljust(self._GUTTER), marker_style.rich_style)]
        segments += [
            Segment(text, style.rich_style) for text, style in content.render(base, "", self._role_style)
        ]
        return Strip(segments).adjust_cell_length(width, base.rich_style)

    def _role_style(self, role: str | Style) -> Style:
        return role if isinstance(role, Style) else self.screen.get_visual_style(role, partial=True)

    # ---- the highlight

    def watch_highlighted(self, old: str, new: str) -> None:
        """Repaint and tell the screen."""
        if old != new:
            for key in (old, new):
                if (number := self._place.get(key)) is not None:
                    self.refresh_lines(self._starts[number], self._starts[number + 1] - self._starts[number])
            self.scroll_to_highlight()
            self.post_message(self.Highlighted(self, new))

    def scroll_to_highlight(self) -> None:
        """Bring the highlighted row into view."""
        number = self._place.get(self.highlighted)
        if number is None:
            return
        top, bottom = self._starts[number], self._starts[number + 1]
        if not any(row.key for row in self.rows[:number]):
            top = 0
        height, line = self.size.height, self.scroll_offset.y
        if bottom > line + height:
            # a whole item stands at the top of the list, not the end of one
            line = self._starts[bisect_left(self._starts, bottom - height)]
        self.scroll_to(y=min(line, top), animate=False, force=True, immediate=True)

    def centre_highlight(self) -> None:
        """Bring the highlighted row to the middle, where what is around it can be seen too."""
        number = self._place.get(self.highlighted)
        if number is not None:
            middle = (self._starts[number] + self._starts[number + 1]) // 2
            self.scroll_to(
                y=max(0, middle - self.size.height // 2), animate=False, force=True, immediate=True
            )

    def highlight_last(self) -> None:
        """Highlight the newest item."""
        self.highlighted = next(reversed(self._place), "")

    def _step(self, by: int) -> None:
        keys = list(self._place)
        if not keys:
            return
        here = keys.index(self.highlighted) if self.highlighted in self._place else 0
        self.highlighted = keys[max(0, min(len(keys) - 1, here + by))]

    def _scrolled(self, by: int, lines: int) -> bool:
        """Scroll within the highlighted item when more of it than fits is out of view; say whether it was."""
        number = self._place.get(self.highlighted)
        if number is None:
            return False
        line, height = self.scroll_offset.y, self.size.height
        top, bottom = self._starts[number], self._starts[number + 1]
        more = bottom - line - height if by > 0 else line - top
        # an item whose end is in view is not in the way, nor is one that is out of view as a whole
        if more <= 0 or bottom <= line or top >= line + height:
            return False
        self.scroll_to(y=line + by * min(more, lines), animate=False, force=True, immediate=True)
        return True

    def action_up(self) -> None:
        """Highlight the item above."""
        if not self._scrolled(-1, _A_FEW):
            self._step(-1)

    def action_down(self) -> None:
        """Highlight the item below; of an item taller than the list, first show its end."""
        if not self._scrolled(1, _A_FEW):
            self._step(1)

    def action_first(self) -> None:
        """Highlight the first item."""
        self._step(-len(self.rows))

    def action_last(self) -> None:
        """Highlight the last item."""
        self._step(len(self.rows))

    def shows_edge(self, by: int) -> bool:
        """Say whether the last line (1) or the first (-1) is in view."""
        line = self.scroll_offset.y
        return line + self.size.height >= self._starts[-1] if by > 0 else line <= 0

    def action_page(self, by: int) -> None:
        """Highlight the item a page up or down; where one item is shown, ask for the next."""
        if self.of_one_item:
            self.post_message(self.Paged(by))
            return
        number = self._place.get(self.highlighted)
        if number is None or self._scrolled(by, max(1, self.size.height - 1)):
            return
        line = self._starts[number] + by * max(1, self.size.height - 1)
        target = bisect_right(self._starts, max(0, min(line, self._starts[-1] - 1))) - 1
        keys = list(self._place)
        places = [self._place[key] for key in keys]
        there = max(0, min(len(keys) - 1, bisect_right(places, target) - 1))
        if keys[there] == self.highlighted:  # an item taller than a page
            self._step(by)
        else:
            self.highlighted = keys[there]

    def action_turn(self, by: int) -> None:
        """Turn the highlighted choice; on another row the key is somebody else's."""
        number = self._place.get(self.highlighted)
        if number is None or not self.rows[number].turns:
            raise SkipAction
        self.post_message(self.Turned(self, self.highlighted, by))

    def action_choose(self) -> None:
        """Tell the screen that this item is meant."""
        self.post_message(self.Chosen(self, self.highlighted))

    def on_click(self, event: events.Click) -> None:
        """Highlight the clicked item; a click on the highlighted one is like Enter."""
        line = event.y + self.scroll_offset.y
        if 0 <= line < self._starts[-1]:
            key = self.rows[bisect_right(self._starts, line) - 1].key
            if key and key == self.highlighted and event.chain > 1:
                self.action_choose()
            elif key:
                self.highlighted = key

    def on_focus(self) -> None:
        """Show that single keys now work here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that single keys no longer work here."""
        self.refresh()
