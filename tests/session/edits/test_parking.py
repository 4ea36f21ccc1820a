from datetime import date

import pytest

from promote_tui.session.edits import choose, details, ideas, map, own, parking
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Session, Step

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
