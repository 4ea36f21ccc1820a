"""How home stands a library of 10,000 sessions: beside one of 100, a bare Textual app and Textual's own list.

Run: ``python benchmarks/library_live.py [FOLDER] [--runs N]``. Without a folder it makes a library of 10,000
sessions first; a folder is copied and stays as it is. All programs run in a real pseudo-terminal, in turn,
with places of their own for what they keep. A key is over when nothing more is drawn. Linux only.
"""

import argparse
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import made_library
from first_paint import BARE, LISTING

OPTIONS = """
from textual.app import App
from textual.widgets import OptionList
class Options(App):
    def compose(self):
        yield OptionList(*[f"Session {n}   Mulberry 2   4 Own   BARE-IS-SHOWN" for n in range(10_000)])
Options().run()
"""
WARM = """
import os, pathlib
from promote_tui.store.catalogue import Catalogue
from promote_tui.store.places import catalogue_file
folder = pathlib.Path(os.environ["PROMOTE_LIBRARY"])
Catalogue(folder, catalogue_file(folder)).refresh()
"""
DOWN, UP, END = b"\x1b[B", b"\x1b[A", b"\x1b[F"
TYPED = b"quiet door"
DOWNS = 60
FRAME = 1000 / 60
"""Milliseconds; what is drawn in that time seems to be there at once."""
TOO_LONG = 20
"""Seconds after which a program need not be started again to know that it is slow."""
Figure = dict[str, list[float]]
SMALL, BIG, BARE_APP, LIST = "home with 100", "home with 10,000", "bare Textual", "OptionList with 10,000"


