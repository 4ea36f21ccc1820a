"""Whole lives of a change in keys and in days: from the first story to the session that follows."""

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from promote_tui.reports.text import text_report
from promote_tui.session.parts import DEFAULT_PARTS
from promote_tui.ui.app import PromoteApp
from tests.ui.room import Clock, Facilitator, arrives, opened, starts

DAY_0, IN_3_DAYS, IN_3_WEEKS = date(2026, 11, 23), date(2026, 11, 26), date(2026, 12, 14)
IN_5_WEEKS, IN_3_MONTHS, A_YEAR_ON = date(2026, 12, 28), date(2027, 2, 23), date(2027, 11, 23)
STORY = "Nobody told me who was who"
CARD, DOOR, TEA = "A card that says who is who", "A name on every door", "The cup of tea on arrival"
PRINTS, BIG = "The ward clerk prints the cards", "Big letters on every card"
NOTHING = "Nothing is due in the next 7 days."


@asynccontextmanager
async def on(day: date, folder: Path) -> AsyncIterator[Facilitator]:
    """Start the program on a day, on a screen that shows a whole card."""

    def set_clock(app: PromoteApp) -> None:
        assert isinstance(app.now, Clock)
        app.now.time = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)

    async with opened(folder, size=(80, 40), on=set_clock) as room:
        yield room


async def does_what_is_due(room: Facilitator, row: str) -> None:
    """Press Enter on what home has highlighted."""
    assert row in room.highlighted_row
    await room.presses("enter")
    await arrives(room)


async def leaves(room: Facilitator) -> dict[str, Any]:
    """Go home with q, and return what the file says."""
    await room.saved()
    path = room.app.saver.file.path
    await room.goes_to("q")
    assert not room.app.in_session
    return tomllib.loads(path.read_text(encoding="utf-8"))


async def rates(room: Facilitator, part: str, key: str, *answers: str) -> None:
    """Rate a part and answer all that is asked."""
    await room.presses_on(part, key)
    await room.answers(*answers)
    assert not room.typing, room.said


async def rates_the_rest_green(room: Facilitator, count: int, seen: str) -> None:
    """Rate the highlighted part and those that come next by themselves."""
    for _ in range(count):
        assert "Not rated" in room.highlighted_row
        await room.presses("g")
        await room.says(seen)


async def carries_on(room: Facilitator, words: str) -> None:
    """Start a session that carries on from the highlighted one, with the same title and team."""
    await room.presses_on(words, "o")
    await room.answers("", "", "")
    await arrives(room)


async def finds_a_process(room: Facilitator) -> None:
    """Hear a story, choose a process, map two steps, tie ideas to them and one to the story."""
    await starts(room, "Coming onto the ward", "Larch", "2 2 3")
    await room.says(f"p: {STORY}")
    await room.says("Coming onto the ward")
    await room.presses_on("Coming onto the ward", "c")
    await room.answers("People feel expected", "The lift opens", "They know their nurse", "welcome", "We can")
    await room.goes_to("2")
    await room.says("Meet at the door @Ward clerk 5m")
    await room.says("Show the bed @Nurse 10m")
    await room.goes_to("3")
    for line in (f"= {TEA} #1", f"+ {DOOR} #2", f"+ {CARD} #1"):
        await room.says(line)
    await room.presses_on(CARD, "y")
    await room.presses_on(STORY, "enter", "escape")
    await room.presses("o")
    room.hears("Taken on. 4 gives it an owner")


async def gives_it_an_owner(room: Facilitator) -> None:
    """Join an idea to the change, and fill its card: plan, measure, resistance."""
    await room.goes_to("4")
    await room.presses_on(DOOR, "j", "1", "escape")
    await room.presses_on(CARD, "enter")
    room.hears("who wants to own this?")
    await room.answers("Ward clerk", "People call their nurse by name", "", "Six cards for bay two")
    await room.answers(
        "A card at every bed", "Nine of ten know the name", "If the ink is out, I will write it"
    )
    await room.says("Night nurse")
    await room.presses_on("Measure –", "enter")
    await room.answers("People who know the name", "of ten", "more", "2", "9")
    await room.presses("escape")
    await room.presses_on(CARD, "w")
    await room.answers(
        "One more thing to do", "staff", "unable", "Time with people", "Ask who has time", PRINTS
    )
    await room.presses("escape")
    room.sees("Ward clerk", f"Also {DOOR}", "2 → 9", "not able", f"→ {PRINTS}", "Thu 26 Nov", "in 3 days")


