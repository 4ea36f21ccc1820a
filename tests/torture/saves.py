"""The program whose saves are tortured: run as a process, it forks a child for each line that asks for one.

A line is JSON: a scenario and the folder it may use. The child makes everything ready, tells its process id,
waits for SIGUSR1 (so that strace can be put on it first), then saves and tells what became of each save.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from promote_tui.session.edits import choose, details
from promote_tui.session.history import Change, History
from promote_tui.session.model import Session, new_session
from promote_tui.store import durable, toml_text, undo_file
from promote_tui.store.durable import NotSavedError
from promote_tui.store.recovery import Slots, Typed
from promote_tui.store.seal import sealed
from promote_tui.store.session_file import SessionFile
from promote_tui.store.versions import Versions

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
ID = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
BY_HAND = f'# by hand\nformat = "promote-session"\nversion = 1\nid = "{ID}"\ntitle = "Waking up"\n'.encode()
NAME = "waking-up.toml"

Outcome = tuple[str, str]
"""What became of a save: the path it was saved to, or nothing and why not."""


def version(number: int) -> Session:
    """Return the session with this many stories; each is told as ``Story n``."""
    session = new_session(id=ID, title="Waking up", team="Mulberry 2", now=NOW, today=date(2026, 11, 23))
    for n in range(number):
        session = details.stamped(choose.add_line(session, f"p: Story {n}"), NOW)
    return session


def theirs() -> bytes:
    """Return the bytes that another program puts in the place of the file."""
    return BY_HAND + b'[[stories]]\nid = "story-1"\nvoice = "carer"\ntext = "Theirs"\n'


def foreign(number: int, older: Session, now: datetime) -> dict[str, bytes]:
    """Return what others may put in the place of a file, by kind; ``older`` is a state that it had once."""
    by_hand = theirs().replace(b"Theirs", f"Theirs {number}".encode())
    whole = sealed(toml_text.write(older))
    changed = details.stamped(choose.add_line(older, f"c: Theirs {number}"), now)
    return {
        "by hand": by_hand,
        "changed": sealed(toml_text.write(changed)),
        "cut short": whole[: -40 - number],
        "empty": b"",
        "newer": by_hand.replace(b"version = 1", b"version = 2"),
        "older": whole,
        "zeros": bytes(100 + number),
    }


def _saved(file: SessionFile, number: int) -> Outcome:
    try:
        return str(file.save(version(number), NOW).path), ""
    except NotSavedError as error:
        return "", str(error)


def _created(path: Path, number: int) -> Outcome:
    try:
        return str(SessionFile.create(path, version(number)).path), ""
    except (NotSavedError, FileExistsError) as error:
        return "", str(error)


def again(library: Path) -> Iterator[Outcome]:
    """Save over a file of ours."""
    file = SessionFile.create(library / NAME, version(1))
    yield str(file.path), ""
    yield _saved(file, 2)
    yield _saved(file, 3)


def new(library: Path) -> Iterator[Outcome]:
    """Make a new file."""
    yield "", "nothing yet"
    yield _created(library / NAME, 1)
    yield _created(library / NAME, 2)


def by_hand(library: Path) -> Iterator[Outcome]:
    """Save over a file that a person wrote, which is kept first."""
    (library / NAME).write_bytes(BY_HAND)
    file = SessionFile.open(library / NAME)
    yield "", "nothing yet"
    yield _saved(file, 1)
    yield _saved(file, 2)


def conflict(library: Path) -> Iterator[Outcome]:
    """Save when another program has changed the file."""
    file = SessionFile.create(library / NAME, version(1))
    (library / NAME).write_bytes(theirs())
    yield str(file.path), ""
    yield _saved(file, 2)
    yield _saved(file, 3)


def _noted(slots: Slots, number: int) -> Outcome:
    try:
        slots.write(version(number), (Typed("choose", f"Half {number}"),), "", Path(NAME), NOW)
    except NotSavedError as error:
        return "", str(error)
    return f"slot {number}", ""


def slot(library: Path) -> Iterator[Outcome]:
    """Write over a recovery slot."""
    slots = Slots(ID)
    for number in (1, 2, 3):
        slots.write(version(number), (), "", Path(NAME), NOW)
    yield "slot 3", ""
    yield _noted(slots, 4)
    yield _noted(slots, 5)


def _kept(versions: Versions, number: int) -> Outcome:
    try:
        return str(versions.keep(sealed(toml_text.write(version(number))), NOW, revision=number)), ""
    except NotSavedError as error:
        return "", str(error)


def earlier(library: Path) -> Iterator[Outcome]:
    """Keep an earlier version."""
    versions = Versions(ID)
    yield _kept(versions, 1)
    yield _kept(versions, 2)
    yield _kept(versions, 3)


def history(number: int) -> History:
    """Return the history of the version of this number: a story at a time."""
    return History(tuple(Change(version(n), "add a story") for n in range(number)))


def _left(number: int) -> Outcome:
    try:
        undo_file.write(ID, history(number), version(number))
    except NotSavedError as error:
        return "", str(error)
    return f"undo {number}", ""


def undo(library: Path) -> Iterator[Outcome]:
    """Keep what can be undone."""
    yield _left(1)
    yield _left(2)
    yield _left(3)


SCENARIOS: dict[str, Callable[[Path], Iterator[Outcome]]] = {
    "again": again,
    "new": new,
    "by hand": by_hand,
    "conflict": conflict,
}
LOCAL: dict[str, Callable[[Path], Iterator[Outcome]]] = {"slot": slot, "earlier": earlier, "undo": undo}
"""What is kept on this computer besides the session file."""


def _tell(what: Any) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


def _act(scenario: str, root: Path) -> None:
    os.environ["XDG_STATE_HOME"] = str(root / "state")
    durable.make_folder(root / "library")
    steps = {**SCENARIOS, **LOCAL}[scenario](root / "library")
    next(steps)
    _tell(os.getpid())
    signal.sigwait({signal.SIGUSR1})
    for outcome in steps:
        _tell(outcome)


def main() -> None:
    """Fork a child for each line of standard input; end with it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    for line in sys.stdin:
        scenario, root = json.loads(line)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                _act(scenario, Path(root))
                status = 0
            finally:
                os._exit(status)
        _tell({"status": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])})


if __name__ == "__main__":
    main()
