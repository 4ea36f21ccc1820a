"""Common ward processes that a room can pick from."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from promote_tui.session.model import Phase


@dataclass(frozen=True)
class Starter:
    """A process that most wards have, and the part of the journey it belongs to."""

    phase: Phase
    name: str


def starters() -> tuple[Starter, ...]:
    """Return the processes in the order in which a person lives through them."""
    text = files("promote_tui.session").joinpath("starters.toml").read_text(encoding="utf-8")
    return tuple(Starter(**entry) for entry in tomllib.loads(text)["starters"])
