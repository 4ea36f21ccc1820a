from collections.abc import Sequence

import pytest

from promote_tui.session.edits import ideas, items, map
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Session, Step


def names(steps: Sequence[Step]) -> list[str]:
    return [step.title for step in steps]


@pytest.fixture
def mapped(session: Session) -> Session:
    """A session with two steps."""
    return map.add_line(map.add_line(session, "Lights on @HCA, nights 5m"), "Names called")


def test_a_line_is_a_step_with_who_and_minutes(mapped: Session) -> None:
    step = mapped.steps[0]
    assert (step.id, step.title, step.who, step.minutes, step.usual) == (
        "step-1",
        "Lights on",
        "HCA, nights",
        5,
        True,
    )


def test_a_step_is_put_at_the_end_or_after_another(mapped: Session) -> None:
    session = map.add_line(mapped, "Knock", after="step-1")
    assert [step.title for step in session.steps] == ["Lights on", "Knock", "Names called"]
    with pytest.raises(EditError, match="no longer there"):
        map.add_line(session, "Wait", after="step-9")
    aside = map.add_line(map.turn_usual(session, "step-1"), "Alarm", after="step-1")
    assert [step.usual for step in aside.steps] == [False, False, True, True]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "A step cannot be empty. x in the list removes it."),
        ("@HCA 5m", "Say what happens too, for example: Lights on @HCA, nights 5m"),
        ("0m", "Say what happens too, for example: Lights on @HCA, nights 5m"),
        ("Tea @" + "a" * 10_001, "Who does it has 10,001 characters; 10,000 fit. Nothing was changed."),
    ],
)
def test_a_line_that_is_no_step_is_refused(session: Session, line: str, sentence: str) -> None:
    with pytest.raises(EditError) as refused:
        map.add_line(session, line)
    assert str(refused.value) == sentence


def test_a_step_told_again_has_what_the_line_says_and_keeps_the_rest(mapped: Session) -> None:
    session = map.set_step(mapped, "step-1", smallest_change="Leave them off", usual=False)
    step = map.retell(session, "step-1", "Main lights on").steps[0]
    assert (step.title, step.who, step.minutes) == ("Main lights on", "", None)
    assert (step.smallest_change, step.usual) == ("Leave them off", False)


def test_the_value_of_a_step_turns_round(mapped: Session) -> None:
    session, seen = mapped, []
    for _ in range(4):
        session = map.next_value(session, "step-1")
        seen.append(session.steps[0].value)
    assert seen == ["adds", "needed", "removable", None]


def test_a_step_is_put_on_the_map_that_it_belongs_to(mapped: Session) -> None:
    session = map.add_line(mapped, "A knock", future=True)
    session = map.add_line(session, "Tea @HCA 10m", future=True)
    session = map.add_line(session, "A word", after="step-3")
    session = map.add_line(session, "Wait", after="step-2", future=True)  # the step says which map
    assert names(session.future_steps) == ["A knock", "A word", "Tea"]
    assert names(session.steps) == ["Lights on", "Names called", "Wait"]
    assert [step.id for step in session.future_steps] == ["step-3", "step-5", "step-4"]


def test_a_step_is_kept_aside_and_brought_back(mapped: Session) -> None:
    session = map.start_future(mapped)
    for id in ("step-2", "step-4"):
        aside = map.turn_usual(session, id)
        assert not items.find(aside, id).usual
        assert map.turn_usual(aside, id) == session
    with pytest.raises(EditError, match="no longer there"):
        map.turn_usual(session, "step-9")


