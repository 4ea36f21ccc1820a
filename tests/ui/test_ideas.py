"""Stage 3 by its keys: stop, start, continue."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from promote_tui.session.edits import choose
from promote_tui.session.model import PerVoice, Session
from tests.ui.made import made
from tests.ui.room import Facilitator, opened

STEPS = ["Lights on", "Names called"]
IDEAS = ["- Calling names #2", "+ Tea earlier #1", "+ Ask first", "= Knocking"]


@pytest.fixture
async def room(tmp_path: Path, session: Session) -> AsyncIterator[Facilitator]:
    """A room with ideas in all three columns."""
    async with opened(tmp_path, holding=made(session, stage="ideas", mapped=STEPS, thought=IDEAS)) as room:
        yield room


def texts(room: Facilitator, kind: str) -> list[str]:
    return [idea.text for idea in room.session.ideas if idea.kind == kind]


def names(room: Facilitator) -> list[str]:
    return [group.name for group in room.session.groups]


async def test_signs_and_steps_in_the_line(room: Facilitator) -> None:
    await room.presses("i")
    room.sees("- stop + start = continue #3 step 3")
    for line in ("-Shouting", "+ Whisper #1", "= Smiling"):
        await room.says(line)
    assert texts(room, "stop") == ["Calling names", "Shouting"]
    assert texts(room, "start") == ["Tea earlier", "Ask first", "Whisper"]
    assert texts(room, "continue") == ["Knocking", "Smiling"]
    assert room.session.ideas[5].step == room.session.steps[0].id
    await room.says("Sitting down")
    assert texts(room, "continue")[-1] == "Sitting down"


async def test_a_step_that_is_not_there_stays_in_the_words_and_is_said(room: Facilitator) -> None:
    await room.says("+ Whisper #9")
    room.hears("There is no step 9, so the number stays in the words.")
    assert (texts(room, "start")[-1], room.session.ideas[-1].step) == ("Whisper #9", None)
    await room.says("+ Whisper #2")
    assert room.said == ""
    assert room.session.ideas[-1].step == room.session.steps[1].id


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_arrows_and_tab_walk_through_the_columns(
    tmp_path: Path, session: Session, size: tuple[int, int]
) -> None:
    held = made(session, stage="ideas", mapped=STEPS, thought=IDEAS)
    async with opened(tmp_path, holding=held, size=size) as room:
        await room.presses("escape")
        seen = [room.list.id]
        for key in ("right", "right", "right", "left", "left", "left", "tab", "tab"):
            await room.presses(key)
            seen.append(room.list.id)
        assert seen == [
            "stop", "start", "continue", "continue", "start", "stop", "stop", "start", "continue",
        ]  # fmt: skip
        room.sees("STOP 1", "START 2", "CONTINUE 1", "Knocking")
        await room.presses("tab")
        assert room.typing
        room.sees("Continue › - stop")
        await room.says("In the column in focus")
        room.hears("Added to Continue.   Ctrl+Z undo")
        assert texts(room, "continue")[-1] == "In the column in focus"
        await room.clicks("STOP")
        assert room.list.id == "stop"
        await room.clicks("CONTINUE")
        assert room.list.id == "continue"


async def test_edit_moves_an_idea_to_another_column_and_step(room: Facilitator) -> None:
    await room.presses_on("Calling names", "enter")
    assert room.line == "- Calling names #2"
    await room.replaces("+ Knocking first #1")
    assert texts(room, "stop") == []
    assert texts(room, "start")[0] == "Knocking first"
    ties = [room.session.ideas[0].step]
    await room.presses("enter")
    await room.replaces("no sign, no step")
    ties.append(room.session.ideas[0].step)
    assert ties == [room.session.steps[0].id, None]
    assert texts(room, "start")[0] == "no sign, no step"
    await room.presses("enter", "ctrl+u", "enter")
    room.hears("An idea cannot be empty.")
    await room.presses("escape")
    assert room.session.ideas[0].text == "no sign, no step"


async def test_move_stays_in_the_column(room: Facilitator) -> None:
    await room.presses("escape", "right", "home", "J")
    assert texts(room, "start") == ["Ask first", "Tea earlier"]
    await room.presses("J")
    room.hears("at the end already")
    await room.presses("K", "K")
    room.hears("at the top already")
    assert texts(room, "start") == ["Tea earlier", "Ask first"]
    await room.presses("u", "u", "alt+down", "U")
    room.hears("nothing to redo")


async def test_vote_smallest_take_on(room: Facilitator) -> None:
    await room.presses("escape", "right", "home", "v")
    room.hears("Hands up for “Tea earlier”")
    await room.says("3 x")
    room.hears("Type three numbers")
    assert room.line == "3 x"
    await room.replaces("3 1 4")
    assert room.session.ideas[1].votes == PerVoice(patient=3, carer=1, staff=4)
    room.hears("Hands up for “Ask first”")
    await room.presses("escape", "home", "s")
    room.sees("step 1 P3 C1 S4", "smallest")
    await room.presses("s")
    assert not room.session.ideas[1].smallest
    await room.presses("o")
    room.hears("Taken on. 4 gives it an owner")
    room.sees("taken on")
    await room.presses("o")
    room.hears("It is taken on already. 4 shows it.")
    assert [one.ideas for one in room.session.initiatives] == [(room.session.ideas[1].id,)]


async def test_whoever_is_alone_in_the_room_does_not_vote_alone(tmp_path: Path, session: Session) -> None:
    holding = made(session, stage="ideas", thought=IDEAS)
    holding = holding.model_copy(update={"present": PerVoice(patient=3, carer=1, staff=5)})
    async with opened(tmp_path, holding=holding) as room:
        await room.presses("escape", "right", "home", "v")
        await room.says("3 1 4")
        room.sees("P+C4 S4")
        await room.presses("4")
        room.sees("P+C4 S4")


async def test_remove_park_undo_find(room: Facilitator) -> None:
    await room.presses("escape", "right", "home", "x")
    room.hears("Removed: Tea earlier")
    await room.presses("p")
    room.hears("Parked under the processes of 1 Choose: Ask first")
    for key, reason in {
        "o": "Highlight an idea first", "v": "Highlight", "s": "Highlight", "x": "nothing to remove",
        "enter": "Nothing here yet", "K": "cannot be moved",
    }.items():  # fmt: skip
        await room.presses(key)
        room.hears(reason)
    await room.presses("u", "u")
    assert texts(room, "start") == ["Tea earlier", "Ask first"]
    await room.presses("slash")
    await room.says("ask")
    assert "Ask first" in room.highlighted_row


async def test_a_tie_to_a_removed_step_is_said(room: Facilitator) -> None:
    await room.goes_to("2")
    await room.presses_on("Names called", "x")
    await room.goes_to("3")
    room.sees("step gone")


async def test_the_starving_column_is_asked_about(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, stage="ideas", thought=["+ A", "+ B", "- C"])) as room:
        assert "nothing to continue yet" in room.question
        await room.says("= Knocking")
        assert room.question.startswith("What should we stop?")
        await room.presses("escape", "n")
        assert "one process" in room.question


async def test_mouse(room: Facilitator) -> None:
    await room.clicks("START")
    await room.clicks("Ask first", times=2)
    assert room.line == "+ Ask first"
    await room.types(" #1")
    await room.clicks("Enter keep")
    assert room.session.ideas[2].step == room.session.steps[0].id
    await room.clicks("o take it on")
    room.hears("Taken on.")


async def test_the_highlight_follows_an_idea_to_its_new_column(room: Facilitator) -> None:
    await room.presses_on("Calling names", "enter")
    await room.replaces("+ Knocking first")
    assert room.list.id == "start"
    assert "Knocking first" in room.highlighted_row


async def test_ideas_of_a_group_stand_together(room: Facilitator) -> None:
    await room.says("+ Sit down for a minute")
    await room.presses_on("Tea earlier", "g")
    room.hears("“Tea earlier”: which group is it part of?")
    await room.says("A gentler start")
    room.sees("A gentler start")
    await room.presses_on("Sit down", "g")
    room.sees("1 A gentler start or a new name")
    await room.says("1")
    assert room.rows == ["Ask first", "Tea earlier step 1", "Sit down for a minute"]
    for words, keys in {"Ask first": "JK", "Tea earlier": "K", "Sit down": "J"}.items():
        for key in keys:
            await room.presses_on(words, key)
            room.hears("at the end already" if key == "J" else "at the top already")
    await room.presses_on("Tea earlier", "J")
    assert room.rows == ["Ask first", "Sit down for a minute", "Tea earlier step 1"]
    await room.says("+ Whisper")
    await room.presses("escape")
    assert room.highlighted_row == "Whisper", "the newest, not the last one that is shown"
    await room.presses("g")
    await room.says("a GENTLER start")
    await room.presses("left", "g")
    await room.says("Quiet")
    assert names(room) == ["A gentler start", "Quiet"]
    await room.presses("g")
    assert room.line == "Quiet"
    await room.replaces("")
    assert names(room) == ["A gentler start"], "a group goes with its last idea"
    assert room.highlighted_row == "Calling names step 2"
    await room.presses("u")
    assert names(room) == ["A gentler start", "Quiet"]


async def test_two_ideas_in_one_line_are_taken_apart(room: Facilitator) -> None:
    double = "Put up pictures by patients and take down old posters"
    await room.says(f"+ {double} #1")
    room.hears("Added. This looks like two ideas.", "S takes it apart")
    await room.presses("escape", "S")
    assert room.line == "Put up pictures by patients / Take down old posters"
    await room.presses("escape")
    assert texts(room, "start")[-1] == double
    await room.presses("S", "enter")
    assert texts(room, "start")[-2:] == ["Put up pictures by patients", "Take down old posters"]
    assert [idea.step for idea in room.session.ideas[-2:]] == ["step-1", "step-1"]
    await room.presses_on("Ask first", "S")
    assert room.line == "Ask first"
    await room.replaces("Ask first | = Wait for an answer #2")
    assert (texts(room, "continue"), room.session.ideas[3].step) == (
        ["Wait for an answer", "Knocking"],
        "step-2",
    )


async def test_gentle_questions_stand_in_nobodys_way(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="ideas", told=["Waking up", "Meal times"], thought=["+ Improve communication"])
    async with opened(tmp_path, holding=choose.choose_process(held, "candidate-1")) as room:
        vague = "What would we see or hear on the ward if this happened tomorrow?"
        await room.says("+ Tea earlier")
        assert room.said == ""
        await room.says("+ More support for people")
        room.hears(f"Added. {vague}")
        await room.types("+ Bring meal ")
        await room.says("trays at different times")
        room.hears("Added. Is this about “Meal times”? p parks it for another session.")
        await room.presses("escape", "p")
        room.hears("Parked under the processes of 1 Choose: Bring meal trays at different times")
        assert room.session.parked[0].because == "another process"
        assert texts(room, "start") == ["Improve communication", "Tea earlier", "More support for people"]
        asked = []
        for key in ("home", "down", "down", "o", "up", "down"):
            await room.presses(key)
            asked.append(room.said == vague)
        assert asked == [True, False, True, False, False, False], "nothing is asked about what is taken on"
        assert room.session.initiatives[0].ideas == ("idea-3",)


async def test_pasted_ideas(room: Facilitator) -> None:
    await room.types("+ ")
    await room.pastes(
        "1. 10 minutes earlier #1\n2) 2 nurses in the morning\n• - Shouting\n\n* Whisper\n= Smiling #2"
    )
    room.hears("5 lines added.")
    assert texts(room, "start")[2:] == ["10 minutes earlier", "2 nurses in the morning", "Whisper"]
    assert (texts(room, "stop")[1:], texts(room, "continue")[1:]) == (["Shouting"], ["Smiling"])
    assert (room.session.ideas[4].step, room.session.ideas[-1].step) == ("step-1", "step-2")
    await room.presses("ctrl+z")
    assert len(room.session.ideas) == 4
    await room.pastes("+ Wait #2\n+ Sit #7")
    room.hears("Added. There is no step 7, so the number stays in the words.")


async def test_three_hundred_ideas_and_their_votes(tmp_path: Path, session: Session) -> None:
    signs = "-+="
    held = made(session, stage="ideas", thought=[f"{signs[n % 3]} Idea {n}" for n in range(300)])
    held = held.model_copy(update={"present": PerVoice(patient=2, carer=2, staff=3), "dots": 3})
    async with opened(tmp_path, holding=held) as room:
        await room.presses("escape", "right", "end")
        room.sees("STOP 100", "START 100", "CONTINUE 100", "Idea 298")
        await room.presses("pageup", "slash")
        await room.says("idea 289")
        assert room.highlighted_row == "Idea 289"
        await room.presses("v")
        room.hears("Hands up for “Idea 289”", "Dots left: patients 6, carers 6, staff 9")
        await room.says("4 0 1")
        room.hears("Hands up for “Idea 292”", "Dots left: patients 2, carers 6, staff 8")
        await room.says("3 0 1")
        room.hears("Hands up for “Idea 295”", "Dots left: patients 1 over, carers 6, staff 7")
        await room.says("")
        room.hears("Hands up for “Idea 298”")
        await room.presses("escape")
        assert not room.typing
        votes = {idea.text: idea.votes for idea in room.session.ideas if idea.votes != PerVoice()}
        assert votes == {"Idea 289": PerVoice(patient=4, staff=1), "Idea 292": PerVoice(patient=3, staff=1)}
        assert "Idea 298" in room.highlighted_row
        await room.presses("v")
        await room.says("0 0 1")
        assert room.typing, "the next column is asked about too"
        await room.presses("escape")
