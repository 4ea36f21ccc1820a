"""Session files come into a library as they are; what is here already is neither lost nor doubled."""

import errno
import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.store import durable, taking_in, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library, LibraryError
from promote_tui.store.places import ARCHIVE
from promote_tui.store.seal import sealed
from promote_tui.store.taking_in import Became, Found, Report, take_in
from tests.ui.room import edited, kept

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
OTHER = "1b6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder from elsewhere."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def became(report: Report) -> dict[str, Became]:
    return {one.name: one.became for one in report.found}


def names(library: Library) -> list[str]:
    return sorted(path.relative_to(library.folder).as_posix() for path in library.folder.rglob("*.toml"))


def test_sessions_of_a_folder_are_taken_as_they_are_and_a_second_time_nothing_is_done(
    library: Library, stick: Path, session: Session
) -> None:
    by_hand = b"# ours\n" + sealed(toml_text.write(session.model_copy(update={"id": OTHER})))
    (stick / "ward").mkdir()
    (stick / "ward" / "by hand.toml").write_bytes(by_hand)
    kept(stick, session, "one.toml")
    kept(stick, session, "one again.toml")
    kept(
        stick / "Archive",
        session.model_copy(update={"id": OTHER.replace("1", "2"), "held_on": None}),
        "x.toml",
    )
    (stick / "notes.txt").write_bytes(b"words")
    (stick / "other.toml").write_bytes(b"[tool]\nx = 1\n")
    told: list[tuple[int, int]] = []
    report = take_in(stick, library, NOW, lambda *counts: told.append(counts))
    assert told == [(n, 6) for n in range(7)]
    assert became(report) == {
        "Archive/x.toml": "taken", "notes.txt": "not a session", "one again.toml": "taken",
        "one.toml": "same", "other.toml": "not a session", "ward/by hand.toml": "taken",
    }  # fmt: skip
    assert names(library) == [
        "2026-11-23-waking-up-on-mulberry-2-2.toml",
        "2026-11-23-waking-up-on-mulberry-2.toml",
        f"{ARCHIVE}/waking-up-on-mulberry-2.toml",
    ]
    assert (library.folder / names(library)[0]).read_bytes() == by_hand
    assert report.sentences() == [
        "3 sessions were taken in.",
        "1 session was here already, just the same.",
        "2 files are no session: notes.txt, other.toml",
    ]
    before = {name: (library.folder / name).read_bytes() for name in names(library)}
    again = take_in(stick, library, NOW)
    assert {one.became for one in again.found} == {"same", "not a session"}
    assert again.taken == ()
    assert {name: (library.folder / name).read_bytes() for name in names(library)} == before
    # the library itself, and what it holds, is here already
    assert {one.became for one in take_in(library.folder, library, NOW).found} == {"same"}


@pytest.mark.parametrize(("here", "there", "what"), [(2, 3, "newer"), (3, 2, "older"), (2, 2, "conflict")])
def test_another_state_of_a_session_lies_beside_the_one_that_is_here(
    library: Library, stick: Path, session: Session, here: int, there: int, what: Became
) -> None:
    ours = library.add(session.model_copy(update={"revision": here})).path
    theirs = kept(stick, session.model_copy(update={"revision": there, "team": "Larch"}))
    before = ours.read_bytes()
    report = take_in(stick, library, NOW)
    copy = ours.with_name(f"{ours.stem} version 2026-11-23 104200.toml")
    assert report.found == (Found("session.toml", what, copy),)
    assert (copy.read_bytes(), ours.read_bytes()) == (theirs.read_bytes(), before)
    assert "V compares them" in report.sentences()[0]
    assert became(take_in(stick, library, NOW)) == {"session.toml": "same"}
    # laid out otherwise it is the same all the same
    text = edited(session.model_copy(update={"revision": here}), "team = ", "team   = ")
    theirs.write_bytes(text.encode())
    assert became(take_in(stick, library, NOW)) == {"session.toml": "same"}


