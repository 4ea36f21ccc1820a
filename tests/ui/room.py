"""The page object: what a facilitator does, in keys, and what the room sees."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.library import Library
from promote_tui.ui.app import PromoteApp
from promote_tui.ui.widgets.item_list import ItemList, Row

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_NAMED = {" ": "space"}


def _words(row: Row) -> str:
    return " ".join(line.plain for line in row.draw(200))


class Facilitator:
    """Presses keys, counts them, and looks at the screen."""

    def __init__(self, app: PromoteApp, pilot: Pilot[int], clock: "Clock") -> None:
        self.app, self.pilot, self.clock = app, pilot, clock
        self.typed = self.pressed = 0
        """Characters that belong to what was said, and keys beyond them."""

    async def types(self, text: str) -> None:
        """Type words, one key a character."""
        for character in text:
            self.app.post_message(events.Key(_NAMED.get(character, character), character))
        await self.pilot.pause()
        self.typed += len(text)

    async def presses(self, *keys: str) -> None:
        """Press keys that are not part of what was said."""
        for key in keys:
            await self.pilot.press(key)
            self.pressed += 1
        await self.pilot.pause()

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
        await self.pilot.pause()

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
        await self.pilot.pause()
        assert words in self.highlighted_row

    @property
    def typing(self) -> bool:
        """Say whether letters go to the capture line."""
        return self.app.focused is not None and self.app.focused.id == "typing"

    @property
    def list(self) -> ItemList:
        """Return the list in focus."""
        assert isinstance(self.app.focused, ItemList), f"{self.app.focused!r} has the focus"
        return self.app.focused

    @property
    def highlighted_row(self) -> str:
        """Return the words of the highlighted row."""
        row = next((row for row in self.list.rows if row.key and row.key == self.list.highlighted), None)
        return _words(row) if row else ""

    @property
    def screen(self) -> str:
        """Return what the room sees, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

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
        await self.pilot.pause()
        session = toml_text.read(self.app.saver.file.path.read_bytes()).session
        assert session is not None
        return session


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
    folder: Path, *, size: tuple[int, int] = (80, 24), on: Callable[[PromoteApp], None] | None = None
) -> AsyncIterator[Facilitator]:
    """Open home over a folder of sessions."""
    clock = Clock()
    app = PromoteApp(Library(folder), now=clock)
    if on:
        on(app)
    async with app.run_test(size=size) as pilot:
        await pilot.app.workers.wait_for_complete()
        facilitator = Facilitator(app, pilot, clock)
        for _ in range(50):
            await pilot.pause()
            if app.screen_stack[0].is_mounted and getattr(app.screen_stack[0], "_cards", None) is not None:
                break
        yield facilitator
        if hasattr(app, "saver"):
            app.saver.settle(10)
            app.saver.close()


async def starts(facilitator: Facilitator, title: str = "Waking up", team: str = "") -> None:
    """Start a new session from home."""
    await facilitator.presses("n")
    await facilitator.says(title)
    await facilitator.says(team)
    await arrives(facilitator)


async def arrives(facilitator: Facilitator) -> None:
    """Wait until a session is open."""
    for _ in range(200):
        await facilitator.pilot.pause()
        if facilitator.app.in_session and facilitator.app.screen.is_mounted:
            await facilitator.pilot.pause()
            return
    raise AssertionError("no session was opened")
