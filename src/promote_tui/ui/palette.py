"""The list of commands, in glyphs that every console draws."""

from textual.command import CommandPalette, SearchIcon


class Palette(CommandPalette):
    """Textual's command palette without its picture of a lens."""

    def on_mount(self) -> None:
        """Take the icon away: it is an emoji."""
        self.query_one(SearchIcon).icon = ">"
