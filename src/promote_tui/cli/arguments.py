"""The words and options of the ``promote`` command; what they do is in commands.py."""

import argparse
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from promote_tui import __version__
from promote_tui.session.text import made_visible

COMMANDS = (
    "new", "list", "due", "search", "portfolio", "show", "check", "history", "jot", "import", "schema",
    "demo", "script", "where",
)  # fmt: skip
HOME, OPEN = "", "FILE"
"""What ``command`` holds when no command was named: nothing at all, or a file to open."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(on_one_line(message))


def on_one_line(text: str) -> str:
    """Return text for a terminal: one line, as long as it was, with nothing in it that could act."""
    # nearly every line is all printable, and that is known at once
    return (
        text
        if text.isprintable()
        else made_visible("".join(" " if char.isspace() else char for char in text))
    )


def read(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line; a first word that is no command is a file to open.

    Raises SystemExit after help, the version, or what is wrong was printed.
    """
    word = _first_word(argv)
    if word is None or word in COMMANDS:
        return command_parser().parse_args(argv)
    parser = file_parser()
    args, more = parser.parse_known_args(argv)
    if more:
        parser.error(_too_much(word, more))
    return args


def hint_for(word: str) -> str:
    """Return what helps after a word that is no command: the one it is near to, or where they are listed."""
    near = _nearest(word)
    return f"Did you mean promote {near}?" if near else "promote -h lists the commands."


def _nearest(word: str) -> str:
    return next(iter(get_close_matches(word.casefold(), COMMANDS, n=1)), "")


def _too_much(word: str, more: Sequence[str]) -> str:
    """Return what is wrong when there is more on the line than a file to open: a command is mistyped."""
    is_path = word.endswith(".toml") or Path(word).name != word
    only_options = all(one.startswith("-") for one in more)
    if is_path or (only_options and not _nearest(word)):
        return f"unrecognized arguments: {' '.join(more)}"
    return f'There is no command called "{word}". {hint_for(word)}'


def _first_word(argv: Sequence[str]) -> str | None:
    words = iter(argv)
    for word in words:
        if word == "--":
            return word
        if word == "--library":
            next(words, None)
        elif not word.startswith("-") or word == "-":
            return word
    return None


