"""Every screen, drawn once for all the tests that look at how screens are drawn."""

from dataclasses import dataclass
from pathlib import Path

from textual.strip import Strip

from promote_tui.session.model import Earlier, Session
from promote_tui.ui.taking_in import TakingIn
from promote_tui.ui.themes import DARK
from tests.ui import tour
from tests.ui.made import TODAY, knows_of, made
from tests.ui.room import opened

LINES = ["p: Lights at eight", "c: Nobody rang me", "s: We rush", "Waking up", "Meal times", "Ward round"]
STEPS = ["Lights on @HCA, nights 5m", "Names called 15m", "Queue @Nurse"]
IDEAS = ["- Calling names #2", "+ Tea earlier #1", "+ Ask first", "= Knocking"]


@dataclass(frozen=True)
class Picture:
    """One screen as it goes to the terminal."""

    name: str
    strips: tuple[Strip, ...]

    @property
    def text(self) -> str:
        """Return what can be read, line by line."""
        return "\n".join("".join(segment.text for segment in strip) for strip in self.strips)


_drawn: dict[tuple[tuple[int, int], str], list[Picture]] = {}


async def pictures(
    folder: Path, session: Session, size: tuple[int, int] = (80, 24), theme: str = DARK.name
) -> list[Picture]:
    """Return every screen at a size in a theme, with a session in plain ASCII; drawn at the first call."""
    if (size, theme) in _drawn:
        return _drawn[size, theme]
    found: list[Picture] = []
    held = made(session, told=LINES, mapped=STEPS, thought=IDEAS, owned=2)
    carried = tuple(one.model_copy(update={"carried": one.id}) for one in held.initiatives)
    earlier = Earlier(title="Waking up", held_on=TODAY, attached="The tea", hard_to_change="The rota")
    held = held.model_copy(update={"initiatives": carried, "follows": session.id, "earlier": earlier})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "broken.toml").write_text("title = [", encoding="utf-8")
    async with opened(folder, holding=held, size=size) as room:
        knows_of(room.app, held.model_copy(update={"id": "another"}))
        room.app.theme = theme
        await room.settles()
        parts = [tour.stages, tour.compared, tour.home, tour.looking_back, tour.portfolio]
        if size == (80, 24):
            parts[1:1] = [tour.ratings, tour.prompts, tour.laid_over, tour.beside]
        if theme != DARK.name:  # the same words in the other colours: where each role is seen is enough
            parts.remove(tour.prompts)
        for part in parts:
            found += [Picture(name, tuple(room.strips)) async for name in part(room)]
        room.app.push_screen(TakingIn(folder, lambda _: None))
        await room.until(lambda: "What came of it" in room.screen)
        found.append(Picture("taking in", tuple(room.strips)))
        await room.presses("escape", "end", "enter")
        found.append(Picture("a file that cannot be opened", tuple(room.strips)))
    _drawn[size, theme] = found
    return found
