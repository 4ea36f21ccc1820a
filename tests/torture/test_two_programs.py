"""Two programs, or eight, on one file: no version is overwritten unseen."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from promote_tui.session.edits import choose
from promote_tui.store import durable, places
from promote_tui.store.library import Library
from promote_tui.store.recovery import Slots
from promote_tui.store.session_file import SessionFile
from promote_tui.store.session_lock import SessionLock
from promote_tui.store.versions import Versions
from tests.torture import saves
from tests.torture.faults import at_work, session_in, texts

WRITERS = 8
ROOT = Path(__file__).parent.parent.parent


class Writer:
    """``writers.py`` running."""

    def __init__(self, name: str, edits: int) -> None:
        words = [sys.executable, "-m", "tests.torture.writers", name, str(edits)]
        self.program = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )

    def tell(self, what: object) -> None:
        """Send a line."""
        assert self.program.stdin is not None
        self.program.stdin.write(json.dumps(what) + "\n")
        self.program.stdin.flush()

    def answer(self) -> list[str]:
        """Wait for the answer."""
        assert self.program.stdout is not None
        answer = json.loads(self.program.stdout.readline())
        assert isinstance(answer, list)
        return answer


@contextmanager
def writers(edits: int) -> Iterator[list[Writer]]:
    """Run the writers for as long as the block lasts."""
    with ExitStack() as stack:
        out = []
        for number in range(WRITERS):
            writer = Writer(f"w{number}", edits)
            stack.callback(writer.program.communicate)
            out.append(writer)
        yield out


@pytest.mark.parametrize("rounds", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_eight_writers_without_a_lock_lose_nothing(
    tmp_path: Path, rounds: int, record_testsuite_property: Callable[[str, object], None]
) -> None:
    places.state_folder().mkdir(parents=True)
    places.locks_folder().write_text("in the way")
    lost, edits, copies = [], 0, 0
    with writers(3) as eight:
        for number in range(rounds):
            library = tmp_path / f"library {number}"
            library.mkdir()
            path = library / "a.toml"
            SessionFile.create(path, saves.version(1))

            def everyone(what: object) -> list[str]:
                for writer in eight:
                    writer.tell(what)
                return [item for writer in eight for item in writer.answer()]

            everyone(str(path))
            told = everyone("edit")
            everyone("look")
            edits += len(told)
            copies += len(list(library.glob("*.toml"))) - 1
            lost += sorted({*told, "Story 0"} - texts(library))
            assert [card.problem for card in Library(library).cards() if card.problem] == []
    record_testsuite_property("written", f"{edits} edits saved, {copies} conflict copies, {len(lost)} lost")
    assert lost == [], f"{len(lost)} of {edits} lost"
    assert edits >= rounds * WRITERS, "most edits are saved"
    assert copies >= rounds, "there was a race in each round"


class Meanwhile(durable.System):
    """A system in which something happens while the first bytes are on their way to the disk."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._happening = [happens]

    def fsync(self, descriptor: int) -> None:
        super().fsync(descriptor)
        if self._happening:
            self._happening.pop()()


def test_who_saves_and_leaves_while_another_saves_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.toml"
    SessionFile.create(path, saves.version(1))
    ours, theirs = SessionFile.open(path), SessionFile.open(path)
    changed = choose.add_line(saves.version(1), "c: Theirs")

    def they_save_and_leave() -> None:
        theirs.save(changed, saves.NOW)
        theirs.recheck(changed, saves.NOW)

    monkeypatch.setattr(durable, "system", Meanwhile(they_save_and_leave))
    ours.save(saves.version(2), saves.NOW)
    ours.recheck(saves.version(2), saves.NOW)
    assert texts(tmp_path) == {"Story 0", "Story 1", "Theirs"}


def test_two_programs_on_one_session_keep_what_each_was_told(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    path = library / "a.toml"
    SessionFile.create(path, saves.version(1))
    programs = [at_work(path) for _ in range(2)]
    told = {"Story 0"}
    for number in range(3):
        for name, program in enumerate(programs):
            if "for reading only" in "".join(program.screen.display):
                continue  # the other one has it
            item = f"Of {name} time {number}"
            program.types(f"p: {item}\r")
            program.sees(" saved ", f"PATIENT {item}")
            told.add(item)
            assert told <= texts(library)
    for program in programs:
        program.types("\x11")
        assert program.leaves() == 0
    assert texts(library) == told
    assert len(told) > 3


HOLDS = """
import sys
from pathlib import Path
from promote_tui.store.session_lock import SessionLock
lock = SessionLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


def test_a_lock_that_is_stale_or_foreign_or_gone_stands_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    file = SessionFile.create(path, saves.version(1))
    lock = places.lock_file("session", path)

    def held() -> subprocess.Popen[str]:
        words = [sys.executable, "-c", HOLDS, str(path)]
        program = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        assert program.stdout.readline() == "True\n"
        return program

    def stale() -> None:
        program = held()
        assert not SessionLock(path).take(), "another program has it open"
        program.kill()
        program.communicate()

    def foreign() -> None:
        lock.write_bytes(b"\xff\x00 pid 1\n")

    def a_folder() -> None:
        lock.unlink(missing_ok=True)
        lock.mkdir()

    def gone() -> None:
        lock.rmdir()

    def a_link() -> None:
        lock.unlink()
        lock.symlink_to(tmp_path / "nowhere" / "else")

    def no_folder() -> None:
        shutil.rmtree(lock.parent)
        lock.parent.write_text("in the way")

    for number, happens in enumerate((stale, foreign, a_folder, gone, a_link, no_folder), 2):
        happens()
        mine = SessionLock(path)
        assert mine.take(), happens.__name__
        assert file.save(saves.version(number), saves.NOW).path == path
        mine.release()
        assert session_in(path) == saves.version(number)


def test_a_clock_put_back_a_year_loses_no_version_and_no_order(tmp_path: Path) -> None:
    path, back = tmp_path / "library" / "a.toml", saves.NOW - timedelta(days=365)
    path.parent.mkdir()
    file = SessionFile.create(path, saves.version(1))
    versions, slots = Versions(saves.ID), Slots(saves.ID)
    for number, now in enumerate((saves.NOW, back, back, back + timedelta(hours=1)), 1):
        session = saves.version(number)
        # others change the file again and again, at the same second too
        path.write_bytes(saves.theirs())
        file.path = path
        saved = file.save(session, now)
        assert f"{now:%Y-%m-%d %H%M%S}" in saved.path.name
        assert versions.keep(saved.path.read_bytes(), now, revision=session.revision)
        slots.write(session, (), file.known_hash, saved.path, now)
        versions.thin(now)
        newest = slots.newest()
        assert newest is not None
        assert newest.session == session
    assert len(list(path.parent.glob("*conflict*"))) == 4
    assert texts(path.parent) == {"Story 0", "Story 1", "Story 2", "Story 3", "Theirs"}
    kept = [versions.read(version).session for version in versions.all()]
    assert kept == [saves.version(number) for number in (4, 3, 2, 1)], "newest first, whatever the clock says"
    assert Slots(saves.ID).newest() == newest
