"""Stage 4 by its keys: cards, their fields, resistance, check-ins."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from promote_tui.session.edits import own
from promote_tui.session.model import PerVoice, Session
from tests.ui.made import TODAY, made
from tests.ui.room import Facilitator, opened

IDEAS = ["+ Tea earlier", "- Shouting", "= Knocking"]


@pytest.fixture
async def room(tmp_path: Path, session: Session) -> AsyncIterator[Facilitator]:
    """A room with three ideas, the first taken on."""
    async with opened(tmp_path, holding=made(session, stage="own", thought=IDEAS, owned=1)) as room:
        yield room


async def test_nothing_to_own_yet(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, stage="own")) as room:
        room.sees("No ideas yet.", "a change to take on")
        await room.presses("escape")
        for key in ("o", "w", "h", "x", "J", "enter", "p"):
            await room.presses(key)
            assert room.said, key
        await room.presses("escape", "i")
        await room.says("Tea earlier")
        assert room.session.initiatives[0].ideas == (room.session.ideas[0].id,)
        room.sees(
            "Tea earlier no owner yet", "Thu 26 Nov in 3 days", "Mon 14 Dec in 3 weeks", "Tue 23 Feb 2027"
        )


async def test_the_list_is_active_when_there_is_something_to_own(room: Facilitator) -> None:
    assert not room.typing
    assert "Tea earlier" in room.highlighted_row
    room.sees("Ideas nobody has taken on yet o takes one on", "stop Shouting", "continue Knocking")


async def test_enter_opens_the_card_and_asks_for_what_is_missing(room: Facilitator) -> None:
    await room.presses("enter")
    room.hears("“Tea earlier”: who wants to own this?")
    await room.answers("HCA, nights", "People sleep")
    room.hears("when does it start? Enter keeps the day")
    await room.answers("", "Try it once", "", "Nine of twelve up")
    room.hears("what could get in the way")
    await room.answers("If locked, I ask", "Nurse")
    await room.presses_on("Measure –", "enter")
    await room.answers("People up", "people a day", "more", "4", "9.5")
    one = room.session.initiatives[0]
    assert (one.owner, one.success, one.if_then, one.buddy) == (
        "HCA, nights",
        "People sleep",
        "If locked, I ask",
        "Nurse",
    )
    assert (one.plan.three_days.goal, one.plan.three_months.goal) == ("Try it once", "Nine of twelve up")
    assert (one.measure.unit, one.measure.better, one.measure.baseline, one.measure.target) == (
        "people a day",
        "up",
        4,
        9.5,
    )
    assert not room.typing
    await room.presses("escape")
    room.sees("Tea earlier HCA, nights", "Measure", "4 → 9.5")


async def test_up_and_down_walk_from_question_to_question(room: Facilitator) -> None:
    await room.presses("enter")
    await room.types("HCA")
    await room.presses("down")
    room.hears("what would success look like?")
    await room.types("Calm")
    await room.presses("up")
    assert room.line == "HCA"
    await room.presses("up", "down")
    assert room.line == "Calm"
    await room.presses("escape")
    one = room.session.initiatives[0]
    assert (one.owner, one.success) == ("HCA", "Calm")


async def test_enter_again_closes_the_card_and_escape_too(room: Facilitator) -> None:
    await room.presses("enter", "escape")
    room.sees("If-then")
    await room.presses("home", "enter")
    room.does_not_see("Hoped for")
    await room.presses("enter", "escape", "escape")
    room.does_not_see("Hoped for")
    assert "Tea earlier" in room.highlighted_row


async def test_days_numbers_and_choices_that_are_none_are_refused_and_stay(room: Facilitator) -> None:
    await room.presses("enter", "escape")
    for label, wrong, reason in (
        ("Day 0", "someday", "That is not a day. Try 26 Nov"),
        ("Day 0", "31/02/2027", "That is not a day."),
        ("Now", "four", "A number goes here"),
        ("Now", "1e99", "too large"),
    ):
        await room.presses_on(label, "enter")
        await room.replaces(wrong)
        room.hears(reason)
        assert room.line == wrong
        await room.presses("ctrl+u", "escape", "escape")
        assert not room.typing
        await room.presses("enter", "escape")


async def test_another_day_0_moves_the_days_that_nobody_moved(room: Facilitator) -> None:
    await room.presses("enter", "escape")
    await room.presses_on("by Mon 14 Dec", "enter")
    await room.replaces("24 Dec")
    await room.presses_on("Day 0", "enter")
    await room.replaces("1/12/2026")
    plan = room.session.initiatives[0].plan
    days = [str(goal.due_on) for goal in (plan.three_days, plan.three_weeks, plan.three_months)]
    assert days == ["2026-12-04", "2026-12-24", "2027-03-01"]
    for label in ("Day 0", "by"):
        await room.presses("u")
        room.hears(f"Undone: change “{label}”.")


async def test_arrows_and_enter_turn_a_choice(room: Facilitator) -> None:
    await room.presses("enter", "escape")
    await room.highlights("Status")
    seen: list[str] = []
    for key in ("right", "left", "left", "right"):
        await room.presses(key)
        seen.append(room.session.initiatives[0].stage)
    assert seen == ["trying", "planned", "planned", "trying"]
    room.hears("Status: trying")
    await room.presses("u")
    room.hears("Undone: change “Status”.")
    await room.presses_on("Better", "enter")
    await room.says("less")
    await room.presses("escape")
    assert room.session.initiatives[0].measure.better == "down"
    before = room.session
    await room.presses_on("Owner", "right", "left")
    assert room.session == before


async def test_w_records_resistance_as_energy(room: Facilitator) -> None:
    await room.presses("w")
    room.hears("what is said against it? Write it as it was said.")
    await room.says("No time at handover")
    await room.answers("staff", "una", "Safe handover", "Ask them", "Tea after handover")
    one = room.session.initiatives[0].resistance[0]
    assert (one.says, one.voice, one.basis) == ("No time at handover", "staff", "unable")
    assert (one.protects, one.harness, one.changes_plan) == (
        "Safe handover",
        "Ask them",
        "Tea after handover",
    )
    room.sees("Resistance 1")
    await room.presses("escape")
    room.sees("“No time at handover” staff not able protects Safe handover")
    room.sees("→ Tea after handover")


async def test_resistance_left_empty_is_no_resistance(room: Facilitator) -> None:
    await room.presses("w", "enter")
    assert room.session.initiatives[0].resistance == ()
    assert not room.typing
    await room.presses("w", "escape")
    assert room.session.initiatives[0].resistance == ()


async def test_two_resistances_removed_one_by_one(room: Facilitator) -> None:
    for said in ("No time", "Too risky"):
        await room.presses("w")
        await room.says(said)
        await room.presses("escape", "home")
    await room.presses_on("No time", "x")
    room.hears("Removed: the resistance")
    assert [one.says for one in room.session.initiatives[0].resistance] == ["Too risky"]
    await room.presses("u")
    assert len(room.session.initiatives[0].resistance) == 2


async def test_h_holds_the_three_check_ins_one_after_the_other(room: Facilitator) -> None:
    await room.presses("h")
    room.hears("3 days: what was tried, and what happened?")
    await room.answers("Two people liked it", "People sleep", "Start small")
    room.hears("Held. Next: 3 weeks, Mon 14 Dec.")
    one = room.session.initiatives[0]
    assert (one.stage, one.success, one.checkins[0].advice) == ("trying", "People sleep", "Start small")
    await room.presses("escape")
    room.sees("3 days Thu 26 Nov Two people liked it held Mon 23 Nov")
    await room.presses("h", "escape")
    assert len(room.session.initiatives[0].checkins) == 1
    room.clock.later(days=21)
    await room.presses("escape", "home", "h")
    room.hears("3 weeks: what did we hope for that came true?")
    assert room.app.stage_screen.active_list.highlighted == "initiative-1:three_weeks"
    await room.answers("Calm", "Nurses sat down too", "Ten minutes", "Cups go missing")
    room.hears("what does that change in the plan?")
    await room.says("A tray for the cups")
    await room.presses("escape", "home")
    room.sees("Calm · Cups go missing", "→ A tray for the cups")
    room.clock.later(days=71)
    await room.presses("home", "h")
    room.hears("3 months: we hoped for “People sleep”. What became of it?")
    await room.answers("Nine of twelve sleep", "a runner", "Night shift of Larch")
    room.hears("Held: a runner. 5 Review decides whether it is ready to be tried wider.")
    one = room.session.initiatives[0]
    assert (one.stage, one.checkins[2].runner, one.checkins[2].pilot) == (
        "runner",
        True,
        "Night shift of Larch",
    )
    await room.presses("escape")
    room.clock.later(days=1)
    await room.presses("home", "h")
    room.hears("All check-ins are held.", "H holds one more")
    assert [one.horizon for one in room.session.initiatives[0].checkins] == [
        "three_days",
        "three_weeks",
        "three_months",
    ]
    await room.presses("enter")
    if room.typing:
        await room.presses("escape")
    await room.presses_on("Night shift of Larch", "x")
    room.hears("Removed: the check-in")
    assert len(room.session.initiatives[0].checkins) == 2


async def test_no_runner_is_asked_what_it_taught(room: Facilitator) -> None:
    room.clock.later(days=100)
    await room.presses("h")
    room.hears("3 months: what became of it?")
    await room.answers("It stopped in week two", "not")
    room.hears("what did trying it teach us?")
    await room.says("Nights cannot spare anyone")
    room.hears("5 Review decides: fine tune, or let go and keep what was learnt.")
    one = room.session.initiatives[0]
    assert (one.stage, one.learnt) == ("trying", "Nights cannot spare anyone")
    await room.presses("escape")
    room.sees("3 days Thu 26 Nov 2026 never held", "Learnt Nights cannot spare anyone")


async def test_a_skipped_check_in_is_not_asked_for_again_but_can_be_held(room: Facilitator) -> None:
    room.clock.later(days=21)
    room.sees("3 days Thu 26 Nov in 3 days")
    await room.presses("h")
    room.hears("3 weeks:")
    await room.presses("escape", "escape", "home", "H")
    room.hears("which check-in is it?")
    await room.says("someday")
    room.hears("Type one of these: 1 three days   2 three weeks   3 three months")
    await room.replaces("1")
    room.hears("3 days: what was tried, and what happened?")
    await room.answers("We tried it late", "", "")
    assert [str(one.held_on) for one in room.session.initiatives[0].checkins] == ["2026-12-14"]
    room.hears("Held. Next: 3 weeks, Mon 14 Dec.")
    await room.presses("escape", "H", "escape")
    assert not room.typing
    assert len(room.session.initiatives[0].checkins) == 1


async def test_a_check_in_without_a_word_is_none(room: Facilitator) -> None:
    await room.presses("h")
    await room.answers("", "", "")
    room.hears("Nothing was written down, so no check-in was held.")
    assert room.session.initiatives[0].checkins == ()


async def test_ideas_join_one_change_and_leave_it(room: Facilitator) -> None:
    await room.presses_on("Shouting", "j")
    room.sees("“Shouting”: which change is it part of?", "[ ] Tea earlier")
    await room.presses("enter", "escape")
    room.hears("1 choice changed.")
    room.sees("Also Stop: Shouting")
    room.does_not_see("stop Shouting")
    await room.presses_on("Tea earlier", "j")
    room.does_not_see("in other changes")
    room.sees(
        "which ideas belong together in this change?", "[■] Tea earlier", "[■] Shouting", "[ ] Knocking"
    )
    await room.presses("1", "2")
    room.sees("A change needs an idea.")
    await room.presses("1", "3", "escape")
    assert room.session.initiatives[0].ideas == ("idea-2", "idea-1", "idea-3")
    await room.presses("enter", "escape")
    await room.presses_on("Idea Knocking", "x")
    room.hears("No longer part of it: Knocking")
    await room.presses_on("Idea Tea earlier", "up", "enter")
    await room.replaces("No shouting")
    assert room.session.ideas[1].text == "No shouting"
    await room.presses("escape", *["u"] * 6)
    assert len(room.session.initiatives[0].ideas) == 1


async def test_one_owner_with_many_changes_is_shown_and_never_blocked(
    tmp_path: Path, session: Session
) -> None:
    held = made(session, stage="own", thought=[f"+ Idea {n}" for n in range(12)], owned=12)
    for one in held.initiatives:
        held = own.set_initiative(held, one.id, owner="HCA, nights")
    async with opened(tmp_path, holding=held) as room:
        room.sees("12 changes: a lot for one")
        await room.presses("end", "pagedown")
        room.sees("Who carries what HCA, nights: 12, a lot for one")
        await room.presses("home", "enter")
        await room.presses("escape")
        await room.presses_on("Owner", "enter")
        await room.replaces("the team")
        assert room.session.initiatives[0].owner == "the team"
        room.sees("Who takes the first step?")


async def test_days_that_cannot_be_right_and_numbers_that_are_the_same_are_pointed_out(
    room: Facilitator,
) -> None:
    await room.presses("enter", "escape")
    await room.presses_on("by Mon 14 Dec", "enter")
    await room.replaces("25 Nov")
    room.sees("3 weeks is due on Wed 25 Nov, before 3 days.")
    await room.presses_on("by Wed 25 Nov", "enter")
    await room.replaces("25 Dec")
    room.sees("Fri 25 Dec 2026 bank holiday, moved")
    for label, number in (("Now", "5"), ("Target", "5")):
        await room.presses_on(f"{label} –", "enter")
        await room.replaces(number)
        await room.presses("escape") if room.typing else None
    room.sees("Now and hoped for are the same number.")


async def test_o_takes_a_free_idea_on_and_enter_changes_its_words(room: Facilitator) -> None:
    await room.presses_on("Shouting", "o")
    room.hears("Taken on: Shouting")
    await room.presses_on("Knocking", "enter")
    await room.replaces("Knocking first")
    assert room.session.ideas[2].text == "Knocking first"
    assert len(room.session.initiatives) == 2
    await room.presses_on("Tea earlier", "o")
    room.hears("Highlight an idea first.")
    await room.presses_on("Shouting", "w")
    await room.presses("escape")
    await room.presses_on("Shouting", "K")
    assert room.session.initiatives[0].ideas == (room.session.ideas[1].id,)


async def test_free_ideas_can_be_parked_moved_and_removed_but_not_rated(room: Facilitator) -> None:
    await room.presses_on("Shouting", "w")
    room.hears("Highlight a change that is taken on first.")
    await room.presses("h")
    room.hears("Highlight a change that is taken on first.")
    await room.presses("p")
    room.hears("Parked under the processes of 1 Choose: Shouting")
    await room.presses_on("Knocking", "x")
    room.hears("Removed: Knocking")
    await room.presses_on("Tea earlier", "p")
    assert room.said
    await room.presses("x")
    room.hears("Removed: Tea earlier")
    room.sees("Ideas nobody has taken on yet")
    await room.presses("u")
    room.hears("Undone: remove a change.")
    await room.presses("u", "u")
    assert (len(room.session.ideas), len(room.session.initiatives)) == (3, 1)


async def test_an_open_card_survives_undo_of_itself(room: Facilitator) -> None:
    await room.presses_on("Shouting", "o")
    await room.presses("enter")
    await room.types("HCA")
    await room.presses("escape", "u", "u")
    assert [one.owner for one in room.session.initiatives] == [""]
    room.does_not_see("Hoped for")
    await room.presses("U", "U")
    assert [one.owner for one in room.session.initiatives] == ["", "HCA"]


async def test_a_check_in_with_a_measure_asks_for_the_number(room: Facilitator) -> None:
    await room.presses("enter", "escape")
    await room.presses_on("Measure", "enter")
    await room.says("People up")
    await room.presses("escape", "home", "h", "escape", "escape", "home", "h")
    await room.answers("Tried", "", "")
    room.hears("how much is it now? People up")
    await room.presses("escape", "home")
    room.clock.later(days=20)
    await room.presses("h")
    room.hears("how much is it now? People up")
    await room.says("lots")
    room.hears("A number goes here")
    await room.replaces("7,5")
    assert room.session.initiatives[0].checkins[-1].value == 7.5


async def test_mouse(room: Facilitator) -> None:
    await room.clicks("Shouting")
    await room.clicks("o take it on")
    assert len(room.session.initiatives) == 2
    await room.clicks("Shouting", times=2)
    room.hears("who wants to own this?")
    await room.says("HCA")
    await room.clicks("Esc done")
    await room.clicks("Day 0", times=2)
    room.hears("when does it start?")


async def test_the_room_begins_at_what_is_due_else_at_what_nobody_owns_and_stays_where_it_went(
    tmp_path: Path, session: Session
) -> None:
    held = made(session, stage="own", thought=IDEAS, owned=3)
    for id in ("initiative-1", "initiative-2"):
        held = own.set_initiative(held, id, owner="HCA")
    async with opened(tmp_path, holding=held) as room:
        assert "Knocking" in room.highlighted_row
        await room.highlights("Tea earlier")
        await room.presses("1")
        await room.goes_to("4")
        assert "Tea earlier" in room.highlighted_row
    late = own.set_goal(held, "initiative-2", "three_days", due_on=TODAY)
    async with opened(tmp_path / "late", holding=late) as room:
        assert "Shouting" in room.highlighted_row


async def test_after_the_buddy_the_number_is_asked_and_an_emptied_field_says_so(
    room: Facilitator,
) -> None:
    await room.presses("enter")
    await room.answers("HCA", "", "")
    room.hears("3 days, Thu 26 Nov: what gets it off the ground?")
    await room.answers("Try it", "", "", "", "Nurse")
    room.hears("what could we count to see a difference?")
    await room.presses("enter")  # without a number there is nothing to ask about it
    assert not room.typing
    room.hears("That was the last question.")
    await room.presses_on("Buddy Nurse", "enter", "enter")
    await room.says("People up")
    room.hears("counted in what?")
    await room.presses("escape")
    await room.presses_on("Owner HCA", "enter", "ctrl+u", "escape")
    room.hears("Owner: emptied.   u puts it back")
    await room.presses("u")
    assert room.session.initiatives[0].owner == "HCA"
    await room.presses_on("Owner HCA", "enter", "ctrl+u", "enter")
    room.hears("Owner: emptied.", "what would success look like?")
    await room.presses("escape")
    await room.presses_on("Unit", "enter")
    await room.answers("a day", "", "", "9")
    await room.presses_on("Target 9", "enter", "ctrl+u", "enter")
    room.hears("Target: emptied.   u puts it back")


async def test_an_undone_objection_leaves_its_change_open_and_highlighted(
    tmp_path: Path, session: Session
) -> None:
    async with opened(tmp_path, holding=made(session, stage="own", thought=IDEAS, owned=2)) as room:
        await room.presses_on("Tea earlier", "w")
        await room.says("No time")
        await room.presses("escape", "u")
        assert room.session.initiatives[0].resistance == ()
        assert room.list.highlighted.startswith("initiative-1")
        room.sees("If-then")
        # what another change holds is not offered, and that is said
        await room.presses("escape")
        await room.presses_on("Tea earlier", "j")
        room.sees("1 more idea is in other changes; x on such a change frees them")


async def test_h_says_first_that_it_is_held_or_not_begun(room: Facilitator) -> None:
    await room.presses("h")
    room.hears("“Tea earlier”: 3 days: what was tried")
    await room.says("Two mornings")
    await room.presses("escape", "h")
    room.hears("Held today already; change what you like. “Tea earlier”")
    assert room.line == "Two mornings"
    await room.presses("escape")
    await room.presses_on("Day 0", "enter")
    await room.replaces("in 1 week")
    await room.presses("escape", "H")
    await room.says("2")
    room.hears("This change starts only on Mon 30 Nov. “Tea earlier”: 3 weeks")


async def test_a_change_that_stops_something_says_stop(room: Facilitator) -> None:
    await room.presses_on("Shouting", "o")
    room.sees("Stop: Shouting no owner yet")
    await room.goes_to("5")
    room.sees("Stop: Shouting")
    assert "Stop: Shouting" in room.highlighted_row
    await room.highlights("Tea earlier")
    await room.goes_to("4")
    assert "Tea earlier" in room.highlighted_row


async def test_a_change_without_a_day_and_a_check_in_before_day_0(room: Facilitator) -> None:
    await room.presses("enter", "escape")
    await room.presses_on("Day 0", "enter", "ctrl+u", "enter")
    room.sees("Day 0 –", "by –")
    await room.presses("escape", "home", "h")
    room.hears("3 days: what was tried")
    await room.answers("Tried it", "", "")
    room.hears("Held. Next: 3 weeks.")
    await room.presses_on("Day 0", "enter")
    await room.replaces("in a week")
    await room.presses_on("by Thu 3 Dec", "enter")
    await room.replaces("6 dec")
    room.sees("by Sun 6 Dec 2026 weekend, moved")
    await room.presses_on("by Sun 6 Dec", "enter", "ctrl+u", "enter")
    room.sees("by Thu 3 Dec 2026")
    await room.presses("escape", "home", "h")
    await room.answers("", "", "Too early?")
    room.hears("The 3 days check-in, Mon 23 Nov, is before day 0, Mon 30 Nov. Which day is right?")


async def test_whoever_is_alone_in_a_group_is_not_named_on_the_open_card(
    tmp_path: Path, session: Session
) -> None:
    held = made(session, stage="own", thought=IDEAS, owned=1)
    held = own.add_resistance(held, "initiative-1", "No time")
    held = own.set_resistance(held, "initiative-1", "resistance-1", voice="carer")
    held = held.model_copy(update={"present": PerVoice(patient=3, carer=1, staff=5)})
    async with opened(tmp_path, holding=held) as room:
        room.sees("patient or carer")
        await room.presses("enter", "escape")
        await room.highlights("Said by")
        room.sees("Said by PATIENT CARER staff")
