"""The library by the keys of home: search while typing, filters, preview, copies, and folders that fail."""

import asyncio
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from promote_tui.session.model import Session
from promote_tui.store.catalogue import Catalogue, Refreshed
from promote_tui.store.library import LibraryError
from promote_tui.store.places import ARCHIVE, catalogue_file
from tests.ui.made import knows_of, made
from tests.ui.room import SIZES, Facilitator, arrives, edited, kept, opened
from tests.ui.test_home import numbered
from tests.ui.test_hostile import LONG, MARKUP


def some_sessions(folder: Path, session: Session) -> None:
    """Three sessions: two of one team, one with a change that was rated red."""
    waking = made(session, told=["p: They shout at the café door", "s: We rush"], thought=["+ Tea earlier"])
    meals = made(session, mapped=["Trolley comes"], thought=["- Noise", "+ Music"], owned=2)
    red = {
        "held_on": date(2026, 11, 20),
        "parts": [{"name": "All shifts", "rating": "red", "evidence": "Seen"}],
    }
    changes = [one.model_dump() for one in meals.initiatives]
    changes[0] |= {"owner": "HCA, nights", "reviews": [red]}
    rated = Session.model_validate(meals.model_dump() | {"initiatives": tuple(changes)}, strict=False)
    kept(folder, numbered(waking, 1, title="Waking up", team="Larch"), "waking.toml")
    kept(folder, numbered(rated, 2, title="Meal times", team="Larch"), "meals.toml")
    kept(folder, numbered(session, 3, title="Letters", team="Outpatients"), "letters.toml")


@pytest.mark.parametrize("size", SIZES)
async def test_a_search_narrows_with_each_letter_and_shows_where_the_words_stand(
    tmp_path: Path, session: Session, size: tuple[int, int]
) -> None:
    some_sessions(tmp_path, session)
    async with opened(tmp_path, size=size) as room:
        await room.presses("slash")
        room.hears("Which words?")
        await room.types("cafe")
        room.sees("1 session with “cafe” Esc shows all", "Waking up", "They shout at the café door")
        room.does_not_see("Letters")
        assert room.typing
        await room.types(" rush nobody")
        room.sees("0 sessions with “cafe rush nobody”")
        await room.presses("ctrl+u")
        room.sees("Letters", "Meal times")
        await room.types("mus")
        room.sees("1 session with “mus”", "Music")
        await room.presses("down")
        assert not room.typing
        assert room.highlighted_row.startswith("Meal times")
        await room.presses("slash")  # typed anew instead of what stands there
        await room.types("let")
        await room.presses("enter", "enter")
        await arrives(room)
        assert room.session.title == "Letters"
        await room.presses("escape", "q")
        room.sees("1 session with “let”")
        await room.presses("escape")
        room.sees("3 sessions")
        assert room.highlighted_row.startswith("Letters")


async def test_filters_narrow_and_say_how_many_are_left(tmp_path: Path, session: Session) -> None:
    some_sessions(tmp_path, session)
    async with opened(tmp_path) as room:
        await room.presses("f")
        room.sees("Which sessions?", "Team all", "Rating all", "Put away no", "3 sessions in the list")
        await room.presses("enter")
        room.sees("○ Larch 2 sessions", "○ Outpatients 1 session")
        await room.presses("down", "enter")
        room.sees("Team Larch", "2 sessions in the list")
        await room.presses_on("Rating", "enter")
        room.sees("○ ■ Red 1 session")
        await room.presses_on("■ Red", "enter")
        room.sees("Rating ■ Red", "1 session in the list")
        await room.presses("q")
        room.sees("1 session Larch, ■ Red Esc shows all", "Meal times")
        room.does_not_see("Waking up", "What did we promise?")
        await room.presses("slash")
        await room.says("trolley")
        room.sees("1 session with “trolley”, Larch, ■ Red")
        await room.presses("f", "home", "enter", "enter", "x", "escape")
        room.sees("with “trolley”")  # what is searched for is no filter
        await room.presses("f")
        await room.presses_on("Owner", "enter")
        room.sees("HCA, nights 1 session")
        await room.presses("enter")
        room.does_not_see("HCA, nights")
        await room.presses("f", "escape")
        room.sees("3 sessions")
        await room.presses("f", "z")
        room.hears("z does nothing here. Enter opens and takes, Esc goes back.")


