"""Turn the text of a session file into a session, and a session into text."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import tomli_w
from pydantic import ValidationError

from promote_tui.session.model import FORMAT, VERSION, Entry, Session
from promote_tui.session.text import made_visible
from promote_tui.store import problems as _problems
from promote_tui.store.migrations import migrated
from promote_tui.store.problems import Problem
from promote_tui.store.seal import Seal, is_cut_short, seal_of
from promote_tui.store.toml_lines import Lines, Path, overlong_key

LARGEST = 5_000_000
"""Most bytes a session file may have."""
_DEEPEST = 32
"""Most tables and lists inside one another; a session needs six."""
_MOST_HINTS = 100
"""To look for the nearest known name takes time: not for each of a million unknown ones."""
_INLINE = {"votes", "three_days", "three_weeks", "three_months", "dissent", "spent"}


@dataclass(frozen=True)
class Reading:
    """What came of reading a text: a session, or the problems that keep it from being one."""

    session: Session | None
    problems: tuple[Problem, ...] = ()
    seal: Seal = "missing"
    cut_short: bool = False
    """Whether the end of what a program wrote is missing."""
    older: bool = False
    """Whether an older program wrote this text."""

    @property
    def errors(self) -> list[Problem]:
        """Return the problems that keep the text from being a session."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def newer(self) -> bool:
        """Say whether a newer program wrote this text, so that it may only be looked at."""
        return self.session is not None and self.session.version > VERSION


