"""The only module that prints: what a program would read goes to stdout, talk goes to stderr."""

import contextlib
import io
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from promote_tui.cli.arguments import on_one_line

if TYPE_CHECKING:
    from promote_tui.store.library import Card
    from promote_tui.store.problems import Problem

JSON_VERSION = 1


def speak_utf8() -> None:
    """Print UTF-8, also into a pipe on Windows; what cannot be encoded is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def is_terminal(*streams: TextIO | None) -> bool:
    """Say whether each of these streams is a terminal."""
    return all(stream is not None and stream.isatty() for stream in streams)


def say(*lines: str) -> None:
    """Print lines that a program may read."""
    if lines:
        print("\n".join(map(on_one_line, lines)))


def say_json(answer: dict[str, Any]) -> None:
    """Print an answer for a program, with the version of its shape."""
    import json  # noqa: PLC0415 - only for programs

    # escaped to ASCII: exact for a program, and harmless on a terminal
    say(*json.dumps({"version": JSON_VERSION, **answer}, indent=2).splitlines())


def tell(line: str, end: str = "\n") -> None:
    """Say a line to the person at the terminal."""
    with contextlib.suppress(OSError):  # nobody left to talk to
        print(on_one_line(line), end=end, file=sys.stderr, flush=True)


def tell_of(name: str, problems: "Sequence[Problem]") -> None:
    """Say what is wrong with a file, a line for each problem."""
    for problem in problems:
        tell(problem.sentence(name))


def tell_unreadable(cards: "Iterable[Card]") -> None:
    """Say which files of a library cannot be opened, and why."""
    for card in cards:
        tell(f"{card.path.name}: cannot be opened: {card.problem}")


def ask(question: str) -> str | None:
    """Ask the person at the terminal; return the reply in small letters, None at the end of the input."""
    tell(f"{question} ", end="")
    reply = sys.stdin.readline()
    return reply.strip().casefold() if reply else None
