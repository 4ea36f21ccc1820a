from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.edits import ideas, own, review
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import (
    RATINGS,
    VOICES,
    Decision,
    Dissent,
    Initiative,
    Part,
    Progress,
    Rating,
    Review,
    Session,
)
from promote_tui.session.parts import DEFAULT_PARTS, parts_of, worst
from promote_tui.store import toml_text
from tests.ui.made import made

TODAY = date(2027, 2, 24)
LATER = date(2027, 3, 24)
ID = "initiative-1"
NO_GREEN = "Green needs what was seen, or a word on why it is green all the same."


@pytest.fixture
def owned(session: Session) -> Session:
    """A session with one idea taken on."""
    return own.take_on(ideas.add_line(session, "+ Tea first", "start"), "idea-1", date(2026, 11, 24))


@pytest.fixture
def conditioned(owned: Session) -> Session:
    """The same, its plan with a condition."""
    owned = own.add_resistance(owned, ID, "No time")
    return own.set_resistance(owned, ID, "resistance-1", changes_plan="Tea after handover")


def initiative(session: Session) -> Initiative:
    return session.initiatives[0]


def parts(session: Session) -> tuple[Part, ...]:
    return parts_of(initiative(session))


def names(session: Session) -> list[str]:
    return [part.name for part in parts(session)]


def refused(edit: Callable[[], Session]) -> str:
    with pytest.raises(EditError) as why:
        edit()
    return str(why.value)


def test_the_first_rating_starts_a_review_of_the_usual_parts(owned: Session) -> None:
    session = review.rate(owned, ID, 1, "amber", TODAY, evidence="Nights do, days do not")
    held = initiative(session).reviews
    assert [item.held_on for item in held] == [TODAY]
    assert [part.rating for part in held[0].parts] == [None, "amber", None, None, None]
    session = review.set_part(session, ID, 1, date(2027, 3, 1), fine_tune="Tell days")
    assert [item.held_on for item in initiative(session).reviews] == [TODAY]
    assert initiative(session).reviews[0].parts[1].fine_tune == "Tell days"


def test_a_new_review_has_the_same_parts_not_rated_and_fine_tuning_that_is_not_done(owned: Session) -> None:
    by = date(2027, 3, 10)
    more = {"fine_tune": "Tell days", "fine_tune_by": by}
    session = review.rate(owned, ID, 0, "red", TODAY, name="They notice", **more)
    session = review.tuned(review.rate(session, ID, 1, "amber", TODAY, **more), ID, 1, by)
    session = review.rate(session, ID, 2, "green", TODAY, evidence="Seen", **more)
    assert refused(partial(review.start_review, session, ID, TODAY)) == "There is a review of today already."
    session = review.start_review(session, ID, LATER)
    back = refused(partial(review.start_review, session, ID, TODAY))  # a clock that went back
    assert back == "There is a review of a later day already."
    older, newest = initiative(session).reviews
    assert older.parts[0].rating == "red"
    assert newest.parts == (
        Part(name="They notice", fine_tune="Tell days", fine_tune_by=by),
        *(Part(name=name) for name in DEFAULT_PARTS[1:]),
    )
    assert initiative(review.start_review(owned, ID, TODAY)).reviews[0].held_on == TODAY


def test_parts_are_added_renamed_removed_and_moved(owned: Session) -> None:
    session = review.add_part(owned, ID, "It costs nothing", TODAY)
    assert names(session)[-1] == "It costs nothing"
    session = review.move_part(session, ID, 5, -5, TODAY)
    assert names(session)[0] == "It costs nothing"
    session = review.set_part(session, ID, 0, TODAY, name="It is free")
    assert names(session)[0] == "It is free"
    session = review.remove_part(session, ID, 0, TODAY)
    assert names(session) == list(DEFAULT_PARTS)


def test_a_condition_of_the_plan_stays_a_part_as_long_as_it_is_in_the_plan(conditioned: Session) -> None:
    remove = partial(review.remove_part, id=ID, place=5, today=TODAY)
    assert names(conditioned)[5] == "Tea after handover"
    why = "This part is a condition of the plan. It goes when the plan changes, in 4 Own."
    assert refused(partial(remove, conditioned)) == why
    session = review.set_part(conditioned, ID, 5, TODAY, name="Handover is left alone")
    assert len(parts(session)) == 6
    assert refused(partial(remove, session)) == why
    session = review.start_review(session, ID, LATER)
    assert parts(session)[5] == Part(name="Handover is left alone", condition="Tea after handover")
    twice = review.add_part(session, ID, "TEA after handover", LATER)
    assert len(parts(remove(twice))) == 6
    gone = own.set_resistance(session, ID, "resistance-1", changes_plan="")
    assert names(remove(gone)) == list(DEFAULT_PARTS)
    assert names(own.set_resistance(conditioned, ID, "resistance-1", changes_plan="")) == list(DEFAULT_PARTS)


