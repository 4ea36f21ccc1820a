"""Bring a catalogue up to date: what is new is read, what is gone is taken out."""

import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
_MARKS = "SELECT name, mark FROM file WHERE put_away = ?"
_COLUMNS = Row._fields[: Row._fields.index("record")]
_INSERT = (
    f"INSERT INTO file (number, put_away, name, {', '.join(_COLUMNS)}, group_day, group_at, is_head)"
    f" VALUES ({', '.join('?' * (len(_COLUMNS) + 6))})"
)
# what triggers would do, who make SQLite copy every page that they touch
_TOUCH = (
    "INSERT OR IGNORE INTO touched"
    " SELECT id FROM file WHERE put_away = ?1 AND name = ?2 AND problem = ''"
    " UNION SELECT follows FROM file WHERE put_away = ?1 AND name = ?2 AND problem = ''"
)
_CONNECTED = """
WITH RECURSIVE line(id) AS (
    SELECT id FROM touched WHERE id NOT IN (
        SELECT id FROM asking AS one WHERE alone AND id IN (SELECT id FROM touched)
        AND NOT EXISTS (SELECT 1 FROM asking WHERE id = one.id AND number != one.number)
        AND NOT EXISTS (SELECT 1 FROM asking WHERE follows = one.id AND follows != '')
        AND NOT EXISTS (SELECT 1 FROM asking WHERE id = one.follows AND id != ''))
    UNION SELECT follows FROM line JOIN asking USING (id) WHERE follows != ''
    UNION SELECT asking.id FROM line JOIN asking ON asking.follows = line.id AND asking.follows != '')
SELECT number, name, data FROM asking LEFT JOIN record ON file = number WHERE id IN line
"""


def refresh(
    file: CatalogueFile, folder: Path, progress: Callable[[int, int], None] | None, stop: threading.Event
) -> tuple[int, int, bool]:
    """Bring the catalogue of a folder up to date; return what ``Refreshed`` holds. Raises LibraryError."""
    known = [dict(file.read(_MARKS, (put_away,))) for put_away in range(2)]
    try:
        there = [_listed(folder)]
    except OSError as error:
        raise LibraryError(f"{folder} cannot be read: {error.strerror}.") from error
    try:
        there.append(_listed(folder / ARCHIVE))
    except NotADirectoryError:
        there.append({})
    except OSError:
        there.append(known[1])
    if known[0] and not there[0] and not folder.is_dir():
        raise LibraryError(f"{folder} is not there just now. What is listed is how it was.")
    # nearly always nothing has changed, and that is known at once
    if there == known and not file.read("SELECT 1 FROM touched LIMIT 1"):
        return 0, 0, False
    gone = [(put_away, name) for put_away in range(2) for name in known[put_away].keys() - there[put_away]]
    if file.write(partial(_take_out, gone=gone)):
        known = [{}, {}]
    to_read = [
        (put_away, name)
        for put_away in range(2)
        # names begin with the day: what is newest is there first
        for name, mark in sorted(there[put_away].items(), reverse=True)
        if mark is None or known[put_away].get(name) != mark
    ]
    paths = [(folder, folder / ARCHIVE)[put_away] / os.fsdecode(name) for put_away, name in to_read]
    tell = progress or (lambda _done, _of: None)
    if len(to_read) > MANY:
        new = [one for one in zip(to_read, paths, strict=True) if one[0][1] not in known[one[0][0]]]
        _list_heads(file, new[:MANY], stop)
        tell(0, len(to_read))
        _list_heads(file, new[MANY:], stop)
    done = 0
    if to_read:
        tell(done, len(to_read))
    for rows in read_all(paths, stop):
        file.write(partial(_put_in, rows=[(to_read[place], row) for place, row in rows]))
        done += len(rows)
        tell(done, len(to_read))
    file.write(_settle)
    if done > MANY:
        file.tighten()
    return done, len(gone), done < len(to_read)


def _list_heads(file: CatalogueFile, files: Sequence[tuple[_File, Path]], stop: threading.Event) -> None:
    """Put into the list what the first lines of files say, so that it can be used until they are read."""
    for start in range(0, len(files), MANY):
        if stop.is_set():
            return
        rows = [(one, head) for one, path in files[start : start + MANY] if (head := head_of(path))]
        file.write(partial(_put_in, rows=rows, are_heads=True))


def _take_out(connection: sqlite3.Connection, gone: Sequence[_File]) -> bool:
    """Take files out; say whether all were, as most words were those of files gone or changed since."""
    connection.executemany(_TOUCH, gone)
    connection.executemany("DELETE FROM file WHERE put_away = ? AND name = ?", gone)
    (given,) = connection.execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence").fetchone()
    (kept,) = connection.execute("SELECT count(*) FROM file").fetchone()
    is_time: bool = given - kept > max(_MOST_DEAD, kept)
    if is_time:
        clear(connection)
    return is_time


def _listed(folder: Path) -> dict[bytes, int | None]:
    """Return the files of a folder that may be sessions, each with what tells its state. Raises OSError."""
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
    return found


def _put_in(
    connection: sqlite3.Connection, rows: Sequence[tuple[_File, Row]], *, are_heads: bool = False
) -> None:
    """Put rows in the place of those that were kept of these files."""
    files = [file for file, _ in rows]
    connection.executemany(_TOUCH, files)
    for (put_away, name), row in rows:
        old = connection.execute(
            "SELECT number, is_head, id FROM file WHERE put_away = ? AND name = ?", (put_away, name)
        ).fetchone()
        if old and row.problem and not row.id:
            row = row._replace(id=old[2])  # noqa: PLW2901 - what is damaged now has earlier versions
        if old:
            connection.execute("DELETE FROM file WHERE number = ?", old[:1])
        # what cannot be read stands after all that has no day
        place = (-1 if row.problem else row.day, row.at)
        # a number is never given to other words: an index without the text cannot forget
        values = (
            old[0] if old and old[1] else None,
            put_away,
            name,
            *row[: len(_COLUMNS)],
            *place,
            are_heads,
        )
        number = connection.execute(_INSERT, values).lastrowid or 0
        if row.record:
            connection.execute("INSERT INTO record VALUES (?, ?)", (number, row.record))
        connection.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)",
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
    connection.executemany(_TOUCH, files)


def _put_spans(connection: sqlite3.Connection, found: Iterable[tuple[int, tuple[int | str, ...]]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO span (file, day, start, stop, nth, what, place, skipped, words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        files.sort(key=lambda one: one[2][: -len(b".toml")])  # a conflict copy is called after its file
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
