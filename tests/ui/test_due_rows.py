"""What home says was promised: what is due now above the sessions, all of it with d, and Enter goes there."""

from datetime import timedelta
from pathlib import Path

import pytest

from promote_tui.session.model import Checkin, Idea, Initiative, Part, Review, Session
from promote_tui.ui.own import Own
from tests.ui.made import TODAY
from tests.ui.room import SIZES, Facilitator, arrives, edited, kept, opened
from tests.ui.test_home import numbered

OPENING = "What did we promise?"


def promising(session: Session, number: int, *days: int, owner: str = "HCA, nights") -> Session:
    """A session of changes whose 3 days end in so many days."""
    ideas = [
        Idea(id=f"idea-{n}", kind="start", text=f"Tea {number} in {day}") for n, day in enumerate(days, 1)
    ]
    initiatives = [
        Initiative(
            id=f"initiative-{n}", ideas=(f"idea-{n}",), owner=owner, started_on=TODAY + timedelta(day - 3)
        )
        for n, day in enumerate(days, 1)
    ]
    return numbered(session, number, ideas=tuple(ideas), initiatives=tuple(initiatives))


def tuned(session: Session, number: int, day: int) -> Session:
    """A session with one change, of which the second part needs fine tuning by a day."""
    held = promising(session, number, -90)
    tune = Part(
        name="No harm", rating="amber", fine_tune="Ask bank staff", fine_tune_by=TODAY + timedelta(day)
    )
    change = held.initiatives[0].model_copy(
        update={
            "checkins": (Checkin(horizon="three_months", held_on=TODAY),),
            "reviews": (Review(held_on=TODAY, parts=(Part(name="Every shift"), tune)),),
        }
    )
    return held.model_copy(update={"initiatives": (change,)})


@pytest.mark.parametrize("size", SIZES)
async def test_home_begins_with_what_was_promised(
    tmp_path: Path, session: Session, size: tuple[int, int]
) -> None:
    kept(tmp_path, promising(session, 1, 6, 9, -1), "one.toml")
    kept(tmp_path, promising(session, 2, 0, -18, -400, owner=""), "two.toml")
    async with opened(tmp_path, size=size) as room:
        if size[0] == 120:
            await room.presses("space")  # what is known of a session stands beside it
        owner = "HCA, nights" if size[0] > 60 else ""
        room.sees(
            f"{OPENING} 1 late 2 today 1 soon 1 long ago",
            f"3 days Tea 1 in -1 {owner} due yesterday",
            "due today 3-day check-in never held",  # its 3 weeks
            f"3 days Tea 1 in 6 {owner} in 6 days",
            "Sessions 2 sessions",
            "d due",
        )
        room.does_not_see("Tea 1 in 9", "in 9 days", "no owner yet" if size[0] == 60 else "Further ahead")
        assert room.highlighted_row.startswith("3 days Tea 1 in -1")
        await room.presses("d")
        assert [row.partition(" Session")[0][:18].strip() for row in room.rows] == [
            "3 days Tea 1 in -1",
            "3 days Tea 2 in 0",
            "3 weeks Tea 2 in -",
            "3 days Tea 1 in 6",
            "3 months Tea 2 in",
            "3 days Tea 1 in 9",
        ]
        room.sees("Esc goes back", "Late", "Session 1")
        await room.presses("end")
        room.sees("Further ahead", "in 9 days", "HCA, nights")
        await room.presses("escape")
        room.sees("Sessions 2 sessions")
        await room.presses("d", "d")
        room.sees("Sessions 2 sessions")


