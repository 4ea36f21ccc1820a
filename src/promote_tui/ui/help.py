"""A page of text over the screen: help, or why a file cannot be opened."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static, TextArea

from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import columns
from promote_tui.ui.themes import ROLES

_TYPING = {
    "Choose": [
        ("p: c: s:", "a story of a patient, a carer, staff; without it, a process to consider"),
    ],
    "Map": [
        ("@", "who does the step, to the end of the line or to the minutes"),
        ("10m", "how many minutes it takes, anywhere in the line"),
    ],
    "Ideas": [
        ("- + =", "stop, start, continue; without it, the column you are in"),
        ("#3", "ties the idea to step 3"),
        ("F4", "what became of ideas like it in other sessions; one quiet line says so when there is one"),
    ],
}
_ALWAYS = [
    ("Enter", "keeps the line; pasting several lines adds one item a line"),
    ("Esc ↑ ↓ Tab", "to the list, where single keys work; i or Tab comes back"),
    ("← → Tab", "from column to column, where there are several"),
    ("PgUp PgDn", "scroll the list, also while typing"),
    ("Ctrl+Z Ctrl+Y", "undo, redo, as often as you like"),
    ("F3", "takes out what looks as if it could show who a person is; k does so in the list"),
    ("F2 Alt+b", "the curtain: blank the screen at once, also while typing"),
    ("Ctrl+P", "all commands, also light and dark colours"),
    ("Ctrl+Q", "save and leave the program"),
]
SAFE = (
    "Everything is saved as you go. If someone tells of harm: stop typing, and follow your ward's "
    "safeguarding route. Nothing that could identify a patient belongs on this screen."
)
"""What holds whatever the room is doing."""


class Help(ModalScreen[None]):
    """A page that any of Esc, q, Enter, ? closes."""

    BINDINGS = [
        Binding("escape,q,enter,question_mark,f1,space", "close", "close"),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
    ]
    COMPONENT_CLASSES = set(ROLES)

    def __init__(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """Take a title and lines: a key with its meaning, or one text with an empty second half."""
        super().__init__()
        self._title, self._lines = title, lines

    @classmethod
    def for_screen(cls, screen: Screen[Any]) -> "Help":
        """Return the help page of a screen: its keys, its shorthand, what holds everywhere."""
        lines: list[tuple[str, str]] = []
        title = getattr(screen, "help_title", "The saved sessions")
        if isinstance(screen, RoomScreen):
            found = [one for one in screen.keys_now() if one.tooltip and one.key_display]
            lines = [(one.key_display or "", one.tooltip) for one in found]
        shorthand = _TYPING.get(title.partition(" ")[2], [])
        first = [("In the list", ""), *lines, ("", "")]
        typing = [("While typing", ""), *shorthand, *_ALWAYS, ("", "")]
        if isinstance(screen, RoomScreen) and hasattr(screen, "STAGE") and screen.room.looking:
            typing = [("Also", ""), *_ALWAYS[-2:]]  # nothing is typed
        here = [*typing, *first] if isinstance(screen.focused, TextArea) else [*first, *typing]
        return cls(f"Help: {title}", [(SAFE, ""), ("", ""), *here])

    def compose(self) -> ComposeResult:
        """Lay out title, text and how to close it."""
        with Vertical(id="page"):
            yield Static(plain(self._title, ".strong"), id="page-title")
            with VerticalScroll(id="page-body", can_focus=False):
                yield Static(id="page-text")
            yield Static(
                assembled(("Esc", ".key"), (" back   ", ".muted"), ("↑↓", ".key"), (" scroll", ".muted"))
            )

    def on_mount(self) -> None:
        """Show the text."""
        self._draw()

    def on_resize(self) -> None:
        """Wrap the text to the new width."""
        self._draw()

    def _draw(self) -> None:
        width = max(20, min(96, self.app.size.width - 8))
        out: list[Content] = []
        for left, right in self._lines:
            if right:
                out += columns([(left, ".key"), right], [14, width - 16])
            else:
                out += (
                    plain(left, ".muted" if len(left) > 20 else ".strong").wrap(width)
                    if left
                    else [Content("")]
                )
        self.query_one("#page-text", Static).update(Content("\n").join(out))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Scroll the text."""
        self.query_one("#page-body").scroll_relative(y=by, animate=False)

    def on_click(self) -> None:
        """Go back."""
        self.dismiss()
