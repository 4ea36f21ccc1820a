from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.due import (
    FINE_TUNE,
    Due,
    Promise,
    dues,
    in_words,
    next_checkin,
    passed_over,
    place_in_order,
    promise_of,
    skipped_in_words,
    standing,
)
from promote_tui.session.model import (
    HORIZONS,
    Checkin,
    Goal,
    Horizon,
    Idea,
    Initiative,
    Part,
    Plan,
    Review,
    Session,
)

DAY0 = date(2026, 11, 24)
THREE_DAYS, THREE_WEEKS, THREE_MONTHS = date(2026, 11, 27), date(2026, 12, 15), date(2027, 2, 24)
ALL = {"three_days": THREE_DAYS, "three_weeks": THREE_WEEKS, "three_months": THREE_MONTHS}


def initiative(*held: Horizon, **fields: object) -> Initiative:
    """A change of the worked example's days, with check-ins held in this order."""
    plain = {"id": "initiative-1", "ideas": ("idea-1",), "owner": "HCA, nights", "started_on": DAY0}
    checkins = tuple(Checkin(horizon=horizon, held_on=DAY0) for horizon in held)
    return Initiative.model_validate({**plain, "checkins": checkins, **fields})


def promised(session: Session, one: Initiative) -> Promise:
    held = session.model_copy(update={"ideas": (Idea(id="idea-1", kind="start", text="Tea earlier"),)})
    return promise_of(held, one)


def test_at_most_one_check_in_is_asked_for(session: Session) -> None:
    d3, w3, m3 = HORIZONS
    tables: list[tuple[Initiative, date, Horizon | None, tuple[Horizon, ...]]] = [
        (initiative(), DAY0, d3, ()),  # ahead
        (initiative(), THREE_DAYS, d3, ()),
        (initiative(), THREE_WEEKS - timedelta(1), d3, ()),
        (initiative(), THREE_WEEKS, w3, (d3,)),  # the earlier one is only mentioned
        (initiative(), date.max, m3, (d3, w3)),
        (initiative(d3), THREE_DAYS, w3, ()),
        (initiative(d3), THREE_MONTHS, m3, (w3,)),
        (initiative(w3), DAY0, m3, ()),  # out of order, before day 0: the 3 days are not asked for
        (initiative(w3), THREE_DAYS, m3, (d3,)),
        (initiative(m3, d3, d3), date.max, None, ()),  # nothing comes after the last
        (initiative(*HORIZONS), date.max, None, ()),
        (initiative(stage="let go"), THREE_DAYS, None, ()),
        (initiative(decision="let go"), THREE_DAYS, None, ()),
        (initiative(stage="runner", decision="ready"), THREE_DAYS, d3, ()),
        (initiative(started_on=None, plan=Plan(three_weeks=Goal(due_on=DAY0))), DAY0, w3, ()),
        # moved days: one that is still ahead was not skipped
        (initiative(plan=Plan(three_days=Goal(due_on=THREE_MONTHS))), THREE_WEEKS, w3, ()),
        (initiative(started_on=date.min), date.min, d3, ()),
        (initiative(started_on=date.max), date.max, m3, (d3, w3)),
    ]
    for one, today, horizon, skipped in tables:
        case = (one.checkins, today)
        found = dues(promised(session, one), today)
        assert [(due.what, due.skipped) for due in found] == ([(horizon, skipped)] if horizon else []), case
        assert next_checkin(one, today) == horizon, case
    undated = initiative(started_on=None)
    assert (dues(promised(session, undated), date.max), next_checkin(undated, date.max)) == ((), d3)


def test_what_is_due_says_of_whom_and_when(session: Session) -> None:
    promise = promised(session, initiative(carried="initiative-7"))
    assert (promise.title, promise.owner, promise.due, promise.carried) == (
        "Tea earlier",
        "HCA, nights",
        ALL,
        "initiative-7",
    )
    (due,) = dues(promise, THREE_DAYS)
    assert (due.id, due.title, due.owner, due.day) == (
        "initiative-1",
        "Tea earlier",
        "HCA, nights",
        THREE_DAYS,
    )
    assert promise_of(session, initiative()).title == "(its idea was removed)"


def test_fine_tuning_of_the_newest_review_is_due_on_its_day(session: Session) -> None:
    by = THREE_MONTHS + timedelta(14)
    parts = (
        Part(name="Every shift", rating="amber", fine_tune="Ask bank staff", fine_tune_by=by),
        Part(name="Green now", rating="green", fine_tune="x", fine_tune_by=by),
        Part(name="Done", rating="red", fine_tune="x", fine_tune_by=by, fine_tuned_on=THREE_MONTHS),
        Part(name="No day", rating="red", fine_tune="x"),
        Part(name="No words", fine_tune_by=by - timedelta(1)),
    )
    early = Review(held_on=DAY0, parts=(Part(name="Early", fine_tune="x", fine_tune_by=by),))
    reviewed = initiative(*HORIZONS, reviews=(early, Review(held_on=THREE_MONTHS, parts=parts)))
    assert promised(session, reviewed).tuned == {("Green now", "x"), ("Done", "x")}
    found = dues(promised(session, reviewed), THREE_MONTHS)
    assert [(due.what, due.words, due.day, due.place) for due in found] == [
        (FINE_TUNE, "No words", by - timedelta(1), 4),
        (FINE_TUNE, "Ask bank staff", by, 0),
    ]
    let_go = reviewed.model_copy(update={"stage": "let go"})
    assert dues(promised(session, let_go), THREE_MONTHS) == ()
    both = reviewed.model_copy(update={"checkins": ()})
    assert [due.what for due in dues(promised(session, both), THREE_MONTHS)] == [
        "three_months",
        FINE_TUNE,
        FINE_TUNE,
    ]


