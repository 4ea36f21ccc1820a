"""What outlives a crash, another window, a full or vanished disk, and a file that was damaged."""

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual import events

from promote_tui.session.model import Session
from promote_tui.store import places, toml_text
from promote_tui.store.recovery import Slots, Typed
from promote_tui.store.seal import sealed
from promote_tui.store.session_lock import SessionLock
from promote_tui.store.versions import Versions
from promote_tui.ui import opening
from promote_tui.ui.widgets.item_list import ItemList
from tests.ui.made import made
from tests.ui.room import arrives, kept, opened

BEFORE = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)


def cut_off(path: Path, session: Session, *typed: Typed, base: bytes | None = None) -> None:
    """Leave behind what a program leaves that is killed while this session is open."""
    data = path.read_bytes() if base is None else base
    Slots(session.id).write(session, typed, sha256(data).hexdigest(), path, BEFORE)


def newer(session: Session, told: Sequence[str]) -> Session:
    """Return a session a change further on."""
    return made(session, told=told).model_copy(update={"revision": session.revision + 1})


async def test_half_typed_words_are_back_at_their_stage(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    cut_off(path, session, Typed("choose", "p: They woke me"), Typed("ideas", "+ Tea", "Who"))
    async with opened(tmp_path) as room:
        await room.until(lambda: "was cut off" in room.said)
        room.hears("“Waking up on Mulberry 2” was cut off today 09:12. Open it: what was typed last is back")
        await room.presses("enter")
        await arrives(room)
        assert room.line == "p: They woke me"
        room.hears("The words in the line were half-typed.", "Half-typed words wait in 3 Ideas.")
        await room.presses("enter")
        assert [story.text for story in room.session.stories] == ["They woke me"]
        await room.goes_to("3")
        assert room.line == "+ Tea"
    assert Slots(session.id).newest() is None


async def test_what_was_not_saved_is_back_and_can_be_taken_out(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    cut_off(path, newer(session, ["p: Lights on"]))
    async with opened(tmp_path) as room:
        await room.until(lambda: "was cut off" in room.said)
        await room.presses("enter")
        await arrives(room)
        room.hears("What was not saved last time is back (today 09:12).   u takes it out")
        room.sees("Lights on")
        assert [story.text for story in (await room.saved()).stories] == ["Lights on"]
        await room.presses("escape", "u")
        room.hears("Undone: what was not saved last time")
        assert (await room.saved()).stories == ()


async def test_what_was_saved_after_all_is_not_given_back(tmp_path: Path, session: Session) -> None:
    after = newer(session, ["p: Lights on"])
    path = kept(tmp_path, after)
    cut_off(path, session, Typed("choose", "p: Lights on"), base=b"as it was before")
    async with opened(tmp_path, holding=after) as room:
        assert room.line == ""
        room.does_not_see("half-typed")


async def test_work_upon_a_file_that_others_changed_is_an_earlier_version(
    tmp_path: Path, session: Session
) -> None:
    path = kept(tmp_path, session)
    cut_off(path, newer(session, ["p: Lights on"]), base=b"what stood there before")
    async with opened(tmp_path, holding=session) as room:
        room.hears("The file was changed elsewhere since. What was not saved (today 09:12) is kept: V shows")
        await room.presses("escape", "V")
        await room.until(lambda: "story" in room.screen)
        await room.presses("enter")
        await room.until(lambda: "Lights on" in room.screen)
        await room.presses("enter")
        assert [story.text for story in (await room.saved()).stories] == ["Lights on"]


async def test_a_session_whose_file_is_gone_is_put_back(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    cut_off(path, newer(session, ["p: Lights on"]), Typed("choose", "p: And then"))
    path.unlink()
    async with opened(tmp_path) as room:
        await room.until(lambda: "has no file any more" in room.said)
        room.hears("“Waking up on Mulberry 2” (today 09:12) has no file any more. R puts it among your")
        await room.presses("R")
        await arrives(room)
        room.sees("Lights on")
        assert room.line == "p: And then"
        await room.presses("ctrl+u", "escape", "q", "R")
        room.hears("Nothing is left to be put back.")


async def test_each_file_of_a_session_has_its_own_half_typed_words(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    other = kept(tmp_path, session, "session conflict 2026-11-23 093000.toml")
    cut_off(path, session, Typed("choose", "p: They woke me"))
    async with opened(tmp_path) as room:
        await room.until(lambda: "was cut off" in room.said)
        room.sees("conflict 2026-11-23 093000")
        assert room.list.highlighted == str(path)
        await room.presses_on("conflict", "enter")
        await arrives(room)
        assert room.line == ""
        await room.says("p: Tea is cold")
        await room.presses("escape", "q")
        room.app.screen_stack[0].query_one("#sessions", ItemList).highlighted = str(path)
        await room.presses("enter")
        await arrives(room)
        assert room.app.saver.file.path == path
        assert room.line == "p: They woke me"
    assert toml_text.read(other.read_bytes()).session != session


async def test_undo_goes_on_where_it_was_left(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    for _ in range(2):
        async with opened(tmp_path) as room:
            await room.presses("enter")
            await arrives(room)
            if room.typing:
                await room.says("p: Lights on")
                await room.says("p: Tea is cold")
            else:
                await room.presses("u", "u")
                room.hears("Undone: add")
            await room.presses("escape", "q")
    session = toml_text.read(path.read_bytes()).session or session
    assert session.stories == ()
    assert len(Versions(session.id).all()) >= 2


async def test_a_second_window_looks_on_and_takes_over(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LOOK_SECONDS", 0.05)
    kept(tmp_path, session)
    async with opened(tmp_path) as first:
        await first.presses("enter")
        await arrives(first)
        async with opened(tmp_path) as second:
            await second.presses("enter")
            await arrives(second)
            second.is_warned("open in another window of this computer, so it is for reading only here")
            await second.presses("escape", "T")
            second.hears("The other window still has it open.")
            await first.says("p: Lights on")
            await first.presses("escape", "T")
            first.hears("can be changed here already")
            await second.presses("i")
            await second.says("p: My words")
            await first.presses("q")
            await second.until(lambda: "Esc, then T goes on here" in second.banner)
            await second.presses("escape", "T")
            await arrives(second)
            assert second.banner == ""
            second.sees("Lights on")
            assert second.line == "p: My words"
            await second.presses("i", "enter")
            assert len((await second.saved()).stories) == 2


async def test_a_file_changed_elsewhere_while_it_is_looked_at_is_said(
    tmp_path: Path, session: Session
) -> None:
    async with opened(tmp_path, holding=session) as room:
        kept(tmp_path, newer(session, ["p: Theirs"]))
        room.app.post_message(events.AppFocus())
        await room.until(lambda: room.banner)
        room.is_warned("This file was changed elsewhere.", "q, then Enter, opens it anew")
        await room.presses("escape", "q", "enter")
        await arrives(room)
        assert room.banner == ""
        room.sees("Theirs")


async def test_a_disk_that_is_nearly_full_is_said(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=7_300_000))
    async with opened(tmp_path, holding=session) as room:
        await room.says("p: Lights on")
        await room.until(lambda: room.banner)
        room.is_warned("The disk is nearly full: there is room for 7 MB more.")


async def test_when_nothing_would_outlive_a_crash_it_is_said(tmp_path: Path, session: Session) -> None:
    places.state_folder().parent.mkdir(parents=True, exist_ok=True)
    places.state_folder().write_text("a file where the folder should be", encoding="utf-8")
    async with opened(tmp_path, holding=session) as room:
        await room.says("p: Lights on")
        room.app.write_recovery()
        await room.says("p: Tea is cold")
        await room.until(lambda: room.banner)
        room.is_warned("A crash now would lose what is half-typed")
        assert len((await room.saved()).stories) == 2


async def test_words_that_are_kept_nowhere_are_not_left_by_accident(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    lock = SessionLock(path)
    assert lock.take()
    async with opened(tmp_path) as room:
        await room.presses("enter")
        await arrives(room)
        await room.types("p: My words")
        await room.presses("escape", "q")
        room.hears("The words in the line are kept nowhere", "Once more leaves without them.")
        assert room.app.in_session
        await room.presses("q")
        await room.until(lambda: not room.app.in_session)
    lock.release()


async def test_a_session_goes_on_in_another_folder(tmp_path: Path, session: Session) -> None:
    library, other = tmp_path / "library", tmp_path / "other"
    async with opened(library, holding=session) as room:
        other.mkdir()
        shutil.rmtree(library)
        await room.says("p: Lights on")
        await room.until(lambda: room.banner)
        room.is_warned("Not saved:", "W saves in another folder.")
        await room.presses("escape", "W")
        await room.says("")
        room.hears("Which folder shall it be?")
        await room.says(os.devnull)
        await room.until(lambda: "null" in room.said)
        await room.presses("W")
        await room.says(str(other))
        await room.until(lambda: "goes on as" in room.said)
        assert room.banner == ""
        await room.presses("i")
        await room.says("p: Tea is cold")
        assert len((await room.saved()).stories) == 2
        assert room.app.saver.file.path.parent == other
        assert room.app.lock
        assert room.app.lock.path == room.app.saver.file.path
        await room.types("p: half a line")
        room.app.write_recovery()
        slot = Slots(session.id).newest()
        assert slot
        assert slot.path == room.app.saver.file.path
        assert slot.base == room.app.saver.file.known_hash
        await room.presses("ctrl+u", "escape", "q")
        await room.until(lambda: "is in another folder" in room.said)


async def test_a_file_cut_short_stays_and_its_earlier_version_goes_on(
    tmp_path: Path, session: Session
) -> None:
    told = made(session, told=["p: Lights on", "p: Tea is cold"])
    path = kept(tmp_path, told)
    Versions(session.id).keep(path.read_bytes(), BEFORE, revision=told.revision)
    cut = path.read_bytes()[: path.read_bytes().index(b"[[stories]]")]
    path.write_bytes(cut)
    async with opened(tmp_path) as room:
        await room.presses("o")
        await room.says("")
        await room.presses("escape")
        await room.presses("enter")
        await arrives(room)
        room.is_warned("This file was cut short: its end is missing.", "V shows earlier versions.")
        await room.presses("escape", "V")
        await room.until(lambda: "09:12" in room.screen)
        await room.presses("C")
        await room.until(lambda: room.app.in_session and "This is a copy now" in room.said)
        assert room.banner == ""
        room.sees("Tea is cold")
        assert room.app.saver.file.path != path
    assert path.read_bytes() == cut


async def test_a_file_that_cannot_be_read_still_has_its_versions(tmp_path: Path, session: Session) -> None:
    told = made(session, told=["p: Lights on"])
    path = kept(tmp_path, told)
    Versions(session.id).keep(path.read_bytes(), BEFORE, revision=told.revision)
    broken = path.read_bytes().replace(b'voice = "patient"', b"voice = ")
    path.write_bytes(broken)
    (tmp_path / "nobody.toml").write_bytes(b"\x00" * 100)
    async with opened(tmp_path) as room:
        await room.highlights("nobody")
        await room.presses("V")
        room.hears("says nowhere which session it is")
        await room.highlights("session")
        await room.presses("V")
        await room.until(lambda: "09:12" in room.screen)
        room.sees("This file cannot be read")
        await room.presses("C")
        await room.until(lambda: room.app.in_session and "This is a copy now" in room.said)
        room.sees("Lights on")
    assert path.read_bytes() == broken


async def test_home_shows_the_versions_of_the_highlighted_session(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, newer(session, ["p: Lights on"]))
    Versions(session.id).keep(sealed(toml_text.write(session)), BEFORE, revision=1)
    async with opened(tmp_path) as room:
        await room.presses("V")
        await room.until(lambda: "09:12" in room.screen)
        await room.presses("escape")
        await room.until(lambda: not room.app.in_session)  # home, where the room was
        await room.presses("enter")
        await arrives(room)
        path.write_text("", encoding="utf-8")
