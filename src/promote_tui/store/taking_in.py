"""Take session files into a library, out of a folder or a .zip: as they are, and nothing is overwritten."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from promote_tui.session.model import FORMAT, Session
from promote_tui.session.text import in_a_list, number_of
from promote_tui.store import durable, toml_text
from promote_tui.store.arriving import Arrival, arrivals
from promote_tui.store.copies import id_in, names_beside
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library, LibraryError, file_name
from promote_tui.store.places import ARCHIVE
from promote_tui.store.problems import Problem

Became = Literal["taken", "same", "newer", "older", "conflict", "not a session", "not taken"]
"""What became of a file: a new session, one that is here already, a copy beside the one that is here because
it is newer, older, or differs at the same age; no session at all, or one that cannot be taken."""
_HEAD = 4_096
"""Bytes at the head of a file in which its id stands, as every program of ours writes it."""
_MOST_NAMES = 1_000
_MOST_NAMED = 5


@dataclass(frozen=True)
class Found:
    """One file that was found, and what became of it; ``why`` is a sentence where it was not taken."""

    name: str
    became: Became
    path: Path | None = None
    """Where it is in the library, if it was taken."""
    why: str = ""


@dataclass(frozen=True)
class Report:
    """What came of taking in."""

    found: tuple[Found, ...] = ()
    stopped: bool = False
    trouble: str = ""
    """Why not everything was looked at or taken, as a sentence."""

    def those(self, *became: Became) -> tuple[Found, ...]:
        """Return the files of which this became."""
        return tuple(one for one in self.found if one.became in became)

    @property
    def taken(self) -> tuple[Path, ...]:
        """Return the files that are new in the library, the copies beside others included."""
        return tuple(one.path for one in self.found if one.path)

    def sentences(self, *, naming: bool = True) -> list[str]:
        """Return what came of it for the room, the most important first; never empty.

        ``naming`` names the first few of the files that were not taken, and says why.
        """
        said = [
            f"{number_of(count, 'session was', 'sessions were')} {words}"
            for became, words in _SAID.items()
            if (count := len(self.those(became)))
        ]
        not_taken, others = self.those("not taken"), self.those("not a session")
        named = not_taken[:_MOST_NAMED] if naming else ()
        said += [f"Not taken in: {one.name}. {one.why}" for one in named]
        if more := len(not_taken) - len(named):
            said.append(f"{number_of(more, 'more file' if named else 'file')} could not be taken in.")
        if others:
            names = ", ".join(one.name for one in others[:_MOST_NAMED])
            names = f": {names}{', …' if len(others) > _MOST_NAMED else ''}" if naming else "."
            said.append(f"{number_of(len(others), 'file is', 'files are')} no session{names}")
        if self.stopped:
            said.append("It was stopped before everything was looked at.")
        if self.trouble:
            said.append(self.trouble)
        return said or ["There is nothing there to take in."]


_BESIDE = "It now lies beside the one that was here. V compares them."
_SAID: dict[Became, str] = {
    "taken": "taken in.",
    "newer": f"here already, but older. {_BESIDE}",
    "older": f"here already, and newer. {_BESIDE}",
    "conflict": f"here already, but not the same. {_BESIDE}",
    "same": "here already, just the same.",
}


def take_in(
    source: Path,
    library: Library,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> Report:
    """Take the session files of a folder, its sub-folders, or a .zip into a library.

    ``now`` names copies. ``progress`` is told how many of how many files are done; ``stop`` ends it after
    the file at hand. A session that lies in a folder of sessions put away is put away here too. Raises
    LibraryError when the library or the source cannot be used; whatever is wrong with one file is in the
    report.
    """
    if trouble := library.trouble():
        raise LibraryError(trouble)
    library.make()
    with arrivals(source) as (coming, trouble):
        here = _Here(library)
        found: list[Found] = []
        for done, arrival in enumerate(coming):
            if stop and stop.is_set():
                return Report(tuple(found), stopped=True, trouble=trouble)
            if progress:
                progress(done, len(coming))
            try:
                found.append(_take(arrival, here, now))
            except NotSavedError as error:
                return Report(tuple(found), trouble=f"Not everything is taken in. {error}")
        if progress:
            progress(len(coming), len(coming))
        return Report(tuple(found), trouble=trouble)


class _Here:
    """The files of a library by the id of their session, those put away included."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._files: dict[str, list[Path]] = {}
        for folder in (library.folder, library.folder / ARCHIVE):
            for path in _session_files(folder):
                self.note(_head_id(path), path)

    def note(self, id: str, path: Path) -> None:
        """Remember a file of the session of this id."""
        if id:
            self._files.setdefault(id.casefold(), []).append(path)

    def files(self, id: str) -> list[Path]:
        """Return the files of the session of this id."""
        return self._files.get(id.casefold(), [])


