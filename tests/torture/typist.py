"""A program that types for ever into a session, as the real one keeps it: run as a process, and killed.

Each character is noted for recovery, each line is an edit that is saved. Tells of each character when it was
typed, and of each save how many lines it holds.
"""

import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from promote_tui.session.edits import choose, details
from promote_tui.store.recovery import Recorder, Slots, Typed
from promote_tui.store.saver import Saver, SaveReport
from promote_tui.store.session_file import SessionFile

LENGTH = 20
"""Characters of each line."""


def line_of(number: int) -> str:
    """Return what is typed in this line."""
    return f"Line {number} ".ljust(LENGTH, "x")


def main() -> None:
    """Type: the file, a seed."""
    chance = random.Random(sys.argv[2])  # noqa: S311 - pauses, nothing secret
    file = SessionFile.open(Path(sys.argv[1]))
    session = file.reading.session
    assert session is not None

    def report(report: SaveReport) -> None:
        if report.saved:
            os.write(1, f"saved {len(report.session.stories)}\n".encode())

    saver = Saver(file, lambda: datetime.now(UTC), report)
    recorder = Recorder(Slots(session.id), lambda: datetime.now(UTC))
    number = 0
    while True:
        line = line_of(number)
        for length in range(1, LENGTH + 1):
            os.write(1, f"typed {time.monotonic()} {number} {length}\n".encode())
            recorder.note(session, (Typed("choose", line[:length]),), file.known_hash, file.path)
            time.sleep(chance.random() * 0.02)
        session = details.stamped(choose.add_line(session, f"p: {line}"), datetime.now(UTC))
        saver.save(session)
        recorder.note(session, (), file.known_hash, file.path)
        number += 1


if __name__ == "__main__":
    main()
