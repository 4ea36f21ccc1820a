"""What each command does, and the exit status.

At the top it imports only what is cheap, so that ``promote list`` never waits for screens or models.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promote_tui.cli import arguments, finding, listing, talk
from promote_tui.cli.finding import FINE, INTERRUPTED, NO, NO_ACCESS, WRONG_USAGE, CommandError
from promote_tui.session.text import number_of, one_line
from promote_tui.store import durable, places
from promote_tui.store.library import Library, LibraryError

if TYPE_CHECKING:
    from promote_tui.session.model import Session
    from promote_tui.store.session_file import SessionFile


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, by default the one this program was started with, and return its exit status.

    0 is fine, 1 means that the answer is no, 2 wrong usage, 3 could not read or write, 130 Ctrl+C.
    """
    try:
        talk.speak_utf8()
        status = _run(sys.argv[1:] if argv is None else argv)
        if sys.stdout:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # there, whoever reads has seen enough
            what = f" {error.filename}" if error.filename else ""
            talk.tell(f"Could not read or write{what}: {(error.strerror or type(error).__name__).lower()}.")
        # closed now, or the interpreter would complain about unwritten output on leaving
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return NO_ACCESS
    except Exception as error:  # neither its message nor locals: they may hold what people typed
        talk.tell(f"Something went wrong in promote: {type(error).__name__} at {_place_of(error)}.")
        return NO_ACCESS
    return status


def _run(argv: Sequence[str]) -> int:
    try:
        args = arguments.read(argv)
        return _COMMANDS[args.command](args)
    except SystemExit as leaving:  # argparse, after its own words
        return leaving.code if isinstance(leaving.code, int) else FINE
    except CommandError as error:
        talk.tell(str(error))
        return error.status
    except (LibraryError, durable.NotSavedError) as error:
        talk.tell(str(error))
        return NO_ACCESS


# the commands


def _home(args: argparse.Namespace) -> int:
    return _run_app(finding.library_or_ask(args))


def _open(args: argparse.Namespace) -> int:
    file = finding.opened(args.file, args)
    if file.reading.session is None:
        talk.tell_of(args.file, file.reading.problems)
        raise CommandError(NO, f"{args.file} was not opened and not touched.")
    return _run_app(finding.library(args), file)


def _new(args: argparse.Namespace) -> int:
    if not args.no_open:
        _need_terminal(
            "promote needs a terminal to open the new session; with --no-open it makes the file only."
        )
    session = _new_session(args)
    library = finding.library_or_ask(args)
    if trouble := library.trouble():
        raise CommandError(NO_ACCESS, trouble)
    if session.follows and (other := finding.carried_on_in(session.follows, library)):
        talk.tell(f"{other.named} carries it on already. This is one more session that does.")
    file = library.add(session)
    talk.say(str(file.path))
    return FINE if args.no_open else _run_app(library, file)


def _new_session(args: argparse.Namespace) -> "Session":
    import uuid  # noqa: PLC0415 - only here

    from promote_tui.session.edits import carrying, choose, details, items  # noqa: PLC0415 - brings the models

    follows = _session_in(args.follows, args) if args.follows is not None else None
    team = follows.team if follows and args.team is None else args.team or ""
    new: dict[str, Any] = {"title": args.title, "team": team, "now": datetime.now(UTC).astimezone()}
    id = str(uuid.uuid4())
    try:
        session = carrying.follow_on(follows, new_id=id, **new) if follows else details.begin(id=id, **new)
        if args.process is not None:
            session = choose.add_candidate(session, one_line(args.process))
            session = choose.choose_process(session, session.candidates[-1].id)
    except items.EditError as error:
        raise CommandError(WRONG_USAGE, str(error)) from None
    return session


def _list(args: argparse.Namespace) -> int:
    from promote_tui.cli import searching  # noqa: PLC0415 - brings the catalogue

    return searching.list_sessions(args)


def _due(args: argparse.Namespace) -> int:
    from promote_tui.cli import searching  # noqa: PLC0415 - brings the catalogue

    return searching.due(args)


def _search(args: argparse.Namespace) -> int:
    from promote_tui.cli import searching  # noqa: PLC0415 - brings the catalogue

    return searching.search(args)


def _portfolio(args: argparse.Namespace) -> int:
    from promote_tui.cli.portfolio import show_portfolio  # noqa: PLC0415 - brings the models

    return show_portfolio(args, _today())


def _show(args: argparse.Namespace) -> int:
    from promote_tui.reports.text import text_report  # noqa: PLC0415 - brings the models

    report = text_report(_session_in(args.file, args), _today())
    talk.say(*report.splitlines())
    return FINE


