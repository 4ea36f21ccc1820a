"""Every group is named, and nobody who is the only one of a group in the room stands alone on the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session import voices
from promote_tui.session.model import (
    VOICES,
    Earlier,
    Idea,
    Initiative,
    Parked,
    PerVoice,
    Process,
    Session,
    Step,
    Story,
    Voice,
)

PEOPLE = st.builds(
    PerVoice,
    patient=st.integers(0, 999) | st.integers(0, 2),
    carer=st.integers(0, 999) | st.integers(0, 2),
    staff=st.integers(0, 999) | st.integers(0, 2),
)


def room(patient: int, carer: int, staff: int) -> PerVoice:
    return PerVoice(patient=patient, carer=carer, staff=staff)


def story(number: int, voice: Voice, *candidates: str) -> Story:
    return Story(id=f"story-{number}", voice=voice, text="x", candidates=candidates)


STORIES = (
    story(1, "patient", "candidate-1"),
    story(2, "patient", "candidate-2", "candidate-1"),
    story(3, "staff", "candidate-2"),
    story(4, "carer"),
)


@pytest.mark.parametrize(
    ("chosen", "heard"),
    [
        ("candidate-1", {"patient": 2, "carer": 0, "staff": 0}),
        ("candidate-2", {"patient": 1, "carer": 0, "staff": 1}),
        ("candidate-3", {"patient": 2, "carer": 1, "staff": 1}),
        (None, {"patient": 2, "carer": 1, "staff": 1}),
    ],
    ids=["tied", "tied to two", "none is tied", "nothing chosen"],
)
def test_who_is_heard_on_the_chosen_process(
    session: Session, chosen: str | None, heard: dict[Voice, int]
) -> None:
    session = session.model_copy(update={"stories": STORIES, "process": Process(candidate=chosen)})
    assert voices.heard_of_process(session) == heard


def test_who_is_heard_on_a_step(session: Session) -> None:
    session = session.model_copy(update={"stories": STORIES})
    step = Step(id="step-1", title="x", stories=("story-2", "story-4", "story-99"))
    assert voices.heard_at(session, step) == {"patient": 1, "carer": 1, "staff": 0}
    assert voices.heard_at(session, Step(id="step-2", title="x")) == {"patient": 0, "carer": 0, "staff": 0}
    assert list(voices.heard(())) == list(VOICES)


TOGETHER: list[tuple[tuple[int, int, int], str]] = [
    ((0, 0, 0), "patient | carer | staff"),
    ((3, 2, 5), "patient | carer | staff"),
    ((3, 0, 5), "patient | carer | staff"),
    ((3, 1, 5), "patient carer | staff"),
    ((5, 1, 3), "patient | carer staff"),
    ((3, 1, 3), "patient carer | staff"),
    ((1, 0, 5), "patient staff | carer"),
    ((1, 1, 5), "patient carer | staff"),
    ((1, 5, 1), "patient staff | carer"),
    ((5, 1, 1), "patient | carer staff"),
    ((1, 1, 1), "patient carer staff"),
    ((1, 1, 0), "patient carer | staff"),
    ((0, 0, 1), "patient | carer | staff"),
    ((1, 0, 0), "patient | carer | staff"),
]


@pytest.mark.parametrize(("counts", "shown"), TOGETHER)
def test_one_alone_is_shown_with_others(counts: tuple[int, int, int], shown: str) -> None:
    groups = voices.shown_together(room(*counts))
    assert " | ".join(" ".join(group) for group in groups) == shown


@given(PEOPLE)
def test_nobody_is_shown_alone_while_others_are_there(present: PerVoice) -> None:
    groups = voices.shown_together(present)
    assert sorted(voice for group in groups for voice in group) == sorted(VOICES)
    counts = voices.per_group(present)
    if sum(1 for count in counts.values() if count) > 1:
        assert all(sum(counts[voice] for voice in group) != 1 for group in groups)
    # nobody is joined without need
    if 1 not in counts.values():
        assert len(groups) == len(VOICES)


@given(PEOPLE, PEOPLE)
def test_no_hand_is_lost(votes: PerVoice, present: PerVoice) -> None:
    together = voices.counted_together(voices.per_group(votes), present)
    assert sum(together.values()) == sum(voices.per_group(votes).values())
    shown = voices.hands(votes, present)
    assert bool(shown) == (votes != PerVoice())
    assert all(voice[0].upper() in shown for voice in VOICES if shown)


HANDS = [
    (room(3, 0, 2), room(0, 0, 0), "P3 C– S2"),
    (room(3, 0, 12), room(4, 2, 20), "P3 C– S12"),
    (room(3, 1, 2), room(4, 1, 5), "P+C4 S2"),
    (room(3, 0, 0), room(4, 1, 5), "P+C3 S–"),
    (room(1, 2, 1), room(1, 4, 1), "P+S2 C2"),
    (room(1, 0, 1), room(1, 1, 1), "P+C+S2"),
    (room(0, 0, 0), room(4, 1, 5), ""),
    (room(0, 0, 0), room(0, 0, 0), ""),
]


def test_hands_are_split_by_group() -> None:
    for votes, present, shown in HANDS:
        assert voices.hands(votes, present) == shown


BALANCE = [
    ((3, 0, 2), room(0, 0, 0), "patients 3, carers none yet, staff 2"),
    ((3, 0, 2), room(4, 0, 5), "patients 3, carers none yet, staff 2"),
    ((3, 0, 2), room(4, 1, 5), "patients or carers 3, staff 2"),
    ((0, 0, 2), room(4, 1, 5), "patients or carers none yet, staff 2"),
    ((0, 0, 0), room(0, 0, 0), "patients none yet, carers none yet, staff none yet"),
]


def test_every_group_is_named_also_one_that_is_not_there() -> None:
    for counts, present, shown in BALANCE:
        assert voices.balance(dict(zip(VOICES, counts, strict=True)), present) == shown


def test_the_name_of_a_voice() -> None:
    assert voices.label("patient", room(0, 0, 0)) == "PATIENT"
    assert voices.label("patient", room(3, 1, 5)) == "PATIENT OR CARER"
    assert voices.label("carer", room(3, 1, 5)) == "PATIENT OR CARER"
    assert voices.label("staff", room(3, 1, 5)) == "STAFF"


ALL = "patient carer staff"
EARLIER_ROOMS = [
    # there, here, and the groups that a carer of then is shown with
    (room(3, 1, 5), room(3, 4, 5), "patient carer"),
    (room(3, 1, 5), room(0, 0, 0), "patient carer"),
    (room(3, 4, 5), room(3, 1, 5), "patient carer"),
    (room(3, 4, 5), room(3, 4, 5), "carer"),
    (room(0, 1, 5), room(3, 1, 5), ALL),
    (room(0, 1, 5), room(4, 3, 5), "carer staff"),
    (room(1, 1, 1), room(3, 1, 5), ALL),
    (room(3, 1, 5), room(1, 1, 1), ALL),
    (room(0, 0, 0), room(3, 4, 5), ALL),
]


def test_what_came_along_is_shown_by_who_was_there_and_who_is_here(session: Session) -> None:
    told_today, told_then = story(1, "carer"), story(2, "carer").model_copy(update={"carried": "parked-1"})
    carried = Initiative(id="initiative-1", ideas=("idea-1",), carried="initiative-4")
    new = Initiative(id="initiative-2", ideas=("idea-1",))
    idea = Idea(id="idea-1", kind="start", text="x", voice="carer")
    parked = Parked(id="parked-1", text="x", voice="carer", carried="parked-3")
    for there, here, shown in EARLIER_ROOMS:
        update = {"present": here, "earlier": Earlier(present=there)}
        follows = session.model_copy(update={**update, "follows": session.id})
        scales = session.model_copy(update={**update, "scales": session.id})
        came = [(follows, one) for one in (carried, idea, parked, told_then)]
        came += [(scales, one) for one in (carried, new, idea)]
        for held, item in came:
            groups = voices.together_with("carer", voices.present_for(held, item))
            assert " ".join(groups) == shown, (there, here, item)
        for held, own in ((follows, new), (follows, told_today), (scales, told_today), (session, idea)):
            assert voices.present_for(held, own) == held.present
        assert voices.present_for(follows, told_today) == here
        assert voices.present_for(follows, told_today, told_then) == voices.present_for(follows, carried)


def test_a_third_session_remembers_both_rooms_before_it(session: Session) -> None:
    nobody = room(0, 0, 0)
    for there, here, remembered in [
        (room(3, 1, 5), room(3, 4, 5), room(3, 1, 5)),
        (room(3, 4, 5), room(3, 1, 5), room(3, 1, 5)),
        (room(0, 1, 5), room(3, 1, 5), nobody),
        (nobody, room(3, 4, 5), nobody),
        (room(3, 1, 5), nobody, nobody),
    ]:
        held = session.model_copy(
            update={"present": here, "earlier": Earlier(present=there), "follows": session.id}
        )
        assert voices.remembered(held) == remembered, (there, here)
        assert voices.remembered(held.model_copy(update={"follows": None})) == here
