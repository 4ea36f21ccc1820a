"""What is due: check-ins of the 3-3-3 plan and fine tuning, how late, and in which order.

Cheap to import: home and ``promote due`` list what is due in hundreds of sessions without the models.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from promote_tui.session.schedule import HORIZONS, NAMES, distance, due_of, next_horizon

if TYPE_CHECKING:
    from datetime import date

    from promote_tui.session.model import Horizon, Initiative, Session

Standing = Literal["late", "today", "soon", "long ago", "later"]
FINE_TUNE: Literal["fine_tune"] = "fine_tune"
"""What ``Due.what`` says of fine tuning; a check-in has its horizon there."""
SOON, LONG_AGO = 7, 56
"""Days ahead that count as soon, and days late from which on it is only mentioned quietly."""
NOTHING_SOON = f"Nothing is due in the next {SOON} days."
"""What is said when all that was promised is further ahead."""
ORDER: tuple[Standing, ...] = ("late", "today", "soon", "long ago", "later")
"""How what is due is listed."""


class Tuning(NamedTuple):
    """Fine tuning that has a day and is not done: of which part, in words, by when, the part's place."""

    part: str
    words: str
    by: "date"
    place: int
    """Counts from 0, in the newest review."""


@dataclass(frozen=True)
class Promise:
    """One change as far as its days go."""

    id: str
    title: str
    owner: str = ""
    stage: str = "planned"
    decision: str = ""
    due: "Mapping[Horizon, date]" = field(default_factory=dict)
    """The day of each horizon that has one."""
    held: "frozenset[Horizon]" = frozenset()
    """The horizons with a check-in."""
    tunings: tuple[Tuning, ...] = ()
    carried: str = ""
    """Its id in the session that its own one follows."""
    tuned: "frozenset[tuple[str, str]]" = frozenset()
    """Fine tuning that is done: of which part, in words."""


@dataclass(frozen=True)
class Due:
    """Something that was promised for a day: a check-in, or the fine tuning of a part."""

    id: str
    title: str
    owner: str
    what: "Horizon | Literal['fine_tune']"
    day: "date"
    words: str = ""
    """What needs fine tuning."""
    skipped: "tuple[Horizon, ...]" = ()
    """Earlier horizons whose day went by without a check-in: said once, here, and never asked for again."""
    place: int = 0
    """The place of the part that needs fine tuning, counting from 0."""


def promise_of(session: "Session", initiative: "Initiative") -> Promise:
    """Return the days of a change, and what was done about them."""
    from promote_tui.session.edits.own import title_of  # noqa: PLC0415 - brings the models
    from promote_tui.session.parts import is_to_tune  # noqa: PLC0415

    parts = initiative.reviews[-1].parts if initiative.reviews else ()
    return Promise(
        initiative.id,
        title_of(session, initiative),
        initiative.owner,
        initiative.stage,
        initiative.decision or "",
        _days(initiative),
        frozenset(checkin.horizon for checkin in initiative.checkins),
        tuple(
            Tuning(part.name, part.fine_tune, part.fine_tune_by, place)
            for place, part in enumerate(parts)
            if part.fine_tune_by and is_to_tune(part)
        ),
        initiative.carried or "",
        frozenset((part.name, part.fine_tune) for part in parts if part.fine_tune and not is_to_tune(part)),
    )


def dues(promise: Promise, today: "date") -> tuple[Due, ...]:
    """Return what is due of a change, also what is still ahead: at most one check-in, and its fine tuning."""
    if "let go" in (promise.stage, promise.decision):
        return ()
    found = []
    if horizon := _horizon(promise.due, promise.held, today):
        skipped = tuple(
            one
            for one in HORIZONS[: HORIZONS.index(horizon)]
            if one not in promise.held and one in promise.due and promise.due[one] <= today
        )
        found.append(
            Due(promise.id, promise.title, promise.owner, horizon, promise.due[horizon], skipped=skipped)
        )
    found += [
        Due(
            promise.id,
            promise.title,
            promise.owner,
            FINE_TUNE,
            tuning.by,
            words=tuning.words or tuning.part,
            place=tuning.place,
        )
        for tuning in promise.tunings
    ]
    return tuple(sorted(found, key=lambda due: place_in_order(due, today)))


