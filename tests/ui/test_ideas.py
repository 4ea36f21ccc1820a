"""Stage 3 by its keys: stop, start, continue."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

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


async def test_signs_and_steps_in_the_line(room: Facilitator) -> None:
    await room.presses("i")
    room.sees("- stop + start = continue #3 ties it to step 3")
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
        await room.says("In the column in focus")
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
