"""What the command line finds in a library and takes into it: list, due and search with filters, import."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from promote_tui.cli import main
from promote_tui.session.edits import own
from promote_tui.session.model import Session
from promote_tui.store import places
from promote_tui.store.catalogue import Catalogue, Refreshed
from tests.ui.made import made
from tests.ui.room import kept

Capture = pytest.CaptureFixture[str]
OTHER = "1b6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d1"


@pytest.fixture(autouse=True)
def library(tmp_path: Path, session: Session) -> Path:
    """A library of three sessions, of which one is put away."""
    folder = tmp_path / "library"
    held = made(session, told=["p: The lights come on\x0bat six. Café au lait."], thought=["+ Tea"], owned=1)
    held = own.set_initiative(held, "initiative-1", owner="HCA, nights")
    frame = held.process.model_copy(update={"phase": "stay"})
    kept(folder, held.model_copy(update={"stage": "own", "process": frame}), "waking.toml")
    other = session.model_copy(update={"id": f"{OTHER}1", "title": "Meals", "team": "Larch"})
    kept(folder, other, "meals.toml")
    away = session.model_copy(update={"id": f"{OTHER}2", "title": "Old tea", "team": "Ash"})
    kept(folder / places.ARCHIVE, away, "old.toml")
    return folder


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ([], ["Meals", "Waking up on Mulberry 2"]),
        (["--team", "mulberry 2"], ["Waking up on Mulberry 2"]),
        (["--team", " LARCH "], ["Meals"]),
        (["--stage", "own"], ["Waking up on Mulberry 2"]),
        (["--stage", "4"], ["Waking up on Mulberry 2"]),
        (["--stage", "1 choose"], ["Meals"]),
        (["--phase", "Stay"], ["Waking up on Mulberry 2"]),
        (["--phase", "goodbye"], []),
        (["--owner", "hca, NIGHTS"], ["Waking up on Mulberry 2"]),
        (["--rating", "none"], ["Waking up on Mulberry 2"]),
        (["--rating", "red"], []),
        (["--status", "planned"], ["Waking up on Mulberry 2"]),
        (["--status", "let go"], []),
        (["--owner", "HCA, nights", "--team", "Larch"], []),
        (["--put-away"], ["Old tea"]),
        (["--put-away", "--team", "ash"], ["Old tea"]),
    ],
)
def test_list_shows_what_is_like_the_filters(filters: list[str], titles: list[str], capsys: Capture) -> None:
    assert main(["list", *filters, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["version"], sorted(one["title"] for one in answer["sessions"])) == (1, titles)
    assert main(["list", *filters]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == len(titles)
    assert ("No session is like that." in said.err) == (not titles)


@pytest.mark.parametrize("command", [["list"], ["due"], ["search", "tea"]])
def test_a_filter_that_nothing_is_like_says_what_was_meant(command: list[str], capsys: Capture) -> None:
    cases = {
        ("--team", "Larhc"): 'There is no team "Larhc". Did you mean "Larch"?',
        ("--owner", "HCA night"): 'There is no owner "HCA night". Did you mean "HCA, nights"?',
        ("--team", "zzz"): 'There is no team "zzz". promote list shows what there is.',
        ("--team", ""): 'There is no team "". promote list shows what there is.',
        ("--stage", "chose"): 'There is no stage "chose". Did you mean "choose"?',
        ("--stage", "9"): 'There is no stage "9". There are choose, map, ideas, own, review.',
        ("--phase", "wellcome"): 'There is no phase "wellcome". Did you mean "welcome"?',
        ("--rating", "x\x1b[31m"): "There is no rating",
        ("--status", "lets go"): 'There is no status "lets go". Did you mean "let go"?',
    }
    for option, said in cases.items():
        assert main([*command, *option]) == 2
        out, err = capsys.readouterr()
        assert said in err
        assert (out, "\x1b" in err) == ("", False)


def test_due_follows_the_filters(capsys: Capture) -> None:
    for filters, changes in {
        (): ["Tea"],
        ("--team", "Larch"): [],
        ("--owner", "hca, nights"): ["Tea"],
        ("--stage", "own", "--status", "planned"): ["Tea"],
    }.items():
        assert main(["due", *filters, "--json"]) == 0
        assert sorted({one["change"] for one in json.loads(capsys.readouterr().out)["dues"]}) == changes


def test_search_shows_each_session_and_where_the_words_stand(capsys: Capture, library: Path) -> None:
    assert main(["search", "cafe", "LIGHT"]) == 0
    row, passage = capsys.readouterr().out.splitlines()
    assert "Waking up on Mulberry 2" in row
    assert row.endswith("waking.toml")
    assert passage == "    The lights come on at six. Café au lait."
    assert main(["search", "tea", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["sessions"]
    assert (found["title"], found["passages"]) == ("Waking up on Mulberry 2", ["Tea"])
    assert main(["search", "tea", "--put-away"]) == 0
    assert "Old tea" in capsys.readouterr().out
    cases = {
        ("search", "nobody said this"): (1, "No session has “nobody said this” in it."),
        ("search", "tea", "--team", "Larch"): (1, "No session has “tea” in it."),
        ("search", "***"): (2, "Name a word to look for."),
        ("search", " "): (2, "Name a word to look for."),
        ("search",): (2, "usage: promote search"),
        ("search", "tea", "--library", "missing"): (3, "does not exist"),
    }
    for argv, (status, said) in cases.items():
        assert main(list(argv)) == status
        out, err = capsys.readouterr()
        assert (out, said in err) == ("", True), argv
    assert main(["search", "nothing", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["sessions"] == []
    shutil.rmtree(library)
    assert main(["list", "--library", str(library)]) == 3


def test_a_session_is_found_by_title_or_name_and_one_put_away_when_no_other_is_called_so(
    library: Path, session: Session, capsys: Capture
) -> None:
    again = session.model_copy(update={"id": f"{OTHER}3", "title": "Meals", "team": "Put away long ago"})
    kept(library / places.ARCHIVE, again, "2026-11-23-old-meals.toml")
    for name, said in {
        "MEALS": "Larch",
        "Old tea": "Ash",
        "old.toml": "Ash",
        "old-meals": "Put away long ago",
        "2026-11-23-Old-Meals.toml": "Put away long ago",
    }.items():
        assert main(["show", name]) == 0, name
        assert said in capsys.readouterr().out, name
    kept(library, again, "more.toml")
    assert main(["show", "meals "]) == 2
    assert 'called "meals "' in capsys.readouterr().err
    assert main(["show", "nothing"]) == 3


def test_the_portfolio_counts_what_was_put_away_as_the_screen_does(library: Path, capsys: Capture) -> None:
    (library / "waking.toml").rename(library / places.ARCHIVE / "waking.toml")
    assert main(["portfolio", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["sessions"], [one["put_away"] for one in answer["changes"]]) == (3, [True])


def test_a_catalogue_that_another_program_holds_is_done_without(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    real = Catalogue.refresh

    def held(self: Catalogue) -> Refreshed:
        return real(self) if self._file._place is None else Refreshed(stopped=True)

    monkeypatch.setattr(Catalogue, "refresh", held)
    assert main(["list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_import_takes_sessions_of_a_folder_or_a_zip(tmp_path: Path, library: Path, capsys: Capture) -> None:
    stick = tmp_path / "stick"
    new = library / "new"
    shutil.copytree(library, stick)
    shutil.rmtree(library)
    library.mkdir()
    (stick / "notes.txt").write_bytes(b"words")
    assert main(["import", str(stick)]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 3
    assert all(Path(line).is_file() for line in out.splitlines())
    assert "3 sessions were taken in." in err
    assert (library / places.ARCHIVE).is_dir()
    assert main(["import", str(stick), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["version"], answer["trouble"]) == (1, None)
    assert [(one["name"], one["became"], one["file"]) for one in answer["files"]] == [
        ("meals.toml", "same", None),
        ("notes.txt", "not a session", None),
        ("waking.toml", "same", None),
        ("archive/old.toml", "same", None),
    ]
    new.mkdir()
    packed = tmp_path / "ALL.ZIP"
    with zipfile.ZipFile(packed, "w") as file:
        file.write(stick / "meals.toml", "PROMOTE/meals.toml")
    assert main(["import", str(packed), "--library", str(new)]) == 0
    assert len(list(new.iterdir())) == 1
    capsys.readouterr()
    (tmp_path / "none.zip").write_bytes(b"words")
    cases = {
        (str(stick), "--mask"): (2, "--mask is for a table of comments, not for sessions."),
        (str(tmp_path / "none.zip"),): (3, "neither a folder nor a .zip"),
        (str(tmp_path / "gone.zip"),): (3, "There is no folder and no file"),
        (str(new / "x"),): (3, "There is no table called"),
    }
    for argv, (status, said) in cases.items():
        assert main(["import", *argv]) == status
        out, err = capsys.readouterr()
        assert (out, said in err) == ("", True), argv
