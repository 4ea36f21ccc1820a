from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promote_tui.session.edits import carrying, choose, ideas, items, own, parking, review
from promote_tui.session.edits import map as steps
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import (
    HORIZONS,
    Checkin,
    Closing,
    Earlier,
    Initiative,
    Part,
    PerVoice,
    Review,
    Session,
)
from promote_tui.session.parts import still_to_tune
from promote_tui.store import toml_text
from promote_tui.store.seal import sealed
from tests.session.edits.test_any_edits import BY_HAND, EDITS, Edit, ids_of

TODAY = date(2026, 11, 23)
NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
OTHER = "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0"
THIRD = "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d1"
NEW: dict[str, Any] = {"new_id": OTHER, "title": "Waking up, again", "team": "Larch", "now": NOW}


@pytest.fixture
def worked(session: Session) -> Session:
    """A session with a story, a map and its to-be map, two ideas in a group, one of them taken on."""
    session = choose.choose_process(choose.add_line(session, "Waking up"), "candidate-1")
    session = choose.set_frame(session, purpose="Rested and ready")
    session = choose.add_line(session, "p: Lights at eight")
    session = steps.add_line(steps.add_line(session, "Lights on @HCA 5m"), "Names called")
    session = items.change(session, "step-1", stories=("story-1",))
    session = steps.start_future(session)
    session = ideas.add_line(session, "- Shouting", "stop")
    session = ideas.add_line(session, "+ Tea earlier #2", "start")
    session = ideas.put_in_group(session, "idea-2", "Gentler")
    session = items.change(session, "idea-2", stories=("story-1",), voice="staff", votes=PerVoice(staff=3))
    session = own.take_on(ideas.mark_smallest(session, "idea-2"), "idea-2", TODAY)
    session = own.set_initiative(session, "initiative-1", owner="HCA, nights", buddy="Nurse", success="Up")
    session = own.set_measure(session, "initiative-1", name="Up by 8", baseline=4, target=9)
    session = own.set_goal(session, "initiative-1", "three_days", goal="Ask nights")
    session = own.add_resistance(session, "initiative-1", "No time")
    session = own.set_resistance(session, "initiative-1", "resistance-1", harness="She chose the cups")
    session = own.check_in(session, "initiative-1", "three_days", TODAY, happened="Begun")
    session = review.set_part(session, "initiative-1", 0, TODAY, rating="amber", fine_tune="Ask bank staff")
    session = parking.park_text(parking.park_text(session, "Parking costs"), "The lift", "for later")
    closing = Closing(attached="The tea", hard_to_change="The rota")
    return parking.became(session, "parked-2", THIRD).model_copy(update={"closing": closing})


def a_change(**fields: Any) -> Initiative:
    return Initiative(id="initiative-1", ideas=("idea-1",), **fields)


def test_what_is_still_open() -> None:
    all_held = Checkin(horizon="three_days", held_on=TODAY)
    held = tuple(all_held.model_copy(update={"horizon": one}) for one in HORIZONS)
    tune = Part(name="x", rating="amber", fine_tune="y")
    first, done = Review(held_on=TODAY, parts=(tune,)), Review(held_on=TODAY, parts=(Part(name="x"),))
    cases: tuple[tuple[dict[str, Any], bool], ...] = (
        ({}, True),
        ({"checkins": held}, True),
        ({"checkins": held, "decision": "fine tune"}, True),
        ({"checkins": held, "decision": "ready", "stage": "runner"}, False),
        ({"checkins": held[:2], "decision": "ready", "stage": "runner"}, True),
        ({"checkins": held, "decision": "ready", "reviews": (first,)}, True),
        ({"checkins": held, "decision": "ready", "reviews": (first, done)}, False),
        ({"checkins": held, "stage": "scaling"}, False),
        ({"checkins": held, "stage": "scaling", "reviews": (first,)}, True),
        ({"checkins": held[1:], "stage": "scaling"}, False),
        ({"stage": "let go"}, False),
        ({"decision": "let go", "reviews": (first,)}, False),
    )
    for fields, is_open in cases:
        session = Session.model_construct(initiatives=(a_change(**fields),))
        assert (carrying.open_changes(session) != ()) == is_open, fields