def test_green_needs_something_behind_it(owned: Session) -> None:
    rate = partial(review.rate, id=ID, place=0, today=TODAY)
    mend = partial(review.set_part, id=ID, place=0, today=TODAY)
    for session in (owned, rate(owned, rating="amber"), rate(owned, rating="red", evidence=" ")):
        assert refused(partial(rate, session, rating="green")) == NO_GREEN
        assert refused(partial(rate, session, rating="green", evidence=" ", exception="\n")) == NO_GREEN
    seen = rate(owned, rating="green", evidence="Seven of nine")
    assert refused(partial(mend, seen, evidence="")) == NO_GREEN
    assert parts(rate(rate(seen, rating="red"), rating="green"))[0].evidence == "Seven of nine"
    excepted = rate(owned, rating="green", exception="Nobody was there")
    assert refused(partial(mend, excepted, exception=" ")) == NO_GREEN
    assert parts(rate(excepted, rating="amber"))[0].exception == ""
    assert parts(mend(excepted, rating=None))[0].exception == ""
    both = mend(excepted, evidence="Seen since")
    assert parts(mend(both, evidence=""))[0].exception == "Nobody was there"
    assert refused(partial(mend, owned, exception="Why not")) == "Only a green part can be an exception."


def test_a_file_from_before_may_have_green_parts_without_evidence_and_its_words_can_be_mended(
    owned: Session,
) -> None:
    bare = initiative(owned).model_copy(
        update={"reviews": (Review(held_on=TODAY, parts=(Part(name="x", rating="green"),)),)}
    )
    session = owned.model_copy(update={"initiatives": (bare,)})
    assert names(review.set_part(session, ID, 0, TODAY, name="y")) == ["y"]
    assert parts(review.set_part(session, ID, 0, TODAY, evidence="Seen"))[0].evidence == "Seen"
    assert refused(partial(review.rate, session, ID, 0, "green", TODAY)) == NO_GREEN


def test_each_group_sees_a_part_differently_once_in_an_order_that_tells_nothing(owned: Session) -> None:
    session = review.set_dissent(owned, ID, 0, "staff", TODAY, "red", "Not at night")
    session = review.set_dissent(session, ID, 0, "patient", TODAY, says=" ")
    session = review.set_dissent(session, ID, 0, "staff", TODAY, "amber", "Less at night")
    assert parts(session)[0].dissent == (
        Dissent(voice="patient"),
        Dissent(voice="staff", rating="amber", says="Less at night"),
    )
    session = review.drop_dissent(session, ID, 0, "patient", TODAY)
    assert [one.voice for one in parts(session)[0].dissent] == ["staff"]
    assert review.drop_dissent(session, ID, 0, "carer", TODAY) == session
    assert "no longer there" in refused(partial(review.set_dissent, owned, ID, 9, "staff", TODAY))
    assert "no longer there" in refused(partial(review.drop_dissent, owned, ID, -1, "staff", TODAY))


def test_fine_tuning_is_done_until_it_is_another_one(owned: Session) -> None:
    for session in (owned, review.rate(owned, ID, 0, "amber", TODAY)):
        assert "No fine tuning" in refused(partial(review.tuned, session, ID, 0, TODAY))
    assert "no longer there" in refused(partial(review.tuned, owned, ID, 9, TODAY))
    session = review.rate(owned, ID, 0, "amber", TODAY, fine_tune="Tell days")
    done = review.tuned(session, ID, 0, LATER)
    assert parts(done)[0].fine_tuned_on == LATER
    assert review.tuned(done, ID, 0, None) == session
    assert parts(review.set_part(done, ID, 0, TODAY, fine_tune_by=LATER))[0].fine_tuned_on == LATER
    assert parts(review.set_part(done, ID, 0, TODAY, fine_tune="Tell nights"))[0].fine_tuned_on is None


def test_what_a_part_refuses(owned: Session) -> None:
    for why, edit in (
        ("A part cannot be empty", partial(review.add_part, owned, ID, " ", TODAY)),
        ("A part cannot be empty", partial(review.set_part, owned, ID, 0, TODAY, name="")),
        ("no longer there", partial(review.rate, owned, ID, 5, "red", TODAY)),
        ("no longer there", partial(review.remove_part, owned, ID, 5, TODAY)),
        ("no longer there", partial(review.remove_part, owned, ID, -1, TODAY)),
        ("no longer there", partial(review.move_part, owned, ID, 5, -1, TODAY)),
        ("at the end already", partial(review.move_part, owned, ID, 4, 1, TODAY)),
        ("at the top already", partial(review.move_part, owned, ID, 0, -1, TODAY)),
    ):
        assert why in refused(edit)
    full = initiative(owned).model_copy(
        update={"reviews": (Review(held_on=TODAY, parts=(Part(name="x"),) * 1000),)}
    )
    held = owned.model_copy(update={"initiatives": (full,)})
    assert "at most 1000 fit" in refused(partial(review.add_part, held, ID, "One more", TODAY))


