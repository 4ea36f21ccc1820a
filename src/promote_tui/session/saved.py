"""What is known of a saved session without opening it: the record that lists, searches and sums are made of.

Cheap to import: thousands are held at once. The records are read leniently out of files by the store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from promote_tui.session.due import Promise


@dataclass(frozen=True)
class SavedIdea:
    """An idea of a saved session, and the change that it was taken on in, if it was."""

    id: str
    kind: str
    text: str
    change: str = ""
    """The id of that change; empty when nobody took it on."""
    step: str = ""
    """The title of the step that it is for."""


@dataclass(frozen=True)
class SavedChange:
    """A change of a saved session: its promise, how its measure and its ratings went, what was learnt."""

    promise: Promise
    buddy: str = ""
    started_on: date | None = None
    ideas: tuple[str, ...] = ()
    """The ids of its ideas."""
    ratings: tuple[tuple[date | None, str], ...] = ()
    """The day of each review, and its worst rating: ``red``, ``amber``, ``green``, or empty."""
    points: tuple[tuple[date, float], ...] = ()
    """Its measure over time: the number of day 0 first, if there is one."""
    measure: str = ""
    unit: str = ""
    better: str = ""
    """``up``, ``down``, or empty when nobody said."""
    baseline: float | None = None
    target: float | None = None
    because: str = ""
    """Why the room decided as it did."""
    learnt: str = ""
    happened: str = ""
    """What the newest check-in says has happened."""

    @property
    def rating(self) -> str:
        """Return where it stands: the worst rating of its newest review; empty when it is not rated."""
        return self.ratings[-1][1] if self.ratings else ""

    @property
    def is_let_go(self) -> bool:
        """Say whether the room let it go."""
        return "let go" in (self.promise.stage, self.promise.decision)


@dataclass(frozen=True)
class SavedSession:
    """A saved session as far as lists, searches and sums go."""

    id: str = ""
    title: str = ""
    team: str = ""
    process: str = ""
    phase: str = ""
    stage: str = "choose"
    held_on: date | None = None
    updated_at: datetime | None = None
    revision: int = 0
    follows: str = ""
    scales: str = ""
    """The id of the session whose runner this one tries in another place."""
    present: Mapping[str, int] = field(default_factory=dict)
    """How many of each voice group were in the room, as far as anybody said."""
    heard: Mapping[str, int] = field(default_factory=dict)
    """How many stories of each voice group were told."""
    ideas: tuple[SavedIdea, ...] = ()
    changes: tuple[SavedChange, ...] = ()
    themes: tuple[str, ...] = ()
    """Words that at least two of its stories, steps, ideas or parked items share, as they were written."""
