"""Looking back at a session: all is there to be seen, no key changes anything, e starts editing."""

import random
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from promote_tui.session.edits import own, review
from promote_tui.session.model import Earlier, Session
from promote_tui.store.inbox import Inbox
from promote_tui.store.inbox_text import Draft
from promote_tui.store.recovery import Slots, Typed
from promote_tui.store.session_lock import SessionLock
from promote_tui.ui.looking_back import ALL_SEEN
from promote_tui.ui.session_app import LOOKING
from tests.ui.made import TODAY, made
from tests.ui.room import Facilitator, arrives, edited, kept, opened
from tests.ui.tour import STAGES

QUIET = "Looking back: nothing can change. e starts editing."


def held(session: Session) -> Session:
    """Return a session with something at every stage, left at stage 4."""
    session = made(
        session,
        stage="own",
        told=["p: Lights at eight", "s: We rush", "Waking up", "Meal times"],
        mapped=["Lights on @HCA, nights 5m", "Names called 15m"],
        thought=["- Calling names #2", "+ Tea earlier #1", "= Knocking"],
        owned=2,
    )
    session = own.add_resistance(session, "initiative-1", "No time")
    session = own.check_in(session, "initiative-1", "three_days", TODAY, happened="Two tried it")
    session = review.rate(session, "initiative-1", 0, "amber", TODAY, evidence="Seen twice")
    earlier = Earlier(title="Waking up", held_on=TODAY, attached="The tea")
    return session.model_copy(update={"earlier": earlier})


def everything(*folders: Path) -> dict[str, tuple[int, str]]:
    """Return each folder, and each file with when it was changed and what it holds, but for the catalogue."""
    found = {}
    for folder in folders:
        for path in [folder, *folder.rglob("*")] if folder.exists() else []:
            # home looks whether a folder can be written to, which touches it
            is_file = path.is_file() and "catalogue-" not in str(path)
            data = path.read_bytes() if is_file else b""
            found[str(path)] = (path.stat().st_mtime_ns if is_file else 0, sha256(data).hexdigest())
    return found


async def looks_back(room: Facilitator, path: Path) -> None:
    """Look back at the session in a file."""
    why = await room.app.look_back(path)
    assert not why, why
    await arrives(room)


def every_key(room: Facilitator) -> list[str]:
    """Return every key that does something at the stage in view while it is worked on, letters besides."""
    bound = {key for one in room.app.stage_screen.keys_shown() for key in one.key.split(",")}
    leaving = {"e", "q", "b", "alt+e", "alt+q", "alt+b", "f1", "question_mark"}
    return [*sorted(bound - leaving), *"wzjhdmgcsov", "tab", "shift+tab", "ctrl+z", "ctrl+y", "f3"]


@pytest.mark.parametrize("seed", range(1))
async def test_no_key_changes_anything(tmp_path: Path, session: Session, own_home: Path, seed: int) -> None:
    path = kept(tmp_path / "library", held(session))
    Inbox(path.parent).add([Draft("p: Tea is cold", source="jotted")], "jot")
    Slots(session.id).write(session, (Typed("choose", "half-typed"),), "0" * 64, path, datetime.now(UTC))
    pressed = random.Random(seed)  # noqa: S311 - no secret
    async with opened(path.parent) as room:
        await room.settles()
        before = everything(path.parent, own_home)
        await looks_back(room, path)
        wanted = room.session
        for digit in STAGES:
            await room.presses(digit)
            keys = every_key(room)
            pressed.shuffle(keys)
            for key in keys:
                await room.presses(key)
                assert not room.typing, key
                if room.app.screen is not room.app.stage_screen:
                    await room.presses(*pressed.choices(["down", "l", "C", "A", "B", "x"], k=3))
                    await room.presses("escape", "escape")
                if not room.app.in_session:
                    await looks_back(room, path)
            await room.pastes("p: pasted")
            room.hears(LOOKING)
            await room.clicks("› Looking back")
            await room.clicks("e edits")
            assert not room.typing
        assert room.session == wanted
        await room.presses("q")
        await room.until(lambda: not room.app.in_session)
        assert everything(path.parent, own_home) == before


async def test_the_walk_shows_all_stages_and_ends_at_home(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, held(session))
    async with opened(tmp_path, size=(60, 20)) as room:
        for key in ("right", "pagedown", "space"):
            await looks_back(room, path)
            room.sees(QUIET, "Looking back e edits", "next list", "Enter open", "e edit", "q home", "? help")
            assert (room.stage, room.state, room.typing) == ("choose", "looking back", False)
            walked = []
            for _ in range(30):
                if room.said == ALL_SEEN:
                    break
                walked.append(room.stage)
                assert not room.typing
                await room.presses(key)
            assert list(dict.fromkeys(walked)) == list(STAGES.values())
            await room.presses("up", key)
            assert room.app.in_session
            assert room.said == ALL_SEEN
            await room.presses(key)
            await room.until(lambda: not room.app.in_session)
        await looks_back(room, path)
        await room.presses("left")
        room.hears("1 Choose is where it begins.")
        await room.presses("5", "pageup")
        assert room.stage == "own"


async def test_what_is_highlighted_stays_and_enter_looks_into_it(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, held(session))
    async with opened(tmp_path) as room:
        await looks_back(room, path)
        await room.presses_on("We rush", "enter")
        room.sees("What led here, and what came of it")
        await room.presses("escape", "2")
        await room.presses_on("Names called", "enter")
        room.sees("Step 2 of 2 under the microscope")
        await room.presses("enter")
        room.hears(LOOKING)
        await room.presses("m", "1")
        assert "We rush" in room.highlighted_row
        await room.presses("2")
        assert "Names called" in room.highlighted_row
        await room.presses("4", "home", "enter")
        room.sees("Owner", "Day 0")
        await room.presses("down", "enter")
        room.hears(LOOKING)
        await room.presses_on("Two tried it", "i")
        room.hears(LOOKING)
        await room.presses("escape", "5", "home", "down", "enter")
        room.sees("how did it go over time?", "Seen twice")
        await room.presses("escape")
        await room.presses_on("Are we too fond", "enter")
        room.hears(LOOKING)
        await room.presses("E")
        room.hears("Team: Mulberry 2")
        await room.presses("question_mark")
        room.does_not_see("While typing", "remove the highlighted item")


