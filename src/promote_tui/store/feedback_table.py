"""Read the comments out of a Friends and Family Test export, or any other table saved as text."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from promote_tui.session.model import Voice
from promote_tui.session.text import one_line, tidy, without_unshowable
from promote_tui.store import feedback_columns
from promote_tui.store.decoding import NotTextError, decoded
from promote_tui.store.feedback_columns import Role, day_of, voice_of

_LOOKED_AT = 500
"""Rows that the guesses are made from."""


class NotATableError(Exception):
    """A file that holds no table of text; the message is a sentence."""


_LONGEST_NAME = 100
"""Most characters of a column's name that are kept with each comment."""


@dataclass(frozen=True)
class Column:
    """A column: its number (from 1), its name, the longest words near its top, what it seems to hold."""

    number: int
    name: str
    sample: str
    role: Role = ""


@dataclass(frozen=True)
class Comment:
    """What one person wrote into one cell; ``row`` counts as Excel does."""

    row: int
    text: str
    voice: Voice | None = None
    received_on: date | None = None
    asked: str = ""
    """The name of its column, where several hold comments: what was good, what could be better."""


@dataclass(frozen=True)
class Table:
    """A table: its columns with a guess of what each holds, and its rows by their number in Excel."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def guessed(self, role: Role) -> tuple[int, ...]:
        """Return the numbers of the columns that seem to hold this."""
        return tuple(column.number for column in self.columns if column.role == role)

    def named(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the columns that a person means by a name, a part of one, or a number."""
        wanted = one_line(word).casefold()
        named = [(column.number, column.name.casefold()) for column in self.columns if wanted]
        return (
            tuple(number for number, name in named if name == wanted)
            or tuple(number for number, _ in named if str(number) == wanted)
            or tuple(number for number, name in named if wanted in name)
        )

    def comments(self, columns: Collection[int]) -> tuple[Comment, ...]:
        """Return what was written in these columns, with voice and day where the table says them.

        Empty cells, and answers such as ``n/a`` or ``-``, are passed over.
        """
        voices, days = self.guessed("voice"), self.guessed("date")
        return tuple(
            Comment(
                row,
                text,
                next((voice_of(cell) for cell in _cells(cells, voices)), None),
                next((day_of(cell) for cell in _cells(cells, days)), None),
                self.columns[column - 1].name[:_LONGEST_NAME] if len(columns) > 1 else "",
            )
            for row, cells in self.rows
            for column in sorted(columns)
            for text in map(_clean, _cells(cells, [column]))
            if _says_something(text)
        )


def read(data: bytes) -> Table:
    """Read a table; raises NotATableError with a sentence for what is none."""
    try:
        records = _records(decoded(data))
    except NotTextError as error:
        raise NotATableError(str(error)) from None
    rows = [(number, cells) for number, cells in enumerate(records, 1) if any(map(str.strip, cells))]
    if not rows:
        raise NotATableError("The file is empty.")
    at = _header(rows)
    header = rows[at][1] if at is not None else ()
    rows = rows[at + 1 :] if at is not None else rows
    width = max(len(cells) for cells in (header, *(cells for _, cells in rows)))
    return Table(
        _columns(header, [cells for _, cells in rows[:_LOOKED_AT]], width),
        tuple((number, tuple(cells)) for number, cells in rows),
    )


def _cells(cells: Sequence[str], columns: Collection[int]) -> list[str]:
    return [cells[number - 1] for number in columns if number <= len(cells)]


def _clean(text: str) -> str:
    return without_unshowable(tidy(text))[0].strip()


_NOTHING = {"n/a", "na", "n.a", "none", "nil", "no comment", "no comments", "not applicable"}


def _says_something(text: str) -> bool:
    return text.strip().casefold().rstrip(".") not in _NOTHING and any(map(str.isalnum, text))


# rows and cells

_TOLD = re.compile(r'"?sep=([^\r\n"])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_NO_SEPARATOR = "\x1f"


def _records(text: str) -> list[list[str]]:
    if told := _TOLD.match(text):
        text = text[told.end() :]
    separator = told[1] if told else _separator(text)
    records: list[list[str]] = []
    missing = "a quotation mark is missing, so the rows after it cannot be told apart"
    try:
        # a list that grows, and not list(): after an error it tells how far the reading came
        records.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:  # a cell that never ends
        raise NotATableError(f"After row {len(records)} {missing}.") from None
    # a mark that is never closed takes the rest of the file into its cell; one inside a cell does no harm
    if text.count('"') % 2 and any("\n" in cell or "\r" in cell for cell in records[-1]):
        raise NotATableError(f"In row {len(records)} {missing}.")
    return records


def _separator(text: str) -> str:
    """Return the sign between cells: the one that cuts most rows into equally many."""
    best, separator = 1 / 3, _NO_SEPARATOR
    for sign in "\t;,|":
        rows = csv.reader(io.StringIO(text[:60_000], newline=""), delimiter=sign)
        widths = Counter(len(cells) for cells in rows if cells)
        # rows of a single cell may be titles
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        share = count / max(1, widths.total())
        if width > 1 and share > best:
            best, separator = share, sign
    return separator


def _header(rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """Return the place of the row that names the columns, None if there is none; titles may stand above."""
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows[:50]]
    # a row with too many signs in it is wider than the table
    widest = min(max(filled), Counter(len(cells) for _, cells in rows).most_common(1)[0][0])
    at = next(
        at
        for at, (_, cells) in enumerate(rows[:50])
        if filled[at] * 4 >= widest * 3
        or (filled[at] * 2 >= widest and sum(map(feedback_columns.is_name, cells)) > 1)
    )
    cells = rows[at][1]
    is_data = widest == 1 or any(map(feedback_columns.is_value, cells))
    return None if is_data and not any(map(feedback_columns.is_name, cells)) else at


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> tuple[Column, ...]:
    names = [one_line(_clean(cell)) for cell in header] + [""] * (width - len(header))
    held = [
        [cell.strip() for cells in rows for cell in cells[n : n + 1] if _says_something(cell)]
        for n in range(width)
    ]
    return tuple(
        Column(
            number,
            name or f"column {number}",
            one_line(_clean(max(values[:20], key=len, default=""))),
            role,
        )
        for number, (name, values, role) in enumerate(
            zip(names, held, feedback_columns.roles(names, held), strict=True), 1
        )
    )
