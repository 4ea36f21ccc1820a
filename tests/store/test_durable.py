import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from promote_tui.store import durable
from promote_tui.store.durable import NotSavedError

OLD, NEW = b"old and whole\n", b"new and whole\n" * 1_000
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it but what the test puts there."""
    folder = tmp_path / "sessions"
    folder.mkdir()
    return folder


@pytest.fixture
def file(folder: Path) -> Path:
    """A file that is there already."""
    path = folder / "a.toml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failing(code: int, after: int = 0) -> Callable[..., Any]:
    """Return a stand-in for a call of the system that fails from a certain time on."""
    calls = iter(range(1_000))

    def fail(*args: Any, **kwargs: Any) -> None:
        if next(calls) >= after:
            raise OSError(code, os.strerror(code))

    return fail


def test_a_file_is_replaced_whole(file: Path, folder: Path) -> None:
    durable.write(file, NEW)
    assert file.read_bytes() == NEW
    assert names(folder) == ["a.toml"]


def test_a_file_that_is_not_there_is_written(folder: Path) -> None:
    durable.write(folder / "b.toml", NEW)
    assert (folder / "b.toml").read_bytes() == NEW


def test_a_new_file_never_takes_the_place_of_another(file: Path, folder: Path) -> None:
    durable.create(folder / "b.toml", NEW)
    with pytest.raises(FileExistsError):
        durable.create(file, NEW)
    assert (file.read_bytes(), (folder / "b.toml").read_bytes()) == (OLD, NEW)
    assert names(folder) == ["a.toml", "b.toml"]


@pytest.mark.parametrize("function", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "a.toml: the disk is full."),
        (errno.EIO, "a.toml: the disk reports a fault."),
        (errno.EROFS, "a.toml: the folder is for reading only."),
        (errno.ENOLCK, f"a.toml: {os.strerror(errno.ENOLCK).lower()}."),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, function: str, code: int, words: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, function, failing(code))
        with pytest.raises(NotSavedError) as refused:
            durable.write(file, NEW)
    assert str(refused.value) == words
    assert file.read_bytes() == OLD
    assert names(folder) == ["a.toml"]


@POSIX
def test_a_folder_that_cannot_be_flushed_is_said_and_the_file_is_whole(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.EIO, after=1))
        with pytest.raises(NotSavedError, match="the disk reports a fault"):
            durable.write(file, NEW)
        patch.setattr(os, "fsync", failing(errno.EIO, after=1))
        with pytest.raises(NotSavedError, match="the disk reports a fault"):
            durable.create(folder / "b.toml", NEW)
    assert file.read_bytes() == NEW
    assert names(folder) == ["a.toml"]


@POSIX
@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
def test_a_file_system_that_cannot_flush_folders_is_used_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(code, after=1))
        durable.write(file, NEW)
    assert file.read_bytes() == NEW


@pytest.mark.parametrize("write", [durable.write, durable.create])
def test_a_file_that_does_not_read_back_is_not_saved(
    folder: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    def meddle(place: Path) -> None:
        for path in place.glob("*.toml"):
            path.write_bytes(b"somebody else")

    monkeypatch.setattr(durable, "flush_folder", meddle)
    with pytest.raises(NotSavedError) as refused:
        write(folder / "a.toml", NEW)
    assert str(refused.value) == "a.toml did not read back as it was written."
    assert (folder / "a.toml").read_bytes() == b"somebody else"


@pytest.mark.parametrize("function", ["open", "fsync"])
def test_a_new_file_that_cannot_be_written_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, function, failing(errno.ENOSPC))
        with pytest.raises(NotSavedError, match=r"a\.toml: the disk is full\."):
            durable.create(folder / "a.toml", NEW)
    assert names(folder) == []


@POSIX
def test_a_file_system_without_hard_links_takes_new_files_too(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", failing(errno.EPERM))
        durable.create(folder / "b.toml", NEW)
        with pytest.raises(FileExistsError):
            durable.create(file, NEW)
        patch.setattr(os, "replace", failing(errno.EIO))
        with pytest.raises(NotSavedError, match="the disk reports a fault"):
            durable.create(folder / "c.toml", NEW)
    assert (file.read_bytes(), (folder / "b.toml").read_bytes()) == (OLD, NEW)
    assert names(folder) == ["a.toml", "b.toml"]


@POSIX
def test_a_folder_that_goes_away_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", failing(errno.ENOENT))
        with pytest.raises(NotSavedError) as refused:
            durable.create(folder / "a.toml", NEW)
    assert str(refused.value) == "a.toml: the folder is no longer there."
    with pytest.raises(NotSavedError, match="the folder is no longer there"):
        durable.write(folder / "gone" / "a.toml", NEW)


@pytest.mark.parametrize(
    ("name", "words"), [("there", "there is a folder of that name"), ("n" * 300, "the name is too long")]
)
def test_a_name_that_no_file_can_have_is_said(folder: Path, name: str, words: str) -> None:
    (folder / "there").mkdir()
    with pytest.raises(NotSavedError, match=words):
        durable.write(folder / name, NEW)
    assert names(folder) == ["there"]


def test_a_file_in_the_way_of_a_folder_is_said(file: Path) -> None:
    with pytest.raises(NotSavedError, match=r"the folder is (not a folder|no longer there)"):
        durable.write(file / "a.toml", NEW)


FULL = """
import resource, sys
from pathlib import Path
from promote_tui.store import durable
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
path = Path(sys.argv[1])
for write in (durable.write, lambda path, data: durable.create(path.with_name("b.toml"), data)):
    try:
        write(path, b"x" * 100_000)
    except durable.NotSavedError as error:
        print(error)
