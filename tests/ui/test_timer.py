from datetime import UTC, datetime, timedelta

import pytest

from promote_tui.session.edits import agenda
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Session
from promote_tui.ui import timer
from promote_tui.ui.timer import QUIET, ROUND, Countdown, Phase, read_more, read_phases, read_plan, shown
from promote_tui.ui.widgets.bands import TimeShown

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_time_is_read_as_it_is_typed() -> None:
    for typed, phases in {
        "10": (Phase(600),), " 5 min ": (Phase(300),), "7m": (Phase(420),), "1:30": (Phase(90),),
        "0:01": (Phase(1),), "90 Minutes": (Phase(5400),), "124 min": (Phase(7440),), "480": (Phase(28_800),),
        "q": QUIET, "Quiet": QUIET, "124": ROUND, "1-2-4-All": ROUND, "1 2 4 all": ROUND,
    }.items():  # fmt: skip
        assert read_phases(typed) == phases, typed
    for typed, minutes in {
        "plan 60": 60, "15 plan": 15, "Plan90": 90, "90 min plan": 90, "huddle": 15, "plan": 60, "plan 0": 0,
    }.items():  # fmt: skip
        assert read_plan(typed) == minutes, typed
    for typed, minutes in {"+": 1, "+3": 3, " + 10 ": 10, "+0": 0}.items():
        assert read_more(typed) == minutes, typed
    for typed in ("", "5", "plane", "plan x", "planner 60", "++", "+1000", "60 60 plan", "+x"):
        assert read_plan(typed) is None, typed
        assert read_more(typed) is None, typed
    for typed in ("", "soon", "-5", "1:60", "1:3", "5 hours", "9999", "\u0663", "1e3", "x" * 9_999):
        with pytest.raises(EditError, match="Type minutes such as 10"):
            read_phases(typed)
    for typed in ("0", "0:00", "481", "999"):
        with pytest.raises(EditError, match="runs for 1 to 480 minutes"):
            read_phases(typed)


def test_a_countdown_runs_through_its_phases() -> None:
    down = Countdown(ROUND, NOW)
    for seconds, place, left in [
        (0, 0, 60), (0.5, 0, 60), (59.5, 0, 1), (60, 1, 120), (179, 1, 1), (180, 2, 240), (420, 3, 300),
        (719.9, 3, 1), (720, 4, 0), (9_999, 4, 0), (-5, 0, 60),
    ]:  # fmt: skip
        here = down.at(later(seconds))
        assert (here.place, here.left, here.is_over) == (place, left, place == 4), seconds
    assert [phase.name for phase in ROUND] == ["alone", "in pairs", "in fours", "all together"]


def test_a_countdown_stands_still_goes_on_and_gets_more() -> None:
    down = Countdown((Phase(300),), NOW)
    still = down.paused_or_on(later(30.4))
    assert still.at(later(1_000)).left == 270
    on = still.paused_or_on(later(1_000))
    assert on.at(later(1_010)).left == 260
    assert on.with_more(1, later(1_010)).at(later(1_010)).left == 320
    assert still.with_more(2, later(1_000)).at(later(1_000)).left == 390
    assert down.with_more(1, later(400)).at(later(410)).left == 50, "anew, once the time is up"
    in_pairs = Countdown(ROUND, NOW).with_more(3, later(70))
    assert (in_pairs.at(later(70)).left, in_pairs.at(later(360)).phase.name) == (290, "in fours")


def test_what_the_title_shows(session: Session) -> None:
    five, rounds = Countdown((Phase(300),), NOW), Countdown(ROUND, NOW)
    still = five.paused_or_on(later(30))
    planned = agenda.plan(session, 60, NOW)
    for countdown, held, seconds, seen in [
        (None, session, 0, TimeShown()),
        (five, session, 0, TimeShown("5:00 left")),
        (five, planned, 30, TimeShown("4:30 left")),
        (still, session, 90, TimeShown("4:30 paused")),
        (five, session, 300, TimeShown("time is up", "", True, True)),
        (five, session, 301, TimeShown("time is up", "", True, False)),
        (five, session, 302.5, TimeShown("time is up", "", True, True)),
        (five, session, 303, TimeShown("time is up", "", True, False)),
        (QUIET and Countdown(QUIET, NOW), session, 15, TimeShown("0:45 left", ", quiet")),
        (rounds, session, 0, TimeShown("1:00 left", ", alone")),
        (rounds, session, 60, TimeShown("2:00 left", ", in pairs", False, True)),
        (rounds, session, 63, TimeShown("1:57 left", ", in pairs")),
        (None, planned, 0, TimeShown("10 min left", " for 1 Choose")),
        (None, planned, 61, TimeShown("9 min left", " for 1 Choose")),
        (None, planned, 600, TimeShown("time is up", " for 1 Choose", True, True)),
        (None, planned, 640, TimeShown("time is up", " for 1 Choose", True, False)),
        (None, planned, 725, TimeShown("2 min over", " for 1 Choose", True, False)),
        (None, agenda.pause(planned, later(60)), 90, TimeShown("the plan stands still", "   t goes on")),
    ]:  # fmt: skip
        assert shown(countdown, held, later(seconds)) == seen, seconds
    for seconds, flash in [(300, True), (301, True), (302.9, True), (303, False)]:
        assert shown(five, session, later(seconds), steady=True).flash is flash, seconds


def test_nothing_ticks_when_nothing_changes(session: Session) -> None:
    five = Countdown((Phase(300),), NOW)
    planned = agenda.plan(session, 60, NOW)
    for countdown, held, seconds, ticks in [
        (None, session, 0, False), (None, planned, 0, True), (None, planned, 9_999, True),
        (None, agenda.pause(planned, NOW), 0, False), (five, session, 0, True), (five, session, 302, True),
        (five, session, 303, False), (five.paused_or_on(NOW), planned, 0, False),
    ]:  # fmt: skip
        assert timer.is_ticking(countdown, held, later(seconds)) is ticks


def test_what_is_said_when_it_starts() -> None:
    assert timer.started((Phase(300),)).startswith("5 minutes from now.")
    assert timer.started((Phase(90),)).startswith("1:30 from now.")
    assert timer.started(ROUND).startswith("1 minute alone")
