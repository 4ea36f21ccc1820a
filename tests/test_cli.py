"""The command line as a contract: what goes to stdout, what to stderr, and the exit status."""

import inspect
import io
import json
import os
import subprocess
import sys
import unicodedata
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from promote_tui import __version__
from promote_tui.cli import commands, main, talk
from promote_tui.cli.arguments import COMMANDS, command_parser
from promote_tui.store import durable, examples, places, toml_text
from promote_tui.store.library import Library
from promote_tui.store.seal import sealed
from promote_tui.store.session_file import SessionFile

EXAMPLES = places.examples_folder()
BED_TEA = EXAMPLES / "bed-tea.toml"
OPENING = 'format = "promote-session"\nversion = 1\nid = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"\n'
SHORT = f'{OPENING}title = "Waking up"\n'
# every way to smuggle something that acts on a terminal past the parser and into a text
ACTING = r"a\u001b[31mb\u001b]0;x\u0007c\u009b2Jd\re\u202ef\u0085g\u2028h\u007fi\fj"

Capture = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    """What a person types at a terminal."""

    def isatty(self) -> bool:
        return True


class Screens(ModuleType):
    """Stands where the screens would be, and keeps what it was asked to open."""

    def __init__(self) -> None:
        super().__init__("promote_tui.ui.app")
        self.opened: list[dict[str, Any]] = []
        self.status, self.keeps_nothing = 0, False

    def run(self, library: Library, *, file: SessionFile | None = None, demo: bool = False) -> int:
        there = sorted(path.name for path in library.folder.glob("*.toml"))
        self.opened.append({"library": library.folder, "file": file, "demo": demo, "there": there})
        self.keeps_nothing = library.throw_away
        return self.status


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with the usual library, which is not there yet."""
    monkeypatch.delenv("PROMOTE_LIBRARY", raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a library with one session in it."""
    made = tmp_path / "library"
    made.mkdir()
    (made / "waking.toml").write_text(SHORT, encoding="utf-8")
    monkeypatch.setenv("PROMOTE_LIBRARY", str(made))
    return made


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> Screens:
    """Be at a terminal, with screens that only note what they should show."""
    fake = Screens()
    monkeypatch.setitem(sys.modules, "promote_tui.ui.app", fake)
    monkeypatch.setattr(talk, "is_terminal", lambda *_: True)
    monkeypatch.delenv("ESCDELAY", raising=False)
    return fake


def types(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(text))


def pipes(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def promote(*args: str, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "promote_tui", *args]
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False, **settings)


# help, version, usage


