from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.session.text import LONGEST
from promote_tui.ui.big_letters import large
from promote_tui.ui.focus import FocusView, laid_out, seen_of
from promote_tui.ui.plain import plain
from promote_tui.ui.widgets.item_list import ItemList, Row
from tests.ui.made import made
from tests.ui.room import Facilitator, opened
from tests.ui.test_hostile import ACTING, MARKUP

TOLD = ["p: Lights at eight", "c: Niemand rief an: é", "s: We rush", "Waking up", "Meal times"]
STEPS = ["Lights on @HCA, nights 5m", "Names called 15m", "Queue @Nurse"]


def what(room: Facilitator) -> str:
    """Return what the focus view says that it shows."""
    assert isinstance(room.app.screen, FocusView)
    return " ".join(room.screen.split("\n")[0].split())


def has(room: Facilitator, words: str) -> bool:
    """Say whether these words are shown, large or in ordinary letters."""
    width, height = room.app.screen.query_one("#focus-body").size
    drawn = laid_out(words, width, height).plain.split("\n")
    shown = [line.rstrip() for line in room.screen.split("\n")]
    return all(line.rstrip() in shown for line in drawn)


async def test_it_walks_through_every_list(tmp_path: Path, session: Session) -> None:
    held = made(session, told=TOLD, mapped=STEPS, thought=["- Shouting", "+ Tea earlier", "+ Ask"], owned=2)
    async with opened(tmp_path, holding=held) as room:
        await room.presses("f")
        assert what(room) == "PATIENT 1 of 3"
        assert has(room, "Lights at eight")
        for keys, seen, words in [
            (["right"], "CARER 2 of 3", "Niemand rief an: é"),
            (["pagedown"], "STAFF 3 of 3", "We rush"),
            (["space"], "STAFF 3 of 3", "We rush"),
            (["pageup", "up"], "PATIENT 1 of 3", "Lights at eight"),
            (["end"], "STAFF 3 of 3", "We rush"),
            (["home", "down"], "CARER 2 of 3", "Niemand rief an: é"),
        ]:
            await room.presses(*keys)
            assert what(room) == seen
            assert has(room, words), room.screen
        room.sees("Niemand rief an: é")
        await room.presses("escape")
        assert "Niemand" in room.highlighted_row
        for keys, seen, words in [
            (["right", "f"], "Process 1 of 2", "Waking up"),
            (["2", "down", "f"], "Step 2 of 3", "Names called"),
            (["3", "right", "f"], "START 1 of 2", "Tea earlier"),
            (["4", "f"], "no owner yet 1 of 3", "Shouting"),
            (["5", "f", "right"], "○ Not rated 2 of 12", "People notice a difference"),
        ]:
            await room.presses(*keys)
            assert what(room) == seen
            assert has(room, words), room.screen
            await room.presses("q")
            assert isinstance(room.app.focused, ItemList)
        await room.presses("2", "m", "down", "down", "f")
        assert what(room).startswith("Smallest change"), "an empty field, as it is highlighted"
        await room.presses("f", "escape", "1", "p", "right", "end", "f")
        assert what(room).startswith("Parked")
        await room.clicks("back")
        assert not isinstance(room.app.screen, FocusView)


async def test_nothing_to_show_says_so(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=session) as room:
        await room.presses("escape", "f")
        room.hears("There is nothing to show large yet")
        await room.types("Tea")
        await room.presses("ctrl+p")
        await room.types("Focus")
        await room.until(lambda: "as large as the screen" in room.screen)
        await room.presses("enter")
        room.hears("There is nothing to show large yet")
        assert room.line == "Tea"


@pytest.mark.parametrize("text", [MARKUP, ACTING, "日本語 " * 20])
async def test_any_text_is_shown_as_it_is(tmp_path: Path, session: Session, text: str) -> None:
    held = made(session, stage="map", mapped=["A", "B"])
    held = held.model_copy(
        update={"steps": (held.steps[0].model_copy(update={"title": text}), held.steps[1])}
    )
    async with opened(tmp_path, holding=held, size=(60, 20)) as room:
        await room.presses("home", "f")
        assert all(segment.text.isprintable() for strip in room.strips for segment in strip)
        drawn = "".join(room.screen.split())
        assert all(word in drawn for word in text.split() if word.isprintable()), room.screen


async def test_a_long_text_is_walked_through_before_the_next(tmp_path: Path, session: Session) -> None:
    text = ("word " * 2_000)[: LONGEST - 5].strip() + " end."
    async with opened(
        tmp_path, holding=made(session, stage="map", mapped=[text, "Next"]), size=(60, 20)
    ) as room:
        await room.presses("home", "f")
        body = room.app.screen.query_one("#focus-body")
        pages = 0
        while "end." not in room.screen:
            await room.presses("space")
            assert what(room) == "Step 1 of 2"
            pages += 1
        assert 5 < pages < 40
        assert body.scroll_offset.y == body.max_scroll_y
        await room.presses("pagedown")
        assert what(room) == "Step 2 of 2"
        assert has(room, "Next")
        await room.presses("pageup", "down", "right")
        assert what(room) == "Step 2 of 2"


def test_words_are_laid_out_with_air() -> None:
    assert laid_out("Tea", 80, 20).plain.strip("\n") == "\n".join(
        " " * ((80 - len(line)) // 2) + line for line in large("Tea", 76, 19) or []
    )
    lines = laid_out("é " * 60, 60, 20).plain.split("\n")
    assert [bool(line.strip()) for line in lines] == [True, False, True, False, True]
    assert len(laid_out("é " * 600, 60, 20).plain.split("\n")) == 24, "no air when it does not fit anyway"


def test_a_row_of_any_other_list_shows_what_is_drawn(session: Session) -> None:
    for key in ("inbox-1", "group-9", "step-7", "new", "lens:value"):
        row = Row(key, (), lambda _: [plain("A  word"), plain("[/b]")])
        assert seen_of(session, row) == ("A word [/b]", "")
