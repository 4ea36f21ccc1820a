import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from promote_tui.store import durable, inbox, inbox_text, places, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.inbox import Inbox
from promote_tui.store.inbox_text import Draft
from promote_tui.store.library import Library

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")
START = 'format = "promote-inbox"\nversion = 1\n'


@pytest.fixture
def box(tmp_path: Path) -> Inbox:
    """An inbox in a library that is not there yet."""
    return Inbox(tmp_path / "library")


def texts(box: Inbox) -> list[str]:
    return [entry.text for entry in box.entries()]


def jot(box: Inbox, *words: str) -> tuple[int, int]:
    added = box.add([Draft(text) for text in words], "jot")
    return len(added.new), added.already


def test_an_inbox_from_the_first_words_to_the_last(box: Inbox) -> None:
    assert (box.entries(), box.trouble(), box.folder.exists()) == ((), "", False)

    assert jot(box, "The lights come on", "Tea is cold", "tea is cold.") == (2, 1)
    assert jot(box, "Tea is cold", "No one rang back") == (1, 1)
    taken = box.entries()[:2]
    box.remove([entry.id for entry in taken])
    assert texts(box) == ["No one rang back"]
    assert "Tea" not in box.path.read_text(encoding="utf-8")
    assert jot(box, "Tea is cold") == (0, 1)
    assert box.trouble() == ""


def test_nothing_is_written_when_nothing_changes(box: Inbox) -> None:
    box.remove(["jot-1"])
    assert not box.folder.exists()
    jot(box, "one")
    before = box.path.stat().st_mtime_ns
    jot(box, "one")
    box.remove(["jot-9"])
    assert box.path.stat().st_mtime_ns == before


def test_the_library_never_shows_the_inbox_as_a_session(box: Inbox) -> None:
    jot(box, "one")
    box.path.rename(box.folder / "Inbox.toml")

    assert Library(box.folder).cards() == []


BROKEN = [
    (b"= 1", "inbox.toml:1: this is not TOML: invalid statement."),
    (b"\xff", "inbox.toml:1: the text is not UTF-8 - save it again as UTF-8 in your editor."),
    (b"", 'inbox.toml: this is not an inbox: format should be "promote-inbox".'),
    (f"{START}entries = 3\nseen = 3".encode(), "inbox.toml:3: entries: 3 is not a list (and 1 more)."),
    (START.replace("1", "2").encode(), "inbox.toml:2: version: version 2 was written by a newer program; "),
    (b"#" * 5_000_001, "inbox.toml: the file has 5000001 bytes; at most 5000000 fit."),
]


def test_an_inbox_that_is_not_understood_is_never_written(box: Inbox) -> None:
    box.folder.mkdir()
    for data, trouble in BROKEN:
        box.path.write_bytes(data)

        assert box.trouble().startswith(trouble)
        assert box.entries() == ()
        for change in (lambda: jot(box, "one"), lambda: box.remove(["jot-1"])):
            with pytest.raises(NotSavedError, match=r"inbox\.toml.* The inbox was not changed\."):
                change()
        assert box.path.read_bytes() == data


def test_a_newer_inbox_can_be_looked_at(box: Inbox) -> None:
    jot(box, "one")
    text = box.path.read_text(encoding="utf-8").replace("version = 1", "version = 2")
    box.path.write_text(text, encoding="utf-8")

    assert texts(box) == ["one"]
    assert box.trouble()


def test_a_folder_in_its_place(box: Inbox) -> None:
    box.path.mkdir(parents=True)

    assert box.trouble() == "inbox.toml: is a folder, not a session file."
    with pytest.raises(NotSavedError):
        jot(box, "one")


@POSIX
def test_a_link_is_left_alone(box: Inbox, tmp_path: Path) -> None:
    box.folder.mkdir()
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text(START, encoding="utf-8")
    box.path.symlink_to(elsewhere)

    assert box.trouble() == ""
    with pytest.raises(NotSavedError, match="is a link"):
        jot(box, "one")
    assert box.path.is_symlink()


@POSIX
@pytest.mark.skipif(os.name == "posix" and os.getuid() == 0, reason="nothing is closed to root")
def test_a_folder_for_reading_only(box: Inbox) -> None:
    jot(box, "one")
    box.folder.chmod(0o500)
    try:
        with pytest.raises(NotSavedError, match="this account may not write there"):
            jot(box, "two")
        assert texts(box) == ["one"]
    finally:
        box.folder.chmod(0o700)


@pytest.mark.parametrize("place", ["library", "locks"])
def test_a_folder_that_cannot_be_made(place: str, box: Inbox) -> None:
    blocked = box.folder if place == "library" else places.locks_folder()
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("", encoding="utf-8")

    with pytest.raises(NotSavedError):
        jot(box, "one")


def test_a_disk_that_refuses_loses_nothing(box: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    jot(box, "one")

    def refuse(path: Path, data: bytes) -> None:
        raise NotSavedError("inbox.toml: the disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(durable, "write", refuse)
        with pytest.raises(NotSavedError, match="the disk is full"):
            jot(box, "two")
    assert jot(box, "two") == (1, 0)
    assert texts(box) == ["one", "two"]


def test_what_does_not_read_back_is_not_written(box: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_text, "write", lambda _: START)

    with pytest.raises(NotSavedError, match="does not read back"):
        jot(box, "one")
    assert not box.path.exists()


def test_words_that_do_not_fit(box: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotSavedError, match=r"inbox\.toml: Text: "):
        jot(box, "fine", "x" * 10_001)
    with monkeypatch.context() as patch:
        patch.setattr(toml_text, "LARGEST", 200)
        with pytest.raises(NotSavedError, match="larger than"):
            jot(box, "x" * 200)
    assert not box.path.exists()


def test_whoever_comes_while_it_is_changed_waits_a_little(
    box: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    jot(box, "one")
    (lock,) = places.locks_folder().iterdir()
    monkeypatch.setattr(inbox, "_PATIENCE", 0.05)

    with FileLock(lock):
        assert texts(box) == ["one"]
        with pytest.raises(NotSavedError, match="Another program is changing"):
            jot(box, "two")
    assert jot(box, "two") == (1, 0)


ADDING = """
import sys
from pathlib import Path
from promote_tui.store import inbox
from promote_tui.store.inbox_text import Draft
inbox._PATIENCE = 60
box = inbox.Inbox(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    box.add([Draft(f"{sys.argv[2]} says {number}")], sys.argv[2])
"""


def test_two_programs_at_once_lose_nothing(box: Inbox) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, str(box.folder), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for kind in ("jot", "comment")
    ]
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.communicate("go\n")

    assert [program.returncode for program in programs] == [0, 0]
    for kind in ("jot", "comment"):
        mine = [entry for entry in box.entries() if entry.id.startswith(kind)]
        assert [entry.text for entry in mine] == [f"{kind} says {number}" for number in range(20)]
        assert [entry.id for entry in mine] == [f"{kind}-{number}" for number in range(1, 21)]


def test_five_thousand_comments(box: Inbox) -> None:
    drafts = [
        Draft(f"Comment number {number} of a busy year", "patient", "feedback form")
        for number in range(5_000)
    ]

    assert len(box.add(drafts, "comment").new) == 5_000
    assert len(box.entries()) == 5_000
