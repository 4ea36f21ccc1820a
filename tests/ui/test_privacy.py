"""What looks as if it could show who a person is: told as it is typed, masked with one key."""

import logging
from pathlib import Path

import pytest

from promote_tui.session.edits import choose, own
from promote_tui.session.model import Session
from promote_tui.store import places
from tests.ui.made import made
from tests.ui.room import Facilitator, arrives, opened, starts

NUMBER = "999 000 0018"
"""From the range of NHS numbers that is kept for tests."""
WORDS = {
    NUMBER: ("an NHS number", "ten digits that pass its check", "[NHS number]"),
    "tea@ward.example": ("an e-mail address", "two parts with an @ sign between them", "[e-mail address]"),
    "Mrs Whitlow": ("a person’s name", "a name after a word like Mrs", "[name]"),
    "bed 12": ("a bed or room number", "a number after a word like bed or room", "[bed number]"),
}
"""What is typed, what it looks like and why, and what masks it."""


def words_of_the_warning(room: Facilitator) -> str:
    """Return what stands between the work and the capture line."""
    line = room.app.screen.query_one("#message").region
    return " ".join(" ".join(room.screen.split("\n")[line.y : line.bottom]).split())


async def test_the_warning_comes_says_why_and_goes(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=session) as room:
        for typed, (what, why, masked) in WORDS.items():
            await room.types(f"p: it was {typed}")
            told = words_of_the_warning(room)
            assert f"This looks like {what}: {why}" in told
            assert "Enter keeps it, F3 masks it." in told
            assert typed not in told
            room.sees("Enter keep F3 mask Ctrl+Z take back")
            # words changed: it goes, and comes again
            room.presses_in_one_go(*["backspace"] * 6)
            await room.settles()
            room.does_not_see("F3 masks it.", "F3 mask ")
            room.sees("Enter add")
            await room.types(typed[-6:])
            assert "F3 masks it." in words_of_the_warning(room)
            # F3 masks, Ctrl+Z takes that back
            await room.presses("f3")
            assert room.line == f"p: it was {masked}"
            room.does_not_see("F3 masks it.", "F3 mask ")
            await room.presses("f3")
            room.hears("Nothing here looks as if it could show who a person is.")
            await room.presses("ctrl+z")
            assert room.line == f"p: it was {typed}"
            assert "F3 masks it." in words_of_the_warning(room)
            # Enter keeps it in one key, and says so
            await room.presses("enter")
            room.hears("Kept. It could show who a person is.", "F3 masks it", "Ctrl+Z takes back")
            assert typed not in room.said
            assert room.line == ""
        assert {story.text for story in room.session.stories} == {f"it was {typed}" for typed in WORDS}
        await room.pastes(f"p: {NUMBER}\ns: We rush\np: Mrs Whitlow was cold\nWaking up")
        room.hears("4 lines added. 2 could show who a person is.")
        await room.presses("ctrl+z")
        assert len(room.session.stories) == 4
        await room.types("Mrs Whitlow")
        await room.clicks("F3 mask   ")
        assert room.line == "[name]"


