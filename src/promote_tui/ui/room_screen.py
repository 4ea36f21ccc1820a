"""What every full screen of ours knows: its styles, its keys, its app."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.binding import Binding
from textual.screen import Screen
from textual.worker import Worker

from promote_tui.ui.themes import ROLES
from promote_tui.ui.widgets.bands import Hint, MessageLine
from promote_tui.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from promote_tui.ui.room import Room


TURN = "in turn: "
"""How the groups of work that is done in turn are called."""


class RoomScreen(Screen[None]):
    """A screen of ours: knows the styles that text may have, and its app."""

    COMPONENT_CLASSES = set(ROLES)
    INSTEAD: ClassVar[str] = "? shows every key."
    """What is offered when a letter does nothing."""

    @property
    def room(self) -> "Room":
        """Return the app, which holds the session."""
        return cast("Room", self.app)

    def say(self, words: str, style: str = ".muted") -> None:
        """Show a sentence above the capture line."""
        self.query_one("#message", MessageLine).say(words, style)

    @property
    def said(self) -> str:
        """Return the sentence that is shown above the capture line."""
        return self.query_one("#message", MessageLine).words

    def refuse(self, why: str) -> None:
        """Say why something was not done."""
        self.say(why, ".warn")

    def in_turn(self, group: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do work that takes its time while the screen goes on; what its group did before is dropped."""
        _: Worker[None] = self.run_worker(work, group=f"{TURN}{group}", exclusive=True, exit_on_error=False)

    def warn_of(self, warning: str) -> None:
        """Say what the line looks like to the privacy guard while it is typed; nothing takes it away."""
        keys = "Enter keeps it, F3 masks it."
        self.query_one("#message", MessageLine).aside = f"{warning} {keys}" if warning else ""

    def on_key(self, event: events.Key) -> None:
        """Say so when a letter does nothing in the list."""
        if (
            event.is_printable
            and isinstance(self.focused, ItemList)
            and event.key not in self.active_bindings
        ):
            letter = "The space bar" if event.character == " " else event.character
            self.refuse(f"{letter} does nothing here. {self.INSTEAD}")

    def hints_of_keys(self) -> list[Hint]:
        """Return the keys of this screen that the footer shows, in the order of its bindings."""
        return [
            Hint(one.key_display, one.description, one.action)
            for one in self.keys_now()
            if one.show and one.key_display
        ]

    def keys_now(self) -> list[Binding]:
        """Return the bindings of this screen that do something now."""
        return self.keys_shown()

    @classmethod
    def keys_shown(cls) -> list[Binding]:
        """Return the bindings of this screen: its own first, then those that work on every one."""
        found: list[Binding] = []
        for one in cls.__mro__:
            found += [binding for binding in one.__dict__.get("BINDINGS", []) if isinstance(binding, Binding)]
        return found
