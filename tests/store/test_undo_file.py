import errno
import json
import os
import shutil
import stat
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.edits import choose, details
from promote_tui.session.edits import map as steps
from promote_tui.session.history import Change, History
from promote_tui.session.model import Session
from promote_tui.store import durable, places, toml_text, undo_file
from promote_tui.store.durable import NotSavedError

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
EVERYTHING = (Path(__file__).parent / "data" / "everything.toml").read_bytes()

SMALL = Session(
    format="promote-session", version=1, id="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11", title="Waking up"
)


def everything() -> Session:
    session = toml_text.read(EVERYTHING).session
    assert session is not None
    return session


def worked_on(session: Session, count: int) -> tuple[History, Session]:
    """Return a history of so many changes, each adding a story, and the session after them."""
    history = History()
    for number in range(1, count + 1):
        after = details.stamped(choose.add_line(session, f"p: Story {number}"), NOW)
        history, session = history.after(session, f"change {number}"), after
    return history, session


def undone(history: History, session: Session) -> tuple[History, Session]:
    found = history.undo(session)
    assert found is not None
    return found[:2]


def file_of(session: Session) -> Path:
    return places.undo_folder() / session.id


def put(session: Session, document: object) -> None:
    """Write a whole undo file that holds this JSON."""
    packed = zlib.compress(json.dumps(document).encode())
    file_of(session).parent.mkdir(parents=True, exist_ok=True)
    file_of(session).write_bytes(
        b"promote-undo sha256:" + sha256(packed).hexdigest().encode() + b"\n" + packed
    )


def document_of(session: Session) -> dict[str, Any]:
    packed = file_of(session).read_bytes().partition(b"\n")[2]
    found: dict[str, Any] = json.loads(zlib.decompress(packed))
    return found


def test_what_can_be_undone_and_done_again_outlives_the_program(session: Session) -> None:
    history, now = worked_on(session, 5)
    for _ in range(3):
        undo_file.write(now.id, history, now)
        found = undo_file.read(now.id, now)
        assert found == history
        history, now = undone(history, now)
    assert [change.done for change in found.past] == ["change 1", "change 2", "change 3"]
    assert [change.done for change in found.future] == ["change 5", "change 4"]
    if sys.platform != "win32":
        assert stat.S_IMODE(file_of(session).stat().st_mode) == 0o600
        assert stat.S_IMODE(file_of(session).parent.stat().st_mode) == 0o700


def test_nothing_is_kept_of_a_history_without_changes(session: Session) -> None:
    undo_file.write(session.id, History(), session)
    assert not file_of(session).exists()
    assert undo_file.read(session.id, session) == History()


def test_where_the_room_is_makes_no_difference(session: Session) -> None:
    history, now = worked_on(session, 2)
    undo_file.write(now.id, history, now)
    assert undo_file.read(now.id, details.go_to_stage(now, "own")) == history


def test_undo_leads_back_over_what_was_changed_elsewhere(session: Session) -> None:
    history, now = worked_on(session, 3)
    history, now = undone(history, now)
    undo_file.write(now.id, history, now)
    elsewhere = details.stamped(steps.add_line(now, "Lights on"), NOW)
    found = undo_file.read(now.id, elsewhere)
    assert found == History((*history.past, Change(now, undo_file.SINCE)))
    back = found.undo(elsewhere)
    assert back is not None
    assert back[1:] == (now, "everything since the program was last left")


def test_of_many_changes_the_newest_are_kept(session: Session) -> None:
    history, now = worked_on(session, undo_file.MOST + 3)
    undo_file.write(now.id, history, now)
    assert undo_file.read(now.id, now).past == history.past[3:]
    for _ in range(undo_file.MOST + 2):
        history, now = undone(history, now)
    undo_file.write(now.id, history, now)
    found = undo_file.read(now.id, now)
    assert (found.past, found.future) == (history.past, history.future[2:])


