"""A disk that fails never stops the typing: it is said in words, and once it is well again all is saved."""

import os
import resource
import stat
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from promote_tui.store import places
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library
from promote_tui.store.recovery import Slots
from promote_tui.store.session_file import SessionFile
from tests.torture import saves
from tests.torture.faults import (
    at_work,
    disk,
    files,
    fill,
    needs_strace,
    remount,
    session_in,
    straced,
    system,
    system_refuses,
    texts,
    until,
)
from tests.ui.test_terminal import Terminal

FULL = "what the room sees when the disk fails under it, and that all is saved once it is well again"


def a_session(library: Path) -> Path:
    """Write a session with one story into a folder."""
    path = library / "a.toml"
    SessionFile.create(path, saves.version(1))
    return path


def limited(program: Terminal, what: int, most: int) -> Callable[[], None]:
    """Limit a running program; return what lifts the limit again."""
    before = resource.prlimit(program.process, what)
    resource.prlimit(program.process, what, (most, before[1]))

    def heal() -> None:
        resource.prlimit(program.process, what, before)

    return heal


def out_of_files(program: Terminal) -> Callable[[], None]:
    used = {int(name) for name in os.listdir(f"/proc/{program.process}/fd")}  # noqa: PTH208
    return limited(program, resource.RLIMIT_NOFILE, min(set(range(len(used) + 1)) - used))


def full(library: Path) -> Callable[[], None]:
    fill(library.parent)
    return (library.parent / "filler").unlink


def reading_only(library: Path) -> Callable[[], None]:
    remount(library.parent, "ro")
    return lambda: remount(library.parent, "rw")


def gone(library: Path) -> Callable[[], None]:
    library.rename(library.with_name("elsewhere"))

    def heal() -> None:
        library.with_name("elsewhere").rename(library)

    return heal


def answering(error: str) -> Callable[[Terminal, Path], Callable[[], None]]:
    """Return what has the disk answer every flush with an error, as a quota does."""

    def break_(program: Terminal, library: Path) -> Callable[[], None]:
        stack = ExitStack()
        inject = ("-e", "trace=fsync", "-e", f"inject=fsync:error={error}")
        stack.enter_context(straced(program.process, "-o", os.devnull, *inject))
        return stack.close

    return break_


def immutable(library: Path) -> Callable[[], None]:
    system("chattr", "+i", str(library))
    return lambda: system("chattr", "-i", str(library))


FAULTS: list[tuple[str, Callable[[Terminal, Path], Callable[[], None]]]] = [
    ("the disk is full", lambda _, library: full(library)),
    ("too many files are open", lambda program, _: out_of_files(program)),
    ("larger than this account may write", lambda program, _: limited(program, resource.RLIMIT_FSIZE, 64)),
    ("the folder is for reading only", lambda _, library: reading_only(library)),
    ("the folder is no longer there", lambda _, library: gone(library)),
    ("this account may not write there", lambda _, library: immutable(library)),
    ("your share of the disk is full", answering("EDQUOT")),
    ("the disk reports a fault", answering("EIO")),
]


