import pytest

from promote_tui.session.edits import choose
from promote_tui.session.model import Initiative, Session, Stage
from promote_tui.session.questions import Pitfall, Question, Questions, moment_of

SET = Questions(
    (
        Question("choose", "start", "Which part of the day?", "PROMOTE"),
        Question("choose", "any", "What do we do well?", "PROMOTE"),
        Question("choose", "opening", "What did we promise?", "PROMOTE"),
        Question("choose", "promised", "What is done?", "PROMOTE"),
        Question("choose", "no story", "Who remembers a morning?", "EBCD"),
        Question("map", "any", "What happens next?", "PROMOTE"),
    ),
    (Pitfall("map", "Mapping the ideal."), Pitfall("choose", "Two processes.")),
)


@pytest.mark.parametrize(
    ("stage", "moment", "texts"),
    [
        ("choose", "start", ["Which part of the day?", "What do we do well?"]),
        ("choose", "no story", ["Who remembers a morning?", "Which part of the day?", "What do we do well?"]),
        ("choose", "opening", ["Which part of the day?", "What did we promise?", "What do we do well?"]),
        (
            "choose",
            "promised",
            ["What is done?", "Which part of the day?", "What did we promise?", "What do we do well?"],
        ),
        ("choose", "something new", ["Which part of the day?", "What do we do well?"]),
        ("choose", "any", ["Which part of the day?", "What do we do well?"]),
        ("map", "start", ["What happens next?"]),
        ("map", "opening", ["What happens next?"]),
        ("review", "start", []),
    ],
)
def test_the_question_of_a_moment_comes_before_the_general_ones(
    stage: Stage, moment: str, texts: list[str]
) -> None:
    assert SET.at(stage, moment) == texts


def test_what_was_promised_comes_first_while_nothing_is_told(session: Session) -> None:
    change = Initiative(id="initiative-1", ideas=("idea-1",), carried="initiative-4")
    carried = session.model_copy(update={"follows": session.id, "initiatives": (change,)})
    of_now = (change.model_copy(update={"carried": None}),)
    for held, moment in (
        (session, "opening"),
        (carried, "promised"),
        (carried.model_copy(update={"follows": None}), "opening"),
        (carried.model_copy(update={"initiatives": of_now}), "opening"),
        (choose.add_line(carried, "p: Lights at eight"), "start"),
        (choose.add_line(carried, "Waking up"), "start"),
    ):
        assert moment_of(held, "choose") == moment
    assert moment_of(carried, "map") == "empty"


def test_each_stage_has_its_own_things_to_watch_for() -> None:
    assert SET.watch_for("map") == ["Mapping the ideal."]
    assert SET.watch_for("own") == []
