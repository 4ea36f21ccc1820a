"""How home and each stage look, with the worked example “Coming onto the ward”."""

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.places import examples_folder
from tests.ui.room import SIZES, Facilitator, opened


class Picture(SingleFileSnapshotExtension):
    """One SVG file for each screen."""

    _file_extension = "svg"
    _write_mode = WriteMode.TEXT


def picture(room: Facilitator) -> str:
    """Return the screen as SVG, without what changes each time and without addresses of fonts."""
    svg = room.app.export_screenshot(title="promote", simplify=True)
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    return re.sub(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", "", svg, flags=re.DOTALL)


@pytest.fixture
def example() -> Session:
    """The worked example."""
    session = toml_text.read((examples_folder() / "coming-onto-the-ward.toml").read_bytes()).session
    assert session
    return session


@pytest.mark.parametrize("size", SIZES[1:], ids=["80x24", "120x36"])
async def test_home_and_the_five_stages(
    tmp_path: Path,
    example: Session,
    snapshot: SnapshotAssertion,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    pictures = snapshot.use_extension(Picture)
    async with opened(Path("PROMOTE"), holding=example, size=size) as room:
        room.app.screen.query_one("#typing").cursor_blink = False  # type: ignore[attr-defined]
        for digit, stage in enumerate(("choose", "map", "ideas", "own", "review"), 1):
            await room.goes_to(str(digit))
            await room.saved()
            if room.typing:
                await room.presses("escape")
            svg = picture(room)
            assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
            assert svg == pictures(name=stage)
            if stage == "map":
                await room.presses("m")
                assert picture(room) == pictures(name="microscope")
                await room.presses("escape")
            if stage == "own":
                await room.presses("home", "enter")
                assert picture(room) == pictures(name="card")
                await room.presses("escape")
        await room.presses("q")
        room.sees("PROMOTE", "1 session")
        assert picture(room) == pictures(name="home")
