"""The portfolio: what it says at the first look, where its rows lead, and with nothing or very much in it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from rich.cells import cell_len

from promote_tui.session.portfolio import Source
from promote_tui.session.saved import SavedSession
from promote_tui.store.library import Card, LibraryError, card_from
from promote_tui.store.places import examples_folder
from promote_tui.ui.change_page import ChangePage
from promote_tui.ui.home import Home
from promote_tui.ui.portfolio import PortfolioPage
from promote_tui.ui.portfolio_rows import MOST_ROWS, bar
from tests.session.saved_made import change, source
from tests.ui.made import saved_in
from tests.ui.room import SIZES, opened
from tests.ui.test_hostile import ACTING, LONG, MARKUP, no_control_characters, shown

Saved = Callable[[], Iterable[tuple[Card, SavedSession]]]


@asynccontextmanager
async def looking(folder: Path, saved: Saved | None = None, **fields: Any) -> Any:
    """Open home and the portfolio over it, of a folder unless the sessions are given."""
    async with opened(folder, **fields) as room:
        page = PortfolioPage(saved or (lambda: saved_in(folder)), room.app.open_change)
        await room.app.push_screen(page)
        await room.until(lambda: page.is_ready)
        yield room


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A library of the worked examples."""
    folder = tmp_path / "library"
    folder.mkdir()
    for path in examples_folder().glob("*.toml"):
        copy(path, folder)
    return folder


def of(*sources: Source) -> Saved:
    """These sessions, as the catalogue yields them."""
    return lambda: [(card_from(Path(one.key), one.saved), one.saved) for one in sources]


async def test_the_first_look_answers_the_four_questions(examples: Path) -> None:
    async with looking(examples) as room:
        room.sees("All changes", "3 sessions 7 changes", "1 OVERVIEW", "2 Stuck 1", "6 Changes 7")
        room.sees("What is stuck?", "Check-in is late ███░░░░░░░░░░░░░░░░░ 1 longest 9 months")
        room.sees("What works?", "runner █████▌░░░░░░░░░░░░░░ 2", "▲ Amber 3")
        room.sees("What repeats?", "waiting 3 sessions", "Who is missing?")
        room.sees("Patients, carers and staff were all there in each of the")
        await room.presses("end", "enter")
        room.sees("5 VOICES", "All teams", "Jun–Aug")
        await room.presses("left")
        room.sees("4 THEMES", "waiting", "3 of 3 sessions", "1 idea, not taken on yet, 1 to continue")
        await room.presses("tab", "tab", "right")
        room.sees("1 OVERVIEW")
        await room.clicks("3 Counts")
        room.sees("How far are they?", "let go", "Which check-in comes next?")
        await room.presses("z")
        room.hears("z does nothing here. 1 to 6 change the view, Esc goes back.")
        await room.presses("question_mark")
        room.sees("Help: All changes", "all that is known of the highlighted change")
        await room.presses("escape", "q")
        assert isinstance(room.app.screen, Home)


async def test_a_number_leads_to_its_changes_and_a_change_to_its_session(examples: Path) -> None:
    async with looking(examples) as room:
        await room.presses_on("runner", "enter")
        room.hears("Only: runner.", "Esc shows more again.")
        room.sees("only: runner", "3 sessions 2 changes", "6 CHANGES 2")
        assert len(room.rows) == 2
        await room.presses("3")
        await room.presses_on("▲ Amber", "enter")
        room.hears("Only: runner, ▲ Amber.")
        (row,) = room.rows
        assert row == "Stop: Opening bags on the corridor table Nurse, days runner · Larch ▲ Amber"
        await room.presses("escape")
        room.sees("only: runner", "2 changes")
        await room.presses("escape")
        room.sees("7 changes")
        room.does_not_see("only:")
        await room.presses("3")
        await room.presses_on("planned", "enter")
        room.hears("There is no such change.")
        await room.presses("space")
        room.hears("Highlight a change first.")
        await room.presses("2")
        await room.presses_on("Ask each person", "enter")
        await room.until(lambda: room.app.in_session)
        assert room.session.title == "Bed tea on Mulberry 2"
        room.app.stage_screen.set_focus(room.app.stage_screen.active_list)
        await room.presses("q")
        await room.until(lambda: isinstance(room.app.screen, Home))


async def test_all_that_is_known_of_a_change(examples: Path) -> None:
    async with looking(examples, size=(80, 36)) as room:
        await room.presses("6")
        await room.presses_on("Wake people with a cup of tea", "space")
        assert isinstance(room.app.screen, ChangePage)
        room.sees("Session Bed tea on Mulberry 2 · Mulberry 2 · Mon 24 Nov 2025", "Review ▲ Amber")
        room.sees("From 4 to 9", "target 9", "at the start 4", "25 Feb")
        await room.clicks("walk")
        assert room.highlighted_row.startswith("Owner")
        await room.presses("space")
        room.sees("6 CHANGES")
        await room.presses("space", "enter")
        await room.until(lambda: room.app.in_session)
        assert room.session.title == "Bed tea on Mulberry 2"


