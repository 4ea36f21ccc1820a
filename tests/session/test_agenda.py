from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session import agenda
from promote_tui.session.agenda import PLANS, planned, slots, spent, too_short
from promote_tui.session.edits import agenda as edits
from promote_tui.session.model import Agenda, Session, Stage, new_session
from promote_tui.session.stages import STAGES

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ID = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"


def at(stage: Stage, minutes: int, **had: float) -> Session:
    """Return a session at a stage, its clock just started, with the minutes that stages had so far."""
    seconds = {name: int(60 * had[name]) for name in STAGES if name in had}
    held = Agenda(minutes=minutes, since=NOW, spent=seconds)
    session = new_session(id=ID, title="Waking up", now=NOW, today=NOW.date())
    return session.model_copy(update={"stage": stage, "agenda": held})


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def left(session: Session, after: float = 0) -> list[int]:
    """Return the whole minutes that each stage has left."""
    return [agenda.whole_minutes(slot.left) for slot in slots(session, later(after))]


def test_a_plan_adds_up_and_any_other_length_is_scaled() -> None:
    for minutes, plan in PLANS.items():
        assert sum(plan.values()) == minutes
        assert planned(minutes) == plan
        assert tuple(plan) == STAGES
    assert list(planned(45).values()) == [8, 11, 9, 11, 6]
    assert list(planned(120).values()) == [20, 33, 27, 27, 13]
    assert list(planned(5).values()) == [1, 1, 1, 1, 1]
    for minutes in range(agenda.SHORTEST, agenda.LONGEST):
        assert sum(planned(minutes).values()) == minutes
        assert min(planned(minutes).values()) >= 1, minutes


@pytest.mark.parametrize(
    ("session", "after", "minutes"),
    [
        # as planned, then a little into the first stage
        (at("choose", 60), 0, [10, 15, 12, 15, 8]),
        (at("choose", 60), 4, [6, 15, 12, 15, 8]),
        # a stage that is over its time takes from those after it, owning and review last
        (at("choose", 60), 16, [-6, 12, 10, 15, 8]),
        (at("map", 60, choose=16), 0, [0, 12, 10, 15, 8]),
        (at("ideas", 60, choose=10, map=21), 0, [0, 0, 6, 15, 8]),
        (at("ideas", 60, choose=10, map=26), 0, [0, 0, 4, 15, 5]),
        (at("ideas", 60, choose=10, map=29), 0, [0, 0, 4, 15, 3]),
        (at("ideas", 60, choose=10, map=33), 0, [0, 0, 4, 11, 3]),
        (at("ideas", 60, choose=10, map=43), 0, [0, 0, 0, 5, 2]),
        # a stage left early gives its time back, in proportion
        (at("map", 60, choose=5), 0, [0, 17, 14, 17, 9]),
        (at("own", 60, choose=5, map=5), 0, [0, 0, 0, 33, 18]),
        # coming back, a stage has what it did not use; what it used too much stays used
        (at("map", 60, choose=10, map=5, ideas=4), 0, [0, 10, 8, 15, 8]),
        (at("map", 60, choose=10, map=21, ideas=4), 0, [0, 0, 2, 15, 8]),
        (at("review", 60, choose=10, map=10, ideas=10, own=10), 0, [0, 0, 0, 0, 20]),
        (at("review", 60, choose=20, map=20, ideas=10, own=20), 2, [0, 0, 0, 0, -2]),
        # a huddle that spends its time in the second stage
        (at("map", 15, choose=2), 8, [0, -4, 1, 3, 1]),
        (at("ideas", 15, choose=2, map=10), 0, [0, 0, 1, 2, 1]),
        (at("map", 15, choose=2), 20, [0, -16, 0, 0, 0]),
    ],
)
def test_the_rest_is_shared_anew(session: Session, after: float, minutes: list[int]) -> None:
    assert left(session, after) == minutes


