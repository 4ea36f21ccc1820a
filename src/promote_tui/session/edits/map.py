"""Edits of stage 2: the steps in order, and what the microscope shows of each."""

import re
from collections.abc import Callable
from typing import Any

from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError, required
from promote_tui.session.model import Session, Step, Value
from promote_tui.session.shorthand import StepLine, read_step

_SEAM = re.compile(r",? and (?:then )?|, (?:then )?| then ")
_NEXT_VALUE: dict[Value | None, Value | None] = {
    None: "adds",
    "adds": "needed",
    "needed": "removable",
    "removable": None,
}


def add_line(session: Session, line: str, after: str = "", *, future: bool = False) -> Session:
    """Return the session with a step read from a line: at the end of a map, or right after a step of it.

    After a step that is kept aside it is kept aside too, or it would be shown somewhere else.
    """
    fields = _fields(read_step(line))
    fields["usual"] = items.find(session, after).usual if after else True
    at = items.position(session, after) + 1 if after else None
    to = items.list_of(session, after) if after else "future_steps" if future else ""
    return items.add(session, "step", lambda id: Step(id=id, **fields), at, to)


def retell(session: Session, id: str, line: str) -> Session:
    """Return the session with a step's title, who and minutes as the line says."""
    return items.change(session, id, **_fields(read_step(line)))


def _fields(read: StepLine) -> dict[str, Any]:
    if not read.title and (read.who or read.minutes is not None):
        raise EditError("Say what happens too, for example: Lights on @HCA, nights 5m")
    return {
        "title": required(read.title, "A step"),
        "who": items.entered(read.who, "Who does it"),
        "minutes": read.minutes,
    }


def next_value(session: Session, id: str) -> Session:
    """Return the session with a step's value turned on: adds, needed, removable, not yet looked at."""
    step: Step = items.find(session, id)
    return items.change(session, id, value=value_after(step.value))


def value_after(value: Value | None) -> Value | None:
    """Return the value that the next turn shows."""
    return _NEXT_VALUE[value]


def set_step(session: Session, id: str, **fields: Any) -> Session:
    """Return the session with fields of a step set, such as its smallest change."""
    return items.change(session, id, **fields)


def turn_usual(session: Session, id: str) -> Session:
    """Return the session with a step kept aside as an exception, or back among the usual ones (80-20)."""
    return items.change(session, id, usual=not items.find(session, id).usual)


def split(session: Session, id: str, line: str) -> Session:
    """Return the session with a step as the steps that ``|`` or ``/`` parts in the line, one after the other.

    The first keeps everything that hangs on the step, and the minutes that the others do not take;
    the others are done by the same people unless they say otherwise.
    """
    first, *others = items.parts(line) or [""]
    if not others:
        raise EditError("Put a / between two spaces where one step ends and the next begins.")
    step: Step = items.find(session, id)
    kept = _fields(read_step(first))
    kept["who"] = kept["who"] or step.who
    if kept["minutes"] is None and step.minutes is not None:
        kept["minutes"] = max(0, step.minutes - sum(read_step(other).minutes or 0 for other in others))
    session = items.change(session, id, **kept)
    for other in reversed(others):
        session = add_line(session, other, after=id)
        new: Step = getattr(session, items.list_of(session, id))[items.position(session, id) + 1]
        session = items.change(session, new.id, who=new.who or step.who)
    return session


def parted(title: str) -> str:
    """Return a step's title with ``/`` where it may come apart, at a comma or an ``and``; else nothing."""
    first, *rest = _SEAM.split(title, maxsplit=1)
    return f"{first} / {rest[0][:1].upper()}{rest[0][1:]}" if rest and first and rest[0] else ""


def join(session: Session, id: str) -> Session:
    """Return the session with a step and the one shown after it as one; what hung on either hangs on it.

    Where the two say different things of value or of the best we can, nothing is said.
    """
    usual = items.find(session, id).usual
    steps = [step for step in getattr(session, items.list_of(session, id)) if step.usual == usual]
    place = [step.id for step in steps].index(id)
    if place + 1 == len(steps):
        raise EditError("It is the last step: there is none after it to join.")
    one, two = steps[place], steps[place + 1]
    told = [step.minutes for step in (one, two) if step.minutes is not None]
    felt = [step.feeling for step in (one, two) if step.feeling is not None]
    session = items.change(
        session,
        id,
        title=_both(one.title, two.title, ", "),
        who=_both(one.who, two.who, "; "),
        minutes=sum(told) if told else None,
        value=one.value if one.value == two.value else None,
        best_we_can=one.best_we_can if one.best_we_can == two.best_we_can else None,
        feeling=min(felt, default=None),
        smallest_change=_both(one.smallest_change, two.smallest_change, "; "),
        reflection=_both(one.reflection, two.reflection, "; "),
        stories=tuple(dict.fromkeys(one.stories + two.stories)),
        was=one.was or two.was,
    )
    for idea in session.ideas:
        if idea.step == two.id:
            session = items.change(session, idea.id, step=id)
    for step in session.future_steps:
        if step.was == two.id:
            session = items.change(session, step.id, was=id)
    return items.remove(session, two.id)


def _both(one: str, two: str, between: str) -> str:
    return between.join(dict.fromkeys(part for part in (one, two) if part))


def start_future(session: Session) -> Session:
    """Return the session with a to-be map that begins as a copy of the usual steps of today."""
    if session.future_steps:
        raise EditError("There is a map of how it could be already.")
    usual = [step for step in session.steps if step.usual]
    if not usual:
        raise EditError("Map how it is today first.")
    for step in usual:
        session = items.add(session, "step", _copy(step), to="future_steps")
    return session


def _copy(step: Step) -> Callable[[str], Step]:
    return lambda id: step.model_copy(update={"id": id, "was": step.id})