@pytest.mark.parametrize(
    ("days", "stands", "words"),
    [
        (-730, "long ago", "2 years late"),
        (-57, "long ago", "8 weeks late"),
        (-56, "late", "8 weeks late"),
        (-21, "late", "3 weeks late"),
        (-2, "late", "2 days late"),
        (-1, "late", "due yesterday"),
        (0, "today", "due today"),
        (1, "soon", "due tomorrow"),
        (6, "soon", "in 6 days"),
        (7, "soon", "in 7 days"),
        (8, "later", "in 8 days"),
        (800, "later", "in 2 years"),
    ],
)
def test_how_a_day_stands(days: int, stands: str, words: str) -> None:
    day = DAY0 + timedelta(days)
    assert (standing(day, DAY0), in_words(day, DAY0)) == (stands, words)


def test_late_comes_first_and_what_is_long_ago_after_what_is_soon(session: Session) -> None:
    days = [-1, -56, 0, 3, 1, -57, -400, 8, 900]
    parts = tuple(Part(name=str(day), fine_tune_by=DAY0 + timedelta(day)) for day in days)
    promise = promised(session, initiative(*HORIZONS, reviews=(Review(held_on=DAY0, parts=parts),)))
    assert [int(due.words) for due in dues(promise, DAY0)] == [-56, -1, 0, 1, 3, -400, -57, 8, 900]


DAYS = st.one_of(
    st.dates(),
    st.sampled_from([date.min, date.max, date(2026, 11, 30), date(2028, 2, 29), DAY0, THREE_DAYS]),
)


@given(
    st.one_of(st.none(), DAYS),
    st.lists(st.sampled_from(HORIZONS), max_size=5),
    st.dictionaries(st.sampled_from(HORIZONS), DAYS),
    st.lists(DAYS, max_size=3),
    DAYS,
)
def test_whatever_the_days_are_a_change_has_one_check_in_to_hold_at_most(
    day0: date | None, held: list[Horizon], moved: dict[Horizon, date], tuned: list[date], today: date
) -> None:
    parts = tuple(Part(name="Part", fine_tune_by=day) for day in tuned)
    one = initiative(
        *held,
        started_on=day0,
        plan=Plan(**{horizon: Goal(due_on=day) for horizon, day in moved.items()}),
        reviews=(Review(held_on=DAY0, parts=parts),),
    )
    promise = promise_of(session_of(one), one)
    found = dues(promise, today)
    checkins = [due for due in found if due.what != FINE_TUNE]
    assert len(checkins) <= 1
    assert len(found) - len(checkins) == len(tuned)
    assert [due.what for due in checkins] == [h for h in [next_checkin(one, today)] if h and promise.due]
    for due in checkins:
        assert due.what not in held
        assert not set(due.skipped) & set(held)
        assert all(promise.due[horizon] <= today for horizon in due.skipped)
    assert [*found] == sorted(found, key=lambda due: place_in_order(due, today))
    assert all(in_words(due.day, today) for due in found)


def session_of(one: Initiative) -> Session:
    return Session(format="promote-session", version=1, id=ID, title="Waking up", initiatives=(one,))


def test_what_was_never_held_is_said_in_words() -> None:
    for skipped, words in (
        ((), ""),
        (HORIZONS[1:2], "3-week check-in never held"),
        (HORIZONS[:2], "3-day and 3-week check-ins never held"),
    ):
        assert skipped_in_words(Due("initiative-1", "Tea", "", "three_months", DAY0, "", skipped)) == words


ID = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"


def test_a_check_in_is_passed_over_once_a_later_one_was_held_or_is_due() -> None:
    day_0 = date(2026, 11, 23)
    for held, today, left_out in [
        ((), date(2026, 11, 30), ()),
        ((), date(2026, 12, 14), HORIZONS[:1]),
        ((), date(2029, 1, 1), HORIZONS[:2]),
        ((0,), day_0, ()),
        ((1,), day_0, HORIZONS[:1]),
        ((2,), day_0, HORIZONS[:2]),
        ((2, 0), day_0, HORIZONS[1:2]),
        ((0, 1, 2), date(2029, 1, 1), ()),
    ]:
        checkins = tuple(Checkin(horizon=HORIZONS[place], held_on=day_0) for place in held)
        change = Initiative(id="initiative-1", ideas=("idea-1",), started_on=day_0, checkins=checkins)
        assert passed_over(change, today) == left_out
        assert passed_over(change.model_copy(update={"started_on": None}), today) in (left_out, ())
        let_go = change.model_copy(update={"stage": "let go"})  # what was not held by then is not missing
        assert passed_over(let_go, today) == (left_out if held else ())
