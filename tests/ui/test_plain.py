"""Typed text reaches the screen literally, and nothing that acts on a terminal passes."""

import pytest
from rich.segment import Segment
from textual.color import Color

from promote_tui.ui.plain import NoControls, assembled, plain

HOSTILE = [
    "[/b]",
    "[ward]",
    "[@click=app.quit]x[/]",
    "[red]x[/red]",
    ":warning:",
    "[5%]",
    "[/",
    "a [b",
    "\\[x]",
    "$accent",
    "x" * 200,
]
ACTING = ["\x1b[2J", "\x1b]0;x\x07", "\u202eabc", "\x9b2J", "a\x00b", "\ud800"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stands_as_it_is(text: str) -> None:
    assert plain(text).plain == text
    assert assembled((text, ".strong"), "and ", text).plain == f"{text}and {text}"
    assert all(not span.style or span.style == ".strong" for span in plain(text, ".strong").spans)


@pytest.mark.parametrize("text", ACTING)
def test_what_acts_on_a_terminal_is_made_visible(text: str) -> None:
    assert "\N{REPLACEMENT CHARACTER}" in plain(text).plain
    assert plain(text).plain.isprintable()


@pytest.mark.parametrize("text", [*ACTING, "a\tb", "a\nb", "a\rb"])
def test_the_last_gate_lets_no_control_character_pass(text: str) -> None:
    (segment,) = NoControls().apply([Segment(text)], Color(0, 0, 0))
    assert segment.text.isprintable()


def test_the_last_gate_leaves_the_rest_alone() -> None:
    segments = [Segment("plain"), Segment("\x1b[H", None, [(0,)])]  # type: ignore[list-item]
    assert NoControls().apply(segments, Color(0, 0, 0)) == segments
