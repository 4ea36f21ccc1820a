"""The one place for typing: takes new items, answers and corrections; Enter keeps, nothing is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from promote_tui.session import privacy
from promote_tui.session.text import one_line
from promote_tui.ui.asking import Ask
from promote_tui.ui.plain import plain
from promote_tui.ui.widgets.typing_area import Typing

_LONGEST_ANSWER = 20
"""Characters of a number or a choice that was refused; more may be a sentence, which is kept."""


class CaptureLine(Horizontal):
    """A prompt and the text being typed, for capturing or for answering a row of questions.

    ``take`` adds a line, or what was typed and the lines pasted after it; it returns the sentence that
    refuses them. While questions are asked, answers go to them.
    """

    @dataclass
    class Asking(Message):
        """Another question is asked, or (``ask`` None) no more; ``all_asked`` when the last was answered."""

        ask: Ask | None
        all_asked: bool = False

    @dataclass
    class Noticed(Message):
        """What the line holds looks like it could show who a person is; ``warning`` empty: no longer."""

        warning: str

    class Typed(Message):
        """What is half-typed here has changed."""

    class MaskNewest(Message):
        """The line is empty: what was kept last is to be masked."""

    def __init__(self, hint: str, take: Callable[[str, str], str] = lambda _line, _pasted: "") -> None:
        super().__init__(id="capture")
        self._hint = hint
        self._take = take
        self._asks: list[Callable[[], Ask | None]] = []
        self._place = -1
        self.ask: Ask | None = None
        self._stash = ""
        self._refused_text: str | None = None
        self._why = ""
        self._emptied = ""
        self._prompt = ""
        self._instead = ""
        self.warning = ""
        """What the line looks like to the privacy guard, as a sentence."""

    def compose(self) -> ComposeResult:
        """Lay out the prompt and the text."""
        yield Static("›", id="prompt")
        yield Typing(self)

    def on_mount(self) -> None:
        """Show the hint."""
        self._dress()

    @property
    def typing(self) -> Typing:
        """Return the text being typed."""
        return self.query_one(Typing)

    @property
    def text(self) -> str:
        """Return what stands in the line."""
        return self.typing.text

    def _dress(self) -> None:
        """Show the prompt and the hint for what the line is doing now."""
        typing, active = self.typing, self.typing.has_focus
        self.set_class(active, "-active")
        if self.ask:
            label, hint = f"{self.ask.label} ›", self.ask.hint
        else:
            waiting = "" if active or not self.text else "i goes on"
            prompt = "" if self._instead else self._prompt
            label, hint = f"{waiting or prompt} ›".lstrip(), self._hint
        self.query_one("#prompt", Static).update(plain(label, "bold" if active else ""))
        typing.placeholder = plain(hint if active else self._instead or "i to type")

    def on_resize(self) -> None:
        """Give a text that wraps anew the lines it needs."""
        self.call_after_refresh(self.typing.refresh, layout=True)

    def on_descendant_focus(self) -> None:
        """Brighten the line."""
        self._dress()

    def on_descendant_blur(self) -> None:
        """Dim the line; an answer begun is kept as it stands."""
        self._dress()

    def prompt(self, words: str) -> None:
        """Show these words before the line while capturing: where a new item will go."""
        self._prompt = words
        self._dress()

    def take_no_typing(self, instead: str) -> None:
        """Take no typing, and show these words instead; without words the line takes it again."""
        self._instead, self.typing.can_focus = instead, not instead
        self._dress()

    @property
    def half_typed(self) -> list[tuple[str, str]]:
        """Return what no Enter has kept yet: the label of the question it answers, if any, and the text."""
        answer = (self.ask.label, self.text) if self.ask and self.text != self.ask.start else ("", "")
        line = ("", self._stash if self.ask else self.text)
        return [(label, text) for label, text in (line, answer) if text.strip()]

    @on(Typing.Changed)
    def notice(self) -> None:
        """Tell the screen that the text changed, and when it begins or ceases to look like it shows who."""
        self.post_message(self.Typed())
        warning = privacy.warning(self.text)
        if warning != self.warning:
            self.warning = warning
            self.post_message(self.Noticed(warning))

    def mask(self) -> None:
        """Mask what looks like an identifier; it can be taken back like any typing."""
        if self.warning:
            self.typing.replace(privacy.mask(self.text), (0, 0), self.typing.document.end)
        elif not self.text and self.ask is None:
            self.post_message(self.MaskNewest())
        else:
            nothing = "Nothing here looks as if it could show who a person is."
            kept = " Esc, then k masks what was kept." if self.ask else ""
            self.post_message(Typing.Refused(nothing + kept))

    def put_back(self, text: str) -> None:
        """Put words into the line that were half-typed before, after what stands there."""
        self._put(" ".join(part for part in (self.text, text) if part))
        self._dress()

    def _put(self, text: str) -> None:
        self.typing.put(text)
        self.notice()

    # ---- capturing

    def taken(self) -> None:
        """Empty the line: what stood in it is kept."""
        self._put("")
        self._refused_text = None

    def keep(self) -> None:
        """Answer the question with the line, or hand it over."""
        if self.ask:
            several = self.several
            if self.answer(self.ask.enter if self.text == self.ask.start else ""):
                self._go(1, to_the_end=several)
        elif self.text.strip():
            self._hand_over("")

    def take_lines(self, pasted: str) -> None:
        """Take several lines: one item each when capturing, one answer when asked."""
        if self.ask:
            self.typing.replace(one_line(pasted), *self.typing.selection)
        else:
            self._hand_over(pasted)

    def _hand_over(self, pasted: str) -> None:
        """Have the line added; when it is refused it stays."""
        why = self._take(self.text, pasted)
        if why:
            self.post_message(Typing.Refused(why))
        else:
            self.taken()

    # ---- answering

    def start_asking(self, asks: Sequence[Callable[[], Ask | None]]) -> None:
        """Ask these questions in turn; each is made when its turn comes, None is passed over."""
        if self.ask is None:
            self._stash = self.text
        self._asks, self._place = list(asks), -1
        self._go(1)
        if self.ask:
            self.screen.set_focus(self.typing)  # at once: what is still told of the list ends no question

    @property
    def several(self) -> bool:
        """Say whether more than one question is asked."""
        return len(self._asks) > 1

    def walk(self, by: int) -> None:
        """Keep the answer and go to the next (1) or last (-1) question; nothing happens at the ends."""
        if not self.answer():
            self.post_message(Typing.Refused(f"{self._why} ↑↓ wait for that; Esc twice leaves it."))
        elif self._found(by):
            self._go(by)

    def _found(self, by: int) -> tuple[int, Ask] | None:
        """Return the nearest question in one direction, with its place."""
        place = self._place + by
        while 0 <= place < len(self._asks):
            if ask := self._asks[place]():
                return place, ask
            place += by
        return None

    def _go(self, by: int, *, to_the_end: bool = False) -> None:
        """Ask the nearest question in one direction; past the last one there are no more."""
        self._refused_text = None
        found = self._found(by)
        if found:
            self._place, self.ask = found
            self._put(self.ask.start)
            if self.ask.whole:
                self.typing.select_all()
        elif self.ask is not None:
            self._asks, self.ask = [], None
            self._put(self._stash)
            self._stash = ""
        self._dress()
        self.post_message(self.Asking(self.ask, to_the_end and self.ask is None))

    def answer(self, instead: str = "") -> bool:
        """Keep the answer as it stands, or another one instead; False (and it stays) when it was refused."""
        if self.ask and self.ask.needed and not self.text.strip():
            self._why, self._refused_text = self.ask.needed, self.text
            self.post_message(Typing.Refused(self._why))
            return False
        if self.ask is None:
            return True
        if self.text == self.ask.start and not instead:
            return True
        why = self._why = self.ask.answer(instead or self.text)
        if why:
            self._refused_text = self.text
            self.post_message(Typing.Refused(why))
            if not self.keeps_refused:
                self.typing.select_all()  # the next answer is typed instead of it, not behind it
        elif not self.text.strip() and not instead:
            self._emptied = self.ask.label.strip().rstrip("?")
        return not why

    def emptied(self) -> str:
        """Return what the answer that was emptied last is called, once; empty when none was."""
        label, self._emptied = self._emptied, ""
        return label

    @property
    def was_refused(self) -> bool:
        """Say whether the answer as it stands was refused already."""
        return self._refused_text is not None and self.text == self._refused_text

    @property
    def keeps_refused(self) -> bool:
        """Say whether an answer that was refused goes back to the line: not a number or a short word."""
        return self.ask is not None and not (self.ask.whole and len(self.text) <= _LONGEST_ANSWER)

    def stop_asking(self) -> bool:
        """Keep the answer and ask no more; False when it was refused.

        Asked twice it gives way, and the words that were refused stay in the line: nothing typed is lost.
        """
        if self.ask is None:
            return True
        if self.was_refused:
            said = self.text if self.keeps_refused else ""
            self._stash = " ".join(part for part in (self._stash, said) if part)
        elif self.text != self.ask.start and not self.answer():
            self.post_message(Typing.Refused(f"{self._why} Esc again ends the question."))
            return False
        self._place = len(self._asks)
        self._go(1)
        return True

    def clear(self) -> None:
        """Forget everything: another session is shown."""
        self._asks, self._place, self.ask, self._stash, self._prompt = [], -1, None, "", ""
        self.taken()
        self._dress()
