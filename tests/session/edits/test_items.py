from datetime import date

import pytest

from promote_tui.session.edits import choose, ideas, items, map, own
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Goal, Idea, Initiative, Process, Resistance, Session, Step, Story

TODAY = date(2026, 11, 23)


def steps(session: Session, *lines: str) -> Session:
    for line in lines:
        session = map.add_line(session, line)
    return session


def titles(session: Session) -> list[str]:
    return [step.title for step in session.steps]


def test_typed_text_is_kept_composed_without_space_around_it() -> None:
    assert items.entered("  Cafe\u0301 \n") == "Caf\u00e9"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a" * 10_001, "A story has 10,001 characters; 10,000 fit. Nothing was changed."),
        ("a\x1b[2J", "A story has control characters in it. Nothing was changed."),
        (" \n ", "A story cannot be empty. x in the list removes it."),
    ],
)
def test_text_that_cannot_be_kept_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(EditError) as refused:
        items.required(typed, "A story")
    assert str(refused.value) == sentence


def test_numbers_are_never_used_again(session: Session) -> None:
    session = steps(session, "One", "Two", "Three")
    session = items.remove(items.remove(session, "step-3"), "step-2")
    assert [step.id for step in steps(session, "Four").steps] == ["step-1", "step-4"]
    assert session.last_used == {"step": 3}


def test_a_file_without_counts_is_counted_by_what_is_in_it_and_what_it_points_at(session: Session) -> None:
    by_hand = session.model_copy(
        update={
            "process": Process(candidate="candidate-4"),
            "stories": (Story(id="story-7", voice="staff", text="x", candidates=("candidate-6", "odd")),),
            "steps": (Step(id="step-2", title="x", stories=("story-9",)),),
            "future_steps": (Step(id="step-5", title="x"),),
            "ideas": (Idea(id="idea-1", kind="stop", text="x", step="step-8", group="group-3"),),
            "initiatives": (
                Initiative(
                    id="initiative-2",
                    ideas=("idea-12",),
                    resistance=(Resistance(id="resistance-3", says="No"),),
                ),
            ),
        }
    )
    assert items.used(by_hand) == {
        "candidate": 6,
        "story": 9,
        "step": 8,
        "idea": 12,
        "group": 3,
        "initiative": 2,
        "resistance": 3,
    }
    assert items.newest(choose.add_story(by_hand, "carer", "New"), "story") == "story-10"
    gone = items.remove(by_hand, "initiative-2")
    gone = own.take_on(gone, "idea-1", TODAY)
    assert gone.initiatives[-1].id == "initiative-3"
    assert (
        own.add_resistance(gone, "initiative-3", "No time").initiatives[-1].resistance[0].id == "resistance-4"
    )


def test_when_every_number_is_used_up_it_says_so(session: Session) -> None:
    full = session.model_copy(update={"last_used": {"story": 999_999_999}})
    with pytest.raises(EditError, match="Every number for a new story is used up"):
        choose.add_line(full, "p: One more")


def test_a_list_takes_a_thousand(session: Session) -> None:
    many = tuple(Step(id=f"step-{n}", title="x") for n in range(1, 1_001))
    with pytest.raises(EditError, match="at most 1,000 of these"):
        map.add_line(session.model_copy(update={"steps": many}), "One more")


def test_an_item_is_found_by_its_id_or_is_no_longer_there(session: Session) -> None:
    session = steps(session, "One", "Two")
    assert items.find(session, "step-2").title == "Two"
    assert items.position(session, "step-2") == 1
    for gone in ("step-3", "nonsense", ""):
        with pytest.raises(EditError, match="no longer there"):
            items.find(session, gone)
    with pytest.raises(EditError, match="no longer there"):
        items.position(session, "step-3")
    assert items.at(session.steps, 1).title == "Two"
    for place in (-1, 2):
        with pytest.raises(EditError, match="no longer there"):
            items.at(session.steps, place)


