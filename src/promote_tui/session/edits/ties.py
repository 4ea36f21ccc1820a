"""Ties between a process, a story, a step and an idea: what belongs to what."""

from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Session

_HOLDERS = {
    ("story", "candidate"): "candidates",
    ("step", "story"): "stories",
    ("idea", "story"): "stories",
    ("idea", "step"): "step",
}
"""Which of two kinds keeps the tie, and in which field."""


def _held(one: str, other: str) -> tuple[str, str, str]:
    """Return the id that keeps the tie, the id that it leads to, and the field; raises EditError."""
    for holder, held in ((one, other), (other, one)):
        if field := _HOLDERS.get((items.kind_of(holder), items.kind_of(held))):
            return holder, held, field
    raise EditError("These two cannot be tied to each other.")


def are_tied(session: Session, one: str, other: str) -> bool:
    """Say whether two items are tied, whichever of them keeps the tie."""
    holder, held, field = _held(one, other)
    tied = getattr(items.find(session, holder), field)
    return held == tied if field == "step" else held in tied


def turn(session: Session, one: str, other: str) -> Session:
    """Return the session with two items tied, or no longer tied; an idea belongs to one step at most."""
    holder, held, field = _held(one, other)
    items.find(session, held)
    tied = getattr(items.find(session, holder), field)
    if field == "step":
        return items.change(session, holder, step=None if tied == held else held)
    kept = tuple(id for id in tied if id != held)
    return items.change(session, holder, **{field: kept if held in tied else (*tied, held)})
