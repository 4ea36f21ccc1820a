"""Which question to ask now; the texts stand in ``questions.toml`` beside this file."""

from dataclasses import dataclass

from promote_tui.session.model import Stage


@dataclass(frozen=True)
class Question:
    """One question of guided reflection: when it is asked, its words, the method it comes from."""

    stage: Stage
    moment: str
    text: str
    source: str


@dataclass(frozen=True)
class Questions:
    """The whole set, the framework's own first within each stage."""

    all: tuple[Question, ...]

    def at(self, stage: Stage, moment: str) -> list[str]:
        """Return the questions for a moment of a stage: those made for it, then the general ones.

        ``start`` is the moment of nothing in particular.
        """
        mine = [question for question in self.all if question.stage == stage]
        special = [question.text for question in mine if question.moment == moment != "any"]
        general = [question.text for question in mine if question.moment in ("start", "any")]
        if moment == "start":
            return general
        return special + general if special else general