async def test_e_starts_editing_where_the_room_is(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, held(session))
    for digit, row in {
        "1": "Meal times",
        "2": "Names called",
        "3": "Tea earlier",
        "4": "Success",
        "5": "People",
    }.items():
        async with opened(tmp_path) as room:
            await looks_back(room, path)
            await room.presses(digit, *["right"] * (digit in "13"), *["home", "enter"] * (digit == "4"))
            await room.highlights(row)
            here, lock = room.list.highlighted, SessionLock(path)
            assert lock.is_free()
            await room.presses("e")
            assert (room.stage, room.list.highlighted) == (STAGES[digit], here)
            assert (room.state, room.banner, lock.is_free()) == ("saved", "", False)
            room.hears("This session can be changed now.")
            room.sees("i to type")
            room.does_not_see("Looking back")
            await room.presses("1", "i")
            await room.says(f"p: Told at {digit}")
            assert f"Told at {digit}" in [one.text for one in (await room.saved()).stories]
            await room.presses("escape", "q")
            assert lock.is_free()


async def test_half_typed_words_wait_until_editing(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    base = sha256(path.read_bytes()).hexdigest()
    told = made(session, told=["p: Not saved"]).model_copy(update={"revision": 2})
    Slots(session.id).write(told, (Typed("choose", "half-typed"),), base, path, datetime.now(UTC))
    async with opened(tmp_path) as room:
        await looks_back(room, path)
        assert (room.line, room.session.stories) == ("", ())
        await room.presses("q")
        await looks_back(room, path)
        await room.presses("e")
        assert room.line == "half-typed"
        room.sees("Not saved")
        room.hears("What was not saved last time is back")


async def test_what_is_for_reading_only_says_so_from_the_start(tmp_path: Path, session: Session) -> None:
    newer, short = tmp_path / "newer.toml", tmp_path / "short.toml"
    other = kept(tmp_path, session, "other.toml")
    newer.write_text(edited(session, "version = 1", "version = 2"), encoding="utf-8")
    whole = kept(tmp_path, held(session)).read_text()
    short.write_text(whole[: whole.rindex("[[initiatives")], encoding="utf-8")
    broken = tmp_path / "broken.toml"
    broken.write_text("title = [", encoding="utf-8")
    lock = SessionLock(other)
    assert lock.take()
    async with opened(tmp_path) as room:
        for path, why in ((newer, "newer version"), (short, "cut short"), (other, "another window")):
            await looks_back(room, path)
            room.is_warned(why)
            room.sees("Looking back: nothing can change.")
            room.does_not_see("e starts editing", "e edit")
            assert room.stage == "choose"
            for key in "exi":
                await room.presses(key)
                room.hears(why)
            if path is other:
                lock.release()
                await room.presses("e")
                assert room.state == "saved"
            await room.presses("q") if not room.typing else await room.presses("escape", "q")
            await room.until(lambda: not room.app.in_session)
        assert "broken.toml" in await room.app.look_back(broken)
        assert "no file" in await room.app.look_back(tmp_path / "gone.toml")
        assert not room.app.in_session


async def test_a_file_that_changed_meanwhile_is_edited_as_it_is_now(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, held(session))
    async with opened(tmp_path) as room:
        await looks_back(room, path)
        await room.presses("4", "home", "enter")
        kept(tmp_path, made(session, thought=["+ Only this"]))
        await room.presses("e")
        assert room.session.initiatives == ()
        room.sees("Only this")
        assert room.state == "saved"
    async with opened(tmp_path) as room:
        await looks_back(room, path)
        path.write_text("title = [", encoding="utf-8")
        await room.presses("e")
        room.hears("mistakes")
        path.unlink()
        await room.presses("e")
        room.hears("no file")
        assert room.app.looking


async def test_an_empty_session_and_an_example(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    async with opened(tmp_path, size=(60, 20)) as room:
        await looks_back(room, path)
        for _ in range(len(STAGES) + 4):
            assert not room.typing
            await room.presses("enter", "space")
        assert room.said == ALL_SEEN or not room.app.in_session
        await room.presses("q") if room.app.in_session else None
        await room.presses("e")
        await room.until(lambda: room.app.visiting)
        example = next(iter(room.app.library.cards())).path
        await looks_back(room, example)
        assert room.state == "looking back"
        await room.presses("e")
        assert room.state == "an example: nothing is kept"


async def test_three_hundred_of_everything(tmp_path: Path, session: Session) -> None:
    held = made(
        session,
        told=[f"p: Story {n}" for n in range(300)],
        mapped=[f"Step {n}" for n in range(300)],
        thought=[f"+ Idea {n}" for n in range(300)],
        owned=40,
    )
    path = kept(tmp_path, held)
    async with opened(tmp_path, size=(60, 20)) as room:
        await looks_back(room, path)
        await room.presses("end")
        assert "Story 299" in room.highlighted_row
        await room.presses("space", "space")
        assert room.stage == "map"
        await room.presses("space")
        assert room.stage == "map"
        await room.presses("1")
        await room.presses("3", "right", "end", "e")
        assert "Idea 299" in room.highlighted_row
        assert room.session == held.model_copy(update={"stage": "ideas"})
