"""Find on which line of a TOML text each key stands; the standard library's parser keeps none."""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]
"""Where in a document something stands, such as ``("steps", 1, "value")``; numbers count from 0."""

_TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
      | (?P<string>\"\"\"(?:\\.|[^\\])*?\"{3,5}|'''.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
      | (?P<newline>\n)
      | (?P<mark>\[\[|\]\]|[\[\]{}=,.])
      | (?P<word>[^\s\[\]{}=,.\#"']+)""",
    re.VERBOSE | re.DOTALL,
)
_MANY_DOTS = 500
_LONGEST_KEY = 16


class Lines:
    """Where each key of a TOML text stands, worked out when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[Path, int] | None = None

    def of(self, path: Path) -> int:
        """Return the line of ``path``, counting from 1, or of the nearest thing around it; 0 if unknown."""
        if self._lines is None:
            self._lines = dict(_places(self._text))
        for end in range(len(path), 0, -1):
            if path[:end] in self._lines:
                return self._lines[path[:end]]
        return 0


def overlong_key(text: str) -> int:
    """Return the line of a key with more than 16 dotted parts, or 0.

    The standard library's parser needs time with the square of the parts: 100 KB of dots is a hang.
    """
    if all(line.count(".") < _MANY_DOTS for line in text.split("\n")):
        return 0
    dots, line = 0, 1
    for token in _TOKEN.finditer(text):
        value = token.group()
        if value == ".":
            dots += 1
            if dots > _LONGEST_KEY:
                return line
        elif token.lastgroup not in ("skip", "word", "string"):
            dots = 0
        line += value.count("\n")
    return 0


def _places(text: str) -> Iterator[tuple[Path, int]]:
    counts: dict[Path, int] = {}
    table: Path = ()
    key: list[str] = []
    line, depth, header, rest = 1, 0, "", False
    for token in _TOKEN.finditer(text):
        kind, value = token.lastgroup, token.group()
        if kind == "newline" and not depth:
            key, rest, header = [], False, ""
        elif rest and kind == "mark":
            depth += len(value) * ((value[0] in "[{") - (value[0] in "]}"))
        elif rest:
            pass
        elif kind == "mark" and value in ("[", "[[") and not key:
            header = value
        elif header and value in ("]", "]]"):
            table = _opened(key, header == "[[", counts)
            if table[-1] == 0:
                yield table[:-1], line
            yield table, line
            rest = True
        elif value == "=":
            yield (*table, *key), line
            rest = True
        elif kind in ("word", "string"):
            key.append(value[1:-1] if kind == "string" else value)
        line += value.count("\n")


def _opened(names: list[str], is_list: bool, counts: dict[Path, int]) -> Path:
    """Return the path that a header opens; a list already begun points at its newest item."""
    path: Path = ()
    for position, name in enumerate(names, 1):
        path = (*path, name)
        if is_list and position == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