class NotTomlError(Exception):
    """Bytes that cannot be read as TOML; ``problem`` says where and why."""

    def __init__(self, message: str, line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem("error", message, line=line, hint=hint)


def read(data: bytes, *, thorough: bool = False) -> Reading:
    """Read the bytes of a session file; every problem is reported, not only the first.

    What an older program wrote is brought up to the current version.

    A ``thorough`` reading also reports days that cannot be right.
    """
    older = False
    try:
        document, lines = parsed(data)
    except NotTomlError as error:
        found, cut_short = Reading(None, (error.problem,)), is_cut_short(data)
    else:
        current = migrated(document)
        older = current is not document
        found = _validated(current, lines, thorough)
        # how a newer program seals is not for this one to judge
        cut_short = is_cut_short(data) and not _is_newer(document)
    cut = (_problems.cut_short(data, readable=found.session is not None),) if cut_short else ()
    return Reading(found.session, (*cut, *found.problems), seal_of(data), cut_short, older)


def parsed(data: bytes) -> tuple[dict[str, Any], Lines]:
    """Return what the bytes of a TOML file hold, lists as tuples, and its lines; raises NotTomlError."""
    if len(data) > LARGEST:
        raise NotTomlError(f"the file has {len(data)} bytes; at most {LARGEST} fit")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotTomlError("the text is not UTF-8", line, "save it again as UTF-8 in your editor") from None
    if line := overlong_key(text):
        raise NotTomlError("a key has too many parts", line)
    try:
        return _as_tuples(tomllib.loads(text)), Lines(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error, text) from None
    except (ValueError, RecursionError, MemoryError):
        why = "the file cannot be read as TOML: a number or a list in it is too large or too deep"
        raise NotTomlError(why) from None


# what the parser says, and what a person who edits the file by hand can do about it
_HINTS = {
    "Illegal character '\\n'": "a quotation mark is missing at the end of this line",
    "Unterminated string": "a quotation mark is missing",
    "Expected '=' after a key": "put = between the name and its value",
    "Invalid value": "text needs quotation marks around it, a list its closing bracket",
    "Cannot overwrite a value": "this name is given twice; keep one of them",
    "Cannot declare": "this heading is there twice; keep one of them",
}


def _not_toml(error: tomllib.TOMLDecodeError, text: str) -> NotTomlError:
    message, _, place = str(error).partition(" (at ")
    digits = "".join(c for c in place.split(",")[0] if c.isdigit())
    line = int(digits) if digits else text.count("\n") + 1
    hint = next((hint for words, hint in _HINTS.items() if words in message), "")
    message = made_visible(message[:1].lower() + message[1:])
    return NotTomlError(f"this is not TOML: {message[:200]}", line, hint)


def _validated(document: dict[str, Any], lines: Lines, thorough: bool) -> Reading:
    if document.get("format") != FORMAT:
        found = _problems.found(document["format"]) if "format" in document else "nothing"
        message = f'this is not a session file: format should be "{FORMAT}", {found} was found'
        return Reading(None, (Problem("error", message, line=lines.of(("format",))),))
    try:
        session = Session.model_validate(document)
    except ValidationError as error:
        problems = _problems.from_validation(error, lines)
        if _is_newer(document):
            problems.insert(0, newer(document["version"], lines))
        return Reading(None, tuple(problems))
    problems = [*double_ids(session, lines), *unknown_keys(session, lines), *_loose_ends(session, lines)]
    problems += _odd_days(session, lines) if thorough else ()
    problems.sort(key=lambda problem: problem.line)
    if session.version > VERSION:
        problems.insert(0, newer(session.version, lines))
    if any(problem.level == "error" for problem in problems):
        return Reading(None, tuple(problems))
    return Reading(session, tuple(problems))


def _is_newer(document: dict[str, Any]) -> bool:
    version = document.get("version")
    return isinstance(version, int) and version > VERSION


def newer(version: int, lines: Lines) -> Problem:
    """Return the warning that a newer program wrote a file."""
    return Problem(
        "warning",
        f"version {version} was written by a newer program; this one knows version {VERSION}"
        " and opens it for reading only",
        "version",
        lines.of(("version",)),
    )


def _as_tuples(value: Any, room: int = _DEEPEST) -> Any:
    """Return a value of a document with tuples for lists; raises ValueError for what nothing can hold."""
    if isinstance(value, dict | list) and not room:
        raise ValueError("too deep")
    if isinstance(value, dict):
        return {key: _as_tuples(item, room - 1) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_as_tuples(item, room - 1) for item in value)
    if isinstance(value, int) and value.bit_length() > 64:
        raise ValueError("too large")
    # one "not a number" for all: no two of them are equal, and a session must equal itself read back
    return math.nan if isinstance(value, float) and math.isnan(value) else value


def _entries(entry: Entry, path: Path = ()) -> Iterator[tuple[Path, Entry]]:
    """Walk a session: every model in it with the place where it stands."""
    yield path, entry
    for name, field in type(entry).model_fields.items():
        key = field.serialization_alias or name
        value = getattr(entry, name)
        if isinstance(value, Entry):
            yield from _entries(value, (*path, key))
        elif isinstance(value, tuple) and value and isinstance(value[0], Entry):
            for number, item in enumerate(value):
                yield from _entries(item, (*path, key, number))


def _known(entry: Entry, name: str) -> Any:
    """Return a field of an entry; None when it has none, even if its file holds a key of that name."""
    return getattr(entry, name) if name in type(entry).model_fields else None


def double_ids(document: Entry, lines: Lines) -> Iterator[Problem]:
    """Report ids that stand twice in a document."""
    seen: dict[str, Path] = {}
    for path, entry in _entries(document):
        own = _known(entry, "id")
        if not path or own is None:
            continue
        if own in seen:
            first = _problems.spelled(seen[own])
            yield Problem(
                "error",
                f'"{own}" is used already by {first} in line {lines.of((*seen[own], "id"))}',
                _problems.spelled((*path, "id")),
                lines.of((*path, "id")),
                "give it a number that no other has",
            )
        seen.setdefault(own, path)


def unknown_keys(document: Entry, lines: Lines) -> Iterator[Problem]:
    """Report keys that the models do not know; they are kept."""
    hints = _MOST_HINTS
    for path, entry in _entries(document):
        known = [field.serialization_alias or name for name, field in type(entry).model_fields.items()]
        for key in entry.__pydantic_extra__ or {}:
            hints -= 1
            yield Problem(
                "warning",
                "is not a name this program knows; it is kept as it is",
                _problems.spelled((*path, key)),
                lines.of((*path, key)),
                _problems.did_you_mean(key, known) if hints >= 0 else "",
            )


_REFERENCES = ("candidate", "candidates", "stories", "step", "ideas", "group", "was")


def _loose_ends(session: Session, lines: Lines) -> Iterator[Problem]:
    """Report references to what is not there; they are kept."""
    entries = list(_entries(session))
    ids = {_known(entry, "id") for _, entry in entries}
    for path, entry in entries[1:]:
        for name in _REFERENCES:
            value = _known(entry, name) or ()
            for tie in (value,) if isinstance(value, str) else value:
                if isinstance(tie, str) and tie not in ids:
                    place = (*path, name)
                    yield Problem(
                        "warning",
                        f"{_problems.found(tie)} is not in this file; the tie is kept",
                        _problems.spelled(place),
                        lines.of(place),
                    )


def _odd_days(session: Session, lines: Lines) -> Iterator[Problem]:
    """Report days of a change that are out of order; they are kept."""
    from promote_tui.session.days import odd_days  # noqa: PLC0415 - its gentle words take time to load

    for number, initiative in enumerate(session.initiatives):
        for within, hint in odd_days(initiative):
            place: Path = ("initiatives", number, *within)
            yield Problem("warning", hint.words, _problems.spelled(place), lines.of(place))


def write(root: Entry) -> str:
    """Return the text of a session file, or of the inbox; empty values are not written."""
    document = root.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    return "".join(_table((), document)).lstrip("\n")


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """Yield one table: its own values first, then the tables inside it, in the order of the format."""
    inner: list[tuple[str, Any]] = []
    for key, value in table.items():
        if key not in _INLINE and (isinstance(value, Mapping) or _is_tables(value)):
            inner.append((_key(key), value))
        else:
            yield f"{_key(key)} = {_value(value)}\n"
    for key, value in inner:
        name = ".".join((*path, key))
        for item in (value,) if isinstance(value, Mapping) else value:
            yield f"\n[{name}]\n" if isinstance(value, Mapping) else f"\n[[{name}]]\n"
            yield from _table((*path, key), item)


def _is_tables(value: object) -> bool:
    return (
        isinstance(value, tuple | list) and bool(value) and all(isinstance(item, Mapping) for item in value)
    )


def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).rpartition(" = ")[0]


def _value(value: Any) -> str:
    """Return a value on one line, as a person would write it."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, datetime):
        return value.isoformat()
    return tomli_w.dumps({"k": value}).strip().removeprefix("k = ")
