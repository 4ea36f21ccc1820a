"""What we rely on inside Textual: should a new version change it, this is where it shows."""

from pathlib import Path

from textual.app import App
from textual.command import CommandPalette, SearchIcon
from textual.scrollbar import ScrollBar
from textual.widgets import TextArea

from promote_tui.ui.app import WholeBlocks
from promote_tui.ui.plain import NoControls, plain
from promote_tui.ui.widgets.bands import TitleLine
from tests.ui.room import opened


async def test_line_filters_are_applied_to_what_is_drawn(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        filters = room.app.get_line_filters()
        assert isinstance(filters[-1], NoControls)
        seen: list[str] = []
        filters[-1].apply = lambda segments, _: seen.extend(s.text for s in segments) or segments  # type: ignore[method-assign, func-returns-value]
        room.app.get_line_filters = lambda: filters  # type: ignore[method-assign]
        title = room.app.screen.query_one(TitleLine)
        title.title = "Looked at"
        await room.settles()
        assert "Looked at" in room.screen
        assert any("Looked at" in text for text in seen)


async def test_the_scroll_bar_draws_with_our_renderer() -> None:
    assert ScrollBar.renderer is WholeBlocks
    assert set("".join(WholeBlocks.VERTICAL_BARS + WholeBlocks.HORIZONTAL_BARS)) == {" "}


async def test_a_text_area_tells_what_can_be_undone() -> None:
    class Host(App[None]):
        def compose(self):  # type: ignore[no-untyped-def] # noqa: ANN202
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


async def test_the_palette_has_an_icon_that_can_be_replaced(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await room.presses("ctrl+p")
        await room.until(lambda: isinstance(room.app.screen, CommandPalette))
        assert room.app.screen.query_one(SearchIcon).icon == ">"


def test_content_is_literal() -> None:
    assert plain("[b]x[/b]").wrap(3)[0].plain == "[b]"
