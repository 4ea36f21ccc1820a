"""The changes of a portfolio counted: how far they are, rating, check-in, owner, team; what is stuck."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from promote_tui.session.due import ORDER, standing
from promote_tui.session.portfolio import STALLS, STALLS_MEAN, Change, Stall, lasting
from promote_tui.session.schedule import HORIZONS, NAMES
from promote_tui.session.stages import RATINGS, SIGNS, STANDINGS

By = Literal["status", "rating", "checkin", "owner", "team"]
BYS: dict[By, str] = {
    "status": "How far are they?",
    "rating": "How are they rated?",
    "checkin": "Which check-in comes next?",
    "owner": "Who owns them?",
    "team": "Which team are they of?",
}
NO_OWNER, NO_TEAM = "no owner yet", "no team"
_HELD, _NO_DAY = "all held", "no day yet"


@dataclass(frozen=True)
class Group:
    """Some of the changes, and what they have in common."""

    key: str
    """What tells it from every other group, such as ``status/runner``."""
    name: str
    changes: tuple[Change, ...] = ()
    note: str = ""
    rating: str = ""
    """The rating that its colour is of, if it is one."""

    @property
    def count(self) -> int:
        """Return how many changes there are."""
        return len(self.changes)


def groups(changes: Iterable[Change], by: By, today: date) -> list[Group]:
    """Return the changes in groups.

    Statuses, ratings and check-ins stand in their own order, owners and teams by the number of changes.
    What was let go has no rating, no check-in to come and needs no owner any more.
    """
    found: dict[str, list[Change]] = defaultdict(list)
    shown: dict[str, str] = {}
    for change in changes:
        value = _VALUES[by](change)
        if value is not None:
            found[value.casefold()].append(change)
            shown.setdefault(value.casefold(), value)
    if by in ("owner", "team"):
        keys = sorted(found, key=lambda key: (-len(found[key]), key))
    else:
        keys = [key for key in _ORDERS[by] if key in found or by != "checkin"]
    return [
        Group(
            f"{by}/{key}",
            _name(by, key) or shown[key],
            tuple(found[key]),
            _when(found[key], today) if by == "checkin" else "",
            key if by == "rating" else "",
        )
        for key in keys
    ]


def _open(value: Callable[[Change], str | None]) -> Callable[[Change], str | None]:
    return lambda change: None if change.status == "let go" else value(change)


def _checkin(change: Change) -> str | None:
    if change.source.put_away:
        return None
    if change.next:
        return change.next.what
    return _HELD if change.saved.promise.due else _NO_DAY


_VALUES: dict[By, Callable[[Change], str | None]] = {
    "status": lambda change: change.status,
    "rating": _open(lambda change: change.saved.rating),
    "checkin": _open(_checkin),
    "owner": _open(lambda change: change.owner or NO_OWNER),
    "team": lambda change: change.source.team or NO_TEAM,
}
_ORDERS: dict[By, tuple[str, ...]] = {
    "status": tuple(STANDINGS),
    "rating": (*RATINGS, ""),
    "checkin": (*HORIZONS, _HELD, _NO_DAY),
}


def _name(by: By, key: str) -> str:
    """Return the name of a group that has a fixed one."""
    if by == "status":
        return next(name for status, name in STANDINGS.items() if status == key)
    if by == "rating":
        return next(sign for rating, sign in SIGNS.items() if (rating or "") == key)
    return next((NAMES[horizon] for horizon in HORIZONS if horizon == key), "") if by == "checkin" else ""


def _when(changes: Iterable[Change], today: date) -> str:
    """Return how many of the next check-ins are late, due soon, or further ahead."""
    counts = Counter(standing(change.next.day, today) for change in changes if change.next)
    return "   ".join(f"{counts[one]} {one}" for one in ORDER if counts[one])


def stuck(changes: Iterable[Change]) -> list[Group]:
    """Return the four reasons why changes are stuck, each with its changes, the longest first."""
    found: dict[Stall, list[Change]] = {stall: [] for stall in STALLS}
    for change in changes:
        for stall in change.stalls:
            found[stall].append(change)
    return [_stuck(stall, some) for stall, some in found.items()]


def _stuck(stall: Stall, changes: list[Change]) -> Group:
    changes.sort(key=lambda one: -one.stalls[stall])
    longest = f"longest {lasting(changes[0].stalls[stall])}" if changes else ""
    return Group(f"stuck/{stall}", STALLS[stall], tuple(changes), longest)


def meaning(group: Group) -> str:
    """Return what a reason to be stuck means, as a sentence."""
    return next(words for stall, words in STALLS_MEAN.items() if group.key == f"stuck/{stall}")


def how_long(group: Group, change: Change) -> str:
    """Return for how long a change of a reason to be stuck has been so."""
    return next((lasting(days) for stall, days in change.stalls.items() if group.key == f"stuck/{stall}"), "")


def are_stuck(changes: Iterable[Change]) -> int:
    """Return how many changes are stuck for at least one reason."""
    return sum(1 for change in changes if change.stalls)
