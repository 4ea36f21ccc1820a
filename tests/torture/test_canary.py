"""A word planted in every field is only in the sessions and on the screen, however the program ends."""

import re
import signal
from pathlib import Path

import pytest

from promote_tui.store import places
from tests.torture.outside import F9, Outside
from tests.ui.test_hostile import hostile

CANARY = "CANARY-Mrs-Nobody"
_ALL_ON = {
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_LOG": "textual.log",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": ".",
    "PYTHONFAULTHANDLER": "1",
    "PYTHONASYNCIODEBUG": "1",
}
_UNSAVED = "os.rename(self.saver.file.path.parent, str(self.saver.file.path.parent) + '-away')"
FAULTS: dict[str, tuple[str, str, int, int]] = {
    # what F9 does, what is typed instead, the signal sent, and how it ends
    "an error": ("fail()", "", 0, 1),
    "an error elsewhere": ("threading.Thread(target=fail).start()", "", 0, 1),
    "nothing drawn": ("self._driver._writer_thread._queue.put(typed.encode())", "", 0, 1),
    "terminated": ("", "", signal.SIGTERM, 128 + signal.SIGTERM),
    "not saved": (f"{_UNSAVED}; self._changed()", "", signal.SIGTERM, 128 + signal.SIGTERM),
    "left": ("", "\x11", 0, 0),
}


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    fault, typed, number, status = FAULTS[name]
    for folder in ("temp", "here"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for variable, value in {**_ALL_ON, "TMPDIR": str(tmp_path / "temp")}.items():
        monkeypatch.setenv(variable, value)
    library = tmp_path / f"library of {CANARY}"
    room = Outside(library, hostile(CANARY), fault=fault, name=f"{CANARY}.toml")
    assert CANARY.encode() in room.sent, "it is on the screen"
    room.types("i")
    room.sees("Enter add")
    room.half_types(f"half {CANARY}")
    if fault:
        room.types(F9)
        room.reads(0.5)
    room.types(typed) if typed else None
    room.signals(number) if number else None
    assert room.ends() == status
    assert CANARY not in room.said
    assert not re.search(rb"\x1b\](?:[0128]|52);", room.sent), "no title, no link, no clipboard"
    room.closed()
    ours = [library, library.with_name(f"{library.name}-away"), places.state_folder() / "history"]
    ours += [places.state_folder() / "recovery", places.state_folder() / "undo", places.cache_folder()]
    for path in tmp_path.rglob("*"):
        if not any(path.is_relative_to(folder) for folder in ours):
            assert CANARY not in path.name, path
            assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path
    assert list((tmp_path / "here").iterdir()) == list((tmp_path / "temp").iterdir()) == []
    assert (places.state_folder() / "logs").exists() == (name in ("an error", "an error elsewhere"))
