"""Every character we draw is one that an old Windows console has."""

from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.ui.themes import DARK, LIGHT
from tests.ui.gallery import pictures
from tests.ui.room import SIZES

SAFE = (
    {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    | set("‹›‘’“”")
    | set("─│┌┐└┘├┤┼═║")
    | set("█▀▄▌▐░▒▓")
    | set("■□▲►▼◄●○")
    | set("←↑→↓√≤≥…•–—")
)


@pytest.mark.parametrize(("size", "theme"), [*((size, DARK.name) for size in SIZES), (SIZES[1], LIGHT.name)])
async def test_every_screen_draws_safe_characters_only(
    tmp_path: Path, session: Session, size: tuple[int, int], theme: str
) -> None:
    found = await pictures(tmp_path / "library", session, size, theme)
    unsafe = {
        (picture.name, character) for picture in found for character in set(picture.text) - SAFE - {"\n"}
    }
    assert not unsafe
    assert len(found) > 15