async def reviews_at_three_weeks(room: Facilitator) -> None:
    """Rate every part, one red and one amber; a group sees one differently; decide as the gate says."""
    await room.goes_to("5")
    room.sees("3 weeks, not reviewed yet", "○ Not rated The ward clerk", "○ Not rated Big letters")
    await rates(room, DEFAULT_PARTS[1], "r", "Nights have no cards", "")
    await rates(room, DEFAULT_PARTS[4], "a", "The clerk does it all", "Show two others how", "")
    await rates_the_rest_green(room, 5, "Seen in bay two")
    await rates(room, PRINTS, "D", "patients", "amber", "Not at weekends")
    room.sees("3 weeks, Mon 14 Dec now ■ Red", "fine tuning: Show two others how by Mon 28 Dec")
    room.sees("patient ▲ Amber “Not at weekends”", "Gate: fine tune. One part is red, one is amber.")
    await room.presses("d")
    room.hears("The gate says fine tune.")
    await room.answers("fine tune", "")
    room.sees("Decided: fine tune, as the gate says.", "Not everyone agrees about one part.")


async def reviews_at_three_months(room: Facilitator) -> None:
    """Rate every part green, decide that it is ready, and answer the closing questions."""
    await room.goes_to("5")
    await room.presses("home", "h")
    room.hears("A new review of today; the earlier one is kept")
    await room.highlights(DEFAULT_PARTS[0])
    await rates_the_rest_green(room, 7, "Seen on every shift")
    room.sees("3 months, Tue 23 Feb before ■ now ● Green", "was ■ Red", "was ▲ Amber", "from the plan")
    room.sees("Gate: ready. Every part is green.", "Decided: fine tune")
    await room.presses("d")
    await room.replaces("ready")
    await room.says("")
    room.sees("Decided: ready, as the gate says.")
    await room.presses("c")
    room.hears("Have we grown too fond of any of this?")
    await room.answers("A little", "New cards cost money")
    room.sees("A little", "New cards cost money")


async def follows_the_thread(room: Facilitator) -> None:
    """Go from the story to what came of it, and from the change back to the story."""
    await room.goes_to("1")
    await room.presses_on(STORY, "l")
    room.sees(
        "This is where it begins.", CARD, f"surprise: Two cannot read it → {BIG}", "a runner", "Decided ready"
    )
    await room.presses_on("Decided", "enter")
    assert (room.stage, CARD in room.highlighted_row) == ("own", True)
    await room.presses("l")
    await room.presses_on(STORY, "enter")
    assert (room.stage, STORY in room.highlighted_row) == ("choose", True)


async def checks_in_at_three_days(room: Facilitator) -> None:
    """Answer a minute of questions, and leave."""
    room.sees("What did we promise? 1 today")
    await does_what_is_due(room, f"3 days {CARD} Ward clerk due today")
    room.hears("3 days: what was tried, and what happened?")
    await room.answers("Four of six read it", "", "Ask the night shift", "4")
    room.hears("Held. Next: 3 weeks, Mon 14 Dec.")


async def checks_in_at_three_weeks(room: Facilitator) -> None:
    """Answer what was meant and what was not; an unpleasant surprise adds to the plan."""
    await does_what_is_due(room, f"3 weeks {CARD} Ward clerk due today")
    room.hears("how much is it now?", "it was 2, we hope for 9")
    await room.answers("6", "People ask for their nurse", "Visitors read it too", "Ten minutes")
    await room.says("Two cannot read it")
    room.hears("what does that change in the plan?")
    await room.says(BIG)
    room.hears("Held. Next: 3 months, Tue 23 Feb 2027.")
    await room.presses("escape")
    room.sees("now 6", f"→ {PRINTS}", f"→ {BIG}")


async def checks_in_at_three_months(room: Facilitator) -> None:
    """Say that it is a runner, and look at the numbers over time."""
    await does_what_is_due(room, f"3 months {CARD} Ward clerk due today")
    await room.says("9")
    room.hears("we hoped for “People call their nurse by name”.")
    await room.answers("Nine of ten know it", "a runner", "Two weeks on Mulberry 2")
    room.hears("Held: a runner. 5 Review decides")
    await room.presses("escape")
    await room.presses_on(CARD, "enter")
    room.sees("target 9 ┤", "at the start 2 ┤", "23 Nov 26 Nov 14 Dec 23 Feb")


