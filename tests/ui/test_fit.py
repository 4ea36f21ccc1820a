"""At every size the question is whole, the line, the state and the help hint are there, no word is cut."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from promote_tui.session.edits import items
from promote_tui.session.model import Session
from promote_tui.session.questions import Question
from promote_tui.store import toml_text
from promote_tui.store.places import examples_folder
from promote_tui.ui.widgets.bands import KeyHints, QuestionBand
from promote_tui.ui.widgets.item_list import ItemList
from tests.ui.made import made
from tests.ui.room import SIZES, Facilitator, opened
from tests.ui.tour import STAGES, to_the_list


def asked(room: Facilitator, stage: str) -> list[Question]:
    return [question for question in room.app.questions.all if question.stage == stage]


@pytest.mark.parametrize("size", SIZES)
async def test_every_question_is_whole(tmp_path: Path, session: Session, size: tuple[int, int]) -> None:
    held = made(session, told=["p: Lights", "Waking up"], mapped=["Lights on"], thought=["+ Tea"], owned=1)
    async with opened(tmp_path, holding=held, size=size) as room:
        for digit, stage in STAGES.items():
            await room.goes_to(digit)
            band = room.app.screen.query_one(QuestionBand)
            for question in asked(room, stage):
                band.question, band.place = question.text, "10 of 10"
                await room.settles()
                room.sees("10 of 10")
                top, lines = band.region.y, room.screen.split("\n")
                whole = " ".join(" ".join(lines[top : top + band.size.height]).split())
                assert whole == f"{question.text} 10 of 10"
                assert room.app.screen.query_one(ItemList).parent is not None
                assert max(one.size.height for one in room.app.stage_screen.lists) >= 4


@pytest.mark.parametrize("size", SIZES)
async def test_what_must_never_be_missing(tmp_path: Path, session: Session, size: tuple[int, int]) -> None:
    async with opened(tmp_path, holding=session, size=size) as room:
        for digit in STAGES:
            await room.goes_to(digit)
            await room.saved()
            await to_the_list(room)
            lines = room.screen.split("\n")
            assert lines[0].rstrip().endswith(("saved 09:30", "saved"))
            assert lines[-1].rstrip().endswith("? help")
            assert "› i to type" in lines[-2]
            await room.presses("i")
            lines = room.screen.split("\n")
            assert lines[-1].rstrip().endswith("F1 help")
            assert f"› {room.app.stage_screen.HINT}" in lines[-2]


@pytest.mark.parametrize("size", SIZES)
async def test_no_word_of_any_row_is_cut(tmp_path: Path, size: tuple[int, int]) -> None:
    held = toml_text.read((examples_folder() / "coming-onto-the-ward.toml").read_bytes()).session
    assert held
    async with opened(tmp_path, holding=held, size=size) as room:
        for digit in STAGES:
            await room.goes_to(digit)
            await to_the_list(room)
            if digit in "24":
                await room.presses("home", "m" if digit == "2" else "enter")
                await to_the_list(room)
            for key in ("left", "right", "right"):
                assert_nothing_cut(room)
                await room.presses(*[key] if digit in "13" else [])


def assert_nothing_cut(room: Facilitator) -> None:
    """Check every row of the lists in view: each line fits, and the item's own words are all there."""
    for found in room.app.stage_screen.lists:
        width = found.scrollable_content_region.width
        for row in found.rows if width else []:
            lines = [line.plain.rstrip() for line in row.draw(width - 2)]
            assert all(cell_len(line) <= width - 2 for line in lines), lines
            kind = items.kind_of(row.key)
            if ":" in row.key or kind not in items.NOUNS:
                continue
            item = items.find(room.session, row.key)
            said = [getattr(item, name, "") for name in ("text", "title", "name", "note", "who", "owner")]
            drawn = "".join("".join(lines).split())
            assert all("".join(word.split()) in drawn or by_word(word, lines) for word in said), lines


def by_word(words: str, lines: list[str]) -> bool:
    """Say whether every word is there, when cells beside it stand between."""
    return all(word in " ".join(lines) for word in words.split())


@pytest.mark.parametrize("size", SIZES)
async def test_hints_are_whole_or_not_there(tmp_path: Path, session: Session, size: tuple[int, int]) -> None:
    async with opened(tmp_path, holding=session, size=size) as room:
        for digit in STAGES:
            await room.goes_to(digit)
            await to_the_list(room)
            hints = room.app.screen.query_one(KeyHints)
            assert room.screen.split("\n")[-1].strip() == str(hints.render()).strip()
            assert hints.render().cell_length <= size[0] - 4


async def test_a_short_screen_leaves_room_for_the_list(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=session, size=(60, 20)) as room:
        assert room.app.screen.has_class("-short")
        await room.pilot.resize_terminal(80, 24)
        await room.settles()
        assert not room.app.screen.has_class("-short")
