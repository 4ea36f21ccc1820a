import errno
import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.due import ORDER, Due, standing
from promote_tui.session.edits import details
from promote_tui.session.model import Session
from promote_tui.store import places
from promote_tui.store.library import Card, Library, LibraryError, card_of, file_name
from promote_tui.store.session_file import SessionFile

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
START = 'format = "promote-session"\ntitle = "Waking up"\n'
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library whose folder is not there yet."""
    return Library(tmp_path / "library")


def due_in(library: Library, today: date) -> list[tuple[Card, Due]]:
    library.catalogue.refresh()
    return library.catalogue.due(today)


def card(folder: Path, data: str | bytes, name: str = "a.toml") -> Card:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return card_of(path)


@pytest.mark.parametrize(
    ("title", "day", "number", "name"),
    [
        ("Waking up on Mulberry 2", DAY, 1, "2026-11-23-waking-up-on-mulberry-2.toml"),
        ("Waking up", DAY, 2, "2026-11-23-waking-up-2.toml"),
        ("Waking up", None, 1, "waking-up.toml"),
        ("Café & Straße: 'Ñandú'", None, 1, "cafe-strae-nandu.toml"),
        ("../../etc/passwd", None, 1, "etc-passwd.toml"),
        ("\u03a8\u03a8", DAY, 1, "2026-11-23-session.toml"),
        ("", None, 3, "session-3.toml"),
        ("CON", None, 1, "session-con.toml"),
        ("Lpt9", None, 1, "session-lpt9.toml"),
        ("COM\u00b9", None, 1, "session-com1.toml"),
        ("con", DAY, 1, "2026-11-23-con.toml"),
        ("Inbox", None, 1, "session-inbox.toml"),
        ("a" * 200, DAY, 1, "2026-11-23-" + "a" * 64 + ".toml"),
        ("a" * 63 + " b", DAY, 1, "2026-11-23-" + "a" * 63 + ".toml"),
        ("a" * 200, DAY, 999, "2026-11-23-" + "a" * 60 + "-999.toml"),
    ],
)
def test_a_file_is_named_after_its_day_and_title(
    title: str, day: date | None, number: int, name: str
) -> None:
    assert file_name(title, day, number) == name


@given(
    st.one_of(st.text(), st.sampled_from(["nul", "com1", "aux.", "PRN "])),
    st.one_of(st.none(), st.dates()),
    st.integers(1, 999),
)
def test_any_title_gives_a_name_that_every_system_takes(title: str, day: date | None, number: int) -> None:
    name = file_name(title, day, number)
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?\.toml", name)
    assert len(name) <= 80
    assert not RESERVED.fullmatch(name)


def test_a_session_added_gets_the_next_free_name(library: Library, session: Session) -> None:
    names = [library.add(session).path.name for _ in range(3)]
    assert names == [f"2026-11-23-waking-up-on-mulberry-2{end}.toml" for end in ("", "-2", "-3")]
    assert SessionFile.open(library.folder / names[2]).reading.session == session


def test_a_name_taken_at_the_last_moment_is_stepped_over(
    library: Library, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(session)
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert library.add(session).path.name == "2026-11-23-waking-up-on-mulberry-2-2.toml"


def test_when_every_name_is_taken_it_says_so(
    library: Library, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "lexists", lambda _: True)
    with pytest.raises(LibraryError, match=r"holds too many sessions of this name\.$"):
        library.add(session)


@POSIX
def test_a_broken_link_is_not_written_through(library: Library, session: Session, tmp_path: Path) -> None:
    library.make()
    (library.folder / file_name(session.title, session.held_on)).symlink_to(tmp_path / "elsewhere")
    assert library.add(session).path.name.endswith("-2.toml")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_not_there_has_no_sessions_and_no_trouble(library: Library) -> None:
    assert library.cards() == []
    assert library.trouble() == ""
    assert not library.folder.exists()


def test_looking_for_trouble_leaves_nothing_behind(library: Library) -> None:
    library.make()
    assert library.trouble() == ""
    assert list(library.folder.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a folder that nobody may write to")
def test_a_folder_that_nobody_may_write_to_is_trouble(session: Session) -> None:
    library = Library(Path("/proc/self/sessions"))
    assert library.trouble() == "/proc/self cannot be written to, so no session can be kept there."
    with pytest.raises(LibraryError, match="cannot be made: "):
        library.add(session)


def test_a_file_in_the_way_is_trouble(tmp_path: Path, session: Session) -> None:
    (tmp_path / "file").write_text("x")
    for library in (Library(tmp_path / "file"), Library(tmp_path / "file" / "sessions")):
        assert library.trouble() == f"{tmp_path / 'file'} is not a folder, so no session can be kept there."
        with pytest.raises(LibraryError, match="cannot be made: "):
            library.add(session)
    with pytest.raises(LibraryError, match="cannot be read: "):
        Library(tmp_path / "file").cards()


def refuse(*_: Any, **__: Any) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_a_folder_that_may_not_be_looked_into_is_trouble(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.make()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "exists", refuse)
        assert "cannot be written to" in library.trouble()
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        with pytest.raises(LibraryError, match=r"cannot be read: Permission denied\."):
            library.cards()


def test_a_card_says_what_a_list_needs(library: Library) -> None:
    library.make()
    example = next(path for path in places.examples_folder().glob("*.toml") if path.stem == "bed-tea")
    assert card_of(example) == Card(
        example,
        "Bed tea on Mulberry 2",
        "Mulberry 2",
        "review",
        date(2025, 11, 24),
        datetime(2026, 2, 25, 15, 5, tzinfo=UTC),
        card_of(example).ratings,
        id="5f83195c-c2e0-4120-aad6-1affd51fb3ee",
        promises=card_of(example).promises,
        process="Waking up in the morning",
    )
    assert set(card_of(example).ratings) <= {"red", "amber", "green", ""}
    assert any(card_of(example).ratings)


def test_the_list_is_newest_first_and_what_cannot_be_read_last(library: Library, session: Session) -> None:
    for days, title in ((0, "Monday"), (2, "Wednesday"), (1, "Tuesday")):
        titled = details.set_details(session, title=title, held_on=DAY + timedelta(days))
        library.add(titled.model_copy(update={"id": session.id.replace("0a", f"0{days}")}))
    early = details.stamped(details.set_details(session, title="Early"), NOW - timedelta(hours=9))
    library.add(early)
    (library.folder / "b.toml").write_text(START)
    (library.folder / "a.TOML").write_text(START + "updated_at = 2026-11-23T10:00:00")
    (library.folder / "zz.toml").write_text("no")
    (library.folder / "no.toml").mkdir()
    (library.folder / ".hidden.toml").write_text(START)
    (library.folder / "notes.txt").write_text(START)
    assert [(card.title, bool(card.problem)) for card in library.cards()] == [
        ("Wednesday", False),
        ("Tuesday", False),
        ("Monday", False),
        ("Early", False),
        ("Waking up", False),
        ("Waking up", False),
        ("no", True),
        ("zz", True),
    ]
    assert [card.path.name for card in library.cards()][4:6] == ["a.TOML", "b.toml"]


def test_what_is_due_in_all_sessions_has_one_order(library: Library) -> None:
    library.make()
    for example in places.examples_folder().glob("*.toml"):
        (library.folder / example.name).write_bytes(example.read_bytes())
    (library.folder / "broken.toml").write_text("title = [")
    today = date(2026, 10, 7)
    found = due_in(library, today)
    (tea,) = [(card.title, due.title) for card, due in found if due.what == "three_months"]
    assert tea == ("Bed tea on Mulberry 2", "Ask each person where they would like their medication")
    days = [(standing(due.day, today), due.day) for _, due in found]
    assert days == sorted(days, key=lambda one: (ORDER.index(one[0]), one[1]))
    assert {standing for standing, _ in days} == {"late", "today", "long ago", "later"}


@pytest.mark.parametrize(
    "stamp", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_times_at_the_ends_of_the_calendar_have_their_order(library: Library, stamp: str) -> None:
    library.make()
    card(library.folder, START + f"updated_at = {stamp}\nheld_on = 0001-01-01")
    card(library.folder, START, "b.toml")
    assert len(library.cards()) == 2


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not a session"),
        (b"format = 'other'", "not a session"),
        (b"format = ", "not readable as TOML"),
        (b"\xff\xfe", "not readable as TOML"),
        (b"\x00" * 100, "not readable as TOML"),
        (b"#" * 5_000_001, "too large"),
        (b"a = " + b"[" * 100_000, "not readable as TOML"),
        (b"a = " + b"9" * 5_000, "not readable as TOML"),
        (".".join("a" * 50_000).encode() + b" = 1", "not readable as TOML"),
    ],
    ids=range(9),
)
def test_what_is_no_session_is_listed_with_the_reason(tmp_path: Path, data: bytes, problem: str) -> None:
    assert card(tmp_path, data) == Card(tmp_path / "a.toml", "a", problem=problem)


@POSIX
@pytest.mark.parametrize(
    "make",
    [os.mkfifo, os.mkdir, lambda path: path.symlink_to(path), lambda path: path.symlink_to("gone")],
    ids=["pipe", "folder", "circle", "broken link"],
)
def test_what_is_no_file_is_listed_and_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.toml")
    assert card_of(tmp_path / "a.toml").problem == "not a file"


def test_a_file_that_may_not_be_read_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.toml"
    path.write_text(START)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert card_of(path).problem == "permission denied"


@pytest.mark.parametrize(
    "text",
    [
        "title = 5\nteam = []\nstage = 3\nheld_on = 'x'\nupdated_at = 1",
        "title = ''\nstage = 'dream'\nheld_on = 2026-11-23T10:00:00\nupdated_at = 2026-11-23",
        "initiatives = 5",
        "initiatives = [1, 'x', [], {}]\ntitle = false",
    ],
)
def test_a_mistake_in_a_file_does_not_keep_it_from_the_list(tmp_path: Path, text: str) -> None:
    found = card(tmp_path, 'format = "promote-session"\n' + text, "by-hand.toml")
    assert (found.title, found.team, found.stage, found.held_on, found.updated_at) == (
        "by-hand",
        "",
        "choose",
        None,
        None,
    )
    assert (found.problem, found.ratings) == ("", ())


@pytest.mark.parametrize(
    ("reviews", "rating"),
    [
        ("[]", ""),
        ("5", ""),
        ("[5]", ""),
        ("[{}]", ""),
        ("[{ parts = 5 }]", ""),
        ("[{ parts = [5, {}] }]", ""),
        ("[{ parts = [{ rating = [] }, { rating = { a = 1 } }] }]", ""),
        ("[{ parts = [{ rating = 'green' }, { rating = 'amber' }, {}] }]", "amber"),
        ("[{ parts = [{ rating = 'red' }] }, { parts = [{ rating = 'green' }] }]", "green"),
    ],
)
def test_an_initiative_stands_at_the_worst_part_of_its_newest_review(
    tmp_path: Path, reviews: str, rating: str
) -> None:
    assert card(tmp_path, START + f"[[initiatives]]\nid = 'initiative-1'\nreviews = {reviews}").ratings == (
        rating,
    )


def test_a_change_that_was_let_go_has_no_rating_any_more(tmp_path: Path) -> None:
    red = "[[initiatives]]\nid = 'initiative-1'\nreviews = [{ parts = [{ rating = 'red' }] }]\n"
    for let_go in ("stage = 'let go'", "decision = 'let go'"):
        assert card(tmp_path, f"{START}{red}{let_go}\n[[initiatives]]\nid = 'initiative-2'").ratings == ("",)
    assert card(tmp_path, f"{START}{red}stage = 'planned'\ndecision = []").ratings == ("red",)


def test_no_title_and_no_name_acts_on_a_terminal(tmp_path: Path) -> None:
    hostile = card(
        tmp_path, 'format = "promote-session"\ntitle = "a\\u001b[2J\\nb' + "c" * 5_000 + '"\nteam = "\\u202e"'
    )
    assert hostile.title.startswith("a\N{REPLACEMENT CHARACTER}[2J bccc")
    assert len(hostile.title) == 200
    assert hostile.team == "\N{REPLACEMENT CHARACTER}"


@POSIX
def test_a_file_name_with_control_characters_or_odd_bytes_is_shown_harmless(tmp_path: Path) -> None:
    for name in (b"a\x1b[2J.toml", b"\xff.toml"):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        path.write_text("no")
        assert card_of(path).title in ("a\N{REPLACEMENT CHARACTER}[2J", "\N{REPLACEMENT CHARACTER}")


@given(data=st.data())
def test_any_example_cut_and_mangled_has_a_card(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = data.draw(st.sampled_from(sorted(places.examples_folder().glob("*.toml")))).read_bytes()
    place, length = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 500))
    folder = tmp_path_factory.mktemp("mangled")
    found = card(folder, whole[:place] + data.draw(st.binary(max_size=20)) + whole[place + length :])
    assert found.title


def test_a_sentence_names_a_session_by_its_title_and_its_day() -> None:
    assert Card(Path("a.toml"), "Waking up").named == "“Waking up”"
    assert Card(Path("a.toml"), "Waking up", held_on=date(2026, 11, 3)).named == "“Waking up”, 3 Nov 2026"


def test_what_waits_in_the_inbox_is_counted_and_one_that_cannot_be_read_counts_none(library: Library) -> None:
    library.make()
    assert library.waiting() == 0
    for text, count in (
        ("[[entries]]\n[[entries]]\n", 2),
        ("entries = 5", 0),
        ("", 0),
        ("entries = [", 0),
    ):
        (library.folder / places.INBOX).write_text(text, encoding="utf-8")
        assert library.waiting() == count, text


def test_of_several_files_of_one_session_the_newest_asks_what_is_due(library: Library) -> None:
    example = places.examples_folder() / "bed-tea.toml"
    library.make()
    for name, revision in (("a", "3"), ("b conflict 2026-11-24 015500", "4"), ("c", '"x"')):
        text = example.read_text(encoding="utf-8").replace(
            "version = 1\n", f"version = 1\nrevision = {revision}\n"
        )
        (library.folder / f"{name}.toml").write_text(text, encoding="utf-8")
    dues = due_in(library, date(2026, 11, 24))
    assert {card.path.stem[0] for card, _ in dues} == {"b"}
    assert len(dues) == len({(due.id, due.what, due.place) for _, due in dues})
