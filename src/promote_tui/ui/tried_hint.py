"""While an idea is typed: one quiet line on what became of it elsewhere, when the typing has paused."""

from collections.abc import Sequence

from textual import on
from textual.timer import Timer

from promote_tui.session.model import KINDS
from promote_tui.session.shorthand import read_idea
from promote_tui.session.similar import Tried, closest
from promote_tui.session.stems import stems
from promote_tui.store.library import Card
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.tried_before import Found, asking_of, find_aside, page_of_words
from promote_tui.ui.widgets.bands import MessageLine
from promote_tui.ui.widgets.capture_line import CaptureLine
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.typing_area import Typing

_REST_SECONDS = 0.3
"""How long the typing pauses before anything is looked for."""

_Asked = tuple[str, str, str]
"""The session, the kind of an idea and its words."""


class TriedHint(StageScreen):
    """A stage that says, while an idea is typed, that somebody tried it before.

    It stands on the rule above the capture line, which is there anyway: nothing moves.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rest: Timer | None = None
        self._asked: _Asked | None = None
        """What the hint is about, or what is being looked for."""
        self._looking = False

    def on_mount(self) -> None:
        """Have the pause ready to be waited for."""
        self._rest = self.set_interval(_REST_SECONDS, self._look, pause=True)

    @on(CaptureLine.Typed)
    def wait_for_a_pause(self) -> None:
        """Look when the typing has paused; an emptied line takes the hint away at once."""
        if not self.capture.text:
            self._clear()
        elif self._rest:
            self._rest.reset()

    def show_hints(self) -> None:
        """Show the keys that work now; the hint stays with the typing."""
        super().show_hints()
        if self._typed is None:
            self._clear()
        elif self._asked is None and self._rest:
            self._rest.reset()

    def forget(self) -> None:
        """Forget what belongs to the session that was open before."""
        super().forget()
        self._clear()

    @property
    def _typed(self) -> _Asked | None:
        """Return the idea that is being typed; None when none is."""
        if self.room.opened is None or not isinstance(self.focused, Typing) or self.capture.ask:
            return None
        idea = read_idea(self.capture.text)
        kind = idea.kind or KINDS[self.query_one(Columns).here]
        return (self.session.id, kind, idea.text) if idea.text else None

    def _clear(self) -> None:
        self._asked = None
        self.query_one("#message", MessageLine).hint = ("", "")

    def _look(self) -> None:
        """Look for what is being typed; one look at a time, the next when that one has answered."""
        if self._rest:
            self._rest.pause()
        asked = self._typed
        if asked is None:
            self._clear()
        elif asked != self._asked and not self._looking:
            self._asked, self._looking = asked, True
            _, kind, words = asked
            asking, ideas_with = asking_of(self, kind), self.room.ideas_with
            find_aside(self, asked, lambda: closest(words, ideas_with(stems(words)), asking))

    @on(Found)
    def show_hint(self, event: Found) -> None:
        """Show what was found, unless other words stand in the line by now."""
        self._looking = False
        if event.asked == self._typed:
            self.query_one("#message", MessageLine).hint = in_one_line(event.tried or ())
        elif self._rest:
            self._rest.reset()

    def action_tried(self) -> None:
        """Show what others tried: of the idea that is being typed, else of the highlighted one."""
        if typed := self._typed:
            _, kind, words = typed
            self.app.push_screen(page_of_words(self.room, words, asking_of(self, kind)))
        else:
            super().action_tried()


def in_one_line(tried: Sequence[Tried[Card]]) -> tuple[str, str]:
    """Return what is said of the closest idea, and what follows it whole; nothing when there is none."""
    if not tried:
        return "", ""
    first = tried[0]
    where = ", ".join(filter(None, [first.where, first.month]))
    became = ", ".join(filter(None, [first.became, first.measured]))
    more = f"and {len(tried) - 1} more: F4" if len(tried) > 1 else "F4 shows it"
    begins = "Tried before" if first.change else "Thought of before"
    return f"{begins}: {where}: {became} – “{first.words}”", f"   {more}"
