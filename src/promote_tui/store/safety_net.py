"""What this computer keeps of an open session besides its file: the last typing, undo, earlier versions."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from promote_tui.session.history import History
from promote_tui.session.model import Session
from promote_tui.store import toml_text, undo_file
from promote_tui.store.durable import NotSavedError
from promote_tui.store.recovery import Recorder, Slot, Slots, Typed
from promote_tui.store.seal import sealed
from promote_tui.store.session_file import SessionFile
from promote_tui.store.versions import Versions

_SHORTEST_WORDS = 3
"""Fewer characters than this that came in since tell nothing about a half-typed line."""


@dataclass(frozen=True)
class Found:
    """What a program that was cut off left behind.

    ``session`` is newer than the file and builds on it. ``aside`` is newer too, but the file was
    changed by somebody else since, so it is kept as an earlier version. ``typed`` was never kept.
    """

    session: Session | None = None
    aside: Session | None = None
    typed: tuple[Typed, ...] = ()
    kept_at: datetime | None = None

    @property
    def anything(self) -> bool:
        """Say whether there is anything to give back."""
        return bool(self.session or self.aside or self.typed)


def left_behind(session: Session, base: str, path: Path, slot: Slot | None) -> Found:
    """Return what a slot holds that a file does not; ``base`` is the hash of the file's bytes.

    A slot of another file of the same session, such as a conflict copy, is set aside as it is, unless
    that file is gone.
    """
    if slot is None:
        return Found()
    ours = slot.base == base or slot.path == path or not os.path.lexists(slot.path)
    typed = tuple(one for one in slot.typed if ours and not _came_in(one.text, slot.session, session))
    if slot.session.revision <= session.revision:
        return Found(typed=typed, kept_at=slot.kept_at)
    if slot.base == base:
        return Found(slot.session, typed=typed, kept_at=slot.kept_at)
    return Found(aside=slot.session, typed=typed, kept_at=slot.kept_at)


class SafetyNet:
    """The local state of one session that is open for changes; its file may lie on any disk.

    Nothing here stops the room: what cannot be kept is not, and the file is saved all the same.
    """

    def __init__(self, file: SessionFile, clock: Callable[[], datetime]) -> None:
        session = file.reading.session
        if session is None:
            raise ValueError("a file with mistakes in it cannot be worked on")
        self._clock = clock
        self._id = session.id
        self.versions = Versions(session.id)
        slots = Slots(session.id, path=file.path)
        self.found = left_behind(session, file.known_hash, file.path, slots.newest())
        if self.found.aside:
            self._keep(self.found.aside)
        self.history: History = undo_file.read(session.id, session)
        """What could be undone and done again when the session was left."""
        self._recorder = Recorder(slots, clock)
        self._keeper = ThreadPoolExecutor(1, "promote-keeper")

    def note(self, session: Session, typed: Sequence[Typed], file: SessionFile) -> None:
        """Have the session and what is half-typed survive a crash, a moment from now; returns at once.

        ``file`` is the one that the session is saved to now: it may have gone on in another one.
        """
        self._recorder.note(session, tuple(typed), file.known_hash, file.path)

    def write_now(self) -> None:
        """Write what was noted last, from any thread or a signal; returns when it is on the disk."""
        self._recorder.write_now()

    @property
    def trouble(self) -> str:
        """Return why a crash would lose what is half-typed, as a sentence; nothing when all is well."""
        if not self._recorder.failed:
            return ""
        return "A crash now would lose what is half-typed: this computer's own folder cannot be written to."

    def keep_version(self, session: Session, history: History) -> None:
        """Keep a state of the session among the earlier versions, and undo up to it; returns at once."""
        with suppress(RuntimeError):  # it is closed
            self._keeper.submit(self._keep, session, history)

    def _keep(self, session: Session, history: History | None = None) -> None:
        now = self._clock()
        # the file is what matters: what cannot be kept beside it is not
        with suppress(NotSavedError, OSError):
            self.versions.keep(sealed(toml_text.write(session)), now, revision=session.revision)
            self.versions.thin(now)
            if history:
                undo_file.write(self._id, history, session)

    def close(self, *, all_saved: bool) -> None:
        """End, once what is being kept is on the disk; what was noted stays unless everything is saved."""
        self._keeper.shutdown()
        self._recorder.close(clear=all_saved)


def _came_in(text: str, before: Session, now: Session) -> bool:
    """Say whether a half-typed line was kept after all, between two states of a session."""
    old = set(_texts(before.model_dump()))
    new = [one for one in _texts(now.model_dump()) if one not in old and len(one) >= _SHORTEST_WORDS]
    return any(one in text for one in new)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