def test_what_still_needs_fine_tuning() -> None:
    cases: tuple[tuple[dict[str, Any], bool], ...] = (
        ({"rating": "red", "fine_tune": "x"}, True),
        ({"fine_tune": "x"}, True),
        ({"rating": "green", "fine_tune": "x"}, False),
        ({"rating": "red", "fine_tune": "x", "fine_tuned_on": TODAY}, False),
        ({"rating": "red"}, False),
    )
    for fields, wanted in cases:
        part = Part(name="x", **fields)
        held = a_change(reviews=(Review(held_on=TODAY, parts=(part,)),))
        assert still_to_tune(held) == ((part,) if wanted else ()), fields
    assert still_to_tune(a_change()) == ()


def test_every_session_that_comes_of_another_remembers_who_was_there(worked: Session) -> None:
    there = PerVoice(patient=3, carer=1, staff=5)
    held = choose.add_line(worked.model_copy(update={"present": there}), "c: He rang")
    held = parking.park(held, "story-2")
    held = own.set_initiative(held, "initiative-1", stage="runner")
    follows = carrying.follow_on(held, **NEW)
    ours = follows.model_copy(update={"present": PerVoice(patient=3, carer=4, staff=5)})
    next_one = parking.next_session(held, "parked-3", new_id=OTHER, now=NOW)
    for new in (
        follows,
        carrying.scale_up(held, "initiative-1", **NEW),
        carrying.follow_on(ours, **NEW),
        next_one,
    ):
        assert new.earlier.present == there
    assert next_one.stories[0].carried == "parked-3"
    # a story taken back, and parked again, came along all the same
    back = parking.take_back(follows, follows.parked[-1].id)
    assert (back.stories[0].voice, back.stories[0].carried) == ("carer", "parked-3")
    assert parking.park(back, back.stories[0].id).parked[-1].carried == "parked-3"


def test_a_session_that_carries_on_brings_what_is_open_and_nothing_else(worked: Session) -> None:
    new = carrying.follow_on(worked, **NEW)
    assert (new.id, new.title, new.team, new.held_on) == (OTHER, "Waking up, again", "Larch", NOW.date())
    assert (new.follows, new.scales, new.stage) == (worked.id, None, "choose")
    assert new.earlier == Earlier(
        title=worked.title,
        team=worked.team,
        held_on=TODAY,
        attached="The tea",
        hard_to_change="The rota",
    )
    assert new.initiatives == (
        worked.initiatives[0].model_copy(update={"ideas": ("idea-1",), "carried": "initiative-1"}),
    )
    (idea,) = new.ideas
    assert idea.model_dump(exclude_defaults=True) == {
        "id": "idea-1",
        "kind": "start",
        "text": "Tea earlier",
        "smallest": True,
        "voice": "staff",
    }
    (parked,) = new.parked
    assert (parked.id, parked.text, parked.carried) == ("parked-1", "Parking costs", "parked-1")
    for name in ("stories", "candidates", "steps", "future_steps", "groups", "left_out"):
        assert getattr(new, name) == ()
    assert not new.process.name
    assert new.closing == Closing()
    assert new.last_used == {"idea": 1, "initiative": 1, "resistance": 1, "parked": 1}


def test_nothing_open_brings_nothing_and_says_from_where(session: Session) -> None:
    new = carrying.follow_on(session, **NEW)
    assert (new.follows, new.earlier.title, new.initiatives, new.parked) == (
        session.id,
        session.title,
        (),
        (),
    )


