"""What belongs to what, and common processes: choices that Enter takes and gives back."""

from pathlib import Path

from promote_tui.session.model import PerVoice, Session
from promote_tui.ui.pick import Pick
from tests.ui.made import made
from tests.ui.room import Facilitator, opened

TOLD = ["p: Lights at eight", "c: Nobody rang", "s: We rush", "Waking up", "Meal times"]


def ties(room: Facilitator) -> list[list[str]]:
    return [list(story.candidates) for story in room.session.stories]


def picking(room: Facilitator) -> bool:
    return isinstance(room.app.screen, Pick)


async def test_y_ties_and_unties_at_every_stage(tmp_path: Path, session: Session) -> None:
    held = made(session, told=TOLD, mapped=["Lights on", "Names called"], thought=["+ Tea earlier"])
    async with opened(tmp_path, holding=held) as room:
        # a story: Enter ties, Enter once more unties, the space bar is like Enter
        await room.presses_on("Lights at eight", "y")
        room.sees("What belongs to “Lights at eight”?", "Processes", "[ ] Waking up", "[ ] Meal times")
        await room.presses("enter")
        room.sees("[■] Waking up", "[ ] Meal times")
        await room.presses("down", "space")
        assert ties(room)[0] == ["candidate-1", "candidate-2"]
        await room.presses("enter")
        assert ties(room)[0] == ["candidate-1"]
        await room.presses("escape")
        room.sees("on Waking up")
        assert "Lights at eight" in room.highlighted_row
        await room.presses("u")
        assert ties(room)[0] == ["candidate-1", "candidate-2"]

        # a process, also from the frame of the chosen one: the same ties from the other side
        await room.presses("right")
        await room.presses_on("Waking up", "c", "escape")
        for where in ("Waking up", "Starts"):
            await room.presses_on(where, "y")
            room.sees(
                "What belongs to “Waking up”?", "Stories", "Lights at eight", "patient", "carer", "staff"
            )
            await room.clicks("We rush", times=2)
            await room.presses("q")
            assert not picking(room)
        assert ties(room) == [["candidate-1", "candidate-2"], [], []]
        room.sees("stories P1 C– S–")

        # a step, from its row and from under the microscope
        await room.goes_to("2")
        await room.presses("home", "y")
        room.sees("What belongs to “Lights on”?")
        await room.presses("down", "enter", "y")
        assert not picking(room)
        await room.presses("m", "y")
        room.sees("[■] Nobody rang", "[ ] We rush")
        await room.presses("end", "enter", "e")
        assert room.session.steps[0].stories == ("story-2", "story-3")

        # an idea: its step, of which there is one at most, and its stories
        await room.goes_to("3")
        await room.presses("right", "home", "y")
        room.sees("Its step", "[ ] Lights on", "step 1", "step 2", "Stories", "[ ] We rush")
        await room.presses("enter", "down", "enter", "end", "enter")
        room.sees("[ ] Lights on", "[■] Names called", "[■] We rush")
        idea = room.session.ideas[0]
        assert (idea.step, idea.stories) == ("step-2", ("story-3",))
        await room.presses("escape")
        room.sees("step 2 1 story")

        # what is not tied to anything says what could be
        await room.goes_to("5")
        await room.presses("escape", "y")
        room.hears("Highlight a story, a process, a step or an idea first.")


async def test_nothing_to_tie_says_so(tmp_path: Path, session: Session) -> None:
    held = made(session, told=["Waking up"], mapped=["Lights on"])
    async with opened(tmp_path, holding=held) as room:
        await room.presses("escape", "y")
        room.hears("Highlight a story, a process, a step or an idea first.")
        await room.presses("right", "y")
        room.hears("There is no story to tie it to yet.")
        await room.presses("x", "i")
        await room.says("p: Lights at eight")
        await room.presses("escape", "y")
        room.hears("There is no process to tie it to yet.")
        await room.presses("x")
        await room.goes_to("2")
        await room.presses("home", "y")
        room.hears("There is no story to tie it to yet. 1 goes to where they are told.")
        await room.presses("x")
        await room.goes_to("3")
        await room.says("+ Tea earlier")
        await room.presses("escape", "y")
        room.hears("There is no step and no story to tie it to yet.")
        assert not picking(room)


async def test_many_hostile_and_lone_voices(tmp_path: Path, session: Session) -> None:
    hostile = "[/b] [red]x[/red] [@click=app.quit]y[/] :warning: [/"
    lines = [f"p: {hostile}", f"c: {'long ' * 30}end", *(f"s: Story {n}" for n in range(300)), hostile]
    held = made(session, told=lines)
    # the one patient and the one carer in the room are nobody's guess
    held = held.model_copy(update={"present": PerVoice(patient=1, carer=1, staff=5)})
    async with opened(tmp_path, holding=held, size=(60, 20)) as room:
        await room.presses("escape", "right", "home", "y")
        room.sees(f"What belongs to “{hostile[:30]}", "long end")
        assert all(row.endswith("patient or carer") for row in room.rows[:2])
        assert all(row.endswith("staff") for row in room.rows[2:])
        assert len(room.rows) == 302
        await room.presses("end", "enter", "pageup", "enter", "home", "enter")
        room.sees("[■] [/b] [red]x[/red]")
        assert sum(bool(story.candidates) for story in room.session.stories) == 3
        assert room.app.screen.query_one("#hints").region.bottom == 20
        for strip in room.strips:
            assert not any(one.style and "@click" in str(one.style.meta) for one in strip)
        # the keys of the stage under it do nothing here
        for key in "iVJ":
            await room.presses(key)
            room.hears(f"{key} does nothing here. Enter takes and gives back, Esc is done.")
        await room.presses("ctrl+z")
        assert picking(room)
        assert len(room.session.stories) == 302


async def test_common_processes_are_taken_and_given_back(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=["the ward round"])) as room:
        await room.presses("escape", "e")
        room.sees("Which of these come to mind?", "Welcome", "[ ] Finding the way in")
        await room.highlights("The ward round")
        room.sees("[■] The ward round")
        await room.presses_on("Finding the way in", "enter")
        await room.presses_on("The first night", "enter", "enter")
        await room.presses_on("The first night", "enter", "e")
        named = [candidate.name for candidate in room.session.candidates]
        assert named == ["the ward round", "Finding the way in", "The first night"]
        await room.presses("right")
        await room.presses_on("Finding the way in", "c", "escape", "e")
        await room.presses_on("Finding the way in", "enter")
        room.hears("This one is chosen already.")
        await room.presses_on("The ward round", "enter")
        assert room.said == ""
        await room.clicks("Esc done")
        assert not picking(room)
        assert room.session.process.name == "Finding the way in"
        assert [one.name for one in room.session.candidates] == ["Finding the way in", "The first night"]
        await room.presses("u")
        assert len(room.session.candidates) == 3
