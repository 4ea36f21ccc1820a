"""``promote portfolio``: the overview as lines, the table for Excel, the answer for programs, the filters."""

import csv
import json
from datetime import date
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from promote_tui.cli import commands, main
from promote_tui.cli.portfolio import table, values
from promote_tui.store.places import examples_folder
from tests.session.saved_made import TODAY, change, made, source

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the worked examples, a year after the first of them."""
    folder = tmp_path / "library"
    folder.mkdir()
    for path in examples_folder().glob("*.toml"):
        copy(path, folder)
    monkeypatch.setattr(commands, "_today", lambda: date(2026, 11, 24))
    return folder


def run(capsys: Capture, *argv: str) -> tuple[int, list[str], str]:
    """Run the command and return its exit status, what it printed and what it said."""
    status = main(["portfolio", *argv])
    printed, said = capsys.readouterr()
    return status, printed.splitlines(), said


def test_the_overview_as_lines(library: Path, capsys: Capture) -> None:
    status, printed, said = run(capsys)
    assert (status, said) == (0, "")
    assert printed[0] == "3 sessions, 7 changes."
    for line in (
        "  Waiting for a review     1  longest 12 months",
        "  tried elsewhere too  1",
        "  ▲ Amber      3",
        "  3 months  1  1 long ago",
        "  Nurse, days  2",
        "  Assessment team  1",
        "  waiting    3 sessions  1 idea, not taken on yet, 1 to continue",
        "  Patients, carers and staff were all there in each of the 2 sessions of the last 12 months.",
    ):
        assert line in printed


def test_filters_leave_some_of_the_changes(library: Path, capsys: Capture) -> None:
    for argv, status, count in [
        (["--team", "LARCH"], 0, 4),
        (["--owner", "hca"], 0, 2),
        (["--status", "runner"], 0, 2),
        (["--status", "let go"], 0, 1),
        (["--rating", "none"], 0, 1),
        (["--rating", "amber", "--team", "larch"], 0, 2),
        (["--stuck"], 0, 1),
        (["--rating", "red"], 1, 0),
        (["--team", "nobody"], 1, 0),
    ]:
        for more in ([], ["--json"], ["--csv"]):
            got, printed, said = run(capsys, *argv, *more)
            assert got == status
            assert said.strip() == ("" if count else "There is no such change.")
            if more == ["--json"]:
                assert len(json.loads("\n".join(printed))["changes"]) == count
            elif more == ["--csv"]:
                assert len(printed) == count + 1
            else:
                assert printed[0].endswith(f"{count} change{'s' * (count != 1)}.")
    # what repeats is told of all sessions, whatever changes are asked for
    assert any("waiting    3 sessions" in line for line in run(capsys, "--stuck")[1])


def test_wrong_usage(library: Path, capsys: Capture) -> None:
    for argv in (["--status", "x"], ["--rating", "x"], ["--json", "--csv"], ["x"]):
        assert run(capsys, *argv)[0] == 2
    status, _, said = run(capsys, "--library", str(library / "gone"))
    assert (status, "does not exist" in said) == (3, True)


def test_an_empty_library_and_files_that_cannot_be_read(library: Path, capsys: Capture) -> None:
    for path in library.glob("*.toml"):
        path.write_text("title = [", encoding="utf-8")
    status, printed, said = run(capsys)
    assert (status, printed[0]) == (0, "0 sessions, 0 changes.")
    assert said.count("cannot be opened: not readable as TOML") == 3
    for path in library.glob("*.toml"):
        path.unlink()
    assert run(capsys, "--csv")[2] == ""
    answer = json.loads("\n".join(run(capsys, "--json")[1]))
    assert (answer["version"], answer["sessions"], answer["changes"], answer["themes"]) == (1, 0, [], [])


def test_the_answer_for_programs(library: Path, capsys: Capture) -> None:
    answer: dict[str, Any] = json.loads("\n".join(run(capsys, "--json")[1]))
    assert (answer["version"], answer["today"], answer["sessions"]) == (1, "2026-11-24", 3)
    assert answer["counts"]["status"] == {
        "planned": 0, "trying": 3, "runner": 2, "scaling": 1, "let go": 1,
    }  # fmt: skip
    assert answer["counts"]["rating"] == {"red": 0, "amber": 3, "green": 2, "none": 1}
    assert answer["stuck"] == {"no owner": 0, "late": 1, "no review": 1, "outrun": 0}
    (stuck,) = [one for one in answer["changes"] if one["stuck"]]
    assert stuck["file"] == str(library / "bed-tea.toml")
    assert (stuck["next_checkin"], stuck["due_on"], stuck["days_late"]) == (
        "three_months", "2026-02-25", 272,
    )  # fmt: skip
    assert answer["themes"][0]["word"] == "waiting"
    assert [one["team"] for one in answer["voices"]] == [None, "Assessment team", "Larch"]
    assert answer["voices"][0]["quarters"][2] == {
        "months": "Jun–Aug", "sessions": 2, "patient": 2, "carer": 2, "staff": 2,
    }  # fmt: skip


def test_a_table_runs_nothing_and_numbers_stay_numbers() -> None:
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "a, b", '"', "é"]
    changes = [change(n, title=text, owner=text, baseline=-2.5) for n, text in enumerate(evil)]
    lines = table(made(source("a", *changes)).changes, TODAY)
    assert all(line.startswith('"') and line.endswith('"') for line in lines)
    rows = list(csv.DictReader(lines))
    assert [row["change"] for row in rows] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "a, b", '"', "é"]
    assert [row["owner"] for row in rows] == [row["change"] for row in rows]
    assert {row["baseline"] for row in rows} == {"-2.5"}
    assert {row["put_away"] for row in rows} == {"no"}
    assert {row["days_late"] for row in rows} == {"-2"}


def test_numbers_that_are_none_are_null() -> None:
    odd = made(source("a", *(change(n, target=float(odd)) for n, odd in enumerate(("nan", "inf", "-inf")))))
    assert [one["target"] for one in values(odd, odd)["changes"]] == [None] * 3
    assert "nan" not in "".join(table(odd.changes, TODAY))
