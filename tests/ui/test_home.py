"""Home by its keys: the saved sessions, a new one, searching, examples, and what cannot be used."""

from pathlib import Path

import pytest

from promote_tui.session.model import PerVoice, Session
from promote_tui.store.library import Library
from promote_tui.ui.app import PromoteApp
from tests.ui.made import made
from tests.ui.room import SIZES, STYLES, Facilitator, arrives, edited, kept, opened, starts

NO_SUCH_FOLDER = Path("/proc/promote-cannot-write-here")


def numbered(session: Session, number: int, **fields: object) -> Session:
    id = f"0a6f4e0e-1c2d-4b7a-9a51-{number:012d}"
    return session.model_copy(update={"id": id, "title": f"Session {number}", **fields})


async def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    async with opened(tmp_path / "library") as room:
        room.sees(
            "PROMOTE", "/library", "No sessions yet.", "Start a new session n", "Look at worked examples e"
        )
        assert room.highlighted_row.startswith("Start a new session")
        await room.presses("enter")
        room.hears("What shall this session be called?")
        assert not (tmp_path / "library").exists()


async def test_one_session_opens_with_enter_and_with_two_clicks(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, made(session, stage="map", mapped=["Lights on"]))
    async with opened(tmp_path) as room:
        room.sees("1 session", "Waking up on Mulberry 2", "2 Map", "23 Nov 2026")
        await room.presses("enter")
        await arrives(room)
        assert room.stage == "map"
        room.sees("Lights on")
        await room.presses("escape", "q")
        assert not room.app.in_session
        await room.clicks("Waking up", times=2)
        await arrives(room)


async def test_three_hundred_sessions_scroll_and_are_searched(tmp_path: Path, session: Session) -> None:
    for number in range(300):
        kept(tmp_path, numbered(session, number), f"session-{number:03d}.toml")
    async with opened(tmp_path) as room:
        room.sees("300 sessions", "Session 0 ")
        await room.presses("end")
        room.sees("Session 299")
        await room.presses("pageup", "home", "slash")
        await room.says("session-17 mulberry")
        room.sees("11 sessions with “session-17 mulberry” Esc shows all", "Session 170")
        room.does_not_see("Session 180")
        await room.presses("down", "enter")
        await arrives(room)
        assert room.session.title == "Session 170"
        await room.presses("escape", "q", "slash")
        await room.says("nowhere")
        room.sees("0 sessions with “nowhere”")
        await room.presses("enter", "escape")
        room.sees("300 sessions")


async def test_a_new_session_has_a_title_and_a_team(tmp_path: Path) -> None:
    async with opened(tmp_path / "library") as room:
        await room.presses("n", "enter")
        room.hears("A session needs a title.")
        await room.says("   ")
        room.hears("A session needs a title.")
        await room.replaces("Meal times")
        await room.says("Larch")
        await room.says("three")
        room.hears("Type three numbers")
        await room.replaces("3 1 5")
        await arrives(room)
        assert room.session.present == PerVoice(patient=3, carer=1, staff=5)
        assert (room.session.title, room.session.team, str(room.session.held_on)) == (
            "Meal times",
            "Larch",
            "2026-11-23",
        )
        assert room.typing
        assert [path.name for path in (tmp_path / "library").iterdir()] == ["2026-11-23-meal-times.toml"]
        await room.presses("escape", "q")
        room.sees("Meal times Larch", "1 session")


@pytest.mark.parametrize("before", [(), ("Meal times",)])
async def test_escape_stops_a_new_session(tmp_path: Path, before: tuple[str, ...]) -> None:
    async with opened(tmp_path / "library") as room:
        await room.presses("n")
        await room.answers(*before)
        await room.types("half")
        await room.presses("escape")
        assert not room.typing
        room.sees("No sessions yet.")
        assert not (tmp_path / "library").exists()
        await room.presses("n")
        assert room.line == ""
        await room.clicks("Esc back")
        assert not room.typing


async def test_the_session_that_was_left_is_highlighted(tmp_path: Path, session: Session) -> None:
    for number in range(3):
        kept(tmp_path, numbered(session, number), f"session-{number}.toml")
    async with opened(tmp_path) as room:
        await room.presses("end")
        await starts(room, "Visiting times")
        await room.presses("escape", "q")
        assert room.highlighted_row.startswith("Visiting times")
        await room.presses_on("Session 1", "o")
        await room.replaces("Session 1, again")
        await room.answers("", "")
        await arrives(room)
        await room.presses("escape", "q")
        assert room.highlighted_row.startswith("Session 1, again")
        await room.presses("end")
        last = room.highlighted_row
        await room.presses("question_mark", "escape")  # once: another page over home moves nothing
        assert room.highlighted_row == last


