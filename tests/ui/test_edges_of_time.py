"""Days out of order, clocks that go back, months that are too short: the room loses nothing."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from promote_tui.reports.text import text_report
from promote_tui.session.edits import own
from promote_tui.session.model import Session
from tests.ui.made import made
from tests.ui.room import Facilitator, arrives, kept, opened
from tests.ui.test_three_months import on

A_CARD = (80, 40)
"""A screen that shows a whole card."""


def owned(session: Session) -> Session:
    """A session at 4 Own with one change."""
    return made(session, stage="own", thought=["+ Tea earlier"], owned=1)


def held(room: Facilitator) -> list[tuple[str, str]]:
    """Return each check-in of the change: its horizon and its day."""
    return [(one.horizon, str(one.held_on)) for one in room.session.initiatives[0].checkins]


async def leaves_for_home(room: Facilitator) -> None:
    """Close what is open, and go home."""
    await room.saved()
    await room.goes_to("q")
    assert not room.app.in_session


async def test_months_that_are_too_short_end_on_their_last_day(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, size=A_CARD, holding=owned(session)) as room:
        await room.presses("enter", "escape")
        for day_0, days in (
            ("30/11/2026", ["Thu 3 Dec 2026", "Mon 21 Dec 2026", "Sun 28 Feb 2027 weekend"]),
            ("30/11/2027", ["Fri 3 Dec 2027", "Tue 21 Dec 2027", "Tue 29 Feb 2028"]),
            ("29/2/2028", ["Fri 3 Mar 2028", "Tue 21 Mar 2028", "Mon 29 May 2028 bank holiday"]),
        ):
            await room.presses_on("Day 0", "enter")
            await room.replaces(day_0)
            room.sees(*(f"by {day}" for day in days))
        await room.presses_on("Day 0", "enter")
        await room.replaces("29/2/2027")
        room.hears("That is not a day.")
        assert room.line == "29/2/2027"


async def test_check_ins_out_of_order_twice_before_day_0_and_years_late(
    tmp_path: Path, session: Session
) -> None:
    async with opened(tmp_path, size=A_CARD, holding=owned(session)) as room:
        await room.presses("H")
        await room.answers("3 weeks", "A calm start", "", "", "")
        room.hears("Held. Next: 3 months, Tue 23 Feb 2027.")
        for _ in "ab":
            await room.presses("escape", "H")
            await room.answers("3 days", "Two liked it", "", "")
            room.clock.later(days=1)
        room.clock.later(days=-1)
        days = [("three_weeks", "2026-11-23"), ("three_days", "2026-11-23"), ("three_days", "2026-11-24")]
        assert held(room) == days
        await room.presses("escape", "h")  # goes on with the one of today
        room.hears("3 days: what was tried")
        assert room.line == "Two liked it"
        await room.presses("escape")
        await room.presses_on("Day 0", "enter")
        await room.replaces("24 Nov")
        await room.presses("end")
        room.sees("The 3 weeks check-in, Mon 23 Nov, is before day 0, Tue 24 Nov. Which day is right?")
        room.clock.later(days=1500)
        await room.presses("escape", "escape", "home", "h")
        room.hears("3 months: what became of it?")
        await room.answers("Nobody does it any more", "not", "Ask every year")
        assert held(room) == [*days, ("three_months", "2031-01-02")]
        assert text_report(await room.saved(), room.app.today())
        await leaves_for_home(room)
        room.does_not_see("Tea earlier")


async def test_a_number_that_is_no_better_and_one_in_words(tmp_path: Path, session: Session) -> None:
    measured = own.set_measure(owned(session), "initiative-1", name="People up", baseline=4, target=4)
    async with opened(tmp_path, size=A_CARD, holding=measured) as room:
        await room.presses("h")
        await room.answers("Two liked it", "", "")
        room.hears("how much is it now?", "it was 4, we hope for 4")
        words = "About six on most days, fewer on Sundays"
        await room.says(words)
        room.hears("A number goes here, such as 4 or 2.5.")
        assert room.line == words
        await room.presses("escape")
        room.hears("the words are in the line")
        assert room.line == words
        assert room.session.initiatives[0].checkins[0].value is None
        await room.presses("i", "ctrl+u", "escape", "escape", "h", "down", "down", "down")
        await room.says("6,5")
        assert room.session.initiatives[0].checkins[0].value == 6.5
        room.sees("Now and hoped for are the same number.")


async def test_the_card_shows_the_number_of_the_newest_day(tmp_path: Path, session: Session) -> None:
    measured = own.set_measure(owned(session), "initiative-1", name="People up", baseline=4, target=9)
    measured = own.check_in(measured, "initiative-1", "three_weeks", date(2026, 12, 14), value=8)
    measured = own.check_in(measured, "initiative-1", "three_days", date(2026, 11, 26), value=2)
    async with opened(tmp_path, holding=measured) as room:
        room.sees("People up: 4 → 9, now 8")


async def test_a_clock_that_goes_back_a_day_and_a_session_that_is_still_to_come(
    tmp_path: Path, session: Session
) -> None:
    to_come = owned(session).model_copy(update={"held_on": date(2026, 12, 1)})
    async with opened(tmp_path, size=A_CARD, holding=to_come) as room:
        await room.presses("h")
        await room.answers("Two liked it", "", "")
        await room.goes_to("5")
        await room.presses("h", "h")
        room.hears("There is a review of today already.")
        room.clock.later(days=-1)
        await room.presses("h")
        room.hears("There is a review of a later day already.")
        await room.presses("down", "r")
        await room.answers("Only on weekdays", "Ask bank staff", "")
        room.sees("Mon 23 Nov now ■ Red", "fine tuning: Ask bank staff by Sun 6 Dec")
        await room.goes_to("4")
        room.sees("The 3 days check-in, Mon 23 Nov, is still to come. On which day was it held?")
        await leaves_for_home(room)
        room.sees("1 Dec 2026", "Nothing is due in the next 7 days.")


async def test_what_was_begun_before_midnight_or_in_the_hour_that_comes_twice_is_one_check_in(
    tmp_path: Path, session: Session
) -> None:
    summer, winter = timezone(timedelta(hours=1)), timezone(timedelta(0))
    for name, before, after in (
        ("midnight", datetime(2026, 11, 26, 23, 58, tzinfo=UTC), datetime(2026, 11, 27, 0, 2, tzinfo=UTC)),
        ("autumn", datetime(2027, 10, 31, 1, 50, tzinfo=summer), datetime(2027, 10, 31, 1, 5, tzinfo=winter)),
        ("back", datetime(2026, 11, 27, 0, 2, tzinfo=UTC), datetime(2026, 11, 26, 23, 58, tzinfo=UTC)),
    ):
        async with opened(tmp_path / name, size=A_CARD, holding=owned(session)) as room:
            room.clock.time = before
            await room.presses("H")
            await room.answers("3 days", "Two liked it", "They sleep")
            room.clock.time = after
            await room.says("Ask the night shift")
            assert held(room) == [("three_days", f"{before:%Y-%m-%d}")], name
            (one,) = room.session.initiatives[0].checkins
            assert (one.happened, one.advice) == ("Two liked it", "Ask the night shift")
            assert (await room.saved()).updated_at == after
            room.sees(f"saved {after:%H:%M}")


async def test_a_change_whose_idea_is_gone_is_asked_about_all_the_same(
    tmp_path: Path, session: Session
) -> None:
    gone = "(its idea was removed)"
    kept(tmp_path, owned(session).model_copy(update={"ideas": ()}))
    async with on(date(2026, 11, 26), tmp_path) as room:
        assert room.highlighted_row == f"3 days {gone} no owner yet due today"
        await room.presses("enter")
        await arrives(room)
        await room.answers("Two liked it", "They sleep", "")
        await room.presses("escape", "l")
        room.sees("an idea that was removed gone", gone, "Two liked it")
        await room.presses("escape")
        await room.goes_to("5")
        await room.presses_on("Every shift can do it", "a")
        await room.answers("Seen", "", "")
        room.sees(gone, "now ▲ Amber")
        await leaves_for_home(room)
        await room.presses_on("Waking up on Mulberry 2", "o")
        await room.answers("", "", "")
        await arrives(room)
        assert [idea.text for idea in room.session.ideas] == [gone]


async def test_of_two_sessions_that_follow_the_same_one_the_newest_asks(
    tmp_path: Path, session: Session
) -> None:
    kept(tmp_path, owned(session))
    async with on(date(2026, 11, 24), tmp_path) as room:
        for title in ("One that follows", "Another"):
            await room.presses_on("23 Nov 2026", "o", "ctrl+u")
            await room.answers(title, "", "")
            await arrives(room)
            await room.says("Tea round")
            await leaves_for_home(room)
            room.clock.later(minutes=5)
            assert len([row for row in room.rows if "Tea earlier" in row]) == 1
        await room.presses("d")
        room.sees("Tea earlier", "Another")
        assert len(room.rows) == 1
        await room.presses("enter")  # let go there, it is let go in all of them
        await arrives(room)
        await room.goes_to("5")
        await room.presses("d")
        await room.answers("let go", "Too much", "Ask first")
        await leaves_for_home(room)
        room.does_not_see("Tea earlier")
        await room.presses("d")
        room.hears("Nothing is due or ahead.")
