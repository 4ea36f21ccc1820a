"""Whatever becomes of the days of a change, in whatever order: one check-in is asked for at most."""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from promote_tui.reports.text import text_report
from promote_tui.session.days import about_days
from promote_tui.session.due import FINE_TUNE, dues, in_words, promise_of
from promote_tui.session.edits import ideas, own
from promote_tui.session.edits.items import EditError
from promote_tui.session.edits.review import start_review
from promote_tui.session.model import HORIZONS, Horizon, Session
from promote_tui.session.outcomes import outcomes
from promote_tui.session.schedule import due_on
from promote_tui.store import toml_text
from promote_tui.store.promises import promises_of

ID = "initiative-1"
DAYS = st.one_of(
    st.integers(-40, 140).map(lambda days: date(2026, 11, 23) + timedelta(days)),
    st.sampled_from([date.min, date(2026, 11, 30), date(2028, 2, 29), date.max]),
)
HORIZON = st.sampled_from(HORIZONS)
Move = tuple[Any, ...]
MOVES: st.SearchStrategy[Move] = st.one_of(
    st.tuples(st.just("day 0"), st.none() | DAYS),
    st.tuples(st.just("by hand"), HORIZON, st.none() | DAYS),
    st.tuples(st.just("check-in"), HORIZON, DAYS),
    st.tuples(st.just("another day"), st.integers(0, 3), DAYS),
    st.tuples(st.just("no check-in"), st.integers(0, 3)),
    st.tuples(st.just("review"), DAYS),
)
EDITS: dict[str, Callable[..., Session]] = {
    "day 0": own.start_on,
    "by hand": lambda session, id, horizon, day: own.set_goal(session, id, horizon, due_on=day),
    "check-in": lambda session, id, horizon, day: own.check_in(session, id, horizon, day, happened="x"),
    "another day": own.move_checkin,
    "no check-in": own.remove_checkin,
    "review": start_review,
}


def after(session: Session, move: Move) -> Session:
    """Make a move as a screen would: only with a check-in that is there."""
    if move[0] in ("another day", "no check-in") and move[1] >= len(session.initiatives[0].checkins):
        return session
    try:
        return EDITS[move[0]](session, ID, *move[1:])
    except EditError:
        return session


@given(st.lists(st.tuples(MOVES, DAYS), min_size=1, max_size=12))
def test_any_days_leave_one_check_in_to_ask_for_and_moved_days_unmoved(
    moves: list[tuple[Move, date]],
) -> None:
    session = Session(
        format="promote-session", version=1, id="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11", title="x"
    )
    session = own.take_on(ideas.add_line(session, "+ Tea", "start"), "idea-1", date(2026, 11, 23))
    by_hand: dict[Horizon, date] = {}
    for move, today in moves:
        session = after(session, move)
        change = session.initiatives[0]
        if move[0] == "by hand":
            by_hand.pop(move[1], None)
            by_hand |= {move[1]: move[2]} if move[2] else {}
        start = change.started_on
        # a day that is what day 0 says goes with day 0 from then on
        by_hand = {one: day for one, day in by_hand.items() if not (start and due_on(start, one) == day)}
        assert {one: getattr(change.plan, one).due_on for one in by_hand} == by_hand
        promise = promise_of(session, change)
        assert promises_of(tomllib.loads(toml_text.write(session))) == (promise,)
        asked = [due for due in dues(promise, today) if due.what != FINE_TUNE]
        assert len(asked) <= 1
        assert all(in_words(due.day, today) for due in asked)
        assert all(hint.words.endswith("?") for hint in about_days(change, today))
        keys = [one.key for one in outcomes(change, today) if one.key]
        assert len(set(keys)) == len(keys)
        assert text_report(session, today)
