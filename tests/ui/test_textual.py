"""What we rely on inside Textual: should a new version change it, this is where it shows."""

from pathlib import Path

import pytest
from rich.segment import Segment
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.color import Color
from textual.command import CommandPalette, SearchIcon
from textual.events import Key
from textual.filter import LineFilter
from textual.scrollbar import ScrollBar
from textual.widgets import TextArea

from promote_tui.ui.plain import NoControls, plain
from promote_tui.ui.widgets.bands import TitleLine
from promote_tui.ui.widgets.scroll_bar import WholeBlocks
from tests.ui.room import opened


class Seen(LineFilter):
    """Notes what passes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        self.texts += [segment.text for segment in segments]
        return segments


async def test_line_filters_are_applied_to_what_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as room:
        assert isinstance(room.app.get_line_filters()[-1], NoControls)
        seen = Seen()
        monkeypatch.setattr(room.app, "get_line_filters", lambda: [seen])
        room.app.screen.query_one(TitleLine).title = "Looked"
        await room.settles()
        assert "Looked" in room.screen
        assert any("Looked" in text for text in seen.texts)


async def test_the_scroll_bar_draws_with_our_renderer() -> None:
    assert ScrollBar.renderer is WholeBlocks
    assert set("".join(WholeBlocks.VERTICAL_BARS + WholeBlocks.HORIZONTAL_BARS)) == {" "}


async def test_a_text_area_tells_what_can_be_undone() -> None:
    class Host(App[None]):
        def compose(self) -> ComposeResult:
            yield TextArea()

    host = Host()
    async with host.run_test() as pilot:
        area = host.query_one(TextArea)
        assert not area.history.undo_stack
        await pilot.press("a")
        assert area.history.undo_stack
        area.load_text("")
        assert not area.history.undo_stack
        assert not area.history.redo_stack


def test_alt_and_a_letter_arrive_as_such() -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        parser = XTermParser()
        (event,) = [*parser.feed(f"\x1b{letter}"), *parser.feed("")]
        assert isinstance(event, Key)
        assert event.key == f"alt+{letter}"


async def test_the_palette_has_an_icon_that_can_be_replaced(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await room.presses("ctrl+p")
        await room.until(lambda: isinstance(room.app.screen, CommandPalette))
        assert room.app.screen.query_one(SearchIcon).icon == ">"


def test_content_is_literal() -> None:
    assert plain("[b]x[/b]").wrap(3)[0].plain == "[b]"
