import errno
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from types import SimpleNamespace

import pytest

from promote_tui.session.edits import choose
from promote_tui.session.model import Session
from promote_tui.store import saver as saver_module
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library
from promote_tui.store.saver import Saver, SaveReport
from promote_tui.store.session_file import Saved, SessionFile

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
PATIENCE = 20.0
"""Seconds after which a test gives up; nothing waits that long when all is well."""


class Disk(SessionFile):
    """A session file whose disk does as the test says."""

    def __init__(self, made: SessionFile) -> None:
        super().__init__(made.path, made.reading, known_hash=made.known_hash, _saved_here=True)
        self.answers: Queue[Exception | None] = Queue()
        self.asked: Queue[Session] = Queue()

    def save(self, session: Session, now: datetime) -> Saved:
        self.asked.put(session)
        answer = self.answers.get(timeout=PATIENCE)
        if answer:
            raise answer
        return super().save(session, now)


@pytest.fixture
def reports() -> Queue[SaveReport]:
    """What the saver said, in order."""
    return Queue()


@pytest.fixture
def disk(tmp_path: Path, session: Session) -> Disk:
    """A file on a disk that waits for the test's word."""
    return Disk(SessionFile.create(tmp_path / "waking-up.toml", session))


@pytest.fixture
def saver(disk: Disk, reports: Queue[SaveReport]) -> Iterator[Saver]:
    """A saver of that file."""
    saver = Saver(disk, lambda: NOW, reports.put)
    yield saver
    saver.close()
    for _ in range(2):
        disk.answers.put(None)
    saver._thread.join(PATIENCE)
    assert not saver._thread.is_alive()


@pytest.fixture
def versions(session: Session) -> list[Session]:
    """Versions of a session, each with one more story."""
    out = [session]
    for number in range(5):
        out.append(choose.add_line(out[-1], f"p: Story {number}"))
    return out[1:]


def on_disk(disk: Disk) -> Session | None:
    return SessionFile.open(disk.path).reading.session


def test_a_version_is_saved_and_reported(
    saver: Saver, disk: Disk, reports: Queue[SaveReport], versions: list[Session]
) -> None:
    disk.answers.put(None)
    saver.save(versions[0])
    assert saver.settle(PATIENCE) == ""
    report = reports.get(timeout=PATIENCE)
    assert report == SaveReport(versions[0], Saved(disk.path), room_left=report.room_left)
    assert on_disk(disk) == versions[0]


def test_nothing_to_save_is_settled_at_once(saver: Saver) -> None:
    assert saver.settle(0) == ""


def test_while_the_disk_is_busy_only_the_newest_version_waits(
    saver: Saver, disk: Disk, reports: Queue[SaveReport], versions: list[Session]
) -> None:
    saver.save(versions[0])
    disk.asked.get(timeout=PATIENCE)
    for version in versions[1:]:
        saver.save(version)
    assert saver.settle(0) == "The disk has not answered yet."
    disk.answers.put(None)
    disk.answers.put(None)
    assert saver.settle(PATIENCE) == ""
    saved = [reports.get(timeout=PATIENCE).session for _ in range(2)]
    assert saved == [versions[0], versions[-1]]
    assert reports.empty()
    assert on_disk(disk) == versions[-1]


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (NotSavedError("a.toml: the disk is full."), "a.toml: the disk is full."),
        (ZeroDivisionError("private words"), "The session could not be saved (ZeroDivisionError)."),
    ],
)
def test_a_failed_save_is_said_and_tried_again_by_itself(
    saver: Saver,
    disk: Disk,
    reports: Queue[SaveReport],
    versions: list[Session],
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
    sentence: str,
) -> None:
    monkeypatch.setattr(saver_module, "RETRY_SECONDS", 0.001)
    disk.answers.put(trouble)
    saver.save(versions[0])
    report = reports.get(timeout=PATIENCE)
    assert (report.session, report.saved, report.failed) == (versions[0], None, sentence)
    assert saver.settle(PATIENCE) == sentence
    disk.answers.put(trouble)
    assert reports.get(timeout=PATIENCE).failed == sentence
    disk.answers.put(None)
    assert reports.get(timeout=PATIENCE).saved == Saved(disk.path)
    assert saver.settle(PATIENCE) == ""
    assert on_disk(disk) == versions[0]


