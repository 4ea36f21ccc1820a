"""All changes of all saved sessions: how far they are, whose they are, what is stuck, and since when.

Cheap to import: it looks at the light records of saved sessions, never at a session itself.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from promote_tui.session.due import FINE_TUNE, Due, Promise, dues
from promote_tui.session.lines import seconds, still_asked
from promote_tui.session.saved import SavedChange, SavedSession
from promote_tui.session.schedule import distance
from promote_tui.session.text import one_line

Stall = Literal["no owner", "late", "no review", "outrun"]
STALLS: dict[Stall, str] = {
    "no owner": "No owner yet",
    "late": "Check-in is late",
    "no review": "Waiting for a review",
    "outrun": "Outrun by newer changes",
}
"""Why a change can be stuck, as the room reads it; one change can be stuck for several reasons."""
STALLS_MEAN: dict[Stall, str] = {
    "no owner": "Nobody has said “I will”.",
    "late": "The day of the check-in has gone by.",
    "no review": "A check-in was held, or 3 months have gone by, and nothing was rated.",
    "outrun": "It began, no check-in was held, and the same team has begun newer changes since.",
}
_STATUSES = ("planned", "trying", "runner", "scaling", "let go")
_WORKS = ("runner", "scaling")
_OUTRUN_BY = timedelta(days=7)
"""Changes that begin within a week of each other belong together: none outruns the other."""

# sources and changes are compared by identity: there may be tens of thousands


@dataclass(frozen=True, eq=False)
class Source:
    """A saved session, and the key of the file that it is in."""

    key: str
    saved: SavedSession
    put_away: bool = False
    """Whether somebody put it away: then nothing of it is stuck any more."""

    @property
    def id(self) -> str:
        """Return which session it is; a file that does not say so is one of its own."""
        return self.saved.id or self.key

    @property
    def follows(self) -> str:
        """Return the id of the session that it carries on from."""
        return self.saved.follows

    @cached_property
    def updated(self) -> float:
        """Return when it was last changed, in seconds since 1970."""
        return seconds(self.saved.updated_at)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Return its changes as far as their days go."""
        return tuple(change.promise for change in self.saved.changes)

    @property
    def team(self) -> str:
        """Return the team, on one line."""
        return one_line(self.saved.team)


@dataclass(frozen=True, eq=False)
class Change:
    """A change where it stands now, in the newest session that carries it on."""

    source: Source
    saved: SavedChange
    next: Due | None = None
    """The check-in that is due or comes next; None when none is to come, or the session was put away."""
    stalls: dict[Stall, int] = field(default_factory=dict)
    """Why it is stuck, and for how many days."""

    @property
    def key(self) -> str:
        """Return what tells it from every other change."""
        return f"{self.source.key}|{self.saved.promise.id}"

    @property
    def title(self) -> str:
        """Return what it is called."""
        return self.saved.promise.title

    @property
    def owner(self) -> str:
        """Return the role that owns it; empty when there is none."""
        return one_line(self.saved.promise.owner)

    @property
    def status(self) -> str:
        """Return how far it has come: ``planned``, ``trying``, ``runner``, ``scaling`` or ``let go``."""
        if self.saved.is_let_go:
            return "let go"
        stage = self.saved.promise.stage
        return stage if stage in _STATUSES else "planned"

    @property
    def is_runner(self) -> bool:
        """Say whether it works: it is a runner here, or tried elsewhere too."""
        return self.status in _WORKS


@dataclass(frozen=True, eq=False)
class Portfolio:
    """All saved sessions, of copies the newest, and all their changes, those of the newest session first."""

    today: date
    sources: tuple[Source, ...] = ()
    changes: tuple[Change, ...] = ()

    def narrowed(self, keep: Callable[[Change], bool]) -> "Portfolio":
        """Return the same sessions with only some of the changes."""
        return replace(self, changes=tuple(one for one in self.changes if keep(one)))

    def of_team(self, team: str) -> "Portfolio":
        """Return only the sessions and changes of teams whose name has these words."""
        words = team.casefold()
        there = tuple(one for one in self.sources if words in one.team.casefold())
        keys = {one.key for one in there}
        return replace(self.narrowed(lambda one: one.source.key in keys), sources=there)


def portfolio(sources: Iterable[Source], today: date) -> Portfolio:
    """Return the portfolio of saved sessions as it is today.

    Of several files of one session the one of the highest revision counts, and a change that was
    carried on counts once, where it was carried on last.
    """
    # ties go by name, so that the answer never depends on the order; a conflict copy comes after its file
    ordered = sorted(sources, key=lambda one: one.key.removesuffix(".toml"), reverse=True)
    ordered.sort(key=lambda one: (one.saved.revision, one.updated))
    newest = {one.id: one for one in ordered}.values()
    there = sorted(newest, key=lambda one: (one.saved.held_on or date.min, one.updated), reverse=True)
    asked = [_change(source, promise, today) for source, promise in still_asked(there)]
    # a file that uses an id twice has one change of that id
    changes = list({one.key: one for one in asked}.values())
    place = {source.key: number for number, source in enumerate(there)}
    changes.sort(key=lambda one: place[one.source.key])
    return Portfolio(today, tuple(there), tuple(_with_outrun(changes, today)))


def _change(source: Source, promise: Promise, today: date) -> Change:
    saved = next(one for one in source.saved.changes if one.promise.id == promise.id)
    if saved.promise is not promise:
        saved = replace(saved, promise=promise)
    if source.put_away or saved.is_let_go:
        return Change(source, saved)
    following = next((due for due in dues(promise, today) if due.what != FINE_TUNE), None)
    return Change(source, saved, following, dict(_stalls(source, saved, following, today)))


def _stalls(
    source: Source, saved: SavedChange, following: Due | None, today: date
) -> Iterator[tuple[Stall, int]]:
    """Yield why a change is stuck by itself, and for how many days."""
    promise = saved.promise
    if not promise.owner.strip():
        yield "no owner", _days(saved.started_on or source.saved.held_on, today)
    if following and following.day < today:
        yield "late", _days(following.day, today)
    if not any(rating for _, rating in saved.ratings):
        # the day that a check-in was held on is not known, but the one that it was due on is
        waits = [day for horizon, day in promise.due.items() if horizon in promise.held]
        last = promise.due.get("three_months")
        waits += [last] if last and last <= today else []
        if waits or promise.held:
            yield "no review", _days(min(waits, default=None), today)


def _days(since: date | None, today: date) -> int:
    return max(0, (today - since).days) if since else 0


def _with_outrun(changes: Sequence[Change], today: date) -> Iterator[Change]:
    """Yield the changes, those that newer ones of their team have outrun marked."""
    begun: dict[str, list[date]] = defaultdict(list)
    for one in changes:
        if one.saved.started_on and one.source.team:
            begun[one.source.team.casefold()].append(one.saved.started_on)
    for days in begun.values():
        days.sort()
    for one in changes:
        started, days = one.saved.started_on, begun.get(one.source.team.casefold(), [])
        waits = one.next and not one.saved.promise.held and not one.is_runner
        if waits and started and started < today:
            soonest = started + min(_OUTRUN_BY, date.max - started)
            if bisect_left(days, soonest) < bisect_right(days, today):
                yield replace(one, stalls={**one.stalls, "outrun": _days(started, today)})
                continue
        yield one


def lasting(days: int) -> str:
    """Return how long something lasts: ``1 day``, ``5 weeks``, ``2 years``; ``since today`` for 0 days."""
    if days < 2:
        return "1 day" if days else "since today"
    return distance(date.min, date.min + timedelta(days=days)).removesuffix(" ago")
