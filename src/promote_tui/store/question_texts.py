"""Read the questions: those that come with the program, and what a trust's own file adds and replaces."""

import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from promote_tui.session.model import Stage
from promote_tui.session.questions import ANY, MOMENTS, Pitfall, Question, Questions
from promote_tui.session.text import made_visible, one_line, tidy
from promote_tui.store import problems as _problems
from promote_tui.store import session_file, toml_text
from promote_tui.store.problems import Problem
from promote_tui.store.toml_lines import Lines
from promote_tui.store.toml_lines import Path as Place

LARGEST = 1_000_000
"""Most bytes that a trust's own file may have."""
MOST = 200
"""Most tables of a kind in it, and most characters of a text: what a band of the screen can show."""

_MOST_STRANGERS = 20


def _said(text: str) -> str:
    return one_line(made_visible(tidy(text)))


Said = Annotated[str, Field(min_length=1, max_length=MOST), AfterValidator(_said)]


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


class _Removed(_Table):
    remove: str


class _Replaced(_Table):
    replace: str
    text: Said
    source: Said = "Our own"


class _Added(_Table):
    stage: Stage
    text: Said
    moment: str = ANY
    source: Said = "Our own"


class _Watched(_Table):
    stage: Stage
    text: Said


_TABLES = {"questions": (_Removed, _Replaced, _Added), "pitfalls": (_Watched,)}


@dataclass(frozen=True)
class QuestionTexts:
    """The questions to ask, and what is wrong in the trust's own file; the rest of that file holds."""

    questions: Questions
    problems: tuple[Problem, ...] = ()


def load() -> Questions:
    """Return our questions, in the order of ``session/questions.toml``: the framework's own come first."""
    text = files("promote_tui.session").joinpath("questions.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return Questions(
        tuple(Question(**entry) for entry in tables["questions"]),
        tuple(Pitfall(**entry) for entry in tables["pitfalls"]),
    )


def with_own(path: Path) -> QuestionTexts:
    """Return our questions as the trust's file at ``path`` changes them; a missing file changes nothing."""
    try:
        data = session_file.read_bytes(path)
    except session_file.CannotReadError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return QuestionTexts(load())
        return QuestionTexts(load(), (Problem("error", str(error)),))
    return changed_by(data, load())


def changed_by(data: bytes, ours: Questions) -> QuestionTexts:
    """Return the questions as the bytes of a trust's own file change them; tables with a mistake do not."""
    if len(data) > LARGEST:
        return QuestionTexts(ours, (Problem("error", f"the file is larger than {LARGEST:,} bytes"),))
    try:
        document, lines = toml_text.parsed(data)
    except toml_text.NotTomlError as error:
        return QuestionTexts(ours, (error.problem,))
    found = _strangers((), document, list(_TABLES), lines)
    for name, forms in _TABLES.items():
        tables = document.get(name, ())
        if not isinstance(tables, tuple) or not all(isinstance(one, dict) for one in tables):
            found.append(
                Problem("error", "is not a list of tables", name, lines.of((name,)), f"write [[{name}]]")
            )
            continue
        if len(tables) > MOST:
            where = (name, MOST)
            said = f"has {len(tables)} tables; at most {MOST} fit"
            found.append(Problem("error", said, _problems.spelled(where), lines.of(where)))
        for number, table in enumerate(tables[:MOST]):
            read = _read(table, (name, number), forms, ours, lines)
            if isinstance(read, _Table):
                ours = _changed(ours, read)
            else:
                found += read
    return QuestionTexts(ours, tuple(sorted(found, key=lambda problem: problem.line)))


def _read(
    table: dict[str, Any], place: Place, forms: tuple[type[_Table], ...], ours: Questions, lines: Lines
) -> _Table | list[Problem]:
    """Return what one table says, or what is wrong with it; the first key of a form tells it from others."""
    form = next((one for one in forms if next(iter(one.model_fields)) in table), forms[-1])
    found = _strangers(place, table, list(form.model_fields), lines)
    try:
        read = form.model_validate(table)
    except ValidationError as error:
        return found + _problems.from_validation(error, lines, place)
    ids = [one.id for one in ours.all if one.id]
    if isinstance(read, _Removed) and read.remove not in ids:
        found.append(_no_such((*place, "remove"), read.remove, "the id of a question of ours", ids, lines))
    if isinstance(read, _Replaced) and read.replace not in ids:
        found.append(_no_such((*place, "replace"), read.replace, "the id of a question of ours", ids, lines))
    if isinstance(read, _Added) and read.moment not in MOMENTS[read.stage]:
        moments = list(MOMENTS[read.stage])
        what = f"one of {', '.join(moments)}"
        found.append(_no_such((*place, "moment"), read.moment, what, moments, lines))
    if not getattr(read, "text", "text"):
        found.append(
            Problem("error", "is empty", _problems.spelled((*place, "text")), lines.of((*place, "text")))
        )
    return found or read


def _strangers(place: Place, table: dict[str, Any], known: list[str], lines: Lines) -> list[Problem]:
    """Return a problem for each key that does not belong in a table, at most twenty."""
    return [
        Problem(
            "error",
            "is not a name that belongs here",
            _problems.spelled((*place, key)),
            lines.of((*place, key)),
            _problems.did_you_mean(key, known) or f"{', '.join(known)} can stand here",
        )
        for key in sorted(table.keys() - set(known))[:_MOST_STRANGERS]
    ]


def _no_such(place: Place, value: str, what: str, known: list[str], lines: Lines) -> Problem:
    said = f"{_problems.found(value)} is not {what}"
    hint = _problems.did_you_mean(value, known)
    return Problem("error", said, _problems.spelled(place), lines.of(place), hint)


def _changed(ours: Questions, table: _Table) -> Questions:
    """Return the questions with one change of a trust's own file made."""
    questions = ours.all
    if isinstance(table, _Watched):
        return replace(ours, pitfalls=(*ours.pitfalls, Pitfall(table.stage, table.text)))
    if isinstance(table, _Removed):
        questions = tuple(one for one in questions if one.id != table.remove)
    elif isinstance(table, _Replaced):
        questions = tuple(
            replace(one, text=table.text, source=table.source) if one.id == table.replace else one
            for one in questions
        )
    else:
        assert isinstance(table, _Added)  # noqa: S101 - there are four kinds
        questions = (*questions, Question(table.stage, table.moment, table.text, table.source))
    return replace(ours, all=questions)
