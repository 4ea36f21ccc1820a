"""Each call of the system that a save makes fails, or is the last one: nothing is lost, nothing is torn."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from promote_tui.store.session_file import SessionFile
from tests.torture import saves
from tests.torture.faults import Call, Run, Saves, files, needs_strace, only_sweepable, session_in

FAULTS = ("error=EIO", "error=ENOSPC", "error=EINTR", "signal=KILL")
RESUMED = {"openat", "read", "write", "fsync"}
"""Calls that Python makes again when they were interrupted."""
WHAT = "what a save leaves behind when a call of the system fails or is the last"
QUICK = 20
"""How many faults of each scenario the normal run tries."""


@pytest.fixture
def program() -> Iterator[Saves]:
    """The program that saves."""
    needs_strace(WHAT)
    program = Saves()
    yield program
    program.end()


def faults(program: Saves, scenario: str, folder: Path) -> list[tuple[Call, str]]:
    """Return every call of a scenario with every fault."""
    calls = program.calls(scenario, folder / "traced")
    names = {call.name for call in calls}
    assert {"openat", "write", "fsync", "close", "read"} <= names, names
    return [(call, fault) for call in calls for fault in FAULTS]


def check(scenario: str, root: Path, run: Run) -> None:
    """Check promises 2 to 5 on what is on the disk after a run."""
    library, own = root / "library", root / "library" / saves.NAME
    if run.killed:
        assert len(run.outcomes) < 2
    else:
        assert run.status == 0
        first, second = run.outcomes
        assert first[0] or first[1], "a fault is said in words"
        # the disk is well again: the next save works, in the first place or beside it
        assert second[0] or scenario == "new", second
    # one whole version, old or new, in each file
    found = {path: session_in(path) for path in library.glob("*.toml") if path.read_bytes() != saves.BY_HAND}
    known = [saves.version(number) for number in range(4)]
    if scenario == "conflict":
        assert own.read_bytes() == saves.theirs(), "what another program wrote is not touched"
        del found[own]
    for path, session in found.items():
        assert session in known, path
        assert SessionFile.open(path).read_only == ""
    # what was told as saved is there, or a later version of it
    before = 0 if scenario == "new" else 1
    for number, (where, _) in enumerate(run.outcomes, before + (scenario != "by hand")):
        if where:
            assert len(session_in(Path(where)).stories) >= number
    if scenario == "by hand":
        kept = {path.read_bytes() for path in files(root / "state")}
        assert saves.BY_HAND in {*kept, own.read_bytes()}, "what a person wrote is still somewhere"
    only_sweepable(library, {path.name for path in found} | {saves.NAME})


def tried(program: Saves, scenario: str, folder: Path, chosen: list[tuple[Call, str]]) -> None:
    for number, (call, fault) in enumerate(chosen):
        root = folder / str(number)
        run = program.faulted(scenario, root, call, fault)
        try:
            check(scenario, root, run)
            if fault == "error=EINTR" and call.name in RESUMED:
                assert run.outcomes[0][0], "an interruption is not a fault"
        except AssertionError as error:
            raise AssertionError(f"{scenario}: {fault} at {call}: {run}: {error}") from error


@pytest.mark.parametrize("scenario", saves.SCENARIOS)
def test_some_calls_of_a_save_fail_or_are_the_last(program: Saves, tmp_path: Path, scenario: str) -> None:
    every = faults(program, scenario, tmp_path)
    chance = random.Random(f"a sample of {scenario}")  # noqa: S311 - nothing secret
    tried(program, scenario, tmp_path, chance.sample(every, QUICK))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", saves.SCENARIOS)
def test_every_call_of_a_save_fails_or_is_the_last(program: Saves, tmp_path: Path, scenario: str) -> None:
    every = faults(program, scenario, tmp_path)
    tried(program, scenario, tmp_path, every)
