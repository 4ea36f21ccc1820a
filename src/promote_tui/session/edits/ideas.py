"""Edits of stage 3: what to stop, start and continue."""

from typing import Any

from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError, required
from promote_tui.session.model import Idea, Kind, Session
from promote_tui.session.shorthand import read_idea
from promote_tui.session.text import number_of


def add_line(session: Session, line: str, column: Kind) -> Session:
    """Return the session with an idea read from a line; without a sign it goes to ``column``."""
    fields = _fields(session, line)
    fields.setdefault("kind", column)
    return items.add(session, "idea", lambda id: Idea(id=id, **fields))


def retell(session: Session, id: str, line: str) -> Session:
    """Return the session with an idea's words, column and step as the line says."""
    return items.change(session, id, **{"step": None, **_fields(session, line)})


def _fields(session: Session, line: str) -> dict[str, Any]:
    read = read_idea(line)
    fields: dict[str, Any] = {"text": required(read.text, "An idea")}
    if read.kind:
        fields["kind"] = read.kind
    if read.step is not None:
        if not 1 <= read.step <= len(session.steps):
            raise EditError(
                f"There is no step {read.step}: the map has {number_of(len(session.steps), 'step')}."
            )
        fields["step"] = session.steps[read.step - 1].id
    return fields


def mark_smallest(session: Session, id: str) -> Session:
    """Return the session with an idea marked, or no longer marked, as a smallest change."""
    return items.change(session, id, smallest=not items.find(session, id).smallest)
