from pathlib import Path

import pytest

from promote_tui.session import agenda
from promote_tui.session.edits import agenda as edits
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.ui.widgets.bands import TitleLine
from tests.ui.made import made
from tests.ui.room import START, Facilitator, opened


def title(room: Facilitator) -> str:
    """Return the title line as the room sees it."""
    return room.screen.split("\n")[0].strip()


async def after(room: Facilitator, seconds: float) -> str:
    """Let time pass, have the timer tick, and return the title line."""
    room.clock.later(seconds=seconds)
    room.app.stage_screen.tick()
    await room.settles()
    return title(room)


def flashes(room: Facilitator) -> bool:
    """Say whether the title line is turned round."""
    return room.app.screen.query_one(TitleLine).has_class("-flash")


async def test_two_keys_start_pause_and_go_on(tmp_path: Path, session: Session) -> None:
    held = made(session, told=["p: Lights at eight"])
    async with opened(tmp_path, holding=held) as room:
        await room.presses("t")
        room.hears("How long? Enter is 5 minutes.", "124 is alone, pairs, fours, all")
        room.sees("10 minutes q quiet 124 round plan 60 0 stop")
        await room.presses("enter")
        room.hears("5 minutes from now")
        assert not room.typing
        assert "4:30 left   saved" in await after(room, 30)
        await room.presses("t")
        room.hears("4:30 left. Enter pauses")
        await room.presses("enter")
        assert "4:30 paused" in await after(room, 500)
        await room.presses("t", "enter")
        assert "4:10 left" in await after(room, 20)
        await room.presses("t")
        await room.says("+")
        assert "5:10 left" in title(room)
        await room.presses("2")
        assert "5:09 left" in await after(room, 1)
        await room.presses("escape", "t")
        await room.says("0")
        room.hears("The timer is off")
        assert " left" not in title(room)
        await room.presses("t")
        await room.says("+")
        room.hears("There is no time to add to")
        await room.replaces("0")
        room.hears("Nothing runs")
        await room.replaces("p")
        room.hears("Nothing runs")
        await room.replaces("soon")
        room.hears("Type minutes such as 10")
        await room.replaces("1:30")
        assert "1:30 left" in title(room)
        assert await room.saved() == held, "a countdown is not kept in the file"


async def test_at_zero_the_title_flashes_and_nothing_stops_typing(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, holding=made(session, told=["p: One"])) as room:
        room.app.animation_level = "full"
        await room.presses("t")
        await room.says("1")
        await room.types("p: The door sl")
        seen = [(flashes(room), "time is up" in await after(room, seconds)) for seconds in (59, 1, 1, 1, 1)]
        assert seen == [(False, False), (False, True), (True, True), (False, True), (True, True)]
        assert not flashes(room)
        room.hears("Time is up.")
        assert room.line == "p: The door sl"
        await room.says("ams")
        assert room.session.stories[-1].text == "The door slams"
        await room.presses("escape", "t")
        room.hears("Time is up. Enter clears it")
        await room.says("+")
        assert "1:00 left" in title(room)
        room.app.animation_level = "none"
        assert [(await after(room, seconds), flashes(room))[1] for seconds in (60, 1, 1, 1)] == [
            True, True, True, False,
        ]  # fmt: skip
        monkeypatch.setattr(room.app, "bell", lambda: pytest.fail("no sound"))
        await room.presses("t", "enter")
        assert "time is up" not in title(room)
        await room.presses("t", "escape")
        assert "left" not in title(room), "Esc starts nothing"


async def test_a_round_announces_each_phase(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=["p: One"])) as room:
        await room.presses("t")
        await room.says("124")
        room.hears("1 minute alone")
        assert "1:00 left, alone" in title(room)
        for seconds, name, said in [
            (60, "in pairs", "2 min"),
            (120, "in fours", "4 min"),
        ]:
            assert f":00 left, {name}" in await after(room, seconds)
            room.hears(said)
        await room.presses("v")
        said_by_key = room.said
        assert "3:59 left" in await after(room, 1)
        assert room.said == said_by_key, "said once"
        await room.presses("slash")
        assert "5:00 left, all together" in await after(room, 239)
        room.hears("Which words are you looking for?")
        await room.presses("escape", "t")
        await room.says("q")
        room.hears("One quiet minute")


