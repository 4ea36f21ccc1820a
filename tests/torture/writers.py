"""A program that edits session files which others edit too, as fast as it can: run as a process.

For each line of standard input, a path: opens that file and waits; at the next line makes some edits,
each saved; at the next looks whether the file is still its own. Answers each line with JSON.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from promote_tui.session.edits import choose, details
from promote_tui.store.durable import NotSavedError
from promote_tui.store.session_file import SessionFile


def main() -> None:
    """Write: the name of this writer, how many edits it makes of each file."""
    name, edits = sys.argv[1], int(sys.argv[2])
    for number, line in enumerate(sys.stdin):
        file = SessionFile.open(Path(json.loads(line)))
        session = file.reading.session
        assert session is not None, file.reading.problems
        _answer([])
        sys.stdin.readline()
        told = []
        for edit in range(edits):
            now = datetime.now(UTC)
            item = f"{name}-{number}-{edit}"
            session = details.stamped(choose.add_line(session, f"p: {item}"), now)
            try:
                file.save(session, now)
                told.append(item)
            except NotSavedError:
                pass  # it was not told as saved
        _answer(told)
        sys.stdin.readline()
        file.recheck(session, datetime.now(UTC))
        _answer([file.path.name])


def _answer(what: list[str]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
