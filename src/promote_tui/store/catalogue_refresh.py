"""Bring a catalogue up to date: what is new is read, what is gone is taken out."""

import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from promote_tui.store.catalogue_due import spans
from promote_tui.store.catalogue_file import CatalogueFile, clear
from promote_tui.store.catalogue_record import unpacked
from promote_tui.store.catalogue_row import MOST_IDEAS, Row, head_of, mark_of
from promote_tui.store.catalogue_workers import MANY, read_all
from promote_tui.store.library import LibraryError, card_from
from promote_tui.store.places import ARCHIVE, INBOX

_File = tuple[int, bytes]
"""Whether a file was put away, and its name."""
_MOST_DEAD = 2_000
_COLUMNS = Row._fields[: Row._fields.index("record")]
_INSERT = (
    f"INSERT INTO file (number, put_away, name, {', '.join(_COLUMNS)}, group_day, group_at, is_head)"
    f" VALUES ({', '.join('?' * (len(_COLUMNS) + 6))})"
)
_CONNECTED = """
WITH RECURSIVE
asking AS (SELECT * FROM file WHERE NOT put_away AND problem = ''),
line(id) AS (
    SELECT id FROM touched WHERE id NOT IN (
        SELECT id FROM asking AS one WHERE alone
        AND NOT EXISTS (SELECT 1 FROM asking WHERE id = one.id AND number != one.number)
        AND NOT EXISTS (SELECT 1 FROM asking WHERE follows = one.id AND follows != '')
        AND NOT EXISTS (SELECT 1 FROM asking WHERE id = one.follows AND id != ''))
    UNION SELECT follows FROM line JOIN asking USING (id) WHERE follows != ''
    UNION SELECT asking.id FROM line JOIN asking ON asking.follows = line.id AND line.id != '')
SELECT number, name, data FROM asking LEFT JOIN record ON file = number WHERE id IN line
"""


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


def refresh(
    file: CatalogueFile, folder: Path, progress: Callable[[int, int], None] | None, stop: threading.Event
) -> Refreshed:
    """Bring the catalogue of a folder up to date; see ``Catalogue.refresh``."""
    there = {(0, name): mark for name, mark in _listed(folder, must=True).items()}
    there |= {(1, name): mark for name, mark in _listed(folder / ARCHIVE).items()}
    file.write(_forget_the_dead)
    known = {
        (put_away, name): (number, mark)
        for put_away, name, number, mark in file.read("SELECT put_away, name, number, mark FROM file")
    }
    gone = [number for one, (number, _) in known.items() if one not in there]
    to_read = [one for one, mark in there.items() if mark is None or known.get(one, (0, None))[1] != mark]
    if gone:
        file.write(lambda connection: connection.executemany("DELETE FROM file WHERE number = ?", zip(gone)))
    paths = [(folder, folder / ARCHIVE)[put_away] / os.fsdecode(name) for put_away, name in to_read]
    if len(to_read) > MANY:
        _list_heads(file, [one for one in zip(to_read, paths, strict=True) if one[0] not in known], stop)
    done = 0
    if progress and to_read:
        progress(done, len(to_read))
    for rows in read_all(paths, stop):
        file.write(partial(_put_in, rows=[(to_read[place], row) for place, row in rows]))
        done += len(rows)
        if progress:
            progress(done, len(to_read))
    if file.read("SELECT 1 FROM touched LIMIT 1"):
        file.write(_settle)
    return Refreshed(done, len(gone), done < len(to_read))


def _list_heads(file: CatalogueFile, files: Sequence[tuple[_File, Path]], stop: threading.Event) -> None:
    """Put into the list what the first lines of files say, so that it can be used until they are read."""
    for start in range(0, len(files), MANY):
        if stop.is_set():
            return
        rows = [(one, head) for one, path in files[start : start + MANY] if (head := head_of(path))]
        file.write(partial(_put_in, rows=rows, are_heads=True))


def _forget_the_dead(connection: sqlite3.Connection) -> None:
    """Take everything out when too many words are those of files that are gone or have changed since."""
    (given,) = connection.execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence").fetchone()
    (kept,) = connection.execute("SELECT count(*) FROM file").fetchone()
    if given - kept > max(_MOST_DEAD, kept):
        clear(connection)