async def test_enter_goes_straight_to_the_check_in(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def check_in_on(_: Own, id: str, horizon: str) -> None:
        asked.append((id, horizon))

    monkeypatch.setattr(Own, "check_in_on", check_in_on, raising=False)
    path = kept(tmp_path, promising(session, 1, 9, -18))
    before = path.read_bytes()
    async with opened(tmp_path) as room:
        room.presses_in_one_go("enter", "enter")
        await arrives(room)
        assert room.stage == "own"
        assert room.app.stage_screen.active_list.highlighted == "initiative-2"
        assert asked == [("initiative-2", "three_weeks")]
        await room.goes_to("q")
        room.sees(OPENING)
    assert path.read_bytes() == before


async def test_enter_goes_to_the_part_that_needs_fine_tuning(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, tuned(session, 1, -2))
    async with opened(tmp_path) as room:
        room.sees("fine tuning Ask bank staff HCA, nights 2 days late")
        await room.presses("enter")
        await arrives(room)
        assert (room.stage, room.list.highlighted) == ("review", "initiative-1:part/1")
        assert "Still open" not in room.said
        await room.presses("q", "d")
        room.sees("Ask bank staff", "Tea 1 in -90", "Session 1")


async def test_more_than_a_few_lines_are_counted_and_shown_by_d(tmp_path: Path, session: Session) -> None:
    for number in range(300):
        kept(tmp_path, promising(session, number, -20, 900), f"session-{number:03d}.toml")
    (tmp_path / "broken.toml").write_text("initiatives = [", encoding="utf-8")
    async with opened(tmp_path) as room:
        room.sees(
            f"{OPENING} 300 late", "3-day check-in never held", "and 298 more d shows all", "301 sessions"
        )
        assert len([row for row in room.rows if row.startswith("3 weeks")]) == 2  # two lines each
        await room.presses_on("d shows all", "enter")
        assert len(room.rows) == 600
        assert room.highlighted_row == room.rows[0]
        room.sees("Esc goes back")
        await room.presses("end", "d")
        assert room.highlighted_row.startswith("and 298 more")
        await room.presses("slash")
        await room.says("session-17")
        room.sees("11 sessions with “session-17” Esc shows all")
        room.does_not_see(OPENING)
        await room.presses("escape", "home")
        room.sees(f"{OPENING} 300 late", "301 sessions")
        await room.presses("d", "end", "d")
        assert room.highlighted_row == room.rows[0]


async def test_what_is_not_near_is_said_quietly_or_not_at_all(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path) as room:
        room.does_not_see(OPENING, "Nothing is due", "d due")
        await room.presses("d")
        room.hears("Nothing is due or ahead.")
    kept(tmp_path, promising(session, 1, 8))
    async with opened(tmp_path) as room:
        room.sees("Nothing is due in the next 7 days.", "d due")
        room.does_not_see(OPENING)
        assert room.highlighted_row.startswith("Session 1")
        await room.presses("d")
        room.sees("Further ahead", "in 8 days")
        await room.presses("e")
        room.sees("worked examples", OPENING, "3 examples")


async def test_what_is_only_soon_or_long_ago_does_not_take_enter(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, promising(session, 1, 7, -400))
    async with opened(tmp_path) as room:
        room.sees(f"{OPENING} 1 soon 1 long ago", "in 7 days")
        assert room.highlighted_row.startswith("Session 1")
        await room.presses("home")
        assert room.highlighted_row.startswith("3 days Tea 1 in 7")


async def test_only_the_newest_session_of_a_line_asks(tmp_path: Path, session: Session) -> None:
    first = promising(session, 1, -2, -1)
    kept(tmp_path, first, "first.toml")
    carried = promising(session, 2, -1)
    change = carried.initiatives[0].model_copy(update={"carried": "initiative-2"})
    carried = carried.model_copy(update={"follows": first.id, "initiatives": (change,)})
    kept(tmp_path, carried, "second.toml")
    async with opened(tmp_path) as room:
        room.sees(f"{OPENING} 2 late", "Tea 1 in -2", "Tea 2 in -1")
        room.does_not_see("Tea 1 in -1")


async def test_hostile_words_and_files_that_changed_do_no_harm(tmp_path: Path, session: Session) -> None:
    hostile = "[/b] [@click=app.quit]x[/] \u202e\x1b[2J " + "w" * 300
    held = promising(session, 1, -1, owner=hostile)
    idea = held.ideas[0].model_copy(update={"text": hostile})
    path = kept(tmp_path, held.model_copy(update={"ideas": (idea,)}))
    async with opened(tmp_path) as room:
        room.sees("3 days [/b] [@click=app.quit]x[/]", "… [/b] [@click", "due yesterday")
        await room.presses("d")
        room.sees("w" * 20)
        await is_harmless(room)
        kept(tmp_path, numbered(session, 1))  # the change is gone from the file
        await room.presses("enter")
        await arrives(room)
        assert room.stage == "own"
        await room.goes_to("q")
        path.write_text("no", encoding="utf-8")
        kept(tmp_path, promising(session, 2, -1), "other.toml")
    async with opened(tmp_path) as room:
        (tmp_path / "other.toml").unlink()
        await room.presses("enter")
        room.sees("This file cannot be opened", "There is no file")


async def is_harmless(room: Facilitator) -> None:
    for strip in room.strips:
        assert all(segment.control or segment.text.isprintable() for segment in strip)


async def test_a_due_row_of_a_file_for_reading_only_opens_it_and_says_so(
    tmp_path: Path, session: Session
) -> None:
    text = edited(promising(session, 1, -1), "version = 1", "version = 99")
    (tmp_path / "newer.toml").write_text(text, encoding="utf-8")
    async with opened(tmp_path) as room:
        await room.presses("enter")
        await arrives(room)
        assert room.stage == "own"
        room.is_warned("opened for reading only")
        assert not room.typing


async def test_what_is_hidden_says_what_is_long_ago_and_d_comes_back(
    tmp_path: Path, session: Session
) -> None:
    kept(
        tmp_path, promising(session, 1, -1, 0, 1, 2, 3, 4, 5, owner="Advanced nurse practitioner"), "one.toml"
    )
    kept(tmp_path, tuned(session, 2, -60), "two.toml")
    for size, more in [
        ((80, 24), "and 3 more, 1 of them long ago d shows all"),
        ((60, 20), "and 3 more, 1 of them long ago d shows all"),
        ((96, 30), "and 1 more, 1 of them long ago d shows all"),
        ((120, 36), ""),
    ]:
        async with opened(tmp_path, size=size) as room:
            room.sees("1 late 1 today 5 soon 1 long ago", more, "q leave", "? help")
            lines = [row for row in room.rows if row.startswith(("3 days", "fine tuning"))]
            assert len(lines) == {20: 5, 24: 5, 30: 7, 36: 8}[size[1]]
            assert ("and" in room.screen) == bool(more)
            assert ("Advanced nurse" in room.screen) == (size[0] > 60)
            assert ("Advanced nurse pract" in room.screen) == (size[0] > 80)
            await room.presses("end")
            assert room.highlighted_row.startswith("Session")
            before = room.highlighted_row
            await room.presses("d")
            assert room.highlighted_row == room.rows[0]
            room.sees("What did we promise? Esc goes back")
            await room.presses("down", "escape")
            assert room.highlighted_row == before


async def test_a_late_three_month_check_in_stays_at_the_top(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, promising(session, 1, -90 - 50, 3))  # 3 days ended, so 3 months are 52 days late
    async with opened(tmp_path) as room:
        room.sees("1 late 1 soon")
        assert room.highlighted_row.startswith("3 months Tea 1 in -140")
