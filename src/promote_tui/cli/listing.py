"""What ``promote list``, ``due`` and ``check`` answer, as rows of text and as values for programs."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from promote_tui.session.due import Due, in_words, name_of, skipped_in_words, standing
from promote_tui.session.stages import NUMBERED
from promote_tui.store.library import Card

if TYPE_CHECKING:
    from promote_tui.store.catalogue_query import Line
    from promote_tui.store.problems import Problem

WIDEST = 48
"""Most characters of a cell that a list shows."""


def card_row(card: "Card | Line") -> list[str]:
    """Return the cells of a session in a list: day, title, team, stage, ratings in words, file."""
    names = ("red", "amber", "green", "")
    ratings = [f"{card.ratings.count(name)} {name or 'not rated'}" for name in names if name in card.ratings]
    day = card.held_on.isoformat() if card.held_on else "no date"
    return [day, card.title, card.team, NUMBERED[card.stage], ", ".join(ratings), card.file_name]


def card_values(card: Card) -> dict[str, Any]:
    """Return a session in a list for a program; what is not known is None."""
    return {
        "file": str(card.path),
        "title": card.title,
        "team": card.team,
        "stage": card.stage,
        "held_on": card.held_on.isoformat() if card.held_on else None,
        "updated_at": card.updated_at.isoformat() if card.updated_at else None,
        "ratings": [rating or None for rating in card.ratings],
        "problem": card.problem or None,
    }


def due_row(card: Card, due: Due, today: date) -> list[str]:
    """Return the cells of something that is due: what, which change, whose, when, what was skipped, file."""
    owner, when = due.owner or "no owner yet", in_words(due.day, today)
    return [name_of(due), due.words or due.title, owner, when, skipped_in_words(due), card.path.name]


def due_values(card: Card, due: Due, today: date) -> dict[str, Any]:
    """Return something that is due for a program; days late are negative for what is still ahead."""
    return {
        "file": str(card.path),
        "id": due.id,
        "change": due.title,
        "owner": due.owner,
        "what": due.what,
        "day": due.day.isoformat(),
        "standing": standing(due.day, today),
        "days_late": (today - due.day).days,
        "skipped": list(due.skipped),
        "words": due.words or None,
    }


def check_values(file: str, problems: "Sequence[Problem]") -> dict[str, Any]:
    """Return what was found wrong in one file, for a program."""
    keys = ("level", "line", "key", "message", "hint")
    return {
        "file": file,
        "ok": not any(problem.level == "error" for problem in problems),
        "problems": [{key: getattr(problem, key) for key in keys} for problem in problems],
    }


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns; a cell too wide is cut, but the last one is whole."""
    cut = [[*map(_cut, row[:-1]), row[-1]] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    line = "  ".join(f"{{:<{width}}}" for width in widths)
    return [line.format(*row).rstrip() for row in cut]


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
