"""What our programs on screen share: colours, the last gate for text, an end that shows nothing typed."""

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import App
from textual.filter import LineFilter

from promote_tui.ui.plain import NoControls
from promote_tui.ui.themes import DARK, LIGHT
from promote_tui.ui.widgets import scroll_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

scroll_bar.install()


class SafeApp(App[int]):
    """A program in our two themes whose screen and whose errors let nothing act on a terminal."""

    TITLE = "promote"
    CSS_PATH = "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """Return the filters of what is drawn, ours last."""
        return [*super().get_line_filters(), NoControls()]

    @property
    def is_dark(self) -> bool:
        """Say whether the dark colours are in use."""
        return self.theme == DARK.name

    def action_colours(self) -> None:
        """Change between dark and light colours."""
        self.theme = LIGHT.name if self.is_dark else DARK.name

    def _handle_exception(self, error: Exception) -> None:
        """End on an error of ours: work is kept, and nothing that people typed is printed."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        where = [
            f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-8:]
        ]
        said = Text(
            "Something went wrong in promote, and it had to close. What was saved is safe.\n"
            f"{type(error).__name__}, at:\n" + "\n".join(where)
        )
        self._exit_renderables.append(said)
        self._close_messages_no_wait()
