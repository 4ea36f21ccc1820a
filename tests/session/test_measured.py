from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.measured import Point, latest, points, progress, standing
from promote_tui.session.model import Better, Checkin, Initiative, Measure

DAY_0 = date(2026, 11, 24)


def counted(
    *values: float | None,
    baseline: float | None = None,
    target: float | None = None,
    better: Better | None = None,
    unit: str = "people",
) -> Initiative:
    """Return a change whose measure was counted once a day after day 0."""
    return Initiative(
        id="initiative-1",
        ideas=("idea-1",),
        started_on=DAY_0,
        measure=Measure(unit=unit, baseline=baseline, target=target, better=better),
        checkins=tuple(
            Checkin(horizon="three_days", held_on=DAY_0 + timedelta(days=place), value=value)
            for place, value in enumerate(values, 1)
        ),
    )


def test_the_numbers_stand_in_order_of_day_and_then_of_the_file() -> None:
    change = counted(6, None, 8.5, baseline=4)
    days = (3, 1, 1)
    moved = tuple(
        checkin.model_copy(update={"held_on": DAY_0 + timedelta(days=day), "value": value})
        for checkin, day, value in zip(change.checkins, days, (6, 5, 5.5), strict=True)
    )
    change = change.model_copy(update={"checkins": moved})
    assert [(point.day.day, point.value) for point in points(change)] == [
        (24, 4),
        (25, 5),
        (25, 5.5),
        (27, 6),
    ]
    assert latest(change) == 6  # the first in the file
    assert latest(change.model_copy(update={"checkins": moved[1:]})) == 5.5
    assert latest(counted(None, baseline=4)) is None
    same_day = moved[0].model_copy(update={"held_on": DAY_0})
    change = change.model_copy(update={"checkins": (same_day,)})
    assert points(change) == (Point(DAY_0, 4), Point(DAY_0, 6))
    assert points(change.model_copy(update={"started_on": None})) == (Point(DAY_0, 6),)
    assert points(counted(None, None, baseline=3)) == (Point(DAY_0, 3),)
    assert points(counted()) == ()


BETTER, WORSE, SAME = "better than at the start", "worse than at the start", "no different from the start"
REACHED = "was hoped for and is reached"


def test_how_far_it_has_come_is_said_in_words() -> None:
    for change, stands, said in [
        (counted(8, baseline=4, target=9), "better", f"From 4 to 8 people: {BETTER}, 9 was hoped for."),
        (counted(9, baseline=4, target=9), "reached", f"From 4 to 9 people: 9 {REACHED}."),
        (counted(11, baseline=4, target=9, better="up"), "reached", f"From 4 to 11 people: 9 {REACHED}."),
        (counted(4, 7, 4, baseline=4, target=9), "no different", f"4 people: {SAME}, 9 was hoped for."),
        (counted(3, baseline=4, target=9), "worse", f"From 4 to 3 people: {WORSE}, 9 was hoped for."),
        (counted(1, baseline=4, better="down"), "better", f"From 4 to 1 people: {BETTER}."),
        (counted(0, baseline=-4, target=2), "better", f"From -4 to 0 people: {BETTER}, 2 was hoped for."),
        (counted(5, baseline=30, target=5), "reached", f"From 30 to 5 people: 5 {REACHED}."),
        (counted(6, baseline=4), None, "From 4 to 6 people."),
        (counted(4, baseline=4), "no different", f"4 people: {SAME}."),
        (counted(6, target=9), None, "6 people: 9 was hoped for."),
        (counted(9, target=9), "reached", f"9 people: 9 {REACHED}."),
        (counted(10, target=9, better="up"), "reached", f"10 people: 9 {REACHED}."),
        (counted(10, target=9, better="down"), None, "10 people: 9 was hoped for."),
        (counted(6), None, "6 people."),
        # what is hoped for is now, or worse than now: it says nothing about how far it has come
        (counted(9, baseline=9, target=9), "no different", f"9 people: {SAME}."),
        (counted(7, baseline=9, target=9, better="up"), "worse", f"From 9 to 7 people: {WORSE}."),
        (counted(9.5, baseline=9, target=4, better="up"), "better", f"From 9 to 9.5 people: {BETTER}."),
        (counted(3, baseline=9, target=4, better="up"), "worse", f"From 9 to 3 people: {WORSE}."),
        (counted(baseline=4, target=9), None, "Nothing was counted yet."),
        (counted(None, baseline=4), None, "Nothing was counted yet."),
        (counted(unit=""), None, ""),
        (
            counted(0.1, baseline=0.30000000000000004, better="down", unit=""),
            "better",
            f"From 0.3 to 0.1: {BETTER}.",
        ),
        (counted(1e300, baseline=-1e308, unit=" cups\na day. "), None, "From -1e+308 to 1e+300 cups a day."),
        (
            counted(2**60, baseline=2**60 - 1, better="up", unit=""),
            "better",
            f"From {2**60 - 1} to {2**60}: {BETTER}.",
        ),
    ]:
        assert (standing(change), progress(change)) == (stands, said), said


@given(
    st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**63), 2**63)),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["up", "down", None]),
)
def test_any_numbers_are_said_on_one_line(
    values: list[float | None], baseline: float | None, target: float | None, better: Better | None
) -> None:
    said = progress(counted(*values, baseline=baseline, target=target, better=better))
    assert said.endswith(".")
    assert "\n" not in said
