"""Gentle words about the days of a change: check-ins, reviews and due days out of order."""

from collections.abc import Iterator
from datetime import date

from promote_tui.session.advice import Hint
from promote_tui.session.model import HORIZONS, Goal, Initiative
from promote_tui.session.schedule import NAMES, due_of, spoken

Place = tuple[str | int, ...]
"""Where in an initiative a day stands, such as ``("checkins", 0, "held_on")``; numbers count from 0."""


def about_days(initiative: Initiative, today: date) -> tuple[Hint, ...]:
    """Return what may help to mend days of a change that cannot be right; nothing when they are fine."""
    return tuple(hint for _, hint in odd_days(initiative, today))


def odd_days(initiative: Initiative, today: date | None = None) -> Iterator[tuple[Place, Hint]]:
    """Yield each day of a change that cannot be right: where it stands, and what to ask about it.

    Without ``today`` no day is still to come, and every day is said with its year.
    """
    start = initiative.started_on
    for place, checkin in enumerate(initiative.checkins):
        said = f"The {NAMES[checkin.horizon]} check-in, {spoken(checkin.held_on, today)}"
        at = ("checkins", place, "held_on")
        if start and checkin.held_on < start:
            yield at, _before_day_0(said, start, today)
        if today and checkin.held_on > today:
            yield at, Hint("ahead", f"{said}, is still to come. On which day was it held?")
    for place, review in enumerate(initiative.reviews):
        if start and review.held_on < start:
            said = f"The review, {spoken(review.held_on, today)}"
            yield ("reviews", place, "held_on"), _before_day_0(said, start, today)
    yield from _due_days(initiative, today)


def _due_days(initiative: Initiative, today: date | None) -> Iterator[tuple[Place, Hint]]:
    latest, name = initiative.started_on, "day 0"
    for horizon in HORIZONS:
        due = due_of(initiative, horizon)
        goal: Goal = getattr(initiative.plan, horizon)
        if due and latest and due < latest:
            words = f"{NAMES[horizon]} is due on {spoken(due, today)}, before {name}. Which day is right?"
            yield ("plan", horizon, *(["due_on"] if goal.due_on else [])), Hint("order", words)
        elif due:
            latest, name = due, NAMES[horizon]


def _before_day_0(said: str, start: date, today: date | None) -> Hint:
    return Hint("day 0", f"{said}, is before day 0, {spoken(start, today)}. Which day is right?")