"""


@POSIX
def test_a_disk_that_is_really_full_leaves_the_old_file_and_nothing_else(file: Path, folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(file)], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "a.toml: the file is larger than this account may write.",
        "b.toml: the file is larger than this account may write.",
    ]
    assert file.read_bytes() == OLD
    assert names(folder) == ["a.toml"]


@POSIX
def test_files_and_folders_are_for_this_account_alone_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        durable.make_folder(folder / "new" / "inner")
        durable.write(folder / "new" / "a.toml", NEW)
        durable.create(folder / "new" / "b.toml", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "new" / "inner").stat().st_mode) == 0o700
    for name in ("a.toml", "b.toml"):
        assert stat.S_IMODE((folder / "new" / name).stat().st_mode) == 0o600


def test_a_folder_that_is_there_is_left_as_it_is(folder: Path, file: Path) -> None:
    mode = folder.stat().st_mode
    durable.make_folder(folder)
    assert folder.stat().st_mode == mode
    with pytest.raises(OSError, match=r"a\.toml"):
        durable.make_folder(file)


@pytest.mark.parametrize("code", sorted(durable._BUSY))
def test_on_windows_a_file_that_a_scanner_holds_is_waited_for(
    file: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    tries: list[str] = []
    real = os.replace

    def busy(source: Any, target: Any) -> None:
        tries.append("try")
        if len(tries) < 3:
            error = OSError(errno.EACCES, "held")
            error.winerror = code  # type: ignore[attr-defined, unused-ignore]
            raise error
        real(source, target)

    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    durable.write(file, NEW)
    assert (len(tries), file.read_bytes()) == (3, NEW)


def test_on_windows_patience_has_an_end(file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1_000))
    error = OSError(errno.EACCES, "held")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]

    def busy(*_: Any) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", busy)
        patch.setattr(time, "sleep", lambda _: None)
        patch.setattr(time, "monotonic", lambda: next(clock))
        with pytest.raises(NotSavedError, match="this account may not write there"):
            durable.write(file, NEW)
    assert file.read_bytes() == OLD
    assert names(folder) == ["a.toml"]


def test_on_windows_a_new_name_that_a_scanner_holds_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []
    real = Path.rename

    def busy(source: Path, target: Path) -> Path:
        tries.append("try")
        if len(tries) < 3:
            error = OSError(errno.EACCES, "held")
            error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
            raise error
        return real(source, target)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(Path, "rename", busy)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    durable.create(folder / "a.toml", NEW)
    assert (len(tries), (folder / "a.toml").read_bytes()) == (3, NEW)


def test_a_flush_that_failed_is_tried_with_a_new_file_never_again_with_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    class Opening(durable.System):
        def open(self, path: Path, flags: int) -> int:
            opened.append(path)
            return super().open(path, flags)

    with monkeypatch.context() as patch:
        patch.setattr(durable, "system", Opening())
        patch.setattr(os, "fsync", failing(errno.EIO))
        for _ in range(3):
            with pytest.raises(NotSavedError, match="the disk reports a fault"):
                durable.write(file, NEW)
    assert len(set(opened)) == len(opened) == 3
    assert file.read_bytes() == OLD


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_all_of_them(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(durable.System):
        def write(self, descriptor: int, data: memoryview) -> int:
            return super().write(descriptor, data[:7])

        def read(self, descriptor: int, most: int) -> bytes:
            return super().read(descriptor, min(most, 11))

    monkeypatch.setattr(durable, "system", Slow())
    durable.write(file, NEW[:500])
    assert file.read_bytes() == durable.read(file, 10_000) == NEW[:500]
    assert durable.read(file, 20) == NEW[:20]


def test_on_windows_a_new_file_is_renamed_and_its_folder_needs_no_flush(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    durable.create(folder / "a.toml", NEW)
    assert (folder / "a.toml").read_bytes() == NEW
    assert names(folder) == ["a.toml"]


def test_only_old_temporary_files_of_ours_are_swept(folder: Path) -> None:
    ours = durable.temporary_name(folder)
    fresh = durable.temporary_name(folder)
    kept = [
        fresh,
        folder / ".promote-1-2.toml",
        folder / "x.promote-1-2.tmp",
        folder / ".promote-1-2.tmp.bak",
        folder / "session.toml",
    ]
    for path in (ours, *kept):
        path.write_bytes(OLD)
        os.utime(path, (1_000_000, 1_000_000))
    os.utime(fresh, (1_003_000, 1_003_000))
    (folder / ".promote-3-4.tmp").mkdir()
    os.utime(folder / ".promote-3-4.tmp", (1_000_000, 1_000_000))
    assert durable.sweep(folder, 1_003_601) == 1
    assert names(folder) == sorted([*(path.name for path in kept), ".promote-3-4.tmp"])


@POSIX
def test_links_are_not_swept_nor_what_they_point_at(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(OLD)
    os.utime(target, (0, 0))
    link = durable.temporary_name(folder)
    link.symlink_to(target)
    assert durable.sweep(folder, 1e12) == 0
    assert link.is_symlink()
    assert target.read_bytes() == OLD


def test_what_cannot_be_swept_stays(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [durable.temporary_name(folder) for _ in range(2)]
    for path in left:
        path.write_bytes(OLD)
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", failing(errno.EACCES))
        assert durable.sweep(folder, 1e12) == 0
    assert names(folder) == sorted(path.name for path in left)
    assert durable.sweep(tmp_path / "nowhere", 1e12) == 0
