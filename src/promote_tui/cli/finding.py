"""What a FILE or a folder on the command line means, and what is said when it means nothing."""

import argparse
import contextlib
import gc
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from promote_tui.cli import talk
from promote_tui.cli.arguments import hint_for
from promote_tui.store import places
from promote_tui.store.library import Card, Library, LibraryError

if TYPE_CHECKING:
    from promote_tui.store.catalogue import Catalogue
    from promote_tui.store.problems import Problem
    from promote_tui.store.session_file import SessionFile
    from promote_tui.store.toml_text import Reading

FINE, NO, WRONG_USAGE, NO_ACCESS, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit statuses: all is well, the answer is no, wrong usage, could not read or write, Ctrl+C."""
_A_SESSION, A_TABLE = "session file", "table"
"""What is looked for; no table is looked for among the titles of sessions."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-")


class CommandError(Exception):
    """A command that ends early, with its exit status and the sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def library(args: argparse.Namespace) -> Library:
    """Return the library of this command: the folder named, else the usual one."""
    return Library(places.library_folder(args.library))


def is_named(args: argparse.Namespace) -> bool:
    """Say whether somebody named the library's folder, so that it ought to be there."""
    return bool(args.library or os.environ.get(places.LIBRARY_VARIABLE))


def library_there(args: argparse.Namespace) -> Library:
    """Return the library; raises CommandError when a folder that was named is not there."""
    found = library(args)
    if is_named(args) and not found.folder.is_dir():
        raise CommandError(NO_ACCESS, f"The folder {found.folder} does not exist.")
    return found


def library_or_ask(args: argparse.Namespace) -> Library:
    """Return the library; a folder that was named but is not there is made if the person says so."""
    found = library(args)
    if not is_named(args) or found.folder.exists():
        return found
    missing = f"The folder {found.folder} does not exist."
    if not talk.is_terminal(sys.stdin, sys.stderr):
        command = "mkdir" if sys.platform == "win32" else "mkdir -p"
        raise CommandError(NO_ACCESS, f'{missing} To make it: {command} "{found.folder}"')
    # an empty line is a yes, the end of the input is not
    if talk.ask(f"{missing} Make it? [Y/n]") not in ("", "y", "yes"):
        raise CommandError(NO, "No folder was made.")
    found.make()
    return found


@contextlib.contextmanager
def catalogue(library: Library) -> Iterator["Catalogue"]:
    """Give the catalogue of a library as it is now; raises LibraryError when that cannot be listed."""
    from promote_tui.store.catalogue import Catalogue  # noqa: PLC0415 - only where sessions are looked for

    place = places.catalogue_file(library.folder) if library.folder.exists() else None
    # what is listed holds no circles, and looking for some takes an eighth of the time
    gc.disable()
    with contextlib.ExitStack() as opened:
        opened.callback(gc.enable)
        found = opened.enter_context(contextlib.closing(Catalogue(library.folder, place)))
        if found.refresh().stopped:
            # another program holds its file: this once it is done without
            found = opened.enter_context(contextlib.closing(Catalogue(library.folder, None)))
            found.refresh()
        yield found


def carried_on_in(id: str, library: Library) -> Card | None:
    """Return the newest session that carries on the one with this id; raises LibraryError."""
    with catalogue(library) as known:
        return known.carried_on_in(id)


def find(name: str, args: argparse.Namespace, what: str = _A_SESSION) -> Path:
    """Return the file that is meant: the one at this path, else the one of this name or title in the library.

    Raises CommandError when there is none, and says then ``what`` was looked for, or when it may be several.
    """
    candidates = [Path(name)]
    if not _has_folder(name):
        folder = library(args).folder
        candidates += [folder / name, folder / f"{name}.toml"]
    there = [path for path in candidates if name.strip() and _exists(path)]
    for path in there:
        if not path.is_dir():
            return path
    if there:
        raise CommandError(NO_ACCESS, f"{name} is a folder, not a {what}.")
    has_title = name.strip() and not _has_folder(name) and what != A_TABLE
    called = _called(name, library(args)) if has_title else []
    if len(called) > 1:
        names = ", ".join(path.name for path in called)
        raise CommandError(WRONG_USAGE, f'{len(called)} sessions are called "{name}". Name one file: {names}')
    if called:
        return called[0]
    hint = " promote list shows the names." if what == _A_SESSION and not _has_folder(name) else ""
    raise CommandError(NO_ACCESS, f'There is no {what} called "{name}".{hint}')


