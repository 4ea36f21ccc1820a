from datetime import UTC, date, datetime

from promote_tui.session.compare import Comparison, compare, in_turn, summary
from promote_tui.session.edits import carrying, choose, details, ideas, items, own, review
from promote_tui.session.edits import map as steps
from promote_tui.session.model import Closing, PerVoice, Session
from tests.session.edits.test_any_edits import Edit
from tests.session.edits.test_carrying import worked
from tests.ui.made import TODAY, made

__all__ = ["worked"]
OTHER = "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0"
NEXT_YEAR = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)


def fates(found: Comparison) -> list[str]:
    """Return what became of the ideas as a person would read it out."""
    return [f"{one.idea.text}: {one.words} {one.rating or ''}".strip() for one in (*found.fates, *found.new)]


def followed(session: Session) -> Session:
    return carrying.follow_on(session, new_id=OTHER, title="Waking up", team="", now=NEXT_YEAR)


def test_what_became_of_ideas_in_the_session_that_carries_on(worked: Session) -> None:
    now = followed(worked)
    found = compare(worked, now)
    assert fates(found) == ["Shouting: not there now", "Tea earlier: a change: trying amber"]
    # its idea says something else by now: the change is the same one all the same
    now = items.change(now, "idea-1", text="A warm drink")
    now = own.check_in(now, "initiative-1", "three_months", TODAY, runner=True)
    now = ideas.add_line(now, "= Knocking", "continue")
    found = compare(worked, now)
    assert fates(found)[1:] == [
        "Tea earlier: a change: then trying, now runner amber",
        "A warm drink: new, a change: runner amber",
        "Knocking: new",
    ]
    assert summary(found) == (
        "There is no map now. 1 of 2 ideas was taken on; 1 change is a runner. 2 ideas are new."
    )


def test_what_became_of_ideas_in_another_session(session: Session) -> None:
    lines = ["- Calling names", "+ Tea earlier", "+ Ask first", "= Knocking"]
    then = made(session, thought=lines, owned=2)
    then = own.set_initiative(then, "initiative-1", stage="trying", decision="let go")
    now = made(session, thought=["+ Earlier tea for all", "= Knocking"], owned=0)
    now = now.model_copy(update={"id": OTHER})
    found = compare(then, now)
    assert fates(found) == [
        "Calling names: a change then: let go",
        "Earlier tea for all: a change then: planned",
        "Ask first: not there now",
        "Knocking: still an idea",
    ]
    assert summary(found) == "Neither has a map. 2 of 4 ideas were taken on."

    assert compare(now, own.take_on(now, "idea-1", TODAY)).fates[0].words == "a change: planned"


def test_sessions_that_are_the_same(session: Session, worked: Session) -> None:
    for one in (session, worked):
        found = compare(one, one.model_copy(update={"id": OTHER, "title": "A copy", "revision": 9}))
        assert found.is_same
        assert summary(found) == "The same in everything that is compared."


def test_each_thing_that_is_compared_counts(worked: Session) -> None:
    cases: list[Edit] = [
        lambda s: choose.add_line(s, "c: Nobody rang me"),
        lambda s: choose.set_frame(s, name="Meal times"),
        lambda s: steps.add_line(s, "Curtains"),
        lambda s: steps.add_line(s, "Curtains", future=True),
        lambda s: steps.next_value(s, "step-1"),
        lambda s: ideas.add_line(s, "- Bells", "stop"),
        lambda s: items.change(s, "idea-1", text="Calling"),
        lambda s: items.remove(s, "idea-1"),
        lambda s: own.take_on(s, "idea-1", TODAY),
        lambda s: items.remove(s, "initiative-1"),
        lambda s: own.set_initiative(s, "initiative-1", stage="runner"),
        lambda s: review.set_part(s, "initiative-1", 0, TODAY, rating="red"),
    ]
    for number, edit in enumerate(cases):
        assert not compare(worked, edit(worked)).is_same, number
        assert summary(compare(worked, edit(worked))), number
    same: list[Edit] = [
        lambda s: details.set_details(s, title="Up"),
        lambda s: details.set_closing(s, attached="Tea"),
        lambda s: s.model_copy(update={"closing": Closing()}),
        lambda s: steps.set_step(s, "step-1", reflection="Loud"),
    ]
    for number, edit in enumerate(same):
        assert compare(worked, edit(worked)).is_same, number


