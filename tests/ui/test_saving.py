"""Saving as the room sees it: “saved” means the disk has it, trouble is said, nothing typed is lost."""

import shutil
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.store import places, saver, toml_text
from promote_tui.ui.app import PromoteApp
from tests.ui.made import made
from tests.ui.room import STYLES, Facilitator, arrives, kept, opened


def titles(path: Path) -> list[str]:
    session = toml_text.read(path.read_bytes()).session
    assert session
    return [step.title for step in session.steps]


async def test_saved_is_said_only_when_the_file_holds_it(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, stage="map")) as room:
        path = room.app.saver.file.path
        for number in range(5):
            room.app.clear_notifications()
            await room.types(f"Step {number}")
            room.app.screen.query_one("#typing").action_keep()  # type: ignore[attr-defined]
            assert room.state == "saving…"
            await room.until(lambda: room.state == "saved 09:30")
            assert len(titles(path)) == number + 1
            room.sees("saved 09:30")
        room.clock.later(minutes=7)
        await room.says("Later")
        await room.until(lambda: room.state == "saved 09:37")


class Counting(PromoteApp):
    """The program, counting what the saver reports."""

    CSS_PATH = STYLES
    reports = 0

    def on_save_done(self) -> None:  # type: ignore[override]
        """Count; Textual calls the handler of the class above too."""
        self.reports += 1


async def trouble(room: Facilitator) -> None:
    await room.until(lambda: room.state == "NOT SAVED")
    room.is_warned("Not saved:", "It is tried again by itself.")
    room.sees("NOT SAVED")


async def test_a_folder_that_vanishes_is_said_and_healed(tmp_path: Path, session: Session) -> None:
    library = tmp_path / "library"
    async with opened(library, holding=made(session, stage="map")) as room:
        path = room.app.saver.file.path
        shutil.rmtree(library)
        await room.says("One")
        await trouble(room)
        room.is_warned("the folder is no longer there")
        await room.types("Tw")
        await room.types("o")
        assert room.line == "Two"
        library.mkdir()
        await room.presses("enter")
        await room.until(lambda: room.state.startswith("saved"))
        assert titles(path) == ["One", "Two"]


async def test_with_a_folder_in_the_place_of_the_file_a_copy_goes_on(
    tmp_path: Path, session: Session
) -> None:
    async with opened(tmp_path / "library", holding=made(session, stage="map")) as room:
        path = room.app.saver.file.path
        path.unlink()
        path.mkdir()
        await room.says("One")
        await room.until(lambda: room.state.startswith("saved"))
        room.hears("session.toml is not a file any more.", "yours goes on as session conflict")
        await room.says("Two")
        await room.saved()
        assert titles(room.app.saver.file.path) == ["One", "Two"]
        assert path.is_dir()


async def test_a_save_that_failed_is_tried_again_by_itself(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.2)
    library = tmp_path / "library"
    async with opened(library, holding=made(session, stage="map"), make=Counting) as room:
        path = room.app.saver.file.path
        shutil.rmtree(library)
        await room.says("One")
        await trouble(room)
        assert isinstance(room.app, Counting)
        tries = room.app.reports
        await room.until(lambda: room.app.reports > tries + 1)  # type: ignore[attr-defined]
        library.mkdir()
        await room.until(lambda: room.state.startswith("saved"))
        assert room.banner == ""
        assert titles(path) == ["One"]


async def test_leaving_unsaved_warns_first_and_leaves_the_second_time(
    tmp_path: Path, session: Session
) -> None:
    library = tmp_path / "library"
    async with opened(library, holding=made(session, stage="map")) as room:
        shutil.rmtree(library)
        await room.says("One")
        await trouble(room)
        await room.presses("ctrl+q")
        room.hears("Once more leaves without saving.")
        room.is_warned("Not saved:")
        assert room.app.return_value is None
        await room.says("Two")
        await trouble(room)
        await room.presses("escape", "q")
        room.hears("Once more leaves without saving.")
        assert room.app.in_session
        await room.presses("q")
        assert not room.app.in_session


async def test_leaving_after_healing_saves(tmp_path: Path, session: Session) -> None:
    library = tmp_path / "library"
    async with opened(library, holding=made(session, stage="map")) as room:
        path = room.app.saver.file.path
        shutil.rmtree(library)
        await room.says("One")
        await trouble(room)
        library.mkdir()
        await room.presses("ctrl+q")
        assert room.app.return_value == 0
    assert titles(path) == ["One"]


async def test_a_file_changed_by_others_gives_a_copy_beside_it(tmp_path: Path, session: Session) -> None:
    library = tmp_path / "library"
    async with opened(library, holding=made(session, stage="map")) as room:
        path = kept(library, made(session, stage="map", mapped=["Theirs"]))
        await room.says("Ours")
        copy = library / "session conflict 2026-11-23 093000.toml"
        await room.until(copy.exists)
        await room.until(lambda: room.state.startswith("saved"))
        room.hears("session.toml was changed by someone else. Both are kept", copy.name)
        await room.says("Ours too")
        await room.saved()
        assert titles(path) == ["Theirs"]
        assert titles(copy) == ["Ours", "Ours too"]


async def test_a_file_written_by_hand_is_kept_as_it_was(tmp_path: Path, session: Session) -> None:
    library = tmp_path / "library"
    path = kept(library, session)
    written = b"# a note of ours\n" + path.read_bytes()
    path.write_bytes(written)
    async with opened(library) as room:
        await room.presses("enter")
        await arrives(room)
        room.hears("This file was written by hand. Its exact text is kept before it is first changed.")
        assert path.read_bytes() == written
        await room.says("p: A story")
        await room.until(lambda: room.state.startswith("saved "))
        room.hears("as it was it is kept in")
    copies = [copy for copy in (places.history_folder() / session.id).iterdir() if copy.is_file()]
    assert written in [copy.read_bytes() for copy in copies]


async def test_looking_around_changes_nothing_on_the_disk(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=["p: Lights", "Waking up"])) as room:
        before = room.app.saver.file.path.read_bytes()
        await room.presses("escape", "down", "n", "slash")
        await room.says("lights")
        await room.presses("question_mark", "escape", "enter", "escape", "q")
        assert room.app.saver.file.path.read_bytes() == before