@pytest.mark.parametrize("patient", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_typing_goes_on_while_the_disk_fails(tmp_path: Path, patient: bool) -> None:
    needs_strace(FULL)
    with disk(tmp_path / "disk", FULL) as place:
        library = place / "library"
        library.mkdir(mode=0o700)
        program = at_work(a_session(library))
        told = {"Story 0"}
        for number, (words, break_) in enumerate(FAULTS):
            heal = break_(program, library)
            program.types(f"s: During {number}\r")
            # half a line more, while the fault lasts
            program.types(f"s: After {number}")
            program.sees(
                "NOT SAVED", words, "It is tried again by itself.", f"During {number}", f"s: After {number}"
            )
            heal()
            assert texts(library) == told, words
            told |= {f"During {number}"}
            if patient:  # the saver tries again without a key
                program.sees(" saved ", f"s: After {number}")
                assert texts(library) == told
            program.types("\r")
            program.sees(" saved ", f"STAFF After {number}")
            told |= {f"After {number}"}
            assert texts(library) == told, words
        assert [one.name for one in files(library)] == ["a.toml"]
        program.types("\x11")
        assert program.leaves() == 0


def test_keys_are_answered_while_the_disk_takes_seconds(tmp_path: Path) -> None:
    needs_strace("that a disk which takes three seconds does not hold up the keys")
    library = tmp_path / "library"
    library.mkdir()
    program = at_work(a_session(library))
    slow = ("-o", os.devnull, "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=3s:when=1")
    with straced(program.process, *slow):
        program.types("s: Slow\r")
        program.sees("saving…", "Slow")
        longest = 0.0
        typed = "s: "
        program.types(typed)
        for character in "abcdefgh":
            typed += character
            before = time.perf_counter()
            program.types(character)
            picture = program.sees(typed)
            longest = max(longest, time.perf_counter() - before)
            assert "saving…" in picture, "the disk answered before the key did"
        program.sees(" saved ")
    assert longest < 2.0
    assert texts(library) == {"Story 0", "Slow"}
    program.kill()


def test_where_nothing_can_be_kept_beside_the_file_the_room_works_on(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    program = at_work(a_session(library))
    state, slots = places.state_folder(), Slots(saves.ID)
    program.types("s: half")
    until(lambda: (slot := slots.newest()) and "half" in slot.typed[0].text, "the half-typed line")
    state.rename(state.with_name("elsewhere"))
    state.write_text("in the way")
    program.types(" of it\r")
    program.sees("STAFF half of it", " saved ")
    program.types("s: more")
    program.sees("s: more")
    assert texts(library) == {"Story 0", "half of it"}
    state.unlink()
    state.with_name("elsewhere").rename(state)
    program.types(" still")
    until(lambda: (slot := slots.newest()) and "more still" in slot.typed[0].text, "the half-typed line")
    program.kill()


HOSTILE = [
    " a b ",
    "new\nline",
    "tea \U0001f375 cup",
    "n" * 200,
    "-rf",
    "~",
    "$HOME",
    "'\"",
    "\x1b[2J",
    "%s{0}[b]",
]


def test_a_hostile_library_path_holds_sessions_like_any_other(tmp_path: Path) -> None:
    for name in HOSTILE:
        library = Library(tmp_path / "libraries" / name)
        file = library.add(saves.version(1))
        assert file.save(saves.version(2), saves.NOW).note == ""
        assert file.path.parent == tmp_path / "libraries" / name
        assert session_in(file.path) == saves.version(2)
        assert [card.problem for card in library.cards()] == [""]
        assert [one.name for one in files(library.folder)] == [file.path.name]


def test_the_program_works_in_a_hostile_place_and_keeps_to_its_own_folders(
    tmp_path: Path, own_home: Path
) -> None:
    library = tmp_path / "a b\n\U0001f375 [b]\x1b[31m" / ("n" * 200)
    for folder in (tmp_path, own_home):
        folder.chmod(0o700)
    before = os.umask(0)
    try:
        program = Terminal(library)
        program.sees("does not exist")
        program.types("y\r")
        program.sees("No sessions yet")
        program.types("n")
        program.sees("Title ›")
        program.types("Waking up\r")
        program.sees("Team ›")
        program.types("\r")
        program.sees("In the room ›")
        program.types("\r")
        program.sees("1 CHOOSE")
        program.types("p: Too early\r")
        program.sees("Too early", " saved ")
        program.types("\x11")
        assert program.leaves() == 0
    finally:
        os.umask(before)
    assert texts(library) == {"Too early"}
    assert b"[31m\n" not in program.sent
    ours = (library, own_home / "state", own_home / "cache" / "promote")
    for path in sorted(tmp_path.rglob("*")):
        assert path.is_relative_to(library) or path in library.parents or path.is_relative_to(own_home), path
        if path.is_file():
            assert any(path.is_relative_to(folder) for folder in ours), path
        allowed = 0o600 if path.is_file() else 0o700
        if path not in (own_home, tmp_path):
            assert stat.S_IMODE(path.stat().st_mode) & ~allowed == 0, path


def test_what_stands_in_the_place_of_the_file_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(saves.theirs())

    def link(path: Path) -> None:
        path.unlink()
        path.symlink_to(target)

    def folder(path: Path) -> None:
        path.unlink()
        path.mkdir()

    def pipe(path: Path) -> None:
        path.unlink()
        os.mkfifo(path)

    def locked(path: Path) -> None:
        if system_refuses("chattr", "+i", str(path)):
            path.chmod(0o400)

    for number, change in enumerate((link, folder, pipe, locked)):
        library = tmp_path / str(number)
        library.mkdir()
        path = a_session(library)
        file = SessionFile.open(path)
        change(path)
        kind, held = path.lstat().st_mode, path.read_bytes() if path.is_file() else b""
        try:
            where, said = file.save(saves.version(2), saves.NOW), ""
        except NotSavedError as error:
            where, said = None, str(error)
        finally:
            system_refuses("chattr", "-i", str(path))
        assert path.lstat().st_mode == kind
        assert held == (path.read_bytes() if path.is_file() else b"")
        if where is None:
            assert path.name in said
        else:
            assert session_in(where.path) == saves.version(2)
            assert where.path != path
            assert path.name in where.note
    assert target.read_bytes() == saves.theirs()


def test_a_real_quota(tmp_path: Path) -> None:
    pytest.skip(
        "NOT PROVEN HERE: a real quota (no file system with one can be made; EDQUOT is injected above)"
    )
