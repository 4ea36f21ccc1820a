"""The capture line: whatever is typed or pasted arrives whole or is refused in words, and is never lost."""

import tomllib
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.session.text import LONGEST
from promote_tui.store import toml_text
from tests.ui.made import made
from tests.ui.room import Facilitator, opened, starts


@pytest.fixture
async def room(tmp_path: Path, session: Session) -> AsyncIterator[Facilitator]:
    """A room at an empty map, where every line is a step."""
    async with opened(tmp_path, holding=made(session, stage="map")) as room:
        yield room


def titles(room: Facilitator) -> list[str]:
    return [step.title for step in room.session.steps]


async def test_an_empty_line_adds_nothing_and_says_nothing(room: Facilitator) -> None:
    await room.presses("enter")
    await room.says("    ")
    assert titles(room) == []
    assert room.said == ""
    assert room.typing


async def test_ten_thousand_characters_arrive_whole(room: Facilitator) -> None:
    text = ("words and " * 1_000).strip()[:LONGEST]
    await room.pastes(text)
    await room.presses("enter")
    assert titles(room) == [text]
    assert (await room.saved()).steps[0].title == text


async def test_a_pasted_megabyte_in_one_line_is_refused_in_words(room: Facilitator) -> None:
    await room.types("before ")
    await room.pastes("x" * 1_048_576)
    room.hears("1,048,576 characters in one line; 10,000 fit. Nothing was pasted.")
    assert room.line == "before "
    assert titles(room) == []


async def test_a_pasted_megabyte_in_a_thousand_lines_is_refused_in_words(room: Facilitator) -> None:
    await room.pastes("\n".join(["y" * 1_000] * 1_048))
    room.hears("Line 1001 of the paste", "at most 1,000", "Nothing was added.")
    assert titles(room) == []
    assert room.session == (await room.saved())


async def test_a_paste_of_lines_is_one_item_each_and_one_undo(room: Facilitator) -> None:
    await room.pastes("Lights on @HCA 5m\r\n\r\n  Names called\nQueue\n")
    assert titles(room) == ["Lights on", "Names called", "Queue"]
    room.hears("3 lines added.")
    assert room.line == ""
    await room.presses("ctrl+z")
    assert titles(room) == []
    room.hears("Undone: add 3 lines.")
    await room.presses("ctrl+y")
    assert len(titles(room)) == 3


async def test_a_paste_goes_on_from_what_was_typed(room: Facilitator) -> None:
    await room.types("First ")
    await room.pastes("one\ntwo")
    assert titles(room) == ["First one", "two"]
    await room.pastes("only one line\n")
    assert room.line == "only one line"


async def test_a_paste_that_is_refused_leaves_line_and_session_alone(room: Facilitator) -> None:
    await room.types("half ")
    await room.pastes("fine\n@HCA 5m")
    room.hears("Line 2 of the paste: Say what happens too")
    assert room.line == "half "
    assert titles(room) == []


async def test_a_sign_before_a_paste_holds_for_every_line(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=session) as room:
        await room.types("p: ")
        await room.pastes("- Lights at eight\nc: Nobody rang")
        assert [(story.voice, story.text) for story in room.session.stories] == [
            ("patient", "Lights at eight"),
            ("carer", "Nobody rang"),
        ]


async def test_lines_pasted_into_an_answer_become_one(room: Facilitator) -> None:
    await room.says("Lights on")
    await room.presses("escape", "home", "m")
    await room.presses_on("Smallest change", "enter")
    await room.pastes("Ask\nfirst")
    assert room.line == "Ask first"
    await room.presses("enter")
    assert room.session.steps[0].smallest_change == "Ask first"


async def test_control_characters_in_a_paste_are_left_out_and_counted(room: Facilitator) -> None:
    await room.pastes("Lights\x1b[2J on\x07\u202e now")
    room.hears("3 control characters in the paste were left out.")
    assert room.line == "Lights[2J on now"
    await room.presses("ctrl+u")
    await room.pastes("one\x1b\ntwo\x00")
    assert titles(room) == ["one", "two"]
    room.hears("2 control characters in the paste were left out.")


@pytest.mark.parametrize(
    "text",
    [
        "Tea ☕ and 👩🏽‍⚕️ 🏳️‍🌈",
        "صباح الخير للجميع",
        "cafe\u0301 na\u0131\u0308ve Zu\u0308rich",
        "日本語のお茶",
        "ab\u200d\u0301c",
    ],
)
async def test_every_script_arrives_whole_in_the_file(room: Facilitator, text: str) -> None:
    await room.says(text)
    await room.pastes(text)
    await room.presses("enter")
    wanted = unicodedata.normalize("NFC", text)
    assert titles(room) == [wanted, wanted]
    saved = await room.saved()
    assert [step.title for step in saved.steps] == [wanted, wanted]
    assert room.screen


async def test_ctrl_u_clears_the_line_however_it_wraps_and_ctrl_z_brings_it_back(room: Facilitator) -> None:
    long = "The lights go on, " * 8
    await room.says("Lights on")
    await room.types(long)
    for keys in (("ctrl+u",), ("home", "ctrl+u"), ("end", "left", "ctrl+u", "ctrl+u")):
        await room.presses(*keys)
        assert room.line == ""
        await room.presses("ctrl+z")
        assert room.line == long
    await room.presses("enter", "ctrl+u", "ctrl+z")  # nothing is typed: the change is taken back
    assert titles(room) == ["Lights on"]
    await room.presses_on("Lights on", "enter", "ctrl+u")
    assert room.line == ""
    await room.presses("ctrl+z")
    assert room.line == "Lights on"


