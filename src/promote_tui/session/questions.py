"""Which question to ask now; the texts stand in ``questions.toml`` beside this file."""

from dataclasses import dataclass

from promote_tui.session.model import KINDS, Session, Stage
from promote_tui.session.stages import MOST_STEPS

START, ANY, OPENING, PROMISED = "start", "any", "opening", "promised"
MOMENTS: dict[Stage, tuple[str, ...]] = {
    "choose": (START, ANY, OPENING, PROMISED),
    "map": (START, ANY, "empty", "long", "microscope", "could-be"),
    "ideas": (START, ANY, "missing-stop", "missing-start", "missing-continue"),
    "own": (START, ANY, "resistance", "three_days", "three_weeks", "three_months"),
    "review": (START, ANY, "closing"),
}
"""The moments of each stage that have questions of their own."""
_ENOUGH_IDEAS = 3


@dataclass(frozen=True)
class Question:
    """One question of guided reflection: when it is asked, its words, the method it comes from."""

    stage: Stage
    moment: str
    text: str
    source: str
    id: str = ""
    """What a ward's own file calls it; empty for one of theirs."""


@dataclass(frozen=True)
class Pitfall:
    """What a facilitator watches for at a stage."""

    stage: Stage
    text: str


@dataclass(frozen=True)
class Questions:
    """The whole set, the framework's own first within each stage."""

    all: tuple[Question, ...]
    pitfalls: tuple[Pitfall, ...] = ()

    def at(self, stage: Stage, moment: str) -> list[str]:
        """Return the questions for a moment of a stage: those made for it, then the general ones.

        ``start`` is the moment of nothing in particular. When a session opens, the question that the
        stage starts with comes before those of the opening; what was promised last time comes before both.
        """
        first, special, general = (
            [one.text for one in self.all if one.stage == stage and one.moment == when]
            for when in (START, moment, ANY)
        )
        if moment in (START, ANY):
            return first + general
        if moment == PROMISED:
            return special + self.at(stage, OPENING)
        return first + special + general if moment == OPENING else special + first + general

    def watch_for(self, stage: Stage) -> list[str]:
        """Return what to watch for at a stage."""
        return [pitfall.text for pitfall in self.pitfalls if pitfall.stage == stage]


def moment_of(session: Session, stage: Stage) -> str:
    """Return which moment of a stage it is, as far as the session alone tells."""
    if stage == "choose" and not session.stories and not session.candidates:
        promised = session.follows and any(one.carried for one in session.initiatives)
        return PROMISED if promised else OPENING
    if stage == "map":
        if not session.steps:
            return "empty"
        return "long" if sum(step.usual for step in session.steps) > MOST_STEPS else START
    if stage == "ideas" and len(session.ideas) >= _ENOUGH_IDEAS:
        kinds = {idea.kind for idea in session.ideas}
        return next((f"missing-{kind}" for kind in KINDS if kind not in kinds), START)
    if stage == "review" and session.initiatives and all(one.decision for one in session.initiatives):
        return "closing"
    return START