def test_a_step_comes_apart_where_the_line_says(mapped: Session) -> None:
    whole = map.set_step(mapped, "step-1", value="removable", feeling=-2, usual=False)
    for line, expected in (
        ("Knock | Lights on", [("Knock", "HCA, nights", 5), ("Lights on", "HCA, nights", None)]),
        ("| Knock || Wait |", [("Knock", "HCA, nights", 5), ("Wait", "HCA, nights", None)]),
        # what was written of the whole is not counted twice
        ("Knock | Wait @Nurse 2m", [("Knock", "HCA, nights", 3), ("Wait", "Nurse", 2)]),
        ("Knock | Wait 9m", [("Knock", "HCA, nights", 0), ("Wait", "HCA, nights", 9)]),
        ("Knock 0m | Wait", [("Knock", "HCA, nights", 0), ("Wait", "HCA, nights", None)]),
        ("A @B 1m | C | D", [("A", "B", 1), ("C", "HCA, nights", None), ("D", "HCA, nights", None)]),
    ):
        first, *others, last = map.split(whole, "step-1", line).steps
        assert [(step.title, step.who, step.minutes) for step in (first, *others)] == expected, line
        assert (first.id, first.value, first.feeling, last.title) == (
            "step-1",
            "removable",
            -2,
            "Names called",
        )
        assert {(step.value, step.feeling, step.usual) for step in others} == {(None, None, False)}

    future = map.split(map.start_future(mapped), "step-4", "A | B")
    assert names(future.future_steps) == ["Lights on", "A", "B"]
    assert [step.was for step in future.future_steps] == ["step-1", "step-2", None]
    assert future.steps == mapped.steps


def test_a_step_that_cannot_come_apart_says_why(mapped: Session) -> None:
    apart = "Put a / between two spaces where one step ends and the next begins."
    for id, line, sentence in (
        ("step-1", "Lights on", apart),
        ("step-1", "", apart),
        ("step-1", " | Lights on |", apart),
        ("step-1", "||", apart),
        ("step-1", "Lights on | @HCA", "Say what happens too, for example: Lights on @HCA, nights 5m"),
        ("step-1", f"A | {'x' * 10_001}", "A step has 10,001 characters; 10,000 fit. Nothing was changed."),
        ("step-1", "A | \x1b", "A step has control characters in it. Nothing was changed."),
        ("step-9", "A | B", "That is no longer there."),
    ):
        with pytest.raises(EditError) as refused:
            map.split(mapped, id, line)
        assert str(refused.value) == sentence, line
    full = mapped.model_copy(
        update={"steps": tuple(Step(id=f"step-{n}", title="x") for n in range(1, 1_000))}
    )
    with pytest.raises(EditError, match="at most 1,000 of these"):
        map.split(full, "step-1", "A | B | C")


def test_joined_steps_keep_what_hung_on_either(session: Session) -> None:
    one = Step(
        id="step-1", title="Lights on", who="HCA", minutes=5, value="adds", best_we_can=True, feeling=1,
        smallest_change="Dim them", reflection="Habit", stories=("story-1", "story-2"),
    )  # fmt: skip
    two = Step(
        id="step-2", title="Names called", who="Nurse", minutes=15, value="needed", best_we_can=True,
        feeling=-2, smallest_change="Knock", reflection="Why?", stories=("story-2", "story-3"),
    )  # fmt: skip
    session = session.model_copy(update={"steps": (one, two, Step(id="step-3", title="Tea"))})
    for line in ("- Calling #2", "+ Dim #1", "= Tea #3", "- Rushing #2"):
        session = ideas.add_line(session, line, "stop")
    session = map.start_future(session)
    joined = map.join(session, "step-1")
    assert joined.steps[0] == Step(
        id="step-1", title="Lights on, Names called", who="HCA; Nurse", minutes=20, best_we_can=True,
        feeling=-2, smallest_change="Dim them; Knock", reflection="Habit; Why?",
        stories=("story-1", "story-2", "story-3"),
    )  # fmt: skip
    assert [step.id for step in joined.steps] == ["step-1", "step-3"]
    assert [idea.step for idea in joined.ideas] == ["step-1", "step-1", "step-3", "step-1"]
    assert [step.was for step in joined.future_steps] == ["step-1", "step-1", "step-3"]
    assert map.add_line(joined, "New").steps[-1].id == "step-7"
    # a step that says nothing takes nothing away; what is the same on both is said once
    plain = map.join(joined, "step-1").steps[0]
    assert (plain.who, plain.minutes, plain.feeling, plain.best_we_can) == ("HCA; Nurse", 20, -2, None)
    same = map.split(joined, "step-3", "Tea | Tea")
    assert map.join(same, "step-3").steps[-1] == Step(id="step-3", title="Tea")


