import pytest

from promote_tui.session.edits import choose, items, map
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import PerVoice, Session


@pytest.fixture
def told(session: Session) -> Session:
    """A session with one patient's story and two processes to consider."""
    for line in ("p: The lights come on", "Waking up", "Meal times"):
        session = choose.add_line(session, line)
    return session


def test_a_line_is_a_story_or_a_process(told: Session) -> None:
    assert [(story.id, story.voice, story.text) for story in told.stories] == [
        ("story-1", "patient", "The lights come on")
    ]
    assert [(item.id, item.name) for item in told.candidates] == [
        ("candidate-1", "Waking up"),
        ("candidate-2", "Meal times"),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("p: ", "A story cannot be empty"),
        ("", "A process cannot be empty"),
        ("c: \x1b", "A story has control characters"),
    ],
)
def test_a_line_with_nothing_in_it_is_refused(session: Session, line: str, sentence: str) -> None:
    with pytest.raises(EditError, match=sentence):
        choose.add_line(session, line)


def test_a_story_told_again_keeps_its_voice_unless_the_line_names_one(told: Session) -> None:
    assert choose.retell(told, "story-1", "The lights go on").stories[0].voice == "patient"
    again = choose.retell(told, "story-1", "c: The lights go on").stories[0]
    assert (again.voice, again.text) == ("carer", "The lights go on")
    with pytest.raises(EditError, match="A story cannot be empty"):
        choose.retell(told, "story-1", "c: ")


def test_the_chosen_process_is_renamed_with_its_candidate(told: Session) -> None:
    chosen = choose.choose_process(told, "candidate-1")
    assert choose.rename_candidate(chosen, "candidate-1", "Mornings").process.name == "Mornings"
    other = choose.rename_candidate(chosen, "candidate-2", "Lunch")
    assert (other.process.name, other.candidates[1].name) == ("Waking up", "Lunch")
    with pytest.raises(EditError, match="A process cannot be empty"):
        choose.rename_candidate(chosen, "candidate-1", " ")


def test_choosing_another_process_starts_a_new_frame(told: Session) -> None:
    session = choose.choose_process(told, "candidate-1")
    session = choose.set_frame(session, purpose=" A calm start ", phase="stay")
    assert (session.process.purpose, session.process.phase) == ("A calm start", "stay")
    assert choose.choose_process(session, "candidate-1") is session
    other = choose.choose_process(session, "candidate-2").process
    assert (other.name, other.purpose, other.candidate) == ("Meal times", "", "candidate-2")
    with pytest.raises(EditError, match="no longer there"):
        choose.choose_process(session, "candidate-3")


def test_a_feeling_goes_from_mixed_to_either_end(told: Session) -> None:
    session = told
    for expected in (-1, -2):
        session = choose.feel(session, "story-1", -1)
        assert session.stories[0].feeling == expected
    with pytest.raises(EditError, match="as far as it goes"):
        choose.feel(session, "story-1", -1)
    for _ in range(4):
        session = choose.feel(session, "story-1", 1)
    assert session.stories[0].feeling == 2
    with pytest.raises(EditError, match="as far as it goes"):
        choose.feel(session, "story-1", 1)
    stepped = map.add_line(session, "Lights on")
    assert choose.feel(stepped, "step-1", 1).steps[0].feeling == 1


def test_a_process_has_no_feeling(told: Session) -> None:
    with pytest.raises(EditError, match="kept for stories and steps"):
        choose.feel(told, "candidate-1", 1)


def test_how_a_story_may_be_shared(told: Session) -> None:
    shared = choose.share(told, "story-1", "paraphrased")
    assert shared.stories[0].sharing == "paraphrased"
    assert choose.share(shared, "story-1", None).stories[0].sharing is None
    with pytest.raises(EditError, match="There is no sharing to set here"):
        choose.share(told, "candidate-1", "composite")


def test_votes_are_kept_per_voice_group(told: Session) -> None:
    voted = choose.vote(told, "candidate-2", PerVoice(patient=3, staff=2))
    assert voted.candidates[1].votes == PerVoice(patient=3, carer=0, staff=2)
    with pytest.raises(EditError, match="There is no votes to set here"):
        choose.vote(told, "story-1", PerVoice(patient=1))


def test_a_process_corrected_to_a_story_becomes_one(session: Session) -> None:
    told = choose.rename_candidate(choose.add_line(session, "Nobody rang"), "candidate-1", "c: Nobody rang")
    assert told.candidates == ()
    assert [(story.voice, story.text) for story in told.stories] == [("carer", "Nobody rang")]


@pytest.mark.parametrize("line", ["carer: Nobody rang", "Carer : Nobody rang", "C:Nobody rang"])
def test_a_voice_may_be_written_out(session: Session, line: str) -> None:
    assert [(one.voice, one.text) for one in choose.add_line(session, line).stories] == [
        ("carer", "Nobody rang")
    ]


def test_a_story_keeps_where_it_comes_from(session: Session) -> None:
    told = choose.add_story(session, "carer", " Nobody rang ", source=" A form ", inbox="jot-3")
    assert told.stories[0].model_dump(exclude_defaults=True) == {
        "id": "story-1",
        "voice": "carer",
        "text": "Nobody rang",
        "source": "A form",
        "inbox": "jot-3",
    }
    for text, source, sentence in (
        (" ", "", "A story cannot be empty"),
        ("x" * 10_001, "", "A story has 10,001 characters"),
        ("x", "x" * 10_001, "Where it comes from has 10,001 characters"),
        ("x", "\x1b", "Where it comes from has control characters"),
    ):
        with pytest.raises(EditError, match=sentence):
            choose.add_story(session, "carer", text, source=source)


def test_the_place_of_a_story_does_not_show_when_it_was_told(session: Session) -> None:
    def told_in(session: Session) -> list[str]:
        for number in range(1, 31):
            session = choose.add_story(session, "staff", f"Story {number}")
            assert items.newest(session, "story") == f"story-{number}"
        return [story.id for story in session.stories]

    order = told_in(session)
    in_turn = [f"story-{number}" for number in range(1, 31)]
    assert sorted(order) == sorted(in_turn)
    assert order not in (in_turn, in_turn[::-1])
    assert order == told_in(session), "the same session is the same each time"
    other = session.model_copy(update={"id": "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0"})
    assert order != told_in(other), "the numbers must not give the order away for every session"
