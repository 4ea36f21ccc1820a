"""Read the processes to begin with that come with the program."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from promote_tui.session.model import Phase


@dataclass(frozen=True)
class Starter:
    """A process that a room may begin with, and the part of the journey it belongs to."""

    phase: Phase
    name: str


def starters() -> tuple[Starter, ...]:
    """Return the starters, in the order of ``session/starters.toml``: as a person lives through a stay."""
    text = files("promote_tui.session").joinpath("starters.toml").read_text(encoding="utf-8")
    return tuple(Starter(**entry) for entry in tomllib.loads(text)["starters"])
