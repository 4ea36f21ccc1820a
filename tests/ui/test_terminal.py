"""The real program in a real terminal: what reaches it, and what a kill leaves behind."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

import pyte
import pytest

from promote_tui.store import toml_text

TRIES = int(os.environ.get("PROMOTE_KILL_TRIES", "4"))
"""How often the program is killed; 50 before a release."""


class Terminal:
    """``promote`` running in a pseudo-terminal of 80 x 24, its screen kept by a terminal emulator."""

    START: tuple[str, ...] = ("-m", "promote_tui")

    def __init__(self, folder: Path, *words: str) -> None:
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        environment = {**os.environ, "TERM": "xterm-256color", "PROMOTE_LIBRARY": str(folder), "LINES": "24"}
        environment["COLUMNS"] = "80"
        self.process, self._end = pty.fork()
        if self.process == 0:
            # tests that run in the background inherit a Ctrl+C that is ignored; a room does not
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execve(sys.executable, [sys.executable, *self.START, *words], environment)

    def sees(self, *words: str) -> str:
        """Read until one picture of the screen shows all these words; return it."""
        until = time.monotonic() + 20
        while True:
            picture = "\n".join(self.screen.display)
            flat = " ".join(picture.split())
            if all(word in flat for word in words):
                return picture
            if not select.select([self._end], [], [], max(0, until - time.monotonic()))[0]:
                raise AssertionError(f"{words} never seen:\n{picture}")
            data = os.read(self._end, 65536)
            self.sent += data
            self._stream.feed(data)

    def types(self, text: str) -> None:
        """Type text; ``\\r`` is Enter."""
        os.write(self._end, text.encode())

    def kill(self) -> None:
        """End the program as a power cut would."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self._end)

    def leaves(self) -> int:
        """Wait for the program to end, 20 seconds at most; return its exit status."""
        until = time.monotonic() + 20
        while (ended := os.waitpid(self.process, os.WNOHANG)) == (0, 0):
            if not select.select([self._end], [], [], 0.1)[0]:
                assert time.monotonic() < until, "the program does not end"
                continue
            with contextlib.suppress(OSError):  # nobody is at the other end any more
                os.read(self._end, 65536)
        os.close(self._end)
        return os.waitstatus_to_exitcode(ended[1])


@pytest.mark.parametrize("attempt", range(TRIES))
def test_killed_right_after_saved_nothing_is_lost(tmp_path: Path, attempt: int) -> None:
    room = Terminal(tmp_path)
    room.sees("No sessions yet")
    room.types("n")
    room.sees("Title ›")
    room.types("Waking up\r")
    room.sees("Team ›")
    room.types("\r")
    room.sees("In the room ›")
    room.types("\r")
    room.sees("1 CHOOSE")
    story = f"The lights come on, time {attempt}"
    room.types(f"p: {story}\r")
    room.sees("PATIENT", f"time {attempt}", " saved ")
    room.kill()
    (file,) = tmp_path.glob("*.toml")
    session = toml_text.read(file.read_bytes()).session
    assert session is not None
    assert [one.text for one in session.stories] == [story]


def test_a_hostile_file_sends_no_control_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "hostile.toml").write_text(
        'format = "promote-session"\nversion = 1\nid = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"\n'
        'title = "A\\u001b]0;owned\\u0007B"\nheld_on = 2026-11-23\n'
        '[[stories]]\nid = "story-1"\nvoice = "patient"\ntext = "before \\u001b[2J\\u001b[31m after"\n',
        encoding="utf-8",
    )
    room = Terminal(tmp_path, str(tmp_path / "hostile.toml"))
    room.sees("owned", "1 CHOOSE", "before", "after")
    assert b"owned" in room.sent
    assert b"]0;owned\x07" not in room.sent
    assert not re.search(rb"\x1b\][012];", room.sent), "the window's title is left alone"
    assert b"\x1b[2J\x1b[31m after" not in room.sent
    room.types("\x11")
    assert room.leaves() == 0
