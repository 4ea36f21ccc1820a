"""The measure of a change over time: its numbers, and in words how far it has come."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from promote_tui.session.model import Initiative, Measure
from promote_tui.session.text import figure, one_line

Standing = Literal["reached", "better", "no different", "worse"]


@dataclass(frozen=True)
class Point:
    """One number of the measure, and the day that it is of."""

    day: date
    value: float


def points(initiative: Initiative) -> tuple[Point, ...]:
    """Return the numbers of the measure in order of day: that of day 0, then those of check-ins.

    Two of the same day stand as in the file.
    """
    baseline, start = initiative.measure.baseline, initiative.started_on
    first = [Point(start, baseline)] if start and baseline is not None else []
    return tuple(sorted([*first, *_counted(initiative)], key=lambda point: point.day))


def standing(initiative: Initiative) -> Standing | None:
    """Return where the newest number stands; None without one, or when nobody said what is better.

    A number hoped for counts when it is better than the one at the start: it can be reached.
    """
    measure, newest = initiative.measure, latest(initiative)
    sign, hoped = _sign(measure), _hoped(measure)
    if newest is None:
        return None
    if hoped is not None and (newest == hoped or sign * newest > sign * hoped):
        return "reached"
    if measure.baseline is None:
        return None
    if newest == measure.baseline:
        return "no different"
    if not sign:
        return None
    return "better" if sign * newest > sign * measure.baseline else "worse"


def progress(initiative: Initiative) -> str:
    """Return how far the measure has come, as a sentence; nothing when nothing is measured."""
    measure, newest = initiative.measure, latest(initiative)
    if newest is None:
        return "" if measure == Measure() else "Nothing was counted yet."
    now = " ".join(filter(None, [figure(newest), one_line(measure.unit).rstrip(".")]))
    if measure.baseline not in (None, newest):
        now = f"From {figure(measure.baseline)} to {now}"
    where, hoped = standing(initiative), _hoped(measure)
    said = [] if where in (None, "reached") else [_SAID[where]]
    if hoped is not None:
        said.append(f"{figure(hoped)} was hoped for{' and is reached' if where == 'reached' else ''}")
    return f"{now}: {', '.join(said)}." if said else f"{now}."


_SAID = {
    "better": "better than at the start",
    "no different": "no different from the start",
    "worse": "worse than at the start",
}


def _counted(initiative: Initiative) -> list[Point]:
    return [Point(one.held_on, one.value) for one in initiative.checkins if one.value is not None]


def latest(initiative: Initiative) -> float | None:
    """Return the newest number that was counted at a check-in, if there is one."""
    found = sorted(_counted(initiative), key=lambda point: point.day)
    return found[-1].value if found else None


def _sign(measure: Measure) -> int:
    """Return 1 when more is better, -1 when less is, 0 when that cannot be known."""
    if measure.better:
        return 1 if measure.better == "up" else -1
    if measure.baseline is None or measure.target is None:
        return 0
    return (measure.target > measure.baseline) - (measure.target < measure.baseline)


def _hoped(measure: Measure) -> float | None:
    """Return the number hoped for if it can be reached: it is better than the one at the start."""
    now, hoped, sign = measure.baseline, measure.target, _sign(measure)
    return hoped if hoped is None or now is None or sign * hoped > sign * now else None
