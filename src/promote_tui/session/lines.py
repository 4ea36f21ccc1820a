"""Lines of sessions that carry a change on: which session of a line still speaks for it.

Cheap to import: it is asked about thousands of sessions at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from promote_tui.session.due import Promise
from promote_tui.session.schedule import HORIZONS

_Key = tuple[str, str]
"""A change in the library: the id of its session, and its own."""


class Holder(Protocol):
    """A session as far as lines go: which one it is and follows, when it was changed, its promises."""

    @property
    def id(self) -> str:
        """Return which session it is."""

    @property
    def follows(self) -> str:
        """Return the id of the session that it carries on from; empty when it follows none."""

    @property
    def updated(self) -> float:
        """Return when it was last changed, in seconds since 1970."""

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Return its changes as far as their days go."""


_Holder = TypeVar("_Holder", bound=Holder)


def seconds(updated_at: datetime | None) -> float:
    """Return a time in seconds since 1970, 0 for none; a time without a zone counts as UTC."""
    if updated_at is None:
        return 0.0
    # this computer's own zone does not reach to the year 1
    zoned = updated_at if updated_at.tzinfo else updated_at.replace(tzinfo=UTC)
    return zoned.timestamp()


def still_asked(cards: Iterable[_Holder]) -> list[tuple[_Holder, Promise]]:
    """Return every promise with the session that asks about it.

    Of a change that was carried on, that is the newest session of its line; when two sessions carry it
    on, the one that is further along, then the one updated last. Fine tuning is done when one of them
    says so.
    """
    every = [(card, promise) for card in cards for promise in card.promises]
    earlier = {
        (card.id, promise.id): (card.follows, promise.carried)
        for card, promise in every
        if promise.carried and card.follows not in ("", card.id)
    }
    carried_on = set(earlier.values())
    lines: dict[_Key, list[tuple[_Holder, Promise]]] = defaultdict(list)
    for card, promise in every:
        lines[_origin((card.id, promise.id), earlier)].append((card, promise))
    found: list[tuple[_Holder, Promise]] = []
    for line in lines.values():
        found += _newest(line, carried_on)
    return found


def _origin(key: _Key, earlier: Mapping[_Key, _Key]) -> _Key:
    """Return where a change began; in a circle, which has no beginning, the same place for all."""
    seen: set[_Key] = set()
    while key in earlier and key not in seen:
        seen.add(key)
        key = earlier[key]
    return min(seen) if key in seen else key


def _newest(
    line: Sequence[tuple[_Holder, Promise]], carried_on: set[_Key]
) -> Iterator[tuple[_Holder, Promise]]:
    ends = [one for one in line if (one[0].id, one[1].id) not in carried_on] or line
    newest, promise = max(ends, key=_how_far)
    done = frozenset[tuple[str, str]]().union(*(other.tuned for _, other in ends))
    for card, other in ends:
        # copies of a file have the same id: nothing is hidden by the copy that somebody made a session of
        if (card.id, other.id) == (newest.id, promise.id):
            left = tuple(one for one in other.tunings if one[:2] not in done)
            yield card, other if left == other.tunings else replace(other, tunings=left)


def _how_far(one: tuple[Holder, Promise]) -> tuple[int, int, float]:
    card, promise = one
    # what counts first is the last check-in held: of those before it nothing is asked any more
    last = max((HORIZONS.index(horizon) for horizon in promise.held), default=-1)
    return last, len(promise.held), card.updated
