"""The one way for text that people typed to reach the screen: literally, and harmlessly."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from promote_tui.session.text import made_visible

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def plain(text: str, style: str = "") -> Content:
    """Return text as it stands: no markup, no emoji codes, nothing that acts on a terminal.

    A bare ``str`` handed to a widget is parsed as markup, which can hide words or end the program.
    """
    content = Content(made_visible(text))
    return content.stylize(style) if style else content


def assembled(*parts: str | tuple[str, str]) -> Content:
    """Return pieces joined, each literal text alone or with the style it has."""
    return Content("").join(
        plain(part) if isinstance(part, str) else plain(part[0], part[1]) for part in parts
    )


class NoControls(LineFilter):
    """The last gate before the terminal: whatever a widget draws, no control character passes."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments of one line with control characters made visible."""
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(_CONTROLS.sub(" ", made_visible(segment.text)), segment.style)
            for segment in segments
        ]
