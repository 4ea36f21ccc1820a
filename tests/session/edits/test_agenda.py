from datetime import UTC, datetime, timedelta

import pytest

from promote_tui.session.edits import agenda
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Agenda, Session

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_a_plan_starts_the_clock(session: Session) -> None:
    planned = agenda.plan(session, 60, NOW.replace(microsecond=7))
    assert planned.agenda == Agenda(minutes=60, since=NOW)
    longer = agenda.plan(agenda.move(planned, "map", later(12)), 90, later(15))
    assert longer.agenda == Agenda(minutes=90, since=later(12), spent={"choose": 720}), "what was had counts"
    anew = agenda.plan(agenda.pause(longer, later(20)), 15, later(30))
    assert anew.agenda == Agenda(minutes=15, since=later(30)), "a clock that stood still begins anew"
    assert agenda.plan(anew, None, later(31)).agenda == Agenda()


@pytest.mark.parametrize("minutes", [-1, 0, 4, 481, 10**9])
def test_a_plan_has_a_sensible_length(session: Session, minutes: int) -> None:
    with pytest.raises(EditError, match="A plan has 5 to 480 minutes"):
        agenda.plan(session, minutes, NOW)


def test_the_clock_stands_still_and_goes_on(session: Session) -> None:
    with pytest.raises(EditError, match="No time is planned yet"):
        agenda.go_on(session, NOW)
    assert agenda.pause(session, NOW) is session
    running = agenda.plan(session, 60, NOW)
    assert agenda.go_on(running, later(3)) is running
    paused = agenda.pause(running, later(4))
    assert paused.agenda == Agenda(minutes=60, spent={"choose": 240})
    assert agenda.pause(paused, later(9)) is paused
    on = agenda.go_on(paused, later(10))
    assert on.agenda == Agenda(minutes=60, since=later(10), spent={"choose": 240})
    assert agenda.pause(on, later(11)).agenda.spent == {"choose": 300}


def test_the_clock_moves_with_the_room(session: Session) -> None:
    moved = agenda.move(agenda.plan(session, 60, NOW), "map", later(8))
    assert (moved.stage, moved.agenda.since, moved.agenda.spent) == ("map", later(8), {"choose": 480})
    back = agenda.move(moved, "choose", later(9))
    assert agenda.pause(back, later(10)).agenda.spent == {"choose": 540, "map": 60}
    still = agenda.move(agenda.pause(moved, later(9)), "ideas", later(20))
    assert (still.stage, still.agenda) == ("ideas", Agenda(minutes=60, spent={"choose": 480, "map": 60}))
    assert agenda.move(session, "map", NOW).agenda == Agenda()


def test_a_clock_left_running_counts_no_time_away(session: Session) -> None:
    running = agenda.plan(session, 60, NOW)
    for last, seconds in [(later(7), 420), (later(-7), 0), (None, 0), (NOW.replace(tzinfo=None), 0)]:
        opened = agenda.stop_left_running(running.model_copy(update={"updated_at": last}))
        assert opened.agenda == Agenda(minutes=60, spent={"choose": seconds} if seconds else {}), last
    assert agenda.stop_left_running(session) is session


def test_unknown_keys_of_a_hand_written_agenda_are_kept(session: Session) -> None:
    agenda_by_hand = Agenda.model_validate({"minutes": 30, "room": "Day room"})
    held = session.model_copy(update={"agenda": agenda_by_hand})
    assert agenda.plan(held, 60, NOW).agenda.model_extra == {"room": "Day room"}
