"""Stage 5 by its keys: parts rated with evidence there and then, and the decision."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from promote_tui.session.model import Part, Session
from promote_tui.session.parts import DEFAULT_PARTS
from tests.ui.made import made
from tests.ui.room import Facilitator, opened


@pytest.fixture
async def room(tmp_path: Path, session: Session) -> AsyncIterator[Facilitator]:
    """A room with one change to review."""
    held = made(session, stage="review", thought=["+ Tea earlier", "- Shouting"], owned=1)
    async with opened(tmp_path, holding=held) as room:
        yield room


def parts(room: Facilitator) -> tuple[Part, ...]:
    return room.session.initiatives[0].reviews[-1].parts


async def test_nothing_to_review_yet(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, stage="review")) as room:
        room.sees("No change is taken on yet.")
        await room.says("A part")
        room.hears("There is no change to rate yet.")
        assert room.line == "A part"
        await room.presses("escape")
        for key in ("r", "a", "g", "d", "h", "x", "J", "enter", "p"):
            await room.presses(key)
            assert room.said, key


@pytest.mark.parametrize(
    ("key", "rating", "sign"), [("r", "red", "■ Red"), ("a", "amber", "▲ Amber"), ("g", "green", "● Green")]
)
async def test_a_rating_asks_for_what_was_seen(room: Facilitator, key: str, rating: str, sign: str) -> None:
    await room.presses_on(DEFAULT_PARTS[0], key)
    room.hears(f"“{DEFAULT_PARTS[0]}”: what would a fly on the wall see and hear?")
    await room.says("Seven of nine were glad")
    if rating != "green":
        room.hears("what needs fine tuning?")
        await room.says("Ask bank staff")
        room.hears("By which day?")
        await room.says("soonish")
        room.hears("That is not a day.")
        assert room.line == "soonish"
        await room.replaces("in 2 weeks")
        assert parts(room)[0].fine_tune == "Ask bank staff"
        assert str(parts(room)[0].fine_tune_by) == "2026-12-07"
        room.sees("fine tuning: Ask bank staff by Mon 7 Dec")
    assert not room.typing
    assert (parts(room)[0].rating, parts(room)[0].evidence) == (rating, "Seven of nine were glad")
    room.sees(f"{sign} People notice a", "Seven of nine were glad", "○ Not rated", f"Mon 23 Nov {sign}")


async def test_what_is_half_said_is_kept_with_escape(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[1], "a")
    await room.types("Only days")
    await room.presses("escape")
    assert (parts(room)[1].rating, parts(room)[1].evidence) == ("amber", "Only days")
    await room.presses("u", "u")
    assert room.session.initiatives[0].reviews == ()


async def test_keys_of_parts_on_the_change_itself_say_where_to_go_and_enter_decides(
    room: Facilitator,
) -> None:
    await room.presses("home")
    for key in ("r", "a", "g", "x", "J", "K", "alt+down"):
        await room.presses(key)
        room.hears("Highlight one of the parts first.")
    await room.presses("enter")
    room.hears("is it ready to try wider")
    await room.presses("escape", "p")
    room.hears("Highlight")


async def test_parts_are_added_changed_moved_and_removed(room: Facilitator) -> None:
    await room.presses("i")
    await room.says("Nights too")
    assert [part.name for part in parts(room)] == [*DEFAULT_PARTS, "Nights too"]
    await room.presses("escape")
    assert "Nights too" in room.highlighted_row
    await room.presses("K")
    assert "Nights too" in room.highlighted_row
    assert parts(room)[4].name == "Nights too"
    await room.presses("alt+down", "J")
    room.hears("at the end already")
    await room.presses("enter")
    await room.replaces("Nights and weekends")
    room.hears("Red, amber or green?")
    await room.says("purple")
    room.hears("Type a number or a word: 1 red   2 amber   3 green")
    await room.replaces("3")
    await room.says("Seen it")
    await room.presses("escape")
    assert (parts(room)[5].name, parts(room)[5].rating, parts(room)[5].evidence) == (
        "Nights and weekends",
        "green",
        "Seen it",
    )
    await room.presses("x")
    room.hears("Removed: the part")
    assert len(parts(room)) == 5
    await room.presses("u")
    assert len(parts(room)) == 6


async def test_the_room_decides_and_says_why(room: Facilitator) -> None:
    await room.presses("home", "d")
    room.hears("“Tea earlier”: is it ready")
    await room.says("maybe")
    room.hears("Type a number or a word: 1 ready   2 fine tune   3 let go")
    assert room.line == "maybe"
    await room.replaces("let")
    await room.answers("It cost too much sleep", "Ask the night shift first")
    one = room.session.initiatives[0]
    assert (one.decision, one.decision_because, one.learnt, one.stage) == (
        "let go",
        "It cost too much sleep",
        "Ask the night shift first",
        "let go",
    )
    room.sees("Decided let go: It cost too much sleep", "Learnt Ask the night shift first")
    assert not room.typing


async def test_a_decision_can_be_looked_at_changed_and_emptied(room: Facilitator) -> None:
    await room.presses("home", "d")
    await room.answers("ready", "All green")
    assert not room.typing
    await room.presses("d", "escape")
    assert room.session.initiatives[0].decision == "ready"
    await room.presses("d")
    await room.replaces("2")
    await room.presses("escape")
    one = room.session.initiatives[0]
    assert (one.decision, one.decision_because) == ("fine tune", "All green")
    await room.presses("d", "ctrl+u", "enter", "escape")
    assert room.session.initiatives[0].decision is None
    room.sees("d decides: ready, fine tune or let go")


async def test_h_holds_a_new_review_and_keeps_the_earlier_one(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[0], "g")
    await room.says("Seen")
    await room.presses("h")
    room.hears("There is a review of today already.")
    room.clock.later(days=90)
    await room.presses("h")
    room.hears("A new review of today; the earlier one is kept")
    reviews = room.session.initiatives[0].reviews
    assert [str(review.held_on) for review in reviews] == ["2026-11-23", "2027-02-21"]
    assert all(part.rating is None for part in reviews[1].parts)
    room.sees("Mon 23 Nov 2026 ● Green Sun 21 Feb ○ Not rated")


async def test_a_change_on_another_initiative_stays_there(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="review", thought=["+ Tea earlier", "- Shouting"], owned=2)
    async with opened(tmp_path, holding=held) as room:
        await room.presses_on(DEFAULT_PARTS[0], "end")
        await room.presses("g", "escape", "i")
        await room.says("One more")
        first, second = room.session.initiatives
        assert first.reviews == ()
        assert [part.name for part in second.reviews[0].parts][-1] == "One more"
        assert second.reviews[0].parts[4].rating == "green"
        await room.presses("escape", "slash")
        await room.says("one more")
        assert "One more" in room.highlighted_row


async def test_going_back_says_nothing_of_what_is_open(room: Facilitator) -> None:
    await room.presses("1")
    assert room.said == ""


async def test_mouse(room: Facilitator) -> None:
    await room.clicks(DEFAULT_PARTS[2])
    await room.clicks("g green")
    room.hears(DEFAULT_PARTS[2])
    await room.types("Nobody was harmed")
    await room.clicks("Enter keep")
    assert parts(room)[2].evidence == "Nobody was harmed"
    await room.clicks(DEFAULT_PARTS[3], times=2)
    assert room.line == DEFAULT_PARTS[3]
    await room.presses("escape")
    await room.clicks("4 Own")
    assert room.stage == "own"


async def test_after_a_rating_the_next_part_is_highlighted(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[0], "g")
    await room.says("Seven of nine were glad")
    assert DEFAULT_PARTS[1] in room.highlighted_row
    await room.presses("g")
    await room.says("Days and nights")
    assert [part.rating for part in parts(room)[:3]] == ["green", "green", None]


async def test_words_where_a_choice_is_asked_are_not_lost(room: Facilitator) -> None:
    await room.presses("d")
    await room.says("Nobody has a good word")
    room.hears("Type a number or a word: 1 ready")
    await room.presses("escape")
    room.hears("the words are in the line")
    assert room.line == "Nobody has a good word"
    assert room.session.initiatives[0].decision is None


async def test_escape_says_that_an_answer_was_kept(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[0], "r")
    await room.types("Only days")
    await room.presses("escape")
    room.hears("Seen: kept.", "u puts it back")
