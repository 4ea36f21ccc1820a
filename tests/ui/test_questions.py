"""Which question the room is asked at which moment, and what a trust's own file changes."""

from pathlib import Path

from promote_tui.session.edits import items
from promote_tui.session.model import Session
from promote_tui.store import places
from tests.ui.made import made
from tests.ui.room import arrives, opened
from tests.ui.tour import to_the_list


async def test_a_new_moment_begins_with_its_first_question(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=session) as room:
        assert room.question.startswith("Which part of the day could be better?")
        await room.presses("escape", "n")
        assert room.question.startswith("We look for what could be better")
        await room.says("p: Lights at eight")
        assert room.question.startswith("Which part of the day could be better?")
        room.sees("1 of 7")
        await room.goes_to("2")
        await room.presses("escape", "n", "n")
        await room.says("Lights on")
        assert room.question.startswith("What really happens on most days")
        await room.presses("escape", "m")
        assert room.question == "What does this step add for the person?"
        await room.presses("m")
        assert room.question.startswith("What really happens on most days")


async def test_check_ins_objections_and_the_end_have_their_own(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, thought=["+ Tea"], owned=1)) as room:
        await room.goes_to("4")
        await to_the_list(room)
        assert room.question.startswith("Who would like to own")
        await room.presses("w")
        assert room.question.startswith("Pushing back takes energy")
        await room.says("No time")
        assert room.question.startswith("Pushing back takes energy")
        await to_the_list(room)
        assert room.question.startswith("Who would like to own")
        await room.presses("home", "h")
        assert room.question.startswith("Three days on:")
        await room.says("Two tried it")
        assert room.question.startswith("Three days on:")
        await to_the_list(room)
        await room.goes_to("5")
        assert room.question.startswith("Imagine a fly on the wall")
        await room.presses("d")
        await room.answers("ready", "It is plain to see")
        assert room.question.startswith("Have we grown too fond")


async def test_only_usual_steps_make_a_map_long(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="map", mapped=[f"Step {n}" for n in range(13)])
    async with opened(tmp_path, holding=items.change(held, "step-1", usual=False)) as room:
        assert "more than twelve" not in room.question
        await room.says("One more")
        assert "more than twelve" in room.question


async def test_a_trusts_own_file_is_asked_from_and_its_mistakes_are_named_once(
    tmp_path: Path, session: Session
) -> None:
    path = places.own_questions()
    path.parent.mkdir(parents=True)
    path.write_text(
        """
        [[questions]]
        replace = "choose-which"
        text = "Where shall we [b]begin[/]?"
        [[questions]]
        stage = "mop"
        text = "a"
        [[questions]]
        text = "a"
        """,
        encoding="utf-8",
    )
    async with opened(tmp_path, holding=session) as room:
        assert room.question == "Where shall we [b]begin[/]?"
        room.sees("Where shall we [b]begin[/]?")
        assert 'questions.toml:6: questions[2].stage: "mop" is not one of' in room.said
        assert "(2 mistakes: promote check questions.toml)" in room.said
        await to_the_list(room)
        await room.presses("q", "enter")
        await arrives(room)
        assert "questions.toml" not in room.said


async def test_a_stage_without_any_question_says_nothing(tmp_path: Path, session: Session) -> None:
    path = places.own_questions()
    path.parent.mkdir(parents=True)
    async with opened(tmp_path, holding=session) as room:
        ids = [one.id for one in room.app.questions.all if one.stage == "review"]
    path.write_text("".join(f'[[questions]]\nremove = "{id}"\n' for id in ids), encoding="utf-8")
    async with opened(tmp_path, holding=session) as room:
        await room.goes_to("5")
        assert room.question == ""
