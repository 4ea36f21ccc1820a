"""What the microscope asks of a step: the framework's three questions, how it feels, what was noticed."""

from collections.abc import Callable
from typing import Any

from promote_tui.session.edits import map as edits
from promote_tui.session.model import Session, Step
from promote_tui.session.stages import FEELINGS
from promote_tui.ui.fields import Field

_VALUE_CHOICES = (("adds", "adds"), ("needed", "needed for now"), ("removable", "could go"))
_YES_NO = ((True, "yes"), (False, "no"))
_FEELING_CHOICES = tuple((number, word) for number, word in FEELINGS.items())


def step_fields(step: Step) -> list[Field]:
    """Return the fields of a step under the microscope, in the order in which they are asked."""

    def setter(name: str) -> Callable[[Session, Any], Session]:
        return lambda session, value: edits.set_step(session, step.id, **{name: value})

    return [
        Field(
            "lens:value",
            "Adds value?",
            "Does it add value for the person?",
            step.value,
            setter("value"),
            choices=_VALUE_CHOICES,
        ),
        Field(
            "lens:best",
            "Best we can?",
            "Is it the best we can do?",
            step.best_we_can,
            setter("best_we_can"),
            choices=_YES_NO,
        ),
        Field(
            "lens:smallest",
            "Smallest change",
            "What is the smallest thing we could change that would help?",
            step.smallest_change,
            setter("smallest_change"),
        ),
        Field(
            "lens:feeling",
            "Feels",
            "How does it feel for the person?",
            step.feeling,
            setter("feeling"),
            choices=_FEELING_CHOICES,
        ),
        Field("lens:reflection", "Notes", "What else did you notice?", step.reflection, setter("reflection")),
    ]
