"""Keep a library tidy: rename a session, put it away, throw it away, copy it as a template.

Nothing is ever overwritten, and what is not understood in full stays as it is: a file that is damaged,
cut short, a link, or written by a newer program. So does a session that is open, or holds words that a
crash kept from being saved. Earlier versions and undo go by the id of a session, so they follow it.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from promote_tui.session.edits import carrying
from promote_tui.session.edits.details import set_details, stamped
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Session
from promote_tui.session.text import one_line
from promote_tui.store import durable, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.identifiers import identifiers
from promote_tui.store.library import Library, LibraryError, file_name
from promote_tui.store.moving import to_first_free
from promote_tui.store.places import ARCHIVE
from promote_tui.store.problems import Problem
from promote_tui.store.recovery import Slots
from promote_tui.store.session_file import CannotReadError, Saved, SessionFile, read_bytes
from promote_tui.store.session_lock import SessionLock
from promote_tui.store.versions import Versions

_MOST_NAMES = 1_000
NO_BIN = "There is no bin for this folder, so nothing was thrown away. A puts a session away."
_FIXED_DISK = 3
"""What Windows calls a disk that has a bin; on any other it would delete for good without a word."""


class StaysError(Exception):
    """What was asked was not done, and the file is as it was; the message is a sentence for the room."""


@dataclass(frozen=True)
class Template:
    """A session made like another one, and the places in it that look like an identifier."""

    file: SessionFile
    looks_like: tuple[Problem, ...]


def rename(path: Path, title: str, now: datetime) -> Saved:
    """Give a session another title, and its file the name that goes with it; return where it is.

    The version before is kept; ``note`` says what else there is to know. Raises StaysError.
    """
    title = one_line(title)
    if not title:
        raise StaysError("A session needs a title.")
    with _held(path) as (file, old):
        new, saved = set_details(old, title=title), Saved(path)
        if new != old:
            Versions(old.id).keep(read_bytes(path), now, revision=old.revision)
            saved = file.save(stamped(new, now), now)
        if saved.path != path:  # somebody else changed it in this very moment
            return saved
        names = (
            path.with_name(file_name(new.title, new.held_on, number)) for number in range(1, _MOST_NAMES)
        )
        try:
            return Saved(to_first_free(path, names), saved.note)
        except NotSavedError as error:
            return Saved(path, f"The title is changed. The file keeps its name: {error}")


def put_away(library: Library, path: Path) -> Path:
    """Move a session of a library to those that are put away; return where it is. Raises StaysError."""
    if path.parent != library.folder:
        raise StaysError("Only a session of this library can be put away.")
    return _move(path, library.folder / ARCHIVE)


def take_back(library: Library, path: Path) -> Path:
    """Move a session that was put away back into its library; return where it is. Raises StaysError."""
    if path.parent != library.folder / ARCHIVE:
        raise StaysError("This session is not put away.")
    return _move(path, library.folder)


def throw_away(path: Path) -> None:
    """Move a session to this computer's bin; its earlier versions stay. Raises StaysError."""
    with _held(path):
        if not _has_bin(path):
            raise StaysError(NO_BIN)
        try:
            from send2trash import send2trash  # type: ignore[import-untyped]  # noqa: PLC0415

            send2trash(str(path))
        except Exception as error:  # each desktop has errors of its own
            raise StaysError(NO_BIN) from error
        if os.path.lexists(path):
            raise StaysError(NO_BIN)


def copy_as_template(
    library: Library, path: Path, *, title: str, team: str, now: datetime, new_id: str
) -> Template:
    """Make a session about the process of another one, without anything that was said; raises StaysError."""
    try:
        file = SessionFile.open(path)
        session = _understood(file)
        if file.reading.newer:
            raise StaysError("A newer version of this program wrote this file, so no template is made of it.")
        new = carrying.as_template(session, new_id=new_id, title=title, team=team, now=now)
        made = library.add(new)
    except (CannotReadError, EditError, LibraryError, NotSavedError) as error:
        raise StaysError(str(error)) from error
    return Template(made, tuple(identifiers(toml_text.write(new).encode())))


def _move(path: Path, folder: Path) -> Path:
    """Move a session to a folder under its own name, or with a number behind it when that is taken."""
    with _held(path):
        if folder.is_symlink():
            raise StaysError(f"The folder {folder.name} is a link to another place, so the file stays here.")
        try:
            durable.make_folder(folder)
        except OSError as error:
            raise StaysError(durable.reason(error, folder)) from error
        numbered = (folder / f"{path.stem}-{number}{path.suffix}" for number in range(2, _MOST_NAMES))
        return to_first_free(path, (folder / path.name, *numbered))


@contextlib.contextmanager
def _held(path: Path) -> Iterator[tuple[SessionFile, Session]]:
    """Hold a session that may be changed, so that no other window opens it; raises StaysError."""
    lock = SessionLock(path)
    if not lock.take():
        raise StaysError("This session is open in another window. Leave it there first.")
    try:
        file = SessionFile.open(path)
        session = _understood(file)
        if file.read_only:
            raise StaysError(f"{file.read_only.partition(', so it is ')[0]}, so it stays as it is.")
        slot = Slots(session.id, path=path).newest()
        if slot and not slot.is_in(read_bytes(path)):
            raise StaysError("Words wait in this session that were not saved. Open it first, then try again.")
        yield file, session
    except (CannotReadError, EditError, NotSavedError) as error:
        raise StaysError(str(error)) from error
    finally:
        lock.release()


def _understood(file: SessionFile) -> Session:
    """Return the session of a file that is whole; raises StaysError."""
    if file.reading.cut_short:
        raise StaysError("The end of this file is missing, so it stays as it is. V shows earlier versions.")
    if file.reading.session is None:
        raise StaysError("There are mistakes in this file, so it stays as it is. Enter names them.")
    return file.reading.session


def _has_bin(path: Path) -> bool:
    """Say whether what is deleted here goes to a bin; elsewhere than on Windows the bin itself tells."""
    if sys.platform != "win32":
        return True
    import ctypes  # noqa: PLC0415 - only on Windows

    place = path.resolve().anchor
    return ctypes.windll.kernel32.GetDriveTypeW(place) == _FIXED_DISK