async def test_k_in_the_list_masks_whatever_is_highlighted(tmp_path: Path, session: Session) -> None:
    name = "Mrs Whitlow"
    held = made(
        session,
        told=[f"p: {name} was cold", "Tea"],
        mapped=[f"Wait @{name}", "Lights on"],
        thought=[f"+ Tea for {name}", f"- Calling {name}", f"= Card from {name}"],
        owned=1,
    )
    held = choose.rename_candidate(held, "candidate-1", f"Tea with {name}")
    held = choose.set_frame(choose.choose_process(held, "candidate-1"), purpose=f"As {name} said")
    held = own.set_initiative(held, "initiative-1", owner=name, success=f"{name} is happy")
    async with opened(tmp_path, holding=held) as room:
        for stage, words in {"1": "was cold", "2": "Wait", "3": "Calling", "4": "Tea for"}.items():
            await room.goes_to(stage)
            await room.highlights(words)
            room.sees(name)
            await room.presses("k")
            room.hears("Masked", "u undo")
            assert name not in room.highlighted_row
            await room.presses("k")
            room.hears("Nothing here looks as if it could show who a person is.")
        # what only looks like a name to whoever reads it as an owner is not masked by guesswork
        await room.goes_to("4")
        await room.presses_on("Tea for", "enter")
        await room.presses_on("Owner", "enter")
        await room.replaces("Anna Whitlow")
        await room.presses("f3")
        room.hears("Esc, then k masks what was kept.")
        await room.presses("escape", "k")
        room.hears("The owner may be a person’s name. Enter changes it to a role, such as HCA, nights.")
        await room.presses("u")
        one = room.session.initiatives[0]
        assert (one.owner, one.success) == ("[name]", "[name] is happy")
        assert [idea.text for idea in room.session.ideas] == [
            "Tea for [name]",
            "Calling [name]",
            f"Card from {name}",
        ]
        assert room.session.steps[0].who == "[name]"
        # the chosen process by its frame: its name is masked wherever it stands
        await room.goes_to("1")
        await room.presses("right")
        for words in ("Starts", "Tea with"):
            await room.presses_on(words, "k")
            room.hears("Masked")
            room.does_not_see("Whitlow")
            assert room.session.process.purpose == "As [name] said"
            assert room.session.process.name == room.session.candidates[0].name == "Tea with [name]"
            await room.presses("u")
            room.sees("Whitlow")


async def test_every_field_warns(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await room.presses("n")
        for _ in range(2):  # title and team
            await room.types("For Mrs Whitlow")
            assert "This looks like a person’s name" in words_of_the_warning(room)
            await room.clicks("F3 mask   ")
            assert room.line == "For [name]"
            assert "looks like" not in words_of_the_warning(room)
            await room.presses("enter")
        await room.presses("enter")
        await arrives(room)
        assert (room.session.title, room.session.team) == ("For [name]", "For [name]")
        await room.says("Waking up")
        await room.goes_to("3")
        await room.says("+ Tea earlier")
        await room.presses("escape", "o")
        asked = {
            "1": ["E", "P", "slash", "right home enter", "right home c"],
            "2": ["i"],
            "3": ["home enter"],
            "4": ["home enter down enter", "end enter", "home w"],
            "5": ["i"],
        }
        for stage, ways in asked.items():
            await room.goes_to(stage)
            for way in ways:
                await room.presses("escape") if room.typing else None
                await room.presses(*way.split())
                assert room.typing, (stage, way)
                await room.types(" Mrs Whitlow")
                assert "This looks like a person’s name" in words_of_the_warning(room), (stage, way)
                room.sees("F3 mask")
                await room.presses("ctrl+z" if room.line != " Mrs Whitlow" else "ctrl+u")
                assert "looks like" not in words_of_the_warning(room), (stage, way)
                await room.presses("escape", "escape")


async def test_nothing_typed_gets_into_a_log_a_title_or_another_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    typed, half = "Mrs Whitlow in bed 12", f"half {NUMBER}"
    caplog.set_level(logging.DEBUG)
    async with opened(tmp_path / "library") as room:
        await starts(room)
        await room.says(f"p: {typed}")
        await room.types(half)
        for title in (room.app.title, room.app.sub_title, room.app.screen.title, room.app.screen.sub_title):
            assert "Whitlow" not in f"{title}"
        await room.saved()
        holds = {path for path in tmp_path.rglob("*") if path.is_file() and b"Whitlow" in path.read_bytes()}
        assert {path.parent for path in holds} <= {
            tmp_path / "library",
            places.history_folder() / room.session.id,
            places.recovery_folder() / room.session.id,
        }
        holds = {
            path for path in tmp_path.rglob("*") if path.is_file() and NUMBER.encode() in path.read_bytes()
        }
        assert {path.parent for path in holds} <= {places.recovery_folder() / room.session.id}
        await room.presses("ctrl+u", "ctrl+q")
    said = capsys.readouterr()
    assert not any(part in caplog.text + said.out + said.err for part in ("Whitlow", NUMBER))
