"""A file that is moved has a name whatever fails, and nothing is ever replaced."""

import errno
import os
from pathlib import Path

import pytest

from promote_tui.store import durable
from promote_tui.store.durable import NotSavedError
from promote_tui.store.moving import move, to_first_free
from tests.store.test_faults import Disk

WORDS = b"a session\n"


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def made(folder: Path) -> tuple[Path, Path]:
    (folder / "to").mkdir(parents=True)
    (folder / "one.toml").write_bytes(WORDS)
    return folder / "one.toml", folder / "to" / "two.toml"


def test_a_file_moves_to_a_free_name_only(tmp_path: Path) -> None:
    source, target = made(tmp_path)
    move(source, target)
    assert names(tmp_path) == {"to/two.toml"}
    assert target.read_bytes() == WORDS
    source.write_bytes(b"another")
    with pytest.raises(FileExistsError):
        move(source, target)
    assert (source.read_bytes(), target.read_bytes()) == (b"another", WORDS)
    with pytest.raises(NotSavedError):
        move(tmp_path / "gone.toml", tmp_path / "new.toml")
    assert to_first_free(source, [target, tmp_path / "new.toml"]) == tmp_path / "new.toml"
    assert to_first_free(target, [tmp_path / "new.toml", target]) == target, "its own name is free to it"
    with pytest.raises(NotSavedError, match="too many files"):
        to_first_free(target, [tmp_path / "new.toml"])


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("broken", [False, True])
def test_whichever_call_fails_no_word_is_lost(
    links: bool, broken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, reached = 0, True
    while reached:
        at += 1
        source, target = made(tmp_path / str(at))

        def fail() -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        disk = Disk(at, fail, broken=broken, links=links)
        moved = True
        with monkeypatch.context() as patch:
            patch.setattr(durable, "system", disk)
            try:
                move(source, target)
            except NotSavedError:
                moved = False
        reached = disk.calls >= at
        there = {path for path in (source, target) if path.exists() and path.read_bytes()}
        assert {path.read_bytes() for path in there} == {WORDS}, at
        if not broken:
            assert there == ({target} if moved else {source}), at
    assert at > 5


def test_what_somebody_saves_under_the_old_name_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = made(tmp_path)
    flush = durable.flush_folder

    def saved_meanwhile(folder: Path) -> None:
        (tmp_path / "new").write_bytes(b"newer")
        (tmp_path / "new").replace(source)
        flush(folder)

    monkeypatch.setattr(durable, "flush_folder", saved_meanwhile)
    with pytest.raises(NotSavedError, match="changed by someone else"):
        move(source, target)
    assert source.read_bytes() == b"newer"
