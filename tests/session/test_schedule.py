import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session import schedule
from promote_tui.session.model import HORIZONS, Checkin, Goal, Horizon, Initiative, Plan
from promote_tui.session.schedule import (
    NAMES,
    distance,
    due_of,
    due_on,
    horizon_near,
    later,
    next_horizon,
    read_date,
    spoken,
)

TODAY = date(2026, 11, 23)  # a Monday
DAYS = st.dates(date(1900, 1, 1), date(9990, 12, 31))
INITIATIVE = Initiative(id="initiative-1", ideas=("idea-1",))


@pytest.mark.parametrize(
    ("start", "three_days", "three_weeks", "three_months"),
    [
        (date(2026, 11, 24), date(2026, 11, 27), date(2026, 12, 15), date(2027, 2, 24)),
        (date(2026, 11, 30), date(2026, 12, 3), date(2026, 12, 21), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2027, 12, 3), date(2027, 12, 21), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 3), date(2028, 3, 21), date(2028, 5, 29)),
        (date(2026, 1, 31), date(2026, 2, 3), date(2026, 2, 21), date(2026, 4, 30)),
        (date(2026, 12, 31), date(2027, 1, 3), date(2027, 1, 21), date(2027, 3, 31)),
        (date(9999, 12, 30), date.max, date.max, date.max),
    ],
)
def test_the_three_horizons(start: date, three_days: date, three_weeks: date, three_months: date) -> None:
    assert [due_on(start, horizon) for horizon in HORIZONS] == [three_days, three_weeks, three_months]


@given(DAYS)
def test_each_horizon_is_later_than_the_one_before(start: date) -> None:
    days = [start, *(due_on(start, horizon) for horizon in HORIZONS)]
    assert days == sorted(set(days))
    assert (days[1] - start).days == 3
    assert (days[2] - start).days == 21
    assert 89 <= (days[3] - start).days <= 92
    assert (days[3].month - start.month) % 12 == 3


@given(DAYS, st.integers(0, 60))
def test_a_month_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    then = later(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(then.year, then.month)[1]
    assert then.day == min(day.day, last)


def test_a_day_moved_by_hand_counts_before_the_one_worked_out() -> None:
    moved = INITIATIVE.model_copy(
        update={"started_on": TODAY, "plan": Plan(three_weeks=Goal(due_on=date(2027, 1, 4)))}
    )
    assert due_of(moved, "three_days") == date(2026, 11, 26)
    assert due_of(moved, "three_weeks") == date(2027, 1, 4)
    assert due_of(INITIATIVE, "three_days") is None


def test_the_next_horizon_is_the_first_without_a_check_in() -> None:
    held: list[Checkin] = []
    for horizon in HORIZONS:
        assert next_horizon(INITIATIVE.model_copy(update={"checkins": tuple(held)})) == horizon
        held.append(Checkin(horizon=horizon, held_on=TODAY))
    assert next_horizon(INITIATIVE.model_copy(update={"checkins": tuple(held)})) is None
    assert list(NAMES.values()) == ["3 days", "3 weeks", "3 months"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        (" Tomorrow ", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("friday", date(2026, 11, 27)),
        ("Fri", date(2026, 11, 27)),
        ("next friday", date(2026, 12, 4)),  # that of the next week
        ("next mon", date(2026, 11, 30)),
        ("monday", date(2026, 11, 30)),  # today is a Monday: the next one
        ("3d", date(2026, 11, 26)),
        ("in 3 weeks", date(2026, 12, 14)),
        ("+3m", date(2027, 2, 23)),
        ("1 day", date(2026, 11, 24)),
        ("2026-11-26", date(2026, 11, 26)),
        ("26/11", date(2026, 11, 26)),
        ("26/11/27", date(2027, 11, 26)),
        ("26.11.2027", date(2027, 11, 26)),
        ("1/11", date(2026, 11, 1)),  # gone by: a plan may have begun then
        ("3 weeks ago", date(2026, 11, 2)),
        ("three months ago", date(2026, 8, 23)),
        ("in two weeks", date(2026, 12, 7)),
        ("a week", date(2026, 11, 30)),
        ("0/5", None),
        ("24 May", date(2027, 5, 24)),  # as far as 23 May 2026, but for a day
        ("26 Nov", date(2026, 11, 26)),
        ("26th of November", date(2026, 11, 26)),
        ("Thu, 26 nov. 2026", date(2026, 11, 26)),
        ("1 sept", date(2026, 9, 1)),
        ("10 mar", date(2027, 3, 10)),
        ("23 nov", TODAY),
        ("22 nov", date(2026, 11, 22)),
        ("29 feb", date(2028, 2, 29)),
        ("29 feb 2027", None),
        ("31/2", None),
        ("0/1", None),
        ("1/13", None),
        ("26 no", None),
        ("26 foo", None),
        ("13-13-2026", None),
        ("2026-02-30", None),
        ("soon", None),
        ("", None),
        ("\u0661\u0662\u0663\u0664-\u0661\u0661-\u0661\u0661", None),
        ("in 999 months and a bit", None),
    ],
)
def test_dates_as_people_type_them(typed: str, day: date | None) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["in 999 weeks", "in 999 m", "tomorrow", "friday"])
def test_no_date_is_after_the_end_of_the_calendar(typed: str) -> None:
    assert read_date(typed, date.max) is None


