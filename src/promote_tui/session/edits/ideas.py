"""Edits of stage 3: what to stop, start and continue."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError, required
from promote_tui.session.model import Group, Idea, Kind, Session
from promote_tui.session.shorthand import read_idea, read_idea_words
from promote_tui.session.stages import in_view


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
        fields["step"] = in_view(session.steps)[read.step - 1].id
    return fields


def has_step(session: Session, number: int) -> bool:
    """Say whether the map has a step of this number, counting from 1."""
    return 1 <= number <= len(session.steps)


def mark_smallest(session: Session, id: str) -> Session:
    """Return the session with an idea marked, or no longer marked, as a smallest change."""
    return items.change(session, id, smallest=not items.find(session, id).smallest)


def split(session: Session, id: str, line: str) -> Session:
    """Return the session with an idea as the ideas that ``|`` or ``/`` parts in the line, side by side.

    The first keeps the votes and everything else that hangs on the idea. All have its column, step,
    stories, voice and group, unless a part names a column or a step of its own.
    """
    first, *others = items.parts(line) or [""]
    if not others:
        raise EditError("Put a / between two spaces where one idea ends and the next begins.")
    idea: Idea = items.find(session, id)
    at = items.position(session, id)
    session = items.change(session, id, **_fields(session, first))
    same = {name: getattr(idea, name) for name in ("kind", "step", "stories", "voice", "group")}
    for place, part in enumerate(others, at + 1):
        new = Idea(id=id, **{**same, **_fields(session, part)})
        session = items.add(session, "idea", _named(new), place)
    return session


def _named(idea: Idea) -> Callable[[str], Idea]:
    return lambda id: idea.model_copy(update={"id": id})


def put_in_group(session: Session, id: str, name: str) -> Session:
    """Return the session with an idea in the group of this name, made if it is new; no name, no group.

    The group that it leaves is gone when nothing belongs to it any more.
    """
    name = items.entered(name, "The group")
    left = items.find(session, id).group
    same = [group.id for group in session.groups if group.name.casefold() == name.casefold()]
    if name and not same:
        session = items.add(session, "group", lambda id: Group(id=id, name=name))
        same = [session.groups[-1].id]
    session = items.change(session, id, group=same[0] if name else None)
    left_behind = any(group.id == left for group in session.groups)
    if left_behind and all(idea.group != left for idea in session.ideas):
        session = items.remove(session, str(left))
    return session
