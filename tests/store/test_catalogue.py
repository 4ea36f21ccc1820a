import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promote_tui.session.due import ORDER, Due, is_now, place_in_order, standing
from promote_tui.session.stems import stems
from promote_tui.store import (
    catalogue_file,
    catalogue_refresh,
    catalogue_row,
    catalogue_workers,
    library,
    places,
)
from promote_tui.store.catalogue import Catalogue, Refreshed, Wanted
from promote_tui.store.library import Card, LibraryError
from tests.store.by_reading import cards_of, dues_in

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")
TODAY = date(2026, 11, 24)
START = 'format = "promote-session"\n'
_ages = count(1)


def write(path: Path, text: str | bytes) -> Path:
    """Write a file that was last changed long ago: at a time of its own."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    age = 1_500_000_000 + next(_ages)
    os.utime(path, (age, age))
    return path


def session(title: str = "", id: str = "", **fields: object) -> str:
    """The text of a session file: these fields, then what is given as ``more``."""
    more = fields.pop("more", "")
    values = {"title": title or "Waking up", "id": id, **fields}
    lines = [f"{name} = {value if name in BARE else repr(value)}" for name, value in values.items()]
    return START + "\n".join(lines) + f"\n{more}"


BARE = ("held_on", "updated_at", "revision")


def change(number: int = 1, **fields: object) -> str:
    values = {"id": f"initiative-{number}", "ideas": [f"idea-{number}"], **fields}
    return "[[initiatives]]\n" + "".join(
        f"{name} = {value if name in ('started_on', 'checkins', 'reviews') else repr(value)}\n"
        for name, value in values.items()
    )


def idea(number: int, text: str, kind: str = "start") -> str:
    return f"[[ideas]]\nid = 'idea-{number}'\nkind = '{kind}'\ntext = {text!r}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "catalogue.sqlite"


def fresh(folder: Path, place: Path | None = None) -> Catalogue:
    catalogue = Catalogue(folder, place)
    catalogue.refresh()
    return catalogue


def titles(cards: list[Card]) -> list[str]:
    return [card.title for card in cards]


def as_in_library(folder: Path) -> list[Card]:
    return [replace(card, promises=()) for card in cards_of(folder)]


def dues_of(found: list[tuple[Card, Due]]) -> Counter[tuple[str, Due]]:
    return Counter((card.path.name, due) for card, due in found)


# the list


def test_the_list_is_that_of_the_library_also_with_what_is_no_session(folder: Path, place: Path) -> None:
    texts: dict[str, str | bytes] = {
        "monday.toml": session("Monday", held_on="2026-11-23", team="Larch", follows="x", scales="y"),
        "tuesday.TOML": session("Tuesday", held_on="2026-11-24", updated_at="2026-11-24T10:00:00+00:00"),
        "later.toml": session("Later", held_on="2026-11-24", updated_at="2026-11-24T11:00:00.5-03:00"),
        "b.toml": session("Same"),
        "a.toml": session("Same"),
        "病棟 ☕ übung.toml": session("病棟"),
        "untitled.toml": START,
        "empty.toml": "",
        "wrong.toml": "title = [",
        "latin.toml": b"\xff\xfe",
        "large.toml": b"#" * 5_000_001,
        "dots.toml": ".".join("a" * 50_000) + " = 1",
        "huge.toml": session(revision="9" * 40, updated_at="0001-01-01T00:00:00"),
        "inbox.toml": START,
        "Inbox.TOML": START,
        ".hidden.toml": START,
        "notes.txt": START,
        **{f"pyproject-{number}.toml": "[project]\nname = 'x'" for number in range(60)},
    }
    for name, text in texts.items():
        write(folder / name, text)
    for path in places.examples_folder().glob("*.toml"):
        write(folder / path.name, path.read_bytes())
    (folder / "folder.toml").mkdir()
    write(folder / "inner" / "deep.toml", START)
    catalogue = fresh(folder, place)
    wanted = [
        replace(card, revision=min(card.revision, 2**62)) for card in as_in_library(folder)
    ]  # no file of ours has so many revisions, but one may say so
    assert catalogue.cards() == wanted
    assert fresh(folder).cards() == wanted
    assert catalogue.cards(limit=4) == wanted[:4]
    assert catalogue.count() == len(wanted)
    for line, card in zip(catalogue.lines(), wanted, strict=True):
        assert line == tuple(getattr(card, name) for name in line._fields)
    assert catalogue.unreadable() == [card for card in wanted if card.problem]
    assert catalogue.refresh().read <= 1  # the folder, which was made just now
    catalogue.close()
    assert Catalogue(folder, place).cards() == wanted
    if sys.platform != "win32":
        assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@POSIX
def test_what_is_no_file_or_may_not_be_read_is_listed_and_not_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    os.mkfifo(folder / "pipe.toml")
    (folder / "circle.toml").symlink_to("circle.toml")
    (folder / "gone.toml").symlink_to("nowhere")
    (folder / "link.toml").symlink_to(write(folder / "target.toml", session("Target")))
    write(Path(os.fsdecode(os.fsencode(folder) + b"/\xff\x1b.toml")), session())
    catalogue = fresh(folder)
    assert catalogue.cards() == as_in_library(folder)
    assert Counter(card.problem for card in catalogue.cards()) == {"": 3, "not a file": 3}

    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert {card.problem for card in fresh(folder).cards()} == {"not a file", "permission denied"}


def test_a_folder_that_cannot_be_listed_is_said_and_what_was_known_stays(folder: Path) -> None:
    catalogue = fresh(folder)
    assert catalogue.cards() == []
    path = write(folder / "a.toml", session("Monday"))
    catalogue.refresh()
    path.unlink()
    folder.rmdir()
    folder.write_text("")
    with pytest.raises(LibraryError, match="cannot be read: "):
        catalogue.refresh()
    assert titles(catalogue.cards()) == ["Monday"]
    folder.unlink()
    with pytest.raises(LibraryError, match="is not there just now"):
        catalogue.refresh()
    assert titles(catalogue.cards()) == ["Monday"]
    folder.mkdir()
    assert catalogue.refresh() == Refreshed(gone=1)
    assert catalogue.cards() == []


def test_a_file_that_is_damaged_is_still_known_as_the_session_that_it_was(folder: Path) -> None:
    catalogue = fresh(folder)
    path = write(folder / "a.toml", session("Monday", "one"))
    catalogue.refresh()
    path.write_text("nonsense")
    catalogue.refresh()
    (card,) = catalogue.cards()
    assert (card.id, card.problem, card.title) == ("one", "not readable as TOML", "a")
    write(path, session("Tuesday", "two"))
    catalogue.refresh()
    assert [card.id for card in catalogue.cards()] == ["two"]


def test_choices_are_those_of_the_sessions_that_are_wanted_otherwise(folder: Path) -> None:
    for name, team, owner in [("a", "Larch", "HCA"), ("b", "Larch", "Nurse"), ("c", "Ash", "HCA")]:
        write(folder / f"{name}.toml", session(name, name, team=team, more=change(owner=owner)))
    catalogue = fresh(folder)
    assert catalogue.choices("team") == [("Ash", 1), ("Larch", 2)]
    assert catalogue.choices("team", Wanted(owner="HCA", team="Larch")) == [("Ash", 1), ("Larch", 1)]
    assert catalogue.choices("owner", Wanted(team="Larch", status="planned")) == [("HCA", 1), ("Nurse", 1)]
    assert catalogue.choices("owner", Wanted(words="ash")) == [("HCA", 1)]
    assert catalogue.choices("rating", Wanted(owner="Nurse")) == [("none", 1)]
    assert catalogue.choices("stage", Wanted(owner="nobody")) == []


def test_files_of_one_session_stand_together_the_newest_first(folder: Path) -> None:
    for name, id, revision, day in [
        ("other", "two", 9, "2026-11-20"),
        ("old", "one", 3, "2026-11-24"),
        ("new", "one", 5, "2026-11-10"),
        ("copy of new", "one", 5, "2026-11-12"),
        ("last", "three", 1, "2026-11-01"),
        ("bare", "", 1, "2026-11-02"),
        ("barely", "", 1, "2026-11-03"),
    ]:
        write(folder / f"{name}.toml", session(name, id, revision=revision, held_on=day))
    catalogue = fresh(folder)

    def listed(words: str = "") -> list[str]:
        return ["+" * card.copy_of_above + card.title for card in catalogue.cards(Wanted(words=words))]

    assert listed() == ["other", "copy of new", "+new", "+old", "barely", "bare", "last"]
    assert [card.copy_of_above for card, _ in catalogue.saved()] == [False, False, True, True, *[False] * 3]
    assert listed("old") == ["old"]
    write(folder / "old.toml", session("old", "one", revision=6, held_on="2026-11-24"))
    (folder / "copy of new.toml").unlink()
    catalogue.refresh()
    assert listed() == ["old", "+new", "other", "barely", "bare", "last"]
    (folder / "old.toml").unlink()
    catalogue.refresh()
    assert listed() == ["other", "new", "barely", "bare", "last"]


def test_what_was_put_away_is_listed_apart_and_does_not_ask(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = change(1, started_on="2026-11-20", owner="Nurse")
    for name in ("here.toml", "archive/there.toml", "archive/deeper/no.toml"):
        write(folder / name, session(Path(name).stem, Path(name).stem, more=late + idea(1, "Bring tea")))
    write(folder / "archive" / "copy.toml", session("copy", "here", revision=9))
    catalogue = fresh(folder)
    assert titles(catalogue.cards()) == ["here"]
    away = catalogue.cards(Wanted(put_away=True))
    assert {(card.title, card.put_away, card.copy_of_above) for card in away} == {
        ("there", True, False),
        ("copy", True, False),
    }
    assert catalogue.count(Wanted(put_away=True)) == 2
    assert [card.title for card, _ in catalogue.due(TODAY)] == ["here"]
    assert catalogue.choices("owner") == [("Nurse", 1)]
    assert [card.put_away for card, _ in catalogue.saved()] == [False, True, True]
    assert {card.title for card, _, _ in catalogue.ideas_with(["tea"])} == {"here", "there"}
    assert catalogue.saved_of(folder / "archive" / "there.toml")
    (folder / "here.toml").rename(folder / "archive" / "here.toml")
    catalogue.refresh()
    assert (catalogue.cards(), catalogue.due(TODAY)) == ([], [])
    assert titles(catalogue.cards(Wanted(put_away=True)))[:2] == ["copy", "here"]

    list_folder = os.scandir

    def refuse(path: bytes) -> Any:
        if path.endswith(b"archive"):
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", refuse)
    write(folder / "new.toml", session("new"))
    assert catalogue.refresh() == Refreshed(1)
    assert catalogue.count(Wanted(put_away=True)) == 3
    monkeypatch.undo()
    shutil.rmtree(folder / "archive")
    (folder / "archive").write_text("")
    assert catalogue.refresh() == Refreshed(gone=3)


# what has changed


@POSIX
def test_only_what_changed_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [write(folder / f"{name}.toml", session(name)) for name in "abc"]
    catalogue = fresh(folder)
    assert catalogue.refresh() == Refreshed()
    assert not Refreshed().changed
    assert Refreshed(gone=1).changed
    same = paths[0].stat()
    paths[0].write_text(session("x"))
    os.utime(paths[0], ns=(same.st_atime_ns, same.st_mtime_ns))  # as large and as old as before
    write(paths[1], session("y"))
    os.utime(paths[1], (5, 5))  # the clock was set back
    paths[2].unlink()
    assert catalogue.refresh() == Refreshed(2, 1)
    assert titles(catalogue.cards()) == ["x", "y"]
    paths[0].write_text(session("z"))  # just now: it may change again within what its time can tell
    assert catalogue.refresh() == Refreshed(1)
    assert catalogue.refresh() == Refreshed(1)
    assert catalogue.saved_of(paths[0])


def test_a_file_that_changes_or_goes_while_it_is_read_is_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = write(folder / "a.toml", session("before")), write(folder / "b.toml", session("other"))
    read = library.saved_in

    def disturbed(path: Path) -> Any:
        found = read(path)
        if path.name == "a.toml":
            write(path, session("after"))
        else:
            path.unlink()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(catalogue_row, "saved_in", disturbed)
        catalogue = fresh(folder)
    assert titles(catalogue.cards()) == ["before", "other"]
    assert not other.exists()
    assert catalogue.refresh() == Refreshed(1, 1)
    assert titles(catalogue.cards()) == ["after"]
    assert catalogue.saved_of(path)


# what is due, and the lines of sessions

IDS = st.sampled_from(["one", "two", "three", ""])
DAYS = st.integers(0, 120).map(lambda days: date(2026, 8, 1) + timedelta(days))
PARTS = st.sampled_from(
    [
        "{ name = 'a', fine_tune = 'x', fine_tune_by = 2026-11-20 }",
        "{ name = 'a', fine_tune = 'x', fine_tuned_on = 2026-11-01 }",
        "{ name = 'b', rating = 'green', fine_tune = 'y' }",
        "{ name = 'b', fine_tune = 'y', fine_tune_by = 2026-12-01 }",
    ]
)


@st.composite
def any_session(draw: st.DrawFn) -> str:
    changes = [
        change(
            number,
            started_on=draw(DAYS),
            stage=draw(st.sampled_from(["planned", "trying", "let go"])),
            carried=draw(st.sampled_from(["", "initiative-1", "initiative-2"])),
            checkins="["
            + ", ".join(
                f"{{ horizon = '{one}' }}"
                for one in draw(st.sets(st.sampled_from(["three_days", "three_weeks", "three_months"])))
            )
            + "]",
            reviews=f"[{{ parts = [{', '.join(draw(st.lists(PARTS, max_size=2)))}] }}]",
        )
        for number in range(1, draw(st.integers(1, 3)))
    ]
    return session(
        draw(st.sampled_from(["Waking up", "Meals"])),
        draw(IDS),
        follows=draw(IDS),
        held_on=draw(DAYS),
        updated_at=f"{draw(DAYS)}T10:00:00",
        revision=draw(st.integers(0, 2)),
        more="".join(changes),
    )


NAMES = st.sampled_from(["a.toml", "b.toml", "c.toml", "d.toml", "e.toml"])


@settings(max_examples=60)
@given(
    st.lists(st.dictionaries(NAMES, st.one_of(any_session(), st.none()), max_size=5), max_size=4),
    st.lists(DAYS, min_size=2, max_size=2),
)
def test_what_is_due_is_what_the_library_says_whatever_comes_and_goes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, str | None]], days: list[date]
) -> None:
    folder = tmp_path_factory.mktemp("library")
    catalogue = Catalogue(folder, None)
    for step in steps:
        for name, text in step.items():
            if text is None:
                (folder / name).unlink(missing_ok=True)
            else:
                write(folder / name, text)
        catalogue.refresh()
        cards = cards_of(folder)
        assert sorted(titles(catalogue.cards())) == sorted(titles(cards))
        for today in (*days, date.min, date.max):
            wanted, found = dues_in(cards, today), catalogue.due(today)
            assert dues_of(found) == dues_of(wanted)
            order = [place_in_order(due, today) for _, due in found]
            assert order == sorted(order)
            now = [one for one in found if is_now(one[1], today)]
            assert catalogue.due(today, 100) == now
            assert catalogue.due(today, 2) == now[:2]
            counts = Counter(standing(due.day, today) for _, due in found)
            assert catalogue.due_counts(today) == {one: counts[one] for one in ORDER}
    catalogue.close()


def test_which_session_carries_another_on(folder: Path) -> None:
    carries = change(1, carried="initiative-1")
    for name, text in {
        "first": session("first", "first", held_on="2026-01-01", more=change()),
        "second": session("second", "second", follows="first", held_on="2026-02-01", more=carries),
        "third": session("third", "third", follows="first", held_on="2026-03-01", more=carries),
        "parked": session("parked", "parked", follows="first", held_on="2026-04-01", more=change()),
        "itself": session("itself", "itself", follows="itself", more=carries),
        "bare": session("bare", more=carries),
    }.items():
        write(folder / f"{name}.toml", text)
    catalogue = fresh(folder)
    assert [
        card and card.title for card in map(catalogue.carried_on_in, ["first", "second", "itself", "", "?"])
    ] == ["third", None, None, None, None]


# what is looked for


def ward(folder: Path) -> None:
    write(
        folder / "a.toml",
        session(
            "Bed tea",
            "5f83195c-c2e0-4120-aad6-1affd51fb3ee",
            team="Larch",
            stage="review",
            held_on="2026-11-03",
            more="[process]\nname = 'Waking up'\nphase = 'stay'\n"
            + idea(1, "Bring a cup of tea to the bed")
            + idea(2, "Knock; don’t “shout”")
            + change(1, owner="Nurse, nights", stage="trying", reviews="[{ parts = [{ rating = 'red' }] }]")
            + change(2, owner="Cook", stage="runner"),
        ),
    )
    write(
        folder / "b.toml",
        session(
            "Café Übung 病棟のお茶",
            team="Oak",
            stage="ideas",
            held_on="2026-11-02",
            more="[process]\nname = 'Meals ☕'\nphase = 'welcome'\n[[stories]]\ntext = 'Teapots are naïve'\n"
            + idea(1, "Ask who would like tea")
            + change(1, owner="Cook", decision="let go", reviews="[{ parts = [{ rating = 'green' }] }]"),
        ),
    )
    write(folder / "c.toml", session("Leave", team="Larch", held_on="2026-11-01", more=idea(1, "Cup hooks")))
    write(folder / "tea stain.toml", "no session")


WORDS = {
    "": "abc!",
    "tea": "ab!",
    "TEA": "ab!",
    "te": "ab!",
    "bed te": "a",
    "te bed": "a",
    "teap": "b",
    "cafe": "b",
    "CAFÉ ubung": "b",
    "病棟": "b",
    "茶": "b",
    "病院": "",
    "☕": "b",
    "dont": "",
    "don't": "a",
    "shout": "a",
    "NAI\u0308VE": "b",
    "waking": "ac",
    "larch": "ac",
    "stain": "!",
    "idea": "",
    "review": "",
    "promote-session": "",
    "5f83195c": "",
    '"': "abc!",
    "*": "abc!",
    "te*": "ab!",
    '"tea" OR "cup"': "",
    "NEAR(tea cup)": "",
    "tea NOT cup": "",
    "text:tea": "",
    "-tea": "ab!",
    "'; DROP TABLE file; --": "",
    "%": "abc!",
    "_": "abc!",
    "\x00\ud800": "abc!",
    "tea " * 5_000: "ab!",
    "x" * 100_000: "",
}


@pytest.mark.parametrize("has_fts5", [True, False])
def test_every_word_that_is_typed_must_begin_one_that_was_said(
    folder: Path, has_fts5: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_fts5:
        monkeypatch.setattr(catalogue_file, "_INDEXES", "CREATE VIRTUAL TABLE words USING nothing(text);\n")
    ward(folder)
    write(folder / "c.toml", session("Waking", team="Larch", held_on="2026-11-01", more=idea(1, "Cup hooks")))
    catalogue = fresh(folder)
    names = {"a.toml": "a", "b.toml": "b", "c.toml": "c", "tea stain.toml": "!"}
    for words, wanted in WORDS.items():
        found = "".join(names[card.path.name] for card in catalogue.cards(Wanted(words=words)))
        assert found == wanted, words[:40]
        assert catalogue.count(Wanted(words=words)) == len(wanted)
    shared = catalogue.ideas_with([*stems("A cup of tea"), "", '"*'])
    assert shared[0][2].text == "Bring a cup of tea to the bed"
    assert len(shared) == 3
    assert catalogue.ideas_with([]) == []
    assert [one.id for _, _, one in catalogue.ideas_with(["tea"], 1)] == ["idea-1"]
    card, saved, _ = shared[0]
    assert (card.title, saved.team, len(saved.changes)) == ("Bed tea", "Larch", 2)
    # words of what has changed or is gone are found no more
    write(folder / "a.toml", session("Coffee"))
    (folder / "b.toml").unlink()
    catalogue.refresh()
    assert titles(catalogue.cards(Wanted(words="te"))) == ["tea stain"]
    assert catalogue.ideas_with(["tea"]) == []


def test_sessions_are_narrowed_by_what_they_are_and_by_one_of_their_changes(folder: Path) -> None:
    ward(folder)
    catalogue = fresh(folder)
    for wanted, found in [
        (Wanted(team="Larch"), "ac"),
        (Wanted(team="larch"), ""),
        (Wanted(stage="review"), "a"),
        (Wanted(stage="choose"), "c"),
        (Wanted(phase="welcome"), "b"),
        (Wanted(owner="Cook"), "ab"),
        (Wanted(status="let go"), "b"),
        (Wanted(status="runner"), "a"),
        (Wanted(rating="red"), "a"),
        (Wanted(rating="green"), ""),  # it was let go
        (Wanted(rating="none"), "a"),
        (Wanted(rating="red", owner="Cook"), ""),  # that is another change
        (Wanted(owner="Nurse, nights", status="trying", rating="red", words="bed", team="Larch"), "a"),
        (Wanted(owner="' OR 1 --"), ""),
    ]:
        assert "".join(card.path.stem for card in catalogue.cards(wanted)) == found, wanted
        assert catalogue.count(wanted) == len(found)
    assert {what: catalogue.choices(what) for what in ("team", "stage", "phase")} == {
        "team": [("Larch", 2), ("Oak", 1)],
        "stage": [("choose", 1), ("ideas", 1), ("review", 1)],
        "phase": [("welcome", 1), ("stay", 1)],
    }
    assert {what: catalogue.choices(what) for what in ("owner", "status", "rating")} == {
        "owner": [("Cook", 2), ("Nurse, nights", 1)],
        "status": [("trying", 1), ("runner", 1), ("let go", 1)],
        "rating": [("red", 1), ("none", 1)],
    }


def test_what_is_known_of_a_session_comes_with_its_card(folder: Path) -> None:
    ward(folder)
    catalogue = fresh(folder)
    cards = {card.path: card for card in as_in_library(folder)}
    found = list(catalogue.saved())
    assert [card.path.stem for card, _ in found] == ["a", "b", "c"]
    for card, saved in found:
        assert card == cards[card.path]
        assert saved == catalogue.saved_of(card.path)
    for path in ("tea stain.toml", "gone.toml", "inner/a.toml", "archive/a.toml"):
        assert catalogue.saved_of(folder / path) is None


# many files


def test_many_files_are_listed_by_their_first_lines_and_read_by_other_programs(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward(folder)
    for number in range(40):
        write(folder / f"{number}.toml", session(f"Session {number}", f"{number}"))
    write(folder / "0.toml", session("Copy", "1", held_on="2026-01-01"))
    for module in (catalogue_refresh, catalogue_workers):
        monkeypatch.setattr(module, "MANY", 10)
    monkeypatch.setattr(catalogue_workers, "_AT_ONCE", 5)
    monkeypatch.setenv("PYTHONPATH", str(Path(places.__file__).parents[2]))
    by_hand, catalogue = fresh(folder), Catalogue(folder, place)
    said: list[tuple[int, int]] = []
    asked: list[list[Card]] = []

    def progress(done: int, of: int) -> None:
        said.append((done, of))
        asked.append(catalogue.cards())

    assert catalogue.refresh(progress) == Refreshed(44)
    assert said[:2] == [(0, 44), (0, 44)]
    assert said[-1] == (44, 44)
    assert len(asked[0]) == 9  # the first ten, and one of them is no session by its first lines
    assert set(titles(asked[1])) == {"Bed tea", "Café Übung 病棟のお茶", "Leave", "Copy"} | {
        f"Session {number}" for number in range(1, 40)
    }
    assert catalogue.cards() == by_hand.cards()
    assert list(catalogue.saved()) == list(by_hand.saved())
    assert catalogue.refresh() == Refreshed()


@pytest.mark.parametrize("python", ["/nowhere/python", sys.executable], ids=["no program", "one that fails"])
def test_when_other_programs_do_not_help_the_files_are_read_here(
    folder: Path, python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        write(folder / f"{number}.toml", session(f"Session {number}"))
    monkeypatch.setattr(catalogue_workers, "MANY", 10)
    monkeypatch.setattr(catalogue_workers, "_AT_ONCE", 2)
    monkeypatch.setattr(catalogue_workers, "__name__", "promote_tui.nothing")
    monkeypatch.setattr(sys, "executable", python)
    assert len(fresh(folder).cards()) == 12


@pytest.mark.parametrize("many", [10, 1_000])
def test_a_refresh_that_is_stopped_keeps_what_it_read_and_goes_on_the_next_time(
    folder: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        write(folder / f"{number}.toml", session(f"Session {number}", more=change(started_on="2026-11-20")))
    for module in (catalogue_refresh, catalogue_workers):
        monkeypatch.setattr(module, "MANY", many)
    monkeypatch.setattr(catalogue_workers, "_AT_ONCE", 5)
    monkeypatch.setenv("PYTHONPATH", str(Path(places.__file__).parents[2]))
    catalogue, stop = Catalogue(folder, None), threading.Event()

    def progress(done: int, _: int) -> None:
        if done:
            stop.set()

    found = catalogue.refresh(progress, stop)
    assert found.stopped
    assert 0 < found.read < 60
    assert len(list(catalogue.saved())) == len(catalogue.due(TODAY)) == found.read
    assert catalogue.refresh(stop=stop).stopped
    assert catalogue.refresh() == Refreshed(60 - found.read)
    assert len(catalogue.due(TODAY)) == 60


def test_words_of_what_is_gone_are_cleared_out_when_there_are_many(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_refresh, "_MOST_DEAD", 3)
    write(folder / "other.toml", session("Other"))
    catalogue = fresh(folder)
    reads = []
    for number in range(12):
        write(folder / "a.toml", session(f"Tea {number}", more=idea(1, f"Cup {'abcdefghijkl'[number]}x")))
        reads.append(catalogue.refresh().read)
        assert titles(catalogue.cards(Wanted(words="tea"))) == [f"Tea {number}"]
        assert [one.text[:3] for _, _, one in catalogue.ideas_with(["cup"])] == ["Cup"]
    assert set(reads) == {1, 2}  # now and then both are read again


# the file itself


def foreign(place: Path) -> None:
    import sqlite3

    place.unlink()
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE file (x)")
    connection.commit()
    connection.close()


def another_version(place: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(place)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def without_an_index(place: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(place)
    connection.execute("DROP TABLE span")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda place: place.write_bytes(b"not a database" * 1_000),
        lambda place: place.write_bytes(b""),
        lambda place: place.write_bytes(place.read_bytes()[:20_000]),
        lambda place: place.write_bytes(place.read_bytes()[:16_384] + b"\xff" * 200_000),
        lambda place: (place.unlink(), place.mkdir()),
        foreign,
        another_version,
        without_an_index,
        Path.unlink,
    ],
    ids=["noise", "empty", "cut", "noise inside", "folder", "foreign", "version", "a table gone", "gone"],
)
def test_a_catalogue_that_is_not_as_it_should_be_is_begun_anew(
    folder: Path, place: Path, spoil: Callable[[Path], object]
) -> None:
    ward(folder)
    fresh(folder, place).close()
    spoil(place)
    catalogue = Catalogue(folder, place)
    for ask in (
        catalogue.cards,
        catalogue.count,
        lambda: catalogue.choices("owner"),
        lambda: list(catalogue.saved()),
        lambda: catalogue.due(TODAY),
        lambda: catalogue.due_counts(TODAY),
        lambda: catalogue.ideas_with(["tea"]),
    ):
        ask()
    catalogue.refresh()
    assert titles(catalogue.cards(Wanted(words="tea"))) == titles(fresh(folder).cards(Wanted(words="tea")))
    assert len(catalogue.ideas_with(["tea"])) == 2
    catalogue.close()


@POSIX
def test_damage_while_it_is_open_costs_one_refresh(folder: Path, place: Path) -> None:
    ward(folder)
    catalogue = fresh(folder, place)
    for path in (place, Path(f"{place}-wal"), Path(f"{place}-shm")):
        path.write_bytes(b"noise" * 50_000)
    catalogue.cards(Wanted(words="tea"))
    catalogue.refresh()
    assert len(catalogue.cards(Wanted(words="tea"))) == 3


def test_a_place_that_cannot_be_used_is_done_without(
    folder: Path, tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    ward(folder)
    (tmp_path / "file").write_text("")
    assert len(fresh(folder, tmp_path / "file" / "catalogue.sqlite").cards()) == 4
    monkeypatch.setattr(catalogue_file, "_PATIENCE", 0.05)
    fresh(folder, place).close()
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    assert len(fresh(folder, place).cards()) == 4
    holder.close()
    assert len(Catalogue(folder, place).cards()) == 4  # it was not thrown away


def test_while_another_program_writes_the_list_is_read_and_the_refresh_is_left_for_later(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    monkeypatch.setattr(catalogue_file, "_PATIENCE", 0.05)
    ward(folder)
    catalogue = fresh(folder, place)
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    write(folder / "new.toml", session("New"))
    assert catalogue.refresh().stopped
    assert len(catalogue.cards()) == 4
    holder.close()
    assert catalogue.refresh() == Refreshed(1)
    assert len(catalogue.cards()) == 5


def test_it_may_be_asked_and_refreshed_on_many_threads_at_once(folder: Path, place: Path) -> None:
    for number in range(60):
        write(folder / f"{number}.toml", session(f"Tea {number}", f"{number % 50}"))
    one, other = Catalogue(folder, place), Catalogue(folder, place)
    wrong: list[BaseException] = []

    def work(catalogue: Catalogue, number: int) -> None:
        try:
            for turn in range(4):
                catalogue.refresh()
                assert len(catalogue.cards(Wanted(words="tea"))) >= 60
                write(folder / f"{number}-{turn}.toml", session("Coffee"))
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(one if n % 2 else other, n)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    one.refresh()
    assert other.cards() == one.cards() == fresh(folder).cards()
    assert len(one.cards()) == 76
    one.close()
    other.close()
    assert (one.cards(), one.refresh().stopped) == ([], True)


def test_two_programs_may_refresh_one_catalogue(folder: Path, place: Path) -> None:
    for number in range(80):
        write(folder / f"{number}.toml", session(f"Tea {number}", f"{number}"))
    code = (
        "import sys\nfrom pathlib import Path\nfrom promote_tui.store.catalogue import Catalogue, Wanted\n"
        "catalogue = Catalogue(Path(sys.argv[1]), Path(sys.argv[2]))\ncatalogue.refresh()\n"
        "print(len(catalogue.cards(Wanted(words='tea'))))\n"
        "print([name for name in ('pydantic', 'textual', 'rich') if name in sys.modules])"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, folder, place], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [one.communicate()[0] for one in running] == ["80\n[]\n"] * 2
    assert Catalogue(folder, place).refresh() == Refreshed()
