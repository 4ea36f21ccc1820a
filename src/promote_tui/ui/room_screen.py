"""What every full screen of ours knows: its styles, its keys, its app."""

from typing import TYPE_CHECKING, cast

from textual.binding import Binding
from textual.screen import Screen

from promote_tui.ui.themes import ROLES
from promote_tui.ui.widgets.bands import Hint, MessageLine

if TYPE_CHECKING:
    from promote_tui.ui.room import Room


class RoomScreen(Screen[None]):
    """A screen of ours: knows the styles that text may have, and its app."""

    COMPONENT_CLASSES = set(ROLES)

    @property
    def room(self) -> "Room":
        """Return the app, which holds the session."""
        return cast("Room", self.app)

    def say(self, words: str, style: str = ".muted") -> None:
        """Show a sentence above the capture line."""
        self.query_one("#message", MessageLine).say(words, style)

    def refuse(self, why: str) -> None:
        """Say why something was not done."""
        self.say(why, ".warn")

    def hints_of_keys(self) -> list[Hint]:
        """Return the keys of this screen that the footer shows, in the order of its bindings."""
        return [
            Hint(one.key_display, one.description, one.action)
            for one in self.keys_shown()
            if one.show and one.key_display
        ]

    @classmethod
    def keys_shown(cls) -> list[Binding]:
        """Return the bindings of this screen: its own first, then those that work on every one."""
        found: list[Binding] = []
        for one in cls.__mro__:
            found += [binding for binding in one.__dict__.get("BINDINGS", []) if isinstance(binding, Binding)]
        return found
