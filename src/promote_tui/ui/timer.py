"""The silent timer: a countdown in phases, how it is typed, and how time is shown in the title."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

from promote_tui.session import agenda
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Session
from promote_tui.session.stages import NUMBERED
from promote_tui.session.text import number_of, one_line
from promote_tui.ui.widgets.bands import TimeShown

FLASH_SECONDS = 3
_MOST_MINUTES = 480
_MINUTES = re.compile(r"([0-9]{1,3})(?::([0-5][0-9])|\s*(?:m|min|mins|minutes?))?")
_PLAN = re.compile(r"plan\s*([0-9]{1,3})?|([0-9]{1,3})\s*(?:m|min|minutes?)?\s*plan|huddle")


@dataclass(frozen=True)
class Phase:
    """One part of a countdown: its seconds, what it is called in the title, what is said as it begins."""

    seconds: int
    name: str = ""
    says: str = ""


QUIET = (Phase(60, "quiet", "One quiet minute: everyone thinks or writes, nobody speaks."),)
ROUND = (
    Phase(60, "alone", "1 minute alone: everyone thinks or writes, nobody speaks."),
    Phase(120, "in pairs", "2 minutes in pairs: tell each other what you thought of."),
    Phase(240, "in fours", "4 minutes in fours, two pairs together: what is the same, what is new?"),
    Phase(300, "all together", "5 minutes all together: what does each four want everyone to hear?"),
)
"""A 1-2-4-all round: a minute alone, two in pairs, four in fours, five all together."""


@dataclass(frozen=True)
class Moment:
    """Where a countdown is: its phase (one more than there are when all are over), and the seconds."""

    place: int
    phase: Phase
    left: int
    age: float
    """Seconds since this phase began, or since all were over."""

    @property
    def is_over(self) -> bool:
        """Say whether the time is up."""
        return not self.left


@dataclass(frozen=True)
class Countdown:
    """Time running down, phase after phase; it stands still from ``paused`` on.

    ``of_stage`` is what the stage in view had left by the plan, and means nothing at another stage.
    """

    phases: tuple[Phase, ...]
    began: datetime
    paused: datetime | None = None
    of_stage: bool = False

    def at(self, now: datetime) -> Moment:
        """Return where it is now; a clock that was set back counts nothing."""
        age = max(0.0, ((self.paused or now) - self.began).total_seconds())
        for place, phase in enumerate(self.phases):
            if age < phase.seconds:
                return Moment(place, phase, ceil(phase.seconds - age), age)
            age -= phase.seconds
        return Moment(len(self.phases), self.phases[-1], 0, age)

    def paused_or_on(self, now: datetime) -> "Countdown":
        """Return it standing still, or going on from where it stood."""
        if self.paused:
            return replace(self, began=self.began + (now - self.paused), paused=None)
        return replace(self, paused=now)

    def with_more(self, minutes: int, now: datetime) -> "Countdown":
        """Return it with more time for the phase at hand; when the time is up, that much time anew."""
        here = self.at(now)
        if here.is_over:
            return Countdown((replace(here.phase, seconds=60 * minutes),), now)
        longer = replace(here.phase, seconds=here.phase.seconds + 60 * minutes)
        return replace(self, phases=(*self.phases[: here.place], longer, *self.phases[here.place + 1 :]))


# ---- as it is typed


def read_phases(text: str) -> tuple[Phase, ...]:
    """Read a time: ``10`` or ``1:30`` minutes, ``q`` a quiet minute, ``124`` a 1-2-4-all round.

    Raises EditError when it is none of these.
    """
    words = one_line(text).casefold()
    if words in ("q", "quiet"):
        return QUIET
    if re.sub(r"[\s-]|all$", "", words) == "124":
        return ROUND
    found = _MINUTES.fullmatch(words)
    if not found:
        raise EditError("Type minutes such as 10, or q, 124, plan 60, 0 to stop.")
    seconds = 60 * int(found[1]) + int(found[2] or 0)
    if not 0 < seconds <= 60 * _MOST_MINUTES:
        raise EditError(f"The timer runs for 1 to {_MOST_MINUTES} minutes.")
    return (Phase(seconds),)


def read_plan(text: str) -> int | None:
    """Read the minutes of a plan: ``plan 60``, ``15 plan``, ``huddle``; ``plan`` alone is an hour."""
    found = _PLAN.fullmatch(one_line(text).casefold())
    if not found:
        return None
    return int(found[1] or found[2] or (agenda.HUDDLE if found[0] == "huddle" else 60))


def read_more(text: str) -> int | None:
    """Read the minutes that are added: ``+`` is one, ``+3`` three."""
    found = re.fullmatch(r"\+\s*([0-9]{0,2})", text.strip())
    return int(found[1] or 1) if found else None


# ---- as it is shown


def spelled(seconds: int) -> str:
    """Return seconds as minutes and seconds, such as ``4:30``."""
    return f"{seconds // 60}:{seconds % 60:02}"


def shown(countdown: Countdown | None, session: Session, now: datetime, *, steady: bool = False) -> TimeShown:
    """Return how the time shows now: the countdown's if there is one, else the agenda's while it runs.

    ``steady`` keeps the flash from coming and going, for those who turned animations off.
    """
    if countdown:
        here = countdown.at(now)
        name = f", {here.phase.name}" if here.phase.name else ""
        if here.is_over:
            return TimeShown("time is up", "", True, _flashes(here.age, steady))
        words = f"{spelled(here.left)} {'paused' if countdown.paused else 'left'}"
        return TimeShown(words, name, False, bool(here.place) and _flashes(here.age, steady))
    slot = agenda.slot(session, now)
    if slot is None:
        return TimeShown()
    if not agenda.is_running(session):
        return TimeShown("the plan stands still", "   t goes on")
    stage = f" for {NUMBERED[slot.stage]}"
    if slot.left > 0:
        return TimeShown(f"{agenda.whole_minutes(slot.left)} min left", stage)
    over = -slot.left // 60
    return TimeShown(f"{over} min over" if over else "time is up", stage, True, _flashes(-slot.left, steady))


def _flashes(age: float, steady: bool) -> bool:
    # on for a second, off for a second: calm, and far from what could harm anyone
    return age < FLASH_SECONDS and (steady or int(age) % 2 == 0)


def is_ticking(countdown: Countdown | None, session: Session, now: datetime) -> bool:
    """Say whether what is shown will change by itself."""
    if countdown is None:
        return agenda.is_running(session)
    here = countdown.at(now)
    return not countdown.paused and not (here.is_over and here.age >= FLASH_SECONDS)


def started(phases: tuple[Phase, ...]) -> str:
    """Return what is said when a countdown begins."""
    seconds = phases[0].seconds
    if phases[0].says:
        return phases[0].says
    time = number_of(seconds // 60, "minute") if seconds % 60 == 0 else spelled(seconds)
    return f"{time} from now.   t pauses or changes it"


def left_for_stage(session: Session, now: datetime) -> int:
    """Return the seconds that the stage in view has left by the plan; 0 when there is none."""
    slot = agenda.slot(session, now)
    return max(0, slot.left) if slot else 0
