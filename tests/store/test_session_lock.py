import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from promote_tui.store import places
from promote_tui.store.session_lock import SessionLock

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")
HOLDS = """
import sys
from pathlib import Path
from promote_tui.store.session_lock import SessionLock
lock = SessionLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A session file."""
    path = tmp_path / "waking-up.toml"
    path.write_text("a session")
    return path


@contextmanager
def another_program(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run another program that takes the lock and keeps it until it ends."""
    command = [sys.executable, "-c", HOLDS, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "True\n"
        try:
            yield program
        finally:
            program.kill()


def test_what_another_program_holds_is_not_free_until_it_ends_however_it_ends(path: Path) -> None:
    lock = SessionLock(path)
    assert lock.is_free()
    with another_program(path) as program:
        assert not lock.is_free()
        assert not lock.take()
        lock.release()  # not ours to release
        assert not lock.is_free()
        program.kill()
        program.wait()
        assert lock.is_free()
        assert places.lock_file("session", path).exists()  # left over, and no harm
        assert lock.take()
        assert lock.take()
    assert not lock.is_free()
    assert not SessionLock(path).take()  # another window of the same program
    lock.release()
    assert SessionLock(path).is_free()
    assert path.read_text() == "a session"


@POSIX
def test_a_program_that_stands_still_holds_its_lock(path: Path) -> None:
    with another_program(path) as program:
        os.kill(program.pid, signal.SIGSTOP)
        assert not SessionLock(path).take()
        os.kill(program.pid, signal.SIGCONT)


@POSIX
def test_a_file_has_one_lock_under_all_its_names(path: Path, tmp_path: Path) -> None:
    lock = SessionLock(path)
    assert lock.take()
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "link.toml").symlink_to(path)
    for name in (tmp_path / "link" / path.name, tmp_path / "link.toml", tmp_path / "home" / ".." / path.name):
        assert not SessionLock(name).is_free()
    assert SessionLock(tmp_path / "other.toml").take()
    lock.release()


def test_a_lock_taken_on_one_thread_is_released_on_another(path: Path) -> None:
    lock = SessionLock(path)
    taken: list[bool] = []
    taking = Thread(target=lambda: taken.append(lock.take()))
    taking.start()
    taking.join()
    assert taken == [True]
    lock.release()
    assert SessionLock(path).take()


def test_a_lock_file_with_anything_in_it_is_a_lock_file(path: Path) -> None:
    file = places.lock_file("session", path)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"99999 of another program\n\0\xff")
    lock = SessionLock(path)
    assert lock.is_free()
    assert lock.take()
    lock.release()


@POSIX
def test_a_lock_file_that_is_removed_does_no_harm(path: Path) -> None:
    first, second = SessionLock(path), SessionLock(path)
    assert first.take()
    places.lock_file("session", path).unlink()
    assert second.is_free()
    assert (
        second.take()
    )  # only a word to others: what guards the file is that no version is overwritten unseen
    first.release()
    second.release()
    assert SessionLock(path).is_free()


@POSIX
def test_where_locks_cannot_be_had_they_count_as_taken(path: Path, tmp_path: Path) -> None:
    places.state_folder().parent.mkdir(parents=True)
    places.state_folder().write_text("a file in the way")
    for _ in range(2):
        lock = SessionLock(path)
        assert lock.is_free()
        assert lock.take()
        lock.release()
    places.state_folder().unlink()
    # a folder, or a link, where the lock file should be
    file = places.lock_file("session", path)
    file.mkdir(parents=True)
    assert SessionLock(path).take()
    assert SessionLock(path).is_free()
    file.rmdir()
    (tmp_path / "precious").write_text("words")
    file.symlink_to(tmp_path / "precious")
    lock = SessionLock(path)
    assert lock.take()
    lock.release()
    assert (tmp_path / "precious").read_text() == "words"


@POSIX
def test_the_folder_of_locks_is_for_this_account_alone_and_names_say_nothing(path: Path) -> None:
    before = os.umask(0)
    try:
        lock = SessionLock(path)
        assert lock.take()
    finally:
        os.umask(before)
    (file,) = places.locks_folder().iterdir()
    assert places.locks_folder().stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600
    assert "waking" not in file.name
    lock.release()
