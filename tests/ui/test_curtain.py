from pathlib import Path

from textual import events

from promote_tui.session.model import Session
from promote_tui.ui.curtain import Curtain
from promote_tui.ui.stage_screen import StageScreen
from tests.ui.made import made
from tests.ui.room import Facilitator, opened

TOLD = ["p: Lights at eight", "Waking up"]


def closed(room: Facilitator) -> bool:
    """Say whether the room sees nothing but the time."""
    return isinstance(room.app.screen, Curtain) and set(room.screen) <= set(" █▀▄\n")


async def test_one_key_blanks_it_and_two_show_it(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=TOLD)) as room:
        before = room.session
        await room.presses("b")
        assert closed(room)
        for key in (
            "x",
            "u",
            "2",
            "q",
            "f1",
            "ctrl+p",
            "ctrl+q",
            "ctrl+z",
            "ctrl+c",
            "escape",
            "tab",
            "b",
            "alt+b",
        ):
            await room.presses(key)
            room.sees("Show the screen again? Enter or y shows it. Anything else keeps it closed.")
            room.does_not_see("Lights", "Waking", "Mulberry")
            await room.presses(key)
            assert closed(room), key
        await room.pastes("p: pasted")
        await room.pilot.hover(offset=(10, 10))
        assert closed(room)
        await room.pilot.click(offset=(40, 12))
        await room.settles()
        room.sees("Show the screen again?")
        await room.pilot.click(offset=(40, 12))
        await room.settles()
        assert closed(room)
        await room.presses("y")
        room.sees("Show the screen again?")
        await room.presses("y")
        assert isinstance(room.app.screen, StageScreen)
        assert room.session is before
        assert room.highlighted_row.startswith("PATIENT")
        await room.presses("b", "enter", "enter", "x")
        room.hears("Removed")


async def test_it_closes_at_once_while_typing(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=TOLD)) as room:
        await room.types("p: The door sl")
        await room.sends("\x1bb")
        assert closed(room)
        await room.presses("enter", "enter")
        assert room.typing
        await room.types("ams\r")
        assert room.session.stories[-1].text == "The door slams"
        await room.presses("escape", "right", "v")
        await room.types("no number")
        await room.presses("enter", "f2")
        assert closed(room), "a refused answer does not keep it open"
        await room.presses("x", "y")
        assert room.line == "no number"
        await room.presses("escape", "escape", "escape", "ctrl+p")
        await room.types("Curtain")
        await room.until(lambda: "someone walks in" in room.screen)
        await room.presses("alt+b")
        assert closed(room), "over the palette too"
        await room.presses("enter", "enter", "enter")
        assert closed(room)
        await room.presses("enter", "enter", "question_mark", "alt+b")
        assert closed(room), "over help"
        await room.presses("enter", "enter", "escape", "f", "b")
        assert closed(room), "over the focus view"
        await room.presses("enter", "enter", "escape", "q", "b")
        assert closed(room), "over home"
        await room.presses("enter", "enter", "ctrl+p")
        await room.until(lambda: "someone walks in" in room.screen)
        room.does_not_see("Timer")
        await room.presses("escape", "escape")
        room.sees("1 session")


async def test_nothing_that_goes_on_beneath_shows_through(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=TOLD), size=(60, 20)) as room:
        await room.presses("t")
        await room.says("1")
        await room.types("p: Secret\r")
        await room.sends("\x1bb")
        screen, first = room.app.screen, room.screen
        assert isinstance(screen, Curtain)
        await room.saved()
        room.app.stage_screen.refuse("Not saved: Secret")
        room.app.stage_screen.tick()
        room.clock.later(minutes=1)
        room.app.stage_screen.tick()
        await room.settles()
        assert closed(room)
        assert room.screen == first
        screen.draw()
        await room.settles()
        assert closed(room)
        assert room.screen != first, "the time of day"
        room.app.screen.post_message(events.Paste("Secret"))
        await room.pilot.resize_terminal(120, 36)
        await room.settles()
        assert closed(room)
        assert room.app.title == "promote"
        assert room.app.sub_title == ""
