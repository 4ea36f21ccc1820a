"""Edits of the agenda: how long the session is to take, and its clock. Times carry their zone."""

from datetime import datetime

from promote_tui.session.agenda import LONGEST, SHORTEST, spent
from promote_tui.session.edits.details import go_to_stage
from promote_tui.session.edits.items import EditError, changed
from promote_tui.session.fields import to_the_second
from promote_tui.session.model import Session, Stage


def plan(session: Session, minutes: int | None, now: datetime) -> Session:
    """Return the session planned to take so many minutes, its clock running; None takes the plan away.

    While the clock runs, what the stages have had counts in the new plan; else the time begins anew.
    """
    if minutes is None:
        return _with(session, minutes=None, since=None, spent={})
    if not SHORTEST <= minutes <= LONGEST:
        raise EditError(f"A plan has {SHORTEST} to {LONGEST} minutes. Try 15, 60 or 90.")
    kept = dict(session.agenda.spent) if session.agenda.since else {}
    return _with(session, minutes=minutes, spent=kept, since=session.agenda.since or to_the_second(now))


def go_on(session: Session, now: datetime) -> Session:
    """Return the session with its clock running for the stage in view."""
    if not session.agenda.minutes:
        raise EditError("No time is planned yet.")
    return session if session.agenda.since else _with(session, since=to_the_second(now))


def pause(session: Session, now: datetime) -> Session:
    """Return the session with its clock standing still, the time kept for the stage in view."""
    if not session.agenda.since:
        return session
    return _with(session, since=None, spent={stage: had for stage, had in spent(session, now).items() if had})


def move(session: Session, stage: Stage, now: datetime) -> Session:
    """Return the session with the room at another stage, and the clock with it."""
    moved = go_to_stage(pause(session, now), stage)
    return _with(moved, since=to_the_second(now)) if session.agenda.since else moved


def stop_left_running(session: Session) -> Session:
    """Return a session that was just opened with its clock standing still.

    A clock that still ran was left by a crash: time counts up to the last change, not the time away.
    """
    last = session.updated_at or session.agenda.since
    return pause(session, last) if last else session


def _with(session: Session, **fields: object) -> Session:
    return session.model_copy(update={"agenda": changed(session.agenda, **fields)})
