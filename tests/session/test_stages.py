from datetime import date
from typing import get_args

import pytest

from promote_tui.session import stages
from promote_tui.session.edits import choose, ideas, map, own, review
from promote_tui.session.model import RATINGS, Basis, Progress, Session, Stage

TODAY = date(2026, 11, 23)


def test_the_five_stages_have_a_number_and_a_title() -> None:
    assert [f"{stages.number(stage)} {stages.TITLES[stage]}" for stage in stages.STAGES] == [
        "1 Choose",
        "2 Map",
        "3 Ideas",
        "4 Own",
        "5 Review",
    ]
    assert set(stages.SIGNS) == {*RATINGS, None}
    assert set(stages.VALUES) == {"adds", "needed", "removable", None}
    assert set(stages.BASES) == set(get_args(Basis))
    assert tuple(stages.STANDINGS) == get_args(Progress)
    assert set(stages.FEELINGS) == {-2, -1, 0, 1, 2}


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("choose", "Still open in 1 Choose: no story yet; no process chosen."),
        ("map", "Still open in 2 Map: no steps yet."),
        ("ideas", "Still open in 3 Ideas: no ideas yet."),
        ("own", "Still open in 4 Own: no idea taken on."),
        ("review", ""),
    ],
)
def test_an_empty_session_lacks_everything(session: Session, stage: Stage, sentence: str) -> None:
    assert stages.open_ends(session, stage) == sentence


def test_what_is_still_open_gets_less_as_the_room_goes_on(session: Session) -> None:
    session = choose.add_line(choose.add_line(session, "p: The lights come on"), "Waking up")
    session = choose.choose_process(session, "candidate-1")
    assert stages.open_ends(session, "choose") == "Still open in 1 Choose: what the process is for."
    session = choose.set_frame(session, purpose="People start the day rested")
    assert stages.open_ends(session, "choose") == ""

    session = map.add_line(map.add_line(session, "Lights on 5m"), "Queue 15m")
    session = map.set_step(map.add_line(session, "Fire alarm 60m"), "step-3", usual=False)
    assert stages.open_ends(session, "map") == "Still open in 2 Map: 2 steps not yet looked at."
    session = map.next_value(session, "step-1")
    assert stages.open_ends(session, "map") == "Still open in 2 Map: 1 step not yet looked at."
    assert stages.open_ends(map.next_value(session, "step-2"), "map") == ""

    session = ideas.add_line(session, "Tea first", "start")
    assert (
        stages.open_ends(session, "ideas") == "Still open in 3 Ideas: nothing to stop; nothing to continue."
    )
    session = ideas.add_line(ideas.add_line(session, "- Shouting", "start"), "= Knocking", "start")
    assert stages.open_ends(session, "ideas") == ""

    session = own.take_on(own.take_on(session, "idea-1", TODAY), "idea-2", TODAY)
    assert (
        stages.open_ends(session, "own")
        == "Still open in 4 Own: 2 changes without an owner; 2 changes without a word on success."
    )
    session = own.set_initiative(
        session, "initiative-1", owner="HCA", success="A calm start", started_on=None
    )
    session = own.set_initiative(session, "initiative-2", owner="HCA", success="No shouting")
    assert stages.open_ends(session, "own") == "Still open in 4 Own: 1 change without a start day."
    let_go = review.decide(session, "initiative-1", "let go", "Too much")
    assert stages.open_ends(let_go, "own") == ""

    assert stages.open_ends(session, "review") == "Still open in 5 Review: 2 changes with parts not rated."
    for place in range(5):
        session = review.rate(session, "initiative-1", place, "amber", TODAY)
    assert stages.open_ends(session, "review") == (
        "Still open in 5 Review: 1 change with parts not rated; 1 change without a decision."
    )
    session = review.decide(session, "initiative-1", "fine tune")
    session = review.decide(session, "initiative-2", "let go", "Too much")
    assert stages.open_ends(session, "review") == (
        "Still open in 5 Review: 1 change let go without a word on what was learnt."
    )
    session = own.set_initiative(session, "initiative-2", learnt="Ask first")
    assert stages.open_ends(session, "review") == ""
    session = own.add_resistance(session, "initiative-1", "No time")
    session = own.set_resistance(session, "initiative-1", "resistance-1", changes_plan="After handover")
    assert stages.open_ends(session, "review") == "Still open in 5 Review: 1 change with parts not rated."


def test_minutes_count_the_usual_steps_and_those_that_add_value(session: Session) -> None:
    assert stages.minutes(session.steps) == stages.MinutesShown(0, 0)
    assert stages.minutes(session.steps).share == 0
    for line in ("Tea 10m", "Queue 20m", "Medication", "Fire alarm 60m"):
        session = map.add_line(session, line)
    session = map.set_step(map.next_value(session, "step-1"), "step-4", usual=False)
    assert stages.minutes(session.steps) == stages.MinutesShown(total=30, adding=10)
    assert stages.minutes(session.steps).share == 33