async def test_a_session_that_cannot_be_opened_any_more_is_said(examples: Path) -> None:
    async with looking(examples) as room:
        for path in examples.glob("*.toml"):
            path.write_text("title = [", encoding="utf-8")
        await room.presses("6", "enter")
        await room.until(lambda: room.said)
        room.hears("not")
        room.sees("6 CHANGES")


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_one_change_and_very_many(tmp_path: Path, size: tuple[int, int]) -> None:
    one = source("a", change(1, owner=""), team="Larch")
    many = [
        source(f"{n}", *(change(k, owner=f"Owner {n}") for k in range(30)), team=f"Team {n}")
        for n in range(120)
    ]
    for sources, said, rows in [([], 0, 0), ([one], 1, 1), (many, 3600, MOST_ROWS)]:
        async with looking(tmp_path, of(*sources), size=size) as room:
            room.sees("What is stuck?", "What works?")
            for view in "23456":
                await room.presses(view, "end")
                assert len(room.list.rows) < 2 * MOST_ROWS
                for row in room.list.rows:
                    width = size[0] - 3
                    assert all(cell_len(line.plain.rstrip()) <= width for line in row.draw(width)), row.key
            assert len(room.rows) == rows
            room.sees("No change has been taken on yet." if not said else "planned · ")
            await room.presses("home")
            if said == 3600:
                room.sees("The first 300 of 3600. Enter on a number in 2, 3 or 4 shows fewer.")


async def test_it_says_how_far_reading_is_and_why_it_cannot_be_done(tmp_path: Path) -> None:
    go_on = threading.Event()

    def slowly() -> Iterator[tuple[Card, SavedSession]]:
        yield from of(source("a", change()))()
        go_on.wait(10)
        yield from of(source("b", change()))()

    def refused() -> Iterator[tuple[Card, SavedSession]]:
        raise LibraryError("The folder cannot be read.")

    async with opened(tmp_path) as room:
        page = PortfolioPage(slowly, room.app.open_change)
        await room.app.push_screen(page)
        await room.until(lambda: room.said)
        room.hears("Reading… 1 session so far.")
        await room.presses("2", "enter", "space")  # nothing to open yet, and nothing breaks
        go_on.set()
        await room.until(lambda: page.is_ready)
        room.sees("2 sessions 2 changes")
        assert room.said == ""
        await room.presses("q")
        await room.app.push_screen(PortfolioPage(refused, room.app.open_change))
        await room.until(lambda: room.said)
        room.hears("The folder cannot be read.")
        room.sees("0 sessions 0 changes")


@pytest.mark.parametrize("text", [MARKUP, ACTING, LONG], ids=["markup", "acting", "long"])
async def test_what_people_typed_is_shown_literally(tmp_path: Path, text: str) -> None:
    word = "tea" if text != LONG else LONG
    held = change(1, 10, title=text, owner=text, buddy=text, measure=text, unit=text, learnt=text)
    both = [
        source(name, held, ideas=[(f"{text} {word}", "")], themes=(word,), team=text, heard={"staff": 1})
        for name in ("a", "b")
    ]
    async with looking(tmp_path, of(*both), size=(120, 36)) as room:
        for view in "123456":
            await room.presses(view)
            no_control_characters(room)
            drawn = "".join("".join(line.plain for line in row.draw(400)) for row in room.list.rows)
            # names of groups wrap beside their bars, and the overview names none
            assert view in "13" or shown(text) in "".join(drawn.split())
        await room.presses("home", "space")
        no_control_characters(room)
        assert shown(text)[:40] in "".join(room.screen.split())


async def test_teams_where_a_group_is_missing_come_first(tmp_path: Path) -> None:
    everyone, staff = {"patient": 1, "carer": 1, "staff": 1}, {"staff": 2}
    held = [source(f"a{n}", change(1), team="Larch", present=everyone) for n in range(2)]
    held.append(source("b", change(1, owner="Nurse"), team="Oak", present=staff))
    async with looking(tmp_path, of(*held), size=(80, 36)) as room:
        room.sees("Carers were there in 2 of the 3 sessions of the last 12 months. Never at Oak (1 session).")
        await room.presses("5", "down")
        room.sees("carers ░░░░░░░░ missing – – – 0 of 1")
        assert room.highlighted_row.startswith("Oak 1 session in 12 months")
        await room.presses("enter")
        room.sees("only: Oak", "3 sessions 1 change")
        assert room.rows == ["Tea 1 Nurse in 2 days planned · Oak ○ Not rated"]


def test_a_bar_is_filled_by_its_share() -> None:
    for count, whole, drawn in [
        (0, 0, "░░░░"), (0, 9, "░░░░"), (1, 1000, "▌░░░"), (1, 4, "█░░░"), (3, 8, "█▌░░"), (9, 9, "████"),
    ]:  # fmt: skip
        assert bar(count, whole, 4) == drawn