class Program:
    """A program in a pseudo-terminal of 120 by 40."""

    def __init__(self, code: str, environment: dict[str, str]) -> None:
        self._began = time.perf_counter()
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execve(sys.executable, [sys.executable, "-c", code], environment)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)

    def _drawn(self, seconds: float) -> bytes:
        """Return what is drawn within that time at the latest; nothing when nothing is."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._terminal, 65536)
        except OSError:  # the program is gone
            return b""

    def seconds_until(self, *words: bytes) -> float:
        """Return the seconds from the start until all of these words were drawn."""
        seen = b""
        while not all(word in seen for word in words):
            drawn = self._drawn(240)
            if not drawn:
                raise TimeoutError(f"{words!r} were never shown: {seen[-500:]!r}")
            seen += drawn
        return time.perf_counter() - self._began

    def settle(self, quiet: float) -> None:
        """Wait until nothing was drawn for that long."""
        while self._drawn(quiet):
            pass

    def press(self, key: bytes, quiet: float) -> tuple[float, float]:
        """Press a key and return the seconds until something, and until the last thing, was drawn."""
        began = time.perf_counter()
        os.write(self._terminal, key)
        first = last = 0.0
        while self._drawn(quiet if first else 1):
            last = time.perf_counter() - began
            first = first or last
        return first, last

    def megabytes(self) -> float:
        """Return how much memory the program holds."""
        status = Path(f"/proc/{self._process}/status").read_text()
        return int(re.findall(r"VmRSS:\s*(\d+)", status)[0]) / 1000


def newest_title(folder: Path) -> bytes:
    """Return the start of the title at the top of the list."""
    found = []
    for path in folder.glob("*.toml"):
        with path.open("rb") as file:
            head = file.read(1000)
        if (title := re.search(rb'^title = "(.*)"', head, re.M)) and not path.name.startswith("broken"):
            days = re.findall(rb"^(?:held_on|updated_at) = (.*)", head, re.M)
            found.append((days, title[1]))
    return max(found)[1][:12]


def p95(taken: Iterable[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=9)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folders = {SMALL: Path(scratch) / "small", BIG: Path(scratch) / "big"}
        made_library.write(100, folders[SMALL])
        if args.folder:
            shutil.copytree(args.folder, folders[BIG])
        else:
            made_library.write(10_000, folders[BIG])
        environment = {**os.environ, "TERM": "xterm-256color"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment |= {
            f"XDG_{kind}_HOME": f"{scratch}/{kind}" for kind in ("STATE", "CACHE", "CONFIG", "DATA")
        }
        programs = {
            BARE_APP: (BARE, environment, [b"BARE-IS-SHOWN"]),
            LIST: (OPTIONS, environment, [b"BARE-IS-SHOWN"]),
        }
        for name, folder in folders.items():
            own = {**environment, "PROMOTE_LIBRARY": str(folder)}
            warmed = subprocess.run([sys.executable, "-c", WARM], env=own, capture_output=True, check=False)
            if warmed.returncode:
                print(f"{name}: there is no catalogue that could be warm")
            programs[name] = (LISTING, own, [b"sessions", newest_title(folder)])
        measure(programs, args.runs)


def measure(programs: dict[str, tuple[str, dict[str, str], list[bytes]]], runs: int) -> None:
    """Start every program in turn, press keys in it, and print what came of it."""
    starts, memory, downs, ups = (defaultdict[str, list[float]](list) for _ in range(4))
    letters, lists, too_slow = [], [], set()
    for run in range(runs + 1):
        for name, (code, environment, words) in programs.items():
            if name in too_slow:
                continue
            with Program(code, environment) as program:
                took = program.seconds_until(*words)
                if took > TOO_LONG:
                    too_slow.add(name)
                elif run == 0:  # the first start compiles and fills the caches
                    continue
                starts[name].append(took)
                if run > 3 and name not in too_slow:
                    continue
                program.settle(1.5)
                memory[name].append(program.megabytes())
                if name != BARE_APP:
                    downs[name] += [program.press(DOWN, 0.03)[1] for _ in range(DOWNS)]
                    program.press(END, 0.5)
                    ups[name] += [program.press(UP, 0.03)[1] for _ in range(DOWNS)]
                if name == BIG:
                    program.press(b"/", 0.3)
                    for letter in TYPED:
                        first, last = program.press(bytes([letter]), 0.15)
                        letters.append(first)
                        lists.append(last)
    show(starts, memory, downs, ups)
    line("search: key to letter, p95, ms", 1000 * p95(letters), [1000 * one for one in letters], FRAME, 1)
    line("search: key to list shown, p95, ms", 1000 * p95(lists), [1000 * one for one in lists], FRAME, 1)


def show(starts: Figure, memory: Figure, downs: Figure, ups: Figure) -> None:
    """Print what was measured, the least and the most, what stands beside it, ratio and target."""
    print(f"{'':44}{'median':>9}{'min':>9}{'max':>9}{'beside':>9}{'ratio':>7}{'target':>8}")
    milliseconds = {name: [1000 * one for one in taken] for name, taken in starts.items()}
    lines = [
        ("start: home with 100 / bare Textual, ms", milliseconds[SMALL], milliseconds[BARE_APP], 1.25),
        ("start: OptionList with 10,000 / bare, ms", milliseconds[LIST], milliseconds[BARE_APP], None),
        ("start: home with 10,000 / with 100, ms", milliseconds[BIG], milliseconds[SMALL], 1.1),
        ("memory: home with 10,000 / bare, MB", memory[BIG], memory[BARE_APP], 1.3),
        ("memory: home with 100 / bare, MB", memory[SMALL], memory[BARE_APP], None),
    ]
    for what, taken, beside, target in lines:
        line(what, statistics.median(taken), taken, statistics.median(beside), target)
    for key, pressed in (("Down from the top", downs), ("Up from the end", ups)):
        keys = {name: [1000 * one for one in taken] for name, taken in pressed.items()}
        middle, beside = statistics.median(keys[BIG]), keys[LIST]
        line(f"{key}: 10,000 / OptionList, p50, ms", middle, keys[BIG], statistics.median(beside), 0.5)
        line(f"{key}: 10,000 / OptionList, p95, ms", p95(keys[BIG]), keys[BIG], p95(beside), 0.5)
        line(f"{key}: 100 / OptionList, p95, ms", p95(keys[SMALL]), keys[SMALL], p95(beside), None)


def line(what: str, value: float, taken: list[float], beside: float, target: float | None) -> None:
    cells = "".join(f"{one:9.1f}" for one in (value, min(taken), max(taken), beside))
    said = "" if target is None else f"{target:8.2f}  {'ok' if value <= target * beside else 'MISSED'}"
    print(f"{what:44}{cells}{value / beside:7.2f}{said}")


if __name__ == "__main__":
    main()