def next_checkin(initiative: "Initiative", today: "date") -> "Horizon | None":
    """Return the horizon whose check-in is due, or is the next ahead; None when none is to come any more.

    That is also so for a change that is let go. One without a day has its next one all the same.
    """
    if "let go" in (initiative.stage, initiative.decision):
        return None
    days = _days(initiative)
    if not days:
        return next_horizon(initiative)
    return _horizon(days, [checkin.horizon for checkin in initiative.checkins], today)


def checkin_due(initiative: "Initiative", today: "date") -> "date | None":
    """Return the day of the check-in that is due or comes next; None when none is to come any more."""
    horizon = next_checkin(initiative, today)
    return due_of(initiative, horizon) if horizon else None


def passed_over(initiative: "Initiative", today: "date") -> "tuple[Horizon, ...]":
    """Return the horizons whose check-in was skipped: a later one was held, or is due by now.

    Nothing is skipped any more once a change is let go.
    """
    held = {checkin.horizon for checkin in initiative.checkins}
    coming = next_checkin(initiative, today)
    until = HORIZONS.index(coming) if coming else max(map(HORIZONS.index, held), default=0)
    return tuple(horizon for horizon in HORIZONS[:until] if horizon not in held)


def _days(initiative: "Initiative") -> "dict[Horizon, date]":
    return {horizon: day for horizon in HORIZONS if (day := due_of(initiative, horizon))}


def _horizon(due: "Mapping[Horizon, date]", held: "Iterable[Horizon]", today: "date") -> "Horizon | None":
    """Return the latest horizon that is due after the last one held, else the first that is ahead."""
    after = max((HORIZONS.index(horizon) + 1 for horizon in held), default=0)
    to_come = [horizon for horizon in HORIZONS[after:] if horizon in due]
    by_now = [horizon for horizon in to_come if due[horizon] <= today]
    return by_now[-1] if by_now else next(iter(to_come), None)


def standing(day: "date", today: "date") -> Standing:
    """Return how a day stands: late, today, soon (a week ahead), later, or long ago (over 8 weeks late)."""
    ahead = (day - today).days
    if ahead <= 0:
        return "today" if ahead == 0 else "late" if ahead >= -LONG_AGO else "long ago"
    return "soon" if ahead <= SOON else "later"


def place_in_order(due: Due, today: "date") -> "tuple[int, date]":
    """Return what sorts things that are due: late first, the oldest at the top; what is ahead by its day."""
    return ORDER.index(standing(due.day, today)), due.day


def in_words(day: "date", today: "date") -> str:
    """Return when something is due: ``due yesterday``, ``due today``, ``in 6 days``, ``3 weeks late``."""
    words = distance(day, today)
    if words.startswith("in "):
        return words
    return f"{words.removesuffix(' ago')} late" if words.endswith(" ago") else f"due {words}"


def is_now(due: Due, today: "date") -> bool:
    """Say whether something is to be looked at now: its day is near, or has gone by."""
    return standing(due.day, today) != "later"


def name_of(due: Due) -> str:
    """Return what is due, such as ``3 weeks``."""
    return "fine tuning" if due.what == FINE_TUNE else NAMES[due.what]


def skipped_in_words(due: Due) -> str:
    """Return which check-ins were never held, such as ``3-day check-in never held``; empty when none was."""
    names = [NAMES[one].removesuffix("s").replace(" ", "-") for one in due.skipped]
    return f"{' and '.join(names)} check-in{'s' * (len(names) > 1)} never held" if names else ""