def _check(args: argparse.Namespace) -> int:
    from promote_tui.store.problems import Problem  # noqa: PLC0415 - brings the models

    found: list[tuple[str, Sequence[Problem]]] = []
    status = FINE
    for name in args.files:
        try:
            look = finding.identifiers if args.privacy else finding.problems
            problems: Sequence[Problem] = look(name, args)
        except CommandError as error:
            talk.tell(str(error))
            status, problems = error.status, [Problem("error", str(error))]
        else:
            if not args.json:
                talk.say(*([problem.sentence(name) for problem in problems] or [f"{name}: fine"]))
        found.append((name, problems))
    levels = [problem.level for _, problems in found for problem in problems]
    errors, warnings = levels.count("error"), levels.count("warning")
    if args.json:
        talk.say_json({"files": [listing.check_values(name, problems) for name, problems in found]})
    else:
        counts = [number_of(len(found), "file")]
        if args.privacy:
            counts += [number_of(errors, "place to look at", "places to look at")]
        else:
            counts += [number_of(errors, "error"), number_of(warnings, "warning")]
        talk.tell(f"{', '.join(counts)}.")
    return status or (NO if errors else FINE)


def _history(args: argparse.Namespace) -> int:
    from promote_tui.cli.history import history  # noqa: PLC0415 - brings the models

    return history(args)


def _jot(args: argparse.Namespace) -> int:
    from promote_tui.cli import feedback  # noqa: PLC0415 - brings the models

    return feedback.jot(args)


def _import(args: argparse.Namespace) -> int:
    from promote_tui.cli import feedback, taking  # noqa: PLC0415 - brings the models

    return (
        taking.import_sessions(args) if taking.holds_sessions(args.file) else feedback.import_comments(args)
    )


def _schema(_args: argparse.Namespace) -> int:
    import json  # noqa: PLC0415 - only here

    from promote_tui.reports.schema import session_schema  # noqa: PLC0415 - brings the models

    talk.say(*json.dumps(session_schema(), indent=2).splitlines())
    return FINE


def _demo(_args: argparse.Namespace) -> int:
    from promote_tui.store.examples import throw_away_copy  # noqa: PLC0415 - only here

    _need_terminal()
    folder = throw_away_copy()
    if not any(folder.iterdir()):
        raise CommandError(NO_ACCESS, f"There are no worked examples in {places.examples_folder()}.")
    return _run_app(Library(folder, throw_away=True), demo=True)


def _script(args: argparse.Namespace) -> int:
    _need_terminal("promote script needs a terminal of its own, beside the one that shows the session.")
    path, session = finding.find(args.file, args), _session_in(args.file, args)
    os.environ.setdefault("ESCDELAY", "25")
    from promote_tui.ui.script import run  # noqa: PLC0415 - brings the screens

    return run(path, session)


def _where(args: argparse.Namespace) -> int:
    found = {name: str(path) for name, path in places.all_places(finding.library(args).folder).items()}
    if args.json:
        talk.say_json({"places": found})
    else:
        talk.say(*listing.columns(list(found.items())))
    return FINE


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    arguments.HOME: _home,
    arguments.OPEN: _open,
    "new": _new,
    "list": _list,
    "due": _due,
    "portfolio": _portfolio,
    "search": _search,
    "show": _show,
    "check": _check,
    "history": _history,
    "jot": _jot,
    "import": _import,
    "schema": _schema,
    "demo": _demo,
    "script": _script,
    "where": _where,
}

# days, files and folders


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _session_in(name: str, args: argparse.Namespace) -> "Session":
    reading = finding.read(name, args)
    if reading.session is None:
        talk.tell_of(name, reading.problems)
        raise CommandError(NO, f"{name} cannot be read as a session.")
    if reading.cut_short:
        talk.tell_of(name, reading.problems[:1])
    return reading.session


# the screens


def _need_terminal(
    sentence: str = "promote needs a terminal; promote list and promote show work without one.",
) -> None:
    if not talk.is_terminal(sys.stdin, sys.stdout):
        raise CommandError(WRONG_USAGE, sentence)


def _run_app(library: Library, file: "SessionFile | None" = None, *, demo: bool = False) -> int:
    _need_terminal()
    # read when textual is imported; without it Esc and a letter soon after arrive as Alt and the letter
    os.environ.setdefault("ESCDELAY", "25")
    from promote_tui.ui.app import run  # noqa: PLC0415 - brings the screens

    return run(library, file=file, demo=demo)


def _place_of(error: BaseException) -> str:
    """Return the last place of our own code that an error went through, such as ``store/durable.py:31``."""
    import traceback  # noqa: PLC0415 - only when something went wrong

    package = Path(__file__).parents[1]
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(package):
            return f"{path.relative_to(package).as_posix()}:{line}"
    return "an unknown place"