def test_ideas_that_are_gone_and_ideas_shared_by_changes(worked: Session) -> None:
    (first,) = worked.initiatives
    two = (
        first.model_copy(update={"ideas": ("idea-2", "idea-9", "idea-1")}),
        first.model_copy(update={"id": "initiative-2", "ideas": ("idea-9",)}),
        first.model_copy(update={"id": "initiative-3", "ideas": ("idea-1",)}),
    )
    new = carrying.follow_on(worked.model_copy(update={"initiatives": two}), **NEW)
    assert [one.text for one in new.ideas] == ["Tea earlier", "Shouting", "(its idea was removed)"]
    assert [one.ideas for one in new.initiatives] == [("idea-1", "idea-2"), ("idea-3",), ("idea-2",)]
    assert [one.resistance[0].id for one in new.initiatives] == [f"resistance-{n}" for n in (1, 2, 3)]


def test_following_the_same_session_twice_and_following_a_follow_on(worked: Session) -> None:
    one, two = (carrying.follow_on(worked, **{**NEW, "new_id": id}) for id in (OTHER, THIRD))
    assert two.model_copy(update={"id": OTHER}) == one
    worked_on = own.take_on(ideas.add_line(one, "+ Ask", "start"), "idea-2", TODAY)
    worked_on = review.decide(worked_on, "initiative-1", "let go", "No milk")
    third = carrying.follow_on(worked_on, **{**NEW, "new_id": THIRD})
    assert (third.follows, third.earlier.title) == (OTHER, "Waking up, again")
    assert [(it.id, it.carried) for it in third.initiatives] == [("initiative-1", "initiative-2")]
    assert [(it.id, it.carried) for it in third.parked] == [("parked-1", "parked-1")]


def test_words_that_do_not_fit_are_refused(worked: Session) -> None:
    ready = review.decide(worked, "initiative-1", "ready", "Seen")
    for wrong, sentence in (
        ({"title": " "}, "A session needs a title."),
        ({"title": "x" * 10_001}, "10,000 fit"),
        ({"team": "a\x07"}, "control characters"),
    ):
        with pytest.raises(EditError, match=sentence):
            carrying.follow_on(worked, **{**NEW, **wrong})
        with pytest.raises(EditError, match=sentence):
            carrying.scale_up(ready, "initiative-1", **{**NEW, **wrong})


def test_a_runner_is_tried_in_another_place(worked: Session) -> None:
    ready = review.decide(worked, "initiative-1", "ready", "Seven of nine")
    new = carrying.scale_up(ready, "initiative-1", **NEW)
    assert (new.scales, new.follows, new.team) == (worked.id, None, "Larch")
    assert new.earlier == Earlier(
        title=worked.title, team=worked.team, held_on=TODAY, done=("Tea earlier", "Seven of nine")
    )
    assert new.process == worked.process
    assert [one.name for one in new.candidates] == ["Waking up"]
    assert [(one.id, one.title, one.who, one.stories) for one in new.steps] == [
        ("step-1", "Lights on", "HCA", ()),
        ("step-2", "Names called", "", ()),
    ]
    assert [(one.id, one.was) for one in new.future_steps] == [("step-3", "step-1"), ("step-4", "step-2")]
    assert [(one.text, one.step, one.stories) for one in new.ideas] == [("Tea earlier", "step-2", ())]
    (change,) = new.initiatives
    assert change.model_dump(exclude_defaults=True) == {
        "id": "initiative-1",
        "ideas": ("idea-1",),
        "success": "Up",
        "measure": {"name": "Up by 8", "target": 9},
        "plan": {"three_days": {"goal": "Ask nights"}},
        "resistance": ({"id": "resistance-1", "says": "No time"},),
    }
    assert (new.stories, new.parked) == ((), ())
    marked = carrying.scaling(ready, "initiative-1")
    assert marked.initiatives[0].stage == "scaling"
    assert carrying.runner(marked, "initiative-1")