def test_what_cannot_be_opened_is_not_taken_and_says_why(
    library: Library, stick: Path, session: Session
) -> None:
    whole = edited(session, "Mulberry", "Mulberry")
    texts = {
        "cut.toml": whole[: whole.index("# end")],
        "mistake.toml": whole.replace('team = "Mulberry 2"', "team = 3"),
        "not-toml.toml": 'format = "promote-session"\ntitle = [',
        "hostile\u202e.toml": 'format = "promote-session"\nid = "\\u001b[31m"\n',
    }
    for name, text in texts.items():
        (stick / name).write_bytes(text.encode())
    report = take_in(stick, library, NOW)
    assert {one.became for one in report.found} == {"not taken"}
    said = report.sentences()
    assert len(said) == 4
    assert "Not taken in: cut.toml. Its end is missing." in said
    assert any(one.startswith("Not taken in: mistake.toml. Line ") and "team" in one for one in said)
    assert not any("\x1b" in one or "\u202e" in one for one in said)
    assert names(library) == []
    # a file here that cannot be read is no reason to lose the one from there
    (library.folder / "damaged.toml").write_text(f'id = "{session.id}"\ntitle = [', encoding="utf-8")
    for path in stick.iterdir():
        path.unlink()
    kept(stick, session)
    assert became(take_in(stick, library, NOW)) == {"session.toml": "taken"}


def test_a_zip_is_taken_in_like_a_folder(library: Library, tmp_path: Path, session: Session) -> None:
    data = sealed(toml_text.write(session))
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("PROMOTE/one.toml", data)
        packed.writestr("../../../out.toml", data)
        packed.writestr("PROMOTE/archive/two.toml", data.replace(b"0a6f4e0e", b"1a6f4e0e"))
        packed.writestr("PROMOTE/inbox.toml", b"")
    report = take_in(path, library, NOW)
    assert list(became(report).values()) == ["taken", "not taken", "taken", "not a session"]
    assert len(names(library)) == 2
    assert {one.suffix for one in tmp_path.iterdir()} == {"", ".zip"}


def test_taking_in_can_be_stopped_and_a_full_disk_is_told(
    library: Library, stick: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        kept(stick, session.model_copy(update={"id": OTHER.replace("f", str(number))}), f"{number}.toml")
    stop = threading.Event()
    report = take_in(stick, library, NOW, lambda done, _: stop.set() if done else None, stop)
    assert (len(report.found), report.stopped) == (2, True)
    assert "stopped" in report.sentences()[-1]
    stop.set()
    assert take_in(stick, library, NOW, stop=stop).found == ()

    def full(path: Path, data: bytes) -> None:
        raise NotSavedError(durable.reason(OSError(errno.ENOSPC, ""), path))

    monkeypatch.setattr(durable, "create", full)
    report = take_in(stick, library, NOW)
    assert became(report) == {"0.toml": "same", "1.toml": "same"}
    assert "the disk is full" in report.sentences()[-1]
    monkeypatch.undo()
    assert len(take_in(stick, library, NOW).taken) == 1


def test_too_many_files_of_one_name_stop_nothing_else(
    library: Library, stick: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "_MOST_NAMES", 3)
    for number in range(4):
        kept(stick, session.model_copy(update={"id": OTHER.replace("f", str(number))}), f"{number}.toml")
    kept(stick, session.model_copy(update={"title": "Meals"}), "9.toml")
    found = became(take_in(stick, library, NOW))
    assert list(found.values()) == ["taken", "taken", "not taken", "not taken", "taken"]


def test_a_place_that_cannot_be_used_is_refused(library: Library, stick: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no folder and no file"):
        take_in(tmp_path / "gone", library, NOW)
    assert take_in(stick, library, NOW).sentences() == ["There is nothing there to take in."]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LibraryError, match="not a folder"):
        take_in(stick, Library(tmp_path / "file"), NOW)


def test_a_long_report_stays_short() -> None:
    found = tuple(Found(f"{n}.txt", "not a session") for n in range(99))
    found += tuple(Found(f"{n}.toml", "not taken", why="It is damaged.") for n in range(99))
    said = Report(found).sentences()
    assert len(said) == 7
    assert said[5] == "94 more files could not be taken in."
    assert Report(found).sentences(naming=False) == [
        "99 files could not be taken in.", "99 files are no session.",
    ]  # fmt: skip
    assert said[6] == "99 files are no session: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt, …"