def test_a_history_too_large_to_keep_loses_its_oldest_changes(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, now = worked_on(session, 8)
    kept = []
    for limit in (20_000, 3_000, 2_000, 100):
        with monkeypatch.context() as patch:
            patch.setattr(undo_file, "LARGEST", limit)
            undo_file.write(now.id, history, now)
        past = undo_file.read(now.id, now).past
        assert past == history.past[8 - len(past) :]
        kept.append(len(past))
    assert kept == [8, 6, 3, 0]


def test_states_share_what_they_have_in_common(session: Session) -> None:
    history, now = worked_on(session, 50)
    undo_file.write(now.id, history, now)
    found = undo_file.read(now.id, now)
    stories = [story for change in found.past for story in change.before.stories if story.id == "story-1"]
    assert len(stories) == 49
    assert all(story is stories[0] for story in stories)
    assert file_of(session).stat().st_size < 8_000


@given(st.lists(st.sampled_from(["story", "remove", "step", "stage", "undo", "redo"]), max_size=12))
def test_any_history_comes_back_as_it_was(moves: list[str]) -> None:
    edits: dict[str, Callable[[Session], Session]] = {
        "story": lambda s: choose.add_line(s, "p: The lights\ncome on"),
        "remove": lambda s: s.model_copy(update={"stories": s.stories[1:], "extra": s.revision}),
        "step": lambda s: steps.add_line(s, "Lights on @HCA 5m"),
        "stage": lambda s: details.go_to_stage(s, "own"),
    }
    history, now = History(), everything()
    for move in moves:
        if move in edits:
            history, now = history.after(now, move), details.stamped(edits[move](now), NOW)
        elif found := (history.undo(now) if move == "undo" else history.redo(now)):
            history, now = found[:2]
    shutil.rmtree(places.undo_folder(), ignore_errors=True)
    undo_file.write(now.id, history, now)
    assert undo_file.read(now.id, now) == history


def test_anything_odd_is_an_empty_history(session: Session) -> None:
    history, now = worked_on(session, 3)
    undo_file.write(now.id, history, now)
    data, document = file_of(now).read_bytes(), document_of(now)
    put(now, document)
    assert undo_file.read(now.id, now) == history
    pool = document["pool"]
    broken_pool = [text.replace('voice = "patient"', 'voice = "nobody"') for text in pool]
    other = [text.replace(session.id, session.id.replace("0", "1")) for text in pool]
    half = [["x", [0, {"stories": [0]}]]]
    odds: list[Any] = [
        None, [], "x", 5, {}, {**document, "version": 2}, {**document, "pool": pool[:-1]},
        {**document, "pool": broken_pool}, {**document, "pool": other}, {**document, "pool": 5},
        {**document, "pool": ["not TOML"] * 9}, {**document, "past": half}, {**document, "past": [["x"]]},
        {**document, "past": [["x", [0, {"lunch": [0]}]]]}, {**document, "future": None},
        {**document, "left": [-1, {}]}, {**document, "left": [0, {"title": [0]}]}, {**document, "left": None},
        {**document, "past": [["x", [0, {"stories": [1] * 1_001}]]]},
        {"version": 1, "left": json.loads("[" * 900 + "]" * 900)},
    ]  # fmt: skip
    for odd in odds:
        put(now, odd)
        assert undo_file.read(now.id, now) == History(), str(odd)[:80]
    for damaged in (
        b"",
        data[:-1],
        data[1:],
        bytes(len(data)),
        data + b"x",
        b"promote-undo sha256:\n" + data,
    ):
        file_of(now).write_bytes(damaged)
        assert undo_file.read(now.id, now) == History()
    packed = zlib.compress(bytes(undo_file.LARGEST + 1))
    file_of(now).write_bytes(b"promote-undo sha256:" + sha256(packed).hexdigest().encode() + b"\n" + packed)
    assert undo_file.read(now.id, now) == History()
    file_of(now).unlink()
    file_of(now).mkdir()
    assert undo_file.read(now.id, now) == History()


@given(st.binary(max_size=20), st.integers(0, 700), st.integers(0, 20))
def test_noise_in_the_file_gives_the_whole_history_or_none(noise: bytes, place: int, gone: int) -> None:
    history, now = worked_on(SMALL, 3)
    undo_file.write(now.id, history, now)
    data = file_of(now).read_bytes()
    file_of(now).write_bytes(data[:place] + noise + data[place + gone :])
    assert undo_file.read(now.id, now) in (history, History())


def test_another_session_or_a_hostile_id_has_no_changes_here(session: Session) -> None:
    history, now = worked_on(session, 2)
    other = session.id.replace("0", "1")
    for id in ("../../x", "", other):
        with pytest.raises(NotSavedError, match=r"^This is another session"):
            undo_file.write(id, history, now)
        assert undo_file.read(id, now) == History()
    with pytest.raises(NotSavedError):
        undo_file.write("../x", history, now.model_copy(update={"id": "../x"}))
    assert not places.undo_folder().exists()
    undo_file.write(now.id, history, now)
    shutil.copy(file_of(now), places.undo_folder() / other)
    assert undo_file.read(other, now.model_copy(update={"id": other})) == History()


def test_a_failing_disk_is_said_and_what_was_kept_stays(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    history, now = worked_on(session, 2)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", full)
        with pytest.raises(NotSavedError, match=r"^undo: the disk is full\.$"):
            undo_file.write(now.id, history, now)
    undo_file.write(now.id, history, now)
    after_history, after = worked_on(now, 1)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NotSavedError, match="the disk is full"):
            undo_file.write(now.id, after_history, after)
    assert undo_file.read(now.id, now) == history
    assert not [path for path in places.undo_folder().iterdir() if path.name.startswith(durable.PREFIX)]
