"""The focus view: one item of a list, as large as the screen allows; keys walk from item to item."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from promote_tui.session.edits import items, own
from promote_tui.session.model import Session
from promote_tui.session.parts import parts_of
from promote_tui.session.stages import SIGNS, numbers
from promote_tui.session.text import one_line
from promote_tui.session.voices import label, present_for
from promote_tui.ui.big_letters import large
from promote_tui.ui.fields import Field
from promote_tui.ui.plain import plain
from promote_tui.ui.themes import ROLES
from promote_tui.ui.widgets.bands import Hint, KeyHints
from promote_tui.ui.widgets.item_list import ItemList, Row

_WIDEST = 64
"""Characters in a line of ordinary letters: a longer one is hard to follow from afar."""
_MARGIN = 4

Seen = tuple[str, str]
"""The words of an item, and what it is."""


def seen_of(session: Session, row: Row, fields: Sequence[Field] = ()) -> Seen:
    """Return the words of a row's item and what it is, such as ``PATIENT``.

    ``fields`` are those that are open in place: some rows may be theirs.
    """
    id, _, part = row.key.partition(":part/")
    if field := next((one for one in fields if one.key == row.key), None):
        return field.written(), field.label.strip()
    try:
        item = items.find(session, id)
    except items.EditError:
        return _drawn(row)
    kind = items.kind_of(id)
    if part:
        one = parts_of(item)[int(part)]
        return one.name, SIGNS[one.rating]
    if kind == "initiative":
        return own.title_of(session, item), item.owner or "no owner yet"
    if kind == "story":
        return item.text, label(item.voice, present_for(session, item))
    if kind == "step":
        on_map = numbers(getattr(session, items.list_of(session, id)))
        return item.title, f"Step {on_map[id]} of {len(on_map)}"
    if kind == "idea":
        return item.text, item.kind.upper()
    if kind == "candidate":
        return item.name, "Process"
    return (item.text, "Parked") if kind == "parked" else _drawn(row)


def _drawn(row: Row) -> Seen:
    return one_line(" ".join(line.plain for line in row.draw(10_000))), ""


class BigWords(Static):
    """Words as large as fit, in the middle of the room there is."""

    def __init__(self) -> None:
        super().__init__(id="big-words")
        self._words = ""

    def say(self, words: str) -> None:
        """Show these words."""
        self._words = words
        self._draw()

    def on_resize(self) -> None:
        """Fit the words to the new size."""
        self._draw()

    def _draw(self) -> None:
        room = self.parent.size if isinstance(self.parent, VerticalScroll) else self.size
        self.update(laid_out(self._words, room.width, room.height))


def laid_out(words: str, width: int, height: int) -> Content:
    """Return words in big letters if they fit, else in ordinary ones with air around them, lines centred."""
    if big := large(words, width - _MARGIN, height - 1):
        return _centred([plain(line) for line in big], width)
    lines = plain(words, "bold").wrap(max(10, min(_WIDEST, width - 2 * _MARGIN)))
    if 2 * len(lines) <= height:
        lines = [line for one in lines for line in (one, Content(""))][:-1]
    return _centred(lines, width)


def _centred(lines: Sequence[Content], width: int) -> Content:
    return Content("\n").join(line.pad_left(max(0, width - line.cell_length) // 2) for line in lines)


class FocusView(ModalScreen[None]):
    """One item at a time. The list that it came from follows along."""

    BINDINGS = [
        Binding("right,j", "walk(1)", "next", show=False),
        Binding("left,k", "walk(-1)", "before", show=False),
        Binding("down,pagedown,space", "on(1)", "on", show=False),
        Binding("up,pageup", "on(-1)", "back", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("escape,q,f,alt+f,alt+q,enter", "close", "close", show=False),
        Binding("b", "app.curtain", show=False),
    ]
    COMPONENT_CLASSES = set(ROLES)

    def __init__(self, found: ItemList, seen: Callable[[Row], Seen]) -> None:
        """Take a list, and what tells the words of a row's item."""
        super().__init__()
        self._list, self._seen = found, seen
        self._rows = [row for row in found.rows if row.key and (row.key == found.highlighted or seen(row)[0])]

    def compose(self) -> ComposeResult:
        """Lay out what it is, its words, and the keys."""
        yield Static(id="focus-what")
        with VerticalScroll(id="focus-body", can_focus=False):
            yield BigWords()
        yield KeyHints()

    def on_mount(self) -> None:
        """Show the highlighted item."""
        keys = [Hint("←→", "other items", "walk(1)"), Hint("PgDn", "on", "on(1)")]
        keys.append(Hint("b", "curtain", "app.curtain"))
        self.query_one(KeyHints).show(keys, Hint("Esc", "back", "close"))
        self._show()

    @property
    def _place(self) -> int:
        return next((n for n, row in enumerate(self._rows) if row.key == self._list.highlighted), 0)

    def _show(self) -> None:
        words, what = self._seen(self._rows[self._place])
        place = f"{self._place + 1} of {len(self._rows)}"
        told = what if " of " in what else "   ".join(part for part in (what, place) if part)
        self.query_one("#focus-what", Static).update(plain(told, ".muted"))
        self.query_one(BigWords).say(words or "–")
        self.query_one("#focus-body").scroll_home(animate=False)

    def _go(self, place: int) -> None:
        place = max(0, min(len(self._rows) - 1, place))
        if place != self._place:
            self._list.highlighted = self._rows[place].key
            self._show()

    def action_walk(self, by: int) -> None:
        """Show the next (1) or last (-1) item."""
        self._go(self._place + by)

    def action_on(self, by: int) -> None:
        """Show more of a long text; at its end the next item."""
        body = self.query_one("#focus-body")
        there = body.scroll_offset.y + by * max(1, body.size.height - 1)
        if body.scroll_offset.y != max(0, min(body.max_scroll_y, there)):
            body.scroll_to(y=there, animate=False)
        else:
            self.action_walk(by)

    def action_edge(self, place: int) -> None:
        """Show the first (0) or the last (-1) item."""
        self._go(place % len(self._rows))

    def action_close(self) -> None:
        """Go back to the list."""
        self.dismiss()
