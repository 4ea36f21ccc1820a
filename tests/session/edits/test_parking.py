from datetime import date
from typing import Any

import pytest

from promote_tui.session.edits import choose, details, ideas, items, map, own, parking
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Candidate, Parked, Session, Stage, Step

TODAY = date(2026, 11, 23)


def test_parking_keeps_the_words_the_stage_and_the_reason(session: Session) -> None:
    session = details.go_to_stage(map.add_line(session, "Discharge letters @Ward clerk 5m"), "map")
    session = parking.park(session, "step-1", "another process")
    assert session.steps == ()
    parked = session.parked[0]
    assert (parked.id, parked.text, parked.from_stage, parked.because) == (
        "parked-1",
        "Discharge letters",
        "map",
        "another process",
    )
    session = parking.park(choose.add_line(session, "p: Cold toast"), "story-1", "for later")
    session = parking.park(choose.add_line(session, "Meal times"), "candidate-1", "for later")
    assert [item.text for item in session.parked] == ["Discharge letters", "Cold toast", "Meal times"]


def test_an_unknown_key_is_not_taken_for_the_words(session: Session) -> None:
    odd = Step.model_validate({"id": "step-1", "title": "Lights on", "text": 5})
    parked = parking.park(session.model_copy(update={"steps": (odd,)}), "step-1", "for later")
    assert parked.parked[0].text == "Lights on"


def test_what_cannot_be_parked_says_why(session: Session) -> None:
    session = parking.park_text(session, "Letters", "for later")
    with pytest.raises(EditError, match="parked already"):
        parking.park(session, "parked-1", "for later")
    session = own.take_on(ideas.add_line(session, "Tea", "start"), "idea-1", TODAY)
    with pytest.raises(EditError, match="An initiative cannot be parked; its idea can"):
        parking.park(session, "initiative-1", "for later")
    with pytest.raises(EditError, match="What is parked cannot be empty"):
        parking.park_text(session, " ", "for later")


def test_what_is_taken_back_is_what_it_was(session: Session) -> None:
    before = choose.add_story(session, "carer", "Nobody rang", source="A form", inbox="jot-3")
    before = choose.add_line(before, "Meal times")
    before = map.add_line(before, "Lights on @HCA 5m")
    before = ideas.add_line(before, "= Knocking #1", "stop")
    stages: tuple[tuple[Stage, str, dict[str, str]], ...] = (
        ("choose", "story", {"voice": "carer", "text": "Nobody rang", "inbox": "jot-3"}),
        ("choose", "candidate", {"name": "Meal times"}),
        ("map", "step", {"title": "Lights on"}),
        ("ideas", "idea", {"kind": "continue", "text": "Knocking"}),
    )
    for stage, kind, kept in stages:
        parked = parking.park(details.go_to_stage(before, stage), f"{kind}-1", "for later")
        assert getattr(parked, items.LISTS[kind]) == ()
        back = parking.take_back(parked, "parked-1")
        assert back.parked == ()
        (item,) = getattr(back, items.LISTS[kind])
        assert item.model_dump(exclude_defaults=True) == {"id": f"{kind}-2", **kept}
        # its number is not used again: to park it once more gives another
        assert parking.park(back, f"{kind}-2").parked[0].id == "parked-2"


def test_a_parked_item_of_an_old_file_is_taken_back_by_what_it_says_of_itself(session: Session) -> None:
    says: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "candidate"),
        ({"from_stage": "choose", "because": "another process"}, "candidate"),
        ({"from_stage": "map"}, "step"),
        ({"from_stage": "ideas"}, "candidate"),  # nobody can know its column any more
        ({"from_stage": "review"}, "candidate"),
        ({"from_stage": "map", "voice": "staff"}, "story"),
        ({"from_stage": "map", "kind": "stop", "voice": "staff"}, "idea"),
    )
    for fields, kind in says:
        old = session.model_copy(update={"parked": (Parked(id="parked-7", text="Supper", **fields),)})
        back = parking.take_back(old, "parked-7")
        assert [name for name in items.LISTS if getattr(back, items.LISTS[name])] == [kind], fields
        assert back.last_used["parked"] == 7


def test_what_cannot_be_taken_back_says_why_and_stays_parked(session: Session) -> None:
    full = parking.park_text(session, "Supper").model_copy(
        update={"candidates": tuple(Candidate(id=f"candidate-{n}", name="x") for n in range(1, 1_001))}
    )
    blank = session.model_copy(update={"parked": (Parked(id="parked-1", text=" ", voice="staff"),)})
    for parked, id, sentence in (
        (full, "parked-1", "at most 1,000 of these"),
        (blank, "parked-1", "A story cannot be empty"),
        (session, "parked-1", "no longer there"),
    ):
        with pytest.raises(EditError, match=sentence):
            parking.take_back(parked, id)


def test_a_parked_item_may_become_a_session(session: Session) -> None:
    other = "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0"
    marked = parking.became(parking.park_text(session, "Supper", "another process"), "parked-1", other)
    assert (marked.parked[0].text, marked.parked[0].became) == ("Supper", other)
    with pytest.raises(EditError, match="no longer there"):
        parking.became(session, "parked-1", other)