def _session_files(folder: Path) -> Iterator[Path]:
    try:
        found = list(folder.iterdir())
    except OSError:  # nothing was put away yet
        return
    yield from (one for one in found if one.suffix.casefold() == ".toml" and not one.name.startswith("."))


def _head_id(path: Path) -> str:
    try:
        return id_in(durable.read(path, _HEAD))
    except OSError:
        return ""


def _take(arrival: Arrival, here: _Here, now: datetime) -> Found:
    """Take one file in, unless it is here already or cannot be; raises NotSavedError."""
    name = in_a_list(arrival.name)
    if not arrival.is_named_like_one:
        return Found(name, "not a session")
    data, why = arrival.read()
    if why:
        return Found(name, "not taken", why=why)
    if any(_bytes_of(path) == data for path in here.files(id_in(data))):
        return Found(name, "same")
    reading = toml_text.read(data)
    if reading.session is None and FORMAT.encode() not in data:
        return Found(name, "not a session")
    if reading.cut_short:
        return Found(name, "not taken", why="Its end is missing.")
    if (session := reading.session) is None:
        return Found(name, "not taken", why=_mistake(reading.errors[0]))
    there = here.files(session.id)
    became, beside = _compared(session, there)
    if became == "same":
        return Found(name, "same")
    names: Iterator[Path] = names_beside(beside, now)
    if became == "taken":
        folder = here.library.folder / ARCHIVE if arrival.put_away else here.library.folder
        names = (folder / file_name(session.title, session.held_on, one) for one in range(1, _MOST_NAMES))
    path = _written(data, names)
    if path is None:
        return Found(name, "not taken", why="There are too many files of its name here already.")
    here.note(session.id, path)
    return Found(name, became, path)


def _mistake(problem: Problem) -> str:
    line = f"Line {problem.line}: " if problem.line else ""
    key = f"{problem.key} " if problem.key else ""
    return f"{line}{key}{problem.message}{f', {problem.hint}' if problem.hint else ''}."


def _compared(session: Session, there: Iterable[Path]) -> tuple[Became, Path]:
    """Return what a session is to the files that hold it already, and the newest of those."""
    newest, beside = -1, Path()
    for path in there:
        known = toml_text.read(_bytes_of(path)).session
        if known == session:
            return "same", path
        if known and known.id.casefold() == session.id.casefold() and known.revision > newest:
            newest, beside = known.revision, path
    if newest < 0:  # nobody else has it, or only in files that cannot be read
        return "taken", beside
    if session.revision == newest:
        return "conflict", beside
    return "newer" if session.revision > newest else "older", beside


def _bytes_of(path: Path) -> bytes:
    try:
        return durable.read(path, toml_text.LARGEST + 1)
    except OSError:
        return b""


def _written(data: bytes, names: Iterable[Path]) -> Path | None:
    """Write bytes under the first of these names that is free, and return it; raises NotSavedError."""
    for path in names:
        if os.path.lexists(path):  # asked first: to write and to flush takes time
            continue
        try:
            durable.make_folder(path.parent)
            durable.create(path, data)
        except FileExistsError:
            continue
        except OSError as error:
            raise NotSavedError(durable.reason(error, path)) from error
        return path
    return None
