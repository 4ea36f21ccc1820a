import pytest

from promote_tui.session.model import Stage
from promote_tui.session.questions import Pitfall, Question, Questions

SET = Questions(
    (
        Question("choose", "start", "Which part of the day?", "PROMOTE"),
        Question("choose", "any", "What do we do well?", "PROMOTE"),
        Question("choose", "opening", "What did we promise?", "PROMOTE"),
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


def test_each_stage_has_its_own_things_to_watch_for() -> None:
    assert SET.watch_for("map") == ["Mapping the ideal."]
    assert SET.watch_for("own") == []
