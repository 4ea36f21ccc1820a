"""Stage 2 by its keys: the steps in order, and the microscope that walks from step to step."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from promote_tui.session.edits import items, ties
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
    room.sees("low good", "●···· Lights on")
    await room.presses("minus")
    room.hears("That is as far as it goes.")
    await room.presses(*["plus"] * 4)
    assert room.session.steps[0].feeling == 2
    room.sees("····● Lights on")


async def test_the_microscope_opens_walks_and_closes(room: Facilitator) -> None:
    await room.presses_on("Names called", "m")
    room.sees("Step 2 of 3 under the microscope")
    assert room.list.id == "microscope"
    assert "add for the person" in room.question
    await room.presses("right", "right")
    room.sees("NEEDED FOR NOW")
    await room.presses("left", "enter")
    room.hears("Does it add value for the person?")
    assert room.line == "adds"
    await room.replaces("2")
    room.hears("Is it the best we can do?")
    await room.presses("escape", "right", "right")
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
    room.sees("Step 3 of 3 under the microscope")
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
    room.sees("Step 4 of 4 under the microscope")
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


def shown(room: Facilitator) -> list[str]:
    """Return the numbers and titles of the map in view, as they are shown."""
    return [" ".join(row.split()[:2]) for row in room.rows]


async def test_what_happens_now_and_then_is_kept_aside_and_numbered_last(room: Facilitator) -> None:
    await room.presses_on("Names called", "e")
    room.hears("Kept aside: it happens now and then")
    assert shown(room) == ["1 Lights", "2 Queue", "3 Names"]
    assert "Names called" in room.highlighted_row
    room.sees("Now and then kept aside, not counted", "2 steps 1 now and then 5 min")
    await room.presses("p")
    assert room.session.parked[0].because == "an exception"
    await room.presses("u")
    for words, steps in {"Names called": "KJ", "Queue": "J", "Lights on": "K"}.items():
        for key in steps:
            await room.presses_on(words, key)
            room.hears("at the end already" if key == "J" else "at the top already")
    await room.presses_on("Lights on", "J")
    assert titles(room) == ["Names called", "Queue", "Lights on"]
    assert shown(room) == ["1 Queue", "2 Lights", "3 Names"]
    await room.goes_to("3")
    await room.says("+ Ask at the door #3")
    await room.says("+ Dim them first #2")
    assert [idea.step for idea in room.session.ideas] == ["step-2", "step-1"]
    await room.highlights("Dim them first")
    assert room.rows == ["Ask at the door step 3", "Dim them first step 2"]
    await room.goes_to("2")
    await room.presses_on("Names called", "o")
    await room.says("Fire alarm")
    await room.presses("escape")
    assert shown(room) == ["1 Queue", "2 Lights", "3 Names", "4 Fire"]
    await room.presses("u", "end", "m")
    room.sees("Step 3 of 3 under the microscope")
    await room.presses("e", "m")
    room.hears("It usually happens")
    assert shown(room) == ["1 Names", "2 Queue", "3 Lights"]
    room.sees("3 steps 20 min")
    room.does_not_see("Now and then")
    await room.goes_to("3")
    assert room.rows == ["Ask at the door step 1", "Dim them first step 3"]


async def test_new_steps_go_right_after_the_highlighted_one(room: Facilitator) -> None:
    await room.presses_on("Lights on", "o")
    room.sees("after 1 ›")
    for line in ("Curtains", "Radio"):
        await room.says(line)
    await room.presses("ctrl+z")
    assert titles(room) == ["Lights on", "Curtains", "Names called", "Queue"]
    await room.says("Kettle")
    await room.presses("ctrl+z", "ctrl+z")
    await room.says("Knock")
    await room.pastes("1. Tea\n• Milk 2m\n- Sugar\n")
    first = ["Lights on", "Knock", "Tea", "Milk", "Sugar", "Names called", "Queue"]
    assert titles(room) == first
    await room.says("@HCA 5m")
    room.hears("Say what happens too")
    await room.replaces("Biscuits")
    assert titles(room)[5] == "Biscuits"
    await room.presses("escape")
    assert room.highlighted_row.startswith("6 Biscuits")
    await room.says("The end")
    assert titles(room)[-1] == "The end"
    room.does_not_see("after 1")
    await room.presses("escape", "w")
    await room.presses_on("Queue", "o")
    await room.says("Breakfast")
    assert [step.title for step in room.session.future_steps][-3:] == ["Queue", "Breakfast", "The end"]
    assert len(titles(room)) == 9


async def test_a_step_is_split_and_joined_with_all_that_hangs_on_it(tmp_path: Path, session: Session) -> None:
    held = made(
        session, stage="map", told=["p: One", "s: Two"], mapped=STEPS, thought=["+ Ask #2", "+ Sit #3"]
    )
    held = ties.turn(ties.turn(held, "step-2", "story-1"), "step-3", "story-2")
    async with opened(tmp_path, holding=held) as room:
        await room.presses_on("Names called", "S")
        room.hears("Where does it come apart? Put a / between two spaces")
        await room.presses("enter")
        assert titles(room) == ["Lights on", "Names called", "Queue"]
        await room.presses("S")
        await room.replaces("Names called at the door @Nurse | Doors opened 5m")
        made_of = [(step.title, step.who, step.minutes) for step in room.session.steps[1:3]]
        assert made_of == [("Names called at the door", "Nurse", 10), ("Doors opened", "", 5)]
        assert "Names called at the door" in room.highlighted_row
        await room.presses("M")
        room.hears("Joined with the next step")
        await room.presses("M")
        step = room.session.steps[1]
        assert (step.title, step.minutes) == ("Names called at the door, Doors opened, Queue", 15)
        assert set(step.stories) == {"story-1", "story-2"}
        assert [idea.step for idea in room.session.ideas] == ["step-2", "step-2"]
        await room.presses("M")
        room.hears("It is the last step")
        await room.presses("u", "u", "u")
        assert room.session.steps == held.steps


async def test_the_map_of_how_it_could_be_begins_as_a_copy(room: Facilitator) -> None:
    await room.presses_on("Names called", "e", "w")
    room.hears("A copy of today")
    assert room.list.id == "future"
    assert shown(room) == ["1 Lights", "2 Queue"]
    seen = []
    for key in ("left", "right", "right", "w", "w", "tab", "tab", "w", "tab", "shift+tab", "shift+tab"):
        await room.presses(key)
        seen.append("typing" if room.typing else room.list.id)
    assert seen == [
        "steps", "future", "future", "steps", "future", "typing", "future", "steps", "future", "steps",
        "typing",
    ]  # fmt: skip
    await room.presses("escape", "right")
    await room.says("Tea at the door 3m")
    await room.says("Tea")
    assert len(titles(room)) == 3
    for _ in range(4):
        await room.presses_on("1 ", "x")
    assert not room.session.future_steps
    assert room.list.id == "steps"
    room.does_not_see("Could be")
    await room.presses("u")
    assert [step.title for step in room.session.future_steps] == ["Tea"]
    await room.presses("u", "u", "u", "u", "u", "right", "i", "ctrl+z")
    room.hears("Undone: start the map of how it could be.")
    assert room.typing, "undo does not take the line away"
    await room.says("Breakfast")
    assert titles(room)[-1] == "Breakfast"


async def test_both_maps_stand_side_by_side_and_have_the_same_keys(tmp_path: Path, session: Session) -> None:
    async with opened(
        tmp_path, holding=made(session, stage="map", told=["p: One"], mapped=STEPS), size=(120, 36)
    ) as room:
        await room.presses_on("Names called", "w")
        room.sees("Today 20 min", "Could be 20 min")
        assert "How could it be, for the person?" in room.question
        await room.presses_on("Names called", "x", "v", "plus", "m")
        room.sees("Could be: 2 steps 5 min", "15 min released each time")
        room.sees("Step 2 of 2 under the microscope")
        await room.presses("down", "right", "end", "enter", "enter", "escape")
        await room.presses("t", "enter", "pageup", "v", "v", "v")
        room.sees("Step 1 of 2 under the microscope")
        today, future = room.session.steps, room.session.future_steps
        assert [step.model_copy(update={"stories": ()}) for step in today] == list(today)
        assert [(step.value, step.feeling, step.best_we_can, step.stories) for step in future] == [
            ("removable", None, None, ()), ("adds", 1, True, ("story-1",)),
        ]  # fmt: skip
        assert all(step.value is None for step in today)
        room.hears("This step: could go")
        await room.presses("u")
        room.sees("Step 1 of 2 under the microscope", "NEEDED FOR NOW")
        assert room.list.id == "microscope"
        await room.presses("escape", "enter")
        await room.replaces("Lights dimmed @HCA 30m")
        room.sees("10 min more each time")


async def test_the_microscope_says_how_far_the_room_is_and_who_was_heard(
    tmp_path: Path, session: Session
) -> None:
    held = made(
        session, stage="map", told=["p: One", "p: Two", "s: Three"], mapped=[*STEPS, "Tea", "Fire alarm"]
    )
    held = items.change(held, "step-5", usual=False)
    async with opened(tmp_path, holding=held) as room:
        await room.presses("escape", "home", "m", "v", "pagedown", "v", "end")
        room.sees("Step 2 of 5 under the microscope, 2 of 4 looked at")
        room.sees("Heard here nobody yet: Enter ties stories to it")
        await room.presses("enter")
        room.sees("What belongs to “Names called”?", "[ ] One", "[ ] Three")
        for words in ("Two", "Three"):
            await room.presses_on(words, "enter")
        await room.presses("escape")
        assert set(room.session.steps[1].stories) == {"story-2", "story-3"}
        assert room.list.id == "microscope"
        room.sees("Heard here patients 1, carers none yet, staff 1")
        await room.presses("pagedown", "pagedown", "pagedown")
        room.sees("Step 5 of 5 under the microscope")
        await room.presses("v", "pagedown")
        room.hears("That was the last step: 2 of 4 looked at.")


async def test_sixty_steps(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="map", mapped=[f"Step {n} @HCA 1m" for n in range(1, 61)])
    async with opened(tmp_path, holding=held) as room:
        assert "more than twelve steps" in room.question
        room.sees("60 steps 60 min", "This is a long map. Which steps happen most of the time?")
        await room.highlights("Step 60")
        room.sees("Step 60", "60 steps 60 min")
        await room.presses("home")
        pages = 0
        while "Step 60" not in room.highlighted_row:
            before = room.highlighted_row
            await room.presses("pagedown")
            assert room.highlighted_row != before
            pages += 1
        assert pages < 10
        await room.presses("home", "m")
        room.presses_in_one_go(*["pagedown"] * 59, "v")
        await room.settles()
        room.sees("Step 60 of 60 under the microscope, 1 of 60 looked at: Step 60")
        await room.presses("pagedown")
        room.hears("That was the last step: 1 of 60 looked at.")


async def test_a_removed_step_leaves_what_hung_on_it(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="map", told=["p: One", "s: Two"], mapped=STEPS, thought=["+ Ask #2"])
    held = ties.turn(ties.turn(held, "step-2", "story-1"), "idea-1", "story-1")
    async with opened(tmp_path, holding=held) as room:
        await room.presses_on("Names called", "m", "escape", "x")
        assert "Queue" in room.highlighted_row
        await room.goes_to("3")
        await room.presses("right")
        assert room.rows == ["Ask step gone 1 story"]
        await room.presses("u")
        assert room.rows == ["Ask step 2 1 story"]
        await room.presses("y")
        room.sees("Stories heard at its step ► 1 [■] One", "Its step 2 [ ] Lights on", "Stories 5 [ ] Two")
        offered = [row.split("]")[1].split()[0] for row in room.rows]
        assert offered == ["One", "Lights", "Names", "Queue", "Two"]
        await room.presses("escape")
        assert room.session.steps == held.steps


async def test_mouse(room: Facilitator) -> None:
    await room.clicks("Names called")
    assert "Names called" in room.highlighted_row
    await room.clicks("m microscope")
    room.sees("looked at: Names called")
    await room.clicks("Adds value?", times=2)
    await room.says("adds")
    assert room.session.steps[1].value == "adds"
    await room.presses("escape")
    await room.clicks("PgDn next")
    room.sees("looked at: Queue")
    await room.clicks("m close")
    room.does_not_see("under the microscope")
    await room.clicks("Queue", times=2)
    assert room.line == "Queue @Nurse"
    await room.presses("escape")
    await room.clicks("3 Ideas")
    assert room.stage == "ideas"
    room.hears("Still open in 2 Map: 2 steps not yet looked at.")
