from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promote_tui.session.differences import Difference, Place, differences
from promote_tui.session.edits import choose, details, ideas, items, own, parking, review
from promote_tui.session.edits import map as steps
from promote_tui.session.edits.items import EditError
from promote_tui.session.edits.taking_over import as_it_was, take_over, take_over_all
from promote_tui.session.fields import MOST_ITEMS
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from tests.session.edits.test_any_edits import BY_HAND, EDITS, EMPTY, Edit, ids_of
from tests.session.edits.test_carrying import TODAY, worked
from tests.session.test_differences import grown_apart

__all__ = ["worked"]
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
LATER = TODAY.replace(month=12)


def taken(session: Session, there: Session, words: str) -> Session:
    """Take over the difference that has these words."""
    found = next(one for one in differences(session, there) if words in (one.here, one.there, one.kind))
    return take_over(session, there, found)


def test_what_was_removed_comes_back_where_it_stood_with_its_id_and_its_ties(worked: Session) -> None:
    for id, name in (("step-1", "steps"), ("story-1", "stories"), ("idea-1", "ideas"), ("group-1", "groups")):
        less = items.remove(worked, id)
        (found,) = differences(less, worked)
        back = take_over(less, worked, found)
        assert getattr(back, name) == getattr(worked, name)
        assert differences(back, worked) == ()


def test_an_item_whose_id_is_taken_gets_a_number_that_nobody_used(session: Session) -> None:
    here = choose.add_line(session, "p: Lights at eight")
    there = choose.add_line(choose.add_line(session, "p: The tea is cold"), "p: Nobody knocks")
    there = ideas.add_line(there, "+ Warm cups", "start")
    there = items.change(there, "idea-1", stories=("story-1", "story-2"))
    one = taken(here, there, "The tea is cold")
    assert {story.id: story.text for story in one.stories} == {
        "story-1": "Lights at eight",
        "story-3": "The tea is cold",
    }
    two = taken(one, there, "Warm cups")
    assert two.ideas[0].stories == ("story-3",), "a tie to what is not here is left out"
    three = taken(two, there, "Nobody knocks")
    assert {one.what for one in differences(three, there)} == {"only here", "different"}
    four = taken(three, there, "Warm cups")
    assert set(four.ideas[0].stories) == {"story-3", "story-2"}
    assert [one.what for one in differences(four, there)] == ["only here"]


def test_what_is_different_takes_the_words_from_there_and_nothing_else(worked: Session) -> None:
    id = "initiative-1"
    there = own.set_initiative(worked, id, owner="Sister", success="Better")
    there = own.set_resistance(there, id, "resistance-1", protects="Rest")
    there = own.add_resistance(there, id, "No need")
    there = own.check_in(there, id, "three_weeks", LATER, happened="More")
    there = review.set_part(there, id, 0, TODAY, rating="red")
    there = steps.retell(there, "step-1", "Main lights on @Nurse 9m")
    there = details.set_details(items.move(there, "step-1", 1), title="Up")
    for number, one in enumerate(differences(worked, there)):
        after = take_over(worked, there, one)
        rest = [other.id for other in differences(worked, there) if other.id != one.id]
        assert [other.id for other in differences(after, there)] == rest, number
    everything = worked
    while found := differences(everything, there):
        everything = take_over(everything, there, found[0])
    assert everything.initiatives == there.initiatives
    assert everything.steps == there.steps
    assert everything.title == "Up"


