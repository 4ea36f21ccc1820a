from datetime import date

import pytest

from promote_tui.session.edits import choose, ideas, items, own, review
from promote_tui.session.edits import map as steps
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Earlier, Parked, Session
from promote_tui.session.thread import Bead, thread_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def told(session: Session) -> Session:
    """A session with one thread from a story to an outcome, and loose things beside it."""
    for line in ("p: Lights at eight", "s: We rush", "Waking up", "Meal times"):
        session = choose.add_line(session, line)
    session = choose.choose_process(session, "candidate-1")
    for line in ("Lights on @HCA 5m", "Names called 15m"):
        session = steps.add_line(session, line)
    for line in ("+ Tea earlier #1", "- Calling names"):
        session = ideas.add_line(session, line, "start")
    session = own.take_on(session, "idea-1", TODAY)
    session = own.set_initiative(session, "initiative-1", owner="HCA, nights")
    session = items.change(session, "story-1", feeling=-2, candidates=("candidate-1",))
    return items.change(session, "step-1", stories=("story-1",), value="removable")


def lines(beads: tuple[Bead, ...]) -> list[str]:
    return [f"{one.what}: {one.words} ({one.note})" for one in beads]


STORY = "Story: Lights at eight (patient · very low)"
PROCESS = "Process: Waking up (chosen · 1 story)"
STEP = "Step: Lights on (step 1 · could go)"
IDEA = "Idea: Tea earlier (start · taken on)"
CHANGE = "Change: Tea earlier (owner HCA, nights · planned)"
NOTHING_HELD = ["3 days: No check-in yet. (due Thu 26 Nov)", "Review: No review yet. ()"]


def test_every_item_shows_what_led_to_it_and_what_came_of_it(told: Session) -> None:
    loose = [
        "Step: Names called (step 2 · not yet looked at)",
        IDEA,
        "Idea: Calling names (stop)",
    ]
    for id, before, after in [
        ("story-1", [], [PROCESS, STEP, IDEA, CHANGE, *NOTHING_HELD]),
        ("candidate-1", [STORY], [STEP, *loose, CHANGE, *NOTHING_HELD]),
        ("step-1", [STORY, PROCESS], [IDEA, CHANGE, *NOTHING_HELD]),
        ("idea-1", [STORY, PROCESS, STEP], [CHANGE, *NOTHING_HELD]),
        ("initiative-1", [STORY, PROCESS, STEP, IDEA], NOTHING_HELD),
        ("story-2", [], []),
        ("candidate-2", [], []),
        ("step-2", [PROCESS], []),
        ("idea-2", [PROCESS], []),
    ]:
        thread = thread_of(told, id, TODAY)
        assert thread.here.id == id
        assert lines(thread.before) == before, id
        assert lines(thread.after) == after, id
    assert lines((thread_of(told, "candidate-2", TODAY).here,)) == ["Process: Meal times (not chosen)"]


def test_check_ins_reviews_and_the_decision_are_told_in_turn(told: Session) -> None:
    told = own.check_in(told, "initiative-1", "three_days", date(2026, 11, 26), happened="Two tried it")
    told = own.check_in(told, "initiative-1", "three_weeks", date(2026, 12, 15))
    told = review.set_part(told, "initiative-1", 0, date(2027, 2, 24), rating="green", evidence="Calm")
    beads = thread_of(told, "initiative-1", TODAY).after
    assert lines(beads) == [
        "3 days: Two tried it (held Thu 26 Nov)",
        "3 weeks: Nothing was written down. (held Tue 15 Dec)",
        "3 months: No check-in yet. (due Tue 23 Feb 2027)",
        "Review: ● Green (held Wed 24 Feb 2027)",
    ]
    assert beads[-1].rating == "green"
    assert all(bead.inside for bead in beads)
    told = review.decide(told, "initiative-1", "let go", "Too much")
    told = own.set_initiative(told, "initiative-1", learnt="Ask first")
    assert lines(thread_of(told, "story-1", TODAY).after[-2:]) == [
        "Decided: let go · Too much ()",
        "Learnt: Ask first ()",
    ]
    assert not [one for one in thread_of(told, "idea-1", TODAY).after if one.words == "No check-in yet."]
    undated = own.set_initiative(
        told, "initiative-1", decision=None, stage="trying", started_on=None, plan=told.initiatives[0].plan
    )
    undated = own.set_goal(undated, "initiative-1", "three_months", due_on=None)
    assert "3 months: No check-in yet. (no day yet)" in lines(thread_of(undated, "idea-1", TODAY).after)


