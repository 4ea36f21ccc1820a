"""Other files of one session: those there are beside it, and a new one when it cannot go on in its own."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from promote_tui.session.edits.details import stamped
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Card, Library, LibraryError
from promote_tui.store.own_files import is_id
from promote_tui.store.session_file import CannotReadError, SessionFile, read_bytes
from promote_tui.store.toml_text import Reading
from promote_tui.store.versions import Version, Versions

_ID = re.compile(rb"""^[ \t]*id[ \t]*=[ \t]*["']([0-9a-fA-F-]{36})["']""", re.MULTILINE)
_ENDING = re.compile(" (conflict|version) [0-9 -]*$")
_LONGEST_STEM = 200


def id_in(data: bytes) -> str:
    """Return the id of a session file that may be damaged, out of its lines above the first table.

    Empty when there is none that could be the id of a session.
    """
    found = _ID.search(re.split(rb"^[ \t]*\[", data, maxsplit=1, flags=re.MULTILINE)[0])
    id = found[1].decode() if found else ""
    return id if is_id(id) else ""


def others(library: Library, id: str, path: Path) -> list[Card]:
    """Return the other files of a library that hold the session of this id, such as conflict copies."""
    try:
        return [card for card in library.cards() if card.id == id and not _is_same(card.path, path)]
    except LibraryError:
        return []


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is gone
        return False


def read_file(path: Path) -> tuple[Session | None, str]:
    """Return the session that a file holds, or none and the sentence that says why."""
    try:
        return _held(toml_text.read(read_bytes(path)))
    except CannotReadError as error:
        return None, str(error)


def read_version(versions: Versions, version: Version) -> tuple[Session | None, str]:
    """Return the session that an earlier version holds, or none and the sentence that says why."""
    session, trouble = _held(versions.read(version))
    return session, version.trouble or trouble


def _held(reading: Reading) -> tuple[Session | None, str]:
    if reading.newer:
        return None, "A newer version of this program wrote it."
    return reading.session, "" if reading.session else f"{reading.errors[0].message.rstrip('.')}."


def write_beside(path: Path, session: Session, now: datetime, *, after: int = 0) -> Path:
    """Write a session to a new file beside ``path``, marked as changed at ``now``, and return where.

    Its revision is higher than ``after`` and than its own was. Raises NotSavedError.
    """
    newest = session.model_copy(update={"revision": max(session.revision, after)})
    for new in names_beside(path, now):
        try:
            SessionFile.create(new, stamped(newest, now))
        except FileExistsError:
            continue
        return new
    raise NotSavedError(f"{path.name}: there are too many copies already.")


def names_beside(path: Path, now: datetime) -> Iterator[Path]:
    """Yield names for another file of the same session beside ``path``, the best first."""
    stem = _ENDING.sub("", path.stem).encode(errors="ignore")[:_LONGEST_STEM].decode(errors="ignore")
    stem = f"{stem} version {now:%Y-%m-%d %H%M%S}"
    for number in range(1, 100):
        yield path.with_name(f"{stem}{f' {number}' if number > 1 else ''}.toml")
