"""What breaks a program from outside: strace, disks of its own, limits; and what must be true afterwards."""

import functools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.store import durable, toml_text
from tests.ui.test_terminal import Terminal

PATIENCE = 20.0
"""Seconds after which a test gives up; nothing waits that long when all is well."""
_CALL = re.compile(r"(?P<name>\w+)\((?P<rest>.*)\)? += ")


@dataclass(frozen=True)
class Call:
    """One call to the system: its name, and which call of that name it is, counted from 1."""

    name: str
    number: int


@dataclass(frozen=True)
class Run:
    """What a child of ``saves.py`` told, and how it ended."""

    outcomes: tuple[tuple[str, str], ...]
    status: int

    @property
    def killed(self) -> bool:
        """Say whether the child was killed before it was done."""
        return self.status == -signal.SIGKILL


def until(met: Callable[[], object], what: str) -> None:
    """Wait until a condition is met; fail when that takes too long."""
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.01)


def system_refuses(*words: str) -> str:
    """Run a command of the system; return why it did not work, or nothing."""
    if not (program := shutil.which(words[0])):
        return f"there is no {words[0]}"
    done = subprocess.run([program, *words[1:]], capture_output=True, text=True, check=False)
    return f"{words[0]} may not be used: {done.stderr.strip()[:100]}" if done.returncode else ""


def system(*words: str) -> None:
    """Run a command of the system that has to work."""
    why = system_refuses(*words)
    assert not why, why


# ---- strace


@functools.cache
def without_strace() -> str:
    """Return why calls of the system cannot be made to fail here; nothing when they can."""
    return system_refuses("strace", "-o", os.devnull, "-e", "inject=getcwd:error=EIO", "true")


def needs_strace(what: str) -> None:
    """Skip the test, saying what stays unproven, where strace cannot be used."""
    if why := without_strace():
        pytest.skip(f"NOT PROVEN HERE: {what} ({why})")


@contextmanager
def straced(process: int, *words: str) -> Iterator[None]:
    """Put strace on a running process, every thread of it, for as long as the block lasts."""
    command = ["strace", "-f", "-p", str(process), *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        line = strace.stderr.readline()
        assert "attached" in line, line
        try:
            yield
        finally:
            strace.terminate()
            strace.stderr.read()


class Saves:
    """``saves.py`` running: each child of it saves in one scenario, with one fault or none."""

    def __init__(self) -> None:
        path = Path(__file__).with_name("saves.py")
        self._program = subprocess.Popen(
            [sys.executable, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def end(self) -> None:
        """End the program."""
        self._program.communicate(timeout=PATIENCE)

    def run(self, scenario: str, root: Path, *words: str) -> Run:
        """Run one child in a scenario, with strace on it that does as the words say."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps([scenario, str(root)]) + "\n")
        self._program.stdin.flush()
        child = json.loads(self._program.stdout.readline())
        assert isinstance(child, int), child
        with straced(child, *words):
            os.kill(child, signal.SIGUSR1)
            told = []
            while isinstance(line := json.loads(self._program.stdout.readline()), list):
                told.append((line[0], line[1]))
        return Run(tuple(told), line["status"])

    def calls(self, scenario: str, root: Path) -> list[Call]:
        """Return every call of a scenario's first save that touches the folder, in a run without a fault."""
        log = root.with_suffix(".log")
        run = self.run(scenario, root, "-y", "-e", "trace=%file,%desc", "-o", str(log))
        assert run.status == 0, run
        counted: dict[str, int] = {}
        calls = []
        for line in log.read_text(errors="replace").splitlines():
            if match := _CALL.search(line):
                name = match["name"]
                if line.startswith("write(1<") or " write(1<" in line[:20]:
                    break  # the first save was told
                counted[name] = counted.get(name, 0) + 1
                if str(root) in line:
                    calls.append(Call(name, counted[name]))
        return calls

    def faulted(self, scenario: str, root: Path, call: Call, fault: str) -> Run:
        """Run a scenario in which one call meets a fault, such as ``error=EIO`` or ``signal=KILL``."""
        injected = f"inject={call.name}:{fault}:when={call.number}"
        log = root.with_suffix(".log")
        run = self.run(scenario, root, "-o", str(log), "-e", f"trace={call.name}", "-e", injected)
        assert run.killed if fault == "signal=KILL" else "INJECTED" in log.read_text(errors="replace")
        return run


# ---- disks


@contextmanager
def disk(place: Path, what: str, size: str = "400k") -> Iterator[Path]:
    """Mount a small disk at a place; skip the test, saying what stays unproven, where that is refused."""
    place.mkdir(parents=True)
    if why := system_refuses("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(place)):
        pytest.skip(f"NOT PROVEN HERE: {what} ({why})")
    try:
        yield place
    finally:
        system("umount", "-l", str(place))


def remount(place: Path, how: str) -> None:
    """Have a mounted disk be for reading only (``ro``), or for writing too (``rw``)."""
    system("mount", "-o", f"remount,{how}", str(place))


def fill(place: Path) -> None:
    """Fill a disk up to its last byte."""
    with (place / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4_096))


# ---- what must be true


def session_in(path: Path) -> Session:
    """Return the session of a file, which must be whole and without a mistake."""
    reading = toml_text.read(path.read_bytes())
    assert reading.session is not None, (path.name, reading.problems)
    assert reading.problems == (), (path.name, reading.problems)
    return reading.session


@functools.lru_cache(maxsize=10_000)
def session_of(data: bytes) -> Session | None:
    """Return the session that this program would work on; None when it must not touch these bytes."""
    reading = toml_text.read(data)
    return None if reading.newer or reading.cut_short else reading.session


def files(folder: Path) -> list[Path]:
    """Return the files of a folder and those below it that are not temporary ones of ours."""
    paths = folder.rglob("*") if folder.is_dir() else ()
    return sorted(path for path in paths if path.is_file() and not path.name.startswith(durable.PREFIX))


def texts(folder: Path) -> set[str]:
    """Return every story of every session file in a folder, each of which must be whole."""
    return {story.text for path in folder.glob("*.toml") for story in session_in(path).stories}


def only_sweepable(folder: Path, allowed: set[str]) -> None:
    """Check that a folder holds these files, and else nothing but what the next start sweeps away."""
    durable.sweep(folder, time.time() + 7_200)
    found = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    assert found <= allowed, found - allowed


# ---- the real program


def at_work(path: Path) -> Terminal:
    """Start the program on a session with one story; return it when its line waits for words."""
    program = Terminal(path.parent, str(path))
    picture = program.sees("1 CHOOSE", "Story 0", "? help")
    if "for reading only" not in picture:
        program.types("i")
        program.sees("Enter add")
    return program
