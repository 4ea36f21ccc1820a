import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from promote_tui.session.edits import choose, details
from promote_tui.session.model import Session
from promote_tui.store import durable, places, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library, LibraryError
from promote_tui.store.seal import sealed
from promote_tui.store.session_file import CannotReadError, Saved, SessionFile, read_bytes

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
BY_HAND = b"""\
# written by the ward manager
format = "promote-session"
version = 1
id = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
title = "Waking up"
mood = nan
"""
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of sessions."""
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture
def file(folder: Path, session: Session) -> SessionFile:
    """A session file that is open."""
    return SessionFile.create(folder / "waking-up.toml", session)


@pytest.fixture
def by_hand(folder: Path) -> SessionFile:
    """An open file that a person wrote."""
    path = folder / "by-hand.toml"
    path.write_bytes(BY_HAND)
    return SessionFile.open(path)


@pytest.fixture
def account_bound_by_modes() -> Iterator[Path]:
    """A folder, and for as long as the test runs an account that may not do everything (root may)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65_534)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)


def told(file: SessionFile, line: str = "p: The lights come on") -> Session:
    assert file.reading.session is not None
    return choose.add_line(file.reading.session, line)


def open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir()) if sys.platform == "linux" else 0


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def read(path: Path) -> Session:
    session = toml_text.read(path.read_bytes()).session
    assert session is not None
    return session


def test_what_is_saved_is_what_is_opened_again(file: SessionFile) -> None:
    session = told(file)
    assert file.save(session, NOW) == Saved(file.path)
    again = SessionFile.open(file.path)
    assert again.reading.session == session
    assert (again.read_only, again.written_by_hand) == ("", False)


def test_a_new_session_never_takes_the_place_of_a_file(file: SessionFile, session: Session) -> None:
    with pytest.raises(FileExistsError):
        SessionFile.create(file.path, details.set_details(session, title="Another"))
    assert read(file.path) == session


def test_a_file_changed_behind_our_back_gives_a_conflict_copy_and_both_remain(
    file: SessionFile, folder: Path
) -> None:
    theirs = toml_text.write(told(file, "c: Theirs")).encode()
    file.path.write_bytes(theirs)
    ours = told(file, "p: Ours")
    saved = file.save(ours, NOW)
    assert saved.path.name == "waking-up conflict 2026-11-23 104200.toml"
    assert saved.note == (
        "waking-up.toml was changed by someone else. "
        "Both are kept: yours goes on as waking-up conflict 2026-11-23 104200.toml."
    )
    assert (folder / "waking-up.toml").read_bytes() == theirs
    assert read(saved.path) == ours
    assert file.path == saved.path
    assert file.save(ours, NOW).note == ""
    assert names(folder) == ["waking-up conflict 2026-11-23 104200.toml", "waking-up.toml"]


