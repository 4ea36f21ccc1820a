"""The real program in a pseudo-terminal, seen from outside: how it ends and what it leaves behind."""

import contextlib
import os
import select
import signal
import termios
import time
from pathlib import Path

from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.recovery import Slots
from tests.ui.room import STYLES, kept
from tests.ui.test_terminal import Terminal

# modes of the terminal by the numbers that switch them on (or, the last two, off)
_TAKEN = {"alternate screen": 1049, "mouse": 1000, "every move": 1003, "focus told": 1004, "paste": 2004}
_GIVEN = {"cursor shown": 25, "lines wrap": 7}


# the program with a key, F9, that does what the test says
_FAULTY = """
import ctypes, os, signal, sys, threading, time
from promote_tui.cli import main
from promote_tui.ui import app
from textual.binding import Binding
{before}
class Faulty(app.PromoteApp):
    CSS_PATH = {styles!r}
    BINDINGS = [Binding("f9", "fail", priority=True)]
    def action_fail(self):
        typed = self.stage_screen.capture.text or self.session.title
        def fail():
            raise ValueError("about " + typed)
        {fault}
app.PromoteApp = Faulty
sys.exit(main())
"""
F9 = "\x1b[20~"


class Outside(Terminal):
    """``promote`` with one session open, its end told by status, file and terminal.

    ``fault`` is what F9 does, as Python; ``fail`` is a function in it that raises an error with typed
    text. ``before`` is done before the program starts.
    """

    def __init__(
        self, folder: Path, session: Session, *, fault: str = "", before: str = "", name: str = "session.toml"
    ) -> None:
        self.path = kept(folder, session, name)
        if fault or before:
            code = _FAULTY.format(before=before, styles=STYLES, fault=fault or "pass")
            self.START = ("-c", code)
        super().__init__(folder, str(self.path))
        self.sees("CHOOSE", "saved")

    @property
    def said(self) -> str:
        """Return what stands on the terminal after the program has left its alternate screen."""
        return self.sent.rpartition(b"\x1b[?1049l")[2].decode()

    def types(self, text: str) -> None:
        """Type text, as fast as the program reads it; ``\\r`` is Enter."""
        data = text.encode()
        while data:
            data = data[os.write(self._end, data) :]

    def says(self, line: str) -> None:
        """Keep a line and wait until the room reads that it is saved."""
        self.types(f"{line}\r")
        self.sees(line.partition(": ")[2] or line, "saved ")

    def half_types(self, text: str) -> None:
        """Type a line without Enter and wait until it is seen."""
        self.types(text)
        self.sees(text)

    def signals(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.process, number)

    def reads(self, seconds: float) -> None:
        """Read what comes in this time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and select.select([self._end], [], [], left)[0]:
            try:
                data = os.read(self._end, 65536)
            except OSError:
                return
            self.sent += data
            self._stream.feed(data)

    def hangs_up(self) -> None:
        """Take the terminal away, as a closed window does."""
        os.close(self._end)
        self._end = -1

    def ends(self, seconds: float = 15) -> int:
        """Wait for the end; return the exit status, or what killed it as a negative number."""
        until = time.monotonic() + seconds
        while (ended := os.waitpid(self.process, os.WNOHANG)) == (0, 0):
            if time.monotonic() > until:
                self.signals(signal.SIGKILL)
                os.waitpid(self.process, 0)
                raise AssertionError("the program does not end")
            if self._end >= 0:
                self.reads(0.05)
            time.sleep(0.01)
        if self._end >= 0:
            self.reads(0.2)
        return os.waitstatus_to_exitcode(ended[1])

    def cpu_seconds(self) -> float:
        """Return the processor time that the program has taken."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def terminal(self) -> dict[str, bool]:
        """Say of each mode whether the terminal is as a shell wants it."""
        modes = self.screen.mode
        found = {name: number << 5 not in modes for name, number in _TAKEN.items()}
        found |= {name: number << 5 in modes for name, number in _GIVEN.items()}
        local = termios.tcgetattr(self._end)[3]
        return found | {"echo": bool(local & termios.ECHO), "lines": bool(local & termios.ICANON)}

    @property
    def saved(self) -> Session:
        """Return what the file says."""
        session = toml_text.read(self.path.read_bytes()).session
        assert session is not None
        return session

    @property
    def stories(self) -> list[str]:
        """Return the stories and the processes that the file holds."""
        return [one.text for one in self.saved.stories] + [one.name for one in self.saved.candidates]

    @property
    def half_typed(self) -> list[str]:
        """Return what is given back when the session is opened next."""
        slot = Slots(self.saved.id).newest()
        return [line.text for line in slot.typed] if slot else []

    def closed(self) -> None:
        """Let go of the terminal."""
        with contextlib.suppress(OSError):
            os.close(self._end)
