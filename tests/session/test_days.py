from datetime import date
from typing import Any

from promote_tui.session.days import about_days, odd_days
from promote_tui.session.model import Checkin, Goal, Initiative, Plan, Review

TODAY = date(2026, 12, 20)
DAY_0 = date(2026, 11, 24)
CHANGE = Initiative(id="initiative-1", ideas=("idea-1",), started_on=DAY_0)


def test_days_out_of_order_are_asked_about() -> None:
    early = Checkin(horizon="three_days", held_on=date(2026, 11, 23))
    ahead = Checkin(horizon="three_weeks", held_on=date(2026, 12, 21))
    late = Plan(three_days=Goal(due_on=date(2026, 12, 16)))
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, []),
        ({"checkins": (early.model_copy(update={"held_on": DAY_0}),)}, []),
        ({"checkins": (ahead.model_copy(update={"held_on": TODAY}),)}, []),
        (
            {"checkins": (early, ahead)},
            [
                "The 3 days check-in, Mon 23 Nov, is before day 0, Tue 24 Nov. Which day is right?",
                "The 3 weeks check-in, Mon 21 Dec, is still to come. On which day was it held?",
            ],
        ),
        ({"checkins": (early,), "started_on": None}, []),
        (
            {"reviews": (Review(held_on=date(2025, 11, 24)), Review(held_on=DAY_0))},
            ["The review, Mon 24 Nov 2025, is before day 0, Tue 24 Nov. Which day is right?"],
        ),
        ({"plan": late}, ["3 weeks is due on Tue 15 Dec, before 3 days. Which day is right?"]),
        (
            {"plan": late, "started_on": date(2027, 1, 1)},
            ["3 days is due on Wed 16 Dec, before day 0. Which day is right?"],
        ),
        ({"plan": late, "started_on": None}, []),
        ({"plan": Plan(three_months=Goal(due_on=date.min)), "started_on": None}, []),
        ({"started_on": date.max}, []),
    ]
    for change, said in cases:
        hints = about_days(CHANGE.model_copy(update=change), TODAY)
        assert [hint.words for hint in hints] == said


def test_each_is_known_by_its_place() -> None:
    early = Checkin(horizon="three_days", held_on=date(2026, 11, 23))
    change = CHANGE.model_copy(
        update={
            "checkins": (early, early),
            "reviews": (Review(held_on=date(2026, 11, 1)),),
            "plan": Plan(three_days=Goal(due_on=date(2026, 12, 16)), three_months=Goal(due_on=DAY_0)),
        }
    )
    assert [place for place, _ in odd_days(change, TODAY)] == [
        ("checkins", 0, "held_on"),
        ("checkins", 1, "held_on"),
        ("reviews", 0, "held_on"),
        ("plan", "three_weeks"),
        ("plan", "three_months", "due_on"),
    ]
    assert next(hint.words for _, hint in odd_days(change)).startswith(
        "The 3 days check-in, Mon 23 Nov 2026, is"
    )
    ahead = CHANGE.model_copy(update={"checkins": (Checkin(horizon="three_days", held_on=date.max),)})
    assert list(odd_days(ahead)) == []