def says_all_of_the_session(file: dict[str, Any]) -> None:
    """Check the file of the first day."""
    assert (file["held_on"], file["stage"], file["process"]["candidate"]) == (DAY_0, "own", "candidate-1")
    assert [(idea["step"], idea.get("stories")) for idea in file["ideas"]] == [
        ("step-1", None),
        ("step-2", None),
        ("step-1", ["story-1"]),
    ]
    (change,) = file["initiatives"]
    assert (change["owner"], change["ideas"]) == ("Ward clerk", ["idea-3", "idea-2"])
    assert [goal["due_on"] for goal in change["plan"].values()] == [IN_3_DAYS, IN_3_WEEKS, IN_3_MONTHS]
    assert (change["measure"]["baseline"], change["measure"]["target"]) == (2, 9)
    assert change["resistance"][0]["changes_plan"] == PRINTS


def says_all_of_three_months(file: dict[str, Any]) -> None:
    """Check the file of the last day."""
    change = file["initiatives"][0]
    assert (change["stage"], change["decision"]) == ("runner", "ready")
    held = [(one["horizon"], one["held_on"], one["value"]) for one in change["checkins"]]
    assert held == [
        ("three_days", IN_3_DAYS, 4),
        ("three_weeks", IN_3_WEEKS, 6),
        ("three_months", IN_3_MONTHS, 9),
    ]
    assert (change["checkins"][1]["unexpected_bad"], change["checkins"][1]["changes_plan"]) == (
        "Two cannot read it",
        BIG,
    )
    assert (change["checkins"][2]["runner"], change["checkins"][2]["pilot"]) == (
        True,
        "Two weeks on Mulberry 2",
    )
    reviews = {review["held_on"]: review["parts"] for review in change["reviews"]}
    assert {day: "".join(part["rating"][0] for part in parts) for day, parts in reviews.items()} == {
        IN_3_WEEKS: "grggagg",
        IN_3_MONTHS: "ggggggg",
    }
    tuned = reviews[IN_3_WEEKS][4]
    assert (tuned["fine_tune_by"], tuned["fine_tuned_on"]) == (IN_5_WEEKS, IN_5_WEEKS)
    assert reviews[IN_3_WEEKS][5]["dissent"] == [
        {"voice": "patient", "rating": "amber", "says": "Not at weekends"}
    ]
    assert file["closing"] == {"attached": "A little", "hard_to_change": "New cards cost money"}


async def test_coming_onto_the_ward(tmp_path: Path) -> None:
    async with on(DAY_0, tmp_path) as room:
        await finds_a_process(room)
        await gives_it_an_owner(room)
        says_all_of_the_session(await leaves(room))
        room.sees("1 soon", "3 days", CARD, "in 3 days")
    async with on(IN_3_DAYS, tmp_path) as room:
        await checks_in_at_three_days(room)
        await leaves(room)
        room.sees(NOTHING)
    async with on(IN_3_WEEKS, tmp_path) as room:
        await checks_in_at_three_weeks(room)
        await reviews_at_three_weeks(room)
        assert (await leaves(room))["initiatives"][0]["decision"] == "fine tune"
        room.sees(NOTHING)
    async with on(IN_5_WEEKS, tmp_path) as room:
        await does_what_is_due(room, "fine tuning Show two others how Ward clerk due today")
        await room.presses("F")
        room.sees("Fine tuning: done today", "done Mon 28 Dec")
        await leaves(room)
        room.sees(NOTHING)
    async with on(IN_3_MONTHS, tmp_path) as room:
        await checks_in_at_three_months(room)
        await reviews_at_three_months(room)
        await follows_the_thread(room)
        await room.goes_to("4")
        await room.presses_on(TEA, "o", "enter")
        await room.says("Volunteer")
        old = await leaves(room)
        says_all_of_three_months(old)
        room.sees("1 soon", "3 days", TEA, "in 3 days")
        room.does_not_see(CARD)
    async with on(IN_3_MONTHS + timedelta(2), tmp_path) as room:
        await carries_on(room, TEA)
        assert room.question.startswith("What did we promise last time?")
        new = await leaves(room)
        assert (new["follows"], new["earlier"]["hard_to_change"]) == (old["id"], "New cards cost money")
        ((carried, owner),) = ((one["carried"], one["owner"]) for one in new["initiatives"])
        assert (carried, owner) == ("initiative-2", "Volunteer")
        assert [idea["text"] for idea in new["ideas"]] == [TEA]
        assert [row for row in room.rows if TEA in row] == [f"3 days {TEA} Volunteer due tomorrow"]
        await room.highlights(TEA)
        await does_what_is_due(room, "3 days")
        assert room.session.id == new["id"]