def test_a_change_brings_its_ideas_and_words_of_resistance_get_free_numbers(session: Session) -> None:
    def taken_on(words: str, says: str) -> Session:
        made = own.take_on(ideas.add_line(session, f"+ {words}", "start"), "idea-1", TODAY)
        return own.add_resistance(made, "initiative-1", says)

    here, there = taken_on("Tea earlier", "No time"), taken_on("Knock before entering", "No need")
    after = taken(here, there, "Knock before entering")
    assert after == here.model_copy(
        update={"ideas": (after.ideas[0], here.ideas[0]), "last_used": after.last_used}
    )
    found = next(one for one in differences(here, there) if one.kind == "a change" and one.there)
    after = take_over(here, there, found)
    new = next(one for one in after.initiatives if one.id == "initiative-2")
    assert own.title_of(after, new) == "Knock before entering"
    assert [(one.id, one.says) for one in new.resistance] == [("resistance-2", "No need")]
    assert take_over_all(here, there) == after


def test_keys_of_the_file_that_nobody_knows_are_taken_over_too(worked: Session) -> None:
    there = worked.model_copy(update={"mood": "kept"})
    (found,) = differences(worked, there)
    assert take_over(worked, there, found) == there


def test_what_cannot_be_taken_over_is_refused_in_a_sentence(worked: Session) -> None:
    there = choose.add_line(worked, "p: Cold tea")
    (found,) = differences(worked, there)
    (only_here,) = differences(there, worked)
    there_twice = take_over(worked, there, found)
    full = worked.model_copy(update={"stories": worked.stories[:1] * MOST_ITEMS})
    for session, difference, words in [
        (there, only_here, "only here"),
        (there_twice, found, "here already"),
        (full, found, "at most 1,000"),
        (worked, Difference("only there", "", (Place("stories", there="story-9"),)), "no longer there"),
        (worked, Difference("different", "", (Place("steps", "step-9", "step-1"),)), "no longer there"),
        (worked, Difference("only there", "", (Place("initiatives", there="x"),)), "no longer there"),
    ]:
        with pytest.raises(EditError, match=words):
            take_over(session, there, difference)
    with pytest.raises(EditError, match="Nothing is missing"):
        take_over_all(there, worked)
    with pytest.raises(EditError, match="Nothing differs"):
        as_it_was(worked, details.go_to_stage(worked, "own"))


def test_going_back_as_a_whole_keeps_what_the_session_is_and_where_the_room_stands(worked: Session) -> None:
    later = details.go_to_stage(choose.add_line(worked, "p: Cold tea"), "own")
    later = details.stamped(parking.park(later, "story-2"), NOW)
    back = as_it_was(later, worked)
    kept = ("id", "revision", "created_at", "updated_at", "stage", "agenda")
    assert [getattr(back, name) for name in kept] == [getattr(later, name) for name in kept]
    assert differences(back, worked) == ()
    assert items.newest(choose.add_line(back, "p: New"), "story") == "story-3", "no number is used twice"


@settings(max_examples=80)
@given(
    start=st.sampled_from([EMPTY, BY_HAND]),
    ours=st.lists(EDITS, max_size=25),
    theirs=st.lists(EDITS, max_size=25),
)
def test_after_taking_over_everything_nothing_is_only_there(
    start: str, ours: list[Edit], theirs: list[Edit]
) -> None:
    here, there = grown_apart(start, ours, theirs)
    before = differences(here, there)
    all_here = here
    if any(one.what == "only there" for one in before):
        all_here = take_over_all(here, there)
    after = differences(all_here, there)
    assert not [one for one in after if one.what == "only there"]
    # nothing that was here is lost or changed
    assert {one.id for one in after if one.what == "only here"} == {
        one.id for one in before if one.what == "only here"
    }
    assert ids_of(here) <= ids_of(all_here)
    one_by_one = here
    for _ in range(len(before) * 2):
        left = [one for one in differences(one_by_one, there) if one.what != "only here"]
        if not left:
            break
        one_by_one = take_over(one_by_one, there, left[0])
    assert not [one for one in differences(one_by_one, there) if one.what != "only here"]
    whole = as_it_was(here, there) if before else here
    assert differences(whole, there) == ()
    for session in (all_here, one_by_one, whole):
        assert len(list(ids_of(session))) == len(ids_of(session))
        assert toml_text.read(toml_text.write(session).encode()).session == session