@given(DAYS, DAYS)
def test_a_spoken_date_with_its_year_reads_back(day: date, today: date) -> None:
    assert read_date(spoken(day), today) == day
    assert read_date(day.isoformat(), today) == day
    assert read_date(f"{day:%d/%m/%Y}", today) == day


@given(DAYS, st.integers(-180, 180))
def test_a_spoken_date_of_this_half_year_reads_back(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    assert read_date(spoken(day, today), today) == day


@given(st.text(), DAYS)
def test_no_text_is_too_odd_for_a_date(typed: str, today: date) -> None:
    read_date(typed, today)


@given(st.text("0123456789/.-+ dwm", max_size=12), DAYS)
def test_a_date_without_a_year_is_never_half_a_year_away(typed: str, today: date) -> None:
    day = read_date(typed, today)
    leap = day is not None and (day.month, day.day) == (2, 29)
    near = day is None or abs(day - today) <= timedelta(days=183)
    assert near or leap or len(typed.replace(" ", "")) > 5 or set(typed) & set("dwm")


def test_a_date_is_said_with_its_year_only_when_that_is_another() -> None:
    assert spoken(date(2026, 11, 26), TODAY) == "Thu 26 Nov"
    assert spoken(date(2027, 2, 1), TODAY) == "Mon 1 Feb 2027"
    assert spoken(date(2026, 11, 26)) == "Thu 26 Nov 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (-13, "13 days ago"),
        (14, "in 2 weeks"),
        (-21, "3 weeks ago"),
        (59, "in 8 weeks"),
        (60, "in 2 months"),
        (-400, "13 months ago"),
        (-729, "24 months ago"),
        (-730, "2 years ago"),
        (3_000, "in 8 years"),
    ],
)
def test_how_far_a_day_is(days: int, words: str) -> None:
    assert distance(TODAY + timedelta(days=days), TODAY) == words


def test_every_horizon_has_a_name() -> None:
    horizons: tuple[Horizon, ...] = HORIZONS
    assert tuple(NAMES) == horizons == schedule.HORIZONS


def test_a_review_belongs_to_the_horizon_that_is_due_near_it() -> None:
    one = Initiative(id="initiative-1", ideas=("idea-1",), started_on=date(2026, 11, 24))
    for day, horizon in (
        (date(2026, 11, 23), None),
        (date(2026, 11, 26), "three_days"),
        (date(2026, 11, 29), "three_days"),
        (date(2026, 11, 30), None),
        (date(2026, 12, 8), "three_weeks"),
        (date(2026, 12, 23), None),
        (date(2027, 2, 3), "three_months"),
        (date(2027, 3, 17), "three_months"),
        (date(2027, 3, 18), None),
    ):
        assert horizon_near(one, day) == horizon, day
        assert horizon_near(one.model_copy(update={"started_on": None}), day) is None
