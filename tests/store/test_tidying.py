"""Renaming, putting away, throwing away and copying: nothing is lost, nothing is overwritten."""

import contextlib
import errno
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from promote_tui.session.history import Change, History
from promote_tui.session.model import Session, Story
from promote_tui.store import durable, places, tidying, toml_text, undo_file
from promote_tui.store.library import Library
from promote_tui.store.places import ARCHIVE
from promote_tui.store.recovery import Slots, Typed
from promote_tui.store.session_file import SessionFile
from promote_tui.store.session_lock import SessionLock
from promote_tui.store.tidying import StaysError, copy_as_template, put_away, rename, take_back, throw_away
from promote_tui.store.versions import Versions
from tests.store.test_faults import Disk
from tests.ui.made import made
from tests.ui.room import edited, kept

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
NEW_ID = "1b6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


@pytest.fixture
def path(library: Library, session: Session) -> Path:
    """A session in the library, under the name that its title gives it."""
    return library.add(session).path


def read(path: Path) -> Session:
    session = toml_text.read(path.read_bytes()).session
    assert session
    return session


def test_a_new_title_gives_the_file_a_new_name_and_keeps_the_version_before(
    library: Library, path: Path, session: Session
) -> None:
    before = path.read_bytes()
    saved = rename(path, "  Tea\nfirst ", NOW)
    assert (saved.path, saved.note) == (library.folder / "2026-11-23-tea-first.toml", "")
    new = read(saved.path)
    assert (new.title, new.id, new.revision, new.updated_at) == ("Tea first", session.id, 2, NOW)
    assert new.created_at == session.created_at
    assert [one.path.read_bytes() for one in Versions(session.id).all()] == [before]
    assert list(library.folder.iterdir()) == [saved.path]

    # the name is taken: a number goes behind it, and the same title again changes nothing
    other = library.add(session.model_copy(update={"id": NEW_ID})).path
    assert rename(other, "Tea first", NOW).path.name == "2026-11-23-tea-first-2.toml"
    other = other.with_name("2026-11-23-tea-first-2.toml")
    same = other.read_bytes()
    assert rename(other, "Tea first", NOW).path == other
    assert other.read_bytes() == same
    # a file that a person named gets the name of its title; the rest stays as it is
    by_hand = other.rename(other.with_name("ours.toml"))
    assert rename(by_hand, "Tea first", NOW).path == other


def test_undo_and_versions_follow_a_session_that_was_renamed_and_put_away(
    library: Library, path: Path, session: Session
) -> None:
    undo_file.write(session.id, History((Change(session, "add a story"),)), session)
    moved = put_away(library, rename(path, "Tea first", NOW).path)
    assert moved == library.folder / ARCHIVE / "2026-11-23-tea-first.toml"
    assert Versions(session.id).all()
    assert undo_file.read(session.id, read(moved)).past[0].done == "add a story"
    assert library.cards() == []
    # taken back the name may be somebody else's by now
    taken = library.folder / moved.name
    taken.write_bytes(b"")
    assert take_back(library, moved) == library.folder / "2026-11-23-tea-first-2.toml"
    assert taken.read_bytes() == b""


def test_what_was_written_by_hand_is_kept_before_a_new_title(library: Library, session: Session) -> None:
    path = kept(library.folder, session)
    by_hand = b"# ours\n" + path.read_bytes()
    path.write_bytes(by_hand)
    assert "written by hand" in rename(path, "Tea first", NOW).note
    assert by_hand in [one.path.read_bytes() for one in Versions(session.id).all()]


def test_a_session_goes_to_the_bin_and_only_there(
    path: Path, bin: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(tidying, "_has_bin", lambda _: False)
    with pytest.raises(StaysError, match="no bin"):
        throw_away(path)
    monkeypatch.undo()
    module: Any = ModuleType("send2trash")
    for fails in (OSError("no bin"), RuntimeError("none of this desktop"), None):

        def refuses(_: str, error: Exception | None = fails) -> None:
            if error:
                raise error

        module.send2trash = refuses
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "send2trash", module)
            with pytest.raises(StaysError, match="no bin"):
                throw_away(path)
        assert path.read_bytes() == before


def test_what_is_thrown_away_lies_in_the_bin(path: Path, bin: Path, session: Session) -> None:
    Versions(session.id).keep(before := path.read_bytes(), NOW, revision=1)
    throw_away(path)
    assert not path.exists()
    assert (bin / path.name).read_bytes() == before
    assert Versions(session.id).all(), "earlier versions stay"


def test_what_is_not_understood_or_in_use_stays_as_it_is(
    library: Library, bin: Path, session: Session, tmp_path: Path
) -> None:
    whole = edited(session, "Mulberry 2", "Mulberry 2")
    elsewhere = kept(tmp_path / "elsewhere", session)
    library.make()
    cases = {
        "mistake.toml": (edited(session, 'team = "Mulberry 2"', "team = 3"), "mistakes"),
        "not-toml.toml": ("title = [", "mistakes"),
        "cut.toml": (whole[: whole.index("# end")], "end of this file is missing"),
        "newer.toml": (whole.replace("version = 1", "version = 2"), "newer version"),
        "inbox-like.toml": ("", "mistakes"),
    }
    for name, (text, _) in cases.items():
        (library.folder / name).write_text(text, encoding="utf-8", newline="\n")
    found = {library.folder / name: why for name, (_, why) in cases.items()}
    if sys.platform != "win32":
        (library.folder / "link.toml").symlink_to(elsewhere)
        found[library.folder / "link.toml"] = "link to another place"
    found[library.folder / "gone.toml"] = "There is no file"
    before = {path.name: path.read_bytes() for path in library.folder.iterdir()}
    for path, why in found.items():
        with pytest.raises(StaysError, match=why):
            rename(path, "Tea", NOW)
        with pytest.raises(StaysError, match=why):
            put_away(library, path)
        with pytest.raises(StaysError, match=why):
            throw_away(path)
        if path.name != "link.toml":
            with pytest.raises(StaysError, match=why):
                copy_as_template(library, path, title="Tea", team="", now=NOW, new_id=NEW_ID)
    with pytest.raises(StaysError, match="Only a session of this library"):
        put_away(library, elsewhere)
    with pytest.raises(StaysError, match="not put away"):
        take_back(library, elsewhere)
    assert {path.name: path.read_bytes() for path in library.folder.iterdir() if path.is_file()} == before


