"""Which sessions are asked for, and how the catalogue is asked for them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from promote_tui.store.catalogue_words import words_typed
from promote_tui.store.library import Card
from promote_tui.store.places import ARCHIVE

if TYPE_CHECKING:
    from promote_tui.session.model import Stage

COLUMNS = (
    "put_away, name, title, team, stage, day, updated_at, ratings, problem, id, follows, scales, revision,"
    " process, nth"
)
"""What ``card_in`` makes a card of."""


@dataclass(frozen=True)
class Wanted:
    """Which sessions are asked for; what is empty asks for nothing."""

    words: str = ""
    team: str = ""
    stage: str = ""
    phase: str = ""
    owner: str = ""
    rating: str = ""
    """``red``, ``amber``, ``green``, or ``none`` for a change that is not rated."""
    status: str = ""
    put_away: bool = False


class Line(NamedTuple):
    """What one line of a list says about a file: as a card does, but made much faster."""

    file_name: str
    title: str
    team: str
    stage: "Stage"
    held_on: date | None
    ratings: tuple[str, ...]
    problem: str


ALL = Wanted()
"""All sessions that were not put away."""


def conditions(wanted: Wanted, *, has_index: bool) -> tuple[str, list[Any]]:
    """Return what must hold for a row of ``file``, and the values in it."""
    where: list[str] = ["put_away = ?"]
    values: list[Any] = [wanted.put_away]
    for column in ("team", "stage", "phase"):
        if value := getattr(wanted, column):
            where.append(f"{column} = ? AND problem = ''")
            values.append(value)
    tests, asked = of_change(wanted)
    if tests:
        where.append(
            f"EXISTS (SELECT 1 FROM change WHERE change.file = file.number AND {' AND '.join(tests)})"
        )
        values += asked
    if words := words_typed(wanted.words):
        looking, given = looking_for("words", words, has_index=has_index)
        where.append(f"number IN ({looking})")
        values += given
    return " AND ".join(where), values


def of_session(wanted: Wanted) -> Wanted:
    """Return what is asked of a session, and nothing that is asked of its changes."""
    return replace(wanted, owner="", status="", rating="")


def of_change(wanted: Wanted) -> tuple[list[str], list[str]]:
    """Return what must hold for a row of ``change``, and the values in it."""
    rating = "" if wanted.rating == "none" else wanted.rating
    asked = {"owner": wanted.owner, "status": wanted.status, "rating": rating}
    columns = [column for column in asked if getattr(wanted, column)]
    return [f"change.{column} = ?" for column in columns], [asked[column] for column in columns]


def looking_for(
    table: str, words: Sequence[str], *, has_index: bool, whole: bool = False
) -> tuple[str, list[str]]:
    """Return the query for what holds all of these words, each the whole word or the start of one.

    They must come from ``words_in`` or ``words_typed``: nothing in them means anything to SQLite.
    """
    if has_index:
        tests = " AND ".join(f'"{word}"' if whole else f'"{word}"*' for word in words)
        return f"SELECT rowid FROM {table} WHERE {table} MATCH ?", [tests]
    tests = " AND ".join("instr(' ' || text || ' ', ?)" for _ in words)
    return f"SELECT rowid FROM {table} WHERE {tests}", [f" {word}{' ' * whole}" for word in words]


def line_in(row: Sequence[Any]) -> Line:
    """Return the line of a file: of name, title, team, stage, day, ratings and problem."""
    name, title, team, stage, day, ratings, problem = row
    held_on = date.fromordinal(day) if day else None
    return Line(os.fsdecode(name), title, team, stage, held_on, tuple(ratings.split(",")[:-1]), problem)


def card_in(folder: Path, row: Sequence[Any]) -> Card:
    """Return the card of a file of this library; without its promises, which its record holds."""
    put_away, name, title, team, stage, day, updated, ratings, problem, id, follows, scales, *others = row
    revision, process, nth = others
    return Card(
        (folder / ARCHIVE if put_away else folder) / os.fsdecode(name),
        title,
        team,
        stage,
        date.fromordinal(day) if day else None,
        datetime.fromisoformat(updated) if updated else None,
        tuple(ratings.split(",")[:-1]),
        problem,
        id,
        follows,
        (),
        revision,
        process,
        bool(put_away),
        nth > 0,
        scales,
    )
