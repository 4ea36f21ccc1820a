"""Edits of stage 3: what to stop, start and continue."""

from dataclasses import replace
from typing import Any

from promote_tui.session.edits import items
from promote_tui.session.edits.items import required
from promote_tui.session.model import Idea, Kind, Session
from promote_tui.session.shorthand import read_idea, read_idea_words


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
    if read.step is not None and not has_step(session, read.step):
        # nobody is stopped by a wrong number while the room talks: it stays in the words
        read = replace(read, text=read_idea_words(line), step=None)
    fields: dict[str, Any] = {"text": required(read.text, "An idea")}
    if read.kind:
        fields["kind"] = read.kind
    if read.step is not None:
        fields["step"] = session.steps[read.step - 1].id
    return fields


def has_step(session: Session, number: int) -> bool:
    """Say whether the map has a step of this number, counting from 1."""
    return 1 <= number <= len(session.steps)


def mark_smallest(session: Session, id: str) -> Session:
    """Return the session with an idea marked, or no longer marked, as a smallest change."""
    return items.change(session, id, smallest=not items.find(session, id).smallest)
