"""Text that looks like markup or acts on a terminal, in every field on every screen; and too much of it."""

import re
import types
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from promote_tui.session.model import Session
from promote_tui.session.text import LONGEST, made_visible, tidy
from promote_tui.store import toml_text
from tests.ui import tour
from tests.ui.made import TODAY, knows_of, made
from tests.ui.room import SIZES, START, Facilitator, arrives, edited, opened

MARKUP = "[/b] [ward] [@click=app.quit]x[/] [red]x[/red] :warning: [5%] a\tb [/"
ACTING = "\x1b[2J \x1b]0;x\x07 \u202eabc [/"
LONG = "w" * 200
IDS = re.compile(r"\^([a-z]+)-")


def filled(model: type[BaseModel], text: str, counts: dict[str, int]) -> Any:
    """Return an entry whose every text is ``text`` and whose every list has two items."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.validation_alias if isinstance(field.validation_alias, str) else name
        pattern = next((IDS.match(m.pattern) for m in field.metadata if getattr(m, "pattern", None)), None)
        if pattern:
            counts[pattern[1]] = counts.get(pattern[1], 0) + 1
            values[key] = f"{pattern[1]}-{counts[pattern[1]]}"
        else:
            values[key] = value_of(field.annotation, text, counts)
    fixed = {"format": "promote-session", "version": 1, "id": "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"}
    if model is Session:
        values |= fixed
    if "candidate" in values:
        values["candidate"] = "candidate-1"
    if model.__name__ == "Initiative":
        values["ideas"] = (f"idea-{counts['initiative']}",)
    return model.model_validate(values)


def value_of(wanted: Any, text: str, counts: dict[str, int]) -> Any:
    """Return a value of the wanted type, texts as given and the rest anything that fits."""
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        return value_of(arguments[0], text, counts)
    if origin in (Union, types.UnionType):
        return value_of(next(one for one in arguments if one is not type(None)), text, counts)
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        return tuple(value_of(arguments[0], text, counts) for _ in range(2))
    if isinstance(wanted, type) and issubclass(wanted, BaseModel):
        return filled(wanted, text, counts)
    if wanted is str:
        return text
    samples: dict[Any, Any] = {bool: True, int: 1, date: TODAY, datetime: START}
    return samples.get(wanted, {})


def hostile(text: str) -> Session:
    """Return a session with this text wherever a text can be, as reading its file would give it."""
    session = filled(Session, text, {})
    assert isinstance(session, Session)
    read = toml_text.read(toml_text.write(session).encode()).session
    assert read
    return read


def shown(text: str) -> str:
    return "".join(made_visible(tidy(text)).split())


async def everywhere(room: Facilitator, *, prompts: bool, pages: bool) -> AsyncIterator[str]:
    asked = [tour.prompts, tour.laid_over, tour.beside] if prompts else []
    more = [tour.compared, tour.home, tour.looking_back, tour.portfolio] if pages else [tour.home]
    for part in (tour.stages, *asked, *more):
        async for name in part(room):
            yield name


def no_control_characters(room: Facilitator) -> None:
    for strip in room.strips:
        for segment in strip:
            assert segment.control or segment.text.isprintable(), repr(segment.text)
            assert "@click" not in str(segment.style and segment.style.meta)


def test_every_text_of_a_session_is_filled() -> None:
    session = hostile("HOSTILE")
    dumped = str(session.model_dump())
    for name in ("steps", "ideas", "initiatives", "parked", "stories", "candidates", "groups"):
        assert len(getattr(session, name)) == 2, name
    assert dumped.count("HOSTILE") > 100


@pytest.mark.parametrize("text", [MARKUP, ACTING, LONG], ids=["markup", "acting", "long"])
async def test_it_is_shown_literally_on_every_screen(tmp_path: Path, text: str) -> None:
    wanted = shown(text)
    seen: dict[str, bool] = {}
    async with opened(tmp_path, holding=hostile(text)) as room:
        knows_of(room.app, hostile(text).model_copy(update={"id": "another"}))
        async for name in everywhere(room, prompts=text == MARKUP, pages=text != LONG):
            no_control_characters(room)
            drawn = re.sub(r"[─│►·\s]", "", room.screen)
            seen[name] = (
                wanted[:60] in drawn
                or any(wanted in "".join(row.split()) for row in rows(room))
                or all(word in room.screen for word in made_visible(text).split())
            )
    quiet = {name for name, found in seen.items() if not found}
    empty = {"palette", "curtain", "curtain, asked", "common processes", "common processes, picked"}
    # of one session that is not stuck they say nothing
    empty |= {"portfolio, overview", "portfolio, stuck", "portfolio, themes", "home, f", "home, a search"}
    assert not {name for name in quiet if "help" not in name and "question_mark" not in name} - empty


def rows(room: Facilitator) -> list[str]:
    """Return the words of every row that is shown, drawn narrow, line breaks aside."""
    found = []
    for name in (
        "stories",
        "processes",
        "steps",
        "microscope",
        "stop",
        "start",
        "initiatives",
        "parts",
        "portfolio",
        "compared",
    ):
        for one in room.app.screen.query(f"#{name}"):
            found += ["".join(line.plain for line in row.draw(70)) for row in one.rows]  # type: ignore[attr-defined]
    return found


async def test_pasted_at_every_stage_it_stays_as_it_is(tmp_path: Path, session: Session) -> None:
    text = f"{MARKUP} \x1b[2J\x07 [/"
    held = made(session, mapped=["Step"], thought=["+ Tea"], owned=1)
    clean = "".join(one for one in text if one.isprintable() or one == "\t")
    async with opened(tmp_path, holding=held) as room:
        for stage in "12345":
            await room.goes_to(stage)
            await room.presses("i") if not room.typing else None
            await room.pastes(text)
            await room.presses("enter", "escape", "slash")
            await room.pastes(text)
            await room.presses("enter")
            no_control_characters(room)
            await room.presses("escape", "escape")
            await tour.to_the_list(room)
            await room.presses("x")
            no_control_characters(room)
            await room.presses("u")
        texts = [room.session.candidates[0].name, room.session.steps[1].title, room.session.ideas[1].text]
        assert all("".join(clean.split()) == "".join(one.split()) for one in texts)
        await room.presses("q", "slash")
        await room.pastes(text)
        await room.presses("enter")
        no_control_characters(room)
        await room.presses("n")
        await room.pastes(text)
        await room.presses("enter", "enter", "enter")
        await arrives(room)
        assert "".join(room.session.title.split()) == "".join(clean.split())


@pytest.mark.parametrize("text", [MARKUP, "\x1b[2J\x07 [/"])
async def test_a_file_that_cannot_be_opened_says_so_literally(tmp_path: Path, text: str) -> None:
    written = edited(hostile(MARKUP), 'voice = "patient"', "voice = 1")
    (tmp_path / "[red]x[@click=app.quit].toml").write_text(written, encoding="utf-8")
    escaped = text.replace("\x1b", "\\u001b").replace("\x07", "\\u0007").replace("\t", " ")
    (tmp_path / "z.toml").write_text(f'format = "promote-session"\n"{escaped}" = 1', encoding="utf-8")
    async with opened(tmp_path) as room:
        for _ in range(2):
            await room.presses("enter")
            room.sees("This file cannot be opened")
            no_control_characters(room)
            await room.presses("escape", "down")


def many(session: Session) -> Session:
    """Return a session with three hundred items in each list."""
    count = 300
    lines = [f"p: Story {n}" for n in range(count)] + [f"Process {n}" for n in range(count)]
    steps = [f"Step {n} @HCA 5m" for n in range(count)]
    return made(
        session,
        told=lines,
        mapped=steps,
        thought=[f"{'-+='[n % 3]} Idea {n}" for n in range(count)],
        owned=count,
    )


@pytest.fixture(scope="module")
def with_many() -> list[Session]:
    """A place to keep the large session, made once."""
    return []


@pytest.mark.parametrize(
    ("make", "size"),
    [*((lambda session: session, size) for size in SIZES), *((many, size) for size in SIZES[:2])],
    ids=["empty-60x20", "empty-80x24", "empty-120x36", "300-60x20", "300-80x24"],
)
async def test_every_screen_draws_at_every_size(
    tmp_path: Path,
    session: Session,
    with_many: list[Session],
    size: tuple[int, int],
    make: Callable[[Session], Session],
) -> None:
    if make is many and not with_many:
        with_many.append(many(session))
    async with opened(tmp_path, holding=with_many[0] if make is many else session, size=size) as room:
        async for _ in tour.stages(room) if make is not many else tour.lists(room):
            assert len(room.screen.split("\n")) == size[1]
            assert room.app.screen.query_one("#hints").region.bottom == size[1]


async def test_the_longest_text_draws(tmp_path: Path, session: Session) -> None:
    text = ("word " * 2_000)[:LONGEST].strip()
    held = made(session, told=[f"p: {text}", text], mapped=[text], thought=[f"+ {text}"], owned=1)
    async with opened(tmp_path, holding=held, size=(60, 20)) as room:
        async for _ in tour.lists(room):
            assert room.app.screen.query_one("#hints").region.bottom == 20