async def test_a_change_that_is_let_go(tmp_path: Path) -> None:
    async with on(DAY_0, tmp_path) as room:
        await starts(room, "Quiet nights", "Larch", "2 2 3")
        await room.goes_to("4")
        await room.says("Soft shoes for all")
        await room.presses("escape")
        await room.presses("enter")
        await room.says("HCA, nights")
        await leaves(room)
    async with on(IN_3_MONTHS, tmp_path) as room:
        room.sees("3-day and 3-week check-ins never held")
        await does_what_is_due(room, "3 months Soft shoes for all HCA, nights due today")
        await room.answers("Nobody wore them", "not a runner")
        room.hears("what did trying it teach us?")
        await room.says("Ask about sizes first")
        room.hears("5 Review decides: fine tune, or let go and keep what was learnt.")
        await room.goes_to("5")
        for part in DEFAULT_PARTS[:3]:
            await rates(room, part, "r", "No shoes to be seen", "Buy more", "in 3 days")
        room.sees("Gate: let go. Every rated part is red. The 3-month check-in was held.")
        await room.presses("d")
        room.hears("The gate says let go.")
        await room.answers("let go", "")
        room.hears("What did we learn that others should know?")
        await room.replaces("Ask about sizes before you buy")
        room.sees("Decided: let go", "we know more than before", "Learnt: Ask about sizes before you buy")
        told = await room.saved()
        file = await leaves(room)
        room.does_not_see("Soft shoes", "promise", NOTHING)
        change = file["initiatives"][0]
        assert (change["stage"], change["decision"], change["learnt"]) == (
            "let go",
            "let go",
            "Ask about sizes before you buy",
        )
        report = text_report(told, IN_3_MONTHS)
        for line in (
            "It was let go.",
            "Decision: Let it go.",
            "We tried it, we looked closely, and we know more than before. Well done.",
            "What we learnt: Ask about sizes before you buy.",
            "Fine tuning: Buy more. This was to be done by Fri 26 Feb.",
        ):
            assert line in report.splitlines(), report
        await carries_on(room, "Quiet nights")
        assert room.session.initiatives == ()
        room.sees("Let go: Soft shoes for all learnt: Ask")
    async with on(A_YEAR_ON, tmp_path) as room:
        room.does_not_see("Soft shoes", "promise", NOTHING)
        await room.presses_on("5 Review", "enter")
        await arrives(room)
        room.sees("fine tuning: Buy more", "Learnt: Ask about sizes before you buy")
        room.does_not_see("late, it was for")
        await room.presses("4")
        room.does_not_see("Still open", "no owner yet")


async def test_a_file_that_nobody_opens_for_a_year(tmp_path: Path) -> None:
    async with on(DAY_0, tmp_path) as room:
        await starts(room, "Quiet nights")
        await room.goes_to("4")
        await room.says("Soft shoes for all")
        await leaves(room)
    async with on(A_YEAR_ON, tmp_path) as room:
        room.sees("What did we promise? 1 long ago", "Sessions 1 session")
        asked = [row for row in room.rows if "Soft shoes" in row]
        assert asked == [
            "3 months Soft shoes for all no owner yet 9 months late 3-day and 3-week check-ins never held"
        ]
        assert room.highlighted_row.startswith("Quiet nights")
        await room.highlights("Soft shoes")
        await does_what_is_due(room, "3 months")
        await room.answers("It had stopped by spring", "not", "Somebody has to ask sooner")
        file = await leaves(room)
        room.does_not_see("Soft shoes", "What did we promise?", NOTHING)
        assert [one["horizon"] for one in file["initiatives"][0]["checkins"]] == ["three_months"]