def test_help_names_every_command(capsys: Capture) -> None:
    assert main(["-h"]) == 0

    out = capsys.readouterr().out
    assert all(f"    {command} " in out for command in COMMANDS)
    assert set(commands._COMMANDS) - {"", "FILE"} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, capsys: Capture) -> None:
    assert main([command, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: promote {command}")


def test_version(capsys: Capture) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"promote {__version__}\n"


@pytest.mark.parametrize(
    "argv",
    [["new"], ["show"], ["check"], ["list", "extra"], ["--nonsense"], ["list", "--js"], ["a.toml", "b.toml"]],
)
def test_wrong_usage(argv: list[str], capsys: Capture) -> None:
    assert main(argv) == 2

    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err.startswith("usage: promote")


@pytest.mark.parametrize(
    "argv", [["--library", "{}", "list"], ["list", "--library", "{}"], ["--library={}", "list"]]
)
def test_the_library_may_be_named_before_and_after_the_command(
    argv: list[str], capsys: Capture, library: Path, tmp_path: Path
) -> None:
    assert main([word.format(EXAMPLES) for word in argv]) == 0
    assert "bed-tea.toml" in capsys.readouterr().out


def test_the_command_line_names_what_the_document_promises() -> None:
    assert command_parser().prog == "promote"
    assert main(["--library", str(EXAMPLES), "check", str(BED_TEA)]) == 0


# list


def test_list_prints_a_line_for_each_session(capsys: Capture) -> None:
    assert main(["list", "--library", str(EXAMPLES)]) == 0

    out = capsys.readouterr().out
    assert out.splitlines() == [
        "2026-08-10  Getting past Tabula Rasa  Assessment team  5 Review"
        "  1 green               getting-past-tabula-rasa.toml",
        "2026-06-15  Coming onto the ward      Larch            5 Review"
        "  2 amber, 1 green      coming-onto-the-ward.toml",
        "2025-11-24  Bed tea on Mulberry 2     Mulberry 2       5 Review  1 amber, 1 not rated  bed-tea.toml",
    ]


def test_list_says_why_a_file_cannot_be_opened(capsys: Capture, library: Path) -> None:
    (library / "broken.toml").write_text("= 1", encoding="utf-8")
    (library / "other.toml").write_text('title = "x"', encoding="utf-8")
    (library / "folder.toml").mkdir()

    assert main(["list"]) == 0
    first, *broken = capsys.readouterr().out.splitlines()
    assert first == "no date  Waking up    1 Choose    waking.toml"
    assert sorted(broken) == [
        "broken.toml: cannot be opened: not readable as TOML",
        "folder.toml: cannot be opened: not a file",
        "other.toml: cannot be opened: not a session",
    ]


def test_list_for_programs(capsys: Capture, library: Path) -> None:
    (library / "broken.toml").write_text("= 1", encoding="utf-8")
    (library / "tea.toml").write_bytes(BED_TEA.read_bytes())

    assert main(["list", "--json"]) == 0
    heard = capsys.readouterr()
    tea, waking, broken = (answer := json.loads(heard.out))["sessions"]
    assert answer["version"] == 1
    assert answer["library"] == str(library)
    assert tea == {
        "file": str(library / "tea.toml"),
        "title": "Bed tea on Mulberry 2",
        "team": "Mulberry 2",
        "stage": "review",
        "held_on": "2025-11-24",
        "updated_at": "2026-02-25T15:05:00+00:00",
        "ratings": ["amber", None],
        "problem": None,
    }
    assert (waking["held_on"], waking["updated_at"], waking["ratings"]) == (None, None, [])
    assert broken["problem"] == "not readable as TOML"


def test_a_long_title_is_cut_in_a_list_and_whole_for_programs(capsys: Capture, library: Path) -> None:
    (library / "waking.toml").write_text(f'{OPENING}title = "{"long " * 30}"\n', encoding="utf-8")

    main(["list"])
    assert len(capsys.readouterr().out) < 100
    main(["list", "--json"])
    assert json.loads(capsys.readouterr().out)["sessions"][0]["title"] == ("long " * 30).strip()


def test_an_empty_library_is_a_fine_answer(capsys: Capture, library: Path) -> None:
    (library / "waking.toml").unlink()

    assert main(["list"]) == 0
    heard = capsys.readouterr()
    assert (heard.out, heard.err) == ("", f"No sessions yet in {library}.\n")


def test_the_usual_library_need_not_exist(capsys: Capture) -> None:
    assert main(["list"]) == 0
    assert capsys.readouterr().err.startswith("No sessions yet in ")
    assert main(["list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sessions"] == []


def test_a_named_library_has_to_exist(capsys: Capture, tmp_path: Path) -> None:
    missing = tmp_path / "missing"

    assert main(["list", "--library", str(missing)]) == 3
    heard = capsys.readouterr()
    assert (heard.out, heard.err) == ("", f"The folder {missing} does not exist.\n")
    assert not missing.exists()


# due


def promise(library: Path, days: int, name: str = "waking.toml", more: str = "") -> date:
    """Promise a change whose 3 days end in so many days, today's date being what it is; return that day."""
    day = datetime.now(UTC).astimezone().date() + timedelta(days)
    short = SHORT.replace("0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11", str(uuid.uuid5(uuid.NAMESPACE_URL, name)))
    (library / name).write_text(
        f'{short}ideas = [{{ id = "idea-1", kind = "start", text = "Tea {name}" }}]\n[[initiatives]]\n'
        f'id = "initiative-1"\nideas = ["idea-1"]\nowner = "HCA"\nstarted_on = {day - timedelta(3)}\n{more}',
        encoding="utf-8",
    )
    return day


def test_due_prints_what_is_near_and_what_went_by(capsys: Capture, library: Path) -> None:
    promise(library, -1)
    promise(library, -20, "late.toml", "decision = 'fine tune'")
    promise(library, 6, "soon.toml")
    promise(library, 8, "later.toml")
    promise(library, -800, "old.toml", "checkins = [{ horizon = 'three_days', held_on = 2024-01-01 }]")
    promise(library, -1, "done.toml", "stage = 'let go'")
    (library / "broken.toml").write_text("= 1", encoding="utf-8")

    assert main(["due"]) == 0
    heard = capsys.readouterr()
    assert heard.out.splitlines() == [
        "3 weeks   Tea late.toml    HCA  2 days late     3-day check-in never held   late.toml",
        "3 days    Tea waking.toml  HCA  due yesterday                               waking.toml",
        "3 days    Tea soon.toml    HCA  in 6 days                                   soon.toml",
        "3 months  Tea old.toml     HCA  23 months late  3-week check-in never held  old.toml",
    ]
    assert heard.err == "broken.toml: cannot be opened: not readable as TOML\n"


def test_due_for_programs_is_everything(capsys: Capture, library: Path) -> None:
    day = promise(library, 8)
    part = f"{{ name = 'Harm', fine_tune = 'Ask', fine_tune_by = {day - timedelta(9)} }}"
    promise(library, 8, more=f"reviews = [{{ held_on = 2026-01-01, parts = [{{ name = 'x' }}, {part}] }}]")

    assert main(["due", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["version"], answer["library"]) == (1, str(library))
    assert answer["today"] == (day - timedelta(8)).isoformat()
    plain = {
        "file": str(library / "waking.toml"),
        "id": "initiative-1",
        "change": "Tea waking.toml",
        "owner": "HCA",
        "skipped": [],
    }
    tuned, checkin = answer["dues"]
    assert tuned == plain | {
        "what": "fine_tune",
        "day": (day - timedelta(9)).isoformat(),
        "standing": "late",
        "days_late": 1,
        "words": "Ask",
    }
    assert checkin == plain | {
        "what": "three_days",
        "day": day.isoformat(),
        "standing": "later",
        "days_late": -8,
        "words": None,
    }


def test_nothing_due_is_a_fine_answer(capsys: Capture, library: Path, tmp_path: Path) -> None:
    assert main(["due"]) == 0
    assert capsys.readouterr() == ("", "Nothing is due.\n")
    promise(library, 8)
    assert main(["due"]) == 0
    assert capsys.readouterr() == ("", "Nothing is due in the next 7 days.\n")
    assert main(["due", "--library", str(tmp_path / "missing")]) == 3
    assert capsys.readouterr() == ("", f"The folder {tmp_path / 'missing'} does not exist.\n")
    assert main(["due", "extra"]) == 2


# show


def test_show_prints_the_whole_session(capsys: Capture) -> None:
    assert main(["show", str(BED_TEA)]) == 0

    heard = capsys.readouterr()
    assert heard.out.startswith("Bed tea on Mulberry 2\nTeam: Mulberry 2.\n")
    assert "Stage 5: Review" in heard.out
    assert heard.err == ""


@pytest.mark.parametrize("name", ["waking", "waking.toml"])
@pytest.mark.parametrize("command", ["show", "check"])
def test_a_bare_name_is_looked_up_in_the_library(
    command: str, name: str, capsys: Capture, library: Path
) -> None:
    assert main([command, name]) == 0
    assert capsys.readouterr().err in ("", "1 file, 0 errors, 0 warnings.\n")


def test_the_current_folder_comes_before_the_library(capsys: Capture, library: Path, folder: Path) -> None:
    (folder / "waking.toml").write_text(f'{OPENING}title = "Here"\n', encoding="utf-8")

    main(["show", "waking.toml"])
    assert capsys.readouterr().out.startswith("Here\n")


def test_a_folder_is_no_session_but_does_not_hide_one(capsys: Capture, library: Path, folder: Path) -> None:
    (folder / "waking").mkdir()
    (folder / "empty").mkdir()

    assert main(["show", "waking"]) == 0
    assert main(["show", "empty"]) == 3
    assert main(["empty"]) == 3
    assert capsys.readouterr().err == "empty is a folder, not a session file.\n" * 2


@pytest.mark.parametrize("command", ["show", "check"])
def test_standard_input_is_read(command: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    pipes(monkeypatch, SHORT.encode())

    assert main([command, "-"]) == 0
    assert capsys.readouterr().out.startswith({"show": "Waking up\n", "check": "-: fine\n"}[command])


@pytest.mark.parametrize("name", ["missing", "missing.toml", "a/b.toml", "", "x" * 5_000])
def test_show_of_what_is_not_there(name: str, capsys: Capture) -> None:
    assert main(["show", name]) == 3

    heard = capsys.readouterr()
    hint = "" if "/" in name else " promote list shows the names."
    assert (heard.out, heard.err) == ("", f'There is no session file called "{name}".{hint}\n')


def test_a_title_or_a_name_without_its_day_is_enough(
    capsys: Capture, library: Path, screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    (library / "2026-11-23-waking.toml").write_text(f'{OPENING}title = "Bed tea"', encoding="utf-8")
    (library / "2026-11-24-no-title.toml").write_text(OPENING, encoding="utf-8")
    (library / "2026-11-25-broken.toml").write_text("= 1", encoding="utf-8")
    one = library / "2026-11-23-waking.toml"
    asked = ["bed TEA", "Bed tea", " bed tea ", "2026-11-23-waking", one.name]
    for name in asked:
        assert main(["show", name]) == 0, name
        assert capsys.readouterr().out.startswith("Bed tea\n"), name
    for name in ("no-title", "No-Title.toml", "BED TEA", "waking up"):
        assert main(["check", name]) in (0, 1), name
        assert "There is no" not in capsys.readouterr().err
    assert main(["check", "--privacy", "Bed tea"]) == 0
    assert main(["check", "broken"]) == 1
    assert main(["new", "Next", "--follows", "bed tea", "--no-open"]) == 0
    monkeypatch.setattr("promote_tui.ui.script.run", lambda path, _: path.name == one.name)
    assert main(["script", "bed tea"]) == 1  # what the window ended with
    assert main(["bed tea"]) == 0
    assert screens.opened[-1]["file"].path == one
    assert main(["import", "bed tea", "--yes"]) == 3  # a table has no title


def test_a_title_that_several_sessions_have_names_them(
    capsys: Capture, library: Path, screens: Screens
) -> None:
    (library / "2026-11-24-waking-up.toml").write_text(f'{OPENING}title = "Bed tea"', encoding="utf-8")
    (library / "2026-11-25-bed-tea.toml").write_text(f'{OPENING}title = "WAKING UP"', encoding="utf-8")
    for argv in (["show", "waking up"], ["check", "waking up"], ["waking up"]):
        assert main(argv) == 2
        names = "2026-11-25-bed-tea.toml, waking.toml"
        said = f'2 sessions are called "waking up". Name one file: {names}\n'
        assert capsys.readouterr().err.startswith(said), argv
    assert main(["show", "bed-tea"]) == 0  # a name, and no other one's title
    assert screens.opened == []


def test_show_of_a_file_with_mistakes_names_them(capsys: Capture, folder: Path) -> None:
    (folder / "bad.toml").write_text(f'{SHORT}stage = "maps"\nheld_on = "x"\n', encoding="utf-8")

    assert main(["show", "bad.toml"]) == 1
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err.splitlines() == [
        'bad.toml:5: stage: "maps" is not one of choose, map, ideas, own, review - did you mean "map"?',
        'bad.toml:6: held_on: "x" is not a date such as 2026-11-23 (without quotes)',
        "bad.toml cannot be read as a session.",
    ]


# check


def test_check_of_what_is_fine(capsys: Capture) -> None:
    names = [str(path) for path in sorted(EXAMPLES.glob("*.toml"))]

    assert main(["check", *names]) == 0
    heard = capsys.readouterr()
    assert heard.out.splitlines() == [f"{name}: fine" for name in names]
    assert heard.err == f"{len(names)} files, 0 errors, 0 warnings.\n"


def test_check_names_every_problem(capsys: Capture, folder: Path) -> None:
    step = '[[steps]]\nid = "step-1"\ntitle = "Lights on"\nvalue = "add"\nminutes = "5"\n'
    (folder / "bad.toml").write_text(f"{SHORT}\n{step}", encoding="utf-8")
    (folder / "odd.toml").write_text(f'{SHORT}teem = "Larch"\n', encoding="utf-8")

    assert main(["check", "bad.toml", "odd.toml"]) == 1
    heard = capsys.readouterr()
    assert heard.out.splitlines() == [
        'bad.toml:9: steps[1].value: "add" is not one of adds, needed, removable - did you mean "adds"?',
        'bad.toml:10: steps[1].minutes: "5" is not a whole number',
        'odd.toml:5: teem: is not a name this program knows; it is kept as it is - did you mean "team"?',
    ]
    assert heard.err == "2 files, 2 errors, 1 warning.\n"


def test_a_file_that_is_cut_short_is_said_and_one_edited_by_hand_is_fine(
    capsys: Capture, folder: Path
) -> None:
    whole = sealed(f"{SHORT}revision = 2\n")
    (folder / "cut.toml").write_bytes(whole[:-40])
    (folder / "cut-more.toml").write_bytes(whole.replace(b"\n# end", b"\nteam = \n# end")[:-70])
    (folder / "edited.toml").write_bytes(whole.replace(b"revision = 2", b"revision = 3"))
    hint = "if you took the last line out yourself, take the line “revision” out too"
    words = f"cut.toml:6: the file is cut short: its end is missing - {hint}"

    assert main(["check", "cut.toml", "edited.toml"]) == 0
    heard = capsys.readouterr()
    assert heard.out.splitlines() == [words, "edited.toml: fine"]
    assert heard.err == "2 files, 0 errors, 1 warning.\n"
    assert main(["check", "cut-more.toml"]) == 1
    assert capsys.readouterr().out.startswith(words.replace("cut.toml:6", "cut-more.toml:7"))
    assert main(["show", "cut.toml"]) == 0
    assert capsys.readouterr().err == f"{words}\n"


def test_warnings_alone_are_fine(folder: Path) -> None:
    (folder / "odd.toml").write_text(f'{SHORT}teem = "Larch"\n', encoding="utf-8")

    assert main(["check", "odd.toml"]) == 0


def test_check_for_programs(capsys: Capture, folder: Path) -> None:
    (folder / "bad.toml").write_text(f'{SHORT}stage = "maps"\n', encoding="utf-8")

    assert main(["check", "--json", "bad.toml", str(BED_TEA)]) == 1
    heard = capsys.readouterr()
    assert heard.err == ""
    assert json.loads(heard.out) == {
        "version": 1,
        "files": [
            {
                "file": "bad.toml",
                "ok": False,
                "problems": [
                    {
                        "level": "error",
                        "line": 5,
                        "key": "stage",
                        "message": '"maps" is not one of choose, map, ideas, own, review',
                        "hint": 'did you mean "map"?',
                    }
                ],
            },
            {"file": str(BED_TEA), "ok": True, "problems": []},
        ],
    }


def test_check_goes_on_after_a_file_that_cannot_be_read(capsys: Capture, folder: Path) -> None:
    (folder / "bad.toml").write_text("=", encoding="utf-8")

    assert main(["check", "missing", "bad.toml", str(BED_TEA)]) == 3
    heard = capsys.readouterr()
    assert heard.out.splitlines()[0].startswith("bad.toml:1: this is not TOML")
    assert heard.out.endswith("bed-tea.toml: fine\n")
    none = 'There is no session file called "missing". promote list shows the names.'
    assert heard.err == f"{none}\n3 files, 2 errors, 0 warnings.\n"
    assert main(["check", "missing", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["files"][0]["ok"] is False


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(capsys: Capture, folder: Path) -> None:
    os.mkfifo(folder / "pipe.toml")

    assert main(["check", "pipe.toml"]) == 3
    assert main(["pipe.toml"]) == 3
    assert "pipe.toml is not a file.\n" in capsys.readouterr().err


# new


def test_new_prints_the_path_of_a_fine_file(capsys: Capture, library: Path) -> None:
    argv = ["new", "  Bed   tea ", "--team", "Larch", "--process", "Waking up", "--no-open"]
    assert main(argv) == 0

    heard = capsys.readouterr()
    path = Path(heard.out.removesuffix("\n"))
    session = SessionFile.open(path).reading.session
    assert path.parent == library
    assert path.name.endswith("-bed-tea.toml")
    assert heard.err == ""
    assert session
    assert (session.title, session.team, session.follows) == ("Bed tea", "Larch", None)
    assert (session.process.name, session.process.candidate) == ("Waking up", "candidate-1")
    assert session.candidates[0].name == "Waking up"
    assert session.created_at
    assert session.created_at.tzinfo


@pytest.mark.parametrize(
    ("argv", "team", "process"),
    [
        ([], "Mulberry 2", ""),
        (["--team", "Larch"], "Larch", ""),
        (["--team=", "--process", "Meals"], "", "Meals"),
    ],
)
def test_new_carries_on_from_another_session(
    argv: list[str], team: str, process: str, capsys: Capture, library: Path
) -> None:
    assert main(["new", "Next", "--follows", str(BED_TEA), "--no-open", *argv]) == 0

    session = SessionFile.open(Path(capsys.readouterr().out.strip())).reading.session
    assert session
    assert (session.follows, session.team) == ("5f83195c-c2e0-4120-aad6-1affd51fb3ee", team)
    assert (session.earlier.title, session.process.name) == ("Bed tea on Mulberry 2", process)
    old = SessionFile.open(BED_TEA).reading.session
    assert old
    assert [one.carried for one in session.initiatives] == [one.id for one in old.initiatives]


def test_new_says_that_another_session_carries_it_on_already(capsys: Capture, library: Path) -> None:
    new = ["new", "Next", "--follows", str(BED_TEA), "--no-open"]
    assert main(new) == 0
    assert capsys.readouterr().err == ""
    assert main(new) == 0
    heard = capsys.readouterr()
    assert heard.err.startswith("“Next”, ")
    assert heard.err.endswith(" carries it on already. This is one more session that does.\n")
    assert Path(heard.out.strip()).is_file()
    assert main(["new", "Other", "--no-open"]) == 0
    assert capsys.readouterr().err == ""


def test_new_makes_the_usual_library(capsys: Capture, tmp_path: Path) -> None:
    assert main(["new", "First", "--no-open"]) == 0

    made = Path(capsys.readouterr().out.strip())
    assert made.is_file()
    assert made.is_relative_to(tmp_path)


@pytest.mark.parametrize(
    "argv",
    [
        ["  "],
        ["a\x1bb"],
        ["x" * 10_001],
        ["x", "--team", "a\x07"],
        ["x", "--process", " "],
        ["x", "--process", "\x00"],
        [" ", "--follows", str(BED_TEA)],
        ["x" * 10_001, "--follows", str(BED_TEA)],
    ],
)
def test_new_refuses_words_that_do_not_fit(argv: list[str], capsys: Capture, library: Path) -> None:
    assert main(["new", "--no-open", *argv]) == 2

    heard = capsys.readouterr()
    assert heard.out == ""
    assert len(heard.err.splitlines()) == 1
    assert len(list(library.iterdir())) == 1


@pytest.mark.parametrize(("text", "status"), [("=", 1), (None, 3)])
def test_new_makes_nothing_when_what_it_follows_cannot_be_read(
    text: str | None, status: int, library: Path, folder: Path
) -> None:
    if text:
        (folder / "old.toml").write_text(text, encoding="utf-8")

    assert main(["new", "x", "--follows", "old.toml", "--no-open"]) == status
    assert len(list(library.iterdir())) == 1


def test_new_in_a_library_that_is_a_file(capsys: Capture, folder: Path) -> None:
    (folder / "library").write_text("", encoding="utf-8")

    assert main(["new", "x", "--no-open", "--library", "library"]) == 3
    assert "is not a folder, so no session can be kept there." in capsys.readouterr().err


def test_new_says_when_the_disk_refuses(
    capsys: Capture, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise durable.NotSavedError(f"{path.name}: the disk is full.")

    monkeypatch.setattr(durable, "create", refuse)
    assert main(["new", "x", "--no-open"]) == 3
    assert capsys.readouterr().err.endswith("-x.toml: the disk is full.\n")


def test_new_opens_what_it_made(capsys: Capture, library: Path, screens: Screens) -> None:
    assert main(["new", "Tea"]) == 0

    path = Path(capsys.readouterr().out.strip())
    assert [opened["file"].path for opened in screens.opened] == [path]


def test_new_without_a_terminal_makes_nothing_half(capsys: Capture, library: Path) -> None:
    assert main(["new", "Tea"]) == 2

    heard = capsys.readouterr()
    assert heard.out == ""
    assert "--no-open" in heard.err
    assert len(list(library.iterdir())) == 1


# a library that is not there yet


@pytest.mark.parametrize(
    ("reply", "made"), [("\n", True), ("y\n", True), ("YES\n", True), ("n\n", False), ("", False)]
)
def test_a_named_folder_is_made_when_the_person_agrees(
    reply: str, made: bool, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / "a" / "b"
    types(monkeypatch, reply)
    error = Terminal()
    monkeypatch.setattr(sys, "stderr", error)

    assert main(["new", "Tea", "--no-open", "--library", str(missing)]) == (0 if made else 1)
    assert f"The folder {missing} does not exist. Make it? [Y/n] " in error.getvalue()
    assert missing.exists() == made
    assert bool(capsys.readouterr().out) == made


@pytest.mark.parametrize("argv", [[], ["new", "Tea", "--no-open"]])
def test_without_a_terminal_it_is_said_how_to_make_the_folder(
    argv: list[str], capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROMOTE_LIBRARY", str(tmp_path / "missing"))

    assert main(argv) == 3
    assert capsys.readouterr().err.startswith(
        f"The folder {tmp_path / 'missing'} does not exist. To make it: mkdir"
    )
    assert not (tmp_path / "missing").exists()


def test_home_asks_about_a_folder_that_was_named(
    monkeypatch: pytest.MonkeyPatch, screens: Screens, tmp_path: Path
) -> None:
    types(monkeypatch, "\n")

    assert main(["--library", str(tmp_path / "missing")]) == 0
    assert screens.opened[0]["library"] == tmp_path / "missing"
    assert (tmp_path / "missing").is_dir()


# the screens


def test_promote_alone_opens_home(screens: Screens, library: Path) -> None:
    screens.status = 1

    assert main([]) == 1
    assert screens.opened == [{"library": library, "file": None, "demo": False, "there": ["waking.toml"]}]
    assert os.environ["ESCDELAY"] == "25"


def test_home_leaves_the_usual_folder_to_the_first_session(screens: Screens) -> None:
    assert main([]) == 0
    assert not screens.opened[0]["library"].exists()


@pytest.mark.parametrize("argv", [["waking"], ["--library", "{}", "waking"], ["waking", "--library", "{}"]])
def test_a_first_word_that_is_no_command_is_a_file(argv: list[str], screens: Screens, library: Path) -> None:
    assert main([word.format(library) for word in argv]) == 0
    assert screens.opened[0]["file"].path == library / "waking.toml"


@pytest.mark.parametrize("argv", [["./list"], ["--", "list"]])
def test_a_file_may_be_named_like_a_command(argv: list[str], screens: Screens, folder: Path) -> None:
    (folder / "list").write_text(SHORT, encoding="utf-8")

    assert main(argv) == 0
    assert screens.opened[0]["file"].path == Path("list")


def test_a_file_with_warnings_opens(screens: Screens, folder: Path) -> None:
    (folder / "odd.toml").write_text(f'{SHORT}teem = "Larch"\n', encoding="utf-8")

    assert main(["odd.toml"]) == 0
    assert screens.opened[0]["file"].reading.problems


def test_a_file_with_errors_is_not_touched(capsys: Capture, screens: Screens, folder: Path) -> None:
    text = f'{SHORT}stage = "maps"\nversion = 1\n'
    (folder / "bad.toml").write_text(text, encoding="utf-8")

    assert main(["bad.toml"]) == 1
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err.startswith("bad.toml:6: this is not TOML")
    assert heard.err.endswith("bad.toml was not opened and not touched.\n")
    assert screens.opened == []
    assert (folder / "bad.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("word", "status", "said"),
    [
        ("lst", 2, 'There is no command and no session file called "lst". Did you mean promote list?'),
        ("checks", 2, "Did you mean promote check?"),
        ("tulip", 2, "promote -h lists the commands."),
        ("lst.toml", 3, 'There is no session file called "lst.toml".'),
        ("./lst", 3, 'There is no session file called "./lst".'),
        ("-", 2, "Only a file can be opened."),
    ],
)
def test_a_word_that_means_nothing(word: str, status: int, said: str, capsys: Capture) -> None:
    assert main([word]) == status
    assert said in capsys.readouterr().err


def test_a_command_that_is_mistyped_is_named(capsys: Capture) -> None:
    for argv, said in (
        (["shows", "x"], 'There is no command called "shows". Did you mean promote show?'),
        (
            ["--library", "x", "Shows", "x", "y"],
            'There is no command called "Shows". Did you mean promote show?',
        ),
        (["deu", "--json"], 'There is no command called "deu". Did you mean promote due?'),
        (["tulip", "x"], 'There is no command called "tulip". promote -h lists the commands.'),
        (["tulip", "--json"], "unrecognized arguments: --json"),
        (["shows.toml", "x"], "unrecognized arguments: x"),
        (["./shows", "x"], "unrecognized arguments: x"),
    ):
        assert main(argv) == 2, argv
        heard = capsys.readouterr()
        assert heard.out == ""
        assert heard.err.endswith(f"promote: error: {said}\n"), heard.err


def test_the_second_window_needs_a_terminal_and_a_session(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["script", str(BED_TEA)]) == 2
    assert "promote script needs a terminal of its own" in capsys.readouterr().err
    monkeypatch.setattr(talk, "is_terminal", lambda *_: True)
    monkeypatch.setattr(
        "promote_tui.ui.script.ScriptApp.run", lambda self: self._followed.path.stem == "bed-tea"
    )
    assert main(["script", str(BED_TEA)]) == 1  # what the window ended with
    (tmp_path / "broken.toml").write_text("title = [", encoding="utf-8")
    for name, status in {"broken.toml": 1, "nowhere.toml": 3, "-": 3}.items():
        assert main(["script", str(tmp_path / name) if name != "-" else name]) == status
        assert capsys.readouterr().err


@pytest.mark.parametrize("argv", [[], [str(BED_TEA)], ["demo"]])
def test_without_a_terminal_the_screens_stay_away(argv: list[str], capsys: Capture) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err == (
        "promote needs a terminal; promote list and promote show work without one.\n"
    )


def test_demo_opens_copies(screens: Screens, library: Path) -> None:
    assert main(["demo"]) == 0

    opened = screens.opened[0]
    assert opened["demo"] is screens.keeps_nothing is True
    assert opened["there"] == sorted(path.name for path in EXAMPLES.glob("*.toml"))
    assert opened["library"] not in (library, EXAMPLES)


@pytest.mark.parametrize("ending", ["return 0", "raise ZeroDivisionError"])
def test_demo_throws_its_copies_away(ending: str) -> None:
    code = f"""
import sys, types
from promote_tui.cli import main, talk

def run(library, file=None, demo=False):
    print(library.folder)
    assert list(library.folder.glob("*.toml"))
    {ending}

sys.modules["promote_tui.ui.app"] = types.SimpleNamespace(run=run)
talk.is_terminal = lambda *streams: True
sys.exit(main(["demo"]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == (0 if ending == "return 0" else 3), done.stderr
    assert Path(done.stdout.strip()).is_absolute()
    assert not Path(done.stdout.strip()).exists()


def test_demo_without_examples_says_so(
    capsys: Capture, screens: Screens, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "examples_folder", lambda: folder)
    monkeypatch.setattr(examples, "examples_folder", lambda: folder)

    assert main(["demo"]) == 3
    assert capsys.readouterr().err == f"There are no worked examples in {folder}.\n"


def test_the_screens_are_started_as_they_expect() -> None:
    from promote_tui.ui.app import run

    assert [(p.name, p.kind) for p in inspect.signature(run).parameters.values()] == [
        (p.name, p.kind) for p in list(inspect.signature(Screens.run).parameters.values())[1:]
    ]


# where, schema


def test_where_names_every_folder(capsys: Capture, library: Path) -> None:
    assert main(["where"]) == 0
    out = capsys.readouterr().out
    assert main(["where", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)

    assert answer["version"] == 1
    assert answer["places"]["sessions"] == str(library)
    assert [line.split(maxsplit=1) for line in out.splitlines()] == [
        list(row) for row in answer["places"].items()
    ]


def test_a_file_of_questions_is_checked_and_is_no_session(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "questions.toml"
    for text, status, said in [
        ('[[questions]]\nstage = "map"\ntext = "Why?"', 0, "fine"),
        ('[[questions]]\nstage = "mop"\ntext = "Why?"', 1, 'did you mean "map"?'),
    ]:
        path.write_text(text, encoding="utf-8")
        assert main(["check", str(path)]) == status
        assert said in capsys.readouterr().out
        assert main(["show", str(path)]) == 1
        capsys.readouterr()


def test_where_prints_a_long_path_whole(capsys: Capture) -> None:
    assert main(["where", "--library", f"/{'long/' * 40}"]) == 0
    assert "long/" * 39 in capsys.readouterr().out


def test_schema_is_the_same_each_time(capsys: Capture) -> None:
    assert main(["schema"]) == 0
    out = capsys.readouterr().out
    main(["schema"])

    assert out == capsys.readouterr().out
    assert json.loads(out)["title"] == "PROMOTE session"


# what must never happen


def acts(heard: str) -> set[str]:
    """Return the characters of a text that could act on a terminal."""
    kinds = ("Cc", "Cs", "Zl", "Zp")
    return {char for char in heard if char != "\n" and unicodedata.category(char) in kinds} | (
        {"\u202e", "\u2066"} & set(heard)
    )


HOSTILE = {
    "title": f'{OPENING}title = "{ACTING}"\nteam = "{ACTING}"\nfacilitator = "{ACTING}"\n',
    "key": f'{SHORT}"{ACTING}" = 1\n',
    "value": f'{SHORT}stage = "{ACTING}"\n',
    "tie": f'{SHORT}[[ideas]]\nid = "idea-1"\nkind = "stop"\ntext = "{ACTING}"\nstep = "{ACTING}"\n',
    "id": f'{SHORT}[[ideas]]\nid = "{ACTING}"\nkind = "{ACTING}"\ntext = "x"\n',
    "format": f'format = "{ACTING}"\n',
    "raw": SHORT + 'x = "\x1b[31m"\n',
    "no toml": "\x1b[31m = \x9b\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("command", ["list", "list --json", "show {}", "check {}", "check {} --json", "{}"])
def test_no_file_can_act_on_the_terminal(
    command: str, text: str, capsys: Capture, library: Path, screens: Screens
) -> None:
    name = "bad\x1b[31m\r\n.toml" if sys.platform != "win32" else "bad.toml"
    (library / name).write_text(text, encoding="utf-8")

    assert main([word.format(name) for word in command.split()]) in (0, 1)
    heard = capsys.readouterr()
    assert acts(heard.out + heard.err) == set()
    if "json" in command:
        answer = json.loads(heard.out)
        found = [item["file"] for item in answer.get("sessions", answer.get("files"))]
        assert name in [Path(file).name for file in found]  # exact for a program
    elif command != "show {}":
        assert all(line.strip() for line in (heard.out + heard.err).splitlines())


@pytest.mark.parametrize(
    "argv", [["{}"], ["show", "{}"], ["list", "{}"], ["--{}"], ["--library", "{}", "list"], ["check", "{}"]]
)
def test_no_argument_can_act_on_the_terminal(argv: list[str], capsys: Capture) -> None:
    assert main([word.format("x\x1b[31m\x9b\udcff\r\u202e") for word in argv]) in (2, 3)

    heard = capsys.readouterr()
    assert acts(heard.out + heard.err) == set()


@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError, AssertionError])
def test_a_fault_of_ours_shows_no_content(
    error: Callable[[str], Exception], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes) -> toml_text.Reading:
        raise error("canary")

    monkeypatch.setattr(toml_text, "read", fail)
    assert main(["show", str(BED_TEA)]) == 3
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err.startswith(f"Something went wrong in promote: {error.__name__} at cli/finding.py:")
    assert len(heard.err.splitlines()) == 1
    assert "canary" not in heard.err


def test_ctrl_c(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(data: bytes) -> toml_text.Reading:
        raise KeyboardInterrupt

    monkeypatch.setattr(toml_text, "read", interrupt)
    assert main(["show", str(BED_TEA)]) == 130
    assert capsys.readouterr() == ("", "")


def test_no_streams_at_all(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)

    assert main(["list"]) == 0
    assert main(["check", "-"]) == 3
    assert main([]) == 2


# as a real program


@pytest.fixture
def accented(library: Path) -> Path:
    (library / "waking.toml").write_text(f'{OPENING}title = "Thé – „Ä“ 茶"\n', encoding="utf-8")
    return library


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_what_is_piped_is_utf8(encoding: str, accented: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = promote("show", "waking", env=env)

    assert done.returncode == 0
    assert done.stdout.decode("utf-8").splitlines()[0] == "Thé – „Ä“ 茶"
    assert done.stderr == b""


def test_a_file_name_that_is_not_utf8(library: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("names are always Unicode here")
    Path(os.fsdecode(os.fsencode(library) + b"/\xff.toml")).write_text(SHORT, encoding="utf-8")
    for argv in (["list"], ["list", "--json"], ["check", "waking", "\udcff"]):
        done = promote(*argv)
        assert done.returncode == 0
        assert done.stdout.decode("utf-8")
        assert b"Traceback" not in done.stderr


def test_a_reader_that_leaves_early_hears_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "promote_tui", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_cannot_be_written() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "promote_tui", "where"], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 3
    assert done.stderr == b"Could not read or write: no space left on device.\n"


def test_the_module_runs_as_the_command(library: Path) -> None:
    done = promote("list")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"waking.toml\n")
