from promote_tui.session.stages import STAGES
from promote_tui.session.text import has_unshowable
from promote_tui.store import question_texts


def test_every_stage_opens_with_a_question() -> None:
    questions = question_texts.load()
    assert {question.stage for question in questions.all} == set(STAGES)
    for stage in STAGES:
        assert questions.at(stage, "start")


def test_a_question_fits_two_lines_and_names_its_method() -> None:
    for question in question_texts.load().all:
        assert 0 < len(question.text) <= 2 * 76
        assert question.text.endswith(("?", ".", "…"))
        assert question.source
        assert not has_unshowable(question.text)


def test_no_question_is_asked_twice() -> None:
    texts = [question.text for question in question_texts.load().all]
    assert len(texts) == len(set(texts))
