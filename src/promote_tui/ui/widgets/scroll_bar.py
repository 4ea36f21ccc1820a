"""Scroll bars in whole characters: the old Windows console has no eighth blocks."""

from textual.scrollbar import ScrollBar, ScrollBarRender


class WholeBlocks(ScrollBarRender):
    """Draws the ends of a scroll bar as spaces, where Textual draws parts of a block."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8


def install() -> None:
    """Draw every scroll bar of the program this way."""
    ScrollBar.renderer = WholeBlocks
