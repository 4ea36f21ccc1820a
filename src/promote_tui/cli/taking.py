"""The command that brings sessions into the library: ``promote import`` of a folder or a .zip."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from promote_tui.cli import finding, talk
from promote_tui.cli.finding import FINE, NO, NO_ACCESS, WRONG_USAGE, CommandError
from promote_tui.store.taking_in import take_in

_OF_A_TABLE = ("comments", "voice", "mask")


def holds_sessions(name: str) -> bool:
    """Say whether a FILE is a folder or a .zip, and so no table of comments."""
    path = Path(name)
    return name != "-" and (path.suffix.casefold() == ".zip" or path.is_dir())


def import_sessions(args: argparse.Namespace) -> int:
    """Take the sessions of a folder or a .zip into the library, and say what became of each."""
    if given := [f"--{name}" for name in _OF_A_TABLE if getattr(args, name)]:
        raise CommandError(WRONG_USAGE, f"{given[0]} is for a table of comments, not for sessions.")
    library = finding.library_or_ask(args)
    report = take_in(Path(args.file), library, datetime.now(UTC).astimezone())
    if args.json:
        talk.say_json(
            {
                "from": args.file,
                "library": str(library.folder),
                "files": [
                    {
                        "name": one.name,
                        "became": one.became,
                        "file": str(one.path) if one.path else None,
                        "why": one.why or None,
                    }
                    for one in report.found
                ],
                "trouble": report.trouble or None,
            }
        )
    else:
        talk.say(*map(str, report.taken))
        for sentence in report.sentences():
            talk.tell(sentence)
    if report.trouble:
        return NO_ACCESS
    return FINE if report.taken else NO
