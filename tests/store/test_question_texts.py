from pathlib import Path

import pytest

from promote_tui.session.questions import MOMENTS
from promote_tui.session.stages import STAGES
from promote_tui.session.text import has_unshowable
from promote_tui.store import question_texts
from promote_tui.store.question_texts import LARGEST, QuestionTexts, changed_by, load, with_own

FRAMEWORK = "PROMOTE"


def test_every_stage_begins_with_the_framework_and_has_things_to_watch_for() -> None:
    questions = load()
    assert {question.stage for question in questions.all} == set(STAGES)
    sources = {question.text: question.source for question in questions.all}
    for stage in STAGES:
        assert sources[questions.at(stage, "start")[0]] == FRAMEWORK
        special = [one.source == FRAMEWORK for one in questions.all if one.stage == stage]
        assert special[0]
        assert len(questions.watch_for(stage)) >= 2
    which = "Which part of the day could be better? What do patients and carers say about it?"
    blame = "We look for what could be better, not for who is to blame. Who is missing from the room?"
    assert questions.at("choose", "opening")[:2] == [which, blame]
    assert questions.at("choose", "promised")[:3] == [
        "What did we promise last time? What is done, dropped or stuck, and why?",
        which,
        blame,
    ]


def test_a_question_fits_two_lines_and_names_its_method() -> None:
    for question in load().all:
        assert 0 < len(question.text) <= 2 * 76
        assert question.text.endswith(("?", ".", "…"))
        assert question.source
        assert not has_unshowable(question.text)
        assert question.moment in MOMENTS[question.stage]
    for pitfall in load().pitfalls:
        assert 0 < len(pitfall.text) <= 2 * 76


def test_no_question_is_asked_twice_and_each_has_an_id() -> None:
    questions = load().all
    assert len({question.text for question in questions}) == len(questions)
    assert len({question.id for question in questions}) == len(questions)
    assert all(question.id for question in questions)


def test_the_page_for_a_trust_lists_every_question_with_its_id() -> None:
    page = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    for one in load().all:
        assert f"| `{one.id}` | {one.moment} | {one.text} |" in page
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert changed_by(example.encode(), load()).problems == ()


def own(text: str) -> QuestionTexts:
    return changed_by(text.encode(), load())


def test_a_trust_adds_replaces_and_removes() -> None:
    read = own(
        """
        [[questions]]
        stage = "map"
        text = "  Who has the\\nkeys?  "

        [[questions]]
        stage = "choose"
        moment = "opening"
        text = "Are the phones off?"
        source = "Our trust"

        [[questions]]
        replace = "map-most"
        text = "What happens here, most days?"

        [[questions]]
        remove = "choose-no"

        [[pitfalls]]
        stage = "own"
        text = "The matron takes it all."
        """
    )
    questions = read.questions
    assert read.problems == ()
    assert questions.at("map", "start")[0] == "What happens here, most days?"
    assert questions.at("map", "start")[-1] == "Who has the keys?"
    assert "Are the phones off?" in questions.at("choose", "opening")
    assert "Are the phones off?" not in questions.at("choose", "start")
    assert not any("say no to" in text for text in questions.at("choose", "start"))
    assert questions.watch_for("own")[-1] == "The matron takes it all."
    assert len(questions.all) == len(load().all) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("questions = [", "q:1: this is not TOML"),
        ("questions = 1", "q:1: questions: is not a list of tables - write [[questions]]"),
        ("questions = [1]", "q:1: questions: is not a list of tables"),
        (
            '[[question]]\ntext = "a"',
            'q:1: question: is not a name that belongs here - did you mean "questions"?',
        ),
        ('[[questions]]\ntext = "a"', "q:1: questions[1].stage: is missing"),
        ('[[questions]]\nstage = "map"', "q:1: questions[1].text: is missing"),
        (
            '[[questions]]\nstage = "maps"\ntext = "a"',
            'q:2: questions[1].stage: "maps" is not one of choose, map, ideas, own, review',
        ),
        ('[[questions]]\nstage = "map"\ntext = 3', "q:3: questions[1].text: 3 is not text in quotes"),
        ('[[questions]]\nstage = "map"\ntext = " "', "q:3: questions[1].text: is empty"),
        ('[[questions]]\nstage = "map"\ntext = ""', "q:3: questions[1].text: is empty"),
        (
            f'[[questions]]\nstage = "map"\ntext = "{"a" * 201}"',
            "q:3: questions[1].text: has 201 characters; at most 200 fit",
        ),
        (
            '[[questions]]\nstage = "map"\nmoment = "opening"\ntext = "a"',
            'q:3: questions[1].moment: "opening" is not one of start, any, empty, long, microscope',
        ),
        (
            '[[questions]]\nreplace = "map-mst"\ntext = "a"',
            'q:2: questions[1].replace: "map-mst" is not the id of a question of ours',
        ),
        ('[[questions]]\nreplace = "map-most"', "q:1: questions[1].text: is missing"),
        (
            '[[questions]]\nremove = "map-most"\nstage = "map"',
            "q:3: questions[1].stage: is not a name that belongs here - remove can stand here",
        ),
        ('[[questions]]\nremove = "x"', 'q:2: questions[1].remove: "x" is not the id of a question of ours'),
        ('[[pitfalls]]\nstage = "map"\ntext = "a"\nmoment = "any"', "q:4: pitfalls[1].moment: is not a name"),
        ("#" * (LARGEST + 1), "q: the file is larger than 1,000,000 bytes"),
    ],
)
def test_what_is_wrong_is_named_and_changes_nothing(text: str, said: str) -> None:
    read = own(text)
    assert read.problems[0].sentence("q").startswith(said)
    assert read.questions == load()


def test_one_mistake_costs_one_table_and_too_many_are_not_read() -> None:
    one = '[[questions]]\nstage = "map"\ntext = "Question {}?"\n'
    read = own('[[questions]]\nstage = "nowhere"\n' + "".join(one.format(n) for n in range(200)))
    assert [problem.sentence("q").partition(": ")[2][:40] for problem in read.problems] == [
        "questions[1].text: is missing",
        'questions[1].stage: "nowhere" is not one',
        "questions[201]: has 201 tables; at most ",
    ]
    assert len(read.questions.all) == len(load().all) + 199
    strangers = own("\n".join(f"k{n} = 1" for n in range(1_000)))
    assert len(strangers.problems) == 20


def test_hostile_text_is_harmless() -> None:
    read = own('[[questions]]\nstage = "map"\ntext = "[/b] \\u001b[2J \\u202e :bomb:"\n"\\u001b]0;x" = 1')
    assert not has_unshowable(read.problems[0].sentence("q"))
    read = own('[[questions]]\nstage = "map"\ntext = "[/b] \\u001b[2J \\u202e :bomb:"')
    assert read.questions.all[-1].text == "[/b] �[2J � :bomb:"


def test_the_file_need_not_be_there_and_may_be_unreadable(tmp_path: Path) -> None:
    assert with_own(tmp_path / "no" / "questions.toml") == QuestionTexts(load())
    (tmp_path / "questions.toml").mkdir()
    assert "is a folder" in with_own(tmp_path / "questions.toml").problems[0].message
    assert with_own(tmp_path / "questions.toml" / "x") == QuestionTexts(load())
    (tmp_path / "own.toml").write_text('[[questions]]\nremove = "map-most"', encoding="utf-8")
    assert len(question_texts.with_own(tmp_path / "own.toml").questions.all) == len(load().all) - 1
