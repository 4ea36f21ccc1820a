"""What other sessions tried: said while an idea is typed, and on a page of its own."""

import threading
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from textual.widget import Widget

from promote_tui.session.edits import choose, items, own, review
from promote_tui.session.model import Session
from promote_tui.session.similar import Asking
from promote_tui.ui import tried_hint
from promote_tui.ui.app import PromoteApp
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.tried_before import TriedBefore, page_of_words
from promote_tui.ui.tried_hint import TriedHint
from promote_tui.ui.widgets.bands import MessageLine
from tests.ui.made import TODAY, knows_of, made
from tests.ui.room import SIZES, Facilitator, opened


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for shorter pauses of the typing than a room makes."""
    monkeypatch.setattr(tried_hint, "_REST_SECONDS", 0.02)


@pytest.fixture
def larch(session: Session) -> Session:
    """A session of another ward, with a runner, one that was let go and one that nobody took on."""
    held = made(
        session,
        told=["Waking up"],
        mapped=["Lights on"],
        thought=["+ Tea ten minutes before waking #1", "- Calling names from the door", "+ Tea trolley"],
        owned=2,
    )
    held = choose.choose_process(held, "candidate-1")
    march, june = date(2026, 3, 3), date(2026, 6, 3)
    held = own.set_measure(held, "initiative-1", name="Cups", unit="a day", baseline=4, target=10)
    held = own.check_in(held, "initiative-1", "three_months", june, value=9, happened="They smile")
    held = items.change(held, "initiative-1", owner="HCA, nights", stage="runner", started_on=march)
    held = items.change(held, "initiative-2", stage="let go", learnt="No one at weekends")
    return held.model_copy(update={"id": "larch", "title": "Mornings", "team": "Larch", "held_on": march})


def oak(larch: Session) -> Session:
    return larch.model_copy(update={"id": "oak", "team": "Oak", "held_on": date(2026, 1, 2)})


def hint(room: Facilitator) -> str:
    return room.app.stage_screen.query_one("#message", MessageLine).hint[0]


def places(room: Facilitator) -> list[object]:
    return [widget.region for widget in room.app.screen.walk_children(Widget)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_quiet_line_says_so_and_nothing_moves(
    tmp_path: Path, session: Session, larch: Session, size: tuple[int, int]
) -> None:
    held = made(session, stage="ideas")
    async with opened(tmp_path, holding=held, size=size) as room:
        knows_of(room.app, larch, oak(larch))
        await room.types("+ Tea ten minutes before")
        before = places(room)
        await room.types(" waking")
        await room.until(lambda: hint(room))
        assert places(room) == before
        room.sees("Tried before: Larch, Mar 2026: runner", "and 1 more: F4")
        await room.presses("ctrl+u")
        room.does_not_see("Tried before")
        # a stop is no start, and what only shares a word is not said
        for line in ("- Tea ten minutes before waking", "+ Tea in the garden"):
            await room.types(line)
            await room.until(partial(is_answered, room, line))
            room.does_not_see("Tried before")
            await room.presses("ctrl+u")
        await room.says("- Names called from the door")
        assert room.session.ideas[-1].text == "Names called from the door"


def is_answered(room: Facilitator, line: str) -> bool:
    return asked(room) == line.lstrip("+- ")


def asked(room: Facilitator) -> str:
    """Return the words that were looked for last, once the answer is there."""
    screen = room.app.stage_screen
    assert isinstance(screen, TriedHint)
    return "" if screen._looking or not screen._asked else screen._asked[2]


async def test_what_nobody_took_on_was_thought_of_and_is_shown_as_it_stands(
    tmp_path: Path, session: Session, larch: Session
) -> None:
    larch = made(larch.model_copy(update={"initiatives": (), "ideas": ()}), thought=["+ [Tea] earlier [/]"])
    async with opened(tmp_path, holding=made(session, stage="ideas"), size=(120, 36)) as room:
        knows_of(room.app, larch.model_copy(update={"id": "larch"}))
        await room.types("+ Earlier tea")
        await room.until(lambda: hint(room))
        room.sees("Thought of before: Larch, Mar 2026: not taken on – “[Tea] earlier [/]” F4 shows it")


async def test_a_question_a_refusal_and_a_warning_come_first(
    tmp_path: Path, session: Session, larch: Session
) -> None:
    held = made(session, stage="ideas", thought=["+ Tea ten minutes before waking"])
    async with opened(tmp_path, holding=held, on=lambda app: knows_of(app, larch)) as room:
        await room.types("+ Tea before waking, ten minutes")
        await room.until(lambda: hint(room))
        room.sees("Tried before")
        await room.types(" Mrs Whitlow")
        room.sees("F3 masks it")
        room.does_not_see("Tried before")
        await room.presses("f3", "escape")
        room.does_not_see("Tried before")
        await room.presses("right", "enter")
        room.sees("The idea, with its sign and its step.")
        await room.presses("escape", "i")
        assert room.line.startswith("+ Tea before waking")


async def test_what_comes_late_or_not_at_all_is_nothing(
    tmp_path: Path, session: Session, larch: Session
) -> None:
    answers, seen = threading.Event(), []

    def slow(app: PromoteApp) -> None:
        knows_of(app, larch)
        real = app.library.catalogue.ideas_with

        def ideas_with(words: Sequence[str], limit: int) -> object:
            seen.append(list(words))
            assert answers.wait(10)
            if len(seen) == 3:
                raise OSError("the file is damaged")
            return real(words, limit)

        vars(app.library.catalogue)["ideas_with"] = ideas_with

    async with opened(tmp_path, holding=made(session, stage="ideas"), on=slow) as room:
        await room.types("+ Tea ten minutes before waking")
        await room.until(lambda: seen)
        await room.presses("ctrl+u")
        await room.types("+ Ear plugs")
        answers.set()
        await room.until(lambda: asked(room) == "Ear plugs")
        assert (hint(room), len(seen)) == ("", 2)
        await room.presses("ctrl+u")
        await room.types("+ Tea before waking, ten minutes")
        await room.until(lambda: asked(room).startswith("Tea"))
        assert (hint(room), len(seen)) == ("", 3)
        await room.presses("f4")
        await room.until(lambda: room.rows)
        room.sees("Tea ten minutes before waking")
        await room.presses("escape")
        (tmp_path / "other-0.toml").unlink()
        room.app.library.catalogue.refresh()
        await room.presses("f4")
        await room.until(lambda: "No other saved session tried anything like it yet." in room.screen)
        await room.presses("enter")
        room.hears("There is nothing to look at.")
        await room.presses("f4")
        assert (room.typing, room.line) == (True, "+ Tea before waking, ten minutes")


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_shows_what_became_of_it_and_the_whole_record(
    tmp_path: Path, session: Session, larch: Session, size: tuple[int, int]
) -> None:
    larch = review.add_part(larch, "initiative-1", "People notice", TODAY)
    larch = review.rate(larch, "initiative-1", 0, "amber", TODAY)
    held = made(session, stage="ideas", thought=["+ Tea before waking, ten minutes"])
    async with opened(tmp_path, holding=held, size=size, on=lambda app: knows_of(app, larch)) as room:
        await room.presses("escape", "right")
        await room.presses_on("Tea before", "B")
        await room.until(lambda: room.rows)
        room.sees("Who tried something like “Tea before waking, ten minutes”?", "2 ideas of 1 session")
        room.sees("Much the same 1", "With some of the same words 1")
        assert room.rows[0].startswith(
            "Tea ten minutes before waking Larch, Mar 2026: runner, from 4 to 9 a day"
        )
        assert room.rows[1].endswith("not taken on")
        await room.presses("enter")
        record = room.rows[0]
        for told in (
            "Session Mornings, Tue 3 Mar 2026", "Team Larch", "Process Waking up", "Step Lights on",
            "Owner HCA, nights", "Measure Cups (a day): 4 on Tue 3 Mar 2026, 9 on Wed 3 Jun 2026",
            "10 hoped for",
            "Reviews ▲ Amber Mon 23 Nov 2026", "Happened They smile",
        ):  # fmt: skip
            assert told in record
        await room.presses("question_mark")
        room.sees("Help: Tried before")
        await room.presses("escape", "enter")
        assert "Owner" not in room.rows[0]
        await room.presses("z")
        room.hears("z does nothing here. Esc goes back.")
        await room.presses("q")
        assert room.highlighted_row.startswith("Tea before waking")
        assert room.session.ideas == held.ideas


async def test_at_each_stage_it_is_about_what_is_highlighted(
    tmp_path: Path, session: Session, larch: Session
) -> None:
    held = made(
        session, told=["Waking people"], mapped=["Names called"], thought=["- Calling names"], owned=1
    )
    async with opened(tmp_path, holding=held, on=lambda app: knows_of(app, larch, session)) as room:
        for stage, keys, question, first in [
            ("1", ["right", "home"], "What did others try for a process like “Waking people”?", "Tea ten"),
            ("2", ["home"], "Who tried something like “Names called”?", "Stop: Calling names"),
            ("3", ["home"], "Who tried something like “Calling names”?", "Stop: Calling names"),
            ("4", ["home"], "Who tried something like “Calling names”?", "Stop: Calling names"),
            ("5", ["home", "down"], "Who tried something like “Calling names”?", "Stop: Calling names"),
        ]:
            await room.goes_to(stage)
            await room.presses("escape", *keys, "B")
            await room.until(lambda: room.rows)
            room.sees(question)
            assert room.rows[0].startswith(first), stage
            await room.presses("escape")
        await room.goes_to("1")
        await room.presses("x", "B")
        room.hears("Highlight a process, a step or an idea first")


async def test_from_home_the_session_is_looked_back_at(tmp_path: Path, larch: Session) -> None:
    looked: list[Path] = []
    async with opened(tmp_path, on=lambda app: knows_of(app, larch)) as room:

        def page() -> TriedBefore:
            home = cast("RoomScreen", room.app.screen)
            return page_of_words(home.room, "names [/b]", Asking(TODAY), looked.append)

        await room.app.push_screen(page())
        await room.until(lambda: room.rows)
        room.sees(
            "Who tried something like “names [/b]”?",
            "let go: No one at weekends",
            "r look back at its session",
        )
        await room.presses("enter")
        await room.presses("r")
        assert looked == [tmp_path / "other-0.toml"]
        room.sees("PROMOTE")
        vars(room.app.library.catalogue)["ideas_with"] = None
        await room.app.push_screen(page())
        await room.until(lambda: "The other sessions cannot be looked at just now." in room.screen)
