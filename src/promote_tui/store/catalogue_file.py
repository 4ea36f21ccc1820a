"""The one SQLite file of a catalogue: begun anew when it is not as it should be, else in memory."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from promote_tui.store import durable

T = TypeVar("T")

VERSION = 3
"""Goes up with every change of the tables, and of what is written to them."""
_OURS = 0x50524F4D
_PATIENCE = 5.0
"""How many seconds another program may hold the file before it counts as locked."""

_SETTINGS = (
    "page_size=16384",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "foreign_keys=ON",
)

_TABLES = """
CREATE TABLE file (
    number INTEGER PRIMARY KEY AUTOINCREMENT, put_away INTEGER NOT NULL, name BLOB NOT NULL,
    mark INTEGER, title TEXT NOT NULL, team TEXT NOT NULL, process TEXT NOT NULL, phase TEXT NOT NULL,
    stage TEXT NOT NULL, day INTEGER NOT NULL, updated_at TEXT NOT NULL, at REAL NOT NULL,
    ratings TEXT NOT NULL, problem TEXT NOT NULL, id TEXT NOT NULL, follows TEXT NOT NULL,
    scales TEXT NOT NULL, revision INTEGER NOT NULL, carries INTEGER NOT NULL,
    group_day INTEGER NOT NULL, group_at REAL NOT NULL, group_name BLOB, nth INTEGER NOT NULL DEFAULT 0,
    alone INTEGER NOT NULL DEFAULT 1, is_head INTEGER NOT NULL
);
CREATE VIEW asking AS SELECT * FROM file WHERE NOT put_away AND problem = '';
CREATE TABLE record (file INTEGER PRIMARY KEY REFERENCES file ON DELETE CASCADE, data BLOB NOT NULL);
CREATE INDEX file_name ON file (put_away, name, mark);
CREATE INDEX file_order ON file (put_away, group_day DESC, group_at DESC);
CREATE INDEX file_id ON file (id);
CREATE INDEX file_follows ON file (follows) WHERE follows != '';
CREATE TABLE change (
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE, nth INTEGER NOT NULL,
    id TEXT NOT NULL, title TEXT NOT NULL, owner TEXT NOT NULL, status TEXT NOT NULL, rating TEXT,
    PRIMARY KEY (file, nth)
) WITHOUT ROWID;
CREATE TABLE span (
    day INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE, nth INTEGER NOT NULL,
    what INTEGER NOT NULL, place INTEGER NOT NULL, skipped INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (day, start, stop, file, nth, what, place)
) WITHOUT ROWID;
CREATE INDEX span_file ON span (file);
CREATE TABLE touched (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_INDEXES = """
CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, columnsize=0, prefix='1 2',
    tokenize='ascii');
CREATE VIRTUAL TABLE stems USING fts5(text, content='', detail=none, columnsize=0, tokenize='ascii');
"""
_WITHOUT_FTS5 = """
CREATE TABLE words (text TEXT NOT NULL);
CREATE TABLE stems (text TEXT NOT NULL);
"""


class BegunAnewError(Exception):
    """The catalogue was damaged or could not be written: there is an empty one now."""


class HeldError(Exception):
    """Another program holds the catalogue, or it is closed."""


class CatalogueFile:
    """A connection that may be used on every thread; with no ``place`` the catalogue is in memory."""

    def __init__(self, place: Path | None) -> None:
        self._lock = threading.RLock()
        self._place = place
        self._begun_anew = self._closed = False
        try:
            self._connection = self._opened()
        except (sqlite3.Error, OSError) as error:
            self._begin_anew(held=_is_held(error))

    @property
    def has_index(self) -> bool:
        """Say whether words are looked up in an index; else all of them are walked through."""
        return self._has_index

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; raises BegunAnewError or HeldError."""
        return self._do(lambda connection: connection.execute(sql, values).fetchall())

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work, all of it or nothing; raises BegunAnewError or HeldError."""

        def whole(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN IMMEDIATE")
            try:
                done = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            return done

        return self._do(whole)

    def tighten(self) -> None:
        """Take less room, after much was written; while another program reads, it stays as large as it is."""
        with contextlib.suppress(HeldError):
            self._do(_tightened)

    def close(self) -> None:
        """Let the file go; who still asks is told that it is held."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            if self._closed:
                raise HeldError
            try:
                return work(self._connection)
            except sqlite3.Error as error:
                if _is_held(error):
                    raise HeldError from None
                self._begin_anew()
                # without the error itself: it might say what was looked for
                raise BegunAnewError from None

    def _begin_anew(self, *, held: bool = False) -> None:
        """Take a new file in the place of the old one; the second time, or when it is held, only memory."""
        with contextlib.suppress(sqlite3.Error, AttributeError):
            self._connection.close()
        if self._place and not self._begun_anew and not held:
            self._begun_anew = True
            try:
                for end in ("", "-wal", "-shm", "-journal"):
                    Path(f"{self._place}{end}").unlink(missing_ok=True)
                self._connection = self._opened()
            except (sqlite3.Error, OSError):
                pass
            else:
                return
        self._place = None
        self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        if self._place:
            durable.make_folder(self._place.parent)
            os.close(os.open(self._place, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        connection = sqlite3.connect(
            self._place or ":memory:", timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            connection.execute("BEGIN IMMEDIATE")
            if (
                _number(connection, "user_version") == 0
                and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            ):
                _make_tables(connection)
            connection.execute("COMMIT")
            if (_number(connection, "application_id"), _number(connection, "user_version")) != (
                _OURS,
                VERSION,
            ):
                raise sqlite3.DatabaseError("another version")
            self._has_index = _is_index(connection, "words")
        except BaseException:
            connection.close()
            raise
        return connection


def clear(connection: sqlite3.Connection) -> None:
    """Take everything out, also the words of what is long gone."""
    for table in ("file", "touched", "sqlite_sequence"):
        connection.execute(f"DELETE FROM {table}")
    for table in ("words", "stems"):
        if _is_index(connection, table):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        else:
            connection.execute(f"DELETE FROM {table}")


def _tightened(connection: sqlite3.Connection) -> None:
    for table in ("words", "stems"):
        if _is_index(connection, table):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    connection.execute("VACUUM")


def _is_index(connection: sqlite3.Connection, table: str) -> bool:
    made = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return "fts5" in made[0]


def _make_tables(connection: sqlite3.Connection) -> None:
    _run(connection, _TABLES)
    try:
        _run(connection, _INDEXES)
    except sqlite3.OperationalError:  # not every SQLite has FTS5
        connection.execute("DROP TABLE IF EXISTS words")
        _run(connection, _WITHOUT_FTS5)
    connection.execute(f"PRAGMA application_id = {_OURS}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run several statements within the transaction that is open."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _number(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _is_held(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