def test_only_a_runner_is_tried_in_another_place(worked: Session) -> None:
    tries: tuple[Callable[[Session, str], object], ...] = (
        carrying.runner,
        carrying.scaling,
        lambda session, id: carrying.scale_up(session, id, **NEW),
    )
    for attempt in tries:
        with pytest.raises(EditError, match="Only a runner is tried in another place"):
            attempt(worked, "initiative-1")
        with pytest.raises(EditError, match="no longer there"):
            attempt(worked, "initiative-7")


def test_keys_that_nobody_knows_come_along(session: Session) -> None:
    text = toml_text.write(session) + (
        '[process]\nname = "x"\ndoor = "kept"\n'
        '[[steps]]\nid = "step-7"\ntitle = "x"\ncopy = "kept"\n'
        '[[ideas]]\nid = "idea-4"\nkind = "stop"\ntext = "x"\nmood = "kept"\n'
        '[[parked]]\nid = "parked-5"\ntext = "x"\nwhy = "kept"\n'
        '[[initiatives]]\nid = "initiative-3"\nideas = ["idea-4"]\nstage = "runner"\ncost = "kept"\n'
        'resistance = [{ id = "resistance-8", says = "x", tone = "kept" }]\n'
    )
    held = toml_text.read(text.encode()).session
    assert held
    for new, count in (
        (carrying.follow_on(held, **NEW), 4),
        (carrying.scale_up(held, "initiative-3", **NEW), 5),
    ):
        assert toml_text.write(new).count('"kept"') == count
        assert not ids_of(new) & {"step-7", "idea-4", "parked-5", "initiative-3", "resistance-8"}


@settings(max_examples=60)
@given(edits=st.lists(EDITS, min_size=10, max_size=30))
def test_whatever_was_done_what_carries_on_is_a_session(edits: list[Edit]) -> None:
    session = toml_text.read(BY_HAND.encode()).session
    assert session
    for edit in edits:
        try:
            session = edit(session)
        except EditError:
            continue
    made = [carrying.follow_on(session, **NEW)]
    made.append(carrying.follow_on(made[0], **{**NEW, "new_id": THIRD}))
    for one in session.initiatives:
        try:
            made.append(carrying.scale_up(session, one.id, **NEW))
        except EditError:
            assert one.stage not in ("runner", "scaling")
    made.append(carrying.as_template(session, **NEW))
    for new in made:
        reading = toml_text.read(sealed(toml_text.write(new)))
        assert reading.session == new
        # nothing is tied to what is not there; a key that nobody knows came along with its step
        assert all(problem.key.endswith(".copy") for problem in reading.problems)
        listed = [item.id for name in items.LISTS.values() for item in getattr(new, name)]
        listed += [step.id for step in new.future_steps]
        listed += [item.id for one in new.initiatives for item in one.resistance]
        assert len(set(listed)) == len(listed)
        # what is added next gets an id of its own
        assert ideas.add_line(new, "x", "stop").ideas[-1].id not in items._mentioned(new)


def test_what_is_not_open_any_more_is_told(worked: Session) -> None:
    held = tuple(Checkin(horizon=one, held_on=TODAY) for one in HORIZONS)
    done = a_change(checkins=held, decision="ready")
    changes = (
        done,
        done.model_copy(update={"id": "initiative-2", "stage": "scaling", "ideas": ("idea-9",)}),
        a_change(stage="let go", learnt="Ask\nfirst").model_copy(update={"id": "initiative-3"}),
        a_change(decision="let go").model_copy(update={"id": "initiative-4", "ideas": ("idea-2",)}),
        a_change().model_copy(update={"id": "initiative-5"}),
        a_change(stage="let go", learnt="x" * 10_000).model_copy(update={"id": "initiative-6"}),
    )
    new = carrying.follow_on(worked.model_copy(update={"initiatives": changes}), **NEW)
    assert [one.carried for one in new.initiatives] == ["initiative-5"]
    assert new.earlier.done[:4] == (
        "Done: Stop: Shouting",
        "Done: (its idea was removed)",
        "Let go: Stop: Shouting   learnt: Ask first",
        "Let go: Tea earlier",
    )
    assert len(new.earlier.done[4]) == 10_000
    assert toml_text.read(toml_text.write(new).encode()).session == new


