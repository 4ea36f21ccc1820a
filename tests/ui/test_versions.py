from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from promote_tui.session.edits import choose, items, own
from promote_tui.session.edits import map as steps
from promote_tui.session.model import Session
from promote_tui.store import places, toml_text
from promote_tui.store.library import Library
from promote_tui.store.seal import sealed
from promote_tui.store.versions import Versions
from promote_tui.ui.differences import DifferencesPage
from promote_tui.ui.versions import EarlierVersions, Wanted
from tests.ui.made import made
from tests.ui.room import SIZES, START, Facilitator, kept, opened
from tests.ui.test_hostile import MARKUP


@pytest.fixture
def held(session: Session) -> Session:
    """A session with two stories, a step and a change."""
    told = ["p: Lights at eight", "s: We rush"]
    return made(session, told=told, mapped=["Lights on"], thought=["+ Tea earlier #1"], owned=1)


def was(session: Session, **ago: float) -> Path:
    """Keep a version of a session, so long ago."""
    path = Versions(session.id).keep(
        sealed(toml_text.write(session)), START - timedelta(**ago), revision=session.revision
    )
    assert path
    return path


async def looks_at_versions(
    room: Facilitator, why_not: str = "", now: Callable[[], Session] | None = None, id: str = ""
) -> list[Session]:
    """Open the page as the app does, and wait until it has looked at everything; return what is copied."""
    copied: list[Session] = []
    library = Library(room.app.library.folder)
    now = now or ((lambda: room.app.session) if room.app.opened else None)
    path = room.app.saver.file.path if room.app.opened else library.folder / "broken.toml"
    id = id or room.app.session.id
    await room.app.push_screen(EarlierVersions(Wanted(id, path, library, now, why_not), copied.append))
    await room.until(lambda: "…" not in room.screen)
    return copied


async def test_what_was_removed_is_found_in_an_earlier_version_and_brought_back(
    tmp_path: Path, held: Session
) -> None:
    was(held, days=42)
    less = items.remove(items.remove(held, "story-1"), "step-1")
    was(less.model_copy(update={"revision": 2}), minutes=20)
    async with opened(tmp_path, holding=less) as room:
        await looks_at_versions(room)
        room.sees("Which earlier version do you want to see?", "Enter what differs", "Esc back")
        assert room.rows == [
            "today 09:10 nothing changed",
            "Mon 12 Oct 2026, 09:30 one story and one step removed",
        ]
        await room.clicks("walk")
        await room.presses("enter")
        room.sees("how it was Mon 12 Oct 2026, 09:30: what do you want back?", "Only there: missing here 2")
        assert room.rows == ["a patient's story Lights at eight", "a step Lights on"]
        await room.presses("enter")
        room.hears("Taken over.", "u undo")
        assert room.rows == ["a step Lights on"]
        assert {story.text for story in room.session.stories} == {"Lights at eight", "We rush"}
        await room.presses("u")
        room.hears("Undone: take over a patient's story.")
        assert len(room.rows) == 2
        await room.presses("U", "A")
        room.sees("Nothing differs. This is how it is now.")
        room.hears("All that was missing is here.")
        await room.presses("A", "enter")
        room.hears("There is nothing to take over.")
        await room.presses("escape", "q")
        assert room.stage == "choose"
        assert (await room.saved()).steps == held.steps


async def test_going_back_as_a_whole_is_one_step_that_can_be_undone(tmp_path: Path, held: Session) -> None:
    was(held, minutes=5)
    now = steps.add_line(choose.retell(held, "story-1", "p: Lights at half past eight"), "Names called")
    now = own.add_resistance(now, "initiative-1", "No time")
    async with opened(tmp_path, holding=now) as room:
        await looks_at_versions(room)
        await room.presses("enter")
        room.sees("Different 1", "now Lights at half past eight", "there Lights at eight", "Only here 2")
        await room.presses("end", "enter")
        room.sees("resistance", "No time", "of the change “Tea earlier”")
        room.hears("It is only here, so there is nothing to take over.")
        await room.presses("C")
        room.hears("No copy is needed.")
        await room.presses("B")
        room.hears("All is as it was.")
        kept_of = (held.stories, held.steps, held.initiatives)
        assert (room.session.stories, room.session.steps, room.session.initiatives) == kept_of
        await room.presses("B")
        room.hears("Nothing differs")
        await room.presses("u")
        room.hears("Undone: go back to how it was today 09:25.")
        assert room.session.stories == now.stories
        await room.presses("z")
        room.hears("z does nothing here. Esc goes back.")


