"""What is asked about the chosen process: what it is for, where it starts and ends, why this one."""

from collections.abc import Callable
from typing import Any

from promote_tui.session.edits import choose
from promote_tui.session.model import Process, Session
from promote_tui.ui.fields import Field

_PHASES = (("welcome", "welcome"), ("stay", "stay"), ("goodbye", "goodbye"))


def process_fields(process: Process) -> list[Field]:
    """Return the fields of the chosen process, in the order in which they are asked."""

    def setter(name: str) -> Callable[[Session, Any], Session]:
        return lambda session, value: choose.set_frame(session, **{name: value})

    purpose = "What should it do for the person?"
    phase = "Is it part of the welcome, the stay or the goodbye?"
    return [
        Field("frame:purpose", "Purpose", purpose, process.purpose, setter("purpose")),
        Field("frame:starts", "Starts", "Where does it start?", process.starts_with, setter("starts_with")),
        Field("frame:ends", "Ends", "Where does it end?", process.ends_with, setter("ends_with")),
        Field("frame:phase", "Part", phase, process.phase, setter("phase"), choices=_PHASES),
        Field("frame:why", "Why", "Why this one?", process.chosen_because, setter("chosen_because")),
    ]
