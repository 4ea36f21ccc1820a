"""What is wrong with a session file, said so that a person can mend it."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from pydantic import ValidationError

from promote_tui.session.text import made_visible, one_line, tidy
from promote_tui.store.toml_lines import Lines, Path


@dataclass(frozen=True)
class Problem:
    """One thing to mend: an ``error`` keeps the file from being a session, a ``warning`` does not."""

    level: Literal["error", "warning"]
    message: str
    key: str = ""
    line: int = 0
    hint: str = ""

    def sentence(self, file: str) -> str:
        """Return the problem as one line: file, line, key, what was found, what would be right."""
        file = one_line(made_visible(file))
        place = f"{file}:{self.line}" if self.line else file
        key = f" {self.key}:" if self.key else ""
        hint = f" - {self.hint}" if self.hint else ""
        return f"{place}:{key} {self.message}{hint}"


def spelled(path: Path) -> str:
    """Return a path as people count: ``("steps", 1, "value")`` is ``steps[2].value``."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part + 1}]"
        else:
            name = _short(part)
            out += f".{name}" if out else name
    return out


def _short(text: str) -> str:
    """Return text out of a file on one line, with nothing in it that could act on a terminal."""
    text = one_line(made_visible(text))
    return f"{text[:40]}…" if len(text) > 40 else text


def did_you_mean(found: object, allowed: list[str]) -> str:
    """Return ``did you mean "…"?`` for the nearest allowed spelling, or nothing."""
    near = get_close_matches(str(found).casefold(), allowed, n=1, cutoff=0.5)
    return f'did you mean "{near[0]}"?' if near else ""


def found(value: object) -> str:
    """Return what stood in the file, short enough to read in one line."""
    if isinstance(value, str):
        return f'"{_short(value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    return made_visible(str(value))[:40]


def cut_short(data: bytes, *, readable: bool) -> Problem:
    """Return the problem of a session file whose end is missing; a warning when the rest is a session."""
    return Problem(
        "warning" if readable else "error",
        "the file is cut short: its end is missing",
        line=len(data.splitlines()),
        hint="if you took the last line out yourself, take the line “revision” out too",
    )


_EXPECTED = {
    "string_type": "is not text in quotes",
    "int_type": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_type": "is not a number",
    "finite_number": "is not a number that can be counted",
    "bool_type": "is not true or false",
    "date_type": "is not a date such as 2026-11-23 (without quotes)",
    "datetime_type": "is not a time such as 2026-11-23T09:30:00+00:00 (without quotes)",
    "tuple_type": "is not a list",
    "model_type": "is not a table",
    "model_attributes_type": "is not a table",
    "dict_type": "is not a table",
}
_UUID = "is not a UUID such as 0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"


def from_validation(error: ValidationError, lines: Lines, within: Path = ()) -> list[Problem]:
    """Return every problem of a failed validation, in the order of the file.

    ``within`` is where in the document the value stands that was validated.
    """
    problems: dict[Path, Problem] = {}
    for item in error.errors(include_url=False):
        # a union reports one error per member, its name at the end of the place: keep the first
        path = (*within, *item["loc"])
        if path[-1:] in (("int",), ("float",)) and path[0] != "last_used":
            path = path[:-1]
        if path in problems:
            continue
        message, hint = _message(item["type"], item["input"], item.get("ctx", {}), path)
        problems[path] = Problem("error", message, spelled(path), lines.of(path), hint)
    return sorted(problems.values(), key=lambda problem: problem.line)


def _message(kind: str, value: object, ctx: dict[str, Any], path: Path) -> tuple[str, str]:
    """Say what was found and what is allowed, and the nearest right value if there is one."""
    if kind == "missing":
        return "is missing", ""
    if kind == "literal_error":
        allowed = [part.strip(" '") for part in ctx["expected"].replace(" or ", ", ").split(", ")]
        return f"{found(value)} is not one of {', '.join(allowed)}", did_you_mean(value, allowed)
    if kind == "string_too_long":
        return f"has {len(tidy(str(value)))} characters; at most {ctx['max_length']} fit", ""
    if kind == "too_long":
        return f"has {ctx['actual_length']} items; at most {ctx['max_length']} fit", ""
    if kind in ("string_too_short", "too_short"):
        return "is empty", ""
    if kind == "string_pattern_mismatch":
        kind = ctx["pattern"].strip("^").partition("-")[0]
        return f"{found(value)} {_UUID if path == ('id',) else f'is not an id such as {kind}-3'}", ""
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = ctx.get("ge", ctx.get("le"))
        side = "below" if "ge" in ctx else "above"
        return f"{found(value)} is {side} {limit}", ""
    if kind == "int_type" and path[-1:] and path[-1] in ("baseline", "target", "value"):
        kind = "float_type"
    return f"{found(value)} {_EXPECTED.get(kind, 'is not what belongs here')}", ""
