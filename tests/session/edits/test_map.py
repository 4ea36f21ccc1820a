import pytest

from promote_tui.session.edits import map
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Session


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
