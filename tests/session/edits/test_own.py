from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from promote_tui.session.edits import details, ideas, items, own, parking
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import HORIZONS, Horizon, Initiative, Session
from promote_tui.session.schedule import due_on

TODAY = date(2026, 11, 24)
ID = "initiative-1"
UUID = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def owned(session: Session) -> Session:
    """A session with one idea taken on."""
    return own.take_on(ideas.add_line(session, "+ Tea first", "start"), "idea-1", TODAY)


def initiative(session: Session) -> Initiative:
    return session.initiatives[0]


def due_days(session: Session) -> list[date | None]:
    return [getattr(initiative(session).plan, horizon).due_on for horizon in HORIZONS]


def test_an_idea_taken_on_has_its_three_dates(owned: Session) -> None:
    assert initiative(owned).started_on == TODAY
    assert due_days(owned) == [date(2026, 11, 27), date(2026, 12, 15), date(2027, 2, 24)]


def test_an_idea_is_taken_on_once_and_only_if_it_is_there(owned: Session) -> None:
    with pytest.raises(EditError) as refused:
        own.take_on(owned, "idea-1", TODAY)
    assert str(refused.value) == "It is taken on already. 4 shows it."
    with pytest.raises(EditError, match="no longer there"):
        own.take_on(owned, "idea-2", TODAY)


def test_an_initiative_is_called_by_its_idea(owned: Session) -> None:
    assert own.title_of(owned, initiative(owned)) == "Tea first"
    gone = owned.model_copy(update={"ideas": ()})  # a file mended by hand
    assert own.title_of(gone, initiative(gone)) == "(its idea was removed)"


def test_an_idea_that_somebody_owns_stays(owned: Session) -> None:
    for drop in (items.remove, parking.park):
        with pytest.raises(EditError, match="A change is made of this idea, so it stays"):
            drop(owned, "idea-1")
    assert items.remove(items.remove(owned, ID), "idea-1").ideas == ()


def test_several_ideas_join_one_change_and_leave_it_but_the_last(owned: Session) -> None:
    session = ideas.add_line(ideas.add_line(owned, "+ A card", "start"), "- Shouting", "start")
    session = own.take_on(session, "idea-3", TODAY)
    session = own.join(own.join(session, ID, "idea-2"), ID, "idea-2")
    assert initiative(session).ideas == ("idea-1", "idea-2")
    with pytest.raises(EditError, match="A change needs an idea"):
        own.join(session, ID, "idea-3")
    both = own.join(own.join(session, "initiative-2", "idea-1"), ID, "idea-2")
    assert [one.ideas for one in both.initiatives] == [("idea-2",), ("idea-3", "idea-1")]
    assert own.title_of(both, initiative(both)) == "A card"
    with pytest.raises(EditError, match="its idea stays"):
        own.leave(both, ID, "idea-2")
    with pytest.raises(EditError, match="no longer there"):
        own.join(session, ID, "idea-9")


def test_owner_measure_and_goals_are_set(owned: Session) -> None:
    session = own.set_initiative(owned, ID, owner=" HCA, nights ", success="A calm start")
    session = own.set_measure(session, ID, name="People up by 8:30", baseline=4, target=9.5)
    session = own.set_goal(session, ID, "three_days", goal="Buy the tea")
    item = initiative(session)
    assert (item.owner, item.success) == ("HCA, nights", "A calm start")
    assert (item.measure.name, item.measure.baseline, item.measure.target) == ("People up by 8:30", 4, 9.5)
    assert (item.plan.three_days.goal, item.plan.three_days.due_on) == ("Buy the tea", date(2026, 11, 27))
    with pytest.raises(EditError, match="no longer there"):
        own.set_measure(session, "initiative-9", name="x")


def test_another_day_zero_moves_the_days_that_follow_it_and_leaves_those_moved_by_hand(
    owned: Session,
) -> None:
    session = own.set_goal(owned, ID, "three_weeks", due_on=date(2027, 1, 4))
    session = own.start_on(session, ID, date(2026, 11, 30))
    assert due_days(session) == [date(2026, 12, 3), date(2027, 1, 4), date(2027, 2, 28)]


def test_a_first_day_zero_fills_the_days_that_are_missing(owned: Session) -> None:
    session = own.set_initiative(owned, ID, started_on=None)
    session = own.set_goal(session, ID, "three_days", due_on=date(2026, 12, 24))
    session = own.set_goal(session, ID, "three_weeks", due_on=None)
    session = own.start_on(session, ID, date(2026, 12, 1))
    assert due_days(session) == [date(2026, 12, 24), date(2026, 12, 22), date(2027, 2, 24)]


