"""Everything that can be read stands out from what is behind it, in both themes (WCAG: at least 4.5)."""

from pathlib import Path

import pytest
from rich.color import Color
from rich.style import Style

from promote_tui.session.model import Session
from promote_tui.ui.themes import DARK, LIGHT
from tests.ui.gallery import pictures

RULES = set("─│┌┐└┘├┤┼═║█▀▄ ")


def luminance(color: Color) -> float:
    channels = [channel / 255 for channel in color.get_truecolor()]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    behind, front = sorted((luminance(style.color), luminance(style.bgcolor)))
    return (front + 0.05) / (behind + 0.05)


def test_the_measure_is_right() -> None:
    assert round(contrast(Style.parse("#ffffff on #000000")), 1) == 21
    assert round(contrast(Style.parse("#777777 on #ffffff")), 2) == 4.48


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
async def test_every_word_can_be_read(tmp_path: Path, session: Session, theme: str) -> None:
    found = await pictures(tmp_path / "library", session, theme=theme)
    faint: dict[tuple[str, str], tuple[str, str, float]] = {}
    pairs = set()
    for picture in found:
        for strip in picture.strips:
            for segment in strip:
                style = segment.style
                if not segment.text.strip() or segment.control:
                    continue
                assert style, (picture.name, segment.text)
                assert not style.dim, (picture.name, segment.text)
                style = Style(color=style.bgcolor, bgcolor=style.color) if style.reverse else style
                enough = 1.5 if set(segment.text) <= RULES else 4.5
                pairs.add((style.color, style.bgcolor))
                if contrast(style) < enough:
                    key = (str(style.color), str(style.bgcolor))
                    faint[key] = (picture.name, segment.text, round(contrast(style), 2))
    assert not faint
    assert len(pairs) > 12