async def test_a_half_typed_line_survives_stages_undo_help_and_answers(room: Facilitator) -> None:
    await room.says("Lights on")
    await room.types("half a thought")
    await room.presses("f1", "escape")
    assert room.line == "half a thought"
    await room.goes_to("3")
    assert room.line == ""
    await room.goes_to("2")
    await room.presses("escape", "u")
    assert titles(room) == []
    assert room.line == "half a thought"
    await room.presses("U", "home", "enter")
    assert room.line == "Lights on"
    await room.presses("escape")
    assert room.line == "half a thought"
    await room.presses("slash", "escape", "i")
    assert room.line == "half a thought"
    await room.presses("enter")
    assert titles(room) == ["Lights on", "half a thought"]


@pytest.mark.parametrize("keys", [("escape", "q"), ("ctrl+q",)])
async def test_leaving_adds_a_half_typed_line(
    tmp_path: Path, session: Session, keys: tuple[str, ...]
) -> None:
    async with opened(tmp_path, holding=made(session, stage="map")) as room:
        await room.types("half a thought")
        await room.presses(*keys)
        path = room.app.saver.file.path
    saved = toml_text.read(path.read_bytes()).session
    assert saved
    assert [step.title for step in saved.steps] == ["half a thought"]


async def test_leaving_adds_what_is_half_typed_at_another_stage_too(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, stage="map")) as room:
        await room.types("half a step")
        await room.goes_to("3")
        await room.types("half an idea")
        await room.presses("escape", "q")
        path = room.app.saver.file.path
    saved = toml_text.read(path.read_bytes()).session
    assert saved
    assert [step.title for step in saved.steps] == ["half a step"]
    assert [idea.text for idea in saved.ideas] == ["half an idea"]


async def test_leaving_with_a_line_that_cannot_be_kept_says_so_and_stays(room: Facilitator) -> None:
    await room.types("@HCA")
    await room.presses("ctrl+q")
    room.hears("Say what happens too", "Leaving once more parks these words.")
    assert room.line == "@HCA"
    await room.presses("ctrl+u", "escape", "q")
    assert not room.app.in_session


async def test_leaving_keeps_a_half_typed_answer(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, stage="map", mapped=["Lights on"])) as room:
        await room.presses_on("Lights on", "enter")
        await room.types(" at eight")
        await room.presses("ctrl+q")
        path = room.app.saver.file.path
    saved = toml_text.read(path.read_bytes()).session
    assert saved
    assert saved.steps[0].title == "Lights on at eight"


async def test_another_session_does_not_inherit_what_was_half_typed(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await starts(room, "First")
        await room.says("Waking up")
        await room.presses("escape", "q")
        await starts(room, "Second")
        assert room.line == ""
        assert room.session.candidates == ()
        room.does_not_see("Waking up", "Home")


async def test_typing_ahead_loses_nothing(room: Facilitator) -> None:
    lines = [f"Step number {number}" for number in range(12)]
    await room.types("\r".join(lines))
    assert titles(room) == lines[:-1]
    assert room.line == lines[-1]


async def test_what_is_typed_ahead_of_leaving_is_kept(room: Facilitator) -> None:
    await room.presses("i") if not room.typing else None
    room.presses_in_one_go("a", "b", "ctrl+q")
    await room.settles()
    assert titles(room) == ["ab"]


async def test_answers_typed_ahead_go_where_they_belong(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="own", thought=["+ Tea"], owned=1)
    async with opened(tmp_path, holding=held) as room:
        await room.presses("enter")
        await room.types("HCA\rPeople sleep\r\rTry it\r")
        one = room.session.initiatives[0]
        assert (one.owner, one.success, one.plan.three_days.goal) == ("HCA", "People sleep", "Try it")


async def test_a_line_put_aside_by_a_question_is_kept_on_leaving(room: Facilitator) -> None:
    await room.says("Lights on")
    path = room.app.saver.file.path
    await room.types("Names are called")
    await room.presses("escape", "E")
    await room.presses("ctrl+q")
    assert [step["title"] for step in steps_in(path)] == ["Lights on", "Names are called"]


async def test_words_refused_as_an_answer_are_kept_on_leaving(room: Facilitator) -> None:
    await room.says("Lights on")
    path = room.app.saver.file.path
    await room.presses("escape", "m", "enter")
    await room.types("Nobody likes the lights")
    await room.presses("ctrl+q")
    room.hears("Type one of these")
    await room.presses("ctrl+q")
    assert [step["title"] for step in steps_in(path)] == ["Lights on", "Nobody likes the lights"]


def steps_in(path: Path) -> list[dict[str, str]]:
    """Return the steps that the file holds."""
    steps: list[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["steps"]
    return steps


async def test_keys_in_a_hurry_act_in_the_order_in_which_they_were_pressed(room: Facilitator) -> None:
    for keys, left in (
        (("a", "b", "backspace", "c"), "ac"),
        (("a", "b", "left", "c"), "acb"),
        (("a", "b", "home", "c", "end", "d"), "cabd"),
        (("a", "b", "ctrl+u", "c"), "c"),
        (("a", "ctrl+z", "b"), "b"),
    ):
        room.presses_in_one_go(*keys)
        await room.settles()
        assert room.line == left, keys
        await room.presses("end", "ctrl+u")
