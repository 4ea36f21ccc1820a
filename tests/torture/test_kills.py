"""The program is killed at any moment: what was typed more than a second before is on the disk."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.store.recovery import Slot, Slots
from promote_tui.store.session_file import SessionFile
from tests.torture import saves, typist
from tests.torture.faults import at_work, only_sweepable, session_in
from tests.ui.test_terminal import Terminal

HALF_TYPED_IS_KEPT = True
"""Whether the program keeps half-typed lines in its recovery slots: True once that is wired in."""
PROMISED = 1.0
"""Seconds of typing that may be lost."""


@dataclass(frozen=True)
class Key:
    """A character that was typed: when, in which line, and how many characters of the line it makes."""

    at: float
    line: int
    length: int


def lost(
    keys: list[Key], lines: list[str], killed_at: float, session: Session, slot: Slot | None
) -> list[float]:
    """Return how long before the kill each character was typed that is nowhere any more."""
    told = {story.text for one in (session, slot.session if slot else session) for story in one.stories}
    half = {typed.text for typed in slot.typed} if slot else set()
    ages = []
    for key in keys:
        line = lines[key.line]
        there = line in told or any(text.startswith(line[: key.length]) for text in half)
        if not there:
            ages.append(killed_at - key.at)
    return ages


@pytest.mark.parametrize("rounds", [1, pytest.param(25, marks=pytest.mark.slow)])
def test_killed_while_it_saves_and_keeps_every_character(
    tmp_path: Path, rounds: int, record_testsuite_property: Callable[[str, object], None]
) -> None:
    chance = random.Random("moments to kill at")  # noqa: S311 - nothing secret
    kills, typed, oldest = 0, 0, 0.0
    for number in range(rounds):
        with ExitStack() as stack:
            running = []
            for which in range(6):
                root = tmp_path / f"{number} {which}"
                (root / "library").mkdir(parents=True)
                path = root / "library" / "a.toml"
                SessionFile.create(path, saves.version(0))
                words = [sys.executable, str(Path(typist.__file__)), str(path), f"{number} {which}"]
                environment = {**os.environ, "XDG_STATE_HOME": str(root / "state")}
                program = stack.enter_context(
                    subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
                )
                stack.callback(program.kill)
                assert program.stdout is not None
                running.append((root, program, program.stdout))
            for _, _, out in running:
                out.readline()
            moments = sorted(PROMISED + chance.random() * 1.5 for _ in running)
            began = time.monotonic()
            for moment, (root, program, out) in zip(moments, running, strict=True):
                said_so_far = []
                while time.monotonic() - began < moment:
                    said_so_far.append(out.readline())
                killed_at = time.monotonic()
                os.kill(program.pid, signal.SIGKILL)
                keys, said = [], 0
                for line in [*said_so_far, *out.readlines()]:
                    word, *numbers = line.split()
                    if word == "typed" and len(numbers) == 3:
                        keys.append(Key(float(numbers[0]), int(numbers[1]), int(numbers[2])))
                    elif word == "saved" and line.endswith("\n"):
                        said = int(numbers[0])
                program.wait()
                session = session_in(root / "library" / "a.toml")
                assert len(session.stories) >= said, "what was told as saved is there"
                folder = root / "state" / "promote" / "recovery"
                slot = Slots(saves.ID, folder).newest()
                lines = [typist.line_of(number) for number in range(keys[-1].line + 1)]
                ages = lost(keys, lines, killed_at, session, slot)
                kills, typed, oldest = kills + 1, typed + len(keys), max([oldest, *ages])
                assert not [age for age in ages if age > PROMISED], f"kill {kills}: {max(ages):.2f} s lost"
                only_sweepable(root / "library", {"a.toml"})
    record_testsuite_property("saving", f"{kills} kills, {typed} characters, {oldest:.2f} s lost at most")


def comes_back(path: Path, half: str) -> None:
    """Start the program again, twice, and go on where the half-typed line ends."""
    program = Terminal(path.parent, str(path))
    program.sees("? help", half)
    program.kill()
    program = Terminal(path.parent, str(path))
    program.sees("? help", "i goes on", half)
    program.types("i")
    program.sees("Enter add")
    program.types("\r")
    program.sees(f"STAFF {half[3:30]}", " saved ")
    program.types("\x11")
    assert program.leaves() == 0
    assert any(half[3:].strip() == story.text for story in session_in(path).stories)


@pytest.mark.parametrize("tries", [1, pytest.param(25, marks=pytest.mark.slow)])
def test_the_real_program_killed_while_somebody_types(
    tmp_path: Path, own_home: Path, tries: int, record_testsuite_property: Callable[[str, object], None]
) -> None:
    chance = random.Random("moments to kill somebody at")  # noqa: S311 - nothing secret
    half_lost, half_kept = 0, 0
    for number in range(tries):
        library = tmp_path / f"library {number}"
        library.mkdir()
        path = library / "a.toml"
        SessionFile.create(path, saves.version(1))
        program = at_work(path)
        lines = [
            "p: The lights",
            "s: And then, as somebody says who goes on and on, and nobody presses Enter,",
        ]
        keys: list[Key] = []
        last = chance.randint(50, 90)
        for line, text in enumerate(lines):
            for length, character in enumerate(f"{text}\r", 1):
                keys.append(Key(time.monotonic(), line, length))
                program.types(character)
                time.sleep(chance.random() * 0.03)  # as fingers do: the moment of the kill is what is tried
                program.sees(text[:length].rstrip() if character != "\r" else text[3:])
                if len(keys) == last:
                    break
            if len(keys) == last:
                break
        killed_at = time.monotonic()
        program.kill()
        session = session_in(path)
        slot = Slots(saves.ID).newest()
        told = [story.text for story in session.stories]
        entered = [key for key in keys if key.length == len(lines[key.line]) + 1]
        for key in entered:
            if killed_at - key.at > PROMISED:
                assert lines[key.line][3:] in told, "a line entered a second ago is in the file"
        spoken = [line[3:] for line in lines]
        done = {number for number, line in enumerate(spoken) if line in told}
        rest = [key for key in keys if key.line not in done]
        ages = [age for age in lost(rest, lines, killed_at, session, slot) if age > PROMISED]
        half_lost += len(ages)
        half_kept += sum(killed_at - key.at > PROMISED for key in rest) - len(ages)
        if HALF_TYPED_IS_KEPT:
            assert ages == [], f"try {number}: {len(ages)} characters lost, {max(ages):.2f} s old"
            assert slot is not None
            comes_back(path, slot.typed[0].text)
    record_testsuite_property("typing", f"{tries} kills, {half_lost} characters lost, {half_kept} kept")