def _listed(folder: Path, *, must: bool = False) -> dict[bytes, int | None]:
    """Return the files of a folder that may be sessions, each with what tells its state."""
    found: dict[bytes, int | None] = {}
    try:
        with os.scandir(os.fsencode(folder)) as entries:
            for entry in entries:
                name = entry.name
                if name[-5:].lower() == b".toml" and name[:1] != b"." and name.lower() != INBOX.encode():
                    try:
                        found[name] = mark_of(entry.stat())
                    except OSError:
                        found[name] = None
    except FileNotFoundError:
        return {}
    except OSError as error:
        if must:
            raise LibraryError(f"{folder} cannot be read: {error.strerror}.") from error
    return found


def _put_in(
    connection: sqlite3.Connection, rows: Iterable[tuple[_File, Row]], *, are_heads: bool = False
) -> None:
    """Put rows in the place of those that were kept of these files."""
    for (put_away, name), row in rows:
        old = connection.execute(
            "DELETE FROM file WHERE put_away = ? AND name = ? RETURNING iif(is_head, number, NULL)",
            (put_away, name),
        ).fetchall()
        # what cannot be read stands after all that has no day
        place = (-1 if row.problem else row.day, row.at)
        # a number is never given to other words: an index without the text cannot forget
        values = (old[0][0] if old else None, put_away, name, *row[: len(_COLUMNS)], *place, are_heads)
        number = connection.execute(_INSERT, values).lastrowid or 0
        if row.record:
            connection.execute("INSERT INTO record VALUES (?, ?)", (number, row.record))
        connection.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?)",
            [(number, nth, *change) for nth, change in enumerate(row.changes)],
        )
        if row.words:
            connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, row.words))
        connection.executemany(
            "INSERT INTO stems (rowid, text) VALUES (?, ?)",
            [(number * MOST_IDEAS + nth, text) for nth, text in enumerate(row.ideas) if text],
        )
        if not put_away:
            _put_spans(connection, ((number, span) for span in row.spans))


def _put_spans(connection: sqlite3.Connection, found: Iterable[tuple[int, tuple[int, ...]]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO span (file, day, start, stop, nth, what, place, skipped)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, *span) for number, span in found],
    )


def _settle(connection: sqlite3.Connection) -> None:
    """Work out anew what depends on several files: copies, and which of a line still asks."""
    _settle_copies(connection)
    _settle_lines(connection)
    connection.execute("DELETE FROM touched")


def _settle_copies(connection: sqlite3.Connection) -> None:
    groups: dict[tuple[int, str], list[tuple[Any, ...]]] = defaultdict(list)
    for put_away, id, *one in connection.execute(
        "SELECT put_away, id, revision, at, name, day, number FROM file"
        " WHERE id IN (SELECT id FROM touched) AND id != ''"
    ):
        groups[put_away, id].append(tuple(one))
    places = []
    for files in groups.values():
        files.sort(key=lambda one: one[2])
        files.sort(key=lambda one: one[:2], reverse=True)
        _, at, name, day, _ = files[0]
        places += [(day, at, name if nth else None, nth, one[-1]) for nth, one in enumerate(files)]
    connection.executemany(
        "UPDATE file SET group_day = ?1, group_at = ?2, group_name = ?3, nth = ?4 WHERE number = ?5"
        " AND (group_day, group_at, group_name, nth) IS NOT (?1, ?2, ?3, ?4)",
        places,
    )


def _settle_lines(connection: sqlite3.Connection) -> None:
    cards, numbers = [], {}
    for number, name, record in connection.execute(_CONNECTED).fetchall():
        connection.execute("DELETE FROM span WHERE file = ?", (number,))
        connection.execute("UPDATE file SET alone = 0 WHERE number = ?", (number,))
        if record:
            path = Path(os.fsdecode(name))
            numbers[path] = number
            cards.append(card_from(path, unpacked(record)))
    _put_spans(connection, ((numbers[card.path], span) for card, span in spans(cards)))