def test_ties_to_what_was_removed_show_as_gone(told: Session) -> None:
    for id in ("story-1", "step-1", "candidate-1"):
        told = items.remove(told, id)
    told = items.change(told, "idea-1", stories=("story-1", "[/b] nonsense"), group="group-9")
    thread = thread_of(told, "idea-1", TODAY)
    assert lines(thread.before) == [
        "Story: a story that was removed (gone)",
        "Process: Waking up (chosen)",
        "Step: a step that was removed (gone)",
        "Item: an item that was removed (gone)",
    ]
    assert [(one.id, one.gone) for one in thread.before] == [("", True), ("", False), ("", True), ("", True)]
    assert thread.here.note == "start · its group is gone · taken on"
    told = told.model_copy(update={"ideas": ()})  # a file mended by hand
    assert lines(thread_of(told, "initiative-1", TODAY).before)[-1] == "Idea: an idea that was removed (gone)"


def test_parked_items_and_the_new_map_are_on_it(told: Session) -> None:
    parked = Parked(id="parked-1", text="Bins", from_stage="map", because="an exception", voice="staff")
    tomorrow = told.steps[0].model_copy(update={"id": "step-9", "was": "step-1", "usual": False})
    circle = told.steps[0].model_copy(update={"id": "step-8", "was": "step-8"})
    told = told.model_copy(update={"parked": (parked,), "future_steps": (tomorrow, circle)})
    thread = thread_of(told, "parked-1", TODAY)
    assert lines((thread.here,)) == ["Parked: Bins (from 2 Map · an exception · staff)"]
    assert (thread.before, thread.after) == ((), ())
    told = items.change(told, "parked-1", became="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d12")
    assert thread_of(told, "parked-1", TODAY).after[0].words == "A session of its own was made from it."
    assert "Step: Lights on (on the new map · an exception)" in lines(thread_of(told, "step-1", TODAY).after)
    assert lines(thread_of(told, "step-9", TODAY).before) == [STORY, PROCESS, STEP]
    assert thread_of(told, "step-8", TODAY).after == ()


def test_what_is_not_there_has_no_thread(told: Session) -> None:
    for id in ("story-9", "", "initiative-1:owner", "resistance-1"):
        with pytest.raises(EditError, match="no longer there"):
            thread_of(told, id, TODAY)


EARLIER = Earlier(title="Mornings", team="Larch", held_on=date(2026, 6, 1))


def test_what_was_carried_on_begins_last_time(told: Session) -> None:
    parked = Parked(id="parked-1", text="Bins", carried="parked-7")
    told = told.model_copy(update={"parked": (parked,), "earlier": EARLIER})
    told = items.change(told, "initiative-1", carried="initiative-3")
    last_time = "Last time: Mornings (Larch · held Mon 1 Jun)"
    assert lines(thread_of(told, "parked-1", TODAY).before) == [last_time]
    assert thread_of(told, "parked-1", TODAY).here.note == "carried on"
    assert lines(thread_of(told, "initiative-1", TODAY).before)[:2] == [last_time, STORY]
    assert thread_of(told, "initiative-1", TODAY).here.note == "owner HCA, nights · planned · carried on"
    assert lines(thread_of(told, "idea-1", TODAY).before) == [STORY, PROCESS, STEP]
    unknown = told.model_copy(update={"earlier": Earlier()})
    assert lines(thread_of(unknown, "initiative-1", TODAY).before)[0] == "Last time: An earlier session ()"


def test_a_runner_tried_here_begins_on_another_ward(told: Session) -> None:
    told = told.model_copy(update={"scales": told.id, "earlier": EARLIER})
    for id in ("initiative-1", "candidate-1"):
        assert lines(thread_of(told, id, TODAY).before)[0].startswith("Another ward: Mornings (Larch")
    for id in ("story-1", "idea-2", "candidate-2"):
        assert not any(bead.what == "Another ward" for bead in thread_of(told, id, TODAY).before)


def test_an_outcome_leads_to_its_change(told: Session) -> None:
    told = own.add_resistance(told, "initiative-1", "No time")
    said = thread_of(told, "story-1", TODAY).after
    assert [bead.id for bead in said if bead.what == "Resistance"] == ["initiative-1:resistance/resistance-1"]
    assert len({bead.id for bead in said if bead.id}) == len([bead for bead in said if bead.id])
