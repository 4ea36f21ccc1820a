"""The facilitator's second window, driven by its keys and by what happens to the file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from promote_tui.session.edits.choose import add_line
from promote_tui.session.edits.details import go_to_stage
from promote_tui.session.model import Session
from promote_tui.store import places
from promote_tui.ui.script import ScriptApp
from promote_tui.ui.themes import DARK, LIGHT
from tests.ui.room import SIZES, Clock, Facilitator, kept
from tests.ui.test_contrast import RULES, contrast
from tests.ui.test_glyphs import SAFE
from tests.ui.test_hostile import ACTING, MARKUP, hostile, no_control_characters, shown


@asynccontextmanager
async def script(
    folder: Path, session: Session, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Facilitator]:
    """Open the second window on a file that holds this session."""
    app = ScriptApp(kept(folder, session), session, now=(clock := Clock()), every=0.01)
    async with app.run_test(size=size) as pilot:
        room = Facilitator(cast("Any", app), pilot, clock)
        await room.settles()
        yield room


async def test_it_follows_the_room_and_the_file(tmp_path: Path, session: Session) -> None:
    async with script(tmp_path, session) as room:
        room.sees("1 CHOOSE", "Ask now", "Which part of the day", "Not heard yet", "for you alone")
        session = go_to_stage(add_line(session, "p: Lights at eight"), "map")
        await room.presses("end")
        kept(tmp_path, session)
        await room.until(lambda: "2 MAP" in room.screen)
        room.sees("very first thing", "No steps yet.")
        (tmp_path / "session.toml").write_text("title = [", encoding="utf-8")
        await room.until(lambda: "The file has a mistake in it just now" in room.screen)
        room.sees("2 MAP", "very first thing")
        (tmp_path / "session.toml").unlink()
        await room.until(lambda: "The file is not to be read just now" in room.screen)
        kept(tmp_path, session)
        await room.until(lambda: "just now" not in room.screen)


async def test_looking_ahead_and_back_leaves_the_room_where_it_is(tmp_path: Path, session: Session) -> None:
    async with script(tmp_path, session) as room:
        for keys in (["4", "0"], ["5", "escape"], ["2", "1"]):
            await room.presses(keys[0])
            room.sees("1 CHOOSE", "The room is at 1 Choose. 0 goes back there.", "Ask there")
            await room.presses("end")
            room.sees("If someone tells of harm", "safeguarding route")
            await room.presses("up", "pageup", "home", "down", "pagedown", keys[1])
            room.sees("Ask now")
            room.does_not_see("The room is at")
        await room.clicks("3 Ideas")
        room.sees("The room is at 1 Choose.")
        await room.presses("question_mark")
        room.sees("the facilitator's window", "close this window")
        await room.presses("escape", "c")
        assert room.app.theme == LIGHT.name
        await room.presses("c", "x", "ctrl+c", "ctrl+p")
        assert len(room.app.screen_stack) == 1
        assert room.app.theme == DARK.name
        await room.presses("q")
        assert room.app.return_code == 0


@pytest.mark.parametrize("size", SIZES)
async def test_it_draws_at_every_size_in_both_themes(
    tmp_path: Path, session: Session, size: tuple[int, int]
) -> None:
    async with script(tmp_path, session, size) as room:
        for theme in (DARK.name, LIGHT.name):
            room.app.theme = theme
            for key in ("1", "2", "3", "4", "5", "end", "question_mark", "escape"):
                await room.presses(key)
                assert not set(room.screen) - SAFE - {"\n"}
                assert key == "question_mark" or "? help" in room.screen.split("\n")[-1]
                for segment in (
                    segment for strip in room.strips for segment in strip if segment.text.strip()
                ):
                    assert segment.style
                    assert contrast(segment.style) >= (1.5 if set(segment.text) <= RULES | {"·"} else 4.5)


async def test_text_that_acts_is_only_text(tmp_path: Path) -> None:
    for text in (MARKUP, ACTING):
        path = places.own_questions()
        path.parent.mkdir(parents=True, exist_ok=True)
        told = text.replace("\t", " ").encode("unicode_escape").decode().replace("\\x", "\\u00")
        path.write_text(
            f'[[questions]]\nstage = "review"\nmoment = "start"\ntext = "{told}"', encoding="utf-8"
        )
        async with script(tmp_path, go_to_stage(hostile(text), "review"), (120, 36)) as room:
            no_control_characters(room)
            assert shown(text.replace("\t", " "))[:20] in "".join(room.screen.split())


async def test_leaving_stops_following_and_nothing_is_written(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    async with script(tmp_path, session) as room:
        before = path.stat().st_mtime_ns
        app = cast("Any", room.app)
    assert app._left.is_set()
    assert path.stat().st_mtime_ns == before
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["session.toml"]
