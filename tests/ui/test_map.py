"""Stage 2 by its keys: the steps in order, and the microscope that walks from step to step."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from tests.ui.made import made
from tests.ui.room import Facilitator, opened

STEPS = ["Lights on @HCA, nights 5m", "Names called 15m", "Queue @Nurse"]


@pytest.fixture
async def room(tmp_path: Path, session: Session) -> AsyncIterator[Facilitator]:
    """A room that has mapped three steps."""
    async with opened(tmp_path, holding=made(session, stage="map", mapped=STEPS)) as room:
        yield room


def titles(room: Facilitator) -> list[str]:
    return [step.title for step in room.session.steps]


async def test_a_line_becomes_a_step_with_who_and_minutes(room: Facilitator) -> None:
    await room.presses("i")
    room.sees("a step, such as: Lights on @HCA, nights 5m")
    await room.says("20m Medication @Nurse in charge")
    step = room.session.steps[3]
    assert (step.title, step.who, step.minutes) == ("Medication", "Nurse in charge", 20)
    room.sees("4 Medication Nurse in 20 min not yet looked at charge", "4 steps 40 min")
    await room.says("@HCA 5m")
    room.hears("Say what happens too")
    assert room.line == "@HCA 5m"
    await room.replaces("Tea 12345m")
    assert room.session.steps[4].title == "Tea 12345m"


async def test_an_empty_map_says_what_is_missing(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, stage="map")) as room:
        assert "very first thing" in room.question
        await room.presses("escape")
        for key, reason in {
            "m": "Highlight a step first.", "v": "Highlight a step first.", "plus": "Highlight a step first.",
            "x": "nothing to remove", "J": "cannot be moved", "enter": "Nothing here yet",
        }.items():  # fmt: skip
            await room.presses(key)
            room.hears(reason)


async def test_edit_keeps_what_the_line_says(room: Facilitator) -> None:
    await room.presses_on("Lights on", "enter")
    assert room.line == "Lights on @HCA, nights 5m"
    await room.replaces("Main lights on 6m")
    step = room.session.steps[0]
    assert (step.title, step.who, step.minutes) == ("Main lights on", "", 6)
    await room.presses("enter", "ctrl+u", "enter")
    room.hears("A step cannot be empty.")
    await room.presses("escape")
    assert titles(room)[0] == "Main lights on"


async def test_remove_move_park_undo(room: Facilitator) -> None:
    await room.presses_on("Lights on", "J")
    assert titles(room) == ["Names called", "Lights on", "Queue"]
    await room.presses("alt+down")
    assert titles(room) == ["Names called", "Queue", "Lights on"]
    await room.presses("J")
    room.hears("at the end already")
    await room.presses("K", "alt+up")
    await room.presses_on("Queue", "p")
    room.hears("Parked under the processes of 1 Choose: Queue")
    await room.presses_on("Names called", "delete")
    room.hears("Removed: Names called")
    assert titles(room) == ["Lights on"]
    await room.presses("u", "u")
    assert titles(room) == ["Lights on", "Names called", "Queue"]
    await room.presses("ctrl+y", "U")
    assert titles(room) == ["Lights on"]
    await room.presses("ctrl+z")
    room.hears("Undone: remove a step.")


async def test_v_turns_the_value_and_plus_minus_the_feeling(room: Facilitator) -> None:
    await room.presses("escape", "home")
    seen = []
    for _ in range(4):
        await room.presses("v")
        seen.append(room.session.steps[0].value)
    assert seen == ["adds", "needed", "removable", None]
    await room.presses("v")
    room.sees("adds value", "20 min 25 % adds value")
    await room.presses("minus", "minus")
    room.sees("●···· Lights on")
    await room.presses("minus")
    room.hears("That is as far as it goes.")
    await room.presses(*["plus"] * 4)
    assert room.session.steps[0].feeling == 2
    room.sees("····● Lights on")


async def test_the_microscope_opens_walks_and_closes(room: Facilitator) -> None:
    await room.presses_on("Names called", "m")
    room.sees("Step 2 of 3 under the microscope: Names called")
    assert room.list.id == "microscope"
    assert "add for the person" in room.question
    await room.presses("right", "right")
    room.sees("NEEDED FOR NOW")
    await room.presses("left", "enter")
    room.hears("Does it add value for the person?")
    assert room.line == "adds"
    await room.replaces("2")
    await room.presses("down", "right", "right")
    assert room.session.steps[1].best_we_can is False
    assert room.session.steps[1].value == "needed"
    await room.presses("v", "minus")
    assert (room.session.steps[1].value, room.session.steps[1].feeling) == ("removable", -1)
    await room.presses("down", "enter")
    room.hears("What is the smallest thing we could change that would help?")
    await room.says("Ask at breakfast")
    assert room.list.id == "microscope"
    assert room.session.steps[1].smallest_change == "Ask at breakfast"
    await room.presses("down", "right", "down", "enter")
    await room.says("Noisy")
    assert (room.session.steps[1].feeling, room.session.steps[1].reflection) == (0, "Noisy")
    await room.presses("pagedown")
    room.sees("Step 3 of 3 under the microscope: Queue")
    await room.presses("pagedown")
    room.hears("That was the last step: 1 of 3 looked at.")
    await room.presses("pageup", "pageup", "pageup")
    room.hears("That is the first step.")
    await room.presses("m")
    room.does_not_see("microscope:")
    assert "Lights on" in room.highlighted_row


async def test_the_microscope_closes_with_escape_and_with_its_step(room: Facilitator) -> None:
    await room.presses("escape", "home", "m", "escape")
    assert room.list.id == "steps"
    room.does_not_see("under the microscope")
    await room.presses("m", "tab")
    assert room.typing
    await room.presses("escape")
    assert room.list.id == "microscope"


async def test_undo_reaches_through_the_microscope(room: Facilitator) -> None:
    await room.says("Extra step")
    await room.presses("escape", "end", "m", "v", "u")
    assert room.session.steps[3].value is None
    room.sees("Step 4 of 4 under the microscope: Extra step")
    await room.presses("u")
    assert len(room.session.steps) == 3
    room.does_not_see("under the microscope")
    assert room.list.id == "steps"


async def test_a_long_map_gets_a_gentle_word(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="map", mapped=[f"Step {n}" for n in range(12)])
    async with opened(tmp_path, holding=held) as room:
        await room.says("One more")
        assert "more than twelve steps" in room.question
        await room.presses("pageup")
        assert room.typing
        await room.presses("escape", "home", "pagedown")
        assert room.highlighted_row != "Step 0"
        await room.presses("n", "slash")
        await room.says("step 9")
        assert "Step 9" in room.highlighted_row


async def test_mouse(room: Facilitator) -> None:
    await room.clicks("Names called")
    assert "Names called" in room.highlighted_row
    await room.clicks("m microscope")
    room.sees("under the microscope: Names called")
    await room.clicks("Adds value?", times=2)
    await room.says("adds")
    assert room.session.steps[1].value == "adds"
    await room.clicks("PgDn next step")
    room.sees("under the microscope: Queue")
    await room.clicks("m close")
    room.does_not_see("under the microscope")
    await room.clicks("Queue", times=2)
    assert room.line == "Queue @Nurse"
    await room.presses("escape")
    await room.clicks("3 Ideas")
    assert room.stage == "ideas"
    room.hears("Still open in 2 Map: 2 steps not yet looked at.")
