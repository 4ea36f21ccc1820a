"""When a 3-3-3 plan falls due, and the dates that people type.

Cheap to import: what is due is listed without the models.
"""

import calendar
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promote_tui.session.model import Goal, Horizon, Initiative

NAMES: "dict[Horizon, str]" = {
    "three_days": "3 days",
    "three_weeks": "3 weeks",
    "three_months": "3 months",
}
HORIZONS: "tuple[Horizon, ...]" = tuple(NAMES)
_NEAR: "dict[Horizon, int]" = {"three_days": 2, "three_weeks": 7, "three_months": 21}
"""How many days from its due day a meeting still belongs to a horizon."""
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = [name.casefold() for name in calendar.month_name]
_DAY_MONTH = re.compile(
    r"(?:[a-z]{2,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+(\d{4}))?"
)
_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?")
_COUNTS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_RELATIVE = re.compile(
    rf"(?:in\s+|\+)?(\d{{1,3}}|{'|'.join(_COUNTS)})\s*(d|days?|w|weeks?|m|months?)(\s+ago)?"
)


def later(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or that month's last day if it has none."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(started_on: date, horizon: "Horizon") -> date:
    """Return when a horizon of the 3-3-3 plan ends: 3 days, 3 weeks or 3 calendar months after day 0.

    Wards never close, so weekends and bank holidays are not skipped. The calendar ends with the year 9999.
    """
    try:
        if horizon == "three_months":
            return later(started_on, 3)
        return started_on + timedelta(days=3 if horizon == "three_days" else 21)
    except (ValueError, OverflowError):
        return date.max


def due_of(initiative: "Initiative", horizon: "Horizon") -> date | None:
    """Return when a horizon of this initiative is due: its own date, else worked out from day 0."""
    goal: Goal = getattr(initiative.plan, horizon)
    if goal.due_on or not initiative.started_on:
        return goal.due_on
    return due_on(initiative.started_on, horizon)


def next_horizon(initiative: "Initiative") -> "Horizon | None":
    """Return the horizon that follows the last one with a check-in; None after 3 months."""
    held = max((HORIZONS.index(one.horizon) + 1 for one in initiative.checkins), default=0)
    return HORIZONS[held] if held < len(HORIZONS) else None


def horizon_near(initiative: "Initiative", day: date) -> "Horizon | None":
    """Return the horizon that a review held on this day belongs to; None when none is due near it."""
    due = {horizon: due_of(initiative, horizon) for horizon in HORIZONS}
    far = {horizon: abs((there - day).days) for horizon, there in due.items() if there}
    near = [horizon for horizon in far if far[horizon] <= _NEAR[horizon]]
    return min(near, key=lambda horizon: far[horizon], default=None)


def spoken(day: date, today: date | None = None) -> str:
    """Return a date as people say it, ``Thu 26 Nov``; with the year when it is not that of ``today``."""
    year = f" {day.year}" if today is None or day.year != today.year else ""
    return f"{_DAYS[day.weekday()][:3].title()} {day.day} {calendar.month_name[day.month][:3]}{year}"


def distance(day: date, today: date) -> str:
    """Return how far a day is: ``today``, ``tomorrow``, ``in 6 days``, ``2 weeks ago``."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    count, unit = (abs(days), "day") if abs(days) < 14 else (abs(days) // 7, "week")
    if abs(days) >= 60:
        count, unit = abs(days) // 30, "month"
    if abs(days) >= 2 * 365:
        count, unit = abs(days) // 365, "year"
    words = f"{count} {unit}" + ("s" if count != 1 else "")
    return f"in {words}" if days > 0 else f"{words} ago"


def read_date(text: str, today: date) -> date | None:
    """Read a typed date, the day before the month: ``26 Nov``, ``26/11/2026``, ``friday``, ``3 weeks ago``.

    A date without a year is the one nearest to ``today``: work that began last month is written down
    as often as what is due next month. Returns None for what is not a date.
    """
    text = " ".join(text.casefold().split())
    try:
        return _read_date(text, today)
    except (ValueError, OverflowError):
        return None


def _read_date(text: str, today: date) -> date | None:
    if text in ("today", "tomorrow", "yesterday"):
        return today + timedelta(days=("yesterday", "today", "tomorrow").index(text) - 1)
    for number, name in enumerate(_DAYS):
        if text in (name, name[:3]):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
        if text in (f"next {name}", f"next {name[:3]}"):  # that of the next week, as most people mean it
            return today + timedelta(days=7 - today.weekday() + number)
    if found := _RELATIVE.fullmatch(text):
        count = max(1, _COUNTS.index(found[1])) if found[1] in _COUNTS else int(found[1])
        count, unit = -count if found[3] else count, found[2][0]
        return (
            later(today, count) if unit == "m" else today + timedelta(days=count * (7 if unit == "w" else 1))
        )
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if found := _SLASHES.fullmatch(text):
        year = found[3] and int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _nearest(int(found[1]), int(found[2]), year, today)
    if (found := _DAY_MONTH.fullmatch(text)) and (month := _month(found[2])):
        return _nearest(int(found[1]), month, found[3] and int(found[3]), today)
    return None


def _month(name: str) -> int:
    return next((n for n, month in enumerate(_MONTHS) if month and month.startswith(name)), 0)


def _nearest(day: int, month: int, year: int | str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    # 29 February may be years away
    years = range(max(1, today.year - 8), min(9999, today.year + 8) + 1)
    there_are = [date(one, month, day) for one in years if day <= calendar.monthrange(one, month)[1]]
    if not there_are:
        raise ValueError(day)
    return min(there_are, key=lambda one: (abs(one - today), one < today))
