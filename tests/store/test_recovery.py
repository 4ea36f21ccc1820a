import errno
import itertools
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from promote_tui.session.edits import choose
from promote_tui.session.edits.details import stamped
from promote_tui.session.model import Session
from promote_tui.store import durable, places, recovery, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.recovery import Recorder, Slot, Slots, Typed, left_over
from promote_tui.store.session_file import SessionFile

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
BASE, FILE = "ab" * 32, Path("a.toml")
TRIES = int(os.environ.get("PROMOTE_KILL_TRIES", "10"))
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")
WRITES_IN_A_LOOP = """
import itertools, sys
from datetime import UTC, datetime
from pathlib import Path
from promote_tui.session.model import new_session
from promote_tui.store.recovery import Slots, Typed
now = datetime(2026, 11, 23, tzinfo=UTC)
session = new_session(id=sys.argv[1], title="Waking up", now=now, today=now.date())
slots = Slots(session.id, Path(sys.argv[2]))
for number in itertools.count(1):
    slots.write(session, (Typed("map", f"{number} " * (number % 7) * 999 + str(number)),), "", Path("a"), now)
    print(number, flush=True)
"""


def write(slots: Slots, session: Session, *texts: str) -> None:
    for text in texts:
        slots.write(session, (Typed("map", text),), BASE, FILE, NOW)


def texts(slot: Slot | None) -> str:
    return "" if slot is None else " ".join(line.text for line in slot.typed)


def place(session: Session) -> Path:
    return places.recovery_folder() / session.id


def names(session: Session) -> list[str]:
    return sorted(path.name for path in place(session).iterdir())


def settled(true: Callable[[], bool]) -> bool:
    """Wait until something has become true on another thread, a few seconds at most."""
    until = time.monotonic() + 5
    while not true() and time.monotonic() < until:
        time.sleep(0.005)
    return true()


# the slots


def test_two_slots_take_turns_and_the_newest_is_found(session: Session) -> None:
    slots = Slots(session.id)
    assert slots.newest() is None
    for number, text in enumerate(["T", "Th", "The", "The lights come on", "The"], 1):
        write(slots, session, text)
        newest = Slots(session.id).newest()
        assert newest == Slot(session, (Typed("map", text),), BASE, FILE, NOW, number)
    assert names(session) == ["a", "b"]
    # a program started again goes on counting, and never writes over the newest
    again = Slots(session.id)
    write(again, session, "again")
    assert [texts(again.newest()), texts(slots.newest())] == ["again", "again"]
    assert b'"number": 5' in (place(session) / "a").read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE((place(session) / "a").stat().st_mode) == 0o600
        assert stat.S_IMODE(place(session).stat().st_mode) == 0o700


def test_a_damaged_slot_is_passed_over(session: Session) -> None:
    slots = Slots(session.id)
    write(slots, session, "one", "two")
    second = place(session) / "b"
    whole = second.read_bytes()
    for damaged in (
        b"",
        whole[:-2],
        whole[:100],
        bytes(len(whole)),
        whole.replace(b"two", b"too"),
        b"x" + whole,
    ):
        second.write_bytes(damaged)
        assert texts(Slots(session.id).newest()) == "one"
    write(Slots(session.id), session, "three")
    assert names(session) == ["a", "b"]
    assert texts(slots.newest()) == "three"
    for name in "ab":
        (place(session) / name).write_bytes(b"damaged")
    assert slots.newest() is None


def test_a_slot_that_is_not_understood_is_left_as_it_is(session: Session) -> None:
    newer = session.model_copy(update={"version": 2})
    write(Slots(session.id), newer, "of a newer program")
    before = (place(session) / "a").read_bytes()
    slots = Slots(session.id)
    assert slots.newest() is None
    write(slots, session, "one", "two", "three")
    assert texts(slots.newest()) == "three"
    assert names(session) == ["a", "b", "c"]
    slots.clear()
    assert names(session) == ["a"]
    assert (place(session) / "a").read_bytes() == before