@given(st.sampled_from([1, 5, 15, 37, 60, 90, 480, 9_999]), st.sampled_from(STAGES), st.data())
def test_what_is_left_is_never_more_than_there_is(minutes: int, stage: Stage, data: st.DataObject) -> None:
    had = {name: data.draw(st.integers(0, minutes * 40)) for name in STAGES}
    session = at(stage, minutes).model_copy(
        update={"stage": stage, "agenda": Agenda(minutes=minutes, since=NOW, spent=had)}
    )
    found = slots(session, later(data.draw(st.integers(0, 40))))
    here = STAGES.index(stage)
    assert all(slot.left == 0 for slot in found[:here])
    assert all(slot.left >= 0 for slot in found[here + 1 :])
    rest = 60 * minutes - sum(slot.spent for slot in found)
    if rest >= 0 and all(had[name] == 0 for name in STAGES[here:]):
        assert sum(slot.left for slot in found) == rest


def test_time_is_counted_while_the_clock_runs(session: Session) -> None:
    assert slots(session, NOW) == ()
    assert agenda.slot(session, NOW) is None
    assert not agenda.is_running(session)
    running = at("map", 60, map=2)
    assert agenda.is_running(running)
    assert spent(running, later(3))["map"] == 300
    assert spent(running, later(-3))["map"] == 120, "a clock set back"
    assert spent(running, later(1e7))["map"] == agenda.MOST_SECONDS
    by_hand = running.model_copy(update={"agenda": Agenda(minutes=60, since=datetime(2026, 11, 23, 9, 30))})  # noqa: DTZ001
    assert spent(by_hand, later(3))["map"] == 180
    own = agenda.slot(running, later(3))
    assert own is not None
    assert (own.stage, own.planned, own.spent, own.has) == ("map", 900, 300, 1080)


def test_moving_on_says_what_an_overrun_means() -> None:
    cases: list[tuple[Session, Stage, int, str]] = [
        (at("map", 60, choose=10), "ideas", 21, "Map took 6 minutes more. "
         "Ideas has 6 now; owning keeps its 15."),
        (at("map", 60, choose=10), "ideas", 16, "Map took 1 minute more. "
         "Ideas has 11 now; owning keeps its 15."),
        (at("map", 60, choose=10), "ideas", 33, "Map took 18 minutes more. Ideas has 4 now; owning has 11."),
        (at("ideas", 60, choose=10, map=15), "own", 20, "Ideas took 8 minutes more. Own has 13 now."),
        (at("map", 60, choose=10), "ideas", 15, ""),
        (at("map", 60, choose=10), "ideas", 3, "Map gave 12 minutes back: Ideas has 17 now."),
        (at("map", 60, choose=10), "choose", 3, ""),
        (at("map", 15, choose=2), "ideas", 12, "Map took 8 minutes more. Only 1 minute left. "
         "Go straight to 4 Own: one change, one owner."),
        (at("map", 15, choose=2), "own", 15, "Map took 11 minutes more. The 15 minutes are over."),
    ]  # fmt: skip
    for before, stage, after, said in cases:
        moved = edits.move(before, stage, later(after))
        assert agenda.after_moving(before, moved, later(after)) == said
    paused = edits.pause(at("map", 60), later(40))
    assert agenda.after_moving(paused, edits.move(paused, "ideas", later(41)), later(41)) == ""


def test_too_little_time_is_said_in_words(session: Session) -> None:
    for held, after, said in [
        (session, 0, ""),
        (at("map", 60, choose=10), 30, ""),
        (at("map", 60, choose=10), 42, "Only 8 minutes left. Go straight to 4 Own: one change, one owner."),
        (at("map", 15, choose=2), 13, "The 15 minutes are over. "
         "Name one owner for one small change, or plan more time."),
        (at("own", 60, choose=10, map=30), 19, "Only 1 minute left."),
        (at("own", 60, choose=10, map=30), 30, "The 60 minutes are over."),
        (at("review", 60, choose=10, map=30), 19, ""),
    ]:  # fmt: skip
        assert too_short(held, later(after)) == said
