"""Stage 5 by its keys: parts rated with evidence there and then, and the decision."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from promote_tui.session.edits import own
from promote_tui.session.edits import review as edits
from promote_tui.session.model import RATINGS, Dissent, Earlier, Part, PerVoice, Session
from promote_tui.session.parts import DEFAULT_PARTS
from tests.ui.made import TODAY, made
from tests.ui.room import SIZES, Facilitator, opened


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
        for key in ("r", "a", "g", "d", "D", "F", "h", "c", "x", "J", "enter", "p", "o"):
            await room.presses(key)
            assert room.said, key
        await room.presses("escape", "q")
        room.hears("There is no change to rate yet.")
        assert (room.stage, room.line) == ("review", "A part")
        room.hears("Leaving once more parks these words.")
        await room.presses("q")
        assert not room.app.in_session
        room.hears("Your half-typed line is parked in 1 Choose: A part")
        assert room.session.parked[-1].text == "A part"


async def test_red_and_amber_ask_for_what_was_seen_and_for_fine_tuning_with_a_day(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[0], "r")
    room.hears(f"“{DEFAULT_PARTS[0]}”: what would a fly on the wall see and hear?")
    await room.says("Seven of nine were glad")
    room.hears("what needs fine tuning?")
    await room.says("Ask bank staff")
    room.hears("By which day?")
    room.sees("Enter: in 2 weeks, Mon 7 Dec")
    await room.says("soonish")
    room.hears("That is not a day.")
    assert room.line == "soonish"
    await room.replaces("friday")
    assert not room.typing
    first = parts(room)[0]
    assert (first.rating, first.evidence, first.fine_tune) == (
        "red",
        "Seven of nine were glad",
        "Ask bank staff",
    )
    assert str(first.fine_tune_by) == "2026-11-27"
    room.sees("■ Red People notice a", "Seven of nine", "fine tuning: Ask bank staff by Fri 27 Nov")
    room.sees("○ Not rated", "Mon 23 Nov now ■ Red", "Gate: fine tune. One part is red, four are not rated")
    await room.presses("a")
    await room.answers("Only days", "Tell nights", "")
    assert str(parts(room)[1].fine_tune_by) == "2026-12-07"
    await room.presses("a")
    await room.answers("Nobody fell", "")
    assert not room.typing
    assert parts(room)[2].fine_tune_by is None
    room.clock.later(days=15)
    await room.presses("4", "5")
    room.sees("fine tuning: Tell nights late, it was for Mon 7 Dec")


async def test_green_asks_first_and_stays_away_when_nothing_is_said(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[0], "g")
    room.hears(f"“{DEFAULT_PARTS[0]}”: what was seen?")
    assert room.session.initiatives[0].reviews == ()
    await room.says("Seven of nine were glad")
    assert not room.typing
    assert (parts(room)[0].rating, parts(room)[0].evidence) == ("green", "Seven of nine were glad")
    assert DEFAULT_PARTS[1] in room.highlighted_row
    stays = "Green needs what was seen: the part stays as it was, ○ Not rated."
    for keys in (["escape"], ["enter", "enter"], ["enter", "escape"]):
        await room.presses_on(DEFAULT_PARTS[1], "g", *keys)
        room.hears(stays)
        assert parts(room)[1].rating is None
    await room.presses_on(DEFAULT_PARTS[1], "g", "enter")
    room.hears("Nothing seen? Say why it is green all the same. It is marked as an exception.")
    await room.says("No night shift this week")
    room.sees("● Green Every shift can do it exception: No night shift this week")
    assert parts(room)[1].exception == "No night shift this week"
    await room.presses_on(DEFAULT_PARTS[1], "g")
    await room.says("Nights do it too")
    room.does_not_see("exception")
    await room.presses_on(DEFAULT_PARTS[0], "g")
    room.hears("what would a fly on the wall see and hear?")
    assert room.line == "Seven of nine were glad"
    await room.presses("ctrl+u", "enter")
    room.hears("Green needs what was seen, or a word on why it is green all the same.")
    await room.presses("escape", "escape")
    assert parts(room)[0].evidence == "Seven of nine were glad"


async def test_the_worst_part_comes_first_once_the_room_has_answered(room: Facilitator) -> None:
    stage = room.app.stage_screen

    def shown() -> list[int]:
        drawn = ["".join(line.plain for line in row.draw(200)) for row in stage.active_list.rows]
        return [n for row in drawn for n, name in enumerate(DEFAULT_PARTS) if name in row]

    await room.presses_on(DEFAULT_PARTS[0], "g")
    await room.says("Seen")
    assert shown() == [0, 1, 2, 3, 4]
    await room.presses_on(DEFAULT_PARTS[2], "a")
    assert shown() == [0, 1, 2, 3, 4]
    await room.answers("Once", "")
    assert shown() == [0, 1, 2, 3, 4]
    assert DEFAULT_PARTS[3] in room.highlighted_row
    room.hears("“No unintended harm” is amber.   Next: Resistance understood")
    await room.presses_on(DEFAULT_PARTS[4], "r", "escape")
    assert DEFAULT_PARTS[1] in room.highlighted_row
    await room.presses("g", "escape")
    assert DEFAULT_PARTS[1] in room.highlighted_row
    for _ in range(2):
        await room.presses("g")
        await room.says("Seen")
    room.hears("All parts are rated. d decides")
    assert shown() == [4, 2, 0, 1, 3]
    await room.presses_on(DEFAULT_PARTS[2], "J")
    room.hears("The worst part comes first")
    await room.presses_on(DEFAULT_PARTS[1], "J")
    assert shown() == [4, 2, 0, 3, 1]


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
    for key in ("r", "a", "g", "D", "F", "x", "J", "K", "alt+down"):
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
    await room.says("Seen it")
    room.hears("Red, amber or green?")
    await room.says("purple")
    room.hears("Type one of these: 1 red   2 amber   3 green")
    await room.replaces("3")
    assert not room.typing
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
    room.hears("Type one of these: 1 ready   2 fine tune   3 let go")
    assert room.line == "maybe"
    await room.presses("down")
    room.hears("Type one of these: 1 ready", "↑↓ wait for that; Esc twice leaves it.")
    await room.says("let")  # instead of what was refused, not behind it
    room.hears("Nothing is rated yet. Why decide now?")
    await room.answers("It cost too much sleep", "Ask the night shift first")
    one = room.session.initiatives[0]
    assert (one.decision, one.decision_because, one.learnt, one.stage) == (
        "let go",
        "It cost too much sleep",
        "Ask the night shift first",
        "let go",
    )
    room.sees("Decided: let go, because “It cost too much sleep”", "Gate: Nothing is rated yet.")
    room.sees("not reviewed yet let go")
    room.sees("We let it go before we tried it.", "Learnt: Ask the night shift first")
    assert not room.typing
    await room.presses("d")
    await room.answers("", "")
    await room.presses("ctrl+u", "enter")
    room.sees("What did we learn that others should know? d asks")


async def test_a_decision_against_the_gate_needs_a_reason_and_one_with_it_does_not(room: Facilitator) -> None:
    def decided() -> tuple[str | None, str]:
        one = room.session.initiatives[0]
        return one.decision, one.decision_because

    await room.presses_on(DEFAULT_PARTS[0], "a")
    await room.presses("escape", "d")
    room.hears("or do we let go? The gate says fine tune.")
    await room.answers("fine", "")
    room.sees("Decided: fine tune, as the gate says. One part is amber, four are not rated yet.")
    await room.presses("d")
    await room.replaces("ready")
    room.hears("The gate says fine tune. What makes the room see it differently?")
    await room.presses("enter")
    room.hears("That is not what the gate says, so it needs a reason.")
    await room.presses("escape")
    room.hears("Not decided: it needs a reason.")
    assert decided() == ("fine tune", "")
    await room.presses("d")
    await room.replaces("1")
    await room.says("The ward has no nights")
    assert decided() == ("ready", "The ward has no nights")
    room.sees("Decided: ready, because “The ward has no nights”", "Gate: fine tune. One part is amber")
    await room.presses("d", "escape")
    assert decided()[0] == "ready"
    await room.presses("d")
    await room.replaces("2")
    await room.presses("escape")
    assert decided() == ("fine tune", "The ward has no nights")
    await room.presses("d", "ctrl+u", "enter")
    assert not room.typing
    assert decided()[0] is None
    room.hears("Nothing decided.")
    room.sees("d decides")
    await room.presses("d", "escape")
    room.hears("Nothing decided.")
    await room.presses("d")
    room.hears("The gate says fine tune. Enter agrees.")
    await room.presses("enter", "escape")
    assert decided()[0] == "fine tune"
    room.hears("Decided: fine tune.")


async def test_a_group_sees_it_differently_until_it_agrees_and_nobody_stands_alone(
    tmp_path: Path, session: Session
) -> None:
    present = PerVoice(patient=1, carer=2, staff=4)
    held = made(session, stage="review", thought=["+ Tea earlier"], owned=1)
    async with opened(tmp_path, holding=held.model_copy(update={"present": present})) as room:
        await room.presses_on(DEFAULT_PARTS[0], "a")
        await room.answers("Often", "")
        await room.presses_on(DEFAULT_PARTS[0], "D")
        room.hears("which group sees it differently?")
        await room.says("patients")
        room.hears("How do patients or carers see it?")
        await room.answers("red", "Not for me")
        room.hears("Kept.")
        room.sees("patient or carer ■ Red “Not for me”")
        assert parts(room)[0].dissent == (Dissent(voice="patient", rating="red", says="Not for me"),)
        await room.presses("D")
        await room.answers("staff", "sunny")
        room.hears("Type one of these")
        await room.replaces("green")
        await room.presses("escape")
        room.sees("staff ● Green", "Not everyone agrees about one part")
        await room.presses("D")
        await room.says("patients")
        assert room.line == "red"
        await room.replaces("agrees")
        assert not room.typing
        assert [one.voice for one in parts(room)[0].dissent] == ["staff"]
        await room.presses("D", "enter")
        assert not room.typing
        for group, view in (("patients", "3"), ("carers", "1")):
            await room.presses("D")
            await room.answers(group, view, "")
        room.sees("patient or carer ■ Red patient or carer ● Green")


async def test_fine_tuning_is_done_or_not_after_all(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[0], "F")
    room.hears("No fine tuning is written down for this part.")
    await room.presses("a")
    await room.answers("Often", "Tell nights", "")
    await room.presses_on(DEFAULT_PARTS[0], "F")
    room.hears("Fine tuning: done today")
    room.sees("fine tuning: Tell nights done Mon 23 Nov")
    await room.presses("F")
    room.hears("not done after all")
    room.sees("fine tuning: Tell nights by Mon 7 Dec")


async def test_the_closing_questions_are_asked_and_told_again_at_the_next_review(
    tmp_path: Path, session: Session
) -> None:
    earlier = Earlier(attached="Very fond of the tea", hard_to_change="")
    held = made(session, stage="review", thought=["+ Tea earlier"], owned=1)
    async with opened(tmp_path, holding=held.model_copy(update={"earlier": earlier})) as room:
        await room.presses_on("Are we too fond", "x")
        room.hears("Enter changes this; emptied, it is gone.")
        for key in ("l", "k", "y", "J", "r", "d", "F", "D", "p"):
            await room.presses(key)
            assert room.said, key
            assert not room.typing, key
        room.sees("Before we close c asks", "no answer yet last time: Very fond of the tea")
        await room.presses("h")
        room.hears("Highlight the change to review first.")
        await room.presses_on("Tea earlier", "h")
        room.hears("A new review of today. Last time we said: “Very fond of the tea”")
        await room.presses("c")
        room.hears("Have we grown too fond of any of this?")
        assert "fond" in room.question
        room.sees("Too fond ›")
        await room.answers("A little", "New cups")
        closing = room.session.closing
        assert (closing.attached, closing.hard_to_change) == ("A little", "New cups")
        await room.presses_on("hard to change later", "enter")
        await room.replaces("Red cups")
        assert not room.typing
        room.sees("► What would make it hard to Red cups")
        await room.presses("i")
        await room.says("Nights too")
        room.hears("Highlight the change first that this is a part of.")
        await room.presses("ctrl+u")
        room.clock.later(days=90)
        await room.presses_on("Tea earlier", "h")
        room.hears("Last time we said: “A little”   “Red cups”")


async def test_a_condition_of_the_plan_is_a_part_that_stays(tmp_path: Path, session: Session) -> None:
    held = own.add_resistance(
        made(session, stage="review", thought=["+ Tea"], owned=1), "initiative-1", "No time"
    )
    held = own.set_resistance(held, "initiative-1", "resistance-1", changes_plan="Tea after handover")
    async with opened(tmp_path, holding=held) as room:
        await room.presses_on("from the plan", "x")
        room.hears("This part is a condition of the plan. It goes when the plan changes, in 4 Own.")
        await room.presses("g")
        await room.says("Handover was quiet")
        assert parts(room)[5].condition == "Tea after handover"


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_all_there_at_every_size(tmp_path: Path, session: Session, size: tuple[int, int]) -> None:
    held = made(session, stage="review", thought=["+ Tea earlier"], owned=1)
    for place, rating in enumerate(RATINGS):
        held = edits.rate(
            held, "initiative-1", place, rating, TODAY, evidence="Seen", fine_tune="Tell nights"
        )
    async with opened(tmp_path, holding=held, size=size) as room:
        room.sees("Tea earlier", "now ■ Red", "fine tuning: Tell")
        await room.presses("end")
        room.sees("Before we close", "Are we too fond of any of it?", "What would make it hard to")


async def test_h_holds_a_new_review_and_keeps_the_earlier_one(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[0], "r")
    await room.answers("Seen", "Tell days", "")
    room.sees("Mon 23 Nov now ■ Red")
    await room.presses("h")
    room.hears("There is a review of today already.")
    room.clock.later(days=90)
    await room.presses("h")
    room.hears("A new review of today; the earlier one is kept")
    reviews = room.session.initiatives[0].reviews
    assert [str(review.held_on) for review in reviews] == ["2026-11-23", "2027-02-21"]
    assert all(part.rating is None for part in reviews[1].parts)
    room.sees(
        "3 months, Sun 21 Feb before ■ now ○ Not rated",
        "was ■ Red",
        "fine tuning: Tell days late, it was for",
    )


async def test_a_change_on_another_initiative_stays_there(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="review", thought=["+ Tea earlier", "- Shouting"], owned=2)
    async with opened(tmp_path, holding=held) as room:
        await room.presses_on(DEFAULT_PARTS[0], "end")
        await room.highlights("What would make it hard")
        await room.presses("up", "up", "g")
        await room.says("Seen")
        await room.presses("i")
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
    await room.presses("r")
    await room.clicks(DEFAULT_PARTS[4][:20])
    assert DEFAULT_PARTS[4] in room.highlighted_row
    await room.clicks(DEFAULT_PARTS[3], times=2)
    assert room.line == DEFAULT_PARTS[3]
    await room.presses("escape")
    await room.clicks("4 Own")
    assert room.stage == "own"


async def test_after_a_rating_the_next_part_is_highlighted(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[3], "g")
    await room.says("Seven of nine were glad")
    assert DEFAULT_PARTS[4] in room.highlighted_row
    await room.presses("g")
    await room.says("Days and nights")
    assert DEFAULT_PARTS[0] in room.highlighted_row
    assert [part.rating for part in parts(room)] == [None, None, None, "green", "green"]


async def test_words_where_a_choice_is_asked_are_not_lost(room: Facilitator) -> None:
    await room.presses("home", "d")
    await room.says("Nobody has a good word")
    room.hears("Type one of these: 1 ready")
    await room.presses("escape")
    room.hears("the words are in the line")
    assert room.line == "Nobody has a good word"
    assert room.session.initiatives[0].decision is None


async def test_escape_says_that_an_answer_was_kept(room: Facilitator) -> None:
    await room.presses_on(DEFAULT_PARTS[0], "r")
    await room.types("Only days")
    await room.presses("escape")
    room.hears("Seen: kept.", "u puts it back")
