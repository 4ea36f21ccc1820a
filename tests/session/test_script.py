from datetime import UTC, datetime, timedelta

from promote_tui.session.edits import agenda, choose, ideas, own
from promote_tui.session.edits import map as steps
from promote_tui.session.model import PerVoice, Session, Stage
from promote_tui.session.questions import MOMENTS, Pitfall, Question, Questions
from promote_tui.session.script import script_of
from promote_tui.session.stages import STAGES

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
QUESTIONS = Questions(
    tuple(
        Question(stage, moment, f"{stage} {moment}?", "PROMOTE")
        for stage in STAGES
        for moment in MOMENTS[stage]
    ),
    (Pitfall("map", "Mapping the ideal."),),
)


def parts(session: Session, stage: Stage, later: int = 0) -> dict[str, tuple[str, ...]]:
    found = script_of(session, stage, QUESTIONS, NOW + timedelta(minutes=later))
    assert all(part.lines for part in found)
    assert len({part.heading for part in found}) == len(found)
    return {part.heading: part.lines for part in found}


def test_an_empty_session_opens_with_its_questions(session: Session) -> None:
    assert parts(session, "choose") == {
        "Time": ("No time is planned.",),
        "Still open": ("No story yet; no process chosen.",),
        "Not heard yet": ("Patients: no story yet.", "Carers: no story yet.", "Staff: no story yet."),
        "Ask now": ("choose start?", "choose opening?", "choose any?"),
        "What comes next": ("2 Map: map start?",),
    }


def test_every_question_of_a_stage_is_there_the_present_moments_first(session: Session) -> None:
    session = steps.add_line(session, "Lights on").model_copy(update={"follows": session.id})
    for stage in STAGES:
        texts = [line for part in script_of(session, stage, QUESTIONS, NOW) for line in part.lines]
        assert {f"{stage} {moment}?" for moment in MOMENTS[stage]} <= set(texts)
    found = parts(session.model_copy(update={"stage": "map"}), "map")
    assert found["Ask now"] == ("map start?", "map any?")
    assert found["Watch for"] == ("Mapping the ideal.",)
    assert found["Ask about a step under the microscope"] == ("map microscope?",)
    assert parts(session, "map")["Ask there"] == ("map start?", "map any?")
    for line in ("- a", "- b", "+ c"):
        session = ideas.add_line(session, line, "start")
    assert parts(session, "ideas")["Ask there"][0] == "ideas missing-continue?"


def test_groups_that_told_nothing_are_named_and_no_person(session: Session) -> None:
    session = choose.add_line(session, "p: Lights at eight")
    session = session.model_copy(update={"present": PerVoice(patient=1, staff=2)})
    assert parts(session, "review")["Not heard yet"] == (
        "Carers: no story yet, and nobody of them is in the room.",
        "Staff: no story yet.",
    )
    for line in ("c: Nobody rang", "s: We rush"):
        session = choose.add_line(session, line)
    assert "Not heard yet" not in parts(session, "choose")


def test_the_plan_tells_planned_spent_and_left(session: Session) -> None:
    session = agenda.plan(session, 60, NOW)
    found = parts(session, "choose", later=4)
    assert found["Time"] == ("10 minutes planned, 4 spent, 6 left.",)
    assert found["The whole plan"][1] == "2 Map: 15 minutes planned, 0 spent, 15 left"
    assert "2 too long." in parts(session, "choose", later=12)["Time"][0]
    assert parts(session, "choose", later=70)["Time"][1].startswith("The 60 minutes are over.")


def test_after_the_last_stage_come_the_check_ins_that_are_due_first(session: Session) -> None:
    for place, line in enumerate(("+ Tea", "+ Cards", "- Shouting", "= Knocking"), 1):
        session = ideas.add_line(session, line, "start")
        session = own.take_on(session, f"idea-{place}", NOW.date() + timedelta(days=place))
    session = own.set_initiative(session, "initiative-1", decision="let go")
    assert parts(session, "review")["What comes next"] == (
        "Check-in Sat 28 Nov, in 5 days: Cards",
        "Check-in Sun 29 Nov, in 6 days: Stop: Shouting",
        "Check-in Mon 30 Nov, in 7 days: Knocking",
    )
