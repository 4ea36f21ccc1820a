"""Bring a catalogue up to date: what is new is read, what is gone is taken out."""

import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from promote_tui.store.catalogue_due import spans
from promote_tui.store.catalogue_file import CatalogueFile
from promote_tui.store.catalogue_record import unpacked
from promote_tui.store.catalogue_row import MOST_IDEAS, Row, mark_of, row_of
from promote_tui.store.library import LibraryError, card_from
from promote_tui.store.places import ARCHIVE, INBOX

_File = tuple[int, bytes]
"""Whether a file was put away, and its name."""
_AT_ONCE = 100
_COLUMNS = Row._fields[:16]
_INSERT = (
    f"INSERT INTO file (put_away, name, {', '.join(_COLUMNS)}, group_day, group_at, group_name)"
    f" VALUES ({', '.join('?' * (len(_COLUMNS) + 5))})"
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
SELECT number, name, record FROM asking WHERE id IN line
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
    known = {
        (put_away, name): (number, mark)
        for put_away, name, number, mark in file.read("SELECT put_away, name, number, mark FROM file")
    }
    gone = [number for one, (number, _) in known.items() if one not in there]
    to_read = [one for one, mark in there.items() if mark is None or known.get(one, (0, None))[1] != mark]
    if gone:
        file.write(lambda connection: connection.executemany("DELETE FROM file WHERE number = ?", zip(gone)))
    done, waiting = 0, iter(to_read)
    folders = (folder, folder / ARCHIVE)
    while not stop.is_set() and (some := list(islice(waiting, _AT_ONCE))):
        rows = [(one, row_of(folders[one[0]] / os.fsdecode(one[1]))) for one in some]
        file.write(partial(_put_in, rows=rows))
        done += len(some)
        if progress:
            progress(done, len(to_read))
    if file.read("SELECT 1 FROM touched LIMIT 1"):
        file.write(_settle)
    return Refreshed(done, len(gone), done < len(to_read))


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


def _put_in(connection: sqlite3.Connection, rows: Iterable[tuple[_File, Row]]) -> None:
    """Put rows in the place of those that were kept of these files."""
    for (put_away, name), row in rows:
        connection.execute("DELETE FROM file WHERE put_away = ? AND name = ?", (put_away, name))
        values = (put_away, name, *row[:16], row.day, row.at, name)
        number = connection.execute(_INSERT, values).lastrowid or 0
        connection.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?)",
            [(number, nth, *change) for nth, change in enumerate(row.changes)],
        )
        connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, row.words))
        connection.executemany(
            "INSERT INTO stems (rowid, text) VALUES (?, ?)",
            [(number * MOST_IDEAS + nth, text) for nth, text in enumerate(row.ideas) if text],
        )
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
        "SELECT put_away, id, revision, at, day, name, number FROM file"
        " WHERE id IN (SELECT id FROM touched) AND id != ''"
    ):
        groups[put_away, id].append(tuple(one))
    places = []
    for files in groups.values():
        files.sort(key=lambda one: one[3])
        files.sort(key=lambda one: one[:3], reverse=True)
        _, at, day, name, _ = files[0]
        places += [(day, at, name, nth, one[-1]) for nth, one in enumerate(files)]
    connection.executemany(
        "UPDATE file SET group_day = ?1, group_at = ?2, group_name = ?3, nth = ?4 WHERE number = ?5"
        " AND (group_day, group_at, group_name, nth) != (?1, ?2, ?3, ?4)",
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