def test_a_runner_brings_what_came_of_it(worked: Session) -> None:
    ready = items.change(worked, "initiative-1", stage="runner")
    counted = own.check_in(ready, "initiative-1", "three_weeks", TODAY, value=9)
    for session, done in (
        (ready, ("Tea earlier",)),  # nothing was counted
        (counted, ("Tea earlier", "From 4 to 9: 9 was hoped for and is reached.")),
    ):
        new = carrying.scale_up(session, "initiative-1", **NEW)
        assert new.earlier.done == done
        assert (new.earlier.attached, new.initiatives[0].resistance[0].harness) == ("", "")


def test_a_template_is_the_process_without_anything_that_was_said(worked: Session) -> None:
    text = toml_text.write(worked)
    text = text.replace("[[steps]]", '[[steps]]\nunknown = "she said"', 1).replace(
        "[process]", '[process]\nunknown = "he said"', 1
    )
    held = toml_text.read(text.encode()).session
    assert held
    said: dict[str, Any] = {
        "feeling": -2,
        "smallest_change": "Ask",
        "reflection": "She cried",
        "best_we_can": False,
    }
    held = items.change(held, "step-1", value="needed", usual=False, **said)
    held = items.change(held, "candidate-1", note="Mine", votes=PerVoice(staff=3))
    held = choose.set_frame(held, starts_with="Round", ends_with="Tea", phase="stay", chosen_because="Anger")
    held = choose.add_line(parking.park(held, "idea-1"), "Meal times")
    held = held.model_copy(
        update={
            "dots": 3,
            "follows": THIRD,
            "scales": THIRD,
            "facilitator": "Sister",
            "present": PerVoice(patient=3),
            "agenda": held.agenda.model_copy(update={"minutes": 60, "spent": {"map": 90}}),
        }
    )
    new = carrying.as_template(held, **NEW)
    assert new.process.model_dump(exclude_defaults=True) == {
        "name": "Waking up", "purpose": "Rested and ready", "starts_with": "Round", "ends_with": "Tea",
        "phase": "stay", "candidate": "candidate-1",
    }  # fmt: skip
    assert [one.model_dump(exclude_defaults=True) for one in new.candidates] == [
        {"id": "candidate-1", "name": "Waking up"},
        {"id": "candidate-2", "name": "Meal times"},
    ]
    assert [one.model_dump(exclude_defaults=True) for one in new.steps] == [
        {
            "id": "step-1", "title": "Lights on", "who": "HCA", "minutes": 5, "usual": False,
            "value": "needed",
        },
        {"id": "step-2", "title": "Names called"},
    ]  # fmt: skip
    assert [(one.id, one.was) for one in new.future_steps] == [("step-3", "step-1"), ("step-4", "step-2")]
    assert (new.title, new.team, new.held_on, new.stage) == (
        "Waking up, again",
        "Larch",
        NOW.date(),
        "choose",
    )
    assert set(new.model_dump(exclude_defaults=True)) == {
        "format", "version", "id", "revision", "title", "team", "held_on", "created_at", "updated_at", "dots",
        "agenda", "process", "candidates", "steps", "future_steps", "last_used",
    }  # fmt: skip
    assert new.agenda.model_dump(exclude_defaults=True) == {"minutes": 60}
    for title, team in (("", ""), ("x" * 10_001, ""), ("Tea", "x" * 10_001)):
        with pytest.raises(EditError):
            carrying.as_template(held, new_id=OTHER, title=title, team=team, now=NOW)
    bare = carrying.as_template(carrying.as_template(held, **NEW), **NEW)
    assert bare == new, "a template of a template is the same"
    lost = held.model_copy(update={"candidates": ()})
    assert carrying.as_template(lost, **NEW).process.candidate is None