async def test_a_plan_runs_with_the_room_and_is_shared_anew(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=["p: One"])) as room:
        await room.presses("t")
        await room.says("plan 60")
        room.hears("60 minutes:", "1 Choose 10", "4 Own 15")
        assert "10 min left for 1 Choose" in title(room)
        assert "4 min over for 1 Choose" in await after(room, 14 * 60)
        await room.presses("2")
        room.hears(
            "Choose took 4 minutes more. Map has 13 now; owning keeps its 15.", "Still open in 1 Choose"
        )
        assert "13 min left for 2 Map" in title(room)
        await room.presses("escape", "u")
        room.hears("nothing to undo")
        await room.types("Lights on\r")
        await room.presses("escape", "x", "t")
        room.hears("2 Map has 13 minutes left by the plan. Enter counts down")
        await room.says("p")
        room.hears("The time stands still")
        assert " left" not in await after(room, 600)
        await room.presses("u")
        assert room.session.agenda.since is None, "undo takes back what was said, not time"
        await room.presses("t")
        room.hears("The plan stands still: 2 Map has 13 minutes left. Enter goes on")
        await room.presses("enter")
        assert "9 min left for 2 Map" in await after(room, 4 * 60)
        await room.presses("t")
        await room.says("90 plan")
        assert room.session.agenda.minutes == 90
        await room.presses("t", "enter")
        assert "21:20 left" in title(room)
        await room.presses("1")
        assert "min left for 1 Choose" in title(room), "the time of a stage stays there"
        await room.presses("2", "escape")
        kept = (await room.saved()).agenda
        assert kept == room.session.agenda
        await room.presses("t")
        await room.says("0")
        room.hears("The plan is off")
        assert room.session.agenda.minutes is None
        await room.presses("t")
        await room.says("plan 1000")
        await room.replaces("plan 3")
        room.hears("A plan has 5 to 480 minutes")
        await room.presses("escape", "escape")


async def test_leaving_stops_the_clock_and_a_crash_is_no_time(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=["p: One"])) as room:
        await room.presses("t")
        await room.says("huddle")
        room.clock.later(minutes=1)
        await room.presses("q")
        file = next(tmp_path.glob("*.toml"))
        held = toml_text.read(file.read_bytes()).session
        assert held is not None
        assert (held.agenda.minutes, held.agenda.since, held.agenda.spent) == (15, None, {"choose": 60})
    crashed = edits.plan(made(session, told=["p: One"]), 60, START).model_copy(update={"updated_at": START})
    async with opened(tmp_path / "crashed", holding=crashed) as room:
        room.clock.later(days=3)
        assert not agenda.is_running(room.session)
        assert "left" not in title(room)
        await room.presses("t")
        room.hears("The plan stands still: 1 Choose has 10 minutes left")


async def test_a_file_for_reading_only_has_a_countdown_but_no_plan(tmp_path: Path, session: Session) -> None:
    planned = edits.pause(edits.plan(made(session, told=["p: One"]), 60, START), START)
    async with opened(tmp_path, holding=planned.model_copy(update={"version": 9})) as room:
        await room.presses("t", "enter")
        room.hears("newer version")
        await room.replaces("plan 15")
        room.hears("newer version")
        await room.replaces("10")
        assert "10:00 left" in title(room)
        assert room.session.agenda.minutes == 60


async def test_the_time_fits_and_follows_to_every_stage(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=["p: One"]), size=(60, 20)) as room:
        await room.presses("t")
        await room.says("124")
        assert "1:00 left   saved" in title(room)
        for digit in "2345":
            await room.goes_to(digit)
            assert "1:00 left" in title(room)
        await room.presses("escape")
        await room.presses("ctrl+p")
        await room.types("Timer")
        await room.until(lambda: "minutes, a quiet minute" in room.screen)
        await room.presses("enter")
        room.hears("1:00 left. Enter pauses")
