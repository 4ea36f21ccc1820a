"""Each call of the system that a save makes fails, or is the last one: nothing is lost, nothing is torn."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from promote_tui.store import undo_file
from promote_tui.store.recovery import Slots
from promote_tui.store.session_file import SessionFile
from promote_tui.store.versions import Versions
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


def check_local(scenario: str, root: Path, run: Run) -> None:
    """Check what is kept beside the session file: the newest told is there, and nothing torn is believed."""
    state = root / "state" / "promote"
    told = max([int(where.split()[-1]) for where, _ in run.outcomes if where.startswith("slot")], default=3)
    if scenario == "slot":
        newest = Slots(saves.ID, state / "recovery").newest()
        assert newest is not None
        stories = len(newest.session.stories)
        assert newest.session == saves.version(stories)
        assert told <= stories <= 5
        # the disk is well again
        assert run.killed or run.outcomes[1][0], run
        return
    if scenario == "undo":
        newest_told = max([int(where.split()[-1]) for where, _ in run.outcomes if where], default=1)
        chains = {number: undo_file.read(saves.ID, saves.version(number)) for number in (1, 2, 3)}
        whole = [number for number, chain in chains.items() if chain == saves.history(number)]
        assert len(whole) == 1, "one whole history, old or new"
        assert whole[0] >= newest_told
        assert run.killed or run.outcomes[1][0], run
        return
    versions = Versions(saves.ID, state / "history")
    for version in versions.all():
        session = versions.read(version).session
        assert session in [saves.version(number) for number in (1, 2, 3)]
    there = {version.path for version in versions.all()}
    assert {Path(where) for where, _ in run.outcomes if where} <= there
    assert run.killed or run.outcomes[1][0], run
    only_sweepable(state / "history" / saves.ID, {path.name for path in there})


def tried(program: Saves, scenario: str, folder: Path, chosen: list[tuple[Call, str]]) -> None:
    for number, (call, fault) in enumerate(chosen):
        root = folder / str(number)
        os.environ["XDG_STATE_HOME"] = str(root / "state")  # of this test alone: every test has its own
        run = program.faulted(scenario, root, call, fault)
        try:
            (check if scenario in saves.SCENARIOS else check_local)(scenario, root, run)
            if fault == "error=EINTR" and call.name in RESUMED:
                assert run.outcomes[0][0], "an interruption is not a fault"
        except AssertionError as error:
            raise AssertionError(f"{scenario}: {fault} at {call}: {run}: {error}") from error


@pytest.mark.parametrize("scenario", [*saves.SCENARIOS, *saves.LOCAL])
def test_some_calls_of_a_save_fail_or_are_the_last(program: Saves, tmp_path: Path, scenario: str) -> None:
    every = faults(program, scenario, tmp_path)
    chance = random.Random(f"a sample of {scenario}")  # noqa: S311 - nothing secret
    tried(program, scenario, tmp_path, chance.sample(every, QUICK))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [*saves.SCENARIOS, *saves.LOCAL])
def test_every_call_of_a_save_fails_or_is_the_last(program: Saves, tmp_path: Path, scenario: str) -> None:
    every = faults(program, scenario, tmp_path)
    tried(program, scenario, tmp_path, every)
