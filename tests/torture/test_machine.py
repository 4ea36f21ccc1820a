"""Any sequence of edits, saves, faults, kills, restarts and changes by others keeps the promises."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from promote_tui.session.edits import choose, details
from promote_tui.session.history import History
from promote_tui.session.model import Session
from promote_tui.store import durable
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library
from promote_tui.store.recovery import Slots
from promote_tui.store.session_file import SessionFile
from promote_tui.store.versions import Versions
from tests.store.test_faults import Disk
from tests.torture import saves
from tests.torture.faults import files, session_of

MOST_CALLS = 16
"""No save makes more calls of the system than this, by much."""


class KilledError(BaseException):
    """The program is killed: nothing of it runs any more."""


def fails(code: int) -> Callable[[], NoReturn]:
    """Return what happens instead of a call of the system: an error, or without a code the end."""

    def happens() -> NoReturn:
        if not code:
            raise KilledError
        raise OSError(code, os.strerror(code))

    return happens


class OneSession(RuleBasedStateMachine):
    """One session, the program that works on it, and everybody else who can get at its folder."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._patch = pytest.MonkeyPatch()
        root = Path(self._folder.name)
        self._patch.setenv("XDG_STATE_HOME", str(root / "state"))
        self.state, self.library = root / "state", Library(root / "library")
        self.now = saves.NOW
        self.told = 0
        self.session = saves.version(0)
        file = self.library.add(self.session)
        self.made = [self.session]
        """Every state this program ever had in memory, in order."""
        self.saved: Session | None = self.session
        """What was last reported as saved, unless others have taken it away since."""
        self.noted: Session | None = None
        """What was last kept in a recovery slot."""
        self.owed: list[bytes] = []
        """What others wrote and did not take back."""
        self.closed: dict[Path, bytes] = {}
        """What nobody understands."""
        self._begin(file)

    def teardown(self) -> None:
        self._patch.undo()
        self._folder.cleanup()

    # ---- the program

    def _begin(self, file: SessionFile) -> None:
        self.file: SessionFile | None = file
        self.history = History()
        self.versions, self.slots = Versions(saves.ID), Slots(saves.ID)
        self.kept_at: datetime | None = None

    def _die(self) -> None:
        self.file = None
        # what was in memory is gone: only the disk can tell
        self.session, self.history = saves.version(0), History()

    def _put(self, session: Session, *, noted: bool) -> None:
        self.session = details.stamped(session, self.now)
        self.made.append(self.session)
        if noted:
            assert self.file is not None
            self.slots.write(self.session, (), self.file.known_hash, self.file.path, self.now)
            self.noted = self.session

    @precondition(lambda self: self.file)
    @rule(noted=st.booleans())
    def edit(self, noted: bool) -> None:
        self.told += 1
        before = self.session
        self.history = self.history.after(before, "add a story")
        self._put(choose.add_line(before, f"p: Told {self.told}"), noted=noted)

    @precondition(lambda self: self.file)
    @rule(back=st.booleans())
    def undo_or_redo(self, back: bool) -> None:
        found = self.history.undo(self.session) if back else self.history.redo(self.session)
        if found:
            self.history, session, _ = found
            self._put(session, noted=True)

    @precondition(lambda self: self.file)
    @rule(look_only=st.booleans())
    def save(self, look_only: bool) -> None:
        assert self._save(look_only), "nothing stands in the way of this save"

    @precondition(lambda self: self.file)
    @rule(
        at=st.integers(1, MOST_CALLS),
        code=st.sampled_from([0, 0, errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE]),
        lasts=st.booleans(),
        links=st.booleans(),
        look_only=st.booleans(),
    )
    def save_with_a_fault(self, at: int, code: int, lasts: bool, links: bool, look_only: bool) -> None:
        with pytest.MonkeyPatch.context() as patch:
            disk = Disk(at, fails(code), broken=lasts or not code, links=links)
            patch.setattr(durable, "system", disk)
            try:
                self._save(look_only)
            except KilledError:
                self._die()

    def _save(self, look_only: bool) -> bool:
        """Save, or only look whether the file is still ours; say whether that worked."""
        assert self.file is not None
        try:
            if self.kept_at is None or self.now - self.kept_at >= timedelta(minutes=10):
                data = self.file.path.read_bytes() if self.file.path.is_file() else b""
                if hashlib.sha256(data).hexdigest() == self.file.known_hash:
                    self.versions.keep(data, self.now, revision=self.session.revision)
                self.kept_at = self.now
            if look_only:
                # what the file should hold is what was saved last
                self.file.recheck(self.saved or self.session, self.now)
            else:
                self.file.save(self.session, self.now)
                self.saved = self.session
        except NotSavedError:
            return False
        return True

    @precondition(lambda self: self.file)
    @rule()
    def is_killed(self) -> None:
        self._die()

    @precondition(lambda self: self.file)
    @rule()
    def leaves(self) -> None:
        if self._save(look_only=False):
            self.slots.clear()
            self.noted = None
            self._die()

    @precondition(lambda self: not self.file)
    @rule(which=st.integers(0, 5))
    def starts_again(self, which: int) -> None:
        durable.sweep(self.library.folder, self.now.timestamp() + 1e6)
        paths = sorted(self.library.folder.glob("*.toml"))
        slot = Slots(saves.ID).newest()
        if slot and not any(slot.session == session_of(path.read_bytes()) for path in paths):
            standing = slot.path.read_bytes() if slot.path.exists() else b""
            file = SessionFile.open(slot.path) if standing else None
            if file and not file.read_only and file.known_hash == slot.base:
                self._begin(file)
                self.session = slot.session
                return
            file = self.library.add(slot.session)
        elif paths:
            file = SessionFile.open(paths[which % len(paths)])
        else:
            file = self.library.add(saves.version(0))
        if file.read_only:
            with pytest.raises(NotSavedError):
                file.save(saves.version(1), self.now)
            return
        assert file.reading.session is not None
        self._begin(file)
        self.session = self.saved = file.reading.session
        self.made.append(self.session)

    # ---- everybody else

    def _taken(self, path: Path) -> None:
        """Note that others took away what stands at a path: that is not for us to keep."""
        if path.exists():
            data = path.read_bytes()
            if data in self.owed:
                self.owed.remove(data)
            if self.saved is not None and session_of(data) is not None and self._stands(self.saved) == [path]:
                self.saved = None
        self.closed.pop(path, None)

    def _stands(self, session: Session) -> list[Path]:
        """Return where this state of the session, or a later one of ours, stands."""
        since = self.made[self._place(session) :]
        return [path for path in self.library.folder.glob("*.toml") if session_of(path.read_bytes()) in since]

    def _place(self, session: Session) -> int:
        return max(number for number, one in enumerate(self.made) if one == session)

    def _some_path(self, which: int) -> Path:
        paths = sorted(self.library.folder.glob("*.toml"))
        if self.file and which % 2:
            return self.file.path
        return paths[which % len(paths)] if paths else self.library.folder / "2026-11-23-waking-up.toml"

    @rule(
        which=st.integers(0, 5),
        kind=st.sampled_from(sorted(saves.foreign(0, saves.version(0), saves.NOW))),
    )
    def others_write(self, which: int, kind: str) -> None:
        path = self._some_path(which)
        self.told += 1
        data = saves.foreign(self.told, self.made[which % len(self.made)], self.now)[kind]
        self._taken(path)
        path.write_bytes(data)
        known = self.file and hashlib.sha256(data).hexdigest() in {
            self.file.known_hash,
            *self.file._attempted,
        }
        if not known:  # what we wrote ourselves is ours
            self.owed.append(data)
        if session_of(data) is None:
            self.closed[path] = data

    @rule(which=st.integers(0, 5))
    def others_delete(self, which: int) -> None:
        path = self._some_path(which)
        self._taken(path)
        path.unlink(missing_ok=True)

    @rule(minutes=st.sampled_from([0, 1, 11, 600, 60 * 24 * 40, -60 * 24 * 365]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        kept = {path.read_bytes() for path in files(self.state)}
        self.versions.thin(self.now)
        for data in kept - {path.read_bytes() for path in files(self.state)}:
            if data in self.owed:  # it grew too old
                self.owed.remove(data)

    # ---- the promises

    @invariant()
    def saved_means_saved(self) -> None:
        if self.saved is not None:
            assert self._stands(self.saved), "what was reported as saved is in no file"

    @invariant()
    def what_was_noted_is_not_lost(self) -> None:
        if self.noted is not None:
            slot = Slots(saves.ID).newest()
            there = slot is not None and slot.session in self.made[self._place(self.noted) :]
            assert there or self._stands(self.noted), "what was kept for after a crash is gone"

    @invariant()
    def every_file_is_one_whole_version(self) -> None:
        for path in self.library.folder.glob("*.toml"):
            data = path.read_bytes()
            # only a new file, where no links can be had, is empty for a moment
            assert data in self.owed or not data or session_of(data) in self.made, path.name

    @invariant()
    def no_foreign_version_is_gone_unseen(self) -> None:
        if self.owed:
            everything = {path.read_bytes() for path in files(self.library.folder) + files(self.state)}
            assert set(self.owed) <= everything, "what another program wrote is nowhere any more"

    @invariant()
    def what_is_not_understood_is_unchanged(self) -> None:
        for path, data in self.closed.items():
            assert path.read_bytes() == data, path.name


@pytest.mark.parametrize(("examples", "steps"), [(25, 30), pytest.param(2_000, 60, marks=pytest.mark.slow)])
def test_the_promises_hold_whatever_happens(examples: int, steps: int) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    long = settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=quiet)
    run_state_machine_as_test(OneSession, settings=long)