def test_an_open_session_stays_where_it_is(library: Library, path: Path, bin: Path) -> None:
    before, lock = path.read_bytes(), SessionLock(path)
    assert lock.take()
    for tidy in (lambda: rename(path, "Tea", NOW), lambda: put_away(library, path), lambda: throw_away(path)):
        with pytest.raises(StaysError, match="open in another window"):
            tidy()
    lock.release()
    assert path.read_bytes() == before
    for title, why in (("", "needs a title"), (" \n", "needs a title"), ("x" * 10_001, "10,000 fit")):
        with pytest.raises(StaysError, match=why):
            rename(path, title, NOW)
    assert path.read_bytes() == before
    assert put_away(library, path), "a lock that is left over is free"


def test_words_that_were_not_saved_keep_a_session_where_it_is_until_it_is_opened(
    library: Library, path: Path, bin: Path, session: Session
) -> None:
    told = session.model_copy(
        update={"revision": 2, "stories": (Story(id="story-1", voice="staff", text="Tea"),)}
    )
    for unsaved, typed in ((told, ()), (session, (Typed("choose", "p: half a story"),))):
        slots = Slots(session.id, path=path)
        slots.write(unsaved, typed, SessionFile.open(path).known_hash, path, NOW)
        for tidy in (
            lambda: rename(path, "Tea", NOW),
            lambda: put_away(library, path),
            lambda: throw_away(path),
        ):
            with pytest.raises(StaysError, match="not saved"):
                tidy()
        slots.clear()
    Slots(session.id, path=path).write(session, (), SessionFile.open(path).known_hash, path, NOW)
    assert put_away(library, path), "all of it is in the file"


def test_a_template_holds_the_process_and_nothing_that_anybody_said(
    library: Library, session: Session
) -> None:
    held = made(
        session,
        told=["p: The lights come on", "Waking up", "Meal times"],
        mapped=["Lights on @HCA, nights 5m", "Tea @Mrs Whitlow"],
        thought=["+ Tea earlier #1"],
        owned=1,
    )
    path = library.add(held).path
    before = path.read_bytes()
    later = NOW + timedelta(days=40)
    template = copy_as_template(library, path, title="Waking up on Ash", team="Ash", now=later, new_id=NEW_ID)
    new = read(template.file.path)
    assert template.file.path.name == "2027-01-02-waking-up-on-ash.toml"
    assert (new.id, new.title, new.team, new.follows, new.scales) == (
        NEW_ID, "Waking up on Ash", "Ash", None, None,
    )  # fmt: skip
    assert [step.title for step in new.steps] == ["Lights on", "Tea"]
    assert (new.stories, new.ideas, new.initiatives) == ((), (), ())
    assert [problem.key for problem in template.looks_like] == ["steps[2].who"]
    assert path.read_bytes() == before
    with pytest.raises(StaysError, match="needs a title"):
        copy_as_template(library, path, title=" ", team="", now=later, new_id=NEW_ID)


@pytest.mark.parametrize("tidy", ["rename", "put away"])
def test_whichever_call_fails_the_session_is_whole_and_nobody_elses_file_is_touched(
    tidy: str, tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, reached = 0, True
    while reached:
        at += 1
        library = Library(tmp_path / str(at))
        path = library.add(session).path
        taken = (
            library.folder / "2026-11-23-tea.toml"
            if tidy == "rename"
            else library.folder / ARCHIVE / path.name
        )
        taken.parent.mkdir(exist_ok=True)
        taken.write_bytes(b"somebody else's")

        def fail() -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        disk = Disk(at, fail)
        done = None
        with monkeypatch.context() as patch:
            patch.setattr(durable, "system", disk)
            with contextlib.suppress(StaysError):
                done = rename(path, "Tea", NOW).path if tidy == "rename" else put_away(library, path)
        reached = disk.calls >= at
        durable.sweep(library.folder, time.time() + 7_200)
        there = [one for one in library.folder.rglob("*.toml") if one != taken]
        assert taken.read_bytes() == b"somebody else's"
        assert len(there) == 1, at
        assert read(there[0]).id == session.id
        assert done in (None, there[0])
        # the disk is well again: the next try succeeds
        if done is None:
            again = rename(there[0], "Tea", NOW).path if tidy == "rename" else put_away(library, there[0])
            assert read(again).id == session.id
    assert at > 8


@pytest.mark.skipif(not hasattr(os, "symlink") or sys.platform == "win32", reason="needs links")
def test_nothing_is_put_into_a_folder_that_leads_elsewhere(
    library: Library, path: Path, tmp_path: Path
) -> None:
    (library.folder / ARCHIVE).symlink_to(tmp_path)
    with pytest.raises(StaysError, match="link to another place"):
        put_away(library, path)
    (library.folder / ARCHIVE).unlink()
    (library.folder / ARCHIVE).write_text("in the way", encoding="utf-8")
    with pytest.raises(StaysError):
        put_away(library, path)
    assert path.exists()
    assert not list(places.recovery_folder().rglob("*"))
