"""A question that is answered in the capture line, and how answers become values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from promote_tui.session.edits.items import EditError
from promote_tui.session.schedule import read_date


@dataclass(frozen=True)
class Ask:
    """One question: a short label before the line, the question in full above it.

    ``answer`` takes what was typed, returns the sentence that refuses it or nothing; an unchanged
    line is not answered. ``start`` stands in the line already, ``hint`` is shown when it is empty,
    ``needed`` refuses an empty line where there must be an answer; ``enter`` is what Enter answers
    when the line stands as it was put there. ``whole`` says that an answer is typed anew rather than
    mended, as numbers and choices are.
    """

    label: str
    question: str
    answer: Callable[[str], str]
    start: str = ""
    hint: str = ""
    key: str = ""
    needed: str = ""
    enter: str = ""
    whole: bool = False
    live: bool = False
    """Whether it acts while it is typed, as a search does: Up and Down leave it for the list."""


Choices = tuple[tuple[object, str], ...]
"""What can be chosen: the value and the word the room reads for it."""


def read_choice(text: str, choices: Choices) -> object:
    """Return the value meant by a number, a word or the beginning of one; nothing typed is no choice.

    The word of the file format, such as ``unable``, means itself too.

    Raises EditError when none or several are meant.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return None
    if wanted.isdigit() and 1 <= int(wanted) <= len(choices):
        return choices[int(wanted) - 1][0]
    spelled = [(value, {word.casefold(), str(value).casefold()}) for value, word in choices]
    meant = [value for value, words in spelled if wanted in words] or [
        value for value, words in spelled if any(word.startswith(wanted) for word in words)
    ]
    if len(meant) != 1:
        raise EditError(f"Type one of these: {offer(choices)}")
    return meant[0]


def offer(choices: Choices) -> str:
    """Return the choices as a line: ``1 red   2 amber   3 green``."""
    return "   ".join(f"{number} {word}" for number, (_, word) in enumerate(choices, 1))


def read_number(text: str) -> int | float | None:
    """Return a typed number, with a point or a comma; nothing typed is no number. Raises EditError."""
    text = text.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise EditError("A number goes here, such as 4 or 2.5. Words fit in the measure's name.") from None
    if not abs(number) < 1e15:  # also catches what is not a number
        raise EditError("That number is too large.")
    return int(number) if number.is_integer() else number


def read_day(text: str, today: date) -> date | None:
    """Return a typed day; nothing typed is no day. Raises EditError."""
    if not text.strip():
        return None
    day = read_date(text, today)
    if day is None:
        raise EditError("That is not a day. Try 26 Nov, 26/11/2026, friday or in 3 weeks.")
    return day
