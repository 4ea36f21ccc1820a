"""The page object: what a facilitator does, in keys, and what the room sees."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual._compositor import Compositor
from textual._xterm_parser import XTermParser
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.library import Library
from promote_tui.store.seal import sealed
from promote_tui.store.session_file import SessionFile
from promote_tui.ui import app as app_module
from promote_tui.ui.app import PromoteApp
from promote_tui.ui.room_screen import TURN
from promote_tui.ui.widgets.bands import Banner, MessageLine, QuestionBand, TitleLine
from promote_tui.ui.widgets.item_list import ItemList, Row
from promote_tui.ui.widgets.typing_area import Typing

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
STYLES = str(Path(app_module.__file__).with_name("app.tcss"))
"""What a subclass of the program made for a test names as its CSS_PATH."""
SIZES = [(60, 20), (80, 24), (120, 36)]
_CHARACTERS = {
    "plus": "+", "minus": "-", "slash": "/", "question_mark": "?", "space": " ", "equals_sign": "=",
}  # fmt: skip


def _words(row: Row) -> str:
    return " ".join(" ".join(line.plain for line in row.draw(200)).split())


class Facilitator:
    """Presses keys, counts them, and looks at the screen."""

    def __init__(self, app: PromoteApp, pilot: Pilot[int], clock: "Clock") -> None:
        self.app, self.pilot, self.clock = app, pilot, clock
        self.typed = self.pressed = 0
        """Characters that belong to what was said, and keys beyond them."""

    # ---- hands on the keyboard and the mouse

    async def settles(self) -> None:
        """Wait until every widget has dealt with all it was sent; sleeps for nothing."""
        quiet = 0
        while quiet < 2:
            if self.app._exit or self.app._exception:
                return
            await self.pilot._wait_for_screen()
            await asyncio.sleep(0)
            self.app.screen._on_timer_update()
            if any(one.is_running and one.group.startswith(TURN) for one in self.app.workers):
                quiet = 0
                await asyncio.sleep(0.001)  # a thread reads files
                continue
            everyone = [self.app, *self.app.screen_stack, *self.app.screen.walk_children()]
            quiet = 0 if any(one.message_queue_size for one in everyone) else quiet + 1

    async def types(self, text: str) -> None:
        """Type words in one go, one key a character, ``\\r`` for Enter; from the list ``i`` comes first."""
        if isinstance(self.app.focused, ItemList) and self.app.screen.query(Typing):
            await self.presses("i")
        for character in text:
            key = "enter" if character == "\r" else _character_to_key(character)
            self.app.post_message(events.Key(key, character))
        await self.settles()
        self.typed += len(text)

    async def presses(self, *keys: str) -> None:
        """Press keys that are not part of what was said."""
        for key in keys:
            self.app.post_message(events.Key(key, _CHARACTERS.get(key, key if len(key) == 1 else None)))
            await self.settles()
            self.pressed += 1

    def presses_in_one_go(self, *keys: str) -> None:
        """Press keys faster than the program can answer; ``settles`` waits until it has."""
        for key in keys:
            self.app.post_message(events.Key(key, _CHARACTERS.get(key, key if len(key) == 1 else None)))

    async def sends(self, sequence: str) -> None:
        """Send what a terminal sends, such as ``\\x1bc`` for Alt+c."""
        parser = XTermParser()
        for message in [*parser.feed(sequence), *parser.feed("")]:
            self.app.post_message(message)
            await self.settles()

    async def clicks(self, words: str, times: int = 1) -> None:
        """Click the first place on the screen that shows these words."""
        x, y = self.place_of(words)
        await self.pilot.click(offset=(x, y), times=times)
        await self.settles()

    def place_of(self, words: str) -> tuple[int, int]:
        """Return the column and the line where these words begin."""
        for y, line in enumerate(self.screen.split("\n")):
            if words in line:
                return cell_len(line.partition(words)[0]), y
        raise AssertionError(f"{words!r} is not on this screen:\n{self.screen}")

    async def says(self, line: str) -> None:
        """Type a line and keep it with Enter."""
        await self.types(line)
        await self.presses("enter")

    async def answers(self, *lines: str) -> None:
        """Answer the questions asked in turn; an empty answer is Enter alone."""
        for line in lines:
            await self.says(line)

    async def replaces(self, text: str) -> None:
        """Clear what stands in the line, type something else and keep it."""
        await self.presses("end", "ctrl+u")
        await self.says(text)

    async def pastes(self, text: str) -> None:
        """Paste from outside."""
        target = self.app.focused or self.app.screen
        target.post_message(events.Paste(text))
        await self.settles()

    async def goes_to(self, stage: str) -> None:
        """Leave typing if need be and go to a stage by its digit."""
        if self.typing:
            await self.presses("escape")
        await self.presses(stage)

    async def highlights(self, words: str) -> None:
        """Walk with the arrows to the row that shows these words."""
        if self.typing:
            await self.presses("escape")
        rows = [row for row in self.list.rows if row.key]
        found = [place for place, row in enumerate(rows) if words in _words(row)]
        assert found, f"no row says {words!r}"
        for key in ("home", *["down"] * found[0]):
            self.app.post_message(events.Key(key, None))
        await self.settles()
        for _ in rows:  # an item taller than the list is scrolled before the next is highlighted
            if self.list.highlighted == rows[found[0]].key:
                break
            await self.presses("down")
        assert words in self.highlighted_row

    async def presses_on(self, words: str, *keys: str) -> None:
        """Highlight the row that shows these words and press keys there."""
        await self.highlights(words)
        await self.presses(*keys)

    async def until(self, happens: Callable[[], object]) -> None:
        """Wait for something that another thread does, at most ten seconds."""
        async with asyncio.timeout(10):
            while not happens():
                await asyncio.sleep(0.002)  # the program goes on meanwhile
        await self.settles()

    # ---- eyes on the screen

    @property
    def typing(self) -> bool:
        """Say whether letters go to the capture line."""
        return self.app.focused is not None and self.app.focused.id == "typing"

    @property
    def highlighted_row(self) -> str:
        """Return the words of the highlighted row."""
        row = next((row for row in self.list.rows if row.key and row.key == self.list.highlighted), None)
        return _words(row) if row else ""

    @property
    def rows(self) -> list[str]:
        """Return the words of each row of the list in focus that can be highlighted."""
        return [_words(row) for row in self.list.rows if row.key]

    @property
    def line(self) -> str:
        """Return what stands in the capture line."""
        return self.app.screen.query_one(Typing).text

    @property
    def said(self) -> str:
        """Return the sentence above the capture line."""
        return self.app.screen.query_one("#message", MessageLine).words

    @property
    def banner(self) -> str:
        """Return what the room has to know for as long as it lasts."""
        return self.app.screen.query_one(Banner).words

    def is_warned(self, *words: str) -> None:
        """Check that the banner has these words, and that the room sees them."""
        for word in words:
            assert word in self.banner, f"{word!r} is not in {self.banner!r}"
        self.sees(self.banner)

    @property
    def question(self) -> str:
        """Return the question that the room is asked."""
        return self.app.screen.query_one(QuestionBand).question

    @property
    def state(self) -> str:
        """Return what stands at the right of the title."""
        return self.app.screen.query_one(TitleLine).state

    @property
    def session(self) -> Session:
        """Return the session as the program has it."""
        return self.app.session

    @property
    def stage(self) -> str:
        """Return the stage that the room is at."""
        return self.app.stage_screen.STAGE

    @property
    def strips(self) -> list[Strip]:
        """Return the lines of the screen as they go to the terminal."""
        return self.app.screen._compositor.render_strips()

    @property
    def screen(self) -> str:
        """Return what the room sees, line by line."""
        return "\n".join("".join(segment.text for segment in strip) for strip in self.strips)

    def hears(self, *words: str) -> None:
        """Check that the sentence above the capture line has these words."""
        for word in words:
            assert word in self.said, f"{word!r} is not in {self.said!r}"

    def sees(self, *words: str) -> None:
        """Check that the room sees these words, line breaks aside."""
        seen = " ".join(self.screen.split())
        for word in words:
            assert " ".join(word.split()) in seen, f"{word!r} is not on this screen:\n{self.screen}"

    def does_not_see(self, *words: str) -> None:
        """Check that these words are not on the screen."""
        seen = " ".join(self.screen.split())
        for word in words:
            assert word not in seen, f"{word!r} is on this screen:\n{self.screen}"

    async def saved(self) -> Session:
        """Wait until everything is saved and return what the file says."""
        why = self.app.saver.settle(10)
        assert not why, why
        await self.settles()
        session = toml_text.read(self.app.saver.file.path.read_bytes()).session
        assert session is not None
        return session

    @property
    def list(self) -> ItemList:
        """Return the list in focus."""
        assert isinstance(self.app.focused, ItemList), f"{self.app.focused!r} has the focus"
        return self.app.focused


class Clock:
    """Today, as the test says."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.time += timedelta(**by)


