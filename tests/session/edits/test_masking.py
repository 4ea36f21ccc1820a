"""Taking out of an item what could show who a person is."""

import pytest

from promote_tui.session.edits import choose, items, map, masking, own
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Earlier, Session
from promote_tui.session.text import LONGEST
from tests.ui.made import TODAY, made

NAME = "Mrs Whitlow"


def test_every_text_of_an_item_is_masked_and_nothing_else(session: Session) -> None:
    held = made(session, told=[f"p: {NAME} was cold", f"Tea for {NAME}"], mapped=[f"Wait @{NAME}"])
    held = map.start_future(held)
    for id in ("story-1", "candidate-1", "step-1", held.future_steps[0].id):
        masked = masking.mask(held, id)
        assert NAME not in str(items.find(masked, id).model_dump())
        # no other item, no id and no tie is touched
        assert items.replace(masked, items.find(held, id)) == held
    for nothing in (NAME, "story-9", "candidate-", ""):
        with pytest.raises(EditError, match="no longer there"):
            masking.mask(held, nothing)
    with pytest.raises(EditError, match="Nothing here looks as if it could show who"):
        masking.mask(masking.mask(held, "story-1"), "story-1")


def test_an_initiative_is_masked_with_its_ideas_also_when_one_is_gone(session: Session) -> None:
    held = made(session, thought=[f"+ Tea for {NAME}", f"+ Card for {NAME}"], owned=1)
    held = own.set_initiative(held, "initiative-1", owner=NAME, ideas=("idea-1", "idea-7"))
    masked = masking.mask(held, "initiative-1")
    assert [idea.text for idea in masked.ideas] == ["Tea for [name]", f"Card for {NAME}"]
    assert masked.initiatives[0].owner == "[name]"
    assert own.take_on(masked, "idea-2", TODAY).initiatives[1].ideas == ("idea-2",)


def test_the_chosen_process_has_one_name_in_both_places(session: Session) -> None:
    held = made(session, told=[f"Tea for {NAME}", "Meal times"])
    held = choose.set_frame(choose.choose_process(held, "candidate-1"), purpose=f"As {NAME} said")
    for masked in (masking.mask_process(held), masking.mask(held, "candidate-1")):
        assert masked.process.name == masked.candidates[0].name == "Tea for [name]"
        assert (masked.process.purpose, masked.process.candidate) == ("As [name] said", "candidate-1")
    # a file written by hand may have a process that was never a candidate
    alone = held.model_copy(update={"candidates": ()})
    assert masking.mask_process(alone).process.name == "Tea for [name]"


def test_words_that_would_be_too_long_masked_stay_as_they_are(session: Session) -> None:
    words = ("bed 1. " * (LONGEST // 7)).strip()
    held = choose.add_story(session, "patient", words)
    with pytest.raises(EditError, match="Masked, these words are too long"):
        masking.mask(held, "story-1")


def test_what_was_said_last_time_is_masked(session: Session) -> None:
    told = session.model_copy(update={"earlier": Earlier(title="Tea", attached="Mrs Whitlow likes it")})
    masked = masking.mask_earlier(told).earlier
    assert masked.title == "Tea"
    assert "Whitlow" not in masked.attached
    with pytest.raises(EditError, match="Nothing here looks"):
        masking.mask_earlier(session)
