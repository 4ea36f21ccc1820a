"""A validator that is not ours agrees with us about what a session file is."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from promote_tui.reports.schema import session_schema
from promote_tui.session.model import VERSION, Session
from promote_tui.store import toml_text
from promote_tui.store.places import examples_folder

EXAMPLES = sorted(examples_folder().glob("*.toml"))
BED_TEA = (examples_folder() / "bed-tea.toml").read_text(encoding="utf-8")


def program(name: str) -> str:
    """Return a program that the test extra installs: beside this Python, else on the path."""
    beside = Path(sys.executable).with_name(f"{name}.exe" if sys.platform == "win32" else name)
    found = str(beside) if beside.exists() else shutil.which(name)
    assert found, f"{name} is missing; it comes with: pip install -e '.[test]'"
    return found


def lint(text: str, folder: Path, *, against_schema: bool = True) -> subprocess.CompletedProcess[str]:
    """Let taplo check a text, against our schema or as TOML alone, with no settings and no network."""
    schema, file = folder / "schema.json", folder / "session.toml"
    schema.write_text(json.dumps(session_schema()), encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    nowhere = "http://127.0.0.1:9"
    rules = ["--schema", schema.as_uri()] if against_schema else ["--no-schema"]
    return subprocess.run(
        [program("taplo"), "lint", "--no-auto-config", *rules, str(file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere, "ALL_PROXY": nowhere},
        check=False,
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_taplo_accepts_the_examples(path: Path, tmp_path: Path) -> None:
    done = lint(path.read_text(encoding="utf-8"), tmp_path)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('stage = "review"', 'stage = "reviews"'),
        ('voice = "carer"', 'voice = "family"'),
        ("feeling = -2", "feeling = -3"),
        ("minutes = 20", "minutes = 20.5"),
        ("smallest = true", 'smallest = "yes"'),
        ('id = "story-1"', 'id = "tale-1"'),
        ('ideas = ["idea-1"]', "ideas = []"),
        ("due_on = 2025-11-28", 'due_on = "soon"'),
        ("held_on = 2025-11-28", "held_on = 27"),
        ('title = "Bed tea on Mulberry 2"', ""),
        ('format = "promote-session"', 'format = "something else"'),
        ("votes = { patient = 3, carer = 1, staff = 3 }", "votes = { patient = -1 }"),
    ],
)
def test_taplo_refuses_what_we_refuse(right: str, wrong: str, tmp_path: Path) -> None:
    assert right in BED_TEA
    text = BED_TEA.replace(right, wrong, 1)

    # what it says at the end is sometimes cut off in a pipe, its exit status never is
    assert lint(text, tmp_path).returncode != 0
    assert lint(text, tmp_path, against_schema=False).returncode == 0
    assert toml_text.read(text.encode()).errors


def test_taplo_accepts_the_shortest_file_and_keys_of_others(tmp_path: Path) -> None:
    required = {"format": "promote-session", "version": VERSION, "id": "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"}
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**required, "title": "x", "theirs": 1}.items()]
    text = "\n".join(lines)

    assert lint(text, tmp_path).returncode == 0
    assert toml_text.read(text.encode()).session


def test_the_schema_says_what_it_is() -> None:
    schema = session_schema()

    assert list(schema)[:3] == ["$schema", "title", "description"]
    assert f"version {VERSION}" in schema["description"]
    assert schema["required"] == ["format", "version", "id", "title"]
    assert set(schema["properties"]) == set(Session.model_fields)


def test_the_schema_uses_the_names_of_the_file() -> None:
    assert "from" in session_schema()["$defs"]["Parked"]["properties"]
