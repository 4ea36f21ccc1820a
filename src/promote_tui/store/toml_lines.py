"""Find on which line of a TOML text each key stands; the standard library's parser keeps none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat

Path = tuple[str | int, ...]
"""Where in a document something stands, such as ``("steps", 1, "value")``; numbers count from 0."""

_TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
      | (?P<string>\"\"\"|'''|"|')
      | (?P<newline>\n)
      | (?P<mark>\[\[|\]\]|[\[\]{}=,.])
      | (?P<word>[^\s\[\]{}=,.\#"']+)""",
    re.VERBOSE,
)
# Where a string ends is looked for apart, by steps that never go back: whatever a file holds, it is
# walked through once. (Possessive patterns would do it in one, but are wrong in Python before 3.11.5.)
_ENDS = {
    '"""': re.compile(r'\\.|(?P<end>"{3,5})', re.DOTALL),
    "'''": re.compile(r"(?P<end>'{3,5})"),
    '"': re.compile(r'\\[^\n]|(?P<end>"|(?=\n))'),
    "'": re.compile(r"(?P<end>'|(?=\n))"),
}
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
    if max(map(str.count, text.split("\n"), repeat("."))) < _LONGEST_KEY:
        return 0
    dots, line = 0, 1
    for kind, value in _tokens(text):
        if value == ".":
            dots += 1
            if dots == _LONGEST_KEY:
                return line
        elif kind not in ("skip", "word", "string"):
            dots = 0
        line += value.count("\n")
    return 0


def _tokens(text: str) -> Iterator[tuple[str | None, str]]:
    """Yield each token's kind and text; a string that is never closed ends with its line, or the text."""
    at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        if token.lastgroup == "string":
            ends = (found.end() for found in _ENDS[token.group()].finditer(text, at) if found.lastgroup)
            at = next(ends, len(text))
        yield token.lastgroup, text[token.start() : at]


@dataclass
class _Open:
    """A table or a list that is being read: where it stands, and where in it the reading is."""

    path: Path
    is_list: bool = False
    number: int = 0
    key: list[str] = field(default_factory=list)
    in_value: bool = False

    def here(self) -> Path:
        """Return the path of the value that is being read."""
        return (*self.path, self.number) if self.is_list else (*self.path, *self.key)


def _places(text: str) -> Iterator[tuple[Path, int]]:
    counts: dict[Path, int] = {}
    stack = [_Open(())]
    line, header = 1, ""
    for kind, value in _tokens(text):
        inner = stack[-1]
        if kind == "newline" and len(stack) == 1:
            inner.key, inner.in_value = [], False
        elif kind in ("word", "string"):
            if inner.is_list:
                yield inner.here(), line
            elif not inner.in_value:
                inner.key.append(value[1:-1] if kind == "string" else value)
        elif value == "=" and not inner.in_value:
            inner.in_value = True
            yield inner.here(), line
        elif value in ("[", "[[") and inner == _Open(inner.path):
            header = value
        elif header and value in ("]", "]]"):
            table = _opened(inner.key, header == "[[", counts)
            if table[-1] == 0:
                yield table[:-1], line
            yield table, line
            header, stack = "", [_Open(table)]
        elif kind == "mark":
            yield from ((path, line) for path in _nested(stack, value))
        line += value.count("\n")


def _nested(stack: list[_Open], marks: str) -> Iterator[Path]:
    """Follow marks inside a value: open, close or go on in a list or an inline table."""
    for mark in marks:
        inner = stack[-1]
        if mark in "[{":
            yield inner.here()
            stack.append(_Open(inner.here(), is_list=mark == "["))
        elif mark in "]}" and len(stack) > 1:
            stack.pop()
        elif mark == ",":
            inner.number += 1
            inner.key, inner.in_value = [], False


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