def test_steps_of_the_to_be_map_are_joined_with_each_other(mapped: Session) -> None:
    session = map.add_line(map.start_future(mapped), "Tea", after="step-3")
    session = ideas.add_line(session, "Tea first", "start")
    session = items.change(session, "idea-1", step="step-4")
    joined = map.join(map.join(session, "step-3"), "step-3")
    assert names(joined.future_steps) == ["Lights on, Tea, Names called"]
    assert (joined.future_steps[0].was, joined.ideas[0].step) == ("step-1", "step-3")
    assert joined.steps == mapped.steps
    # what a new step is joined with says where the two began
    assert map.join(session, "step-5").future_steps[-1].was == "step-2"


def test_steps_that_cannot_be_joined_say_why(mapped: Session) -> None:
    long = map.add_line(map.set_step(mapped, "step-2", title="x" * 10_000), "y" * 10_000)
    slow = map.set_step(map.set_step(mapped, "step-1", minutes=9_999), "step-2", minutes=1)
    for session, id, sentence in (
        (mapped, "step-2", "It is the last step: there is none after it to join."),
        (map.start_future(mapped), "step-4", "It is the last step: there is none after it to join."),
        (mapped, "step-9", "That is no longer there."),
        (long, "step-2", "Title has 20,002 characters; 10,000 fit. Nothing was changed."),
        (slow, "step-1", "Minutes: at most 9999 fits. Nothing was changed."),
    ):
        with pytest.raises(EditError) as refused:
            map.join(session, id)
        assert str(refused.value) == sentence


def test_sixty_steps_become_one_and_lose_no_tie(session: Session) -> None:
    for number in range(1, 61):
        session = map.add_line(session, f"Step {number} 1m")
        session = ideas.add_line(session, f"Idea #{number}", "stop")
    session = map.start_future(session)
    for _ in range(59):
        session = map.join(session, "step-1")
    (step,) = session.steps
    assert (step.id, step.minutes) == ("step-1", 60)
    assert step.title == ", ".join(f"Step {number}" for number in range(1, 61))
    assert {idea.step for idea in session.ideas} == {"step-1"}
    assert {step.was for step in session.future_steps} == {"step-1"}
    apart = map.split(session, "step-1", " | ".join(f"Part {number}" for number in range(1, 61)))
    assert names(apart.steps) == [f"Part {number}" for number in range(1, 61)]


def test_the_to_be_map_begins_as_the_usual_steps_of_today(mapped: Session) -> None:
    session = map.add_line(map.add_line(mapped, "Fire drill 60m"), "Tea")
    session = map.turn_usual(map.set_step(session, "step-1", value="adds", stories=("story-1",)), "step-3")
    future = map.start_future(session)
    assert [(step.id, step.was) for step in future.future_steps] == [
        ("step-5", "step-1"),
        ("step-6", "step-2"),
        ("step-7", "step-4"),
    ]
    for step, today in zip(future.future_steps, (session.steps[place] for place in (0, 1, 3)), strict=True):
        assert step.model_copy(update={"id": today.id, "was": None}) == today
    assert future.steps == session.steps
    # to change how it could be leaves today as it is
    changed = map.next_value(map.retell(items.remove(future, "step-6"), "step-5", "Lamp on 1m"), "step-5")
    assert changed.steps == session.steps
    assert names(changed.future_steps) == ["Lamp on", "Tea"]


def test_a_to_be_map_that_cannot_begin_says_why(session: Session, mapped: Session) -> None:
    aside = map.turn_usual(map.turn_usual(mapped, "step-1"), "step-2")
    for start, sentence in (
        (session, "Map how it is today first."),
        (aside, "Map how it is today first."),
        (map.start_future(mapped), "There is a map of how it could be already."),
    ):
        with pytest.raises(EditError) as refused:
            map.start_future(start)
        assert str(refused.value) == sentence


def test_a_split_is_offered_at_an_and_or_a_comma() -> None:
    assert map.parted("Bed is shown and bags are put away") == "Bed is shown / Bags are put away"
    assert map.parted("Called in, weighed, and seated") == "Called in / Weighed, and seated"
    assert map.parted("Knock, then wait") == "Knock / Wait"
    for whole in ("Lights on", "Sandwiches", "and", ""):
        assert map.parted(whole) == "", whole
