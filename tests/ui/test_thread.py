from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from promote_tui.session.edits import items, own
from promote_tui.session.edits.choose import choose_process
from promote_tui.session.model import Earlier, Session
from tests.ui.made import made
from tests.ui.room import Facilitator, opened


@pytest.fixture
def held(session: Session) -> Session:
    """A session with a story behind a step behind an idea that is taken on."""
    session = made(
        session,
        told=["p: Lights at eight", "s: We rush", "Waking up"],
        mapped=["Lights on", "Names called"],
        thought=["+ Tea earlier #1", "- Calling names"],
        owned=1,
    )
    return items.change(session, "step-1", stories=("story-1",))


async def looks(room: Facilitator, stage: str, words: str) -> None:
    """Look at the thread of an item of a stage."""
    await room.goes_to(stage)
    await room.presses_on(words, "l")


async def test_the_thread_is_followed_both_ways(tmp_path: Path, held: Session) -> None:
    async with opened(tmp_path, holding=held) as room:
        await looks(room, "1", "Lights at eight")
        room.sees("This is where it begins.", "What came of it", "no owner yet", "No check-in yet.")
        assert room.highlighted_row.startswith("Story Lights at eight")
        await room.presses("down", "down", "enter")
        assert (room.stage, room.highlighted_row.split("  ")[0]) == ("ideas", "Tea earlier step 1 taken on")
        await room.presses("l", "up", "l")
        assert room.highlighted_row.startswith("Step Lights on")
        await room.presses("home", "l", "end", "l", "end", "enter")
        assert room.stage == "own"
        assert "no owner yet" in room.highlighted_row


async def test_closing_it_changes_nothing(tmp_path: Path, held: Session) -> None:
    async with opened(tmp_path, holding=held) as room:
        for key in ("escape", "q"):
            await looks(room, "2", "Names called")
            room.sees("No story is tied to it yet. In the list, y ties it to stories.", "No idea yet.")
            await room.presses("z", key)
            assert (room.stage, room.highlighted_row[:14]) == ("map", "2 Names called")
        await room.presses("l")
        await room.clicks("Esc")
        assert room.session.steps == held.steps


async def test_fields_and_the_microscope_mean_their_item(tmp_path: Path, held: Session) -> None:
    chosen = held.model_copy(
        update={"process": held.process.model_copy(update={"candidate": "candidate-1", "name": "Waking up"})}
    )
    async with opened(tmp_path, holding=chosen, size=(60, 20)) as room:
        await room.goes_to("2")
        await room.presses_on("Lights on", "m", "l")
        assert room.highlighted_row.startswith("Step Lights on")
        await room.presses("down", "enter")  # an idea in the column that a narrow screen shows last
        assert (room.stage, room.highlighted_row[:11]) == ("ideas", "Tea earlier")
        await room.goes_to("4")
        await room.presses("enter", "escape")
        await room.presses_on("Success", "l")
        assert room.highlighted_row.startswith("Change Tea earlier")
        await room.presses("escape")
        await room.goes_to("1")
        await room.presses("right")
        await room.presses_on("Purpose", "l")
        assert room.highlighted_row.startswith("Process Waking up")
        await room.presses("escape")
        await room.presses_on("Waking up", "x")
        await room.presses_on("Purpose", "l")
        room.hears("That is no longer there.")
        await room.goes_to("5")
        await room.presses("down", "down", "l")
        assert room.highlighted_row.startswith("Change Tea earlier")


async def test_what_nothing_is_tied_to_says_how_to_tie_it(tmp_path: Path, session: Session) -> None:
    lines = ["p: Lights at eight", "Waking up"]
    async with opened(tmp_path, holding=made(session, told=lines, thought=["+ Tea"], owned=1)) as room:
        for stage, words, said in [
            ("1", "Lights at eight", "Nothing yet. On a process, a step or an idea, y ties it to stories."),
            ("4", "Tea", "No story is tied to it yet. In the list, y ties its idea to stories."),
            ("3", "Tea", "No step is tied to it yet. In 3 Ideas, #3 in its line ties it to step 3."),
        ]:
            await room.goes_to(stage)
            await room.presses(*["right"] * (stage == "3"))
            await room.presses_on(words, "l")
            room.sees(said)
            await room.presses("escape")


async def test_without_an_item_it_says_what_is_needed(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=session) as room:
        for stage in "12345":
            await room.goes_to(stage)
            await room.presses("escape", "l")
            assert room.said.startswith("Highlight an item first"), stage


async def test_every_line_fits_also_of_three_hundred_items(tmp_path: Path, session: Session) -> None:
    held = made(
        session,
        told=[
            *(f"p: Story {n} that is rather long for one line, and longer" for n in range(300)),
            "Waking up",
        ],
        mapped=[f"Step {n}" for n in range(300)],
        thought=[f"+ Idea {n} #{n + 1}" for n in range(300)],
        owned=300,
    )
    held = choose_process(held, "candidate-1")
    held = items.change(held, "step-1", stories=tuple(story.id for story in held.stories))
    async with opened(tmp_path, holding=held, size=(60, 20)) as room:
        for stage, words in {"1": "Waking up", "2": "Step 0"}.items():
            await room.goes_to(stage)
            await room.presses(*["right"] * (stage == "1"))
            await room.presses_on(words, "l")
            assert len(room.rows) > 300
            room.sees("What came of it", f"► {'Process' if stage == '1' else 'Step'} {words}")
            width = room.list.scrollable_content_region.width - 2
            assert all(cell_len(line.plain) <= width for row in room.list.rows for line in row.draw(width))
            room.sees("Enter go there", "Esc back")
            await room.presses("escape")


async def test_from_a_story_to_the_outcome_and_to_its_change(tmp_path: Path, held: Session) -> None:
    earlier = Earlier(title="Mornings last year", held_on=date(2026, 6, 1))
    held = items.change(held.model_copy(update={"earlier": earlier}), "initiative-1", carried="initiative-2")
    held = own.add_resistance(held, "initiative-1", "No time")
    held = own.set_resistance(held, "initiative-1", "resistance-1", changes_plan="After handover")
    held = own.set_measure(held, "initiative-1", unit="people", baseline=4, target=9)
    held = own.check_in(held, "initiative-1", "three_weeks", date(2026, 11, 23), value=8, runner=True)
    async with opened(tmp_path, holding=held, size=(120, 40)) as room:
        await looks(room, "1", "Lights at eight")
        room.sees("Resistance “No time” → After handover", "3 weeks now 8 people held Mon 23 Nov a runner")
        room.sees("Measure From 4 to 8 people: better than at the start, 9 was hoped for.")
        room.sees("3 days This check-in was never held. was due Thu 26 Nov")
        await room.presses_on("“No time”", "l")
        room.sees("Last time Mornings last year held Mon 1 Jun", "carried on")
        await room.presses_on("From 4 to 8", "enter")
        assert room.stage == "own"
        assert "Tea earlier" in room.highlighted_row
