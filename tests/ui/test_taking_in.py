"""Taking sessions in from home: asked for a folder or a .zip, then a page that says what became of each."""

import threading
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.store.library import Library
from promote_tui.ui import taking_in
from promote_tui.ui.taking_in import TakingIn
from tests.ui.room import SIZES, Facilitator, kept, opened
from tests.ui.test_hostile import no_control_characters
from tests.ui.test_tidying import OTHER, titles


@pytest.fixture
def stick(tmp_path: Path, session: Session) -> Path:
    """A folder from elsewhere: two sessions, one of them damaged, and something else."""
    folder = tmp_path / "it's a stick"
    kept(folder, session, "waking.toml")
    kept(folder, session, "[red]again[@click=app.quit].toml")
    (folder / "broken.toml").write_text('format = "promote-session"\ntitle = [', encoding="utf-8")
    (folder / "notes \u202e.txt").write_text("words", encoding="utf-8")
    return folder


async def done(room: Facilitator) -> None:
    await room.until(lambda: isinstance(room.app.screen, TakingIn) and "What came of it" in room.screen)


async def test_sessions_come_in_and_enter_goes_to_one(tmp_path: Path, stick: Path, session: Session) -> None:
    library = Library(tmp_path / "library")
    library.add(session.model_copy(update={"id": OTHER, "title": "Meals"}))
    async with opened(library.folder) as room:
        await room.presses("I")
        room.sees("Which folder, or which .zip, do the sessions come from?")
        await room.says(str(tmp_path / "gone"))
        room.hears("There is no folder and no file")
        await room.replaces(f'"{stick}"')  # as a terminal puts it there when a folder is dragged in
        await done(room)
        room.sees("Sessions from it's a stick", "1 session was taken in.", "just the same", "Esc back")
        room.sees("1 file could not be taken in.", "1 file is no session.", "Enter go to it")
        room.sees("not taken in: Line 2: this is not TOML")
        assert room.rows[0].startswith("[red]again")
        await room.presses("end", "enter")
        room.hears("Nothing of this file was taken in.")
        await room.presses("home", "enter")
        await room.until(lambda: not isinstance(room.app.screen, TakingIn))
        await room.until(lambda: "Waking up" in room.highlighted_row)
        assert titles(library) == ["Meals", "Waking up on Mulberry 2"]
        # once more there is nothing to do, and a file that is no .zip says so
        await room.presses("I")
        await room.says(str(stick))
        await done(room)
        room.sees("2 sessions were here already")
        await room.presses("enter", "q", "I")
        await room.says(str(stick / "waking.toml"))
        await room.until(lambda: "neither a folder nor a .zip" in room.screen)
        await room.presses("escape")
        assert not isinstance(room.app.screen, TakingIn)


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_fits_and_nothing_in_a_name_acts(
    tmp_path: Path, stick: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        (stick / f"{'w' * 90}{number}.txt").write_text("words", encoding="utf-8")
    monkeypatch.setattr(taking_in, "_MOST_ROWS", 9)
    async with opened(tmp_path / "library", size=size) as room:
        room.app.push_screen(TakingIn(stick, lambda _: None))
        await done(room)
        no_control_characters(room)
        room.sees("[red]again[@click=app.quit].")
        assert room.app.screen.query_one("#hints").region.bottom == size[1]
        await room.presses("end")
        no_control_characters(room)
        assert len(room.rows) == 9
        assert any("and 3 more" in row.draw(60)[0].plain for row in room.list.rows)
        await room.presses("z")
        room.hears("z does nothing here. Esc goes back.")


async def test_esc_stops_it_and_what_was_taken_stays(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    for number in range(3):
        kept(stick, session.model_copy(update={"id": OTHER.replace("f", str(number))}), f"{number}.toml")
    reached, goes_on, real = threading.Event(), threading.Event(), TakingIn._count

    def waits(self: TakingIn, done: int, of: int) -> None:
        real(self, done, of)
        if done == 1:
            reached.set()
            goes_on.wait(10)

    monkeypatch.setattr(TakingIn, "_count", waits)
    library = Library(tmp_path / "library")
    async with opened(library.folder) as room:
        room.app.push_screen(TakingIn(stick, lambda _: None))
        await room.until(reached.is_set)
        await room.until(lambda: "1 of 3 files" in room.said)
        await room.presses("escape")
        room.hears("Stopping after this file")
        goes_on.set()
        await done(room)
        room.sees("2 sessions were taken in.", "It was stopped before everything was looked at.")
        assert len(titles(library)) == 2
        await room.presses("escape")
        assert not isinstance(room.app.screen, TakingIn)
