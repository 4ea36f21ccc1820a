import os
import subprocess
import sys
from pathlib import Path

import pytest

from promote_tui.store import places, toml_text
from promote_tui.store.session_file import SessionFile


def test_the_library_is_the_folder_named_then_the_variable_then_documents(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert places.library_folder(str(tmp_path / "named")) == tmp_path / "named"
    assert places.library_folder() == tmp_path / "library"
    monkeypatch.delenv(places.LIBRARY_VARIABLE)
    assert places.library_folder().name == "PROMOTE"
    assert own_home in places.library_folder().parents


def test_a_library_may_be_named_from_home_or_from_here(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert places.library_folder("~/ward") == own_home / "ward"
    monkeypatch.chdir(tmp_path)
    assert places.library_folder("ward") == tmp_path / "ward"
    assert places.library_folder("~nobody-of-that-name/x") == tmp_path / "~nobody-of-that-name" / "x"


def test_every_place_of_ours_is_in_this_home(own_home: Path, tmp_path: Path) -> None:
    for place in (
        places.state_folder(),
        places.config_folder(),
        places.history_folder(),
        places.locks_folder(),
    ):
        assert own_home in place.parents
    assert set(places.all_places(tmp_path)) >= {"sessions", "inbox", "history", "settings", "examples"}
    assert places.all_places(tmp_path)["sessions"] == tmp_path


EXAMPLES = sorted(places.examples_folder().glob("*.toml"))


def test_there_are_three_worked_examples() -> None:
    assert [path.stem for path in EXAMPLES] == ["bed-tea", "coming-onto-the-ward", "getting-past-tabula-rasa"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_reads_without_a_problem_and_is_written_back_byte_for_byte(path: Path) -> None:
    reading = toml_text.read(path.read_bytes())
    assert reading.problems == ()
    assert reading.session is not None
    assert toml_text.write(reading.session).encode() == path.read_bytes()
    assert not SessionFile.open(path).written_by_hand


def test_the_list_of_sessions_needs_neither_the_models_nor_the_screens() -> None:
    code = (
        "import promote_tui.store.library, promote_tui.store.places, sys;"
        "assert 'pydantic' not in sys.modules and 'textual' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


WATCHED = """
import os, sys
from pathlib import Path
folders = ("PROMOTE_LIBRARY", "XDG_STATE_HOME", "XDG_CACHE_HOME")
allowed = [Path(os.environ[name]).resolve() for name in folders]
def watch(event, args):
    changing = event in ("os.rename", "os.mkdir", "os.link", "os.remove", "os.rmdir", "os.symlink")
    if event == "open" and not isinstance(args[0], int):
        flags = args[2] or 0
        changing = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
    if changing:
        for name in args[: 2 if event in ("os.rename", "os.link") else 1]:
            place = Path(os.fsdecode(name)).resolve()
            inside = any(folder == place or folder in place.parents for folder in allowed)
            if not inside and place.suffix != ".pyc" and "__pycache__" not in place.parts:
                print("outside:", event, place)
from datetime import UTC, date, datetime
from promote_tui.session.edits import choose
from promote_tui.session.model import new_session
from promote_tui.store import durable, places
from promote_tui.store.library import Library
from promote_tui.store.session_file import SessionFile
now = datetime(2026, 11, 23, tzinfo=UTC)
for folder in allowed:
    folder.parent.mkdir(exist_ok=True, parents=True)
sys.addaudithook(watch)
library = Library(places.library_folder())
library.make()
library.trouble()
uuid = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
file = library.add(new_session(id=uuid, title="Waking up", now=now, today=date(2026, 11, 23)))
session = choose.add_line(file.reading.session, "p: The lights come on")
file.save(session, now)
file.path.write_text(file.path.read_text() + "# by hand\\n")
file = SessionFile.open(file.path)
file.save(session, now)
file.path.write_text(file.path.read_text() + "# by hand\\n")
file.save(session, now)
durable.sweep(library.folder, 1e12)
for card in library.cards():
    print("saved:", card.path.name)
print(len(list(places.history_folder().rglob("*.toml"))), "kept")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not take its folders from the environment")
def test_no_file_is_written_outside_the_library_the_state_and_the_cache_folder() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], check=True, capture_output=True, text=True, env=os.environ
    )
    said = done.stdout.splitlines()
    assert not [line for line in said if line.startswith("outside")]
    assert len([line for line in said if line.startswith("saved")]) == 2
    assert said[-1] == "1 kept"
