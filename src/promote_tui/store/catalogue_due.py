"""When something is due, worked out for every day there is: what is due today is found by its days."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from promote_tui.session.due import FINE_TUNE, Due, dues
from promote_tui.session.lines import still_asked
from promote_tui.session.schedule import HORIZONS
from promote_tui.store.library import Card
from promote_tui.store.promises import newest_files

_END = date.max.toordinal() + 1


class Span(NamedTuple):
    """From which day until before which other one a change has something due; days are numbers of days."""

    day: int
    """When it is due."""
    start: int
    stop: int
    nth: int
    """Which change of its session, counting from 0."""
    what: int
    """Which horizon, counting from 0, or after the last one for fine tuning."""
    place: int
    skipped: int
    """The horizons that were skipped, one bit each."""
    words: str
    """What needs fine tuning."""


def spans(cards: Iterable[Card]) -> Iterator[tuple[Card, Span]]:
    """Yield all that these sessions ask for, on whatever day, with the card of the session that asks.

    They must hold every session that follows, or is followed by, one of them.
    """
    for card, promise in still_asked(newest_files(cards)):
        nth = next(place for place, one in enumerate(card.promises) if one.id == promise.id)
        # the answer changes only on a day when a check-in falls due
        starts = sorted({1, *(day.toordinal() for day in promise.due.values())})
        found: dict[Due, tuple[int, int]] = {}
        for start, stop in pairwise([*starts, _END]):
            for due in dues(promise, date.fromordinal(start)):
                found[due] = (found.get(due, (start,))[0], stop)
        for due, (start, stop) in found.items():
            what = len(HORIZONS) if due.what == FINE_TUNE else HORIZONS.index(due.what)
            skipped = sum(1 << HORIZONS.index(one) for one in due.skipped)
            yield card, Span(due.day.toordinal(), start, stop, nth, what, due.place, skipped, due.words)


def due_of(span: Span, id: str, title: str, owner: str) -> Due:
    """Return what is due, of the change that has this id, title and owner."""
    what = HORIZONS[span.what] if span.what < len(HORIZONS) else FINE_TUNE
    skipped = (
        tuple(one for bit, one in enumerate(HORIZONS) if span.skipped >> bit & 1) if span.skipped else ()
    )
    return Due(id, title, owner, what, date.fromordinal(span.day), span.words, skipped, span.place)
