import pytest

from promote_tui.session.edits import choose, ideas, items, map, ties
from promote_tui.session.edits.items import EditError
from promote_tui.session.history import History
from promote_tui.session.model import Session


@pytest.fixture
def room(session: Session) -> Session:
    """A session with one process, two stories, two steps, a step of the to-be map and one idea."""
    session = choose.add_line(session, "Waking up")
    for line in ("p: The lights come on", "s: We rush"):
        session = choose.add_line(session, line)
    for line in ("Lights on", "Names called"):
        session = map.add_line(session, line)
    session = map.add_line(session, "A knock", future=True)
    return ideas.add_line(session, "Tea first", "start")


def test_two_things_are_tied_and_untied_whichever_is_named_first(room: Session) -> None:
    for one, other, holder, field in (
        ("story-1", "candidate-1", "story-1", "candidates"),
        ("step-1", "story-2", "step-1", "stories"),
        ("step-3", "story-2", "step-3", "stories"),
        ("idea-1", "story-1", "idea-1", "stories"),
        ("idea-1", "step-2", "idea-1", "step"),
        ("idea-1", "step-3", "idea-1", "step"),
    ):
        for pair in ((one, other), (other, one)):
            assert not ties.are_tied(room, *pair)
            tied = ties.turn(room, *pair)
            assert ties.are_tied(tied, one, other)
            assert ties.are_tied(tied, other, one)
            held = getattr(items.find(tied, holder), field)
            assert held == (other if field == "step" else (other,))
            assert ties.turn(tied, *reversed(pair)) == room


def test_a_step_may_have_many_stories_and_an_idea_has_one_step(room: Session) -> None:
    for pair in (("step-1", "story-2"), ("step-1", "story-1"), ("idea-1", "step-1"), ("idea-1", "step-2")):
        room = ties.turn(room, *pair)
    assert room.steps[0].stories == ("story-2", "story-1")
    assert room.ideas[0].step == "step-2"
    assert not ties.are_tied(room, "idea-1", "step-1")


def test_what_cannot_be_tied_says_why(room: Session) -> None:
    unlike = "These two cannot be tied to each other."
    for one, other, sentence in (
        ("story-1", "story-2", unlike),
        ("story-1", "story-1", unlike),
        ("idea-1", "candidate-1", unlike),
        ("step-1", "candidate-1", unlike),
        ("initiative-1", "idea-1", unlike),
        ("nonsense", "", unlike),
        ("idea-1", "step-9", "That is no longer there."),
        ("step-1", "story-9", "That is no longer there."),
        ("idea-9", "story-1", "That is no longer there."),
    ):
        for pair in ((one, other), (other, one)):
            with pytest.raises(EditError) as refused:
                ties.turn(room, *pair)
            assert str(refused.value) == sentence, pair
    with pytest.raises(EditError, match="no longer there"):
        ties.are_tied(room, "idea-9", "step-1")


def test_removing_what_others_are_tied_to_keeps_their_ties_and_undo_brings_it_back(room: Session) -> None:
    for pair in (("idea-1", "step-1"), ("step-1", "story-1"), ("story-1", "candidate-1")):
        room = ties.turn(room, *pair)
    for gone, holder, held in (
        ("step-1", "idea-1", "step-1"),
        ("story-1", "step-1", "story-1"),
        ("candidate-1", "story-1", "candidate-1"),
    ):
        without = items.remove(room, gone)
        assert ties.are_tied(without, holder, held)
        undone = History().after(room, "remove").undo(without)
        assert undone is not None
        assert undone[1] == room
    # an idea whose step is gone is free for another
    assert ties.turn(items.remove(room, "step-1"), "idea-1", "step-2").ideas[0].step == "step-2"