def test_two_programs_at_one_session_never_write_over_each_other(session: Session) -> None:
    one, two = Slots(session.id), Slots(session.id)
    write(one, session, "mine 1")
    write(two, session, "yours 1")
    for number in range(2, 6):
        one.write(session, (Typed("map", f"mine {number}"),), BASE, FILE, NOW + timedelta(seconds=number))
        two.write(session, (Typed("map", f"yours {number}"),), BASE, FILE, NOW + timedelta(minutes=number))
    kept = [(place(session) / name).read_bytes() for name in names(session)]
    for text in (b"mine 5", b"mine 4", b"yours 5", b"yours 4"):
        assert [text in data for data in kept].count(True) == 1
    one.clear()
    assert [texts(two.newest()), len(names(session))] == ["yours 5", 2]


def test_slots_are_removed_when_all_is_saved(session: Session) -> None:
    slots = Slots(session.id)
    slots.clear()
    write(slots, session, "one", "two", "three")
    slots.clear()
    assert not place(session).exists()
    write(slots, session, "four")
    assert texts(slots.newest()) == "four"
    # also those that an earlier run of the program left
    Slots(session.id).clear()
    assert not place(session).exists()
    write(slots, session, "five")
    (place(session) / "notes.txt").write_bytes(b"somebody else's")
    slots.clear()
    assert names(session) == ["notes.txt"]


def test_another_session_or_a_hostile_id_has_no_slots_here(session: Session, tmp_path: Path) -> None:
    for id in ("../../x", "", session.id.replace("0", "1")):
        slots = Slots(id, tmp_path / "recovery")
        with pytest.raises(NotSavedError, match=r"^This is another session"):
            write(slots, session, "one")
        hostile = session.model_copy(update={"id": "../x"})
        with pytest.raises(NotSavedError):
            write(Slots("../x", tmp_path / "recovery"), hostile, "one")
        assert slots.newest() is None
        slots.clear()
    assert not (tmp_path / "recovery").exists()
    # a slot that lies in the folder of another session is not its own
    write(Slots(session.id), session, "one")
    shutil.copytree(place(session), places.recovery_folder() / session.id.replace("0", "1"))
    assert Slots(session.id.replace("0", "1")).newest() is None


