"""The quiet lines around the work: title, question, message, key hints."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from promote_tui.ui.plain import assembled, plain

_WIDE = 72
"""Characters from which the title has room for details."""


@dataclass(frozen=True)
class TimeShown:
    """The time in the title: words, a detail that narrow screens leave out, whether it is up or flashes."""

    words: str = ""
    detail: str = ""
    up: bool = False
    flash: bool = False


class TitleLine(Widget):
    """What is open, and at the right the time that is left and whether all is saved."""

    title: reactive[str] = reactive("")
    team: reactive[str] = reactive("")
    state: reactive[str] = reactive("")
    trouble: reactive[bool] = reactive(False)
    time: reactive[TimeShown] = reactive(TimeShown())

    def watch_time(self, time: TimeShown) -> None:
        """Turn the colours of the line round while it flashes."""
        self.set_class(time.flash, "-flash")

    def render(self) -> Content:
        """Draw the line; the state at the right is cut only when it is a long folder, at its beginning."""
        longest = max(10, self.size.width - 10)
        words = self.state if len(self.state) <= longest else f"…{self.state[1 - longest :]}"
        state = plain(words, ".warn" if self.trouble else ".muted")
        if self.time.words:
            detail = self.time.detail if self.size.width >= _WIDE else ""
            style = ".warn" if self.time.up else ".muted"
            state = assembled((f"{self.time.words}{detail}", style), "   ") + state
        room = max(4, self.size.width - state.cell_length - 2)
        team = (f"   {self.team}", ".muted") if self.team else ""
        left = assembled((self.title, ".strong"), team).truncate(room, ellipsis=True)
        line = left + plain(" " * max(1, self.size.width - left.cell_length - state.cell_length)) + state
        return plain(line.plain) if self.time.flash else line


class Banner(Widget):
    """What the room has to know for as long as it lasts: not saved and why, for reading only, a full disk."""

    words: reactive[str] = reactive("", layout=True)
    quietly: reactive[str] = reactive("", layout=True)
    """What is no trouble but good to know, below the troubles."""

    def watch_words(self) -> None:
        """Take no line when all is well."""
        self.display = bool(self.words or self.quietly)

    def watch_quietly(self) -> None:
        """Take no line when there is nothing to know."""
        self.watch_words()

    def render(self) -> Content:
        """Draw the sentences in full."""
        told = ((self.words, ".warn"), (self.quietly, ".muted"))
        return Content("\n").join(plain(*one) for one in told if one[0])


class QuestionBand(Widget):
    """The question of this moment, in full, and which of how many it is; click for the next."""

    question: reactive[str] = reactive("", layout=True)
    place: reactive[str] = reactive("", layout=True)

    class Clicked(Message):
        """The next question is wanted."""

    def render(self) -> Content:
        """Draw the question with its place at the end of its last line."""
        width = self.size.width
        lines = plain(self.question, ".question").wrap(max(10, width))
        if not self.place:
            return Content("\n").join(lines)
        room = width - lines[-1].cell_length - len(self.place)
        if room < 2:
            lines.append(Content(""))
            room = width - len(self.place)
        lines[-1] = lines[-1] + plain(" " * room) + plain(self.place, ".muted")
        return Content("\n").join(lines)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """Return as many lines as the question needs."""
        lines = plain(self.question).wrap(max(10, width))
        fits = lines[-1].cell_length + len(self.place) + 2 <= width
        return len(lines) + (0 if fits or not self.place else 1)

    def on_click(self) -> None:
        """Ask for the next question."""
        self.post_message(self.Clicked())


class MessageLine(Widget):
    """A rule that speaks: what was done, what was refused and why, or the question being answered."""

    words: reactive[str] = reactive("", layout=True)
    style_of_words: reactive[str] = reactive(".muted")
    aside: reactive[str] = reactive("", layout=True)
    """A warning under the sentence, which stays while the sentence changes."""
    hint: reactive[tuple[str, str]] = reactive(("", ""))
    """Shown in the place of a quiet sentence, on one line: words cut to what fits, and an end that is whole.

    It never changes the height, and gives way to a question, a refusal, a warning and any new sentence.
    """

    def say(self, words: str, style: str = ".muted") -> None:
        """Show a sentence, or nothing but the rule."""
        self.hint = ("", "")
        self.style_of_words = style
        self.words = words

    def render(self) -> Content:
        """Draw the sentence on the rule, and under it the warning."""
        width = max(10, self.size.width)
        said = self._wrapped(self.words, width)
        if self.hint[0] and not self.aside and (not said or self.style_of_words == ".muted"):
            words, end = plain(self.hint[0]), plain(self.hint[1])
            fits = max(1, width - 4 - end.cell_length)
            said = [words.truncate(fits, ellipsis=True) + end, *([Content("")] * (len(said) - 1))]
        rule = (
            assembled(("── ", ".line")) + said[0].stylize(self.style_of_words) + plain(" ")
            if said
            else plain("")
        )
        lines = [rule + plain("─" * max(0, width - rule.cell_length), ".line")]
        lines += [plain("   ") + line.stylize(self.style_of_words) for line in said[1:]]
        lines += [plain("   ") + line.stylize(".warn") for line in self._wrapped(self.aside, width)]
        return Content("\n").join(lines)

    @staticmethod
    def _wrapped(words: str, width: int) -> list[Content]:
        return plain(words).wrap(max(10, width - 4)) if words else []

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """Return as many lines as the sentence and the warning need."""
        return max(1, len(self._wrapped(self.words, width))) + len(self._wrapped(self.aside, width))


@dataclass(frozen=True)
class Hint:
    """A key that works now, what it does, and the action a click runs."""

    key: str
    does: str
    action: str


class KeyHints(Widget):
    """The keys that work now, the most useful first, as many as fit; click one to press it."""

    def __init__(self) -> None:
        super().__init__(id="hints")
        self._hints: Sequence[Hint] = ()
        self._last: Hint | None = None
        self._spans: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[Hint], last: Hint | None = None) -> None:
        """Show these hints; ``last`` (help) always has room."""
        if (tuple(hints), last) != (tuple(self._hints), self._last):
            self._hints, self._last = tuple(hints), last
            self.refresh(layout=True)

    def render(self) -> Content:
        """Draw whole hints only."""
        self._spans = []
        room = self.size.width - (self._width(self._last) if self._last else 0)
        shown: list[Hint] = []
        for hint in self._hints:
            room -= self._width(hint)
            if room >= 0:
                shown.append(hint)
        content, x = Content(""), 0
        for hint in [*shown, *([self._last] if self._last else [])]:
            does = f" {hint.does}" if hint.does else ""
            piece = assembled((hint.key, ".key"), (does, ".muted"), "   ")
            self._spans.append((x, x + piece.cell_length - 3, hint.action))
            content, x = content + piece, x + piece.cell_length
        return content.rstrip()

    @staticmethod
    def _width(hint: Hint) -> int:
        return len(hint.key) + len(hint.does) + 4

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the clicked hint."""
        x = event.x - self.gutter.left
        for start, end, action in self._spans:
            if start <= x < end:
                await self.screen.run_action(action)
                return