def test_what_others_save_while_ours_is_flushed_is_not_overwritten(
    file: SessionFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(durable.System):
        """A disk slow enough for another program to save meanwhile, or to remove the file."""

        def fsync(self, descriptor: int) -> None:
            super().fsync(descriptor)
            if theirs:
                file.path.write_bytes(theirs.pop())

    theirs = [sealed("theirs = 1\n")]
    monkeypatch.setattr(durable, "system", Slow())
    before = file.path
    assert "Both are kept" in file.save(told(file), NOW).note
    assert before.read_bytes() == sealed("theirs = 1\n")
    assert len(names(folder)) == 2


def test_a_conflict_upon_a_conflict_has_one_name_and_a_number(file: SessionFile, folder: Path) -> None:
    for place in range(3):
        file.path.write_bytes(b"# someone else\n")
        saved = file.save(told(file, f"p: Ours {place}"), NOW)
    assert saved.path.name == "waking-up conflict 2026-11-23 104200 3.toml"
    assert len(names(folder)) == 4


def test_too_many_conflict_copies_are_said(file: SessionFile, folder: Path) -> None:
    for number in ["", *(f" {number}" for number in range(2, 100))]:
        (folder / f"waking-up conflict 2026-11-23 104200{number}.toml").touch()
    file.path.write_bytes(b"# someone else\n")
    with pytest.raises(NotSavedError, match="too many copies already"):
        file.save(told(file), NOW)


@POSIX
def test_a_conflict_copy_of_a_long_name_still_has_a_name(folder: Path, session: Session) -> None:
    file = SessionFile.create(folder / ("é" * 120 + ".toml"), session)
    file.path.write_bytes(b"# someone else\n")
    saved = file.save(told(file), NOW)
    assert saved.path.name == "é" * 100 + " conflict 2026-11-23 104200.toml"


def test_a_file_removed_behind_our_back_is_written_again_and_an_emptied_one_left(file: SessionFile) -> None:
    session, path = told(file), file.path
    path.unlink()
    assert file.save(session, NOW).note == ""
    assert read(path) == session
    path.write_bytes(b"")
    assert "was changed by someone else" in file.save(session, NOW).note
    assert (path.read_bytes(), read(file.path)) == (b"", session)


def test_a_folder_removed_behind_our_back_is_said(file: SessionFile, folder: Path) -> None:
    file.path.unlink()
    folder.rmdir()
    with pytest.raises(NotSavedError, match="the folder is no longer there"):
        file.save(told(file), NOW)


@POSIX
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("link", "waking-up.toml has become a link to another place."),
        ("pipe", "waking-up.toml is not a file any more."),
        ("folder", "waking-up.toml is not a file any more."),
        ("cloud", "waking-up.toml is kept in the cloud only."),
        ("read-only", "waking-up.toml may not be written to any more."),
    ],
)
def test_what_has_taken_the_place_of_the_file_is_left_alone(
    file: SessionFile, tmp_path: Path, kind: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, session = file.path, told(file)
    if kind == "cloud":
        monkeypatch.setattr(durable, "system", CloudOnly(path))
    elif kind == "read-only":
        monkeypatch.setattr(os, "access", lambda *_: False)
    else:
        path.unlink()
        if kind == "link":
            path.symlink_to(tmp_path / "elsewhere.toml")
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.mkdir()
    before = path.lstat()
    saved = file.save(session, NOW)
    assert saved.note == f"{words} Both are kept: yours goes on as {saved.path.name}."
    assert read(saved.path) == session
    assert path.lstat().st_ino == before.st_ino
    assert not (tmp_path / "elsewhere.toml").exists()


class CloudOnly(durable.System):
    """A system that keeps one file in the cloud, as Windows tells."""

    def __init__(self, path: Path, mark: int = 0x400000) -> None:
        self.path = path
        self.mark = mark

    def lstat(self, path: Path) -> os.stat_result:
        return self._marked(path, super().lstat(path))

    def stat(self, path: Path) -> os.stat_result:
        return self._marked(path, path.stat())

    def _marked(self, path: Path, found: os.stat_result) -> os.stat_result:
        mark = self.mark if path == self.path else 0
        return SimpleNamespace(st_mode=found.st_mode, st_file_attributes=mark)  # type: ignore[return-value]


def test_a_file_kept_in_the_cloud_is_opened_for_reading_only(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    # offline, recalled when opened, recalled when read; and a mark that means nothing here
    for mark, words in ((0x1000, True), (0x40000, True), (0x400000, True), (0x20, False)):
        with monkeypatch.context() as patch:
            patch.setattr(durable, "system", CloudOnly(file.path, mark))
            assert ("come down from the cloud" in SessionFile.open(file.path).read_only) is words


def test_a_file_that_cannot_be_looked_at_is_not_written(
    file: SessionFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.path.read_bytes()

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.EIO, "no")

    for call in ("lstat", "read"):
        with monkeypatch.context() as patch:
            patch.setattr(durable.System, call, fail)
            with pytest.raises(NotSavedError, match="the disk reports a fault"):
                file.save(told(file), NOW)
    assert file.path.read_bytes() == before
    assert names(folder) == ["waking-up.toml"]


@POSIX
def test_a_save_that_failed_at_the_last_moment_is_no_conflict(
    file: SessionFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise OSError(errno.EIO, "no")

    with monkeypatch.context() as patch:
        patch.setattr(durable, "flush_folder", fail)
        for line in ("p: One", "p: Two"):
            with pytest.raises(NotSavedError, match="the disk reports a fault"):
                file.save(told(file, line), NOW)
    assert file.save(told(file, "p: Three"), NOW).note == ""
    assert names(folder) == ["waking-up.toml"]


def test_a_file_written_by_hand_is_kept_once_before_it_is_rewritten(by_hand: SessionFile) -> None:
    assert by_hand.written_by_hand
    assert by_hand.path.read_bytes() == BY_HAND
    saved = by_hand.save(told(by_hand), NOW)
    (kept,) = places.history_folder().rglob("*.toml")
    assert kept.read_bytes() == BY_HAND
    assert kept.parent.name == "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
    assert saved.note == f"The file was written by hand; as it was it is kept in {kept}."
    assert not by_hand.written_by_hand
    assert by_hand.save(told(by_hand), NOW).note == ""
    assert list(places.history_folder().rglob("*.toml")) == [kept]
    assert "mood = nan" in by_hand.path.read_text()


def test_what_was_written_by_hand_is_not_kept_twice(by_hand: SessionFile) -> None:
    by_hand.save(told(by_hand), NOW)
    (kept,) = places.history_folder().rglob("*.toml")
    by_hand.path.write_bytes(BY_HAND)
    again = SessionFile.open(by_hand.path)
    assert str(kept) in again.save(told(again), NOW).note
    assert list(places.history_folder().rglob("*.toml")) == [kept]
    kept.write_bytes(b"cut sho")
    by_hand.path.write_bytes(BY_HAND)
    again = SessionFile.open(by_hand.path)
    again.save(told(again), NOW)
    assert kept.read_bytes() == BY_HAND


def test_a_file_that_cannot_be_kept_is_not_rewritten(by_hand: SessionFile) -> None:
    places.state_folder().parent.mkdir(parents=True)
    places.state_folder().write_text("a file in the way")
    with pytest.raises(NotSavedError, match=r"^The file as it was could not be kept: "):
        by_hand.save(told(by_hand), NOW)
    assert by_hand.path.read_bytes() == BY_HAND
    places.state_folder().unlink()
    assert "written by hand" in by_hand.save(told(by_hand), NOW).note


def test_the_word_on_what_was_kept_is_said_when_the_save_succeeds(
    by_hand: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = durable.write, iter(range(10))

    def full(path: Path, data: bytes, **rest: Any) -> None:
        if next(calls) < 2 and path == by_hand.path:
            raise NotSavedError("the disk is full")
        real(path, data, **rest)

    with monkeypatch.context() as patch:
        patch.setattr(durable, "write", full)
        with pytest.raises(NotSavedError, match="the disk is full"):
            by_hand.save(told(by_hand), NOW)
    assert by_hand.path.read_bytes() == BY_HAND
    assert "written by hand" in by_hand.save(told(by_hand), NOW).note


def test_a_disk_that_is_full_for_the_history_too_is_said(
    by_hand: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, **_: object) -> None:
        raise NotSavedError(f"{path.suffix}: the disk is full.")

    monkeypatch.setattr(durable, "write", full)
    with pytest.raises(NotSavedError) as refused:
        by_hand.save(told(by_hand), NOW)
    assert str(refused.value) == "The file as it was could not be kept: .toml: the disk is full."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"title = ", "This file has mistakes in it, so it is not changed."),
        (
            BY_HAND.replace(b"version = 1", b"version = 2"),
            "A newer version of this program wrote this file, so it is opened for reading only.",
        ),
        (  # how a newer program seals is not for this one to judge
            BY_HAND.replace(b"version = 1", b"version = 2\nrevision = 3"),
            "A newer version of this program wrote this file, so it is opened for reading only.",
        ),
        (
            BY_HAND.replace(b"version = 1", b"version = 1\nrevision = 3"),
            "This file was cut short: its end is missing. It is opened for reading only, and nothing in it"
            " is changed. V shows earlier versions.",
        ),
    ],
)
def test_what_is_not_fully_understood_is_never_written(
    folder: Path, data: bytes, words: str, session: Session
) -> None:
    path = folder / "a.toml"
    path.write_bytes(data)
    file = SessionFile.open(path)
    assert file.read_only == words
    with pytest.raises(NotSavedError) as refused:
        file.save(session, NOW)
    assert str(refused.value) == words
    assert path.read_bytes() == data
    assert names(folder) == ["a.toml"]


@POSIX
def test_a_link_is_opened_for_reading_only(by_hand: SessionFile, folder: Path) -> None:
    link = folder / "link.toml"
    link.symlink_to(by_hand.path)
    file = SessionFile.open(link)
    assert file.reading.session is not None
    assert file.read_only == "This file is a link to another place, so it is opened for reading only."


@POSIX
def test_what_this_account_may_not_write_or_read_is_said(account_bound_by_modes: Path) -> None:
    path = account_bound_by_modes / "mine" / "a.toml"
    path.parent.mkdir()
    path.write_bytes(BY_HAND)
    file = SessionFile.open(path)
    file._original = None
    path.parent.chmod(0o500)
    with pytest.raises(NotSavedError) as refused:
        file.save(told(file), NOW)
    assert str(refused.value) == "a.toml: this account may not write there."
    assert "cannot be written to" in Library(path.parent).trouble()
    path.chmod(0)
    with pytest.raises(CannotReadError) as unreadable:
        SessionFile.open(path)
    assert str(unreadable.value) == "a.toml: this account may not read it."
    path.parent.chmod(0)
    assert "cannot be written to" in Library(path.parent / "inner").trouble()
    with pytest.raises(LibraryError, match="cannot be read: "):
        Library(path.parent).cards()
    path.parent.chmod(0o700)


def test_a_file_that_may_not_be_written_is_opened_for_reading_only(
    by_hand: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for refused in (by_hand.path, by_hand.path.parent):
        with monkeypatch.context() as patch:
            patch.setattr(os, "access", lambda path, _, refused=refused: path != refused)
            assert SessionFile.open(by_hand.path).read_only == (
                "This file or its folder cannot be written to, so it is opened for reading only."
            )


@POSIX
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("pipe", "a.toml is not a file."),
        ("device", "null is not a file."),
        ("folder", "a.toml is a folder, not a session file."),
        ("nothing", "There is no file "),
        ("circle", "a.toml: "),
    ],
)
def test_what_is_no_file_is_not_waited_for(folder: Path, kind: str, words: str) -> None:
    path = folder / "a.toml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path(os.devnull)
    elif kind == "folder":
        path.mkdir()
    elif kind == "circle":
        path.symlink_to(path)
    before = open_files()
    for look in (SessionFile.open, read_bytes):
        with pytest.raises(CannotReadError) as refused:
            look(path)
        assert str(refused.value).startswith(words)
    after = open_files()
    assert before == after


