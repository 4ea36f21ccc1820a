import pytest

from promote_tui.session.edits import choose, ideas, items, map
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import PerVoice, Session


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


def test_an_idea_comes_apart_where_the_line_says(mapped: Session) -> None:
    session = ideas.add_line(ideas.add_line(mapped, "+ Tea and cake #1", "stop"), "+ Knocking", "stop")
    session = choose.vote(ideas.mark_smallest(session, "idea-1"), "idea-1", PerVoice(staff=3))
    session = ideas.put_in_group(items.change(session, "idea-1", voice="carer"), "idea-1", "Gently")
    session = items.change(session, "idea-1", stories=("story-1",))
    before = session.ideas[0]
    for line, expected in (
        ("Tea | Cake", [("Tea", "start", "step-1"), ("Cake", "start", "step-1")]),
        ("| Tea || Cake | ", [("Tea", "start", "step-1"), ("Cake", "start", "step-1")]),
        # as it stands in the line when it is typed again
        ("+ Tea | Cake #1", [("Tea", "start", "step-1"), ("Cake", "start", "step-1")]),
        ("Tea | - Rushing #2 | #9 pm", [("Tea", "start", "step-1"), ("Rushing", "stop", "step-2"),
                                        ("#9 pm", "start", "step-1")]),
    ):  # fmt: skip
        first, *others, last = ideas.split(session, "idea-1", line).ideas
        assert [(idea.text, idea.kind, idea.step) for idea in (first, *others)] == expected, line
        assert first == before.model_copy(update={"text": "Tea"})
        assert {(idea.voice, idea.stories, idea.group) for idea in others} == {
            ("carer", ("story-1",), "group-1")
        }
        assert {(idea.votes, idea.smallest) for idea in others} == {(PerVoice(), False)}
        assert last.text == "Knocking"


def test_an_idea_that_cannot_come_apart_says_why(mapped: Session) -> None:
    session = ideas.add_line(mapped, "Tea and cake", "start")
    apart = "Put a / between two spaces where one idea ends and the next begins."
    for id, line, sentence in (
        ("idea-1", "Tea and cake", apart),
        ("idea-1", "", apart),
        ("idea-1", "| Tea |", apart),
        ("idea-1", "Tea | +", "An idea cannot be empty. x in the list removes it."),
        ("idea-1", "Tea | \x1b", "An idea has control characters in it. Nothing was changed."),
        ("idea-1", f"{'x' * 10_001} | y", "An idea has 10,001 characters; 10,000 fit. Nothing was changed."),
        ("idea-9", "Tea | Cake", "That is no longer there."),
    ):
        with pytest.raises(EditError) as refused:
            ideas.split(session, id, line)
        assert str(refused.value) == sentence


def test_ideas_are_put_in_groups_by_name(mapped: Session) -> None:
    session = mapped
    for line in ("+ Tea", "- Calling names", "= Knocking"):
        session = ideas.add_line(session, line, "start")
    for id, name, groups, members in (
        ("idea-1", " A gentler start ", ["A gentler start"], ["group-1", None, None]),
        ("idea-2", "a GENTLER start", ["A gentler start"], ["group-1", "group-1", None]),
        ("idea-2", "A gentler start", ["A gentler start"], ["group-1", "group-1", None]),
        ("idea-3", "Quiet", ["A gentler start", "Quiet"], ["group-1", "group-1", "group-2"]),
        # the last idea to leave a group takes the group with it; its number is not used again
        ("idea-3", "a gentler start", ["A gentler start"], ["group-1", "group-1", "group-1"]),
        ("idea-3", "Calm", ["A gentler start", "Calm"], ["group-1", "group-1", "group-3"]),
        ("idea-3", " ", ["A gentler start"], ["group-1", "group-1", None]),
        ("idea-3", "", ["A gentler start"], ["group-1", "group-1", None]),
        ("idea-1", "", ["A gentler start"], [None, "group-1", None]),
        ("idea-2", "", [], [None, None, None]),
    ):
        session = ideas.put_in_group(session, id, name)
        assert ([group.name for group in session.groups], [idea.group for idea in session.ideas]) == (
            groups,
            members,
        )


def test_a_group_that_does_not_fit_is_refused_and_one_that_is_gone_is_left(mapped: Session) -> None:
    session = ideas.put_in_group(ideas.add_line(mapped, "Tea", "start"), "idea-1", "Gently")
    for id, name, sentence in (
        ("idea-1", "x" * 10_001, "The group has 10,001 characters"),
        ("idea-1", "\x1b", "The group has control characters"),
        ("idea-9", "Gently", "no longer there"),
    ):
        with pytest.raises(EditError, match=sentence):
            ideas.put_in_group(session, id, name)
    gone = items.remove(session, "group-1")
    assert ideas.put_in_group(gone, "idea-1", "").ideas[0].group is None
    assert ideas.put_in_group(gone, "idea-1", "Gently").groups[0].id == "group-2"