def test_a_newer_version_takes_the_place_of_one_that_failed(
    saver: Saver, disk: Disk, reports: Queue[SaveReport], versions: list[Session]
) -> None:
    disk.answers.put(NotSavedError("no"))
    saver.save(versions[0])
    assert reports.get(timeout=PATIENCE).failed == "no"
    disk.answers.put(None)
    saver.save(versions[1])  # at once, long before the failed one would be tried again
    assert saver.settle(PATIENCE) == ""
    assert reports.get(timeout=PATIENCE).session == versions[1]


def test_a_version_that_waits_while_another_fails_is_tried_at_once(
    saver: Saver, disk: Disk, reports: Queue[SaveReport], versions: list[Session]
) -> None:
    saver.save(versions[0])
    disk.asked.get(timeout=PATIENCE)
    saver.save(versions[1])
    disk.answers.put(NotSavedError("no"))
    disk.answers.put(None)
    assert saver.settle(PATIENCE) == ""
    assert [reports.get(timeout=PATIENCE).failed for _ in range(2)] == ["no", ""]
    assert on_disk(disk) == versions[1]


def test_closing_does_not_wait_for_a_disk_that_failed(
    saver: Saver, disk: Disk, reports: Queue[SaveReport], versions: list[Session]
) -> None:
    disk.answers.put(NotSavedError("no"))
    saver.save(versions[0])
    reports.get(timeout=PATIENCE)
    saver.close()
    saver._thread.join(PATIENCE)
    assert not saver._thread.is_alive()


def test_who_cannot_take_a_report_does_not_stop_the_saving(disk: Disk, versions: list[Session]) -> None:
    told = threading.Event()

    def gone(report: SaveReport) -> None:
        told.set()
        raise RuntimeError("the screen is gone")

    saver = Saver(disk, lambda: NOW, gone)
    for version in versions[:2]:
        disk.answers.put(None)
        saver.save(version)
        assert saver.settle(PATIENCE) == ""
    assert told.wait(PATIENCE)
    assert on_disk(disk) == versions[1]
    saver.close()
    saver._thread.join(PATIENCE)


def test_the_callers_are_told_on_the_savers_own_thread(disk: Disk, versions: list[Session]) -> None:
    names: Queue[str] = Queue()
    report: Callable[[SaveReport], None] = lambda _: names.put(threading.current_thread().name)  # noqa: E731
    saver = Saver(disk, lambda: NOW, report)
    disk.answers.put(None)
    saver.save(versions[0])
    assert names.get(timeout=PATIENCE) == "promote-saver"
    saver.close()
    saver._thread.join(PATIENCE)


def test_a_look_puts_right_what_others_did_and_is_reported_like_a_save(
    saver: Saver, disk: Disk, reports: Queue[SaveReport], versions: list[Session]
) -> None:
    disk.answers.put(None)
    saver.save(versions[0])
    assert reports.get(timeout=PATIENCE).saved == Saved(disk.path)
    saver.recheck()
    assert saver.settle(PATIENCE) == ""
    assert reports.empty()  # all is well
    path = disk.path
    path.write_bytes(b"# theirs\n")
    disk.answers.put(None)
    saver.recheck()
    assert saver.settle(PATIENCE) == ""
    report = reports.get(timeout=PATIENCE)
    assert report.session == versions[0]
    assert report.saved is not None
    assert "changed by someone else. Both are kept" in report.saved.note
    assert on_disk(disk) == versions[0]
    assert path.read_bytes() == b"# theirs\n"


def test_a_look_that_fails_is_tried_again_as_a_save(
    saver: Saver, disk: Disk, reports: Queue[SaveReport], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver_module, "RETRY_SECONDS", 0.001)
    disk.path.unlink()
    disk.answers.put(NotSavedError("a.toml: the disk is full."))
    saver.recheck()
    report = reports.get(timeout=PATIENCE)
    assert (report.session, report.failed) == (session, "a.toml: the disk is full.")
    disk.answers.put(None)
    assert reports.get(timeout=PATIENCE).saved == Saved(disk.path)
    assert on_disk(disk) == session


def test_a_file_changed_before_anything_was_saved_here_is_told_once_and_left(
    disk: Disk, reports: Queue[SaveReport]
) -> None:
    before = disk.path.read_bytes()
    saver = Saver(SessionFile.open(disk.path), lambda: NOW, reports.put)
    for data, changed in ((before, None), (b"# theirs\n", True), (b"# again\n", None), (before, False)):
        disk.path.write_bytes(data)
        saver.recheck()
        assert saver.settle(PATIENCE) == ""
        if changed is None:
            assert reports.empty()
        else:
            report = reports.get(timeout=PATIENCE)
            assert (report.saved, report.failed, report.changed_elsewhere) == (None, "", changed)
        assert disk.path.read_bytes() == data
    saver.close()
    saver._thread.join(PATIENCE)


