"""At every size the question is whole, the line, the state and the help hint are there, no word is cut."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from promote_tui.session.edits import items
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.places import examples_folder
from promote_tui.ui.plain import plain
from promote_tui.ui.widgets.bands import KeyHints, QuestionBand
from tests.ui.room import SIZES, Facilitator, opened
from tests.ui.tour import STAGES, to_the_list


@pytest.mark.parametrize("size", SIZES)
async def test_every_question_is_whole(tmp_path: Path, session: Session, size: tuple[int, int]) -> None:
    async with opened(tmp_path, holding=session, size=size) as room:
        for digit, stage in STAGES.items():
            await room.goes_to(digit)
            await to_the_list(room)
            band = room.app.screen.query_one(QuestionBand)
            texts = sorted((one.text for one in room.app.questions.all if one.stage == stage), key=len)
            for text in texts:
                assert len(plain(text).wrap(size[0] - 4)) <= (2 if size[0] >= 80 else 3), text
            band.question, band.place = texts[-1], "10 of 10"
            await room.settles()
            lines = room.screen.split("\n")
            whole = " ".join(" ".join(lines[band.region.y : band.region.bottom]).split())
            assert whole == f"{texts[-1]} 10 of 10"
            assert max(one.size.height for one in room.app.stage_screen.lists) >= 4


@pytest.mark.parametrize("size", SIZES)
async def test_what_must_never_be_missing(tmp_path: Path, session: Session, size: tuple[int, int]) -> None:
    async with opened(tmp_path, holding=session, size=size) as room:
        for digit in STAGES:
            await room.goes_to(digit)
            await to_the_list(room)
            lines = room.screen.split("\n")
            assert lines[0].rstrip().endswith("saved")
            assert lines[-1].rstrip().endswith("? help")
            assert lines[-1].strip() == room.app.screen.query_one(KeyHints).render().plain.strip()
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


async def test_a_short_screen_leaves_room_for_the_list(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=session, size=(60, 20)) as room:
        assert room.app.screen.has_class("-short")
        await room.pilot.resize_terminal(80, 24)
        await room.settles()
        assert not room.app.screen.has_class("-short")