@asynccontextmanager
async def opened(
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    holding: Session | None = None,
    make: Callable[..., PromoteApp] = PromoteApp,
    on: Callable[[PromoteApp], None] | None = None,
    waits: bool = True,
) -> AsyncIterator[Facilitator]:
    """Open home over a folder of sessions, or the session that a file in it holds.

    Unless it ``waits``, the folder may not have been read yet.
    """
    clock = Clock()
    file = SessionFile.open(kept(folder, holding)) if holding else None
    app = make(Library(folder), file=file, now=clock)
    if on:
        on(app)
    with pytest.MonkeyPatch.context() as patch:
        # nobody looks at a terminal that is not there: what is seen is drawn when a test looks
        patch.setattr(Compositor, "render_update", _draw_when_looked_at)
        async with app.run_test(size=size) as pilot:
            facilitator = Facilitator(app, pilot, clock)
            if waits:
                await facilitator.until(lambda: getattr(app.screen_stack[0], "_cards", None) is not None)
            if file:
                await arrives(facilitator)
            yield facilitator
            if app.opened:
                app.saver.settle(10)
                app.opened.leave(all_saved=not app._exception)
                app.release_lock()


_draw = Compositor.render_update


def _draw_when_looked_at(
    compositor: Compositor,
    full: bool = False,
    screen_stack: list[Screen[Any]] | None = None,
    simplify: bool = False,
) -> object:
    """Draw the whole screen for a picture; what only a terminal would see is not drawn."""
    if full:
        return _draw(compositor, full, screen_stack, simplify)
    compositor._dirty_regions.clear()
    return None


def edited(session: Session, old: str, new: str) -> str:
    """Return the text of a session file in which somebody changed some words in an editor."""
    text = sealed(toml_text.write(session)).decode()
    assert old in text
    return text.replace(old, new)


def kept(folder: Path, session: Session, name: str = "session.toml") -> Path:
    """Return a file in a folder that holds this session."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(sealed(toml_text.write(session)))
    return path


async def starts(
    facilitator: Facilitator, title: str = "Waking up", team: str = "", present: str = ""
) -> None:
    """Start a new session from home."""
    await facilitator.presses("n")
    await facilitator.says(title)
    await facilitator.says(team)
    await facilitator.says(present)
    await arrives(facilitator)


async def arrives(facilitator: Facilitator) -> None:
    """Wait until a session is open."""
    await facilitator.until(lambda: facilitator.app.in_session and facilitator.app.screen.is_mounted)