def test_a_change_keeps_everything_else_and_the_keys_it_does_not_know(session: Session) -> None:
    odd = Step.model_validate({"id": "step-1", "title": "One", "copy": "mine", "model_dump": 1, "text": "no"})
    session = items.change(session.model_copy(update={"steps": (odd,)}), "step-1", title="Two", who=" HCA ")
    step = session.steps[0]
    assert (step.title, step.who) == ("Two", "HCA")
    assert step.model_dump(exclude_defaults=True) == {
        "id": "step-1",
        "title": "Two",
        "who": "HCA",
        "copy": "mine",
        "model_dump": 1,
        "text": "no",
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"minutes": 10_000}, "Minutes: at most 9999 fits. Nothing was changed."),
        ({"minutes": -1}, "Minutes: at least 0 is needed. Nothing was changed."),
        ({"minutes": "5"}, "Minutes: a whole number is needed. Nothing was changed."),
        ({"value": "add"}, "Value: it is one of adds, needed or removable. Nothing was changed."),
        ({"smallest_change": 5}, "Smallest change: words are needed. Nothing was changed."),
        ({"stories": ("x",) * 1_001}, "Stories: at most 1000 fit. Nothing was changed."),
        ({"stories": (5,)}, "Stories: words are needed. Nothing was changed."),
        ({"usual": "yes"}, "Usual: that does not fit. Nothing was changed."),
        ({"votes": 3}, "There is no votes to set here."),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(
    session: Session, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(EditError) as refused:
        items.change(steps(session, "One"), "step-1", **fields)
    assert str(refused.value) == sentence


def test_days_and_numbers_are_asked_for_by_name() -> None:
    with pytest.raises(EditError, match="Due on: a day is needed"):
        items.changed(Goal(), due_on="soon")
    session = Session(
        format="promote-session", version=1, id="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11", title="x"
    )
    session = own.take_on(ideas.add_line(session, "Tea", "start"), "idea-1", TODAY)
    with pytest.raises(EditError, match="Target: a number is needed"):
        own.set_measure(session, "initiative-1", target=float("nan"))


def test_removing_leaves_the_ties_of_others_as_they_are(session: Session) -> None:
    session = ideas.add_line(steps(session, "One"), "Tea #1", "start")
    session = items.remove(session, "step-1")
    assert session.steps == ()
    assert session.ideas[0].step == "step-1"


def test_items_move_within_their_list_and_no_further(session: Session) -> None:
    session = steps(session, "One", "Two", "Three")
    assert titles(items.move(session, "step-1", 2)) == ["Two", "Three", "One"]
    assert titles(items.move(session, "step-3", -1)) == ["One", "Three", "Two"]
    assert items.move(session, "step-2", 0) == session
    with pytest.raises(EditError, match="at the top already"):
        items.move(session, "step-1", -1)
    with pytest.raises(EditError, match="at the end already"):
        items.move(session, "step-3", 1)


def test_items_move_among_those_that_are_shown(session: Session) -> None:
    for line in ("- one", "+ two", "- three", "+ four", "- five"):
        session = ideas.add_line(session, line, "start")
    shown = ("idea-1", "idea-3", "idea-5")
    moved = items.move(session, "idea-5", -1, shown)
    assert [idea.text for idea in moved.ideas if idea.kind == "stop"] == ["one", "five", "three"]
    moved = items.move(session, "idea-1", 1, ("idea-1", "idea-99", "idea-3"))  # one was removed meanwhile
    assert [idea.text for idea in moved.ideas if idea.kind == "stop"] == ["three", "one", "five"]


def test_what_is_gone_or_not_shown_does_not_move(session: Session) -> None:
    session = steps(session, "One", "Two")
    for id, among in (("step-9", None), ("step-1", ("step-2",))):
        with pytest.raises(EditError, match="no longer there"):
            items.move(session, id, 1, among)


def test_every_kind_of_id_has_its_list_and_steps_have_two(session: Session) -> None:
    session = map.add_line(steps(session, "One"), "Two", future=True)
    for id, name in (
        ("story-1", "stories"),
        ("candidate-1", "candidates"),
        ("idea-1", "ideas"),
        ("group-1", "groups"),
        ("parked-1", "parked"),
        ("initiative-1", "initiatives"),
        ("step-1", "steps"),
        ("step-2", "future_steps"),
        ("step-3", "steps"),  # nowhere yet
        ("nonsense", "steps"),
    ):
        assert items.list_of(session, id) == name


def test_both_maps_are_found_changed_moved_and_emptied_alike(session: Session) -> None:
    session = steps(session, "One")
    session = items.add(session, "step", lambda id: Step(id=id, title="Two"), to="future_steps")
    session = items.add(session, "step", lambda id: Step(id=id, title="Three"), 0, "future_steps")
    assert [step.id for step in session.future_steps] == ["step-3", "step-2"]
    assert session.last_used == {"step": 3}
    assert (items.find(session, "step-2").title, items.position(session, "step-2")) == ("Two", 1)
    assert items.change(session, "step-2", minutes=5).future_steps[1].minutes == 5
    assert [step.id for step in items.move(session, "step-2", -1).future_steps] == ["step-2", "step-3"]
    with pytest.raises(EditError, match="at the end already"):
        items.move(session, "step-2", 1)
    left = items.remove(session, "step-3")
    assert [step.id for step in left.future_steps] == ["step-2"]
    assert left.steps == session.steps
    assert steps(left, "Four").steps[-1].id == "step-4"
    many = tuple(Step(id=f"step-{number}", title="x") for number in range(1, 1_001))
    full = session.model_copy(update={"steps": (), "future_steps": many})
    with pytest.raises(EditError, match="at most 1,000 of these"):
        map.add_line(full, "One more", future=True)
    assert steps(full, "Today").steps[0].id == "step-1001"