async def test_nothing_to_choose_from_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await room.presses("f", "enter")
        room.sees("Nothing to choose from yet.", "0 sessions in the list")
        await room.presses("escape", "space", "r", "c")
        room.hears("Highlight a session first.")
        await room.presses("p")
        await room.until(lambda: "0 sessions" in room.screen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_preview_tells_what_is_known_of_the_highlighted_session(
    tmp_path: Path, session: Session, size: tuple[int, int]
) -> None:
    some_sessions(tmp_path, session)
    (tmp_path / "broken.toml").write_text("title = [", encoding="utf-8")
    async with opened(tmp_path, size=size) as room:
        if size[0] < 120:
            room.does_not_see("Larch · 23 Nov 2026")
            await room.presses_on("Meal times", "space")
        else:
            await room.highlights("Meal times")
        room.sees("Larch · 23 Nov 2026 · 1 Choose", "2 changes:", "■ Red", "Stop: Noise")
        if size[1] > 20:
            room.sees("Ideas 2, 2 taken on")
        await room.highlights("Waking up")
        room.sees("patients 1, carers none yet,", "Ideas 1, 0 taken on", "Nothing was taken on yet.")
        await room.highlights("broken")
        room.sees("It cannot be opened: not readable as", "V shows earlier versions.")
        await room.presses("space")
        room.does_not_see("It cannot be opened:")


async def test_numbers_that_are_none_do_not_keep_a_session_from_its_preview(
    tmp_path: Path, session: Session
) -> None:
    held = made(session, thought=["+ Tea earlier"], owned=1)
    start = "[[initiatives]]"
    wrong = edited(held, start, f"{start}\nmeasure = {{ baseline = nan, target = inf }}")
    (tmp_path / "a.toml").write_text(f"present = {{ patient = 99999999999 }}\n{wrong}", encoding="utf-8")
    async with opened(tmp_path, size=(120, 36)) as room:
        await room.presses("end")
        room.sees("1 change:", "no owner yet · planned")


async def test_what_people_typed_is_shown_literally(tmp_path: Path, session: Session) -> None:
    for number, text in enumerate((MARKUP, LONG)):
        told = made(session, told=[f"p: {text}"], thought=[f"+ {text}"], owned=1)
        kept(tmp_path, numbered(told, number, title=f"Waking {text[:80]}", team=text[:60]), f"{number}.toml")
    async with opened(tmp_path, size=(120, 36)) as room:
        await room.presses("slash")
        await room.types("waking")
        await room.presses("down", "down", "space", "space", "f", "enter", "down", "enter", "q")
        for strip in room.strips:
            assert all(segment.control or segment.text.isprintable() for segment in strip)


async def test_files_of_one_session_stand_together(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, numbered(session, 1, revision=5), "a.toml")
    kept(tmp_path, numbered(session, 2, held_on=date(2026, 11, 24)), "b.toml")
    kept(
        tmp_path,
        numbered(session, 1, revision=3, held_on=date(2020, 1, 1)),
        "a conflict 2026-11-23 1000.toml",
    )
    kept(tmp_path, numbered(session, 1, revision=2), "mine.toml")
    async with opened(tmp_path) as room:
        found = [row for row in room.rows if "Session" in row]
        assert [row.split("Mulberry")[0].strip() for row in found if "Mulberry" in row] == [
            "Session 2",
            "Session 1",
            "Session 1",
            "Session 1",
        ]
        room.sees("conflict 2026-11-23 1000", "another file of the session above")


async def test_what_is_put_away_is_found_by_a_filter(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, numbered(session, 1))
    kept(tmp_path / ARCHIVE, numbered(session, 2))
    async with opened(tmp_path) as room:
        room.does_not_see("Session 2")
        await room.presses("f", "end", "enter")
        room.sees("Put away only those", "1 session in the list")
        await room.presses("q")
        room.sees("1 session put away", "Session 2")
        await room.presses("enter")
        await arrives(room)
        assert room.session.title == "Session 2"


# ---- folders that fail


class Slow:
    """A folder that answers when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers, self.asked = threading.Event(), threading.Event()
        real = Catalogue.refresh

        def refresh(catalogue: Catalogue, *args: Any) -> Refreshed:
            self.asked.set()
            assert self.answers.wait(20)
            return real(catalogue, *args)

        monkeypatch.setattr(Catalogue, "refresh", refresh)


async def test_a_folder_that_hangs_freezes_nothing(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_sessions(tmp_path, session)
    async with opened(tmp_path) as room:
        assert len(room.rows) >= 3
    slow = Slow(monkeypatch)
    monkeypatch.setattr("promote_tui.ui.home_reading._SLOW_SECONDS", 0.01)

    def asks(room: Facilitator) -> bool:
        return slow.asked.is_set() and "waiting for the folder" in room.screen

    async with opened(tmp_path, waits=False) as room:
        async with asyncio.timeout(10):
            while not asks(room):  # the page object would wait for the folder
                await asyncio.sleep(0.01)
        room.sees("Waking up", "Meal times")
        await room.pilot.press("end")
        assert room.highlighted_row.startswith("Waking up")
        slow.answers.set()
        await room.settles()
        room.does_not_see("waiting for the folder")


async def test_a_folder_that_cannot_be_read_leaves_what_was_known(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_sessions(tmp_path, session)
    async with opened(tmp_path):
        pass

    def refused(catalogue: Catalogue, *args: Any) -> Refreshed:
        raise LibraryError(f"{catalogue.folder} cannot be read: gone.")

    monkeypatch.setattr(Catalogue, "refresh", refused)
    async with opened(tmp_path) as room:
        room.sees("Waking up", "Letters")
        room.hears("cannot be read: gone.")


async def test_what_nobody_thought_of_does_not_end_the_program(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_sessions(tmp_path, session)

    def wrong(catalogue: Catalogue, *args: Any) -> Refreshed:
        raise ZeroDivisionError

    async with opened(tmp_path) as room:
        monkeypatch.setattr(Catalogue, "refresh", wrong)
        await room.presses("question_mark", "escape")
        room.hears("The sessions could not be read just now.")
        room.sees("3 sessions", "Letters")


async def test_a_folder_that_is_gone_leaves_what_was_known_until_it_is_back(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library"
    some_sessions(folder, session)
    async with opened(folder) as room:
        folder.rename(tmp_path / "elsewhere")
        await room.presses("question_mark", "escape")
        room.hears("is not there just now. What is listed is how it was.")
        room.sees("3 sessions", "Letters")
        await room.presses("n")
        room.hears("is not there just now, so no session can be kept in it.")
        assert not folder.exists()
        monkeypatch.setattr("promote_tui.ui.home_reading._AGAIN_SECONDS", 0.02)
        await room.presses("question_mark", "escape")
        (tmp_path / "elsewhere").rename(folder)
        kept(folder, numbered(session, 4))
        await room.until(lambda: "4 sessions" in room.screen)


async def test_a_damaged_file_is_counted_and_its_earlier_versions_are_found(
    tmp_path: Path, session: Session
) -> None:
    held = made(session, thought=["+ Tea earlier"], owned=1)
    path = kept(tmp_path, held)
    async with opened(tmp_path) as room:
        await room.presses("end", "enter")
        await arrives(room)
        await room.goes_to("1")
        await room.says("p: Lights on")
        await room.saved()
        await room.goes_to("q")
        path.write_text("nonsense", encoding="utf-8")
        await room.presses("question_mark", "escape")
        room.sees("1 session 1 cannot be opened")
        await room.presses("end", "V")
        await room.until(lambda: "Which earlier version" in room.screen)
        room.does_not_see("says nowhere which session it is")


async def test_leaving_a_search_or_all_that_is_due_with_q_shows_all_sessions(
    tmp_path: Path, session: Session
) -> None:
    some_sessions(tmp_path, session)
    async with opened(tmp_path) as room:
        await room.presses("slash")
        await room.says("letters")
        room.sees("q all sessions")
        await room.presses("q")
        room.sees("3 sessions")
        await room.presses("d")
        room.sees("In the next 7 days 2")
        await room.presses("q")
        room.sees("3 sessions")
        assert room.app.is_running


async def test_a_folder_that_is_replaced_by_a_file_says_so(tmp_path: Path, session: Session) -> None:
    folder = tmp_path / "library"
    some_sessions(folder, session)
    async with opened(folder) as room:
        folder.rename(tmp_path / "elsewhere")
        folder.write_text("no folder any more", encoding="utf-8")
        await room.presses("question_mark", "escape")
        room.hears("library")
        assert room.app.is_running
        await room.presses("enter")
        room.sees("This file cannot be opened")


async def test_a_catalogue_that_is_damaged_is_made_anew(tmp_path: Path, session: Session) -> None:
    some_sessions(tmp_path, session)
    place = catalogue_file(tmp_path)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"SQLite format 3\0 and nonsense" * 200)
    async with opened(tmp_path) as room:
        room.sees("3 sessions", "Waking up")
        place.write_bytes(b"nonsense while it is open" * 1_000)
        await room.presses("question_mark", "escape", "slash")
        await room.says("trolley")
        await room.presses("escape", "question_mark", "escape")
        room.sees("3 sessions")


async def test_what_changes_in_the_folder_is_seen_when_home_comes_back(
    tmp_path: Path, session: Session
) -> None:
    some_sessions(tmp_path, session)
    async with opened(tmp_path) as room:
        await room.presses_on("Letters", "question_mark")
        (tmp_path / "letters.toml").write_text(
            edited(numbered(session, 3), 'title = "Session 3"', 'title = "Telephone calls"'), encoding="utf-8"
        )
        knows_of(room.app, numbered(session, 4))
        await room.presses("escape")
        room.sees("4 sessions", "Telephone calls", "Session 4")
        assert room.highlighted_row.startswith("Telephone calls")
