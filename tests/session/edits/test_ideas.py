import pytest

from promote_tui.session.edits import ideas, map
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Session


@pytest.fixture
def mapped(session: Session) -> Session:
    """A session with two steps."""
    return map.add_line(map.add_line(session, "Lights on"), "Names called")


def test_a_line_goes_to_the_column_of_its_sign_or_the_one_in_focus(mapped: Session) -> None:
    session = mapped
    for line in ("- Calling names #2", "+ Tea", "= Knocking", "Walking in"):
        session = ideas.add_line(session, line, "continue")
    assert [(idea.kind, idea.text, idea.step) for idea in session.ideas] == [
        ("stop", "Calling names", "step-2"),
        ("start", "Tea", None),
        ("continue", "Knocking", None),
        ("continue", "Walking in", None),
    ]


@pytest.mark.parametrize("line", ["Tea #3", "Tea #0", "+ Tea with #9 people"])
def test_the_number_of_a_step_that_is_not_there_stays_in_the_words(mapped: Session, line: str) -> None:
    idea = ideas.add_line(mapped, line, "start").ideas[0]
    assert (idea.text, idea.step) == (line.removeprefix("+ "), None)
    assert ideas.has_step(mapped, 2)
    assert not ideas.has_step(mapped, 3)


def test_a_line_without_words_is_refused(mapped: Session) -> None:
    with pytest.raises(EditError, match="An idea cannot be empty"):
        ideas.add_line(mapped, "+ #1", "stop")


def test_an_idea_told_again_has_the_words_column_and_step_of_the_line(mapped: Session) -> None:
    session = ideas.add_line(mapped, "+ Tea #1", "stop")
    assert ideas.retell(session, "idea-1", "Coffee").ideas[0].model_dump(exclude_defaults=True) == {
        "id": "idea-1",
        "kind": "start",
        "text": "Coffee",
    }
    again = ideas.retell(session, "idea-1", "= Tea first #2").ideas[0]
    assert (again.kind, again.text, again.step) == ("continue", "Tea first", "step-2")


def test_the_smallest_change_is_marked_and_unmarked(mapped: Session) -> None:
    session = ideas.mark_smallest(ideas.add_line(mapped, "Tea", "start"), "idea-1")
    assert session.ideas[0].smallest
    assert not ideas.mark_smallest(session, "idea-1").ideas[0].smallest
