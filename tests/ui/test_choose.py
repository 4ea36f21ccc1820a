"""Stage 1 by its keys: stories, processes, the one chosen, what is parked."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from promote_tui.session.edits import carrying, own, parking, review
from promote_tui.session.model import Closing, PerVoice, Session
from tests.ui.made import TODAY, made
from tests.ui.room import SIZES, START, Facilitator, arrives, opened, starts

LINES = ["p: Lights at eight", "c: Nobody rang me", "s: We rush", "Waking up", "Meal times", "Ward round"]


@pytest.fixture
async def room(tmp_path: Path, session: Session) -> AsyncIterator[Facilitator]:
    """A room that has told three stories and named three processes."""
    async with opened(tmp_path, holding=made(session, told=LINES)) as room:
        yield room


async def to_processes(room: Facilitator) -> None:
    await room.presses("escape", "right", "home")


def voices(room: Facilitator) -> list[str]:
    """Return the stories in the order of their ids: on the screen they stand in any order."""
    told = sorted(room.session.stories, key=lambda story: int(story.id.removeprefix("story-")))
    return [f"{story.voice[0]}: {story.text}" for story in told]


def names(room: Facilitator) -> list[str]:
    return [candidate.name for candidate in room.session.candidates]


# capture


async def test_a_sign_makes_a_line_a_story_and_none_makes_it_a_process(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await starts(room)
        assert room.typing
        for line in ["p: Lights at eight", "C:Nobody rang me", " s : We rush", "Waking up"]:
            await room.says(line)
        assert voices(room) == ["p: Lights at eight", "c: Nobody rang me", "s: We rush"]
        assert names(room) == ["Waking up"]
        assert room.line == ""
        room.sees("PATIENT", "CARER", "STAFF", "patients 1", "Waking up")
        saved = await room.saved()
    assert saved.stories == room.session.stories


async def test_the_signs_stand_in_the_empty_line_and_go_when_the_list_is_active(room: Facilitator) -> None:
    room.sees("i to type")
    room.does_not_see("p: patient")
    await room.presses("i")
    room.sees("p: patient c: carer s: staff or a process")


async def test_a_sign_alone_is_refused_in_words_and_stays(room: Facilitator) -> None:
    await room.says("p:")
    room.hears("A story cannot be empty.")
    assert room.line == "p:"
    assert len(room.session.stories) == 3


# typing and list


async def test_escape_arrows_and_tab_go_to_the_list_and_the_text_stays(room: Facilitator) -> None:
    await room.types("half")
    for key in ("escape", "up", "down", "tab", "shift+tab"):
        assert room.typing
        await room.presses(key)
        assert not room.typing, key
        await room.presses("i")
        assert room.line == "half"


async def test_up_and_down_walk_through_a_long_text_before_they_leave_it(room: Facilitator) -> None:
    await room.types("word " * 40)
    await room.presses("up")
    assert room.typing
    await room.presses("up", "up", "up")
    assert not room.typing


async def test_tab_walks_from_column_to_column_and_back_to_typing(room: Facilitator) -> None:
    await room.presses("escape")
    assert room.list.id == "stories"
    await room.presses("tab")
    assert room.list.id == "processes"
    await room.presses("tab")
    assert room.typing
    await room.presses("escape")
    await room.presses("left", "right", "right", "left")
    assert room.list.id == "stories"


async def test_arrows_home_end_and_pages_move_the_highlight_and_stop_at_the_ends(room: Facilitator) -> None:
    await to_processes(room)
    seen = [room.highlighted_row]
    for key in ("up", "down", "down", "end", "down", "home", "pagedown", "pageup"):
        await room.presses(key)
        seen.append(room.highlighted_row)
    assert seen == [
        "Waking up", "Waking up", "Meal times", "Ward round", "Ward round", "Ward round", "Waking up",
        "Ward round", "Waking up",
    ]  # fmt: skip


async def test_a_letter_that_does_nothing_says_so(room: Facilitator) -> None:
    await room.presses("escape", "z")
    room.hears("z does nothing here.", "i to type")
    await room.presses("space")
    room.hears("does nothing here.")


# edit


async def test_enter_edits_the_words_and_the_voice_of_a_story(room: Facilitator) -> None:
    await room.presses_on("Lights at eight", "enter")
    assert room.line == "p: Lights at eight"
    await room.replaces("c: Lights at seven")
    assert voices(room)[0] == "c: Lights at seven"
    assert not room.typing
    await room.presses("enter")
    await room.replaces("Lights at six")
    assert voices(room)[0] == "c: Lights at six"


async def test_enter_renames_a_process_also_the_chosen_one(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("c", "escape", "home", "enter")
    await room.replaces("Getting up")
    assert names(room)[0] == room.session.process.name == "Getting up"
    room.sees("Chosen Getting up")


async def test_an_edit_left_with_escape_is_kept_and_an_emptied_one_refused(room: Facilitator) -> None:
    await room.presses_on("We rush", "enter")
    await room.types(" a lot")
    await room.presses("escape")
    assert voices(room)[2] == "s: We rush a lot"
    await room.presses_on("We rush", "enter")
    await room.presses("ctrl+u", "enter")
    room.hears("A story cannot be empty. x in the list removes it.")
    assert room.typing
    await room.presses("escape")
    assert not room.typing
    assert voices(room)[2] == "s: We rush a lot"


async def test_ten_thousand_and_one_characters_are_refused_and_stay(room: Facilitator) -> None:
    text = "x" * 10_000
    await room.pastes(text)
    await room.types("y")
    await room.presses("enter")
    room.hears("10,001 characters; 10,000 fit.")
    assert room.line == f"{text}y"
    await room.presses("backspace", "enter")
    assert names(room)[-1] == text


# remove, move, park, undo


async def test_remove_is_named_and_can_be_undone(room: Facilitator) -> None:
    for key in ("x", "delete", "alt+x"):
        await room.presses_on("Nobody rang me", key)
        room.hears("Removed: Nobody rang me", "u undo")
        assert len(room.session.stories) == 2
        await room.presses("u")
        room.hears("Undone: remove a story.", "U redo")
        assert voices(room)[1] == "c: Nobody rang me"
        assert "Nobody rang me" in room.highlighted_row
    await room.presses("U")
    room.hears("Done again: remove a story.")
    assert len(room.session.stories) == 2


async def test_nothing_to_remove_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await starts(room)
        await room.presses("escape", "x")
        room.hears("There is nothing to remove here.")
        for key, reason in {
            "c": "", "v": "", "plus": "Highlight a story first", "s": "Highlight a story first",
            "J": "cannot be moved", "enter": "Nothing here yet",
            "u": "nothing to undo", "U": "nothing to redo",
        }.items():  # fmt: skip
            await room.presses(key)
            room.hears(reason)
            assert room.said


async def test_move(room: Facilitator) -> None:
    for down, up in (("J", "K"), ("alt+down", "alt+up"), ("alt+J", "alt+K")):
        await to_processes(room)
        await room.presses(down)
        assert names(room) == ["Meal times", "Waking up", "Ward round"]
        assert room.highlighted_row == "Waking up"
        await room.presses(up)
        assert names(room) == ["Waking up", "Meal times", "Ward round"]
        await room.presses(up)
        room.hears("It is at the top already.")
        await room.presses("end", down)
        room.hears("It is at the end already.")


async def test_park_keeps_the_words_aside(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("down", "p")
    room.hears("Parked under the processes of 1 Choose: Meal times", "u undo")
    assert [parked.text for parked in room.session.parked] == ["Meal times"]
    room.sees("Parked", "Meal times")
    await room.presses_on("Meal times", "enter")
    await room.replaces("Meals")
    assert room.session.parked[0].text == "Meals"
    await room.presses("p")
    room.hears("Taken back: Meals", "u undo")
    assert names(room) == ["Waking up", "Ward round", "Meals"]
    await room.presses("u")
    await room.presses_on("Meals", "x")
    assert not room.session.parked
    await room.presses("u", "u", "u")
    assert names(room) == ["Waking up", "Meal times", "Ward round"]


async def test_undo_and_redo_by_letter_and_by_chord_walk_the_whole_way(room: Facilitator) -> None:
    before = room.session
    for line in ("One", "Two", "Three"):
        await room.says(line)
    after = room.session
    await room.presses("ctrl+z", "escape", "u", "ctrl+z")
    assert room.session.candidates == before.candidates
    await room.presses("ctrl+z")
    room.hears("There is nothing to undo.")
    await room.presses("U", "ctrl+y", "i", "ctrl+y")
    assert room.session.candidates == after.candidates
    await room.presses("ctrl+y")
    room.hears("There is nothing to redo.")


async def test_ctrl_z_takes_back_typing_first(room: Facilitator) -> None:
    await room.says("One")
    await room.types("half a thought")
    await room.presses("ctrl+z")
    assert room.line == ""
    assert names(room)[-1] == "One"
    await room.presses("ctrl+z")
    assert names(room)[-1] == "Ward round"


# the process


async def test_choose_asks_for_the_frame(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("c")
    room.hears("What should it do for the person?")
    await room.answers("A calm start", "Night round", "Breakfast", "2", "Asked for most")
    process = room.session.process
    assert (process.name, process.candidate) == ("Waking up", room.session.candidates[0].id)
    assert (process.purpose, process.starts_with, process.ends_with) == (
        "A calm start",
        "Night round",
        "Breakfast",
    )
    assert (process.phase, process.chosen_because) == ("stay", "Asked for most")
    assert not room.typing
    room.sees("Chosen Waking up", "A calm start", "Breakfast", "STAY")


async def test_the_frame_can_be_left_and_changed_later(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("c")
    await room.types("A calm start")
    await room.presses("escape")
    assert room.session.process.purpose == "A calm start"
    await room.presses_on("Starts", "enter")
    await room.answers("Night", "Day")
    await room.presses("escape")
    assert (room.session.process.starts_with, room.session.process.ends_with) == ("Night", "Day")
    await room.presses_on("Part", "right")
    room.hears("Part: welcome")
    assert room.session.process.phase == "welcome"
    await room.presses_on("Starts", "x")
    room.hears("Enter changes this; emptied, it is gone.")
    await room.presses_on("Starts", "J")
    room.hears("This cannot be moved.")


async def test_a_word_that_is_no_choice_is_refused_with_the_choices(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("c")
    await room.answers("", "", "", "sideways")
    room.hears("Type one of these: 1 welcome   2 stay   3 goodbye")
    assert room.line == "sideways"
    await room.replaces("good")
    assert room.session.process.phase == "goodbye"


async def test_another_choice_takes_the_place_of_the_first_and_undo_brings_it_back(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("c")
    await room.says("A calm start")
    await room.presses("escape", "home", "down", "c", "escape")
    assert (room.session.process.name, room.session.process.purpose) == ("Meal times", "")
    await room.presses("u")
    assert (room.session.process.name, room.session.process.purpose) == ("Waking up", "A calm start")


async def test_c_and_v_in_the_stories_say_where_to_go(room: Facilitator) -> None:
    await room.presses("escape", "c")
    room.hears("Tab goes to the processes")
    await room.presses("v")
    room.hears("Votes are for processes.")
    assert not room.session.process.name


async def test_hands_are_counted_per_group(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("v")
    room.hears("Hands up for “Waking up”")
    await room.says("3 0 12")
    assert room.session.candidates[0].votes == PerVoice(patient=3, carer=0, staff=12)
    room.sees("P3 C– S12")
    room.hears("Hands up for “Meal times”")
    await room.answers("", "2 2 2")
    assert not room.typing
    assert room.session.candidates[2].votes == PerVoice(patient=2, carer=2, staff=2)
    await room.presses_on("Waking up", "v")
    assert room.line == "3 0 12"
    await room.replaces("s4 p1")
    await room.presses("escape")
    assert room.session.candidates[0].votes == PerVoice(patient=1, carer=0, staff=4)


async def test_hands_that_are_no_numbers_are_refused_and_stay(room: Facilitator) -> None:
    await to_processes(room)
    for hands in ("many", "1 2 3 4", "3 -1", "1000", "1.5", "x3", "p1 p2"):
        await room.presses("v")
        await room.replaces(hands)
        assert room.typing, hands
        assert room.line == hands
        assert room.said.startswith(("Type three numbers", "At most 999"))
        await room.replaces("1 1 1")
        assert room.session.candidates[0].votes == PerVoice(patient=1, carer=1, staff=1)


# stories


async def test_feeling_goes_from_mixed_to_both_ends(room: Facilitator) -> None:
    await room.presses("escape", "home", "plus", "equals_sign")
    room.sees("PATIENT", "very good")
    await room.presses("plus")
    room.hears("That is as far as it goes.")
    await room.presses(*["minus"] * 4)
    assert room.session.stories[0].feeling == -2
    await to_processes(room)
    await room.presses("plus")
    room.hears("Highlight a story first.")


async def test_s_turns_how_a_story_may_be_shared(room: Facilitator) -> None:
    await room.presses("escape", "home")
    turned = []
    for _ in range(5):
        await room.presses("s")
        turned.append(room.session.stories[0].sharing)
    assert turned == ["paraphrased", "composite", "own words agreed", "already public", None]
    await to_processes(room)
    await room.presses("s")
    room.hears("Highlight a story first.")


# questions, finding, details


async def test_n_asks_the_next_question_and_begins_again(room: Facilitator) -> None:
    await room.presses("escape")
    asked = [room.question]
    room.sees("1 of 7")
    for _ in range(7):
        await room.presses("n")
        asked.append(room.question)
    assert len(set(asked)) == 7
    assert asked[0] == asked[7]


async def test_find_walks_from_hit_to_hit(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("slash")
    room.hears("Which words are you looking for?")
    await room.says("ROUND")
    assert room.highlighted_row == "Ward round"
    await room.presses("slash")
    await room.says("a")
    assert room.highlighted_row == "Waking up"
    await room.presses("slash")
    await room.says("nowhere")
    room.hears("Those words are not in this list.")
    assert room.line == "nowhere"
    await room.presses("escape")
    assert not room.typing


async def test_details_are_asked_in_turn(room: Facilitator) -> None:
    await room.presses("escape", "E")
    await room.replaces("Mornings")
    await room.answers("", "Ward manager")
    await room.replaces("someday")
    room.hears("That is not a day.")
    await room.replaces("24/12/2026")
    await room.says("4 1 3")
    session = room.session
    assert (session.title, session.facilitator, str(session.held_on)) == (
        "Mornings",
        "Ward manager",
        "2026-12-24",
    )
    assert session.present == PerVoice(patient=4, carer=1, staff=3)
    room.sees("Mornings", "Mulberry 2")


async def test_a_title_cannot_be_emptied(room: Facilitator) -> None:
    await room.presses("escape", "E", "ctrl+u", "enter")
    room.hears("The title cannot be empty.")
    assert room.session.title == "Waking up on Mulberry 2"


# stages


async def test_digits_go_to_stages_and_say_what_is_missing(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await starts(room)
        await room.goes_to("2")
        assert room.stage == "map"
        room.hears("Still open in 1 Choose: no story yet; no process chosen.")
        await room.goes_to("3")
        room.hears("Still open in 2 Map: no steps yet.")
        await room.goes_to("4")
        room.hears("Still open in 3 Ideas: no ideas yet.")
        await room.goes_to("5")
        room.hears("Still open in 4 Own: no idea taken on.")
        await room.goes_to("1")
        assert room.stage == "choose"
        assert (await room.saved()).stage == "choose"


# letters with Alt: what Escape and a letter in a hurry become


async def test_escape_and_a_letter_in_a_hurry_is_the_letter(tmp_path: Path, session: Session) -> None:
    async def walk(before: str) -> list[object]:
        seen: list[object] = []
        async with opened(tmp_path, holding=made(session, told=LINES)) as room:
            await to_processes(room)
            for letter in "JKnpuUvecxuJu":
                await room.presses("home", "down")
                await room.sends(f"{before}{letter}")
                seen.append((letter, room.said, room.typing, room.question, names(room)))
                if room.typing:
                    await room.presses("escape")
        return seen

    assert await walk("\x1b") == await walk("")


async def test_escape_and_a_letter_in_a_hurry_means_the_list_also_from_typing(room: Facilitator) -> None:
    await to_processes(room)
    await room.presses("down", "i")
    await room.types("half")
    await room.sends("\x1bp")
    room.hears("Parked under the processes of 1 Choose: Meal times")
    await room.sends("\x1bi")
    assert room.typing
    assert room.line == "half"


async def test_escape_and_i_in_a_hurry_stays_with_typing(room: Facilitator) -> None:
    await room.presses("escape")
    await room.sends("\x1bi")
    assert room.typing


# mouse


async def test_the_mouse_does_what_the_keys_do(room: Facilitator) -> None:
    await room.clicks("We rush")
    assert room.list.id == "stories"
    assert "We rush" in room.highlighted_row
    await room.clicks("Meal times", times=2)
    assert room.line == "Meal times"
    await room.presses("escape")
    first = room.question
    await room.clicks("Which part of the day")
    assert room.question != first
    await room.clicks("Stories")
    assert room.list.id == "stories"
    await room.clicks("i to type")
    assert room.typing
    await room.clicks("2 Map")
    assert room.stage == "map"


async def test_a_click_on_a_hint_presses_its_key(room: Facilitator) -> None:
    await to_processes(room)
    await room.clicks("v vote")
    room.hears("Hands up for")
    await room.clicks("Esc done")
    assert not room.typing
    await room.clicks("? help")
    room.sees("Help: 1 Choose")
    await room.presses("escape")
    await room.presses("i")
    await room.types("By mouse")
    await room.clicks("Enter add")
    assert names(room)[-1] == "By mouse"


async def test_tabs_can_be_clicked_on_a_narrow_screen(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=LINES), size=(60, 20)) as room:
        await room.presses("escape")
        room.does_not_see("Meal times")
        await room.clicks("Processes")
        room.sees("Meal times")
        assert room.list.id == "processes"


# what is parked


async def test_o_makes_the_next_session_of_a_parked_item(tmp_path: Path, session: Session) -> None:
    held = made(session, told=["p: Nobody rang", "Meal times", "Ward round"])
    async with opened(tmp_path, holding=held) as room:
        await room.presses_on("Nobody rang", "p", "o")
        room.hears("Highlight a parked item first.")
        await to_processes(room)
        await room.presses("p")
        await room.presses_on("Meal times", "o")
        room.hears("A session of its own now, it waits at home: Meal times")
        room.sees("next session")
        await room.presses("o")
        room.hears("It has a session of its own already.")
        await room.presses_on("Nobody rang", "o")
        saved = await room.saved()
        made_of = [one for one in room.app.library.cards() if one.path != room.app.saver.file.path]
        assert sorted(card.title for card in made_of) == ["Meal times", "Nobody rang"]
        await room.presses("q")
        room.sees("Meal times", "Nobody rang", "3 sessions")
        for words in ("Meal times", "Nobody rang"):
            await room.presses_on(words, "enter")
            await arrives(room)
            next_one = room.session
            assert (next_one.title, next_one.follows, next_one.team) == (words, session.id, session.team)
            assert next_one.id in {parked.became for parked in saved.parked}
            if words == "Meal times":
                assert next_one.process.name == words
            else:
                assert [(story.voice, story.text) for story in next_one.stories] == [("patient", words)]
            await room.presses("escape", "q")


async def test_something_new_is_parked_and_every_kind_is_taken_back(tmp_path: Path, session: Session) -> None:
    held = made(session, told=["p: Nobody rang"], mapped=["Lights on"], thought=["= Knocking"])
    async with opened(tmp_path, holding=held) as room:
        await room.presses("escape", "p")
        await room.goes_to("2")
        await room.presses("p")
        await room.goes_to("3")
        await room.presses("right", "right", "p", "p")
        room.hears("What shall we keep aside? It waits under the processes of 1 Choose.")
        await room.says("Parking costs")
        await room.presses("P")
        await room.says("The lift")
        await room.presses("P", "enter")  # nothing typed, nothing kept
        await room.goes_to("1")
        await to_processes(room)
        came = [(one.text, one.from_stage) for one in room.session.parked]
        assert came == [
            ("Nobody rang", "choose"),
            ("Lights on", "map"),
            ("Knocking", "ideas"),
            ("Parking costs", "ideas"),
            ("The lift", "ideas"),
        ]
        room.sees("Parked p takes back", "from map")
        for words, _ in came:
            await room.presses_on(words, "p")
            room.hears(f"Taken back: {words}", "u undo")
        assert not room.session.parked
        assert voices(room) == ["p: Nobody rang"]
        assert [step.title for step in room.session.steps] == ["Lights on"]
        assert [(idea.kind, idea.text) for idea in room.session.ideas] == [("continue", "Knocking")]
        assert names(room) == ["Parking costs", "The lift"]


# votes


async def test_hands_and_dots_against_who_is_in_the_room(room: Facilitator) -> None:
    await room.presses("escape", "E")
    await room.answers("", "", "", "", "1 4 6", "some")
    room.hears("A number goes here")
    await room.replaces("2.5")
    room.hears("a whole number is needed")
    await room.presses("escape", "escape")
    await room.presses("i", "ctrl+u", "escape")
    await to_processes(room)
    # the one patient is shown with the smallest other group, in counts and in words
    await room.presses("v")
    await room.says("2 3 999")
    room.hears("More hands than patients or carers or staff in the room. Count again? Enter keeps it.")
    await room.presses("enter", "escape")
    room.hears("Hands are counted for 1 of 3.")
    over = "More hands than patients or carers or staff in the room. Count again?"
    assert room.rows[0] == f"Waking up P+C5 S999 {over}"
    room.sees("patients or carers 2")
    room.does_not_see("CARER Nobody")
    await room.presses("home", "v")
    await room.replaces("0 0 0")
    await room.presses("escape")
    assert room.session.candidates[0].votes == PerVoice()
    room.does_not_see("Count again?", "S999")
    # with dots a person may give several to one process: what is left is told
    await room.presses("E", *["enter"] * 5)
    await room.says("3")
    assert room.session.dots == 3
    await to_processes(room)
    await room.presses("v")
    room.hears("Dots left: patients or carers 15, staff 18")
    await room.says("3 12 20")
    await room.presses("enter")
    room.hears("Hands up for “Meal times”", "Dots left: patients or carers none, staff 2 over")
    await room.presses("escape")
    room.sees("P+C15 S20", "Count again?")


# what was promised last time


def carried_on(session: Session, count: int = 1) -> Session:
    """Return a session that carries on from one that took this many changes on and rated the first."""
    old = made(session, thought=[f"+ Change {n}" for n in range(1, count + 1)], owned=count)
    old = parking.park_text(old, "Parking costs")
    if count:
        old = own.set_initiative(old, "initiative-1", owner="HCA, nights")
        old = own.check_in(old, "initiative-1", "three_days", TODAY, happened="Begun")
        fine = {"fine_tune": "Ask bank staff", "fine_tune_by": TODAY}
        old = review.set_part(old, "initiative-1", 0, TODAY, rating="amber", **fine)
        old = own.set_goal(old, "initiative-2", "three_days", due_on=None) if count > 1 else old
    closing = Closing(attached="The tea trolley, says Mrs Whitlow", hard_to_change="The rota")
    return carrying.follow_on(
        old.model_copy(update={"closing": closing}),
        new_id="6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0",
        title="Three weeks on",
        team="",
        now=START,
    )


@pytest.mark.parametrize("size", SIZES)
async def test_a_session_that_carries_on_opens_with_what_was_promised(
    tmp_path: Path, session: Session, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, holding=carried_on(session, 40), size=size) as room:
        assert room.question.startswith("What did we promise last time?")
        room.sees("What we promised last time", "Waking up on Mulberry 2, 23 Nov 2026", "Change 1")
        assert room.highlighted_row == (
            "Change 1 HCA, nights ▲ Amber 3 weeks due Mon 14 Dec fine tuning: Ask bank staff by Mon 23 Nov"
        )
        for key in "xpJyvcs+ov":
            await room.presses("plus" if key == "+" else key)
            assert room.said, key
            assert not room.typing, key
        assert len(room.session.initiatives) == 40
        await room.presses("l")
        room.sees("What led here", "Change 1")
        await room.presses("escape", "f")
        room.sees("HCA, nights")
        room.does_not_see("fine tuning")
        await room.presses("escape", "down")
        assert room.highlighted_row == "Change 2 no owner yet 3 days due Thu 26 Nov"
        await room.presses("end")
        assert room.highlighted_row.startswith("Were we too fond of any of it? The tea trolley")
        assert room.highlighted_row.endswith("What would make it hard to change later? The rota")
        room.sees("rota")
        await room.presses("enter")
        room.hears("This was said in that session.")
        await room.says("p: Lights at eight")
        await room.presses("escape")
        assert room.rows[0].startswith("PATIENT Lights at eight")
        assert room.rows[1].startswith("Change 1")
        assert room.question.startswith("Which part of the day")
        await room.presses_on("Change 40", "enter")
        assert (room.stage, room.list.highlighted) == ("own", "initiative-40")


async def test_what_was_parked_last_time_says_so_and_nothing_open_too(
    tmp_path: Path, session: Session
) -> None:
    async with opened(tmp_path, holding=carried_on(session, 0), size=(120, 36)) as room:
        assert room.question.startswith("Which part of the day")
        room.sees("What we promised last time", "Nothing was left open then.", "The tea trolley")
        room.sees("Parking costs", "from last time")
        await room.presses("escape", "left", "end", "k")
        room.hears("Masked")
        room.does_not_see("Whitlow")
        elsewhere = {"follows": None, "scales": session.id}
    held = carried_on(session, 0).model_copy(update=elsewhere)
    async with opened(tmp_path, holding=held, size=(120, 36)) as room:
        room.sees("What worked in another place", "Waking up on Mulberry 2, Mulberry 2, 23 Nov 2026")
        room.does_not_see("Nothing was left open")
