"""The elastic agenda: how long each stage has, worked out anew as time is spent. Times are in seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from promote_tui.session.model import Session, Stage
from promote_tui.session.stages import NUMBERED, STAGES, TITLES
from promote_tui.session.text import number_of

PLANS: dict[int, dict[Stage, int]] = {
    15: {"choose": 2, "map": 4, "ideas": 3, "own": 4, "review": 2},
    60: {"choose": 10, "map": 15, "ideas": 12, "own": 15, "review": 8},
    90: {"choose": 15, "map": 25, "ideas": 20, "own": 20, "review": 10},
}
"""Minutes of each stage in a huddle, an hour, and an hour and a half."""
HUDDLE = 15
SHORTEST, LONGEST = 5, 480
"""How many minutes a plan may have: one for each stage, up to a working day."""
MOST_SECONDS = 999_999

_GIVING: tuple[tuple[Stage, ...], ...] = (("choose", "map", "ideas"), ("review",), ("own",))
"""Who gives time when there is too little: owning is the last to."""


@dataclass(frozen=True)
class Slot:
    """One stage's part of the agenda, in seconds.

    ``left`` is below 0 in a stage that takes longer than it has, and 0 in those that are over.
    """

    stage: Stage
    planned: int
    spent: int
    left: int

    @property
    def has(self) -> int:
        """Return how long the stage has now, what it spent included."""
        return self.spent + self.left


def planned(minutes: int) -> dict[Stage, int]:
    """Return the minutes of each stage in a session of so many minutes: a plan, or the nearest one scaled."""
    nearest = min(PLANS, key=lambda total: abs(total - minutes))
    return _split(minutes, PLANS[nearest])


def is_running(session: Session) -> bool:
    """Say whether the clock of the agenda runs."""
    return bool(session.agenda.minutes) and session.agenda.since is not None


def spent(session: Session, now: datetime) -> dict[Stage, int]:
    """Return the seconds that each stage has had; a clock that was set back counts nothing."""
    taken = {stage: session.agenda.spent.get(stage, 0) for stage in STAGES}
    if since := session.agenda.since:
        running = max(0, int((_zoned(now) - _zoned(since)).total_seconds()))
        taken[session.stage] = min(MOST_SECONDS, taken[session.stage] + running)
    return taken


def _zoned(time: datetime) -> datetime:
    # a file written by hand may have times without a zone
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def slots(session: Session, now: datetime) -> tuple[Slot, ...]:
    """Return what each stage has now; nothing when no time was planned. ``now`` carries its time zone.

    What stages before this one took too long is missed by those after it, and what they left is shared out.
    Owning keeps its planned time longest, then the review; the others shrink first.
    """
    if not session.agenda.minutes:
        return ()
    plan = {stage: 60 * minutes for stage, minutes in planned(session.agenda.minutes).items()}
    taken, here = spent(session, now), STAGES.index(session.stage)
    before = dict(session.agenda.spent)
    ahead, later = STAGES[here:], STAGES[here + 1 :]
    rest = 60 * session.agenda.minutes - sum(taken[stage] for stage in STAGES[:here])
    has = dict(taken) | _share(rest, {stage: plan[stage] for stage in ahead}, before)
    if taken[session.stage] > has[session.stage]:
        rest -= taken[session.stage]
        has |= _share(rest, {stage: plan[stage] for stage in later}, before)
    return tuple(Slot(stage, plan[stage], taken[stage], has[stage] - taken[stage]) for stage in STAGES)


def slot(session: Session, now: datetime) -> Slot | None:
    """Return what the stage in view has now; None when no time was planned."""
    return next((one for one in slots(session, now) if one.stage == session.stage), None)


def _share(rest: int, plan: Mapping[Stage, int], before: Mapping[Stage, int]) -> dict[Stage, int]:
    """Share what is left among stages; none gets less than it had already."""
    had = {stage: before.get(stage, 0) for stage in plan}
    has = {stage: max(plan[stage], had[stage]) for stage in plan}
    missing = sum(has.values()) - rest
    if missing <= 0:
        spare = _split(-missing, plan)
        return {stage: has[stage] + spare[stage] for stage in plan}
    least = {stage: max(_least(plan[stage]), had[stage]) for stage in plan}
    for floor in (least, had):
        for group in _GIVING:
            gives = {stage: has[stage] - floor[stage] for stage in group if stage in plan}
            given = _split(min(missing, sum(gives.values())), gives)
            has |= {stage: has[stage] - given[stage] for stage in gives}
            missing -= sum(given.values())
    return has


def _least(planned: int) -> int:
    """Return what a stage needs to make sense: a third of its plan, and at least a minute."""
    return min(planned, max(60, planned // 3))


def _split(amount: int, weights: Mapping[Stage, int]) -> dict[Stage, int]:
    """Split an amount by weight into whole numbers that add up to it."""
    parts: dict[Stage, int] = {}
    total, weight_so_far, given = sum(weights.values()), 0, 0
    for stage, weight in weights.items():
        weight_so_far += weight
        up_to_here = round(amount * weight_so_far / total) if total else 0
        parts[stage], given = up_to_here - given, up_to_here
    return parts


# ---- in words


def whole_minutes(seconds: int) -> int:
    """Return seconds as minutes, a minute begun counted in full."""
    return -(-seconds // 60)


def after_moving(before: Session, after: Session, now: datetime) -> str:
    """Return what moving on means for the time when the stage before took longer, or gave time back.

    ``before`` is the session as it was left, ``after`` as the room goes on.
    """
    old, new = slot(before, now), slot(after, now)
    if not is_running(after) or not old or not new:
        return ""
    over = -round(old.left / 60)
    now_has = f"{TITLES[new.stage]} has {whole_minutes(new.left)} now"
    if over <= -1 and STAGES.index(new.stage) > STAGES.index(old.stage):
        return f"{TITLES[old.stage]} gave {number_of(-over, 'minute')} back: {now_has}."
    if over < 1:
        return ""
    took = f"{TITLES[old.stage]} took {number_of(over, 'minute')} more."
    if short := too_short(after, now):
        return f"{took} {short}"
    own = next(one for one in slots(after, now) if one.stage == "own")
    if STAGES.index(new.stage) >= STAGES.index("own"):
        return f"{took} {now_has}."
    keeps = "keeps its" if own.left >= own.planned else "has"
    return f"{took} {now_has}; owning {keeps} {whole_minutes(own.left)}."


def too_short(session: Session, now: datetime) -> str:
    """Return what to do when the time left is too short for the stages to come; nothing while it is not."""
    found = slots(session, now)
    if not found:
        return ""
    own_to_come = STAGES.index(session.stage) < STAGES.index("own")
    rest = 60 * (session.agenda.minutes or 0) - sum(one.spent for one in found)
    if rest <= 0:
        over = f"The {session.agenda.minutes} minutes are over."
        return f"{over} Name one owner for one small change, or plan more time." if own_to_come else over
    later = found[STAGES.index(session.stage) + 1 :]
    if all(one.has >= _least(one.planned) for one in later):
        return ""
    left = f"Only {number_of(whole_minutes(rest), 'minute')} left."
    return f"{left} Go straight to {NUMBERED['own']}: one change, one owner." if own_to_come else left
