"""Every call to the operating system of a save fails, or is the last one, in turn."""

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from promote_tui.session.edits import choose
from promote_tui.session.model import Session
from promote_tui.store import durable, places, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.seal import sealed
from promote_tui.store.session_file import Saved, SessionFile

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
OLD = Session(
    format="promote-session",
    version=1,
    id="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11",
    revision=1,
    title="Waking up",
)
NEW = choose.add_line(OLD, "p: The lights come on")
OLD_BYTES, NEW_BYTES = sealed(toml_text.write(OLD)), sealed(toml_text.write(NEW))
BY_HAND = b"# by hand\n" + OLD_BYTES
THEIRS = b"# somebody else's\n"
NAME, COPY = "waking-up.toml", "waking-up conflict 2026-11-23 104200.toml"


class Disk(durable.System):
    """A system that does ``what`` instead of its call number ``at``, if ``broken`` of all later ones too."""

    def __init__(
        self, at: int, what: Callable[[], None], *, broken: bool = False, links: bool = True
    ) -> None:
        self.calls = 0
        self.at = at
        self.what = what
        self.broken = broken
        self.links = links

    def __getattribute__(self, name: str) -> Any:
        real = super().__getattribute__(name)
        if name not in vars(durable.System) or name.startswith("_"):
            return real

        def call(*args: Any) -> Any:
            self.calls += 1
            fails = self.calls == self.at or (self.broken and self.calls > self.at)
            if fails and name == "close":  # a file is closed even where that fails
                real(*args)
            if fails:
                self.what()
            if name == "link" and not self.links:
                raise OSError(errno.EPERM, "no")
            return real(*args)

        return call


def save(folder: Path) -> Callable[[], Saved]:
    (folder / NAME).write_bytes(OLD_BYTES)
    file = SessionFile.open(folder / NAME)
    return lambda: file.save(NEW, NOW)


def save_what_is_gone(folder: Path) -> Callable[[], Saved]:
    run = save(folder)
    (folder / NAME).unlink()
    return run


def save_by_hand(folder: Path) -> Callable[[], Saved]:
    (folder / NAME).write_bytes(BY_HAND)
    file = SessionFile.open(folder / NAME)
    return lambda: file.save(NEW, NOW)


def save_a_conflict_copy(folder: Path) -> Callable[[], Saved]:
    run = save(folder)
    (folder / NAME).write_bytes(THEIRS)
    return run


def create(folder: Path) -> Callable[[], Saved]:
    return lambda: Saved(SessionFile.create(folder / NAME, NEW).path)


PREPARED = (save, save_what_is_gone, save_by_hand, save_a_conflict_copy, create)
WHOLE = {
    "save": ({NAME: OLD_BYTES}, {NAME: NEW_BYTES}),
    "save_what_is_gone": ({}, {NAME: NEW_BYTES}),
    "save_by_hand": ({NAME: BY_HAND}, {NAME: NEW_BYTES}),
    "save_a_conflict_copy": ({NAME: THEIRS}, {NAME: THEIRS, COPY: NEW_BYTES}),
    "create": ({}, {NAME: NEW_BYTES}),
}
"""What stands in the folder before each of them, and after it."""


def held(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds once temporary files that a crash left there are swept."""
    durable.sweep(folder, time.time() + 7_200)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def kept() -> list[bytes]:
    found = [path for path in places.history_folder().rglob("*") if path.is_file()]
    return [path.read_bytes() for path in found if not path.name.startswith(durable.PREFIX)]


@pytest.mark.parametrize("prepared", PREPARED)
@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("links", [True, False])
def test_whichever_call_fails_the_file_is_whole_and_nothing_is_claimed(
    prepared: Callable[[Path], Callable[[], Saved]],
    broken: bool,
    links: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = WHOLE[prepared.__name__]
    at, reached = 0, True
    while reached:
        at, reached = at + 1, False
        for code in (errno.ENOSPC, errno.EIO, errno.EACCES):
            folder = tmp_path / f"{at} {code}"
            folder.mkdir()
            shutil.rmtree(places.state_folder(), ignore_errors=True)
            run = prepared(folder)

            def fail(code: int = code) -> None:
                raise OSError(code, os.strerror(code))

            disk = Disk(at, fail, broken=broken, links=links)
            with monkeypatch.context() as patch:
                patch.setattr(durable, "system", disk)
                try:
                    saved = run().path
                except NotSavedError:
                    saved = None
            reached |= disk.calls >= at
            there = held(folder)
            if broken and not links:
                # without hard links a name is claimed by an empty file, and now that cannot be removed
                there = {name: data for name, data in there.items() if data}
            assert there in ((after,) if saved else (before, after)), (at, code)
            if prepared is save_by_hand and there == after:
                assert BY_HAND in kept()
            if saved or prepared is create:
                continue
            # the disk is well again: the next try succeeds, and our own half-done work is no conflict
            saved = run().path
            there = held(folder)
            if broken and prepared in (save_a_conflict_copy, save_what_is_gone):
                # what could not be removed of the first try is in the way, and stays
                assert there.pop(saved.name) == NEW_BYTES
                assert before.items() <= there.items()
                assert set(there.values()) <= {b"", THEIRS, NEW_BYTES}
            else:
                assert there == after, (at, code)
    assert at > 10


DIE = (
    "from tests.store.test_faults import die_everywhere\nfrom pathlib import Path\ndie_everywhere(Path({!r}))"
)


def die_everywhere(base: Path) -> None:
    """Run each kind of save again and again, each time in a process that ends at the next call."""
    for prepared in PREPARED:
        at, status = 0, 9
        while status:
            at += 1
            folder = base / f"{prepared.__name__} {at}"
            folder.mkdir()
            run = prepared(folder)
            if (child := os.fork()) == 0:
                durable.system = Disk(at, lambda: os._exit(9))
                run()
                os._exit(0)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_whichever_call_is_the_last_the_file_is_whole(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", DIE.format(str(base))], cwd=root, check=False)
    assert done.returncode == 0
    folders = sorted(base.iterdir())
    assert len(folders) > 50
    for folder in folders:
        before, after = WHOLE[folder.name.split()[0]]
        there = held(folder)
        assert there in (before, after), folder.name
        if there == after and NAME in after and folder.name.startswith("save_by_hand"):
            assert BY_HAND in kept()
