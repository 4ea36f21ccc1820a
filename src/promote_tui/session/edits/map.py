"""Edits of stage 2: the steps in order, and what the microscope shows of each."""

from typing import Any

from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError, required
from promote_tui.session.model import Session, Step, Value
from promote_tui.session.shorthand import StepLine, read_step

_NEXT_VALUE: dict[Value | None, Value | None] = {
    None: "adds",
    "adds": "needed",
    "needed": "removable",
    "removable": None,
}


def add_line(session: Session, line: str, after: str = "") -> Session:
    """Return the session with a step read from a line, at the end or right after another step."""
    read = read_step(line)
    fields = _fields(read)
    at = items.position(session, after) + 1 if after else None
    return items.add(session, "step", lambda id: Step(id=id, **fields), at)


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
