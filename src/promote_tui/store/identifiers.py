"""Point out what looks like an identifier in a file: where and what kind, never the words themselves."""

from collections.abc import Iterator
from typing import Any

from promote_tui.session import privacy
from promote_tui.store import toml_text
from promote_tui.store.decoding import decoded
from promote_tui.store.problems import Problem, spelled
from promote_tui.store.seal import is_seal
from promote_tui.store.toml_lines import Path

_NOT_WORDS = {"format", "id", "follows", "scales", "became", "fingerprints"}
"""Keys of what a program wrote: rows of figures that mean nothing to a person."""


def identifiers(data: bytes) -> list[Problem]:
    """Return what looks like an identifier in a session, an inbox or any text, in the order of the file.

    Where the file is TOML, the key is named too. Raises NotTextError for what is no text.
    """
    try:
        document, lines = toml_text.parsed(data)
    except toml_text.NotTomlError:
        return [problem for number, line in _lines(data) for problem in _found(line, "", number)]
    remarks = [
        problem
        for number, line in _lines(data)
        if line.lstrip().startswith("#") and not is_seal(line)
        for problem in _found(line, "", number)
    ]
    values = [
        problem for path, text in _texts(document) for problem in _found(text, spelled(path), lines.of(path))
    ]
    return sorted((*remarks, *values), key=lambda problem: problem.line)


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    return enumerate(decoded(data).replace("\r\n", "\n").split("\n"), 1)


def _texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Walk a document: every text in it that a person may have written, with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _NOT_WORDS:
                yield from _texts(item, (*path, key))


def _found(text: str, key: str, line: int) -> Iterator[Problem]:
    for finding in {finding.what: finding for finding in privacy.find(text)}.values():
        yield Problem("error", f"looks like {finding.what}", key, line, finding.why)
