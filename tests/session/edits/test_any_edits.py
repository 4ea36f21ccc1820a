"""Whatever a room does, in whatever order: the session stays one that a file can hold."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promote_tui.session.edits import choose, details, ideas, items, own, parking, review, ties
from promote_tui.session.edits import map as steps
from promote_tui.session.edits.items import EditError
from promote_tui.session.history import History
from promote_tui.session.model import HORIZONS, KINDS, RATINGS, VOICES, PerVoice, Session
from promote_tui.store import toml_text

EMPTY = """
format = "promote-session"
version = 1
id = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
title = "Waking up"
"""
BY_HAND = (
    EMPTY
    + """
process.candidate = "candidate-3"
stories = [{ id = "story-2", voice = "staff", text = "x", candidates = ["candidate-5"], mood = "kept" }]
steps = [
    { id = "step-007", title = "x", stories = ["story-4"], copy = "kept" },
    { id = "step-1", title = "y", who = "HCA", minutes = 9999 },
    { id = "step-2", title = "x", minutes = 1, stories = ["story-2"] },
    { id = "step-3", title = "z", usual = false },
]
future_steps = [
    { id = "step-9", title = "x", was = "step-2" },
    { id = "step-8", title = "y", was = "step-3" },
]
ideas = [
    { id = "idea-1", kind = "stop", text = "x", step = "step-12", group = "group-1" },
    { id = "idea-2", kind = "stop", text = "x", step = "step-1", stories = ["story-2"] },
    { id = "idea-3", kind = "start", text = "y", step = "step-2", group = "group-2" },
    { id = "idea-4", kind = "start", text = "y", step = "step-8", group = "group-2" },
]
groups = [{ id = "group-2", name = "x" }]
parked = [{ id = "parked-1", text = "x", from = "map" }, { id = "parked-3", text = "x", kind = "stop" }]
[[initiatives]]
id = "initiative-1"
ideas = ["idea-6"]
resistance = [{ id = "resistance-3", says = "x" }]
"""
)

Edit = Callable[[Session], Session]
DAYS = st.integers(0, 400).map(lambda days: date(2026, 11, 23) + timedelta(days))
WORDS = st.one_of(
    st.sampled_from(["Tea", "p: x", "- Tea #1", "@HCA 5m Lights", "", "\x1b", "a\nb"]), st.text(max_size=6)
)
LINES = st.one_of(
    WORDS,
    st.builds(
        "{}{} {}".format, st.sampled_from(["p: ", "s: ", "- ", "+ "]), WORDS, st.sampled_from(["#1", "5m"])
    ),
)
PARTS = st.lists(LINES, max_size=3).map("|".join)
PLACES = st.integers(-1, 3)
BY = st.sampled_from([-1, 1])
PARKABLE = ["story", "candidate", "step", "future", "idea", "group", "parked", "initiative"]


def pick(session: Session, kind: str, place: int) -> str:
    """Return the id of an item that is there; of one that is not when there is none of its kind."""
    held = getattr(session, {**items.LISTS, "future": "future_steps"}[kind])
    return held[place % len(held)].id if held else f"{kind}-1"


def one_of(
    kinds: list[str], edit: Callable[..., Session], *args: st.SearchStrategy[Any]
) -> st.SearchStrategy[Edit]:
    """Return edits of an item that is there, of one of these kinds; nothing happens when there is none."""

    def make(kind: str, place: int, values: tuple[Any, ...]) -> Edit:
        def apply(session: Session) -> Session:
            return edit(session, pick(session, kind, place), *values)

        return apply

    return st.builds(make, st.sampled_from(kinds), st.integers(0, 9), st.tuples(*args))


def anywhere(edit: Callable[..., Session], *args: st.SearchStrategy[Any]) -> st.SearchStrategy[Edit]:
    """Return edits of the session as a whole."""
    return st.tuples(*args).map(lambda values: lambda session: edit(session, *values))


def two_of(edit: Callable[[Session, str, str], Session]) -> st.SearchStrategy[Edit]:
    """Return edits of two items that are there, of whatever kinds."""
    item = st.tuples(st.sampled_from(PARKABLE), st.integers(0, 9))
    return st.builds(
        lambda one, other: lambda session: edit(session, pick(session, *one), pick(session, *other)),
        item,
        item,
    )


def join(session: Session, id: str) -> Session:
    """Join a step with the next shown: whatever was tied to either is tied to the one that is left."""
    after = steps.join(session, id)
    usual = items.find(session, id).usual
    shown = [step for step in getattr(session, items.list_of(session, id)) if step.usual == usual]
    place = [step.id for step in shown].index(id)
    one, two = shown[place : place + 2]
    assert set(items.find(after, id).stories) == {*one.stories, *two.stories}
    moved = {two.id: id}
    assert [idea.step for idea in after.ideas] == [
        moved.get(idea.step or "", idea.step) for idea in session.ideas
    ]
    assert two.id not in {step.was for step in after.future_steps}
    return after


def setting(edit: Callable[..., Session], **fields: st.SearchStrategy[Any]) -> Callable[..., Session]:
    """Return an edit that sets one field to the value that is given last."""

    def apply(session: Session, *args: Any) -> Session:
        name, value = args[-1]
        return edit(session, *args[:-1], **{name: value})

    return apply


def a_field(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(*(st.tuples(st.just(name), values) for name, values in fields.items()))


NUMBERS = st.one_of(st.none(), st.integers(-10, 10_000), st.floats())
EDITS: st.SearchStrategy[Edit] = st.one_of(
    anywhere(choose.add_line, LINES),
    anywhere(choose.add_story, st.sampled_from(VOICES), WORDS),
    anywhere(steps.add_line, LINES),
    anywhere(lambda session, line: steps.add_line(session, line, future=True), LINES),
    anywhere(steps.start_future),
    anywhere(ideas.add_line, LINES, st.sampled_from(KINDS)),
    anywhere(details.set_present, st.builds(PerVoice, patient=st.integers(0, 999))),
    anywhere(details.go_to_stage, st.sampled_from(["choose", "map", "own"])),
    anywhere(setting(details.set_details), a_field(title=WORDS, team=WORDS, held_on=DAYS)),
    anywhere(setting(choose.set_frame), a_field(purpose=WORDS, phase=st.sampled_from(["stay", "away"]))),
    one_of(PARKABLE, items.remove),
    one_of(PARKABLE, parking.park, st.sampled_from(["for later", "an exception"])),
    one_of(PARKABLE, items.move, BY),
    one_of(["parked"], parking.take_back),
    one_of(["parked"], parking.became, WORDS),
    two_of(ties.turn),
    one_of(["story"], choose.retell, LINES),
    one_of(["candidate"], choose.rename_candidate, WORDS),
    one_of(["candidate"], choose.choose_process),
    one_of(["story", "step", "candidate"], choose.feel, BY),
    one_of(["story", "step"], choose.share, st.sampled_from(["composite", None])),
    one_of(["candidate", "idea", "story"], choose.vote, st.builds(PerVoice, staff=st.integers(0, 9))),
    one_of(["step", "future"], lambda session, id, line: steps.add_line(session, line, after=id), LINES),
    one_of(["step", "future"], steps.retell, LINES),
    one_of(["step", "future"], steps.next_value),
    one_of(["step", "future"], steps.turn_usual),
    one_of(["step", "future"], steps.split, PARTS),
    one_of(["step", "future"], join),
    one_of(["step"], setting(steps.set_step), a_field(usual=st.booleans(), minutes=NUMBERS, who=WORDS)),
    one_of(["idea"], ideas.retell, LINES),
    one_of(["idea"], ideas.mark_smallest),
    one_of(["idea"], ideas.split, PARTS),
    one_of(["idea"], ideas.put_in_group, WORDS),
    one_of(["idea"], own.take_on, DAYS),
    one_of(["initiative"], setting(own.set_initiative), a_field(owner=WORDS, started_on=DAYS, buddy=WORDS)),
    one_of(["initiative"], setting(own.set_measure), a_field(baseline=NUMBERS, unit=WORDS)),
    one_of(
        ["initiative"], setting(own.set_goal), st.sampled_from(HORIZONS), a_field(goal=WORDS, due_on=DAYS)
    ),
    one_of(["initiative"], own.start_on, DAYS),
    one_of(["initiative"], own.add_resistance, WORDS),
    one_of(
        ["initiative"],
        setting(own.set_resistance),
        st.just("resistance-4"),
        a_field(says=WORDS, harness=WORDS),
    ),
    one_of(["initiative"], own.remove_resistance, st.sampled_from(["resistance-3", "resistance-4"])),
    one_of(["initiative"], setting(own.check_in), st.sampled_from(HORIZONS), DAYS, a_field(value=NUMBERS)),
    one_of(["initiative"], own.remove_checkin, PLACES),
    one_of(["initiative"], review.start_review, DAYS),
    one_of(["initiative"], setting(review.set_part), PLACES, DAYS, a_field(rating=st.sampled_from(RATINGS))),
    one_of(["initiative"], review.add_part, WORDS, DAYS),
    one_of(["initiative"], review.remove_part, PLACES, DAYS),
    one_of(["initiative"], review.move_part, PLACES, BY, DAYS),
    one_of(["initiative"], review.decide, st.sampled_from(["ready", "let go"]), WORDS),
)


def ids_of(session: Session) -> set[str]:
    entries = [item for name in items.LISTS.values() for item in getattr(session, name)]
    entries += [item for initiative in session.initiatives for item in initiative.resistance]
    return {item.id for item in (*entries, *session.future_steps)}


@pytest.mark.parametrize("start", [EMPTY, BY_HAND], ids=["a new session", "one written by hand"])
@settings(max_examples=150)
@given(edits=st.lists(EDITS, min_size=10, max_size=40))
def test_any_edits_in_any_order_leave_a_session_that_a_file_can_hold(start: str, edits: list[Edit]) -> None:
    first = toml_text.read(start.encode()).session
    assert first is not None
    session, history = first, History()
    known = ids_of(session)
    sentences: list[str] = []
    for number, edit in enumerate(edits):
        before = session
        try:
            session = edit(before)
        except EditError as refused:
            sentences.append(str(refused))
            continue
        history = history.after(before, str(number))
        new = ids_of(session) - ids_of(before)
        pointed_at = set(items._mentioned(before))
        assert not new & (known | pointed_at), "an id was used again"
        known |= new
    assert all(len(said) < 200 and said.endswith((".", "nights 5m")) for said in sentences)
    reading = toml_text.read(toml_text.write(session).encode())
    assert reading.session == session
    assert not reading.errors
    for _ in range(len(history.past)):
        undone = history.undo(session)
        assert undone is not None
        history, session, _words = undone
    assert session == first
