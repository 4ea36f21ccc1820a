"""Files that nobody should have to open: each ends in a session or a sentence, and none is ever harmed."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from promote_tui.session.edits import choose
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library
from promote_tui.store.seal import sealed
from promote_tui.store.session_file import CannotReadError, SessionFile

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SESSION = Session(
    format="promote-session",
    version=1,
    id="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11",
    revision=12,
    title="Tea – with “milk”",
)
WHOLE = sealed(toml_text.write(choose.add_line(SESSION, "p: The lights come on")))
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


@contextmanager
def unharmed(path: Path, data: bytes) -> Iterator[SessionFile]:
    """Open a file with these bytes; whatever is then done with it, it stays as it is, alone in its folder."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    file = SessionFile.open(path)
    yield file
    with pytest.raises(NotSavedError):
        file.save(SESSION, NOW)
    assert file.recheck(SESSION, NOW) is None
    assert not file.changed_elsewhere
    assert path.read_bytes() == data
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert len(Library(path.parent).cards()) == 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in a folder of sessions."""
    return tmp_path / "library" / "waking-up.toml"


def test_no_beginning_of_a_session_is_taken_for_the_whole(path: Path) -> None:
    revision = WHOLE.index(b"revision = 1") + len(b"revision = 1")
    # one without the very last line end lacks nothing: its seal vouches for every word
    for end in range(len(WHOLE) - 1):
        with unharmed(path, WHOLE[:end]) as file:
            assert file.read_only
            assert file.reading.seal == "missing", end
            assert file.reading.cut_short == (end >= revision), end
            assert file.reading.session is None or file.reading.cut_short


def test_a_session_filled_up_with_zeros_is_not_taken_for_one(path: Path) -> None:
    half = len(WHOLE) // 2
    for data in (
        bytes(len(WHOLE)),
        b"",
        WHOLE[:half] + bytes(len(WHOLE) - half),
        bytes(half) + WHOLE[half:],
        WHOLE[:100] + bytes(50) + WHOLE[150:],
        WHOLE + bytes(4_096),
    ):
        with unharmed(path, data) as file:
            assert file.reading.session is None


def test_a_session_with_any_byte_changed_is_kept_as_it_is_before_it_is_rewritten(path: Path) -> None:
    path.parent.mkdir()
    for place in range(len(WHOLE)):
        for change in (0x01, 0x20, 0x80):
            data = bytearray(WHOLE)
            data[place] ^= change
            path.write_bytes(data)
            file = SessionFile.open(path)
            assert file.reading.seal != "whole", (place, change)
            assert file.read_only or file.written_by_hand, (place, change)
            assert path.read_bytes() == data


def test_other_encodings_are_read_or_refused_in_words(path: Path) -> None:
    text = WHOLE.decode()
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        with unharmed(path, text.encode(encoding)) as file:
            assert file.reading.errors
            assert file.reading.session is None
    for data in (b"\xef\xbb\xbf" + WHOLE, WHOLE.replace(b"\n", b"\r\n"), text.encode("utf-8-sig")):
        path.write_bytes(data)
        file = SessionFile.open(path)
        assert (file.read_only, file.reading.seal, file.written_by_hand) == ("", "whole", False)
        assert file.reading.session == toml_text.read(WHOLE).session
    # old Mac line ends are none in TOML
    with unharmed(path, WHOLE.replace(b"\n", b"\r")) as file:
        assert file.reading.session is None


def test_bombs_end_in_a_sentence(path: Path) -> None:
    head = WHOLE.partition(b"[[")[0]
    for bomb in (
        b"a." * 50_000 + b"b = 1",
        b"[" + b"a." * 50_000 + b"b]",
        b"x = { " + b"a." * 50_000 + b"b = 1 }",
        b"x = " + b"[" * 100_000,
        b"x = " + b"[" * 100_000 + b"]" * 100_000,
        b"x = " + b"{ a = " * 10_000 + b"1" + b" }" * 10_000,
        b"[" * 100_000,
        b"x = " + b"9" * 5_000,
        b"x = 0x" + b"f" * 100_000,
        b'x = "' + b"\\" * 100_001,
        b'x = """' + b'"' * 100_000,
        b"x = 1e" + b"9" * 100_000 + b"\n" + b"y",
        b"# " + b"z" * 5_000_000,
        b"\n".join(b"[[steps]]" for _ in range(20_000)),
        b"\x1b]0;x\x07" * 1_000,
    ):
        with unharmed(path, head + bomb + b"\n") as file:
            assert file.reading.session is None, bomb[:20]
            assert file.reading.errors
            assert all("\x1b" not in problem.sentence("a.toml") for problem in file.reading.problems)


@POSIX
def test_what_is_no_file_is_told_at_once_and_left(path: Path, tmp_path: Path) -> None:
    folder = path.parent
    folder.mkdir()
    os.mkfifo(folder / "pipe.toml")
    (folder / "folder.toml").mkdir()
    (folder / "circle.toml").symlink_to("circle.toml")
    (folder / "there.toml").symlink_to("back.toml")
    (folder / "back.toml").symlink_to("there.toml")
    (folder / "nowhere.toml").symlink_to("gone.toml")
    (folder / "to-pipe.toml").symlink_to("pipe.toml")
    (folder / "to-zeros.toml").symlink_to("/dev/zero")
    (folder / "to-nothing.toml").symlink_to(os.devnull)
    (folder / "to-terminal.toml").symlink_to("/dev/tty")
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(folder)  # the name of a socket must be short
        bound.bind("socket.toml")
        os.chdir(here)
        names = sorted(one.name for one in folder.iterdir())
        for name in names:
            with pytest.raises(CannotReadError):
                SessionFile.open(folder / name)
        assert sorted(one.name for one in folder.iterdir()) == names
        cards = Library(folder).cards()
        assert (len(cards), all(card.problem for card in cards)) == (len(names), True)


@POSIX
def test_files_of_any_name_are_opened_saved_and_copied(path: Path) -> None:
    folder = path.parent
    folder.mkdir()
    new = choose.add_line(SESSION, "c: I waited")
    stems = [
        "-rf",
        "--help",
        "$(reboot)",
        "%s%n",
        "[b][@click=quit]x",
        "con",
        "a:b",
        "a'\"`",
        "a\\b",
        "~",
        "*",
    ]
    stems += [".", "waking\u00a0conflict", " ", "a ", "a\nb", "\x1b]0;x\x07", "\u202egnp"]
    hostile = [f"{stem}.toml" for stem in stems]
    hostile += ["é" * 125 + ".toml", "x" * 250 + ".toml", "waking conflict 2026-11-23 104200.toml"]
    hostile += [os.fsdecode(b"\xff\xfe.toml")]
    for name in hostile:
        place = folder / name
        place.write_bytes(WHOLE)
        file = SessionFile.open(place)
        assert file.read_only == "", name
        assert file.save(new, NOW).path == place
        place.write_bytes(b"# theirs\n")
        copy = file.save(new, NOW).path
        assert copy.parent == folder
        assert copy != place
        assert SessionFile.open(copy).reading.session == new
        assert place.read_bytes() == b"# theirs\n"
        copy.unlink()
    assert sorted(one.name for one in folder.iterdir()) == sorted(hostile)
    for name in ("x" * 400 + ".toml", "\0.toml", "a/../../x.toml", ""):
        with pytest.raises((CannotReadError, ValueError)):
            SessionFile.open(folder / name)
