"""How long until home can be read, beside a bare Textual app, in a real pseudo-terminal.

Run: ``python benchmarks/first_paint.py [runs]``. Both programs start in turn, so that a machine that
slows down slows both; medians, spread and the ratio are printed. POSIX only.
"""

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("BARE-IS-SHOWN")
Bare().run()
"""
LISTING = "import sys; from promote_tui.cli import main; sys.exit(main())"


def seconds_until(words: bytes, code: str, environment: dict[str, str]) -> float:
    """Return the seconds from starting Python with ``code`` until ``words`` reach the terminal."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execve(sys.executable, [sys.executable, "-c", code], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen, until = b"", began + 20
    try:
        while words not in seen:
            if not select.select([terminal], [], [], until - time.perf_counter())[0]:
                raise TimeoutError(f"{words!r} was never shown")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - began
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        for example in (Path(__file__).parent.parent / "examples").glob("*.toml"):
            shutil.copy(example, folder)
        environment = {**os.environ, "PROMOTE_LIBRARY": folder, "TERM": "xterm-256color"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        programs = {
            "bare Textual": (b"BARE-IS-SHOWN", BARE),
            "home, title": (b"PROMOTE", LISTING),
            "home, sessions listed": (b"Bed tea", LISTING),
        }
        for words, code in programs.values():
            seconds_until(words, code, environment)
        times: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(runs):
            for name, (words, code) in programs.items():
                times[name].append(seconds_until(words, code, environment))
    bare = statistics.median(times["bare Textual"])
    print(f"{'':24}{'median':>9}{'min':>9}{'max':>9}{'ratio':>8}   ({runs} runs, milliseconds)")
    for name, taken in times.items():
        median = statistics.median(taken)
        figures = "".join(f"{1000 * value:9.0f}" for value in (median, min(taken), max(taken)))
        print(f"{name:24}{figures}{median / bare:8.2f}")


if __name__ == "__main__":
    main()