async def test_impatient_keys_do_no_harm(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, session)
    async with opened(tmp_path) as room:
        await room.presses("n")
        room.presses_in_one_go("escape", "escape", "escape")
        await room.settles()
        assert not room.typing
        room.presses_in_one_go("enter", "enter", "enter")
        await arrives(room)
        await room.until(lambda: len(room.app.screen_stack) == 2)
        await room.presses("escape", "escape")
        room.presses_in_one_go("q", "question_mark", "question_mark")
        await room.settles()
        assert len(room.app.screen_stack) == 1


async def test_the_worked_examples_and_back(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, session)
    async with opened(tmp_path) as room:
        await room.presses("e")
        room.sees("PROMOTE: worked examples", "nothing is kept here", "3 examples")
        await room.highlights("Coming")
        await room.presses("enter")
        await arrives(room)
        room.sees("an example: nothing is kept")
        await room.presses("1")
        await room.says("p: Only for now")
        await room.presses("escape", "q")
        room.sees("worked examples")
        await room.clicks("q your sessions")
        room.sees("1 session", "Waking up on Mulberry 2")
    assert [path.name for path in tmp_path.glob("*.toml")] == ["session.toml"]


async def test_a_session_begun_at_the_examples_is_kept_with_ones_own(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await room.presses("e")
        room.sees("PROMOTE: worked examples")
        await starts(room, "Visiting times")
        await room.says("p: The bell is loud")
        await room.presses("escape", "q")
        room.sees("1 session", "Visiting times")
    (file,) = tmp_path.glob("*.toml")
    assert "The bell is loud" in file.read_text(encoding="utf-8")


async def test_a_demo_begins_nothing_that_would_be_thrown_away(tmp_path: Path) -> None:
    def as_demo(app: PromoteApp) -> None:
        app.demo = True

    async with opened(tmp_path, on=as_demo) as room:
        await room.presses("n")
        room.hears("Nothing is kept here.")
    assert list(tmp_path.glob("*.toml")) == []


async def test_a_broken_file_is_shown_with_its_reason_and_its_problems(
    tmp_path: Path, session: Session
) -> None:
    kept(tmp_path, session)
    (tmp_path / "not-toml.toml").write_text("title = [", encoding="utf-8")
    text = edited(made(session, told=["p: Lights"]), 'voice = "patient"', 'voice = "patent"')
    (tmp_path / "mistake.toml").write_text(text.replace("Waking up", "Mistaken"), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.toml")}
    async with opened(tmp_path) as room:
        room.sees("not-toml", "cannot be opened: not readable")
        await room.highlights("Mistaken")
        await room.presses("enter")
        room.sees(
            "This file cannot be opened", "It was not changed.", "mistake.toml:", 'did you mean "patient"?'
        )
        await room.presses("escape")
        await room.highlights("not-toml")
        await room.presses("enter")
        room.sees("This file cannot be opened", "not-toml.toml")
        await room.presses("q")
        assert not room.app.in_session
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.toml")} == before


async def test_a_long_folder_is_cut_at_its_beginning(tmp_path: Path) -> None:
    async with opened(tmp_path / ("deep" * 12) / "library", size=(60, 20)) as room:
        room.sees("PROMOTE …", "deepdeep/library")


async def test_a_file_that_vanished_is_explained(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    async with opened(tmp_path) as room:
        path.unlink()
        await room.presses("enter")
        room.sees("This file cannot be opened", "There is no file")


async def test_a_folder_that_cannot_be_written_is_said_before_anyone_types() -> None:
    async with opened(NO_SUCH_FOLDER) as room:
        room.hears("/proc cannot be written to, so no session can be kept there.")
        room.sees("cannot be written to")
        await room.presses("n")
        room.hears("cannot be written to")
        assert not room.typing


async def test_a_library_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("", encoding="utf-8")
    async with opened(tmp_path / "library") as room:
        room.sees("library")
        assert "cannot be read" in room.said or "not a folder" in room.said
        await room.presses("n")
        assert not room.typing


async def test_a_file_of_a_newer_version_is_for_reading_only(tmp_path: Path, session: Session) -> None:
    held = made(session, told=["p: Lights", "Waking up"], mapped=["Step"], thought=["+ Tea", "- No"], owned=1)
    path = tmp_path / "newer.toml"
    path.write_text(edited(held, "version = 1", "version = 99"), encoding="utf-8")
    before = path.read_bytes()
    why = "A newer version of this program wrote this file, so it is opened for reading only."
    async with opened(tmp_path) as room:
        await room.presses("enter")
        await arrives(room)
        room.is_warned(why)
        assert room.state == "for reading only"
        await room.says("p: Another story")
        room.hears(why)
        assert room.line == "p: Another story"
        await room.presses("ctrl+u", "escape")
        for stage, keys in {"1": "xJp+scv", "2": "xvp+m", "3": "osxp", "4": "oxwh", "5": "gdx"}.items():
            await room.presses(stage)
            if room.typing:
                await room.presses("escape")
            for key in keys:
                await room.presses("home", {"+": "plus"}.get(key, key))
                await _answers_something(room)
        assert room.session.model_copy(update={"version": 1}) == held.model_copy(update={"version": 1})
        await room.presses("q")
        assert not room.app.in_session, room.screen
    assert path.read_bytes() == before


async def _answers_something(room: Facilitator) -> None:
    """Answer a question if one is asked, give way when that is refused, and go on in the list."""
    if room.typing:
        await room.types("1")
        await room.presses("enter", "escape")
    if room.typing:
        await room.presses("escape")
    assert not room.typing


async def test_a_file_with_keys_we_do_not_know_opens_and_keeps_them(tmp_path: Path, session: Session) -> None:
    path = tmp_path / "more.toml"
    text = edited(session, 'team = "Mulberry 2"', 'team = "Mulberry 2"\nmood = "bright"')
    path.write_text(text, encoding="utf-8")
    async with opened(tmp_path) as room:
        await room.presses("enter")
        await arrives(room)
        room.hears("mood")
        await room.says("p: A story")
        await room.saved()
    assert 'mood = "bright"' in path.read_text(encoding="utf-8")


async def test_letters_that_do_nothing_say_so_and_help_lists_the_keys(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await room.presses("question_mark")
        room.sees("Help", "start a new session", "leave the program")
        await room.presses("question_mark")
        await room.presses("f1", "f1", "u", "ctrl+z", "ctrl+y")
        assert not room.app.in_session
        await room.presses("z")
        room.hears("z does nothing here. ? shows every key.")


@pytest.mark.parametrize("keys", [("q",), ("ctrl+q",), ("n", "ctrl+q")])
async def test_leaving(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with opened(tmp_path) as room:
        await room.presses(*keys)
        assert room.app.return_value == 0


async def test_home_is_read_again_after_a_session(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, session)
    async with opened(tmp_path) as room:
        await room.presses("n", "f1", "f1")
        room.hears("What shall this session be called?")  # a question still stands
        await room.presses("escape", "u")
        room.hears("u takes back what was put away last.")
        await room.presses("enter")
        await arrives(room)
        kept(tmp_path, numbered(session, 7), "other.toml")
        await room.presses("escape", "E")
        await room.replaces("New name")
        await room.presses("escape", "q")
        room.sees("2 sessions", "New name", "Session 7")
        assert not room.said
    assert {card.title for card in Library(tmp_path).cards()} == {"New name", "Session 7"}


async def test_a_session_carries_on_from_the_highlighted_one(tmp_path: Path, session: Session) -> None:
    kept(tmp_path, made(session, thought=["+ Tea earlier"], owned=1))
    (tmp_path / "wrong.toml").write_text('format = "promote-session"\ntitle = "Wrong"', encoding="utf-8")
    (tmp_path / "broken.toml").write_text("title = [", encoding="utf-8")
    async with opened(tmp_path) as room:
        room.sees("p portfolio")
        await room.presses_on("Waking up", "o")
        room.hears("It carries on from “Waking up on Mulberry 2”, 23 Nov 2026", "What shall this session be")
        assert room.line == "Waking up on Mulberry 2"
        await room.presses("escape")
        assert len(list(tmp_path.glob("*.toml"))) == 3
        await room.presses("o")
        await room.replaces("Waking up, three weeks on")
        assert room.line == "Mulberry 2"
        await room.presses("enter")
        await room.says("two")
        room.hears("Type three numbers")
        await room.replaces("2 1 4")
        await arrives(room)
        new = room.session
        assert (new.title, new.team, new.follows) == ("Waking up, three weeks on", "Mulberry 2", session.id)
        assert (new.present.patient, new.initiatives[0].carried) == (2, "initiative-1")
        room.sees("What did we promise last time?", "Tea earlier", "no owner yet")
        assert not room.typing
        await room.presses("q")
        await room.presses_on("Wrong", "o", "enter", "enter", "enter")
        await room.until(lambda: room.said)
        room.hears("There are mistakes in this file, so no session can carry on from it.")
        await room.presses_on("broken", "o")
        room.hears("No session can carry on from this one: not readable as TOML.")
        await room.presses("e", "o")
        room.hears("Nothing is kept here.")
        room.does_not_see("o carry on")
        await room.presses("q", "slash")
        await room.says("nowhere")
        await room.presses("o")
        room.hears("Highlight the session to carry on from.")


async def test_a_session_that_is_carried_on_already_says_so(tmp_path: Path, session: Session) -> None:
    old = made(session, thought=["+ Tea earlier"], owned=1)
    kept(tmp_path, old)
    carried = old.initiatives[0].model_copy(update={"carried": "initiative-1"})
    kept(
        tmp_path,
        numbered(old, 2, follows=old.id, initiatives=(carried,), title="Handover [two]"),
        "two.toml",
    )
    async with opened(tmp_path) as room:
        await room.presses_on("Waking up", "o")
        room.hears(
            "“Handover [two]”, 23 Nov 2026 carries it on already.", "What shall this session be called?"
        )
        await room.presses("escape")
        await room.presses("enter")
        await arrives(room)
        await room.until(lambda: room.said)
        assert room.said == "What is open here goes on in “Handover [two]”, 23 Nov 2026."
        await room.goes_to("q")
        await room.presses_on("Handover [two]", "o")
        room.hears("It carries on from “Handover [two]”", "What shall this session be called?")
        await room.presses("escape")
        await room.presses_on("Waking up", "o")
        await room.replaces("Handover three")
        await room.presses("enter", "enter")
        await room.until(lambda: room.app.in_session and room.session.title == "Handover three")
        assert room.session.follows == old.id


async def test_a_file_that_was_named_is_open_before_anything_is_drawn(
    tmp_path: Path, session: Session
) -> None:
    seen: list[bool] = []

    class Watched(PromoteApp):
        CSS_PATH = STYLES

        def on_ready(self) -> None:
            seen.append(self.in_session)

    async with opened(tmp_path, holding=made(session, told=["p: Lights"]), make=Watched) as room:
        assert seen == [True]
        room.sees("Lights")
        await room.presses("q")
        room.sees("PROMOTE", "1 session")


@pytest.mark.parametrize("size", SIZES)
async def test_another_session_begins_where_it_begins(
    tmp_path: Path, session: Session, size: tuple[int, int]
) -> None:
    told = [f"p: Story {n}" for n in range(30)] + [f"Process {n}" for n in range(30)]
    ideas, steps = [f"+ Tea {n}" for n in range(12)], ["Lights on", "Names called", "Queue"]
    kept(tmp_path, made(session, told=told, mapped=steps, thought=ideas, owned=12))
    kept(tmp_path, made(numbered(session, 2), mapped=steps, stage="map"), "two.toml")
    async with opened(tmp_path, size=size) as room:
        await room.presses_on("Waking up", "enter")
        await arrives(room)
        await room.presses("end", "tab", "end", "2", "end", "m", "3", "escape", "end", "q")
        await room.presses_on("Waking up", "o", "enter", "enter", "enter")
        await room.until(lambda: room.app.in_session and room.session.follows)
        room.sees("What we promised last time")
        assert (room.list.id, room.highlighted_row[:5]) == ("stories", "Tea 0")
        await room.presses("pagedown")
        assert not room.highlighted_row.startswith("Tea 0")
        await room.presses("q")
        await room.presses_on("Session 2", "enter")
        await room.until(lambda: room.app.in_session and room.stage == "map")
        assert room.highlighted_row.startswith("1 Lights on")
        room.does_not_see("under the microscope")
