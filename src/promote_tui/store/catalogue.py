"""What a library holds, known at once: an index of its files, which is never the truth."""

import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log
from pathlib import Path
from typing import Any

from promote_tui.session.due import LONG_AGO, ORDER, SOON, Due, Standing
from promote_tui.session.saved import SavedIdea, SavedSession
from promote_tui.session.stages import RATINGS, STAGES, STANDINGS
from promote_tui.store.catalogue_due import Span, due_of
from promote_tui.store.catalogue_file import BegunAnewError, CatalogueFile, HeldError
from promote_tui.store.catalogue_query import (
    ALL,
    COLUMNS,
    Line,
    Wanted,
    card_in,
    conditions,
    line_in,
    looking_for,
    of_change,
    of_session,
)
from promote_tui.store.catalogue_record import unpacked
from promote_tui.store.catalogue_row import MOST_IDEAS
from promote_tui.store.catalogue_words import words_in
from promote_tui.store.library import Card
from promote_tui.store.places import ARCHIVE

__all__ = ["Catalogue", "Refreshed", "Wanted"]

_ORDER = "group_day DESC, group_at DESC, ifnull(group_name, name), nth"
_KNOWN = {
    "stage": STAGES,
    "phase": ("welcome", "stay", "goodbye"),
    "rating": (*RATINGS, "none"),
    "status": tuple(STANDINGS),
}
"""The order of what can be chosen; other choices stand after these, in that of the alphabet."""
_RATING = "CASE rating WHEN '' THEN 'none' ELSE rating END"
_AT_ONCE = 200


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did."""

    read: int = 0
    """How many files were new or had changed."""
    gone: int = 0
    stopped: bool = False
    """Whether something is left to do: it was stopped, or another program holds the catalogue."""

    @property
    def changed(self) -> bool:
        """Say whether there is anything new to show."""
        return bool(self.read or self.gone)


class Catalogue:
    """The catalogue of a folder of sessions, in the file ``place``, or in memory without one.

    It may be asked on every thread. A file that is damaged, foreign or of another version is begun anew, and
    one that cannot be used is done without: until the next refresh the answers are then empty.
    """

    def __init__(self, folder: Path, place: Path | None) -> None:
        self.folder = folder
        self._file = CatalogueFile(place)
        self._refreshing = threading.Lock()

    def refresh(
        self, progress: Callable[[int, int], None] | None = None, stop: threading.Event | None = None
    ) -> Refreshed:
        """Read what has changed in the folder since the last time.

        ``progress`` is told how many files are read, and of how many: none yet when some, then all of them
        are listed by their first lines. ``stop`` ends it soon, what was read
        is kept. Raises LibraryError when the folder cannot be listed.
        """
        from promote_tui.store.catalogue_refresh import refresh  # noqa: PLC0415 - not before the first paint

        with self._refreshing:
            for _ in range(3):
                try:
                    return Refreshed(*refresh(self._file, self.folder, progress, stop or threading.Event()))
                except BegunAnewError:
                    continue
                except HeldError:
                    break
        return Refreshed(stopped=True)

    def cards(self, wanted: Wanted = ALL, limit: int | None = None) -> list[Card]:
        """Return the card of each session that is wanted, newest first, those that cannot be read last.

        Several files of one session stand together, the newest first.
        """
        where, values = conditions(wanted, has_index=self._file.has_index)
        rows = self._read(
            f"SELECT {COLUMNS} FROM file WHERE {where} ORDER BY {_ORDER} LIMIT ?", [*values, _most(limit)]
        )
        return list(self._cards(rows))

    def lines(self, wanted: Wanted = ALL) -> list[Line]:
        """Return what a printed list says of each session that is wanted, in the order of ``cards``."""
        where, values = conditions(wanted, has_index=self._file.has_index)
        columns = "name, title, team, stage, day, ratings, problem"
        rows = self._read(f"SELECT {columns} FROM file WHERE {where} ORDER BY {_ORDER}", values)
        return list(map(line_in, rows))

    def count(self, wanted: Wanted = ALL) -> int:
        """Return how many sessions are wanted."""
        where, values = conditions(wanted, has_index=self._file.has_index)
        return sum(count for (count,) in self._read(f"SELECT count(*) FROM file WHERE {where}", values))

    def unreadable(self) -> list[Card]:
        """Return the card of each file that cannot be opened, but of those that were put away."""
        sql = f"SELECT {COLUMNS} FROM file WHERE problem != '' AND NOT put_away ORDER BY {_ORDER}"
        return list(self._cards(self._read(sql)))

    def choices(self, what: str, wanted: Wanted = ALL) -> list[tuple[str, int]]:
        """Return what can be asked for under this name, each with the number of its sessions.

        They are those of the sessions that are wanted otherwise: each choice leads to as many.
        """
        others = replace(wanted, **{what: ""})  # type: ignore[arg-type]
        if what in ("team", "phase", "stage"):
            where, values = conditions(others, has_index=self._file.has_index)
            sql = f"SELECT {what}, count(*) FROM file WHERE {where} AND problem = '' GROUP BY 1"
        else:
            # owner, status and rating are asked of one and the same change
            tests, asked = of_change(others)
            where, values = conditions(of_session(others), has_index=self._file.has_index)
            column = {"owner": "owner", "status": "status", "rating": _RATING}[what]
            sql = (
                f"SELECT {column}, count(DISTINCT file) FROM change JOIN file ON file.number = change.file"
                f" WHERE {' AND '.join([where, *tests])} GROUP BY 1"
            )
            values = [*values, *asked]
        known = list(_KNOWN.get(what, ()))
        found = [(value, count) for value, count in self._read(sql, values) if value]
        return sorted(
            found,
            key=lambda one: (known.index(one[0]) if one[0] in known else len(known), one[0].casefold()),
        )

    def saved(self) -> Iterator[tuple[Card, SavedSession]]:
        """Yield every session with its card, in the order of the list, those put away at the end."""
        numbers = self._read(f"SELECT number FROM file WHERE problem = '' ORDER BY put_away, {_ORDER}")
        for start in range(0, len(numbers), _AT_ONCE):
            wanted = [number for (number,) in numbers[start : start + _AT_ONCE]]
            found = self._with_records(wanted)
            yield from (found[number] for number in wanted if number in found)

    def saved_of(self, path: Path) -> SavedSession | None:
        """Return what is known of the session in a file; None when nothing is."""
        put_away = path.parent == self.folder / ARCHIVE
        if not put_away and path.parent != self.folder:
            return None
        rows = self._read(
            "SELECT data FROM record JOIN file ON number = file WHERE put_away = ? AND name = ?",
            (put_away, os.fsencode(path.name)),
        )
        return unpacked(rows[0][0]) if rows else None

    def carried_on_in(self, id: str) -> Card | None:
        """Return the newest session that carries on changes of the one with this id; None without one."""
        rows = self._read(
            f"SELECT {COLUMNS} FROM file WHERE follows = ? AND follows NOT IN ('', id) AND carries"
            f" AND NOT put_away ORDER BY {_ORDER} LIMIT 1",
            (id,),
        )
        return next(self._cards(rows), None)

    def due(self, today: date, limit: int | None = None) -> list[tuple[Card, Due]]:
        """Return what is due in all sessions, also what is still ahead, in its order.

        Of a line of sessions that carry a change on, only the newest one asks about it, and of several
        files of one session, such as conflict copies, the one of the highest revision. With a limit it is
        only what is due by now or soon.
        """
        found: list[tuple[Any, ...]] = []
        for standing in ORDER if limit is None else ORDER[:-1]:
            left = _most(limit) if limit is None else limit - len(found)
            if left:
                found += self._read(
                    "SELECT span.file, change.id, change.title, owner, span.day, start, stop, span.nth,"
                    " what, place, skipped, words FROM span JOIN change USING (file, nth)"
                    " JOIN file ON file.number = span.file"
                    " WHERE span.day BETWEEN ? AND ? AND start <= ? AND stop > ?"
                    " ORDER BY span.day, file.name, span.nth, place LIMIT ?",
                    (*_days(standing, today), today.toordinal(), today.toordinal(), left),
                )
        known: dict[int, Card] = {}
        numbers = list(dict.fromkeys(row[0] for row in found))
        for start in range(0, len(numbers), _AT_ONCE):
            wanted = numbers[start : start + _AT_ONCE]
            rows = self._read(
                f"SELECT number, {COLUMNS} FROM file WHERE number IN ({_marks(wanted)})", wanted
            )
            known |= {number: card_in(self.folder, columns) for number, *columns in rows}
        return [
            (known[number], due_of(Span(*span), id, title, owner))
            for number, id, title, owner, *span in found
            if number in known
        ]

    def due_counts(self, today: date) -> dict[Standing, int]:
        """Return how much is late, today, soon, long ago and later."""
        counts: dict[Standing, int] = {}
        for standing in ORDER:
            rows = self._read(
                "SELECT count(*) FROM span WHERE day BETWEEN ? AND ? AND start <= ? AND stop > ?",
                (*_days(standing, today), today.toordinal(), today.toordinal()),
            )
            counts[standing] = sum(count for (count,) in rows)
        return counts

    def ideas_with(self, stems: Sequence[str], limit: int = 60) -> list[tuple[Card, SavedSession, SavedIdea]]:
        """Return ideas that share words with these stems, first those that share the most and the rarest.

        Of several files of one session only the newest counts; those that were put away count too.
        """
        total = sum(count for (count,) in self._read("SELECT count(*) FROM file")) or 1
        worth: defaultdict[int, float] = defaultdict(float)
        for stem in words_in(" ".join(stems)):
            sharing = self._read(*looking_for("stems", [stem], has_index=self._file.has_index, whole=True))
            value = log(1 + 10 * total / (1 + len(sharing)))
            for (place,) in sharing:
                worth[place] += value
        best = sorted(worth, key=lambda place: (-worth[place], -place))
        found: list[tuple[Card, SavedSession, SavedIdea]] = []
        for start in range(0, len(best), _AT_ONCE):
            places = [divmod(place, MOST_IDEAS) for place in best[start : start + _AT_ONCE]]
            known = self._with_records(list({number for number, _ in places}))
            for number, nth in places:
                if number in known and not known[number][0].copy_of_above:
                    card, saved = known[number]
                    found.append((card, saved, saved.ideas[nth]))
                    if len(found) >= limit:
                        return found
        return found

    def close(self) -> None:
        """Let the file go; afterwards every answer is empty."""
        self._file.close()

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._file.read(sql, values)
        except (BegunAnewError, HeldError):
            return []

    def _with_records(self, numbers: Sequence[int]) -> dict[int, tuple[Card, SavedSession]]:
        """Return the cards and records of these files, by number; what is gone by now is left out."""
        rows = self._read(
            f"SELECT number, data, {COLUMNS} FROM file JOIN record ON file = number"
            f" WHERE number IN ({_marks(numbers)})",
            numbers,
        )
        return {
            number: (card_in(self.folder, columns), unpacked(record)) for number, record, *columns in rows
        }

    def _cards(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[Card]:
        """Yield the cards of a list: a copy stands below its newest file only when that is in it too."""
        above = ""
        for row in rows:
            card = card_in(self.folder, row)
            yield replace(card, copy_of_above=False) if card.copy_of_above and card.id != above else card
            above = card.id


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _most(limit: int | None) -> int:
    return -1 if limit is None else limit


def _days(standing: Standing, today: date) -> tuple[int, int]:
    """Return the first and the last day that stand like this, as numbers of days."""
    now = today.toordinal()
    return {
        "late": (now - LONG_AGO, now - 1),
        "today": (now, now),
        "soon": (now + 1, now + SOON),
        "long ago": (0, now - LONG_AGO - 1),
        "later": (now + SOON + 1, date.max.toordinal()),
    }[standing]