def test_a_file_with_mistakes_is_never_looked_at_nor_saved_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"title = ")
    saver = Saver(SessionFile.open(path), lambda: NOW, lambda _: None)
    saver.recheck()
    assert saver.settle(0) == ""
    assert saver.save_copy(tmp_path / "other") == "This file has mistakes in it, so it is not changed."
    assert [one.name for one in tmp_path.iterdir() if one.name != "home"] == ["a.toml"]
    saver.close()
    saver._thread.join(PATIENCE)


def test_the_newest_version_goes_on_in_another_place_though_the_disk_hangs(
    saver: Saver, disk: Disk, reports: Queue[SaveReport], versions: list[Session], tmp_path: Path
) -> None:
    saver.save(versions[0])
    disk.asked.get(timeout=PATIENCE)
    hanging = saver._thread
    saver.save(versions[1])
    assert saver.settle(0) == "The disk has not answered yet."
    other = tmp_path / "other"
    assert saver.save_copy(other) == ""
    copy = other / "2026-11-23-waking-up-on-mulberry-2.toml"
    report = reports.get(timeout=PATIENCE)
    assert report.session == versions[1]
    assert report.saved == Saved(copy, f"The session goes on as {copy.name} in {other}.")
    assert saver.settle(PATIENCE) == ""
    saver.save(versions[2])
    assert reports.get(timeout=PATIENCE).saved == Saved(copy)
    assert SessionFile.open(copy).reading.session == versions[2]
    # the old disk answers at last: nobody is told, and nothing is tried there again
    disk.answers.put(NotSavedError("gone"))
    hanging.join(PATIENCE)
    assert not hanging.is_alive()
    assert saver.settle(0) == ""
    assert reports.empty()
    saver.close()
    saver._thread.join(PATIENCE)


def test_a_version_that_came_while_the_copy_was_made_is_saved_there(
    saver: Saver,
    disk: Disk,
    reports: Queue[SaveReport],
    versions: list[Session],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saver.save(versions[0])
    disk.asked.get(timeout=PATIENCE)
    real = Library.add

    def add(library: Library, session: Session) -> SessionFile:
        saver.save(versions[1])
        return real(library, session)

    monkeypatch.setattr(Library, "add", add)
    assert saver.save_copy(tmp_path / "other") == ""
    assert saver.settle(PATIENCE) == ""
    assert SessionFile.open(saver.file.path).reading.session == versions[1]
    disk.answers.put(None)
    saver.close()
    saver._thread.join(PATIENCE)


def test_another_place_that_cannot_be_used_is_said(
    saver: Saver, disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "cannot be made" in saver.save_copy(disk.path)

    def full(*_: object) -> None:
        raise NotSavedError("a.toml: the disk is full.")

    monkeypatch.setattr(SessionFile, "create", full)
    assert saver.save_copy(tmp_path / "other") == "a.toml: the disk is full."
    assert saver.file is disk


def test_the_room_on_the_disk_is_told_and_looked_at_once_a_minute(
    saver: Saver,
    disk: Disk,
    reports: Queue[SaveReport],
    versions: list[Session],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = iter([SimpleNamespace(free=49_999_999), OSError(errno.EIO, "no")])
    looks: list[object] = []

    def usage(folder: Path) -> object:
        looks.append(folder)
        answer = next(found)
        if isinstance(answer, OSError):
            raise answer
        return answer

    monkeypatch.setattr(shutil, "disk_usage", usage)
    rooms = []
    for number, version in enumerate(versions[:3]):
        if number == 2:
            monkeypatch.setattr(saver_module, "_ROOM_SECONDS", 0.0)
        disk.answers.put(None)
        saver.save(version)
        rooms.append(reports.get(timeout=PATIENCE).room_left)
    assert rooms == [49_999_999, 49_999_999, None]
    assert looks == [disk.path.parent] * 2


def test_a_disk_that_is_nearly_full_is_said(session: Session) -> None:
    for room, words in (
        (None, ""),
        (saver_module.LOW_SPACE, ""),
        (saver_module.LOW_SPACE - 1, "The disk is nearly full: there is room for 49 MB more."),
        (0, "The disk is nearly full: there is room for 0 MB more."),
    ):
        assert SaveReport(session, None, room_left=room).nearly_full == words
