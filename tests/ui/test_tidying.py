"""Tidying at home: one key each, asked where something goes, and every refusal is a sentence."""

import asyncio
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.store.library import Library
from promote_tui.store.places import ARCHIVE
from promote_tui.store.session_lock import SessionLock
from promote_tui.ui.home import Home
from tests.ui.made import made
from tests.ui.room import Facilitator, kept, opened
from tests.ui.test_hostile import LONG, MARKUP, no_control_characters

OTHER = "1b6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"


@pytest.fixture
def library(tmp_path: Path, session: Session) -> Library:
    library = Library(tmp_path / "library")
    library.add(made(session, told=["p: Lights", "Waking up"], mapped=["Lights on @Mrs Whitlow"]))
    library.add(session.model_copy(update={"id": OTHER, "title": "Meals"}))
    return library


def titles(library: Library) -> list[str]:
    return sorted(card.title for card in library.cards())


def names(library: Library) -> list[str]:
    return sorted(path.relative_to(library.folder).as_posix() for path in library.folder.rglob("*.toml"))


async def gone(room: Facilitator) -> None:
    """Wait until what was asked for is done."""
    await room.until(lambda: room.said and not room.typing)


async def test_a_title_is_changed_a_session_copied_put_away_and_taken_back(library: Library) -> None:
    async with opened(library.folder) as room:
        await room.presses_on("Meals", "N")
        room.sees("What shall this session be called?")
        home = room.app.screen
        assert isinstance(home, Home)
        assert (room.line, home.enter_does) == ("Meals", "keep")
        await room.replaces("Meal times")
        await gone(room)
        room.hears("It is called “Meal times” now.")
        assert "Meal times" in room.highlighted_row
        assert names(library)[0] == "2026-11-23-meal-times.toml"
        await room.presses("N", "enter")
        await gone(room)
        room.hears("The title stays as it is.")
        await room.presses("N", "end", "ctrl+u", "enter")
        room.hears("A session needs a title.")
        await room.presses("escape", "escape")
        assert titles(library) == ["Meal times", "Waking up on Mulberry 2"]

        await room.presses_on("Waking up", "D")
        await room.replaces("Waking up on Ash")
        await room.says("Ash")
        await gone(room)
        room.hears("nothing that was said", "1 place looks as if it could show who a person is")
        assert "Waking up on Ash" in room.highlighted_row
        (copy,) = (card for card in library.cards() if card.title == "Waking up on Ash")
        assert copy.team == "Ash"

        await room.presses("A")
        await gone(room)
        room.hears("“Waking up on Ash”, 23 Nov 2026 is put away: f lists those.   u undo")
        assert "Waking up on Ash" not in titles(library)
        assert (library.folder / ARCHIVE / copy.path.name).exists()
        await room.presses("f", "end", "enter", "escape", "home", "A")
        await gone(room)
        room.hears("is back among the sessions")
        assert "Waking up on Ash" in titles(library)


async def test_what_was_put_away_is_taken_back_with_u(library: Library) -> None:
    async with opened(library.folder) as room:
        await room.presses("u")
        room.hears("Nothing to undo here")
        await room.presses_on("Meals", "A")
        await gone(room)
        assert "Meals" not in titles(library)
        await room.presses("u")
        await room.until(lambda: "is where it was" in room.said)
        assert "Meals" in titles(library)
        assert "Meals" in room.highlighted_row


async def test_a_promise_is_not_tidied_but_its_session(library: Library, session: Session) -> None:
    held = made(session, thought=["+ Tea earlier"], owned=1)
    library.add(held.model_copy(update={"id": "2b6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11", "title": "Tea"}))
    async with opened(library.folder) as room:
        await room.presses("home")
        assert room.highlighted_row.startswith("3 days")
        for key in ("A", "x", "N", "D"):
            await room.presses(key)
            room.hears("Highlight the session itself")
        assert "Tea" in titles(library)


async def test_a_template_made_during_a_search_is_shown(library: Library) -> None:
    async with opened(library.folder) as room:
        await room.presses("slash")
        await room.says("meals")
        await room.presses("D")
        await room.replaces("Breakfast")
        await room.says("")
        await gone(room)
        room.sees("3 sessions")
        assert room.highlighted_row.startswith("Breakfast")


async def test_what_is_thrown_away_is_asked_about_first(library: Library, bin: Path) -> None:
    async with opened(library.folder) as room:
        await room.presses_on("Meals", "x")
        room.sees("goes to the bin of this computer", "Esc keeps it")
        home = room.app.screen
        assert isinstance(home, Home)
        assert home.enter_does == "throw away"
        await room.says("no")
        room.hears("Enter alone throws it away, Esc keeps it.")
        await room.presses("escape", "escape")
        assert len(titles(library)) == 2
        await room.presses_on("Meals", "delete", "enter")
        await gone(room)
        room.hears("“Meals”, 23 Nov 2026 is in the bin of this computer.")
        assert titles(library) == ["Waking up on Mulberry 2"]
        assert len(list(bin.iterdir())) == 1


async def test_what_cannot_be_tidied_says_why_and_stays(library: Library, bin: Path) -> None:
    (library.folder / "broken.toml").write_text("title = [", encoding="utf-8")
    before = names(library)
    async with opened(library.folder) as room:
        await room.highlights("broken")
        for key in "NDAx":
            await room.presses(key)
            room.hears("This file stays as it is: not readable as TOML.")
        await room.highlights("Meals")
        lock = SessionLock(Path(room.list.highlighted))
        assert await asyncio.to_thread(lock.take)
        await room.presses("A")
        await gone(room)
        room.hears("This session is open in another window.")
        await room.presses("x", "enter")
        await room.until(lambda: "another window" in room.said)
        lock.release()
        room.list.highlighted = ""
        for key in "NDAx":
            await room.presses(key)
            room.hears("Highlight a session first.")
        room.app.demo = True
        for key in "NDAxI":
            await room.presses(key)
            room.hears("Nothing is kept here.")
    assert names(library) == before


async def test_a_hostile_title_acts_on_nothing(library: Library, session: Session) -> None:
    for number, text in enumerate((MARKUP, LONG, "\u202eabc\x1b[2J")):
        held = session.model_copy(update={"id": OTHER.replace("f", str(number)), "title": text})
        kept(library.folder, held, f"{number}.toml")
    async with opened(library.folder, size=(60, 20)) as room:
        for words in ("[/b]", "www", "abc"):
            for key in "NDx":
                await room.presses_on(words, key)
                no_control_characters(room)
                await room.presses("escape", "escape")
            await room.presses_on(words, "A")
            await gone(room)
            room.hears("is put away")
            no_control_characters(room)
