"""The five stages in a line, where the room is marked."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from promote_tui.session.model import Stage
from promote_tui.session.stages import STAGES, TITLES, number
from promote_tui.ui.plain import assembled


class StageRibbon(Widget):
    """The five stages, where the room is marked; click one to go there."""

    stage: reactive[Stage] = reactive[Stage]("choose")

    @dataclass
    class Clicked(Message):
        """A stage was clicked."""

        stage: Stage

    def _pieces(self) -> list[tuple[str, str]]:
        pieces: list[tuple[str, str]] = []
        wide = self.size.width >= 64
        for stage in STAGES:
            here = stage == self.stage
            title = TITLES[stage].upper() if here else TITLES[stage]
            if pieces:
                pieces.append((" ── " if wide else "  ", ".line"))
            pieces.append((f"{number(stage)} {title}", ".here" if here else ".muted"))
        return pieces

    def render(self) -> Content:
        """Draw the stages."""
        return assembled(*self._pieces())

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked stage."""
        x = event.x - self.gutter.left
        for place, (text, _) in enumerate(self._pieces()):
            if 0 <= x < len(text) and place % 2 == 0:
                self.post_message(self.Clicked(STAGES[place // 2]))
            x -= len(text)