def test_problems_of_a_file(by_hand: SessionFile) -> None:
    assert [problem.key for problem in toml_text.read(read_bytes(by_hand.path)).problems] == ["mood"]


def test_no_more_is_read_than_a_session_may_have(folder: Path) -> None:
    path = folder / "a.toml"
    path.write_bytes(b"#" * 6_000_000)
    assert len(read_bytes(path)) == toml_text.LARGEST + 1
    assert SessionFile.open(path).reading.session is None


def test_a_session_that_is_too_large_is_not_written(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toml_text, "LARGEST", 1_000_000)
    before = file.path.read_bytes()
    session = file.reading.session
    assert session is not None
    large = session.model_copy(update={"candidates": told(file, "x" * 9_000).candidates * 120})
    with pytest.raises(NotSavedError) as refused:
        file.save(large, NOW)
    assert str(refused.value) == "The session is larger than 1 MB."
    assert file.path.read_bytes() == before


def test_a_session_that_does_not_read_back_is_not_written(file: SessionFile) -> None:
    before = file.path.read_bytes()
    twice = told(file).model_copy(update={"stories": told(file).stories * 2})
    with pytest.raises(NotSavedError, match="does not read back as it is"):
        file.save(twice, NOW)
    assert file.path.read_bytes() == before


def test_a_race_that_is_lost_while_writing_gives_a_conflict_copy(
    file: SessionFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = b"# theirs\n"
    for gone in (False, True):
        path, session, real = file.path, told(file, f"p: Gone {gone}"), durable.flush_folder
        if gone:
            path.unlink()

        def faster(folder: Path, path: Path = path, real: Any = real) -> None:
            if path.read_bytes() != theirs:
                path.write_bytes(theirs)
            real(folder)

        def claimed(source: Path, target: Path, path: Path = path) -> None:
            path.write_bytes(theirs)
            raise FileExistsError

        with monkeypatch.context() as patch:
            patch.setattr(durable, *(("claim", claimed) if gone else ("flush_folder", faster)))
            if gone:  # a conflict copy then finds no name either
                with pytest.raises(NotSavedError, match=r"was changed by someone else\. There are too many"):
                    file.save(session, NOW)
                continue
            saved = file.save(session, NOW)
        assert "waking-up.toml was changed by someone else. Both are kept" in saved.note
        assert (path.read_bytes(), read(saved.path)) == (theirs, session)


def test_a_look_puts_right_what_others_did_to_what_was_saved_here(file: SessionFile, folder: Path) -> None:
    session = told(file)
    file.save(session, NOW)
    assert file.recheck(session, NOW) is None
    file.path.unlink()
    saved = file.recheck(session, NOW)
    assert saved == Saved(file.path, "waking-up.toml was gone, so it was written again.")
    assert read(file.path) == session
    path = file.path
    path.write_bytes(b"# theirs\n")
    saved = file.recheck(session, NOW)
    assert saved is not None
    assert "waking-up.toml was changed by someone else. Both are kept: yours goes on" in saved.note
    assert saved.path == file.path != path
    assert (path.read_bytes(), read(file.path)) == (b"# theirs\n", session)
    assert not file.changed_elsewhere
    assert file.recheck(session, NOW) is None


def test_two_programs_that_save_without_a_lock_lose_nothing(file: SessionFile, folder: Path) -> None:
    def work(own: SessionFile, who: str) -> Session:
        session = told(own, f"p: {who} 0")
        for number in range(1, 25):
            own.save(session, NOW)
            session = choose.add_line(session, f"p: {who} {number}")
        own.save(session, NOW)
        return session

    writers = [SessionFile.open(file.path) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        newest = list(pool.map(work, writers, "ABC"))
    # whoever lost a race finds out at the next look
    for own, session in zip(writers, newest, strict=True):
        own.recheck(session, NOW)
    for own, session in zip(writers, newest, strict=True):
        assert read(own.path) == session
    assert len({own.path for own in writers}) == 3


def test_a_look_never_writes_when_nothing_was_saved_here(by_hand: SessionFile, folder: Path) -> None:
    session = told(by_hand)
    for now_there, changed in ((BY_HAND, False), (b"# theirs\n", True), (None, True), (BY_HAND, False)):
        if now_there is None:
            by_hand.path.unlink()
        else:
            by_hand.path.write_bytes(now_there)
        assert by_hand.recheck(session, NOW) is None
        assert by_hand.changed_elsewhere is changed
        assert names(folder) == ([] if now_there is None else ["by-hand.toml"])
    by_hand.path.write_bytes(b"# theirs\n")
    by_hand.recheck(session, NOW)
    by_hand.save(session, NOW)
    assert (by_hand.changed_elsewhere, len(names(folder))) == (False, 2)


def test_the_known_hash_is_of_the_bytes_on_the_disk(
    file: SessionFile, by_hand: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (file, by_hand):
        assert one.known_hash == sha256(one.path.read_bytes()).hexdigest()
        one.save(told(one), NOW)
        assert one.known_hash == sha256(one.path.read_bytes()).hexdigest()
    before = file.known_hash

    def fail(*_: Any) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(durable, "flush_folder", fail)
    with pytest.raises(NotSavedError):
        file.save(told(file, "p: Not for certain"), NOW)
    assert file.known_hash == before


def test_what_a_program_sealed_is_not_kept_and_what_was_edited_since_is(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(told(file), NOW)
    ours = file.path.read_bytes()
    assert not SessionFile.open(file.path).written_by_hand
    # sealed, though today's writer lays it out otherwise; and with the line ends of another editor
    text = ours.decode().rpartition("# end")[0].replace("= ", "=  ")
    for data in (sealed(text), ours.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + ours):
        file.path.write_bytes(data)
        assert not SessionFile.open(file.path).written_by_hand
    edited = ours.replace(b"The lights come on", b"The lights go off")
    file.path.write_bytes(edited)
    again = SessionFile.open(file.path)
    assert (again.read_only, again.written_by_hand, again.reading.problems) == ("", True, ())
    again.save(told(again), NOW)
    (kept,) = places.history_folder().rglob("*.toml")
    assert kept.read_bytes() == edited
    # what an older program wrote is kept too, sealed or not
    monkeypatch.setattr(toml_text, "migrated", lambda document: {**document})
    assert SessionFile.open(file.path).written_by_hand


@POSIX
def test_files_are_for_this_account_alone_whatever_the_umask(
    folder: Path, session: Session, by_hand: SessionFile
) -> None:
    before = os.umask(0)
    try:
        file = SessionFile.create(folder / "new.toml", session)
        file.save(told(file), NOW)
        by_hand.save(told(by_hand), NOW)
    finally:
        os.umask(before)
    (kept,) = places.history_folder().rglob("*.toml")
    for path in (file.path, by_hand.path, kept):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for path in (places.state_folder(), places.history_folder(), kept.parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