def test_the_summary_says_how_long_it_takes(session: Session) -> None:
    cases: list[tuple[list[str], list[str], str]] = [
        (
            ["Lights on 50m", "Queue 20m"],
            ["Lights on 55m"],
            "Then 70 minutes, now 55: 15 released each time.",
        ),
        (["Lights on 50m"], ["Lights on 55m"], "Then 50 minutes, now 55: 5 more each time."),
        (["Lights on 50m"], ["Queue 50m"], "Then 50 minutes, now 50."),
        (
            ["Lights on 50m", "Queue"],
            ["Lights on 40m"],
            "Then 50 minutes, now 40: 10 released each time. Not every step has its minutes.",
        ),
        (["Lights on"], ["Queue 50m"], "Only now the minutes were counted: 50."),
        (["Lights on 50m"], ["Queue"], "Only then the minutes were counted: 50."),
        (["Lights on"], ["Queue"], "What differs stands below."),
        ([], ["Queue"], "There was no map then."),
        (["Lights on"], [], "There is no map now."),
    ]
    for then, now, wanted in cases:
        found = compare(made(session, mapped=then), made(session, mapped=now))
        assert summary(found) == wanted
    both = [made(session, mapped=["Lights on 50m", f"Tea {minutes}m"]) for minutes in (50, 25)]
    both = [steps.next_value(one, "step-1") for one in both]
    wanted = "Of that, 50 % added value for the person then, 67 % now."
    assert wanted in summary(compare(*both))


def test_another_process_is_said_and_promises_no_time(session: Session) -> None:
    then, now = (
        choose.set_frame(made(session, mapped=[f"Lights on {minutes}m"]), name=name)
        for name, minutes in (("Waking up", 50), ("Meal times", 20))
    )
    assert summary(compare(then, now)) == (
        "Two processes: “Waking up” then, “Meal times” now. Then 50 minutes, now 20."
    )
    for one, other, differs in (
        ("Waking up in the morning", "Waking up", False),
        ("Waking up", "", False),
        ("", "", False),
    ):
        pair = [
            session.model_copy(update={"process": session.process.model_copy(update={"name": name})})
            for name in (one, other)
        ]
        assert compare(*pair).other_process == differs


def test_what_was_planned_is_beside_what_it_is_now(session: Session) -> None:
    then = steps.start_future(made(session, mapped=["Lights on 20m", "Queue 30m"]))
    then = items.remove(then, then.future_steps[1].id)
    now = made(session, mapped=["Lights on 10m"])
    planned = compare(then, now).planned
    assert planned
    assert [(pair.what, pair.title) for pair in planned.pairs] == [("changed", "Lights on")]
    assert compare(now, then).planned is None
    assert compare(then, session).planned is None


def test_who_was_heard_is_shown_so_that_nobody_stands_alone(session: Session) -> None:
    told = ["p: Lights at eight", "s: We rush"]
    then, now = made(session, told=told), made(session, told=told[:1])
    then = details.set_present(then, PerVoice(patient=1, carer=3, staff=4))
    assert compare(then, now).heard == (
        "patients or carers 1, staff 1",
        "patients 1, carers none yet, staff none yet",
    )


def test_which_is_the_earlier_one(session: Session) -> None:
    later = session.model_copy(update={"id": OTHER, "held_on": date(2027, 3, 3)})
    on_no_day = session.model_copy(update={"id": OTHER, "held_on": None, "created_at": NEXT_YEAR})
    newer = session.model_copy(update={"updated_at": NEXT_YEAR})
    never = session.model_copy(update={"held_on": None, "created_at": None, "updated_at": None})
    by_hand = never.model_copy(update={"created_at": datetime(1999, 1, 1)})  # noqa: DTZ001
    for first, second in (
        (session, later),
        (session, on_no_day),
        (session, newer),
        (never, session),
        (by_hand, session),
        # one that carries on comes after, whatever its day says
        (later, session.model_copy(update={"follows": OTHER})),
        (later, session.model_copy(update={"scales": OTHER})),
    ):
        assert in_turn(first, second) == in_turn(second, first) == (first, second)
    assert in_turn(session, session) == (session, session)
