import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

import pytest

from promote_tui.session.edits import choose
from promote_tui.session.model import Session
from promote_tui.store import saver as saver_module
from promote_tui.store.durable import NotSavedError
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