async def test_other_files_of_the_session_are_listed_and_looked_into(tmp_path: Path, held: Session) -> None:
    theirs = choose.add_line(held, "c: The tea is cold")
    kept(tmp_path, theirs, "session conflict 2026-11-23 093000.toml")
    kept(tmp_path, theirs.model_copy(update={"id": "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0"}), "other.toml")
    async with opened(tmp_path, holding=held) as room:
        await looks_at_versions(room)
        room.sees("No earlier versions yet.", "Other files of this session")
        assert room.rows == ["session conflict 2026-11-23 093000.toml today 09:30 one story only there"]
        await room.presses("C")
        room.hears("No copy is needed.")
        await room.clicks("Enter what differs")
        room.sees("how it is in session conflict 2026-11-23 093000.toml")
        await room.presses("enter", "escape")
        await room.until(lambda: "nothing changed" in room.screen)
        assert len(room.session.stories) == 3


async def test_where_nothing_can_be_taken_over_a_version_goes_on_in_a_copy(
    tmp_path: Path, held: Session
) -> None:
    was(held, days=1)
    why = "This file is for reading only."
    async with opened(tmp_path, holding=items.remove(held, "step-1")) as room:
        copied = await looks_at_versions(room, why)
        room.hears(why)
        assert room.rows == ["yesterday 09:30 one step removed"]
        await room.presses("enter")
        for key in ("enter", "A", "B"):
            await room.presses(key)
            room.hears(f"{why} C goes on in a copy of it.")
        await room.presses("u")
        room.hears(why)
        assert not room.session.steps
        await room.presses("C")
        assert (copied, room.stage) == ([held], "choose")
        kept(tmp_path, held, "copy.toml")
        damaged = was(held.model_copy(update={"revision": 0}), days=2)
        damaged.write_bytes(b"x")
        copied = await looks_at_versions(room, why)
        await room.presses("C")
        assert copied == [held]
        await looks_at_versions(room, why)
        await room.presses("down", "enter")
        room.hears("This version was changed or damaged")
        await room.presses("end", "C")
        room.hears("It is a file of its own.")


async def test_versions_of_a_file_that_cannot_be_read_are_listed_and_copied(
    tmp_path: Path, held: Session
) -> None:
    good = was(held, minutes=30)
    bad = was(held.model_copy(update={"revision": 9}), minutes=20)
    bad.write_bytes(b"x")
    why = "This file has mistakes in it, so it is not changed."
    async with opened(tmp_path) as room:
        copied = await looks_at_versions(room, why, id=held.id)
        assert len(room.rows) == 2
        assert room.rows[0].startswith("today 09:10 This version was changed or damaged")
        await room.presses("C")
        room.hears("This version was changed or damaged")
        await room.presses("down", "enter")
        room.hears(f"{why} C goes on in a copy of it.")
        good.rename(good.with_name("gone"))
        await room.presses("C")
        assert copied == [held], "it was read already"
        await looks_at_versions(room, why, id="no id")
        room.sees("has no earlier versions")
        await room.presses("C")
        room.hears("There is nothing to go on with.")
        await room.presses("enter", "V")
        assert not isinstance(room.app.screen, EarlierVersions)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words_and_every_key_is_named_at_any_size(
    tmp_path: Path, held: Session, size: tuple[int, int]
) -> None:
    there = items.change(
        choose.add_line(held, f"p: {MARKUP}"), "step-1", title=f"Lights on {MARKUP}", who=MARKUP
    )
    was(there, minutes=5)
    kept(tmp_path, there, "a [b] @copy.toml")
    original = places.history_folder() / held.id / "0123456789abcdef.toml"
    original.write_bytes(b"by hand")
    async with opened(tmp_path, holding=held, size=size) as room:
        await looks_at_versions(room)
        room.sees("Enter what differs", "Esc back", "a [b] @copy.toml", "as a person wrote it")
        await room.presses("enter")
        assert isinstance(room.app.screen, DifferencesPage)
        room.sees("Enter take", "A ", "missing", "B ", "u undo", "Esc back")
        await room.presses("end")
        await room.presses("A", "enter")
        assert room.session.steps[0].who == MARKUP
        await room.presses("escape")
        await looks_at_versions(room, "Only for reading.")
        await room.presses("enter")
        room.sees("C go on in a copy", "Esc back")
