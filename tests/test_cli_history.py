"""``promote history``: what it lists, prints and brings back, also of a file that cannot be read."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from promote_tui.cli import main
from promote_tui.session.edits import choose
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.seal import sealed
from promote_tui.store.session_lock import SessionLock
from promote_tui.store.versions import Versions

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *argv: str) -> tuple[int, list[str], str]:
    """Run the command and return its exit status, what it printed and what it said."""
    status = main(["history", *argv])
    printed, said = capsys.readouterr()
    return status, printed.splitlines(), said


@pytest.fixture
def file(tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session file with two earlier versions: without its story, and of another title before that."""
    library = tmp_path / "library"
    library.mkdir()
    monkeypatch.setenv("PROMOTE_LIBRARY", str(library))
    versions = Versions(session.id)
    for revision, title in ((1, "Getting up"), (2, session.title)):
        state = session.model_copy(update={"title": title, "revision": revision})
        when = datetime(2026, 11, 20 + revision, 9, 30, tzinfo=UTC)
        versions.keep(sealed(toml_text.write(state)), when, revision=revision)
    path = library / "waking.toml"
    now = choose.add_line(session, "p: Lights at eight").model_copy(update={"revision": 3})
    path.write_bytes(sealed(toml_text.write(now)))
    return path


def held(path: Path) -> Session:
    session = toml_text.read(path.read_bytes()).session
    assert session
    return session


def test_versions_are_listed_with_what_changed_after_each(file: Path, capsys: Capture) -> None:
    status, printed, said = run(capsys, "waking")
    assert (status, said) == (0, "")
    assert [line.split("  ")[0] for line in printed] == ["1", "2"]
    assert "revision 2  one story added" in printed[0]
    assert "revision 1  the title changed" in printed[1]
    status, printed, said = run(capsys, str(file), "--json")
    answer: dict[str, Any] = json.loads("\n".join(printed))
    assert (status, answer["version"], answer["file"]) == (0, 1, str(file))
    assert answer["versions"][1] == {
        "number": 2,
        "kept_at": "2026-11-21T09:30:00+00:00",
        "revision": 1,
        "by_hand": False,
        "changed": "the title changed",
        "problem": None,
    }


def test_a_version_is_printed_as_show_does(file: Path, capsys: Capture) -> None:
    status, printed, _ = run(capsys, "waking", "--show", "2")
    assert status == 0
    assert printed[0].startswith("Getting up")
    assert main(["show", "waking"]) == 0
    assert capsys.readouterr().out.startswith("Waking up")


def test_a_version_is_brought_back_and_what_stood_there_is_kept(file: Path, capsys: Capture) -> None:
    before = file.read_bytes()
    status, printed, said = run(capsys, "waking", "--restore", "2")
    assert (status, printed) == (0, [str(file)])
    assert "waking.toml is as it was then." in said
    now = held(file)
    assert (now.title, now.stories, now.revision) == ("Getting up", (), 4)
    newest = Versions(now.id).all()[0]
    assert (newest.revision, newest.path.read_bytes()) == (3, before)
    status, _, said = run(capsys, "waking", "--restore", "3")
    assert (status, said) == (1, "Nothing differs, so nothing was changed.\n")


def test_a_file_that_cannot_be_read_stays_and_a_new_one_stands_beside_it(file: Path, capsys: Capture) -> None:
    whole = file.read_bytes()
    cut_short = whole[: whole.index(b"# end")]
    for broken in (whole.replace(b"title = ", b"title ="[:-1]), b"\xff" + whole, cut_short):
        file.write_bytes(broken)
        status, printed, said = run(capsys, str(file), "--restore", "2")
        assert status == 0, said
        assert "waking.toml cannot be read in full and stays as it is." in said
        new = Path(printed[0])
        assert new.parent == file.parent
        assert held(new).title == "Getting up"
        assert held(new).revision > (3 if broken == cut_short else 2)
        assert file.read_bytes() == broken
    assert run(capsys, str(file))[0] == 0


def test_what_cannot_be_done_is_said_and_changes_nothing(
    file: Path, session: Session, capsys: Capture, tmp_path: Path
) -> None:
    before = file.read_bytes()
    other = tmp_path / "other.toml"
    other.write_text("nothing", encoding="utf-8")
    new = tmp_path / "new.toml"
    new.write_bytes(sealed(toml_text.write(session.model_copy(update={"id": session.id.replace("0", "1")}))))
    newer = tmp_path / "newer.toml"
    newer.write_bytes(toml_text.write(session.model_copy(update={"version": 99, "revision": 0})).encode())
    damaged = Versions(session.id).all()[1].path
    damaged.write_bytes(b"x")
    for argv, status, words in [
        (
            ["waking", "--show", "3"],
            1,
            "There is no version 3. This computer keeps 2 versions of this session.",
        ),
        (["waking", "--restore", "0"], 1, "There is no version 0"),
        (["waking", "--restore", "2"], 1, "Version 2: This version was changed or damaged"),
        (["waking", "--show", "x"], 2, "invalid int value"),
        (["waking", "--show", "1", "--restore", "1"], 2, "not allowed with"),
        ([str(other)], 1, "says nowhere which session it is"),
        ([str(new)], 0, "There are no earlier versions of new.toml"),
        ([str(new), "--show", "1"], 1, "keeps no version of"),
        ([str(newer), "--restore", "1"], 3, "A newer version of this program"),
        (["nothing"], 3, 'There is no session file called "nothing"'),
        ([str(tmp_path)], 3, "is a folder"),
    ]:
        done = run(capsys, *argv)
        assert (done[0], words in done[2]) == (status, True), (argv, done)
    lock = SessionLock(file)
    assert lock.take()
    try:
        status, _, said = run(capsys, "waking", "--restore", "1")
    finally:
        lock.release()
    assert (status, "waking.toml is open in the program." in said) == (1, True)
    assert file.read_bytes() == before
    assert run(capsys, "waking")[1][1].endswith("This version was changed or damaged after it was kept.")
    assert run(capsys, "waking", "--restore", "1")[0] == 0


def test_versions_that_cannot_be_listed_are_named(file: Path, session: Session, capsys: Capture) -> None:
    folder = Versions(session.id).all()[0].path.parent
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_bytes(b"")
    status, _, said = run(capsys, "waking")
    assert status == 3
    assert "cannot be listed" in said
