"""An error of ours ends the program without showing what people typed; what was saved is safe."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from textual.binding import Binding

from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.ui.app import PromoteApp
from tests.ui.made import made
from tests.ui.room import STYLES, opened

CANARY = "CANARY-Mrs-Nobody"


class Faulty(PromoteApp):
    """The program with a key that fails."""

    CSS_PATH = STYLES
    BINDINGS = [Binding("f9", "fail", priority=True)]  # noqa: RUF012 - as Textual spells it

    def action_fail(self) -> None:
        """Fail with typed text in reach of a traceback."""
        typed = self.session.steps[-1].title
        raise ValueError(f"about {typed}")


# Textual begins a look at what is selected and closes before it ends that
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_an_error_shows_no_typed_text_and_loses_nothing(
    tmp_path: Path, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fails() -> None:
        async with opened(tmp_path, holding=made(session, stage="map"), make=Faulty, on=apps.append) as room:
            await room.says(CANARY)
            await room.saved()
            await room.types(f"half {CANARY}")
            await room.presses("f9")

    apps: list[PromoteApp] = []
    with pytest.raises(ValueError, match="about"):
        await fails()
    said = capsys.readouterr()
    assert apps[0].return_code == 1
    assert "Something went wrong in promote, and it had to close. What was saved is safe." in said.err
    assert "ValueError, at:" in said.err
    assert "in action_fail" in said.err
    assert CANARY not in said.out + said.err
    saved = toml_text.read((tmp_path / "session.toml").read_bytes()).session
    assert saved
    assert saved.steps[0].title == CANARY
    apps.clear()
    gc.collect()


def test_the_program_itself_ends_with_status_1_and_no_locals(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from promote_tui.store.library import Library
from promote_tui.ui import app
class Faulty(app.PromoteApp):
    CSS_PATH = {str(STYLES)!r}
    async def on_ready(self):
        secret = {CANARY!r}
        raise ValueError(secret)
    def run(self, **_):
        return super().run(headless=True)
app.PromoteApp = Faulty
sys.exit(app.run(Library(Path({str(tmp_path)!r}))))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "it had to close" in done.stderr
    assert CANARY not in done.stdout + done.stderr