def _called(name: str, library: Library) -> list[Path]:
    """Return the sessions of a library with this title or file name, which may be without its day.

    Those that were put away are meant only when no other is called so.
    """
    from promote_tui.store.catalogue import Wanted  # noqa: PLC0415 - only where sessions are looked for

    title = name.strip().casefold()
    wanted = (title, title.removesuffix(".toml"))
    with contextlib.suppress(LibraryError), catalogue(library) as known:
        for put_away in (False, True):
            found = [
                card.path
                for card in known.cards(Wanted(put_away=put_away))
                for stem in [card.path.stem.casefold()]
                if card.title.casefold() in wanted or stem in wanted or _DAY.sub("", stem, count=1) in wanted
            ]
            if found:
                return found
    return []


def find_to_open(name: str, args: argparse.Namespace) -> Path:
    """Return the file that is meant by the first word; CommandError takes it for a command mistyped."""
    if name == "-":
        raise CommandError(
            WRONG_USAGE, "Only a file can be opened. promote show - reads a session from stdin."
        )
    try:
        return find(name, args)
    except CommandError as error:
        several = error.status == WRONG_USAGE
        if several or _has_folder(name) or name.endswith(".toml") or _exists(Path(name)):
            raise
    hint = hint_for(name)
    raise CommandError(WRONG_USAGE, f'There is no command and no session file called "{name}". {hint}')


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def _has_folder(name: str) -> bool:
    return "/" in name or os.sep in name


def opened(name: str, args: argparse.Namespace) -> "SessionFile":
    """Open the session file that the first word means; raises CommandError when there is none to read."""
    from promote_tui.store.session_file import SessionFile  # noqa: PLC0415 - brings the models

    path = find_to_open(name, args)
    with readable():
        return SessionFile.open(path)


def read(name: str, args: argparse.Namespace) -> "Reading":
    """Read the file that is meant, ``-`` for standard input; raises CommandError when it cannot be read."""
    from promote_tui.store import toml_text  # noqa: PLC0415 - brings the models

    return toml_text.read(data_of(name, args, toml_text.LARGEST))


def problems(name: str, args: argparse.Namespace) -> "Sequence[Problem]":
    """Return what is wrong with a session file, the inbox, or a trust's own questions.

    Raises CommandError when it cannot be read.
    """
    from promote_tui.store import inbox_text, question_texts, toml_text  # noqa: PLC0415 - brings the models

    data = data_of(name, args, toml_text.LARGEST)
    if Path(name).name == places.own_questions().name:
        return question_texts.with_own(find(name, args)).problems
    if inbox_text.is_inbox(data):
        return inbox_text.read(data).problems
    return toml_text.read(data, thorough=True).problems


def identifiers(name: str, args: argparse.Namespace) -> "Sequence[Problem]":
    """Return what looks like an identifier in any text file; raises CommandError when it cannot be read."""
    from promote_tui.store import decoding  # noqa: PLC0415 - only on use
    from promote_tui.store.identifiers import identifiers  # noqa: PLC0415 - brings the models

    try:
        return identifiers(data_of(name, args, decoding.LARGEST, "file"))
    except decoding.NotTextError as error:
        raise CommandError(NO_ACCESS, f"{name}: {error}") from None


def data_of(name: str, args: argparse.Namespace, most: int, what: str = _A_SESSION) -> bytes:
    """Return the bytes of the file that is meant, ``-`` for standard input, at most one more than ``most``.

    Raises CommandError when it cannot be read, and says then ``what`` was looked for.
    """
    from promote_tui.store import session_file  # noqa: PLC0415 - brings the models

    if name == "-" and sys.stdin:
        return sys.stdin.buffer.read(most + 1)
    path = find(name, args, what)
    with readable():
        return session_file.read_bytes(path, most)


@contextlib.contextmanager
def readable() -> Iterator[None]:
    """Turn a file that cannot be read into the CommandError that says so."""
    from promote_tui.store.session_file import CannotReadError  # noqa: PLC0415 - brings the models

    try:
        yield
    except CannotReadError as error:
        raise CommandError(NO_ACCESS, str(error)) from None