@pytest.mark.parametrize("name", ["fsync", "open", "truncate"])
def test_a_failing_disk_costs_only_the_newest(
    session: Session, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    slots = Slots(session.id)
    write(slots, session, "one", "two")
    whole_open, real = os.open, {"fsync": os.fsync}

    def full(*args: object, **kwargs: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def full_to_write(path: Path, flags: int, mode: int = 0o777) -> int:
        return full() if flags & os.O_WRONLY else whole_open(path, flags, mode)

    with monkeypatch.context() as patch:
        if name == "truncate":
            patch.setattr(recovery, "_overwrite", full)
        else:
            patch.setattr(os, name, full if name in real else full_to_write)
        for _ in range(3):
            with pytest.raises(NotSavedError, match=r"^recovery: the disk is full\.$"):
                write(slots, session, "three")
    assert texts(Slots(session.id).newest()) in ("two", "three")
    write(slots, session, "four")
    assert texts(Slots(session.id).newest()) == "four"
    assert names(session) == ["a", "b"]


def test_what_is_no_file_is_gone_round(session: Session) -> None:
    (place(session) / "a").mkdir(parents=True)
    if sys.platform != "win32":
        os.mkfifo(place(session) / "b")
        (place(session) / "c").symlink_to(FILE)
    slots = Slots(session.id)
    write(slots, session, "one", "two", "three")
    assert texts(slots.newest()) == "three"
    slots.clear()
    assert "a" in names(session)


def test_when_every_place_is_taken_it_is_said(session: Session) -> None:
    for name in "abcdefgh":
        (place(session) / name).mkdir(parents=True)
    with pytest.raises(NotSavedError, match=r"^recovery: every place is taken by another program\.$"):
        write(Slots(session.id), session, "one")


def test_a_folder_removed_meanwhile_is_made_again(session: Session) -> None:
    slots = Slots(session.id)
    write(slots, session, "one", "two")
    shutil.rmtree(places.recovery_folder())
    for text in ("three", "four", "five"):
        with_folder = text != "three"
        write(slots, session, text)
        assert texts(Slots(session.id).newest()) == text
        assert with_folder is (len(names(session)) == 2)


@POSIX
def test_after_a_kill_the_newest_slot_is_whole_and_at_most_one_write_old(tmp_path: Path) -> None:
    chance = random.Random(333)  # noqa: S311 - moments to kill at, nothing secret
    id = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
    for number in range(TRIES):
        folder = tmp_path / str(number)
        with subprocess.Popen(
            [sys.executable, "-c", WRITES_IN_A_LOOP, id, str(folder)], stdout=subprocess.PIPE, text=True
        ) as program:
            assert program.stdout is not None
            seen = list(itertools.islice(program.stdout, chance.randint(1, 20)))
            until = time.perf_counter() + chance.random() * 0.003
            while time.perf_counter() < until:
                pass
            os.kill(program.pid, signal.SIGKILL)
            seen += program.stdout.readlines()
        said = int([line for line in seen if line.endswith("\n")][-1])
        newest = Slots(id, folder).newest()
        assert newest is not None
        assert said <= newest.number <= said + 1
        n = newest.number
        assert texts(newest) == f"{n} " * (n % 7) * 999 + str(n)


# the recorder


@pytest.fixture
def recorder(session: Session) -> Iterator[Recorder]:
    """A recorder of today's session, closed when the test is done."""
    recorder = Recorder(Slots(session.id), lambda: NOW)
    yield recorder
    recorder.close(clear=True)


def note(recorder: Recorder, session: Session, text: str) -> None:
    recorder.note(session, [Typed("map", text)], BASE, FILE)


def newest(session: Session) -> str:
    return texts(Slots(session.id).newest())


def test_the_first_note_is_written_at_once_and_the_next_ones_together(
    recorder: Recorder, session: Session
) -> None:
    note(recorder, session, "T")
    assert settled(lambda: newest(session) == "T")
    for end in range(2, 19):
        note(recorder, session, "The lights come on"[:end])
    assert settled(lambda: newest(session) == "The lights come on")
    slot = Slots(session.id).newest()
    assert slot is not None
    assert slot.number <= 5
    assert recorder.failed == ""


def test_what_was_noted_is_written_now_when_it_is_asked_for(recorder: Recorder, session: Session) -> None:
    recorder.write_now()
    assert not place(session).exists()
    for text in ("one", "two", "three"):
        note(recorder, session, text)
        recorder.write_now()
        assert newest(session) == text
    before = Slots(session.id).newest()
    recorder.write_now()
    assert Slots(session.id).newest() == before


def test_closing_keeps_or_removes(session: Session) -> None:
    for clear in (False, True):
        recorder = Recorder(Slots(session.id), lambda: NOW)
        note(recorder, session, "half a li")
        recorder.close(clear=clear)
        assert newest(session) == ("" if clear else "half a li")
        note(recorder, session, "too late")
        recorder.write_now()
        assert newest(session) == ("" if clear else "half a li")
    # one that cannot be cleared is closed all the same
    slots = Slots(session.id)
    slots.clear = lambda: 1 / 0  # type: ignore[assignment, method-assign]
    Recorder(slots, lambda: NOW).close(clear=True)


def test_a_write_that_hangs_holds_nobody_up(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "_PATIENCE", 0.05)
    slots = Slots(session.id)
    write(slots, session, "before", "before that hung")
    stuck, answer = threading.Event(), threading.Event()
    fsync = os.fsync

    def hangs(descriptor: int) -> None:
        if threading.current_thread().name == "promote-recorder":
            stuck.set()
            answer.wait(5)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", hangs)
    recorder = Recorder(slots, lambda: NOW)
    note(recorder, session, "hangs")
    assert stuck.wait(5)
    note(recorder, session, "newest")
    recorder.write_now()
    assert newest(session) == "newest"
    # neither the one that hangs nor the newest before it was written over
    assert names(session) == ["a", "b", "c"]
    assert b"before that hung" in (place(session) / "b").read_bytes()
    recorder.close(clear=True)
    answer.set()
    assert newest(session) == "newest"


@pytest.fixture
def alarm() -> Iterator[Callable[[Callable[[], object]], None]]:
    """Have something called when this program gets SIGALRM."""
    before = signal.getsignal(signal.SIGALRM)

    def have_called(call: Callable[[], object]) -> None:
        signal.signal(signal.SIGALRM, lambda *_: call())

    yield have_called
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@POSIX
def test_a_signal_at_any_moment_of_a_note_keeps_the_newest(
    recorder: Recorder, session: Session, alarm: Callable[[Callable[[], object]], None]
) -> None:
    chance = random.Random(333)  # noqa: S311 - moments to come at, nothing secret
    handled: list[str] = []

    def handle() -> None:
        note(recorder, session, f"signal {len(handled)}")
        recorder.write_now()
        handled.append(newest(session))
        signal.setitimer(signal.ITIMER_REAL, 0.0005 + chance.random() / 500)

    alarm(handle)
    signal.setitimer(signal.ITIMER_REAL, 0.001)
    until = time.monotonic() + 10
    while len(handled) < 40 and time.monotonic() < until:
        note(recorder, session, "typed")
    assert len(handled) >= 40
    assert handled == [f"signal {number}" for number in range(len(handled))]


@POSIX
def test_a_signal_while_this_thread_writes_keeps_the_newest(
    recorder: Recorder,
    session: Session,
    alarm: Callable[[Callable[[], object]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recovery, "_PATIENCE", 0.05)
    fsync = os.fsync
    seen: list[str] = []

    def interrupted(descriptor: int) -> None:
        if not seen and threading.current_thread() is threading.main_thread():
            seen.append("")
            signal.raise_signal(signal.SIGALRM)
        fsync(descriptor)

    def handle() -> None:
        note(recorder, session, "signal")
        recorder.write_now()
        seen.append(newest(session))

    alarm(handle)
    monkeypatch.setattr(os, "fsync", interrupted)
    with recorder._writing:  # so that this thread is the one that writes
        note(recorder, session, "typed")
        recorder.write_now()
    assert seen == ["", "signal"]
    assert newest(session) == "signal"


def test_a_failing_disk_is_remembered_and_tried_again(
    recorder: Recorder, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "_EVERY", 0.01)
    monkeypatch.setattr(recovery, "_RETRY", 0.01)
    faults: list[Exception] = [NotSavedError("recovery: the disk is full."), RecursionError("secret")]
    sentences = ["recovery: the disk is full.", "recovery: not kept (RecursionError)."]
    for fault, sentence in zip(faults, sentences, strict=True):

        def fail(*args: object, fault: Exception = fault) -> None:
            raise fault

        with monkeypatch.context() as patch:
            patch.setattr(recorder._slots, "write", fail)
            note(recorder, session, sentence)
            assert settled(lambda sentence=sentence: recorder.failed == sentence)  # type: ignore[misc]
        assert settled(lambda: recorder.failed == "")
        assert newest(session) == sentence


# what is left over


def test_what_is_in_no_file_is_left_over(session: Session, tmp_path: Path) -> None:
    assert left_over(NOW) == []
    folder = tmp_path / "sessions"
    folder.mkdir()
    later = stamped(choose.add_line(session, "p: The lights come on"), NOW)
    table = [
        ("saved", later, later, "", False), ("half typed", later, later, "The li", True),
        ("older in the file", session, later, "", True), ("newer in the file", later, session, "", False),
        ("file gone", None, session, "", True), ("no such name", None, session, "", True),
    ]  # fmt: skip
    expected = []
    for number, (name, in_file, in_slot, typed, left) in enumerate(table):
        id = {"id": f"{number}{session.id[1:]}"}
        path = folder / ("\0" if name == "no such name" else f"{number}.toml")
        if in_file:
            SessionFile.create(path, in_file.model_copy(update=id))
        lines = [Typed("map", typed)] if typed else []
        own = in_slot.model_copy(update=id)
        Slots(own.id).write(own, lines, BASE, path, NOW + timedelta(minutes=number))
        if left:
            expected.append(own.id)
    later_than_all = NOW + timedelta(days=1)
    assert [slot.session.id for slot in left_over(later_than_all)] == expected[::-1]
    # one dated after now, by a clock put back since, does not stand above the others of today
    shutil.copytree(places.recovery_folder(), tmp_path / "back")
    assert {slot.session.id for slot in left_over(NOW, tmp_path / "back")} == set(expected)
    # what is damaged or not ours is passed over
    (places.recovery_folder() / expected[0] / "a").write_bytes(b"damaged")
    (places.recovery_folder() / "notes").mkdir()
    (places.recovery_folder() / "notes.txt").write_bytes(b"not ours")
    assert [slot.session.id for slot in left_over(later_than_all)] == expected[:0:-1]


def test_typed_text_is_kept_as_it_would_be_in_a_file(session: Session) -> None:
    write(Slots(session.id), session, "\ud800 one\x1b[31m\r\ntwo")
    assert newest(session) == "\ufffd one\ufffd[31m\ntwo"
    assert toml_text.read((place(session) / "a").read_bytes()).session == session
    assert durable.PREFIX not in "".join(names(session))