@pytest.mark.parametrize(
    ("ratings", "stands_at"),
    [
        ((), None),
        ((None, None), None),
        (("green", None), "green"),
        (("green", "amber"), "amber"),
        (("amber", "red", "green"), "red"),
    ],
)
def test_the_whole_stands_at_its_worst_part(
    ratings: tuple[Rating | None, ...], stands_at: Rating | None
) -> None:
    assert worst(tuple(Part(name="x", rating=rating) for rating in ratings)) == stands_at


@pytest.mark.parametrize(
    ("decision", "stage"), [("ready", "runner"), ("fine tune", "trying"), ("let go", "let go")]
)
def test_a_decision_moves_the_initiative_on_and_without_one_it_moves_back(
    owned: Session, decision: Decision, stage: Progress
) -> None:
    learnt = own.set_initiative(owned, ID, learnt="Ask first")
    decided = review.decide(learnt, ID, decision, "The room said so")
    item = initiative(decided)
    assert (item.decision, item.decision_because, item.stage) == (decision, "The room said so", stage)
    assert item.learnt == "Ask first"
    item = initiative(review.decide(decided, ID, None, "The room said so"))
    assert (item.decision, item.decision_because, item.stage) == (None, "The room said so", "trying")
    scaling = own.set_initiative(decided, ID, stage="scaling")
    assert initiative(review.decide(scaling, ID, None)).stage == "scaling"
    item = initiative(review.decide(scaling, ID, decision, "Other words"))
    assert (item.decision_because, item.stage) == ("Other words", "scaling")
    assert initiative(review.decide(owned, ID, None)).stage == "planned"


def test_deciding_otherwise_than_the_gate_needs_a_reason(owned: Session) -> None:
    amber = review.rate(owned, ID, 0, "amber", TODAY)
    rated = "That is not what the gate says, so it needs a reason."
    unrated = "Nothing is rated yet, so a decision needs a reason."
    cases: list[tuple[Session, Decision, str]] = [
        (owned, "fine tune", unrated),
        (amber, "ready", rated),
        (amber, "let go", rated),
    ]
    for session, decision, why in cases:
        assert refused(partial(review.decide, session, ID, decision, " ")) == why
        assert initiative(review.decide(session, ID, decision, "We know")).decision == decision
    assert initiative(review.decide(amber, ID, "fine tune")).decision_because == ""


DAYS = st.integers(0, 90).map(lambda days: TODAY + timedelta(days))
SHORT = st.sampled_from(["", " ", "Seen", "Tea after handover"])
RATED = st.sampled_from([None, *RATINGS])
FIELDS = st.fixed_dictionaries(
    {}, optional={"name": SHORT, "rating": RATED, "evidence": SHORT, "exception": SHORT, "fine_tune": SHORT}
)
PLACES = st.integers(-1, 6)
STEPS = st.one_of(
    st.builds(lambda day: lambda s: review.start_review(s, ID, day), DAYS),
    st.builds(lambda at, day, f: lambda s: review.set_part(s, ID, at, day, **f), PLACES, DAYS, FIELDS),
    st.builds(
        lambda at, said, words: lambda s: review.rate(s, ID, at, said, TODAY, evidence=words),
        PLACES, st.sampled_from(RATINGS), SHORT,
    ),
    st.builds(lambda at: lambda s: review.rate(s, ID, at, "green", TODAY), PLACES),
    st.builds(
        lambda at, who, said: lambda s: review.set_dissent(s, ID, at, who, TODAY, said),
        PLACES, st.sampled_from(VOICES), RATED,
    ),
    st.builds(lambda at, day: lambda s: review.tuned(s, ID, at, day), PLACES, DAYS),
    st.builds(lambda words: lambda s: review.add_part(s, ID, words, TODAY), SHORT),
    st.builds(lambda at: lambda s: review.remove_part(s, ID, at, TODAY), PLACES),
    st.builds(lambda at, by: lambda s: review.move_part(s, ID, at, by, TODAY), PLACES, PLACES),
    st.builds(
        lambda what, why: lambda s: review.decide(s, ID, what, why),
        st.sampled_from(["ready", "let go", None]), SHORT,
    ),
    st.builds(lambda words: lambda s: own.set_resistance(s, ID, "resistance-1", changes_plan=words), SHORT),
)  # fmt: skip


@given(edits=st.lists(STEPS, max_size=25))
def test_no_edits_leave_a_green_part_with_nothing_behind_it(
    edits: list[Callable[[Session], Session]],
) -> None:
    first = toml_text.read(
        b'format="promote-session"\nversion=1\nid="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"\ntitle="x"'
    ).session
    assert first is not None
    session = own.add_resistance(made(first, thought=["+ Tea"], owned=1), ID, "No time")
    for edit in edits:
        try:
            session = edit(session)
        except EditError:
            continue
    for held in initiative(session).reviews:
        assert all(part.evidence or part.exception for part in held.parts if part.rating == "green")
        assert all(part.rating == "green" for part in held.parts if part.exception)
