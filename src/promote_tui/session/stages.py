"""The five stages as data: order, title, what is still open before the next.

Cheap to import: lists of sessions show stages without the models.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promote_tui.session.text import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promote_tui.session.model import Progress, Rating, Session, Stage, Step

STAGES: "tuple[Stage, ...]" = ("choose", "map", "ideas", "own", "review")
TITLES: "dict[Stage, str]" = {
    "choose": "Choose",
    "map": "Map",
    "ideas": "Ideas",
    "own": "Own",
    "review": "Review",
}
RATINGS: "tuple[Rating, ...]" = ("red", "amber", "green")
"""From worst to best."""
SIGNS: "dict[Rating | None, str]" = {
    "red": "■ Red",
    "amber": "▲ Amber",
    "green": "● Green",
    None: "○ Not rated",
}
"""Shape and word of each rating; colour is never the only sign."""
VALUES = {
    "adds": "adds value",
    "needed": "needed for now",
    "removable": "could go",
    None: "not yet looked at",
}
STANDINGS: "dict[Progress, str]" = {
    "planned": "planned",
    "trying": "trying",
    "runner": "runner",
    "scaling": "tried elsewhere too",
    "let go": "let go",
}
"""How far a change has come, as the room reads it."""
MOST_STEPS = 12
"""Usual steps that a map can show before it is too long to talk about (6 to 12: IHI)."""
BASES = {
    "content as is": "happy as it is",
    "unconvinced": "not convinced",
    "unable": "not able",
    "leadership": "leadership",
}
"""What resistance rests on."""
FEELINGS = {-2: "very low", -1: "low", 0: "mixed", 1: "good", 2: "very good"}


NUMBERED = {stage: f"{place} {title}" for place, (stage, title) in enumerate(TITLES.items(), 1)}
"""Number and title of each stage, such as ``2 Map``."""


def title_of_change(kind: str, text: str) -> str:
    """Return what a change is called by its first idea; one to stop says so: else it reads as a promise."""
    return f"Stop: {text}" if kind == "stop" and not text.casefold().startswith("stop") else text


@dataclass(frozen=True)
class MinutesShown:
    """How long the usual steps take in all, and how much of it adds value for the person."""

    total: int
    adding: int

    @property
    def share(self) -> int:
        """Return the share that adds value, in whole per cent."""
        return round(100 * self.adding / self.total) if self.total else 0


def number(stage: "Stage") -> int:
    """Return a stage's number, 1 to 5."""
    return STAGES.index(stage) + 1


def minutes(steps: "Iterable[Step]") -> MinutesShown:
    """Return the minutes of the usual steps of a map, in all and adding value."""
    usual = [step for step in steps if step.usual]
    return MinutesShown(
        sum(step.minutes or 0 for step in usual),
        sum(step.minutes or 0 for step in usual if step.value == "adds"),
    )


def in_view(steps: "Iterable[Step]") -> "list[Step]":
    """Return the steps of a map as they are shown and numbered: the usual ones, then the exceptions."""
    return sorted(steps, key=lambda step: not step.usual)


def numbers(steps: "Iterable[Step]") -> dict[str, int]:
    """Return the number that each step of a map is shown with, by id; they count from 1."""
    return {step.id: number for number, step in enumerate(in_view(steps), 1)}


def open_ends(session: "Session", stage: "Stage") -> str:
    """Return what a stage still lacks, as a sentence; empty when nothing does. Leaving is never blocked."""
    missing = _MISSING[stage](session)
    return f"Still open in {number(stage)} {TITLES[stage]}: {'; '.join(missing)}." if missing else ""


def _choose(session: "Session") -> list[str]:
    missing = []
    if not session.stories:
        missing.append("no story yet")
    if not session.process.name:
        missing.append("no process chosen")
    elif not session.process.purpose:
        missing.append("what the process is for")
    return missing


def _map(session: "Session") -> list[str]:
    if not session.steps:
        return ["no steps yet"]
    unseen = sum(1 for step in session.steps if step.usual and step.value is None)
    return [f"{number_of(unseen, 'step')} not yet looked at"] if unseen else []


def _ideas(session: "Session") -> list[str]:
    kinds = {idea.kind for idea in session.ideas}
    if not kinds:
        return ["no ideas yet"]
    return [f"nothing to {kind}" for kind in ("stop", "start", "continue") if kind not in kinds]


def _own(session: "Session") -> list[str]:
    if not session.initiatives:
        return ["no idea taken on"]
    kept = [item for item in session.initiatives if "let go" not in (item.stage, item.decision)]
    lacking = {
        "without an owner": sum(1 for item in kept if not item.owner),
        "without a start day": sum(1 for item in kept if not item.started_on),
        "without a word on success": sum(1 for item in kept if not item.success),
    }
    return [f"{number_of(count, 'change')} {what}" for what, count in lacking.items() if count]


def _review(session: "Session") -> list[str]:
    from promote_tui.session.parts import parts_of  # noqa: PLC0415 - brings the models

    kept = [item for item in session.initiatives if item.decision != "let go"]
    rated = [
        item for item in kept if item.reviews and all(part.rating is not None for part in parts_of(item))
    ]
    silent = [item for item in session.initiatives if item.decision == "let go" and not item.learnt]
    lacking = {
        "with parts not rated": len(kept) - len(rated),
        "without a decision": sum(1 for item in rated if not item.decision),
        "let go without a word on what was learnt": len(silent),
    }
    return [f"{number_of(count, 'change')} {what}" for what, count in lacking.items() if count]


_MISSING = {"choose": _choose, "map": _map, "ideas": _ideas, "own": _own, "review": _review}