def file_parser() -> argparse.ArgumentParser:
    """Return the parser of ``promote FILE``."""
    parser = _Parser(
        prog="promote",
        usage="promote FILE [--library DIR]",
        description="Opens a session. promote -h lists the commands.",
        parents=[_library_option(None)],
        allow_abbrev=False,
    )
    parser.add_argument(
        "file", metavar="FILE", help="a session file, or the name or title of one in the library"
    )
    parser.set_defaults(command=OPEN)
    return parser


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of every command, and of ``promote`` alone."""
    parser = _Parser(
        prog="promote",
        usage="promote [FILE] [--library DIR]\n       promote COMMAND ...",
        description="Walks a room through a PROMOTE session. Without a command it opens your sessions, or the"
        " FILE that you name. Write ./list for a file that is named like a command.",
        epilog="Exit status: 0 fine, 1 the answer is no, 2 wrong usage, 3 could not read or write,"
        " 130 Ctrl+C.",
        parents=[_library_option(None)],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"promote {__version__}")
    _add_commands(parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", prog="promote"))
    parser.set_defaults(command=HOME)
    return parser


def _add_commands(commands: Any) -> None:
    # no default of its own, or it would undo a --library before the command
    library = _library_option(argparse.SUPPRESS)

    def add(name: str, help: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(
            name, help=help, description=f"{help.capitalize()}.", parents=[library], allow_abbrev=False
        )
        return parser

    new = add("new", "start a session, print its path and open it")
    new.add_argument("title", metavar="TITLE")
    new.add_argument("--team", metavar="T", help="the team; without it the team of --follows")
    new.add_argument("--process", metavar="P", help="the process that is already chosen")
    new.add_argument(
        "--follows",
        metavar="FILE",
        help="the session that this one carries on from: its open changes and what is parked come along",
    )
    new.add_argument("--no-open", action="store_true", help="only make the file")
    listing = add("list", "list the sessions, newest first")
    due = add("due", "list what is due in the sessions: check-ins, and fine tuning")
    _add_portfolio(add("portfolio", "say what is stuck, what works and what repeats over all sessions"))
    search = add("search", "list the sessions that hold some words, and where they stand")
    search.add_argument(
        "words", metavar="WORDS", nargs="+", help="words, or how they begin; all must be there"
    )
    for parser in (listing, due, search):
        _add_filters(parser)
        if parser is not due:
            parser.add_argument("--put-away", action="store_true", help="only sessions that were put away")
    show = add("show", "print a session as plain text, for reading aloud and for screen readers")
    show.add_argument(
        "file", metavar="FILE", help="a session, the name or title of one in the library, or - for stdin"
    )
    check = add("check", "say what is wrong in session files: file, line, key, reason, hint")
    check.add_argument("files", metavar="FILE", nargs="+", help="a session, the inbox, or - for stdin")
    check.add_argument(
        "--privacy", action="store_true", help="say what looks like an identifier, in any text file"
    )
    past = add("history", "list the earlier versions of a session that this computer keeps")
    past.add_argument("file", metavar="FILE", help="a session, also one that cannot be read any more")
    one = past.add_mutually_exclusive_group()
    one.add_argument("--show", metavar="N", type=int, help="print version N as plain text")
    one.add_argument(
        "--restore", metavar="N", type=int, help="go back to version N; what stands there now is kept first"
    )
    jot = add("jot", "keep a story, or an idea for a process, in the inbox until the next session")
    jot.add_argument(
        "words",
        metavar="WORDS",
        nargs="+",
        help="what was said; p: is a patient's story, c: a carer's, s: one of staff; - reads from stdin",
    )
    _add_import(add("import", "take in the comments of a table of feedback, or sessions from elsewhere"))
    add("schema", "print the rules of the session file for other programs (JSON Schema)")
    add("demo", "open the worked examples in a folder that is thrown away afterwards")
    script = add("script", "show the facilitator alone what to ask and to watch for, in a second window")
    script.add_argument("file", metavar="FILE", help="the session that is open in the room's window")
    where = add("where", "print every folder that is used")
    for parser in (listing, due, search, check, past, where):
        parser.add_argument("--json", action="store_true", help="print it for programs")


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--team", metavar="T", help="only of this team")
    parser.add_argument("--stage", metavar="S", help="only at this stage: choose, map, ideas, own, review")
    parser.add_argument("--phase", metavar="P", help="only of this phase: welcome, stay, goodbye")
    parser.add_argument("--owner", metavar="O", help="only with a change of this owner")
    parser.add_argument("--rating", metavar="R", help="only with a change rated red, amber, green, or none")
    parser.add_argument(
        "--status", metavar="S", help="only with a change that is planned, trying, runner, scaling or let go"
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FEEDBACK.csv",
        help="a table saved as CSV, or - for stdin; or a folder or a .zip of sessions",
    )
    parser.add_argument(
        "--comments",
        metavar="COLUMN",
        action="append",
        help="a column of comments, by its name or number; may be given again",
    )
    parser.add_argument("--voice", choices=("patient", "carer", "staff"), help="whose comments these are")
    parser.add_argument(
        "--source", metavar="WORDS", default="feedback form", help="where they come from (feedback form)"
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing: take the columns that are guessed")
    parser.add_argument("--mask", action="store_true", help="mask what looks like an identifier")
    parser.add_argument("--json", action="store_true", help="print it for programs")


def _add_portfolio(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--team", metavar="T", help="only teams with these words")
    parser.add_argument("--owner", metavar="O", help="only owners with these words")
    parser.add_argument(
        "--status",
        choices=("planned", "trying", "runner", "scaling", "let go"),
        help="only changes that are so far",
    )
    parser.add_argument("--rating", choices=("red", "amber", "green", "none"), help="only changes rated so")
    parser.add_argument("--stuck", action="store_true", help="only changes that are stuck")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print it for programs")
    form.add_argument("--csv", action="store_true", help="print a table of the changes")


def _library_option(default: str | None) -> argparse.ArgumentParser:
    option = argparse.ArgumentParser(add_help=False)
    option.add_argument("--library", metavar="DIR", default=default, help="the folder of sessions")
    return option