def test_without_a_day_zero_only_days_moved_by_hand_are_left(owned: Session) -> None:
    session = own.set_goal(owned, ID, "three_weeks", due_on=date(2027, 1, 4))
    session = own.start_on(session, ID, None)
    assert due_days(session) == [None, date(2027, 1, 4), None]
    session = own.start_on(session, ID, date(2026, 12, 1))
    assert due_days(session) == [date(2026, 12, 4), date(2027, 1, 4), date(2027, 3, 1)]


@given(
    days=st.lists(st.one_of(st.none(), st.dates()), min_size=1, max_size=5),
    horizon=st.sampled_from(HORIZONS),
    moved=st.dates(),
)
def test_a_moved_day_stays_and_the_others_follow_whatever_day_zero_is(
    days: list[date | None], horizon: Horizon, moved: date
) -> None:
    session = own.take_on(
        ideas.add_line(details.begin(id=UUID, title="Tea", team="", now=NOW), "+ Tea", "start"),
        "idea-1",
        TODAY,
    )
    first = initiative(session).started_on
    assert first
    assume(moved not in [due_on(day, horizon) for day in (first, *days) if day])
    session = own.set_goal(session, ID, horizon, due_on=moved)
    for day in days:
        session = own.start_on(session, ID, day)
        plan = initiative(session).plan
        for one in HORIZONS:
            follows = due_on(day, one) if day else None
            assert getattr(plan, one).due_on == (moved if one == horizon else follows)


def test_the_last_day_of_the_calendar_is_no_trouble(owned: Session) -> None:
    assert due_days(own.start_on(owned, ID, date.max)) == [date.max] * 3


def test_resistance_is_recorded_changed_and_removed(owned: Session) -> None:
    session = own.add_resistance(own.add_resistance(owned, ID, "No time"), ID, "Not my job")
    session = own.set_resistance(session, ID, "resistance-2", basis="unable", says="We are too few")
    assert [(item.id, item.says, item.basis) for item in initiative(session).resistance] == [
        ("resistance-1", "No time", None),
        ("resistance-2", "We are too few", "unable"),
    ]
    session = own.remove_resistance(session, ID, "resistance-2")
    session = own.add_resistance(session, ID, "Again")
    assert [item.id for item in initiative(session).resistance] == ["resistance-1", "resistance-3"]


def test_resistance_needs_words_and_must_be_there(owned: Session) -> None:
    with pytest.raises(EditError, match="What is said cannot be empty"):
        own.add_resistance(owned, ID, " ")
    session = own.add_resistance(owned, ID, "No time")
    with pytest.raises(EditError, match="What is said cannot be empty"):
        own.set_resistance(session, ID, "resistance-1", says="")
    with pytest.raises(EditError, match="no longer there"):
        own.set_resistance(session, ID, "resistance-2", harness="Ask for help")


def test_a_check_in_of_one_day_is_one_check_in(owned: Session) -> None:
    session = own.check_in(owned, ID, "three_days", TODAY, happened="Tea was bought")
    session = own.check_in(session, ID, "three_days", TODAY, value=6)
    session = own.check_in(session, ID, "three_days", date(2026, 12, 1), happened="Tea ran out")
    assert [(item.held_on, item.happened, item.value) for item in initiative(session).checkins] == [
        (TODAY, "Tea was bought", 6),
        (date(2026, 12, 1), "Tea ran out", None),
    ]


def test_a_check_in_means_that_it_is_being_tried(owned: Session) -> None:
    assert initiative(own.check_in(owned, ID, "three_days", TODAY)).stage == "trying"
    runner = own.set_initiative(owned, ID, stage="runner")
    assert initiative(own.check_in(runner, ID, "three_months", TODAY)).stage == "runner"
    for stage, said, then in (
        ("trying", True, "runner"), ("planned", True, "runner"), ("trying", False, "trying"),
        ("runner", False, "trying"), ("runner", None, "trying"), ("scaling", True, "scaling"),
        ("let go", True, "let go"), ("let go", False, "let go"),
    ):  # fmt: skip
        session = own.set_initiative(owned, ID, stage=stage)
        assert initiative(own.check_in(session, ID, "three_months", TODAY, runner=said)).stage == then


def test_a_check_in_is_removed(owned: Session) -> None:
    session = own.check_in(own.check_in(owned, ID, "three_days", TODAY), ID, "three_weeks", TODAY)
    session = own.remove_checkin(session, ID, 0)
    assert [item.horizon for item in initiative(session).checkins] == ["three_weeks"]


def test_a_check_in_can_be_said_to_be_held_on_another_day(owned: Session) -> None:
    held = own.check_in(owned, "initiative-1", "three_days", date(2026, 11, 27), happened="Tea was made")
    moved = own.move_checkin(held, "initiative-1", 0, date(2026, 11, 26)).initiatives[0].checkins
    assert [(one.held_on, one.happened) for one in moved] == [(date(2026, 11, 26), "Tea was made")]
