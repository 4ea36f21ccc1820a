from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from promote_tui.session.model import (
    HORIZONS,
    KINDS,
    RATINGS,
    VOICES,
    Idea,
    Measure,
    Parked,
    PerVoice,
    Session,
    Step,
    new_session,
)


def test_a_new_session_starts_at_the_first_stage_with_nothing_in_it(session: Session) -> None:
    assert (session.stage, session.stories, session.last_used) == ("choose", (), {})
    assert session.created_at == session.updated_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert session.held_on == date(2026, 11, 23)


def test_a_session_needs_a_title() -> None:
    with pytest.raises(ValidationError):
        new_session(
            id="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11",
            title="",
            now=datetime(2026, 11, 23, tzinfo=UTC),
            today=date(2026, 11, 23),
        )


@pytest.mark.parametrize("id", ["", "0a6f4e0e", "../../etc/passwd", "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11\n"])
def test_the_identity_is_a_uuid(id: str, session: Session) -> None:
    with pytest.raises(ValidationError):
        Session(format="promote-session", version=1, id=id, title="Waking up")


def test_a_session_never_changes(session: Session) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        session.title = "Another"


def test_words_for_numbers_and_numbers_for_words_are_refused() -> None:
    for wrong in ({"minutes": "5"}, {"minutes": 5.0}, {"minutes": True}, {"usual": 1}, {"title": 5}):
        with pytest.raises(ValidationError):
            Step.model_validate({"id": "step-1", "title": "Lights on", **wrong})


def test_a_measure_takes_whole_and_broken_numbers_that_can_be_counted() -> None:
    assert Measure(baseline=4, target=4.5).target == 4.5
    for number in (float("nan"), float("inf")):
        with pytest.raises(ValidationError):
            Measure(baseline=number)


def test_what_went_wrong_is_said_without_what_people_typed() -> None:
    with pytest.raises(ValidationError) as refused:
        PerVoice.model_validate({"patient": "secret words"})
    assert "secret" not in str(refused.value)


def test_unknown_keys_are_kept() -> None:
    idea = Idea.model_validate({"id": "idea-1", "kind": "stop", "text": "Shouting", "cost": 3})
    assert idea.model_dump(exclude_defaults=True)["cost"] == 3


def test_a_parked_item_says_from_in_the_file() -> None:
    parked = Parked.model_validate({"id": "parked-1", "text": "Letters", "from": "map"})
    assert parked.from_stage == "map"
    assert parked.model_dump(by_alias=True, exclude_defaults=True)["from"] == "map"


def test_the_words_of_the_contract() -> None:
    assert VOICES == ("patient", "carer", "staff")
    assert KINDS == ("stop", "start", "continue")
    assert HORIZONS == ("three_days", "three_weeks", "three_months")
    assert RATINGS == ("red", "amber", "green")
